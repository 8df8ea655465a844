"""Hands a browser the right to upload one file."""

import boto3

UPLOAD_ROLE = "arn:aws:iam::111122223333:role/browser-upload"
SESSION_SECONDS = 15 * 60


def upload_link(name: str) -> str:
    """Give a link that stores one file and soon stops to work."""
    credentials = boto3.client("sts").assume_role(
        RoleArn=UPLOAD_ROLE,
        RoleSessionName="browser-upload",
        DurationSeconds=SESSION_SECONDS,
    )["Credentials"]
    s3 = boto3.client(
        "s3",
        aws_access_key_id=credentials["AccessKeyId"],
        aws_secret_access_key=credentials["SecretAccessKey"],
        aws_session_token=credentials["SessionToken"],
    )
    return s3.generate_presigned_url("put_object", {"Bucket": "uploads", "Key": name}, ExpiresIn=300)
