"""The key `catalogue`: the files it names, per configuration, and what a run finds by them."""

from __future__ import annotations

from pathlib import Path

import pytest

from credlint.config import Config, Configurations, Overrides
from credlint.extract.triage import is_relevant
from credlint.linter.gather import RunRequest, gather
from credlint.linter.run import run
from credlint.model.problem import FatalError

ENTRY = """\
schema: 1
distribution: company-storage
cloud: alibaba
callables:
  - names: [company.{module}.connect]
    kind: client
    use: data
    parameters: {{key_id: [0, ak], secret: [1, sk], token: [2, token]}}
    token: optional
  - names: [company.{module}.borrow]
    kind: source
    returns: company.{module}.Keys
types:
  - names: [company.{module}.Keys]
    shape:
      fields: {{key_id: ak, secret: sk, token: token}}
      lifetime: temporary
"""
CODE = """\
from company import storage

keys = storage.borrow("uploader")
storage.connect(keys.ak, keys.sk)
storage.connect(keys.ak, keys.sk, keys.token)
"""
CONFIGURATION = 'catalogue = ["sdks"]\n'


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a project whose configuration names a folder with one file, and a module that calls what it describes."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "credlint.toml").write_text(CONFIGURATION)
    (tmp_path / "sdks").mkdir()
    (tmp_path / "sdks" / "storage.yaml").write_text(ENTRY.format(module="storage"))
    (tmp_path / "copy.py").write_text(CODE)
    return tmp_path


def config_of(folder: Path) -> Config:
    return Configurations(Overrides()).of(str(folder))


def findings(*paths: str) -> list[tuple[str, int, str]]:
    report = run(RunRequest(paths=paths))
    assert not report.problems
    return [(one.region.path, one.region.line, one.rule) for one in report.findings]


def test_what_a_wrapper_gives_and_takes_is_followed(tree: Path) -> None:
    assert findings(".") == [("copy.py", 4, "temporary-key-without-token")]


def test_only_files_of_the_configuration_are_read_for_its_words(tree: Path) -> None:
    assert not is_relevant(CODE.encode())
    assert not gather(RunRequest(paths=("copy.py",), isolated=True)).relevant
    (tree / "other").mkdir()
    (tree / "other" / "credlint.toml").write_text("")
    (tree / "other" / "copy.py").write_text(CODE)
    relevant = gather(RunRequest(paths=("copy.py", "other"))).relevant
    assert [file.source.path for file in relevant] == ["copy.py"]


def test_each_configuration_has_its_own(tree: Path) -> None:
    other = tree / "other"
    (other / "here").mkdir(parents=True)
    (other / "pyproject.toml").write_text('[tool.credlint]\ncatalogue = ["here/vault.yml"]\n')
    (other / "here" / "vault.yml").write_text(ENTRY.format(module="vault"))
    for folder in (tree, other):
        (folder / "both.py").write_text(CODE + CODE.replace("storage", "vault"))
    assert findings(".") == [
        ("both.py", 4, "temporary-key-without-token"),
        ("copy.py", 4, "temporary-key-without-token"),
        ("other/both.py", 9, "temporary-key-without-token"),
    ]


