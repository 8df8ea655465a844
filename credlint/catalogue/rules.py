"""The frozen types of published rules: the first document of each file of rules/checks."""

from __future__ import annotations

from credlint.model.finding import Confidence, Persona, Severity
from credlint.model.records import dataclass
from credlint.model.values import Cloud

_RULES_PAGE = "https://github.com/credlint/credlint/blob/main/docs/rules.md#"


def rule_url(name: str) -> str:
    """Give the page that documents a rule."""
    return _RULES_PAGE + name


@dataclass(frozen=True, slots=True)
class Case:
    """One way in which a rule fires.

    `confidence` is a ceiling: the engine lowers it to what the check claims. `help` is the cure in one line, where the
    case has one of its own.
    """

    name: str
    severity: Severity
    confidence: Confidence
    persona: Persona
    summary: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A published rule: the first document of rules/checks/<name>.yaml.

    `wins_over` names rules whose findings about the same subject give way to this one's.
    """

    name: str
    summary: str
    clouds: tuple[Cloud, ...]
    languages: tuple[str, ...]
    cases: tuple[Case, ...]
    wins_over: tuple[str, ...]
    why: str
    fix: str
    references: tuple[str, ...]

    def cure(self, case: Case) -> str:
        """Give the cure in one line: the case's own, else the first paragraph of `fix`."""
        return case.help or " ".join(self.fix.split("\n\n")[0].split())

    def case(self, name: str) -> Case:
        """Give the case of that name; raises KeyError for one that the rule does not have."""
        for case in self.cases:
            if case.name == name:
                return case
        raise KeyError(f"rule {self.name} has no case {name}")
