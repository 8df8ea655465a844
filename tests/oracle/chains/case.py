"""One environment as both sides take it: written for an SDK to find, and as the simulation's input."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

from credlint.model.chains import ChainEnvironment, ChainFile, ChainSection, Fact, literal

Section = tuple[str, dict[str, str] | list[tuple[str, str]]]
HOME = "{home}"
"""What stands for the home folder in a case."""


@dataclass(frozen=True)
class Case:
    """An environment: sections by path from the home folder; `container` and `machine` tell what answers."""

    variables: dict[str, str] = field(default_factory=dict)
    files: dict[str, list[Section]] = field(default_factory=dict)
    profile: str | None = None
    container: bool = False
    machine: bool = False

    def write(self, home: Path) -> dict[str, object]:
        """Write the files into a home folder of its own; give what a process that asks an SDK is told."""
        for path, sections in self.files.items():
            place = home / path
            place.parent.mkdir(parents=True, exist_ok=True)
            text = as_json(sections) if path.endswith(".json") else as_ini(sections)
            place.write_text(text.replace(HOME, str(home)), encoding="utf-8")
        variables = {name: text.replace(HOME, str(home)) for name, text in self.variables.items()}
        return {
            "variables": {**variables, "HOME": str(home)},
            "profile": self.profile,
            "container": self.container,
            "machine": self.machine,
        }

    def environment(self, home: str = HOME) -> ChainEnvironment:
        """Give the same for the simulation."""
        variables = tuple((name, literal(text.replace(HOME, home))) for name, text in self.variables.items())
        uri = any("CREDENTIALS" in name and "URI" in name for name in self.variables)
        return ChainEnvironment(
            variables=variables,
            files=tuple((f"~/{path}", as_file(sections)) for path, sections in self.files.items()),
            other_files=None,
            home=home,
            profile=None if self.profile is None else literal(self.profile),
            container_role=Fact.YES if self.container and uri else Fact.NO,
            web_identity=Fact.NO,
            instance_metadata=Fact.YES if self.machine else Fact.NO,
            signed_in=Fact.NO,
        )


def settings(section: Section) -> list[tuple[str, str]]:
    """Give the settings of a section in order."""
    return list(section[1].items()) if isinstance(section[1], dict) else section[1]


def as_ini(sections: list[Section]) -> str:
    """Give the text of a file of sections; what stands under "" has no header."""
    lines = []
    for section in sections:
        lines += [f"[{section[0]}]"] if section[0] else []
        lines += [f"{key} = {text}" for key, text in settings(section)]
    return "\n".join(lines) + "\n"


def as_json(sections: list[Section]) -> str:
    """Give the text of a config.json; numbers are numbers."""
    top: dict[str, object] = {}
    profiles = []
    for section in sections:
        values = {key: int(text) if text.isdigit() else text for key, text in settings(section)}
        if section[0]:
            profiles.append({"name": section[0], **values})
        else:
            top.update(values)
    return json.dumps({**top, "profiles": profiles})


def as_file(sections: list[Section]) -> ChainFile:
    """Give the same sections for the simulation."""
    return ChainFile(
        tuple(ChainSection(one[0], tuple((key, literal(text)) for key, text in settings(one))) for one in sections)
    )
