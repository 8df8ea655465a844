"""Sentences that several rules share."""

from __future__ import annotations

from dataclasses import replace

import pytest

from credlint.checks.words import (
    operation_words,
    origin_step,
    role_step,
    role_words,
    sink_words,
    source_words,
    trace_of,
)
from credlint.model.environments import RoleBinding, RoleKind
from credlint.model.secret import SecretText
from credlint.model.values import (
    Absent,
    Alternative,
    Blank,
    Cloud,
    EnvironmentVariable,
    Literal,
    NoneValue,
    Origin,
    Parameter,
    Part,
    ProfileField,
    Reference,
    ReferenceKind,
    Role,
    Step,
    Unknown,
)
from tests.checks.build import SINK, alternative, answer, at, client, provided

STEPS = (Step(at(1), "read"), Step(at(2), "handed on"))


def part(origin: Origin, role: Role = Role.KEY_ID, steps: tuple[Step, ...] = ()) -> Part:
    return Part(role, origin, "name", None, steps)


def test_roles() -> None:
    assert [role_words(role) for role in (Role.KEY_ID, Role.SECRET, Role.TOKEN)] == [
        "key id",
        "secret",
        "session token",
    ]
    assert role_words(Role.PROFILE) == "profile"


def test_operations() -> None:
    assert operation_words("aws.sts.AssumeRole") == "AssumeRole"
    assert operation_words("AssumeRole") == "AssumeRole"


@pytest.mark.parametrize(
    ("origin", "words"),
    [
        (answer()[0], "AssumeRole"),
        (EnvironmentVariable("A"), "A"),
        (provided()[0], "get_credentials()"),
        (ProfileField("dev", Role.KEY_ID), "profile dev"),
        (ProfileField(None, Role.KEY_ID), "a profile"),
        (Reference(ReferenceKind.CI_SECRET, "A"), "secret A"),
        (Reference(ReferenceKind.KUBERNETES_SECRET, "keys", "id"), "Kubernetes Secret keys.id"),
        (Literal(SecretText("0123456789ABCDEFGHIJ", key_id=True)), "the literal that ends in GHIJ"),
        (Literal(SecretText("0123456789ABCDEFGHIJ")), "a literal"),
        (Unknown("why", "settings.KEY"), "elsewhere"),
        (Parameter("key"), "elsewhere"),
        (Absent(), "elsewhere"),
        (NoneValue(), "elsewhere"),
        (Blank(), "elsewhere"),
    ],
)
def test_sources(origin: Origin, words: str) -> None:
    assert source_words(origin) == words


def test_where_a_part_began() -> None:
    key, secret, token = answer(line=3)
    assert origin_step(part(key)) == Step(at(3), "the key id comes from AssumeRole")
    assert origin_step(part(secret, Role.SECRET)) == Step(at(3), "the secret comes from AssumeRole")
    assert origin_step(part(token, Role.TOKEN)) == Step(at(3), "the session token comes from AssumeRole")
    assert origin_step(part(provided(line=4)[0])) == Step(at(4), "the key id comes from get_credentials()")
    assert origin_step(part(key, steps=STEPS)) == Step(at(3), "the key id comes from AssumeRole")
    assert origin_step(part(EnvironmentVariable("A"), steps=STEPS)) == STEPS[0]
    assert origin_step(part(EnvironmentVariable("A"))) is None


def with_key(origin: Origin, *steps: Step) -> Alternative:
    made = alternative(origin, Unknown("why"))
    return replace(made, key_id=replace(made.key_id, steps=steps))


def test_the_way_to_the_sink() -> None:
    made = client(calls=(at(30), at(40)))
    first = Step(at(3), "the key id comes from AssumeRole")
    calls = (Step(at(30), "called here"), Step(at(40), "called here"))
    assert trace_of(with_key(answer(line=3)[0], *STEPS), made, "end") == (first, *STEPS, *calls, Step(SINK, "end"))
    assert trace_of(with_key(EnvironmentVariable("A"), *STEPS), client(), "end") == (*STEPS, Step(SINK, "end"))
    assert trace_of(with_key(Unknown("why")), client(), "end") == (Step(SINK, "end"),)


def test_a_place_is_passed_once_in_the_words_of_the_first_time() -> None:
    again = Step(at(3), "AssumeRole answers with credentials")
    assert trace_of(with_key(answer(line=3)[0], again), client(), "end") == (
        Step(at(3), "the key id comes from AssumeRole"),
        Step(SINK, "end"),
    )
    assert trace_of(with_key(answer(line=50)[0]), client(), "end") == (Step(SINK, "the key id comes from AssumeRole"),)


def test_sinks() -> None:
    assert sink_words(client()) == "boto3.client(s3)"
    assert sink_words(client(service=None)) == "boto3.client"


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (RoleKind.IRSA, "the role that IRSA gives"),
        (RoleKind.POD_IDENTITY, "the role that EKS Pod Identity gives"),
        (RoleKind.TASK_ROLE, "the ECS task role"),
        (RoleKind.INSTANCE_ROLE, "the instance role"),
        (RoleKind.WEB_IDENTITY, "the role that web identity gives"),
    ],
)
def test_roles_of_platforms(kind: RoleKind, words: str) -> None:
    assert role_step(RoleBinding(kind, Cloud.AWS, at(7))) == Step(at(7), words)