def test_files_and_folders_are_relative_to_the_configuration(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = tree / "inner"
    inner.mkdir()
    (tree / "sdks" / "note.txt").write_text("nothing")
    (tree / "sdks" / "b.yml").write_text(ENTRY.format(module="vault"))
    (tree / "sdks" / "folder.yaml").mkdir()
    monkeypatch.chdir(inner)
    named = [name for name, _ in config_of(inner).catalogue]
    assert named == [str(tree / "sdks" / "b.yml"), str(tree / "sdks" / "storage.yaml")]
    (tree / "credlint.toml").write_text(f'catalogue = ["sdks/storage.yaml", "sdks/", "{tree}/sdks/b.yml"]\n')
    monkeypatch.chdir(tree)
    assert [name for name, _ in config_of(inner).catalogue] == ["sdks/storage.yaml", "sdks/b.yml"]


def test_a_named_configuration_is_where_its_paths_start(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tree / "inner").mkdir()
    (tree / "inner" / "copy.py").write_text(CODE)
    monkeypatch.chdir(tree / "inner")
    report = run(RunRequest(paths=("copy.py",), config="../credlint.toml"))
    assert [one.region.line for one in report.findings] == [4]


def test_a_byte_order_mark_is_no_content(tree: Path) -> None:
    (tree / "sdks" / "storage.yaml").write_text(ENTRY.format(module="storage"), encoding="utf-8-sig")
    assert len(findings("copy.py")) == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("\ncatalogue = 'sdks'\n", "credlint.toml:2: catalogue: must be a list of strings"),
        ("\ncatalogue = ['skds/']\n", "credlint.toml:2: catalogue: there is no file or folder 'skds/'"),
        ("catalogue = ['empty']\n", "credlint.toml:1: catalogue: the folder 'empty' holds no .yaml file"),
        ("catalogue = ['bad.yaml']\n", "bad.yaml:2: not UTF-8, as it must be"),
        ("catalogue = ['sdks', 'old.yaml']\n", "old.yaml:2: callabels: unknown key; do you mean callables?"),
    ],
)
def test_what_is_wrong_is_named(tree: Path, text: str, message: str) -> None:
    (tree / "empty").mkdir()
    (tree / "bad.yaml").write_bytes(b"schema: 1\ndistribution: \xff\n")
    (tree / "old.yaml").write_text("schema: 1\ncallabels: []\ndistribution: x\n")
    (tree / "credlint.toml").write_text(text)
    with pytest.raises(FatalError) as caught:
        config_of(tree)
    assert str(caught.value) == message


def test_a_file_that_may_not_be_read(ordinary_user: Path) -> None:
    (ordinary_user / "credlint.toml").write_text("catalogue = ['a.yaml']\n")
    (ordinary_user / "a.yaml").write_text(ENTRY.format(module="storage"))
    (ordinary_user / "a.yaml").chmod(0)
    with pytest.raises(FatalError, match=r"^a\.yaml: cannot be read: "):
        config_of(ordinary_user)


def test_an_empty_list_says_nothing(tree: Path) -> None:
    (tree / "credlint.toml").write_text("catalogue = []\n")
    assert (config_of(tree).catalogue, config_of(tree).triggers) == ((), ())


def test_a_described_name_of_the_project_is_not_followed(tree: Path) -> None:
    package = tree / "company"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "storage.py").write_text("def connect(ak, sk):\n    return 1\n\ndef borrow(role):\n    return {}\n")
    (package / "copy.py").write_text(
        "from . import storage\nfrom .storage import borrow, connect\n\n"
        "keys = borrow('uploader')\nconnect(keys['ak'], keys['sk'])\nstorage.connect(keys['ak'], keys['sk'])\n"
    )
    assert findings("company", "copy.py") == [
        ("company/copy.py", 5, "temporary-key-without-token"),
        ("company/copy.py", 6, "temporary-key-without-token"),
        ("copy.py", 4, "temporary-key-without-token"),
    ]


def test_a_module_that_names_own_words_only_is_followed(tree: Path) -> None:
    (tree / "pyproject.toml").write_text("")
    (tree / "helper.py").write_text(
        "from company import storage\n\n\ndef connect(keys):\n    return storage.connect(keys.ak, keys.sk)\n"
    )
    (tree / "copy.py").write_text(
        "import helper\nfrom company import storage\n\nhelper.connect(storage.borrow('uploader'))\n"
    )
    report = run(RunRequest(paths=("copy.py", "helper.py")))
    assert [one.rule for one in report.findings] == ["temporary-key-without-token"]
    places = {(step.region.path, step.region.line) for step in report.findings[0].trace}
    assert {path for path, _ in places} == {"copy.py", "helper.py"}
