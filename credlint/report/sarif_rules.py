"""Published rules as SARIF reporting descriptors, with the properties that GitHub reads off them."""

from __future__ import annotations

from credlint.catalogue.rules import Rule, rule_url
from credlint.model.finding import Severity
from credlint.model.patterns import pattern
from credlint.report.shapes import Json

# A reference of the rule names its weakness, https://cwe.mitre.org/data/definitions/798.html for CWE-798.
_CWE = pattern(r"https://cwe\.mitre\.org/data/definitions/(\d+)\.html")
# The line ends that only wrap a paragraph: no blank line and no list item follows.
_WRAP = pattern(r"(?<!\n)\n(?!\n|[-*] )")
# CWE-522, insufficiently protected credentials, where a rule names none.
_DEFAULT_CWE = "522"
# What GitHub takes of a text; https://docs.github.com/en/code-security/code-scanning (reportingDescriptor object)
_LONGEST_TEXT = 1024
# GitHub calls 7.0 to 8.9 high, 4.0 to 6.9 medium, below low.
_SCORES = {Severity.ERROR: "8.0", Severity.WARNING: "5.0", Severity.NOTE: "3.0"}
_PROBLEMS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "recommendation"}


def describe_rule(rule: Rule) -> Json:
    """Give the reportingDescriptor of a rule: level and score are those of its worst case."""
    severity = max((case.severity for case in rule.cases), key=lambda severity: severity.rank)
    confidence = max((case.confidence for case in rule.cases), key=lambda confidence: confidence.rank)
    return {
        "id": rule.name,
        "name": rule.name.title().replace("-", ""),
        "shortDescription": {"text": _shorten(rule.summary)},
        "fullDescription": {"text": _shorten(rule.why)},
        "help": {"text": _shorten(_help_text(rule)), "markdown": _help_markdown(rule)},
        "helpUri": rule_url(rule.name),
        "defaultConfiguration": {"level": severity.value},
        "properties": {
            "tags": _tags(rule),
            "precision": confidence.value,
            "security-severity": _SCORES[severity],
            "problem.severity": _PROBLEMS[severity],
        },
    }


def _tags(rule: Rule) -> list[str]:
    weaknesses = [match[1] for match in map(_CWE.match, rule.references) if match] or [_DEFAULT_CWE]
    clouds = [cloud.value for cloud in rule.clouds]
    return ["security", *(f"external/cwe/cwe-{number:0>3}" for number in weaknesses), *clouds, *rule.languages]


def _help_text(rule: Rule) -> str:
    return f"{rule.fix.strip()}\n\n{rule.why}"


def _help_markdown(rule: Rule) -> str:
    references = "\n".join(f"- <{reference}>" for reference in rule.references)
    parts = [rule.why.strip(), "**Fix**", rule.fix.strip(), *(["**References**", references] if references else [])]
    return "\n\n".join(parts) + "\n"


def _shorten(text: str) -> str:
    """Give the text, unwrapped, within GitHub's bound: whole paragraphs while they fit, else cut at a word."""
    text = _WRAP.sub(" ", text.strip())
    if len(text) <= _LONGEST_TEXT:
        return text
    head = text[: _LONGEST_TEXT - 1]
    paragraph = head.rfind("\n\n")
    return head[:paragraph] if paragraph > 0 else head.rpartition(" ")[0] + "\u2026"
