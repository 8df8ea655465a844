"""Which regions, endpoints and roles of clients and requests do not go together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from credlint.catalogue.types import Catalogue
from credlint.credentials.effective import host_of
from credlint.credentials.endpoints import Host, partition_of, partition_of_arn, read_host, region_of_host_form
from credlint.model.environments import Variable
from credlint.model.facts import ClientPlace, FileFacts, SessionRequest, Setting
from credlint.model.sinks import SinkUse
from credlint.model.units import PlaceUnit
from credlint.model.usage import EndpointMismatch, Mismatch
from credlint.model.values import Cloud, Role, compatible

_USES = {SinkUse.IDENTITY: "STS", SinkUse.DATA: "object storage"}


def place_units(facts: FileFacts, catalogue: Catalogue) -> Iterator[PlaceUnit]:
    """Give a unit per client of a file whose settings do not go together."""
    for client in facts.places:
        found = tuple(_mismatches(client, catalogue))
        if found:
            yield PlaceUnit(client, found)


def _mismatches(client: ClientPlace, catalogue: Catalogue) -> Iterator[EndpointMismatch]:
    regions = [one for one in client.settings if one.role == "region"]
    endpoints = [one for one in client.settings if one.role == "endpoint"]
    for region in regions:
        bare = region_of_host_form(region.plain, client.cloud, catalogue) if region.plain else None
        if bare is not None and client.cloud is Cloud.ALIBABA:
            yield EndpointMismatch(Mismatch.FORM, region, str(region.plain), bare, certain=len(regions) == 1)
    for endpoint in endpoints:
        host = read_host(endpoint.plain, catalogue) if endpoint.plain else None
        if host is None:
            continue
        yield from _alone(client, endpoint, host, certain=len(endpoints) == 1)
        for region in regions:
            if region.plain is None or not compatible(region.branches, endpoint.branches):
                continue
            certain = len(regions) == 1 and len(endpoints) == 1
            yield from _pair(client, (region, region.plain), (endpoint, host), catalogue, certain=certain)


def _alone(client: ClientPlace, endpoint: Setting, host: Host, *, certain: bool) -> Iterator[EndpointMismatch]:
    """An endpoint that is wrong for any region: of another service, or with the ending of another partition."""
    if {client.use, host.use} == _USES.keys():
        yield EndpointMismatch(
            Mismatch.SERVICE, endpoint, _USES[client.use], _USES[host.use or client.use], certain=certain
        )
    elif host.region is not None and host.named != host.partition:
        yield EndpointMismatch(
            Mismatch.PARTITION,
            endpoint,
            f"region {host.region} of {host.named}",
            f"the ending of a host of {host.partition}",
            certain=certain,
        )


def _pair(
    client: ClientPlace,
    region: tuple[Setting, str],
    endpoint: tuple[Setting, Host],
    catalogue: Catalogue,
    *,
    certain: bool,
) -> Iterator[EndpointMismatch]:
    setting, name = region
    other, host = endpoint
    cloud = Cloud.ALIBABA if client.cloud is Cloud.ALIBABA else Cloud.AWS
    partition = partition_of(name, cloud, catalogue.partitions)
    if cloud is Cloud.AWS and host.cloud is Cloud.ALIBABA and partition is None:
        partition, cloud = partition_of(name, host.cloud, catalogue.partitions), host.cloud
    if partition is None or host.cloud is not cloud or host.partition is None:
        return
    if cloud is Cloud.ALIBABA and client.use is not SinkUse.DATA:
        return  # the signatures of its other services hold no region
    if host.partition != partition:
        kind, one, two = Mismatch.PARTITION, f"region {name} of {partition}", f"a host of {host.partition}"
    elif host.region not in {None, name}:
        kind, one, two = Mismatch.REGION, f"region {name}", f"a host of {host.region}"
    else:
        return
    yield EndpointMismatch(kind, setting, one, two, other.location, certain)


def request_mismatches(request: SessionRequest, catalogue: Catalogue) -> Iterator[EndpointMismatch]:
    """Give the roles of a request that the partition of its client's region does not know."""
    roles = [one for one in request.fields if one.role == "role_arn"]
    regions = [one for one in request.settings if one.role == "region"]
    for role in roles:
        own = partition_of_arn(role.plain, catalogue.partitions) if role.plain else None
        for region in regions:
            there = partition_of(region.plain, request.cloud, catalogue.partitions) if region.plain else None
            if own is None or there is None or own == there or not compatible(role.branches, region.branches):
                continue
            if request.cloud is not next((one.cloud for one in catalogue.partitions if one.name == own), None):
                continue  # a role of another cloud is no role at all there
            yield EndpointMismatch(
                Mismatch.PARTITION,
                role,
                f"a role of {own}",
                f"region {region.plain} of {there}",
                region.location,
                certain=len(roles) == 1 and len(regions) == 1,
            )


def process_mismatches(variables: Sequence[Variable], catalogue: Catalogue) -> Iterator[EndpointMismatch]:
    """Give the variables of one process that do not go together: a region, an endpoint of S3 or OSS, a role."""
    yield from _other_services(variables, catalogue)
    for region in variables:
        cloud = region.cloud
        if region.role is not Role.REGION or not region.plain or cloud is None:
            continue
        partition = partition_of(region.plain, cloud, catalogue.partitions)
        for other in variables if partition else ():
            if other.cloud is not cloud or not other.plain or not compatible(region.branches, other.branches):
                continue
            found = _beside_region(region, str(partition), other, catalogue)
            if found is not None:
                kind, two = found
                one = f"region {region.plain}" + (f" of {partition}" if kind is Mismatch.PARTITION else "")
                setting = Setting(Role.REGION.value, region.name, region.value, region.key_location, region.plain)
                yield EndpointMismatch(
                    kind, setting, one, two, other.key_location, certain=not region.branches | other.branches
                )


def _other_services(variables: Sequence[Variable], catalogue: Catalogue) -> Iterator[EndpointMismatch]:
    """Give the variables for the endpoint of one service that name a host of another one of the same cloud."""
    forms = {name: form for form in reversed(catalogue.endpoint_forms) for name in form.variables}
    for one in variables:
        form = forms.get(one.name)
        host = read_host(host_of(one.plain) or one.plain, catalogue) if form is not None and one.plain else None
        if form is None or host is None or host.cloud is not form.cloud or {form.use, host.use} != _USES.keys():
            continue
        setting = Setting(Role.ENDPOINT.value, one.name, one.value, one.key_location, one.plain)
        uses = [_USES[use] for use in (form.use, host.use) if use is not None]
        yield EndpointMismatch(Mismatch.SERVICE, setting, uses[0], uses[1], certain=not one.branches)


def _beside_region(
    region: Variable, partition: str, other: Variable, catalogue: Catalogue
) -> tuple[Mismatch, str] | None:
    """Say what of another variable does not go with a region."""
    if other.role is Role.ROLE_ARN:
        own = partition_of_arn(other.plain or "", catalogue.partitions)
        same_cloud = any(one.name == own and one.cloud is region.cloud for one in catalogue.partitions)
        return (Mismatch.PARTITION, f"a role of {own}") if same_cloud and own != partition else None
    address = other.plain or ""
    host = read_host(host_of(address) or address, catalogue) if other.role is Role.ENDPOINT else None
    if host is None or host.cloud is not region.cloud or host.partition is None:
        return None
    if host.partition != partition:
        return Mismatch.PARTITION, f"a host of {host.partition}"
    return (Mismatch.REGION, f"a host of {host.region}") if host.region not in {None, region.plain} else None
