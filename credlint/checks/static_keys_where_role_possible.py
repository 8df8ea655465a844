"""static-keys-where-role-possible: long-lived keys where the platform would give a role."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.checks.words import source_words
from credlint.model.facts import Client
from credlint.model.finding import Draft
from credlint.model.sinks import EndpointKind
from credlint.model.units import ClientUnit
from credlint.model.values import Absent, Alternative, Cloud, Part, Reference, ReferenceKind

_KEPT = frozenset(
    {
        ReferenceKind.CI_SECRET,
        ReferenceKind.CI_VARIABLE,
        ReferenceKind.KUBERNETES_SECRET,
        ReferenceKind.SECRET_STORE,
        ReferenceKind.TEMPLATE_VALUE,
    }
)


def check(unit: ClientUnit) -> Iterator[Draft]:
    """Draft a finding for keys without a token that are kept as secrets of a platform that gives roles."""
    client = unit.client
    if client.role_way is None or not _is_of_the_cloud(client) or any(unit.foreign):
        return
    for alternative in client.credentials.alternatives:
        if _is_static(alternative):
            message = f"{client.sink} gets a long-lived key ({source_words(alternative.key_id.origin)}) where "
            yield Draft(
                case="long-lived-key",
                message=message + client.role_way.words,
                location=client.role_way.keys,
                subject=client.role_way.keys,
            )
            return


def _is_of_the_cloud(client: Client) -> bool:
    """Tell whether requests go to the cloud; the SDKs of Alibaba are always told an endpoint, those of AWS seldom."""
    known = {EndpointKind.ABSENT, EndpointKind.CLOUD}
    return client.endpoint in (known | {EndpointKind.UNKNOWN} if client.cloud is Cloud.ALIBABA else known)


def _is_static(alternative: Alternative) -> bool:
    key, secret, token = alternative.parts()
    # A key id that is kept is no less a key when its secret goes by a name of the project's own.
    return _is_kept(key) and (_is_kept(secret) or isinstance(secret.origin, Absent)) and not token.is_given()


def _is_kept(part: Part) -> bool:
    return isinstance(part.origin, Reference) and part.origin.kind in _KEPT
