"""What a node takes from others: in its file, in one that it names, in one that it is laid over."""

from __future__ import annotations

import pytest

from credlint.catalogue.load import load_catalogue
from credlint.extract.deployment.read import extract
from credlint.model.environments import EnvironmentScope
from credlint.model.facts import FileFacts
from credlint.model.project import Reads, Settings
from tests.extract.deployment.facts import words


class Files:
    """A project of texts."""

    root = ""

    def __init__(self, files: dict[str, str]) -> None:
        self._files = files
        self._found: set[str] = set()
        self._missing: set[str] = set()

    def read(self, path: str) -> bytes | None:
        text = self._files.get(path)
        (self._missing if text is None else self._found).add(path)
        return None if text is None else text.encode()

    def reads(self) -> Reads:
        return Reads(tuple(sorted(self._found)), tuple(sorted(self._missing)))


def read(path: str, **files: str) -> tuple[FileFacts, Reads]:
    """Read a file of a project; `__` in a keyword stands for `/`, `_` for `.`."""
    texts = {name.replace("__", "/").replace("_", "."): text for name, text in files.items()}
    project = Files(texts)
    facts = extract(path, texts[path], load_catalogue(), project, Settings())
    return facts, project.reads()


def brought(scope: EnvironmentScope) -> dict[str, str]:
    """Give what the imports of a scope bring, unknown ones by their name alone."""
    found: dict[str, str] = {}
    for one in scope.imports:
        if one.variables is None:
            found[one.name] = "not seen"
        found.update({each.name: f"{words(each.value)} of {each.location.path}" for each in one.variables or ()})
    return found


def service(text: str) -> str:
    return f"services:\n  web:\n    image: x\n{text}"


def test_a_file_of_variables() -> None:
    facts, reads = read(
        "deploy/compose.yml",
        deploy__compose_yml=service("    env_file: [web.env, ../other.env, $X.env, none.env]\n"),
        deploy__web_env="A=b\nB=${C}\nD=\nE\nF='$g'\nG=''\n",
        other_env="H=i # j\n",
    )
    (scope,) = facts.scopes
    assert brought(scope) == {
        "A": "literal of deploy/web.env",
        "B": "host variable C of deploy/web.env",
        "D": "blank of deploy/web.env",
        "E": "host variable E of deploy/web.env",
        "F": "literal of deploy/web.env",
        "G": "blank of deploy/web.env",
        "H": "literal of other.env",
        "$X.env": "not seen",
        "none.env": "not seen",
    }
    assert {each.key_location for one in scope.imports for each in one.variables or ()} == {
        one.location for one in scope.imports if one.variables
    }
    overrides = "deploy/compose.override.yaml", "deploy/compose.override.yml"
    assert reads == Reads(("deploy/web.env", "other.env"), (*overrides, "deploy/none.env"))


def test_secrets_of_another_file_are_covered_there_alone() -> None:
    facts, _ = read(
        "compose.yml", compose_yml=service("    env_file: a.env\n"), a_env="AWS_SECRET_ACCESS_KEY=abcdefgh\n"
    )
    assert facts.secrets == ()


@pytest.mark.parametrize(
    ("extends", "seen"),
    [
        ("base", {"A": "literal of compose.yml"}),
        ("{service: base}", {"A": "literal of compose.yml"}),
        ("{file: common/base.yml, service: base}", {"A": "literal of common/base.yml", "B": "literal of common/b.env"}),
        ("{file: common/base.yml, service: derived}",
         {"A": "literal of common/base.yml", "B": "literal of common/b.env", "C": "literal of common/base.yml"}),
        ("{file: common/base.yml, service: missing}", None),
        ("{file: missing.yml, service: base}", None),
        ("missing", None),
        ("web", None),
    ],
)  # fmt: skip
def test_extends(extends: str, seen: dict[str, str] | None) -> None:
    base = "    image: y\n    environment: [A=b]\n    volumes: ['~/.aws:/root/.aws']\n"
    facts, _ = read(
        "compose.yml",
        compose_yml=f"services:\n  web:\n    extends: {extends}\n  base:\n{base}",
        common__base_yml=f"services:\n  base:\n{base}    env_file: b.env\n"
        "  derived:\n    extends: base\n    environment: {C: d}\n",
        common__b_env="B=c\n",
    )
    scope = facts.scopes[0]
    assert scope.opaque is (seen is None)
    assert brought(scope) == (seen or {})
    assert len(scope.mounts) == (1 if seen else 0)
    assert scope.image == ("y" if seen else None)


BASE = service("    environment: {A: b}\n") + "  minio:\n    image: minio/minio\n"


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("compose.override.yml", "    environment: {C: d}\n", {"A": "literal of compose.yml"}),
        ("compose.override.yml", "    image: z\n", {"A": "literal of compose.yml"}),
        ("compose.local.yaml", "    environment: {C: d}\n", {"A": "literal of compose.yml"}),
        ("compose.local.yml", "    image: z\n", {}),
        ("compose.yml", "    environment: {C: d}\n", {}),
        ("compose.a.b.yml", "    environment: {C: d}\n", {}),
    ],
)
def test_a_file_that_is_laid_over_another(name: str, text: str, expected: dict[str, str]) -> None:
    files = {"compose_yml": BASE, name.replace(".", "_"): f"services:\n  web:\n{text}"}
    facts, _ = read(name, **files)
    (scope,) = facts.scopes
    assert brought(scope) == expected
    assert scope.beside_local is bool(expected)


def test_a_service_that_the_other_file_lacks() -> None:
    facts, reads = read("a/compose.dev.yml", a__compose_dev_yml="services:\n  web: {environment: {A: b}}\n")
    assert brought(facts.scopes[0]) == {}
    assert reads.missing == ("a/compose.yaml", "a/compose.yml")


def test_jobs_of_gitlab_extend_others() -> None:
    text = (
        "stages: [a]\n.role:\n  variables: {A: b}\n.more: {extends: .role}\n"
        "use:\n  stage: a\n  extends: [.more]\n  script: [x]\n"
    )
    facts, _ = _gitlab(text)
    scope = next(one for one in facts.scopes if one.title == "job use")
    assert brought(scope) == {"A": "literal of .gitlab-ci.yml"}
    assert not scope.opaque
    unknown, _ = _gitlab(text.replace("[.more]", "[.other]"))
    assert next(one for one in unknown.scopes if one.title == "job use").opaque


def _gitlab(text: str) -> tuple[FileFacts, Reads]:
    project = Files({})
    return extract(".gitlab-ci.yml", text, load_catalogue(), project, Settings()), project.reads()
