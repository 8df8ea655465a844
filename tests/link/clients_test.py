"""Clients with what else happens in their flow, and what is known of their keys."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from credlint.catalogue.load import load_catalogue
from credlint.link import link
from credlint.link.clients import client_units, variable_of
from credlint.model.facts import (
    Client,
    Exposure,
    ExposureKind,
    FileFacts,
    KeyLiteral,
    Language,
    LiteralContext,
    SessionRequest,
)
from credlint.model.secret import SecretText
from credlint.model.sinks import EndpointKind, SinkUse
from credlint.model.units import (
    ClientUnit,
    ExposureUnit,
    LiteralUnit,
    ProcessUnit,
    RequestUnit,
    Standard,
    Unit,
    WriteUnit,
)
from credlint.model.values import (
    Absent,
    Cloud,
    EnvironmentVariable,
    Lifetime,
    Literal,
    Origin,
    Part,
    ProviderField,
    Reference,
    ReferenceKind,
    Role,
    Unknown,
)
from tests.checks.build import (
    MODULE,
    alternative,
    answer,
    at,
    client,
    provided,
    request,
    scope,
    variables,
    write,
)
from tests.markers import render

CATALOGUE = load_catalogue()
TEMPORARY = Literal(SecretText(render("@@aws-temporary-key-id@@"), key_id=True))
LONG_LIVED = Literal(SecretText(render("@@aws-key-id@@"), key_id=True))
CONSOLE = Literal(SecretText("TMP" + "." + render("@@alibaba-temporary-key-id@@")[4:], key_id=True))
AWS = variables("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
OSS = variables("OSS_ACCESS_KEY_ID", "OSS_ACCESS_KEY_SECRET")


def facts(clients: Iterable[Client] = (), requests: Iterable[SessionRequest] = (), **more: object) -> FileFacts:
    return FileFacts(
        "upload.py",
        Language.PYTHON,
        (1,),
        clients=tuple(clients),
        requests=tuple(requests),
        **more,  # type: ignore[arg-type]
    )


def units(*clients: Client, requests: Iterable[SessionRequest] = (), **more: object) -> list[ClientUnit]:
    return list(client_units(facts(clients, requests, **more), CATALOGUE))


def unit(made: Client, **more: object) -> ClientUnit:
    (found,) = units(made, **more)  # type: ignore[arg-type]
    return found


# Flows


def test_what_shares_a_flow() -> None:
    one = client(flows=("a", "shared"), location=at(1))
    two = client(flows=("shared",), location=at(2))
    three = client(flows=("b",), location=at(3))
    asked = (request(flows=("a",), location=at(4)), request(flows=("b", "c"), location=at(5)))
    first, second, third = units(one, two, three, requests=asked)
    assert [found.client for found in (first, second, third)] == [one, two, three]
    assert (first.siblings, second.siblings, third.siblings) == ((two,), (one,), ())
    assert (first.requests, second.requests, third.requests) == ((asked[0],), (), (asked[1],))


def test_an_equal_client_is_a_sibling_and_oneself_is_not() -> None:
    one, same = client(), client()
    first, second = units(one, same)
    assert first.siblings == (same,)
    assert second.siblings == (one,)


# Lifetimes


@pytest.mark.parametrize(
    ("origins", "lifetimes", "temporary"),
    [
        (answer(), (Lifetime.TEMPORARY,) * 3, True),
        (answer(lifetime=Lifetime.LONG_LIVED), (Lifetime.LONG_LIVED,) * 3, False),
        (provided(), (Lifetime.POSSIBLY_TEMPORARY,) * 3, False),
        (provided(lifetime=Lifetime.TEMPORARY), (Lifetime.TEMPORARY,) * 3, True),
        ((*AWS, Absent()), (Lifetime.POSSIBLY_TEMPORARY, Lifetime.POSSIBLY_TEMPORARY, Lifetime.UNKNOWN), False),
        ((TEMPORARY, Unknown("why"), Absent()), (Lifetime.TEMPORARY, Lifetime.UNKNOWN, Lifetime.UNKNOWN), True),
        ((LONG_LIVED, Unknown("why"), Absent()), (Lifetime.LONG_LIVED, Lifetime.UNKNOWN, Lifetime.UNKNOWN), False),
        ((CONSOLE, Unknown("why"), Absent()), (Lifetime.TEMPORARY, Lifetime.UNKNOWN, Lifetime.UNKNOWN), False),
    ],
)
def test_lifetimes(origins: tuple[Origin, Origin, Origin], lifetimes: tuple[Lifetime, ...], temporary: bool) -> None:
    found = unit(client(alternative(*origins)))
    assert found.lifetimes == (lifetimes,)
    assert found.temporary == (temporary,)


def test_one_entry_per_alternative() -> None:
    found = unit(client(alternative(*answer()), alternative(*AWS), alternative(*OSS)))
    assert [one[0] for one in found.lifetimes] == [
        Lifetime.TEMPORARY,
        Lifetime.POSSIBLY_TEMPORARY,
        Lifetime.POSSIBLY_TEMPORARY,
    ]
    assert found.temporary == (True, False, False)
    assert found.standard == (Standard.NO, Standard.CHAIN, Standard.OTHER)


@pytest.mark.parametrize("placeholder", [False, True])
def test_a_placeholder_proves_nothing(placeholder: bool) -> None:
    literal = KeyLiteral(
        Role.KEY_ID, Cloud.AWS, TEMPORARY.text, LiteralContext.SLOT, "name", at(7), placeholder=placeholder
    )
    token = Literal(TEMPORARY.text)
    found = unit(client(alternative(TEMPORARY, Unknown("why"), token)), literals=(literal,))
    assert found.temporary == (not placeholder,)
    lifetime = Lifetime.UNKNOWN if placeholder else Lifetime.TEMPORARY
    assert (found.lifetimes[0][0], found.lifetimes[0][2]) == (lifetime, lifetime)


# Variables of an SDK


def host(name: str) -> Reference:
    return Reference(ReferenceKind.HOST_VARIABLE, name)


@pytest.mark.parametrize(
    ("origin", "name"),
    [
        (EnvironmentVariable("A"), "A"),
        (host("A"), "A"),
        (Reference(ReferenceKind.CI_SECRET, "A"), None),
        (Unknown("why", "A"), None),
        (Absent(), None),
    ],
)
def test_variable_of(origin: Origin, name: str | None) -> None:
    assert variable_of(Part(Role.KEY_ID, origin, "", None)) == name


@pytest.mark.parametrize(
    ("key", "secret", "standard"),
    [
        (*AWS, Standard.CHAIN),
        (host("AWS_ACCESS_KEY_ID"), host("AWS_SECRET_ACCESS_KEY"), Standard.CHAIN),
        (*OSS, Standard.OTHER),
        (AWS[0], OSS[1], Standard.NO),
        (*reversed(AWS), Standard.NO),
        (AWS[0], Unknown("why"), Standard.NO),
        (Unknown("why"), AWS[1], Standard.NO),
        (*variables("ALIYUN_ACCESS_KEY_ID", "ALIYUN_ACCESS_KEY_SECRET"), Standard.NO),  # no token beside them
        (*variables("ALICLOUD_ACCESS_KEY", "ALICLOUD_ACCESS_KEY_SECRET"), Standard.OTHER),
        (*variables("UPLOAD_KEY", "UPLOAD_SECRET"), Standard.NO),
        (*answer()[:2], Standard.NO),
    ],
)
def test_standard(key: Origin, secret: Origin, standard: Standard) -> None:
    assert unit(client(alternative(key, secret))).standard == (standard,)


@pytest.mark.parametrize(
    ("origin", "checked"),
    [
        (EnvironmentVariable("AWS_SESSION_TOKEN"), True),
        (EnvironmentVariable("AWS_SECURITY_TOKEN"), True),
        (EnvironmentVariable("OSS_SESSION_TOKEN"), True),
        (EnvironmentVariable("AWS_PROFILE"), False),
        (EnvironmentVariable("UPLOAD_TOKEN"), False),
        (ProviderField(at(1), "p", Role.TOKEN, Lifetime.UNKNOWN), False),
    ],
)
def test_a_checked_token(origin: Origin, checked: bool) -> None:
    assert unit(client(alternative(*AWS), known_missing=(EnvironmentVariable("A"), origin))).token_checked is checked
    assert not unit(client(alternative(*AWS))).token_checked


@pytest.mark.parametrize(
    ("pair", "more", "evidence"),
    [
        (AWS, {"platforms": ("lambda",)}, "this module is a handler of lambda, whose keys are temporary"),
        (OSS, {"platforms": ("lambda",)}, None),
        (
            OSS,
            {"platforms": ("lambda", "function-compute")},
            "this module is a handler of function-compute, whose keys are temporary",
        ),
        (AWS, {"platforms": ("function-compute",)}, None),
        (OSS, {"variables": ("OSS_ENDPOINT", "OSS_SESSION_TOKEN")}, "OSS_SESSION_TOKEN is used elsewhere in this file"),
        (OSS, {"variables": ("AWS_SESSION_TOKEN", "OSS_ENDPOINT")}, None),
        (AWS, {"variables": ("AWS_SESSION_TOKEN",)}, "AWS_SESSION_TOKEN is used elsewhere in this file"),
        (variables("A", "B"), {"variables": ("AWS_SESSION_TOKEN",), "platforms": ("lambda",)}, None),
        (answer()[:2], {"variables": ("AWS_SESSION_TOKEN",)}, None),
        (OSS, {}, None),
    ],
)
def test_evidence(pair: tuple[Origin, ...], more: dict[str, object], evidence: str | None) -> None:
    assert unit(client(alternative(*pair)), **more).evidence == evidence
    both = client(alternative(*answer()), alternative(*pair))
    assert unit(both, **more).evidence == evidence


def test_no_credentials() -> None:
    found = unit(client(default_chain=True))
    assert (found.lifetimes, found.temporary, found.standard, found.evidence) == ((), (), (), None)


# All units of a run


def kinds(*files: FileFacts) -> list[type[Unit]]:
    return [type(found) for found in link(files, CATALOGUE)]


def test_every_fact_becomes_a_unit() -> None:
    exposure = Exposure(ExposureKind.PRINT, "what", "print", at(9), at(3), MODULE)
    literal = KeyLiteral(Role.KEY_ID, Cloud.AWS, LONG_LIVED.text, LiteralContext.SLOT, "name", at(7))
    full = facts(
        [client(use=SinkUse.DATA, endpoint=EndpointKind.ABSENT)],
        [request()],
        exposures=(exposure,),
        literals=(literal,),
        writes=(write(8, "dev"),),
        scopes=(scope(service_account="a"),),
    )
    assert kinds(full) == [ClientUnit, RequestUnit, ExposureUnit, LiteralUnit, WriteUnit, ProcessUnit]
    assert kinds(facts(), facts()) == []
    assert kinds(full, full).count(ProcessUnit) == 2


def test_the_order_of_files_changes_nothing_but_the_order() -> None:
    one, other = facts([client(location=at(1))]), facts([client(location=at(2))], [request()])
    assert set(link([one, other], CATALOGUE)) == set(link([other, one], CATALOGUE))
