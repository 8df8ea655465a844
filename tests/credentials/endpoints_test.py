"""What the names of hosts and regions say."""

from __future__ import annotations

import pytest

from credlint.catalogue.load import load_catalogue
from credlint.credentials.endpoints import Host, partition_of, partition_of_arn, read_host, region_of_host_form
from credlint.model.sinks import SinkUse
from credlint.model.values import Cloud

CATALOGUE = load_catalogue()
STORE, STS = SinkUse.DATA, SinkUse.IDENTITY


@pytest.mark.parametrize(
    ("host", "partition", "use", "region"),
    [
        ("s3.amazonaws.com", "aws", STORE, None),
        ("S3.EU-WEST-1.AMAZONAWS.COM.", "aws", STORE, "eu-west-1"),
        ("s3-eu-west-1.amazonaws.com", "aws", STORE, "eu-west-1"),
        ("a.b.s3.eu-west-1.amazonaws.com", "aws", STORE, "eu-west-1"),
        ("s3.dualstack.eu-west-1.amazonaws.com", "aws", STORE, "eu-west-1"),
        ("s3-fips.us-gov-west-1.amazonaws.com", "aws-us-gov", STORE, "us-gov-west-1"),
        ("s3.cn-north-1.amazonaws.com.cn", "aws-cn", STORE, "cn-north-1"),
        ("bucket.vpce-1.s3.eu-west-1.vpce.amazonaws.com", "aws", STORE, "eu-west-1"),
        ("us-east-1.s3.amazonaws.com", "aws", STORE, None),
        ("s3-external-1.amazonaws.com", None, STORE, None),
        ("sts.amazonaws.com", "aws", STS, None),
        ("sts.eu-west-1.amazonaws.com", "aws", STS, "eu-west-1"),
        ("sts-fips.us-east-1.amazonaws.com", "aws", STS, "us-east-1"),
        ("sts.s3.eu-west-1.amazonaws.com", "aws", STORE, "eu-west-1"),
        ("sqs.eu-west-1.amazonaws.com", "aws", None, "eu-west-1"),
        ("eu-west-1.queue.amazonaws.com", None, None, None),
        ("lambda.us-gov-west-1.api.aws", "aws-us-gov", None, "us-gov-west-1"),
        ("oss-cn-hangzhou.aliyuncs.com", "alibaba", STORE, "cn-hangzhou"),
        ("uploads.oss-cn-hangzhou-internal.aliyuncs.com", "alibaba", STORE, "cn-hangzhou"),
        ("vpc100-oss-cn-beijing.aliyuncs.com", "alibaba", STORE, "cn-beijing"),
        ("cn-hangzhou.oss.aliyuncs.com", "alibaba", STORE, "cn-hangzhou"),
        ("oss-accelerate.aliyuncs.com", None, STORE, None),
        ("sts.aliyuncs.com", "alibaba", STS, None),
        ("sts-vpc.cn-hangzhou.aliyuncs.com", "alibaba", STS, "cn-hangzhou"),
        ("ecs.aliyuncs.com", None, None, None),
    ],
)
def test_host(host: str, partition: str | None, use: SinkUse | None, region: str | None) -> None:
    found = read_host(host, CATALOGUE)
    assert found is not None
    assert (found.partition, found.use, found.region) == (partition, use, region)
    assert found.named == (partition if region else None)


@pytest.mark.parametrize(
    ("host", "partition", "named"),
    [
        ("s3.cn-north-1.amazonaws.com", "aws", "aws-cn"),
        ("s3.us-gov-west-1.amazonaws.com.cn", "aws-cn", "aws-us-gov"),
    ],
)
def test_host_with_the_ending_of_another_partition(host: str, partition: str, named: str) -> None:
    found = read_host(host, CATALOGUE)
    assert found is not None
    assert (found.partition, found.named) == (partition, named)


@pytest.mark.parametrize("host", ["localhost", "s3.example.com", "amazonaws.com.example.org", "notamazonaws.com", ""])
def test_host_of_no_cloud(host: str) -> None:
    assert read_host(host, CATALOGUE) is None


def test_host_of_unknown_form() -> None:
    assert read_host("ecs.aliyuncs.com", CATALOGUE) == Host(Cloud.ALIBABA, None, None, None, None)


@pytest.mark.parametrize(
    ("region", "cloud", "partition"),
    [
        ("eu-west-1", Cloud.AWS, "aws"),
        ("us-gov-east-1", Cloud.AWS, "aws-us-gov"),
        ("cn-northwest-1", Cloud.AWS, "aws-cn"),
        ("cn-hangzhou", Cloud.AWS, None),
        ("cn-hangzhou", Cloud.ALIBABA, "alibaba"),
        ("cn-north-1", Cloud.ALIBABA, None),
        ("auto", Cloud.AWS, None),
        ("eu-west-1x", Cloud.AWS, None),
    ],
)
def test_partition_of_a_region(region: str, cloud: Cloud, partition: str | None) -> None:
    assert partition_of(region, cloud, CATALOGUE.partitions) == partition


@pytest.mark.parametrize(
    ("arn", "partition"),
    [
        ("arn:aws:iam::111122223333:role/a", "aws"),
        ("arn:aws-cn:iam::111122223333:role/a", "aws-cn"),
        ("acs:ram::1111222233334444:role/a", "alibaba"),
        ("arn:oci:iam::1:role/a", None),
    ],
)
def test_partition_of_an_arn(arn: str, partition: str | None) -> None:
    assert partition_of_arn(arn, CATALOGUE.partitions) == partition


@pytest.mark.parametrize(
    ("text", "cloud", "region"),
    [
        ("oss-cn-hangzhou", Cloud.ALIBABA, "cn-hangzhou"),
        ("oss-cn-hangzhou-internal", Cloud.ALIBABA, "cn-hangzhou"),
        ("cn-hangzhou", Cloud.ALIBABA, None),
        ("oss-cn-nowhere", Cloud.ALIBABA, None),
        ("oss-cn-hangzhou", Cloud.AWS, None),
        ("eu-west-1", Cloud.AWS, None),
    ],
)
def test_region_inside_the_beginning_of_a_host(text: str, cloud: Cloud, region: str | None) -> None:
    assert region_of_host_form(text, cloud, CATALOGUE) == region
