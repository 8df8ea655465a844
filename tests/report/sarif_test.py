from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from credlint.model.finding import Report
from credlint.model.problem import ProblemSeverity
from credlint.report import RenderOptions, render
from tests.report.menagerie import CLEAN, MENAGERIE, RULES, TEXTS


def run_of(report: Report) -> dict[str, object]:
    (run,) = json.loads(render("sarif", report, RenderOptions(rules=RULES)))["runs"]
    return run


RUN = run_of(MENAGERIE)
DESCRIPTORS = {rule["id"]: rule for rule in RUN["tool"]["driver"]["rules"]}


def test_results_point_to_their_rules() -> None:
    rules = RUN["tool"]["driver"]["rules"]

    assert len(rules) == len(RULES)
    assert [rules[result["ruleIndex"]]["id"] for result in RUN["results"]] == [
        result["ruleId"] for result in RUN["results"]
    ]
    assert [result["level"] for result in RUN["results"]] == [
        "error", "error", "warning", "error", "note", "warning", "error",
    ]  # fmt: skip


def test_rule_that_is_not_described_is_an_error() -> None:
    with pytest.raises(KeyError):
        render("sarif", MENAGERIE, RenderOptions())


def test_rule_has_what_github_asks_for() -> None:
    why = "A first paragraph over two lines:\n\n- an item\n- another\n\nA last one."

    assert DESCRIPTORS["temporary-key-without-token"] == {
        "id": "temporary-key-without-token",
        "name": "TemporaryKeyWithoutToken",
        "shortDescription": {"text": "What temporary-key-without-token is about."},
        "fullDescription": {"text": why},
        "help": {
            "text": f"Change `this` to that.\n\n{why}",
            "markdown": (
                "A first paragraph\nover two lines:\n\n- an item\n- another\n\nA last one.\n\n"
                "**Fix**\n\nChange `this`\nto that.\n\n"
                "**References**\n\n- <https://example.com/errors>\n"
                "- <https://cwe.mitre.org/data/definitions/287.html>\n"
            ),
        },
        "helpUri": "https://github.com/credlint/credlint/blob/main/docs/rules.md#temporary-key-without-token",
        "defaultConfiguration": {"level": "error"},
        "properties": {
            "tags": ["security", "external/cwe/cwe-287", "aws", "alibaba", "python", "yaml"],
            "precision": "high",
            "security-severity": "8.0",
            "problem.severity": "error",
        },
    }


@pytest.mark.parametrize(
    ("name", "level", "precision", "score", "problem"),
    [
        ("static-keys-shadow-role", "error", "high", "8.0", "error"),
        ("session-duration-too-short", "warning", "medium", "5.0", "warning"),
        ("profile-set-in-process", "note", "low", "3.0", "recommendation"),
    ],
)
def test_rule_is_as_bad_as_its_worst_case(name: str, level: str, precision: str, score: str, problem: str) -> None:
    rule = DESCRIPTORS[name]

    assert rule["defaultConfiguration"]["level"] == level
    assert [rule["properties"][key] for key in ("precision", "security-severity", "problem.severity")] == [
        precision,
        score,
        problem,
    ]
    assert rule["properties"]["tags"][:2] == ["security", "external/cwe/cwe-522"]


def test_texts_keep_to_the_bound_of_github() -> None:
    long = DESCRIPTORS["hardcoded-access-key"]

    assert len(long["fullDescription"]["text"]) <= 1024
    assert long["fullDescription"]["text"].endswith("longer long and…")
    # The help is cut before the paragraph that does not fit.
    assert long["help"]["text"] == "Change `this` to that."
    assert len(long["help"]["markdown"]) > 1500


def test_message_links_to_the_related_places() -> None:
    result = RUN["results"][0]

    assert result["message"]["text"].endswith(
        r"there. See [the secret of the pair](1), [IRSA role \[archive\] \\ never used](2)."
    )
    assert [place["id"] for place in result["relatedLocations"]] == [1, 2]
    assert result["relatedLocations"][1]["message"]["text"] == r"IRSA role [archive] \ never used"
    assert RUN["results"][4]["message"]["text"] == "AWS_PROFILE is set for the whole process"
    assert "relatedLocations" not in RUN["results"][4]


def test_message_that_ends_its_sentence_gets_no_second_full_stop() -> None:
    finding = replace(MENAGERIE.findings[2], message="Too short.")

    text = run_of(replace(MENAGERIE, findings=(finding,)))["results"][0]["message"]["text"]
    assert text == "Too short. See [asked for here](1), [used here](2)."


def physical_locations(value: object) -> list[dict[str, object]]:
    match value:
        case {"physicalLocation": location, **rest}:
            return [location, *physical_locations(list(rest.values()))]
        case dict():
            return physical_locations(list(value.values()))
        case list():
            return [location for item in value for location in physical_locations(item)]
        case _:
            return []


