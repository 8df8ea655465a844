"""Copies the uploads of a day into the archive account."""

import os

import boto3

ARCHIVE_ROLE = "arn:aws:iam::111122223333:role/uploads-archive"


def archive(path: str, day: str) -> None:
    """Store a file in the archive of the day."""
    key_id = os.environ["UPLOADER_KEY_ID"]
    secret = os.environ["UPLOADER_KEY_SECRET"]
    sts = boto3.client("sts", aws_access_key_id=key_id, aws_secret_access_key=secret)
    answer = sts.assume_role(RoleArn=ARCHIVE_ROLE, RoleSessionName="archive")
    print("archiving as", answer["AssumedRoleUser"]["Arn"])
    s3 = boto3.client("s3", aws_access_key_id=key_id, aws_secret_access_key=secret)
    s3.upload_file(path, "uploads-archive", f"{day}/{os.path.basename(path)}")
