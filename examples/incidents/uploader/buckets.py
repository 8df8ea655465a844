"""Clients for the two object stores, each made from a role of the customer."""

import os

import boto3
import oss2
from alibabacloud_sts20150401.client import Client as StsClient
from alibabacloud_sts20150401.models import AssumeRoleRequest
from alibabacloud_tea_openapi.models import Config


def s3_client(role_arn: str):
    """Give an S3 client that works as the customer's role."""
    sts = boto3.client("sts")
    credentials = sts.assume_role(RoleArn=role_arn, RoleSessionName="uploader")["Credentials"]
    return boto3.client(
        "s3",
        aws_access_key_id=credentials["AccessKeyId"],
        aws_secret_access_key=credentials["SecretAccessKey"],
    )


def oss_bucket(role_arn: str, name: str) -> oss2.Bucket:
    """Give a bucket of OSS that is used as the customer's role."""
    config = Config(
        access_key_id=os.environ["UPLOADER_KEY_ID"],
        access_key_secret=os.environ["UPLOADER_KEY_SECRET"],
        endpoint="sts.cn-hangzhou.aliyuncs.com",
    )
    request = AssumeRoleRequest(role_arn=role_arn, role_session_name="uploader")
    credentials = StsClient(config).assume_role(request).body.credentials
    auth = oss2.Auth(credentials.access_key_id, credentials.access_key_secret)
    return oss2.Bucket(auth, "https://oss-cn-hangzhou.aliyuncs.com", name)
