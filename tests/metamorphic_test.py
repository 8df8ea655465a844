"""What does not change a program does not change what is found in it: tried on every Python example.

A change that truly makes another program of an example is named, with the reason, under `varies` of the example.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from credlint.catalogue.examples import Example, read_examples
from credlint.catalogue.load import rule_names
from tests.mdspec.lint import lint
from tests.mdspec.match import mismatches, read_expected
from tests.metamorphic import calls, names, places

_ONE_FILE: dict[str, Callable[[str], str | None]] = {
    "rename": names.rename_variables,
    "alias-import": names.alias_imports,
    "from-import": names.import_names,
    "keywords": calls.with_keywords,
    "positions": calls.with_positions,
    "mapping": calls.with_mapping,
    "function": places.into_function,
    "class": places.into_class,
    "helper": places.into_helper,
    "if-true": places.in_if_true,
    "try": places.in_try,
    "with": places.in_with,
    "crlf": calls.with_crlf,
    "tabs": calls.with_tabs,
    "emoji": calls.behind_emoji,
}
CHANGES = (*_ONE_FILE, "module")

Files = dict[str, str]


def changed(files: Files, change: str) -> Files | None:
    """Give the files of an example after a change, or None when it has nothing to change in them."""
    result: Files = {}
    for path, text in files.items():
        if not path.endswith(".py"):
            result[path] = text
        elif change == "module":
            moved = places.into_module(text)
            folder = path.rpartition("/")[0]
            for name, part in moved.items() if moved else ():
                result[path if name == "main" else "/".join(filter(None, (folder, name)))] = part
            result.setdefault(path, text)
        else:
            result[path] = _ONE_FILE[change](text) or text
    return result if result != files else None


def complaints(folder: Path, files: Files, rule: str) -> list[str]:
    """Give the difference between what the comments of some files say and what is found in them."""
    found, problems = lint(folder, files, rule=rule)
    expected = [one for path, text in files.items() for one in read_expected(path, text.replace("\r\n", "\n"))]
    return mismatches(expected, found) + problems


EXAMPLES = [(rule, example) for rule in rule_names() for example in read_examples(rule) if example.language == "python"]
SINGLE = [
    pytest.param(rule, example, change, id=f"{rule}/{example.name}/{change}")
    for rule, example in EXAMPLES
    for change in CHANGES
]


@pytest.mark.exhaustive
@pytest.mark.parametrize(("rule", "example", "change"), SINGLE)
def test_a_change_moves_what_is_found(rule: str, example: Example, change: str, tmp_path: Path) -> None:
    bad = changed(dict(example.bad), change)
    varies = change in dict(example.varies)
    if bad is None:
        assert not varies, "nothing changes"
        return
    assert (complaints(tmp_path, bad, rule) != []) is varies, "\n".join(
        [*complaints(tmp_path, bad, rule), *bad.values()]
    )


@pytest.mark.exhaustive
@pytest.mark.parametrize(("rule", "example", "change"), SINGLE)
def test_a_change_lets_the_good_twin_be(rule: str, example: Example, change: str, tmp_path: Path) -> None:
    good = changed(dict(example.good), change)
    if good is not None and change not in dict(example.varies):
        assert complaints(tmp_path, good, rule) == [], "\n".join(good.values())


@pytest.mark.property
@pytest.mark.slow
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    chosen=st.sampled_from(EXAMPLES),
    wanted=st.lists(st.sampled_from(CHANGES), min_size=2, max_size=3, unique=True),
    bad=st.booleans(),
)
def test_changes_after_each_other(
    chosen: tuple[str, Example], wanted: list[str], bad: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    rule, example = chosen
    files = dict(example.bad if bad else example.good)
    # ends of lines and tabs last: the others read and write text as we do
    for change in sorted(wanted, key=("crlf", "tabs").__contains__):
        if change not in dict(example.varies):
            files = changed(files, change) or files
    assert complaints(tmp_path_factory.mktemp("changed"), files, rule) == [], "\n".join(files.values())