def test_every_snippet_is_the_text_of_its_region() -> None:
    locations = physical_locations(RUN["results"])
    by_uri = {
        "backend/deploy/gr%C3%B6%C3%9Fe%201%2C2%25.yaml": "deploy/größe 1,2%.yaml",
        **{f"backend/{path}": path for path in TEXTS},
    }

    texts = [each for each in locations if "snippet" in each["region"]]
    assert (len(texts), len(locations)) == (19, 25)
    for location in texts:
        region = location["region"]
        lines = re.split("\r\n|\r|\n", TEXTS[by_uri[location["artifactLocation"]["uri"]]])
        whole = "\n".join(lines)
        starts = [0]
        for line in lines:
            starts.append(starts[-1] + len(line) + 1)
        start = starts[region["startLine"] - 1] + region["startColumn"] - 1
        end = starts[region["endLine"] - 1] + region["endColumn"] - 1
        assert region["snippet"]["text"] == whole[start:end]


def test_places_in_a_notebook_are_lines_of_its_json_and_name_the_cell() -> None:
    (code,), (output,) = (result["locations"] for result in RUN["results"][5:])

    assert code["physicalLocation"]["region"] == {"startLine": 41, "endLine": 41}
    assert code["logicalLocations"] == [{"name": "cell 4", "fullyQualifiedName": "cell 4:2:5"}]
    assert output["physicalLocation"]["region"] == {"startLine": 33, "endLine": 33}
    assert output["logicalLocations"] == [{"name": "cell 4 output", "fullyQualifiedName": "cell 4 output:1:33"}]


def test_region_of_three_lines_has_them_all() -> None:
    finding = MENAGERIE.findings[1]
    region = replace(finding.region, end_line=15, end_column=25)

    result = run_of(replace(MENAGERIE, findings=(replace(finding, region=region),)))["results"][0]
    snippet = result["locations"][0]["physicalLocation"]["region"]["snippet"]["text"]
    assert snippet == 'boto3.client(\n        "s3",\n        aws_access_key_id'


def test_locations_are_below_the_root_of_the_repository() -> None:
    assert list(RUN["originalUriBaseIds"]) == ["%SRCROOT%"]
    assert all(each["artifactLocation"]["uriBaseId"] == "%SRCROOT%" for each in physical_locations(RUN["results"]))
    outside = run_of(replace(MENAGERIE, repository="/elsewhere"))
    assert physical_locations(outside["results"])[0]["artifactLocation"] == {
        "uri": "file:///srv/shop/backend/deploy/gr%C3%B6%C3%9Fe%201%2C2%25.yaml"
    }


def test_code_flow_follows_the_trace_to_the_finding() -> None:
    def stations(result: dict[str, object]) -> list[tuple[str, int, str]]:
        ((flow,),) = [flow["threadFlows"] for flow in result["codeFlows"]]
        return [
            (
                step["location"]["physicalLocation"]["artifactLocation"]["uri"],
                step["location"]["physicalLocation"]["region"]["startLine"],
                step["location"]["message"]["text"],
            )
            for step in flow["locations"]
        ]

    assert stations(RUN["results"][1]) == [
        ("backend/uploader/roles.py", 2, "AssumeRole answers here"),
        ("backend/uploader/archive.py", 8, "the answer is handed on"),
        ("backend/uploader/archive.py", 9, "its credentials are taken"),
        ("backend/uploader/archive.py", 13, MENAGERIE.findings[1].message),
    ]
    assert "codeFlows" not in RUN["results"][0]
    finding = MENAGERIE.findings[1]
    arrived = replace(finding, trace=(replace(finding.trace[0], region=finding.region),))
    assert len(stations(run_of(replace(MENAGERIE, findings=(arrived,)))["results"][0])) == 1


def test_problems_are_notifications() -> None:
    (invocation,) = RUN["invocations"]

    assert [
        (each["descriptor"]["id"], each["level"], each["locations"][0]["physicalLocation"].get("region"))
        for each in invocation["toolExecutionNotifications"]
    ] == [
        ("syntax", "warning", {"startLine": 3}),
        ("missing", "error", None),
        ("syntax", "warning", None),
        ("notice", "note", None),
    ]
    assert invocation["toolExecutionNotifications"][2]["locations"][0]["logicalLocations"] == [
        {"name": "cell 3", "fullyQualifiedName": "cell 3:2"}
    ]
    assert invocation["executionSuccessful"] is False


def test_run_is_successful_unless_an_input_is_missing() -> None:
    harmless = tuple(each for each in MENAGERIE.problems if each.severity is not ProblemSeverity.ERROR)

    assert run_of(replace(MENAGERIE, problems=harmless))["invocations"][0]["executionSuccessful"] is True
    assert run_of(CLEAN)["results"] == []


def test_columns_and_lines_are_counted_as_declared() -> None:
    assert RUN["columnKind"] == "unicodeCodePoints"
    assert RUN["newlineSequences"] == ["\r\n", "\n", "\r"]
    assert RUN["automationDetails"] == {"id": "credlint/"}
    assert [result["partialFingerprints"] for result in RUN["results"]] == [
        {"credlint/v1": finding.fingerprint} for finding in MENAGERIE.findings
    ]
