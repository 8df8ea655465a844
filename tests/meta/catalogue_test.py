"""Every callable of rules/sdks that takes or gives credentials is exercised: without its entry, a spec fails."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from credlint.catalogue.callables import CallableEntry, CallableKind
from credlint.catalogue.examples import read_examples
from credlint.catalogue.load import load_catalogue, rule_names
from tests.mdspec.lint import lint
from tests.mdspec.parse import parse
from tests.tree import ROOT

KINDS = {
    CallableKind.CLIENT,
    CallableKind.SESSION,
    CallableKind.CREDENTIALS,
    CallableKind.SIGNER,
    CallableKind.CONFIGURATION,
    CallableKind.PROVIDER,
    CallableKind.REQUEST,
    CallableKind.OPERATION,
    CallableKind.SETTER,
    CallableKind.SOURCE,
    CallableKind.FACTORY,
}

# Entries by their first name that no finding shows, and why.
_PASSES = "what it is given is reported where it was made"
_FINDS = "finds credentials by itself, and no rule asks which"
_UNASKED = "no rule asks for this field of a request"
UNSEEN: dict[str, str] = {
    "alibabacloud_credentials.provider.ecs_ram_role.EcsRamRoleCredentialsProvider": _FINDS,
    "alibabacloud_credentials.provider.uri.URLCredentialsProvider": _FINDS,
    "alibabacloud_credentials.provider.env.EnvironmentVariableCredentialsProvider": _FINDS,
    "alibabacloud_credentials.provider.default.DefaultCredentialsProvider": _FINDS,
    "alibabacloud_credentials.provider.profile.ProfileCredentialsProvider": _FINDS,
    "alibabacloud_credentials.provider.cli_profile.CLIProfileCredentialsProvider": _FINDS,
    "alibabacloud_oss_v2.config.Config": _PASSES,
    "alibabacloud_oss_v2.aio.client.AsyncClient": _PASSES,
    "alibabacloud_oss_v2.vectors.client.Client": _PASSES,
    "alibabacloud_oss_v2.encryption_client.EncryptionClient": _PASSES,
    "alibabacloud_tea_openapi.client.Client": _PASSES,
    "aliyunsdkcore.auth.credentials.EcsRamRoleCredential": _FINDS,
    "aliyunsdksts.request.v20150401.AssumeRoleRequest.AssumeRoleRequest.set_Policy": _UNASKED,
    "aliyunsdksts.request.v20150401.AssumeRoleRequest.AssumeRoleRequest.set_ExternalId": _UNASKED,
    "minio.credentials.providers.EnvMinioProvider": _FINDS,
}


class Lookups(dict[str, CallableEntry]):
    """The callables of the catalogue, and those of them that were asked for."""

    def __init__(self, callables: dict[str, CallableEntry]) -> None:
        super().__init__(callables)
        self.asked: set[str] = set()

    def get(self, name: str, default: object = None) -> CallableEntry | None:
        found = super().get(name)
        if found is not None:
            self.asked.add(found.names[0])
        return found


def texts() -> Iterator[tuple[dict[str, str], str | None]]:
    for rule in rule_names():
        for example in read_examples(rule):
            yield dict(example.bad), None
    for path in sorted((ROOT / "tests" / "specs").glob("*.md")):
        for spec in parse(path.read_text(encoding="utf-8"), path.name):
            yield {file.path: file.text for file in spec.files}, spec.configuration


def without(first: CallableEntry, number: int) -> CallableEntry | None:
    """Give what is left of the entries of one name when one of them is taken away."""
    rest = [replace(first, others=()), *first.others]
    del rest[number]
    return replace(rest[0], others=tuple(rest[1:])) if rest else None


def test_every_entry_is_exercised(tmp_path: Path) -> None:
    catalogue = load_catalogue()
    entries = {
        f"{first.names[0]} {entry.when[0][1][0]}" if number else first.names[0]: (first, number)
        for first in catalogue.callables.values()
        for number, entry in enumerate((first, *first.others))
        if entry.kind in KINDS and entry.distribution != "python"
    }
    lookups = Lookups(catalogue.callables)
    object.__setattr__(catalogue, "callables", lookups)
    try:
        runs = []
        for number, (files, configuration) in enumerate(texts()):
            lookups.asked = set()
            folder = tmp_path / str(number)
            folder.mkdir()
            found, _ = lint(folder, files, configuration)
            runs.append((folder, files, configuration, found, frozenset(lookups.asked)))
        unseen = set()
        for name, (first, number) in entries.items():
            rest = without(first, number)
            for one in first.names:
                if rest is None:
                    del lookups[one]
                else:
                    lookups[one] = rest
            if not any(lint(*run[:3])[0] != run[3] for run in runs if first.names[0] in run[4]):
                unseen.add(name)
            lookups.update(dict.fromkeys(first.names, first))
    finally:
        object.__setattr__(catalogue, "callables", dict(lookups))
    assert not unseen - set(UNSEEN), "no finding changes without these"
    assert not set(UNSEEN) - unseen, "these are seen"
