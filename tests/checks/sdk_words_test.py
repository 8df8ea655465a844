"""Sentences about what each SDK does, on answers built by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from credlint.checks import profile_with_explicit_keys, profile_with_role, static_keys_shadow_role
from credlint.checks.sdk_words import answers_of, listed, other_places, who_reads, who_reads_token, who_signs
from credlint.model.environments import RoleKind
from credlint.model.secret import SecretText
from credlint.model.sources import Reader, SdkAnswer, Source, SourceForm, SourceWorld
from credlint.model.units import ProcessUnit
from credlint.model.values import NO_BRANCH, Cloud, Literal, Reference, ReferenceKind, Role, Step
from credlint.model.verdict import Verdict
from tests.checks.build import ONE_ARM, OTHER_ARM, at, only, process_set, process_unit, role, variable

PATH = "deploy.yaml"
KEYS = Source(SourceForm.KEYS, "keys in AWS_ACCESS_KEY_ID", at(10, 2, PATH), 10, variable="AWS_ACCESS_KEY_ID")
SANDBOX = Source(SourceForm.PROFILE, "profile sandbox", at(12, 2, PATH), 12, variable="AWS_PROFILE", profile="sandbox")
IRSA = Source(SourceForm.ROLE, "role of IRSA", at(90, path=PATH), 90)
MACHINE = Source(SourceForm.ROLE, "instance role")


def answer(title: str, *ends: Source, errors: tuple[str, ...] = (), shadowed: tuple[Source, ...] = ()) -> SdkAnswer:
    cloud = Cloud.ALIBABA if "Alibaba" in title else Cloud.AWS
    return SdkAnswer(title, title, cloud, Verdict.CLEAR, ends, errors, shadowed)


def test_enumerations() -> None:
    assert [listed(("one", "two", "three")[:length]) for length in (1, 2, 3)] == [
        "one",
        "one and two",
        "one, two and three",
    ]


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ((answer("boto3", KEYS),), "boto3 signs with the keys from line 10"),
        ((answer("boto3", KEYS), answer("js", KEYS)), "every SDK signs with the keys from line 10"),
        (
            (answer("boto3", KEYS), answer("cli", KEYS), answer("js", SANDBOX)),
            "boto3 and cli sign with the keys from line 10, js with profile sandbox",
        ),
        (
            (answer("boto3", IRSA, SANDBOX), answer("js", SANDBOX)),
            "boto3 signs with the role of IRSA or profile sandbox, js with profile sandbox",
        ),
        (
            (answer("boto3", errors=("ProfileNotFound",)), answer("js", MACHINE), answer("go")),
            "boto3 raises ProfileNotFound, js signs with the instance role (if there is one), go raises an error",
        ),
        ((answer("boto3", errors=("E",)), answer("js", errors=("E",))), "every SDK raises E"),
        ((answer("the Alibaba Cloud SDKs for Python and JavaScript", KEYS),), None),
        ((answer("boto3", replace(KEYS, location=at(3, path="secret.yaml"), line=3)),), None),
        ((answer("boto3", replace(KEYS, location=None)),), "boto3 signs with the keys in AWS_ACCESS_KEY_ID"),
    ],
)
def test_who_signs(answers: tuple[SdkAnswer, ...], said: str | None) -> None:
    plural = "the Alibaba Cloud SDKs for Python and JavaScript sign with the keys from line 10"
    expected = said or (plural if "Alibaba" in answers[0].title else "boto3 signs with the keys of secret.yaml:3")
    assert who_signs(answers, PATH) == expected


def test_who_reads() -> None:
    readers = (Reader("boto3", "ONE"), Reader("cli", "ONE"), Reader("js", "TWO"))
    assert who_reads(readers, "take") == "boto3 and cli take ONE, js takes TWO"
    assert who_reads_token((Reader("boto3", "OLD"), Reader("js", ""))) == "boto3 reads it, js signs without it"


def test_places_are_given_once() -> None:
    answers = (answer("boto3", KEYS, shadowed=(IRSA, MACHINE)), answer("js", SANDBOX, shadowed=(KEYS,)))
    assert list(other_places(answers, [KEYS.location])) == [  # type: ignore[list-item]
        Step(at(90, path=PATH), "role of IRSA"),
        Step(at(12, 2, PATH), "profile sandbox"),
    ]


# What the checks make of it

VALUE = Reference(ReferenceKind.CI_SECRET, "NAME")
KEY = variable("AWS_ACCESS_KEY_ID", Role.KEY_ID, VALUE, 10)
SECRET = variable("AWS_SECRET_ACCESS_KEY", Role.SECRET, VALUE, 11)
PROFILE = replace(variable("AWS_PROFILE", Role.PROFILE, Literal(SecretText("sandbox")), 12), plain="sandbox")


KEYS_OR_ROLE = (
    "if the profile holds keys, z signs with the role of IRSA; if it holds a role, z signs with profile sandbox"
)


def unit(*worlds: SourceWorld, profile: bool = True, pair: bool = True) -> ProcessUnit:
    variables = [*([KEY, SECRET] if pair else []), *([PROFILE] if profile else [])]
    sets = [("aws", process_set(KEY, SECRET))] if pair else []
    return replace(process_unit(variables, sets, roles=(role(RoleKind.IRSA),)), worlds=worlds)


def world(*answers: SdkAnswer, **more: object) -> SourceWorld:
    return SourceWorld(NO_BRANCH, answers, **more)  # type: ignore[arg-type]


def test_keys_beside_a_role() -> None:
    same = unit(world(answer("boto3", KEYS, shadowed=(IRSA,)), answer("js", KEYS)), profile=False)
    draft = only(static_keys_shadow_role.check(same))
    assert draft.message == (
        "AWS_ACCESS_KEY_ID wins over IRSA of container upload: every AWS SDK signs with the static key"
    )
    assert [step.location for step in draft.related] == [at(90, path=PATH)]
    draft = only(static_keys_shadow_role.check(unit(world(answer("boto3", KEYS), answer("js", SANDBOX)))))
    assert draft.message.endswith(": boto3 signs with the keys from line 10, js with profile sandbox")
    assert draft.related[1:] == (Step(at(12, 2, PATH), "profile sandbox"),)


def test_a_profile_beside_keys() -> None:
    hidden = world(with_keys=(answer("boto3", KEYS, shadowed=(IRSA,)), answer("js", SANDBOX)))
    draft = only(profile_with_explicit_keys.check_process(unit(hidden)))
    assert draft.message == (
        "AWS_ACCESS_KEY_ID and AWS_PROFILE stand in the environment of container upload: boto3 signs with the keys "
        "from line 10, js with profile sandbox"
    )
    assert [step.location for step in draft.related] == [at(12, 2, PATH), at(90, path=PATH)]


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (
            world(answer("boto3", IRSA), answer("js", SANDBOX)),
            "boto3 signs with the role of IRSA, js with profile sandbox",
        ),
        (
            world(with_keys=(answer("boto3", SANDBOX),), with_role=(answer("boto3", SANDBOX),)),
            "boto3 signs with profile sandbox",
        ),
        (
            world(with_keys=(answer("z", IRSA),), with_role=(answer("z", SANDBOX),)),
            KEYS_OR_ROLE,
        ),
        (
            world(
                with_keys=(answer("z", SANDBOX),),
                with_role=(answer("z", SANDBOX),),
                without_profile=(answer("z", errors=("ProfileNotFound",)),),
            ),
            "z signs with profile sandbox; if no file holds it, z raises ProfileNotFound",
        ),
        (
            world(with_keys=(answer("z", IRSA),), with_role=(answer("z", IRSA),), without_profile=(answer("z", IRSA),)),
            "z signs with the role of IRSA",
        ),
    ],
)
def test_a_profile_beside_a_role(made: SourceWorld, said: str) -> None:
    draft = only(profile_with_role.check(unit(made, pair=False)))
    assert draft.message == f"AWS_PROFILE stands beside the role that IRSA gives to container upload: {said}"


def test_the_world_is_the_one_in_which_the_arms_are_taken() -> None:
    one, other = SourceWorld(ONE_ARM, (answer("boto3", KEYS),)), SourceWorld(OTHER_ARM, (answer("boto3", IRSA),))
    sure = replace(other, answers=(answer("boto3", SANDBOX),), given=("AWS_ACCESS_KEY_ID",))
    made = unit(one, other)
    assert answers_of(made, Cloud.AWS, OTHER_ARM) == other.answers
    assert answers_of(unit(one, other, sure), Cloud.AWS, OTHER_ARM) == sure.answers
    assert answers_of(made, Cloud.ALIBABA, ONE_ARM) == ()
    assert answers_of(made, Cloud.AWS, ONE_ARM | OTHER_ARM) == ()


def test_a_profile_of_alibaba_beside_keys() -> None:
    key, secret = replace(KEY, cloud=Cloud.ALIBABA), replace(SECRET, cloud=Cloud.ALIBABA)
    profile = replace(PROFILE, cloud=Cloud.ALIBABA)
    made = process_unit([key, secret, profile], [("aws", process_set(key, secret))])
    said = world(answer("the Alibaba Cloud SDKs", KEYS))
    draft = only(profile_with_role.check(replace(made, worlds=(said,))))
    assert draft.message == (
        "AWS_PROFILE is not read beside AWS_ACCESS_KEY_ID: the Alibaba Cloud SDKs sign with the keys from line 10"
    )
