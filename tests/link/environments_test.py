"""Environments that code makes, with the names that are almost those of a part."""

from __future__ import annotations

import pytest

from credlint.catalogue.load import load_catalogue
from credlint.link.environments import environment_units
from credlint.model.environments import CodeEnvironment, Variable
from credlint.model.facts import FileFacts, Language
from credlint.model.values import Unknown
from tests.checks.build import at


def misspelled(*names: str) -> list[tuple[str, str]]:
    given = tuple(Variable(name, Unknown("x"), at(1), at(1)) for name in names)
    environment = CodeEnvironment("the child process", at(1), given, True, ("a",))
    facts = FileFacts("a.py", Language.PYTHON, (1,), environments=(environment,))
    (unit,) = environment_units(facts, load_catalogue())
    assert [name for name in unit.profile_order if name.startswith("AWS_D") or name == "AWS_PROFILE"] == [
        "AWS_DEFAULT_PROFILE",
        "AWS_PROFILE",
    ]
    return [(one.variable.name, one.right) for one in unit.misspelled]


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (("AWS_ACCESS_KEY_ID", "AWS_SECRET_KEY_ID"), [("AWS_SECRET_KEY_ID", "AWS_SECRET_ACCESS_KEY")]),
        (("AWS_SECRET_KEY_ID",), []),
        (("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SECRET_KEY_ID"), []),
        (
            ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_ACCESS_TOKEN"),
            [("AWS_ACCESS_TOKEN", "AWS_SESSION_TOKEN")],
        ),
        (("AWS_ACCESS_KEY_ID", "AWS_ACCESS_TOKEN"), []),
        (("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SECURITY_TOKEN", "AWS_ACCESS_TOKEN"), []),
        (("AWS_ACCCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"), [("AWS_ACCCESS_KEY_ID", "AWS_ACCESS_KEY_ID")]),
        (("OSS_ACCESS_KEY_ID", "OSS_SECRET_ACCESS_KEY"), [("OSS_SECRET_ACCESS_KEY", "OSS_ACCESS_KEY_SECRET")]),
    ],
)
def test_names(names: tuple[str, ...], found: list[tuple[str, str]]) -> None:
    assert misspelled(*names) == found
