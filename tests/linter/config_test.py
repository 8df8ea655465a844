"""The configuration: found, read, checked, and overruled by the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from credlint.config import Config, Configurations, Overrides
from credlint.model.finding import Confidence, Persona, Severity
from credlint.model.problem import FatalError

RULE, OTHER = "hardcoded-access-key", "logged-credentials"
NO_OVERRIDES = Overrides()


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give an empty folder that is the working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def config_of(folder: Path, overrides: Overrides = NO_OVERRIDES, **how: str | bool) -> Config:
    return Configurations(overrides, **how).of(str(folder))  # type: ignore[arg-type]


def test_every_key(tree: Path) -> None:
    (tree / "credlint.toml").write_text(
        f"""
        select = ["{RULE}"]
        extend-select = ["{OTHER}"]
        ignore = ["{OTHER}"]
        exclude = ["a"]
        extend-exclude = ["b/**"]
        persona = "auditor"
        min-severity = "warning"
        min-confidence = "medium"
        local-endpoints = ["storage.test"]
        placeholders = ["fill-me-in"]
        [per-file-ignores]
        "tests/**" = ["{RULE}"]
        """
    )
    config = config_of(tree)
    assert config == Config(
        source="credlint.toml",
        folder=str(tree),
        select=frozenset({RULE}),
        extend_select=frozenset({OTHER}),
        ignore=frozenset({OTHER}),
        per_file_ignores=(("tests/**", frozenset({RULE})),),
        exclude=("a",),
        extend_exclude=("b/**",),
        persona=Persona.AUDITOR,
        min_severity=Severity.WARNING,
        min_confidence=Confidence.MEDIUM,
        local_endpoints=frozenset({"storage.test"}),
        placeholders=frozenset({"fill-me-in"}),
    )
    assert config.settings().placeholders == {"fill-me-in"}


def test_without_configuration_the_defaults_hold(tree: Path) -> None:
    config = config_of(tree)
    assert config == Config(folder=str(tree))
    assert config.selects(RULE)


def test_the_nearest_folder_upward_has_the_word(tree: Path) -> None:
    (tree / "pyproject.toml").write_text(f'[tool.credlint]\nignore = ["{RULE}"]\n')
    near = tree / "near"
    (near / "deep").mkdir(parents=True)
    (near / "credlint.toml").write_text(f'ignore = ["{OTHER}"]\n')
    (near / "pyproject.toml").write_text("[tool.credlint]\nselect = []\n")
    configurations = Configurations(Overrides())
    assert configurations.of(str(near / "deep")).source == "near/credlint.toml"
    assert configurations.of(str(near)).source == "near/credlint.toml"
    assert configurations.of(str(tree / "else" / "where")).source == "pyproject.toml"


@pytest.mark.parametrize(
    "text", ["[tool.ruff]\n", "# [tool.credlint]\n", "not TOML at all", '[project]\ndependencies = ["credlint"]\n']
)
def test_a_pyproject_that_says_nothing_of_credlint_is_passed_over(tree: Path, text: str) -> None:
    (tree / "inner").mkdir()
    (tree / "inner" / "pyproject.toml").write_text(text)
    (tree / "credlint.toml").write_text("")
    assert config_of(tree / "inner").source == "credlint.toml"


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("credlint.toml", "\nselekt = []\n", "credlint.toml:2: unknown key 'selekt'; do you mean select?"),
        ("credlint.toml", "zzzzzz = []\n", "credlint.toml:1: unknown key 'zzzzzz'"),
        ("credlint.toml", "[tool.credlint]\n", "credlint.toml:1: unknown key 'tool'"),
        (
            "pyproject.toml",
            '[tool.other]\npersonna = 1\n[tool.credlint]\n"personna" = 1\n',
            "pyproject.toml:4: unknown key 'personna'; do you mean persona?",
        ),
        ("credlint.toml", 'select = "x"\n', "credlint.toml:1: select: must be a list of strings"),
        ("credlint.toml", "placeholders = [1]\n", "credlint.toml:1: placeholders: must be a list of strings"),
        ("credlint.toml", 'persona = "nosy"\n', "persona: must be one of regular, pedantic, auditor"),
        ("credlint.toml", "min-severity = 1\n", "min-severity: must be one of error, warning, note"),
        ("credlint.toml", 'min-confidence = "none"\n', "min-confidence: must be one of high, medium, low"),
        ("credlint.toml", "per-file-ignores = []\n", "per-file-ignores: must be a table from a pattern"),
        (
            "credlint.toml",
            'ignore = []\n[per-file-ignores]\n"a" = ["nothing-like-it"]\n',
            "credlint.toml:2: per-file-ignores: there is no rule 'nothing-like-it'",
        ),
        (
            "credlint.toml",
            'ignore = ["hardcoded-acess-key"]\n',
            "ignore: there is no rule 'hardcoded-acess-key'; do you mean hardcoded-access-key?",
        ),
        ("credlint.toml", "\n\nselect = [\n", "credlint.toml:4: not valid TOML"),
        ("credlint.toml", "select = ]\n", "credlint.toml:1: not valid TOML"),
        ("credlint.toml", "a = " + "[" * 5000, "not valid TOML"),
        ("pyproject.toml", "[tool.credlint]\nselect = [\n", "pyproject.toml:3: not valid TOML"),
        ("pyproject.toml", "[[tool.credlint]]\n", "pyproject.toml:1: credlint must be a table"),
    ],
)
def test_what_is_wrong_is_named_with_file_line_and_key(tree: Path, name: str, text: str, message: str) -> None:
    (tree / name).write_text(text)
    with pytest.raises(FatalError) as caught:
        config_of(tree)
    assert message in str(caught.value)


def test_text_that_is_not_utf_8_is_named_without_quoting_it(tree: Path) -> None:
    (tree / "credlint.toml").write_bytes(b"select = []\nignore = ['\xff']\n")
    with pytest.raises(FatalError, match=r"^credlint.toml:2: not UTF-8"):
        config_of(tree)


@pytest.mark.parametrize("name", ["credlint.toml", "pyproject.toml"])
def test_a_configuration_that_may_not_be_read_is_an_error(ordinary_user: Path, name: str) -> None:
    (ordinary_user / name).write_text("[tool.credlint]\n")
    (ordinary_user / name).chmod(0)
    with pytest.raises(FatalError, match=f"^{name}: cannot be read: Permission denied"):
        config_of(ordinary_user)


def test_named_configuration_holds_for_every_file_from_the_working_directory(tree: Path) -> None:
    (tree / "ci").mkdir()
    (tree / "ci" / "any.toml").write_text('extend-exclude = ["a"]\n')
    (tree / "credlint.toml").write_text("broken")
    config = config_of(tree / "deep", named="ci/any.toml")
    assert (config.source, config.folder, config.extend_exclude) == ("ci/any.toml", str(tree), ("a",))
    (tree / "pyproject.toml").write_text("[tool.other]\n")
    assert config_of(tree, named="pyproject.toml").select is None
    with pytest.raises(FatalError, match=r"^nowhere.toml: cannot be read"):
        config_of(tree, named="nowhere.toml")


def test_a_configuration_elsewhere_is_named_by_its_whole_path(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tree / "here").mkdir()
    (tree / "credlint.toml").write_text("")
    monkeypatch.chdir(tree / "here")
    assert config_of(tree / "here").source == f"{tree}/credlint.toml"


def test_isolated_looks_for_none(tree: Path) -> None:
    (tree / "credlint.toml").write_text("broken")
    assert config_of(tree, isolated=True) == Config(folder=str(tree))


@pytest.mark.parametrize(
    ("overrides", "selected"),
    [
        (Overrides(), {RULE}),
        (Overrides(select=frozenset({OTHER})), {OTHER}),
        (Overrides(extend_select=frozenset({OTHER})), {RULE, OTHER}),
        (Overrides(ignore=frozenset({RULE})), set()),
        (Overrides(select=frozenset({OTHER, RULE}), ignore=frozenset({RULE})), {OTHER}),
    ],
)
def test_the_command_line_overrules_the_selection(tree: Path, overrides: Overrides, selected: set[str]) -> None:
    (tree / "credlint.toml").write_text(f'select = ["{RULE}"]\nignore = ["{OTHER}"]\n')
    config = config_of(tree, overrides)
    assert {rule for rule in (RULE, OTHER) if config.selects(rule)} == selected


def test_the_command_line_overrules_the_rest(tree: Path) -> None:
    (tree / "credlint.toml").write_text('persona = "pedantic"\nexclude = ["a"]\nextend-exclude = ["b"]\n')
    overrides = Overrides(persona=Persona.AUDITOR, exclude=("c",), extend_exclude=("d",))
    config = config_of(tree, overrides._replace(min_severity=Severity.ERROR, min_confidence=Confidence.HIGH))
    assert (config.persona, config.exclude, config.extend_exclude) == (Persona.AUDITOR, ("c",), ("b", "d"))
    assert (config.min_severity, config.min_confidence) == (Severity.ERROR, Confidence.HIGH)
    assert config_of(tree).persona is Persona.PEDANTIC
