"""File patterns: names at any depth, paths from the folder of the configuration."""

from __future__ import annotations

import pytest

from credlint.linter.patterns import Patterns
from credlint.model.problem import FatalError

MATCHES = [
    ("tests", "tests"),
    ("tests", "a/tests"),
    ("tests/", "tests"),
    ("./tests/unit", "tests/unit"),
    ("*_test.py", "a_test.py"),
    ("*_test.py", "deep/down/a_test.py"),
    ("tests/*.py", "tests/a.py"),
    ("tests/**", "tests/a/b.py"),
    ("**/vendor/**", "a/b/vendor/c.py"),
    ("**/vendor/**", "vendor/c.py"),
    ("/docs/a.py", "docs/a.py"),
    ("src/**/a.py", "src/a.py"),
    ("file?.py", "file1.py"),
    ("file[0-9].py", "file7.py"),
    ("file[!0-9].py", "filex.py"),
    ("file[^0-9].py", "filex.py"),
    ("file[]].py", "file].py"),
    ("a[.py", "a[.py"),
    ("a+b.py", "a+b.py"),
    ("tests\\unit", "tests/unit"),
]
NO_MATCHES = [
    ("tests", "tests2"),
    ("tests", "tests/a.py"),
    ("*_test.py", "a_test.pyi"),
    ("tests/*.py", "tests/unit/a.py"),
    ("tests/*.py", "more/tests/a.py"),
    ("file?.py", "file/.py"),
    ("file[!0-9]x", "file/x"),
    ("file[0-9].py", "filex.py"),
    ("", ""),
]


@pytest.mark.parametrize(("glob", "path"), MATCHES)
def test_match(glob: str, path: str) -> None:
    assert Patterns([glob]).match(path)


@pytest.mark.parametrize(("glob", "path"), NO_MATCHES)
def test_no_match(glob: str, path: str) -> None:
    assert not Patterns([glob]).match(path)


@pytest.mark.parametrize(
    ("glob", "path", "covered"),
    [
        ("build", "build/a.py", True),
        ("build", "a/build/b/c.py", True),
        ("a/build", "a/build/b/c.py", True),
        ("build", "builds/a.py", False),
    ],
)
def test_cover_asks_the_folders_too(glob: str, path: str, covered: bool) -> None:
    assert Patterns([glob]).cover(path) is covered


def test_what_is_no_pattern_is_the_users_mistake() -> None:
    with pytest.raises(FatalError, match="is not a file pattern"):
        Patterns(["[z-a]"])
