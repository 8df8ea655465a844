"""swapped-credential-parts on facts built by hand: what stands right on the same path, and on another one."""

from __future__ import annotations

from credlint.checks.swapped_credential_parts import check
from credlint.model.finding import Confidence
from credlint.model.units import ClientUnit
from credlint.model.values import NO_BRANCH, Branches, EnvironmentVariable, Role
from tests.checks.build import ONE_ARM, OTHER_ARM, alternative, at, client, client_unit, only, silent, variables

RIGHT = (Role.KEY_ID, Role.SECRET, None)
WRONG = (Role.SECRET, Role.SECRET, None)


def unit(branches: Branches, others: Branches) -> ClientUnit:
    right = alternative(*variables("KEY", "SECRET"), branches=branches)
    wrong = alternative(EnvironmentVariable("SECRET"), EnvironmentVariable("SECRET"), branches=others)
    return client_unit(client(right, wrong), roles=(RIGHT, WRONG))


def test_values_that_are_not_kept_apart_prove_nothing() -> None:
    assert silent(check(unit(NO_BRANCH, NO_BRANCH)))
    assert silent(check(unit(ONE_ARM, ONE_ARM)))


def test_an_arm_of_its_own_may_be_wrong() -> None:
    draft = only(check(unit(ONE_ARM, OTHER_ARM)))
    assert (draft.case, draft.location, draft.certainty) == ("wrong-slot", at(50, 10), Confidence.MEDIUM)
    assert draft.message == "boto3.client(s3) gets the secret of SECRET as key id"
