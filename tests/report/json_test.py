from __future__ import annotations

import json

import credlint
from credlint.model.finding import Report
from credlint.report import RenderOptions, render
from tests.report.menagerie import CLEAN, MENAGERIE

FINDING_KEYS = [
    "rule", "case", "severity", "confidence", "persona", "message", "help", "url", "path", "cell", "output", "line",
    "column", "end_line", "end_column", "related", "trace", "fixes", "fingerprint",
]  # fmt: skip


def document(report: Report) -> dict[str, object]:
    return json.loads(render("json", report, RenderOptions()))


def test_keys_are_the_published_ones_in_their_order() -> None:
    data = document(MENAGERIE)

    assert list(data) == ["version", "tool", "findings", "problems", "summary"]
    assert (data["version"], data["tool"]) == (1, {"name": "credlint", "version": credlint.__version__})
    assert all(list(finding) == FINDING_KEYS for finding in data["findings"])
    assert all(list(problem) == ["kind", "severity", "path", "cell", "line", "message"] for problem in data["problems"])
    assert data["summary"] == {"files": 41, "analysed": 39, "skipped": 4, "findings": 7, "suppressed": 2}
    for finding in data["findings"]:
        for place in [*finding["related"], *finding["trace"]]:
            assert list(place) == ["path", "cell", "output", "line", "column", "message"]


def test_positions_are_one_based_code_points_with_exclusive_end() -> None:
    finding = document(MENAGERIE)["findings"][3]

    line = '\tname, key = "鍵の名前 e\u0301 \U0001f511", "****************" # \U0001f511 old'
    place = [finding[key] for key in ("path", "line", "column", "end_line", "end_column")]
    assert place == ["uploader/odd.py", 2, 28, 2, 44]
    assert line[28 - 1 : 44 - 1] == "*" * 16
    assert finding["related"][0] == {
        "path": "uploader/odd.py", "cell": None, "output": False, "line": 2, "column": 2,
        "message": "assigned to these names",
    }  # fmt: skip


def test_fixes_hold_edits() -> None:
    finding = document(MENAGERIE)["findings"][1]

    assert finding["fixes"] == [
        {
            "applicability": "safe",
            "message": "Pass the token",
            "edits": [
                {
                    "path": "uploader/archive.py",
                    "cell": None,
                    "output": False,
                    "line": 16,
                    "column": 54,
                    "end_line": 16,
                    "end_column": 54,
                    "text": ',\n        aws_session_token=keys["SessionToken"]',
                }
            ],
        }
    ]


def test_problem_without_a_line_has_null() -> None:
    assert [problem["line"] for problem in document(MENAGERIE)["problems"]] == [3, None, 2, None]


def test_places_in_a_notebook_name_their_cell() -> None:
    data = document(MENAGERIE)
    code, output = data["findings"][5:]

    assert (code["cell"], code["output"], code["line"], code["column"]) == (4, False, 2, 5)
    assert [(place["cell"], place["line"]) for place in (*code["related"], *code["trace"])] == [(1, 3), (1, 3), (4, 3)]
    assert (output["cell"], output["output"], output["line"]) == (4, True, 1)
    assert [problem["cell"] for problem in data["problems"]] == [None, None, 3, None]


def test_empty_report_keeps_its_lists() -> None:
    data = document(CLEAN)

    assert (data["findings"], data["problems"]) == ([], [])
