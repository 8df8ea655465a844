"""Partitions, regions, endpoints and fields of rules/providers agree with what the SDKs know."""

from __future__ import annotations

import json
from pathlib import Path

import botocore.session
import pytest

from credlint.catalogue.load import load_catalogue
from credlint.catalogue.operations import FieldRule
from credlint.credentials.endpoints import partition_of, read_host
from credlint.model.sinks import SinkUse
from credlint.model.values import Cloud
from tests.oracle.names import resolve

pytestmark = [pytest.mark.oracle, pytest.mark.filterwarnings("ignore")]

CATALOGUE = load_catalogue()
SESSION = botocore.session.get_session()
AWS = {one.name: one for one in CATALOGUE.partitions if one.cloud is Cloud.AWS}
REGIONS = [(name, region) for name in AWS for region in SESSION.get_available_regions("s3", name)]
FIELDS = [(name, role, rule) for name, one in CATALOGUE.operations.items() for role, rule in one.fields if one.methods]
# botocore's model states no limit; the documentation of each operation does: "can't exceed 2,048 characters".
STATED_IN_WORDS = {("aws.sts.AssumeRole", "policy")}


@pytest.mark.parametrize("name", AWS)
def test_partition_is_botocores(name: str) -> None:
    data = next(one for one in SESSION.get_data("partitions")["partitions"] if one["id"] == name)
    ours = AWS[name]
    assert ours.hosts == (data["outputs"]["dnsSuffix"], data["outputs"]["dualStackDnsSuffix"])
    assert ours.arns == (f"arn:{name}:",)
    assert data["regionRegex"].replace("\\-", "-").strip("^$") in {
        form.replace("(?:", "(").replace("eusc-de", "eusc-(de)") for form in ours.regions
    }


@pytest.mark.parametrize(("partition", "region"), REGIONS)
def test_hosts_of_a_region_are_read(partition: str, region: str) -> None:
    assert partition_of(region, Cloud.AWS, CATALOGUE.partitions) == partition
    for service, use in (("s3", SinkUse.DATA), ("sts", SinkUse.IDENTITY), ("sqs", None)):
        client = SESSION.create_client(service, region, aws_access_key_id="x" * 16, aws_secret_access_key="x")
        host = read_host(client.meta.endpoint_url.removeprefix("https://"), CATALOGUE)
        assert host is not None
        assert (host.use, host.partition) == (use, partition)
        assert host.region in {region, None}
        assert host.named == (partition if host.region else None)


def test_regions_of_alibaba_are_the_sdks() -> None:
    ours = next(one for one in CATALOGUE.partitions if one.cloud is Cloud.ALIBABA)
    folder = Path(resolve("aliyunsdkcore").__file__).parent
    known = json.loads((folder / "data" / "endpoints.json").read_text(encoding="utf-8"))
    # of later years than the data of that SDK
    younger = {
        "cn-wulanchabu", "cn-guangzhou", "ap-northeast-2", "ap-southeast-6", "ap-southeast-7", "me-central-1"
    }  # fmt: skip
    assert set(ours.regions) - set(known["regions"]) == younger
    for region, host in known["regional_endpoints"]["oss"].items():
        found = read_host(host, CATALOGUE)
        assert found is not None
        assert found.region == region


@pytest.mark.parametrize("region", next(one for one in CATALOGUE.partitions if one.cloud is Cloud.ALIBABA).regions)
@pytest.mark.parametrize("kind", ["", "internal", "dual-stack"])
def test_endpoints_that_oss_makes_are_read(region: str, kind: str) -> None:
    url = resolve("alibabacloud_oss_v2.endpoints.from_region")(region, False, kind)
    found = read_host(url.removeprefix("https://"), CATALOGUE)
    assert found is not None
    assert (found.region, found.use) == (region, SinkUse.DATA)


@pytest.mark.parametrize(("operation", "role", "rule"), FIELDS, ids=[f"{name}-{role}" for name, role, _ in FIELDS])
def test_field_is_what_the_model_says(operation: str, role: str, rule: FieldRule) -> None:
    entry = CATALOGUE.operation(operation)
    keyword = entry.parameter(role)
    model = SESSION.get_service_model(entry.service).operation_model(entry.name)
    found = model.input_shape.members[keyword].metadata
    assert rule.minimum == found.get("min")
    assert rule.maximum == found.get("max") or (operation, role) in STATED_IN_WORDS
    if rule.alphabet is not None:
        assert found["pattern"] == f"[{rule.alphabet}]*"


@pytest.mark.parametrize("name", [name for name, one in CATALOGUE.operations.items() if one.refused])
def test_refused_methods_exist(name: str) -> None:
    for refusal in CATALOGUE.operation(name).refused:
        model = SESSION.get_service_model(refusal.service)
        methods = {botocore.xform_name(one) for one in model.operation_names}
        assert set(refusal.methods) <= methods
        # GetCallerIdentity is the one that is taken; what is not signed does not matter; the others take no session
        unsigned = {
            botocore.xform_name(one) for one in model.operation_names if model.operation_model(one).auth_type == "none"
        }
        own = {method for one in CATALOGUE.operations.values() if one.long_lived_caller for method in one.methods}
        if refusal.methods:
            assert methods - set(refusal.methods) - unsigned - own <= {
                "get_caller_identity", "get_delegated_access_token", "get_scoped_credentials", "get_web_identity_token"
            }  # fmt: skip


@pytest.mark.parametrize("name", [name for name, one in CATALOGUE.operations.items() if one.long_lived_caller])
def test_documentation_speaks_of_the_caller(name: str) -> None:
    entry = CATALOGUE.operation(name)
    text = SESSION.get_service_model(entry.service).operation_model(entry.name).documentation
    assert "long-term security credentials" in text or "long-lived" in text or "IAM user" in text


@pytest.mark.parametrize("name", [name for name, one in CATALOGUE.operations.items() if one.scoped_by])
def test_scopes_are_parameters(name: str) -> None:
    entry = CATALOGUE.operation(name)
    assert any(entry.parameter(role) for role in entry.scoped_by)
