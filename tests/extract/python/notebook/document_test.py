"""The JSON of a notebook: cells in order, with the line of the file for every line of theirs."""

from __future__ import annotations

import json

import pytest

from credlint.extract.python.notebook.document import Document, Lines, NotJsonError, read_document

FIRST = """\
{
 "cells": [
  {
   "cell_type": "markdown",
   "metadata": {},
   "source": ["# A title\\n", "and text"]
  },
  {
   "cell_type": "code",
   "execution_count": 3,
   "metadata": {"tags": []},
   "outputs": [
    {
     "name": "stdout",
     "output_type": "stream",
     "text": [
      "one\\n",
      "two"
     ]
    },
    {
     "data": {
      "image/png": "iVBORw0KGgo=",
      "text/plain": "'three\\\\n'\\nfour"
     },
     "output_type": "display_data"
    },
    {"output_type": "error", "ename": "E", "evalue": "why", "traceback": ["five"]}
   ],
   "source": [
    "print(\\"a\\")\\n",
    "b",
    " = 1\\n",
    "\\n",
    "c\\td"
   ]
  }
 ],
 "metadata": {"kernelspec": {"language": "Python", "name": "python3"}, "language_info": {"name": "julia"}},
 "nbformat": 4,
 "nbformat_minor": 5
}
"""


def document(*cells: object, **more: object) -> Document:
    return read_document(json.dumps({"cells": cells, **more}))


def test_cells_are_numbered_over_all_kinds_and_lines_are_those_of_the_file() -> None:
    found = read_document(FIRST)
    assert found.language == "python"
    title, code = found.cells
    assert (title.number, title.kind) == (1, "markdown")
    assert title.source == Lines(("# A title", "and text"), (6, 6))
    assert (code.number, code.kind, code.language) == (2, "code", "")
    # a piece that ends no line is gone on with
    assert code.source == Lines(('print("a")', "b = 1", "", "c\td"), (31, 32, 34, 35))
    assert code.outputs == [
        Lines(("one", "two"), (17, 18)),
        Lines(("'three\\n'", "four"), (24, 24)),
        Lines(("five",), (28,)),
    ]


def test_line_ends_of_all_kinds() -> None:
    found = read_document(FIRST.replace("\n", "\r\n"))
    assert found.cells[1].source.file_lines == (31, 32, 34, 35)
    (cell,) = document({"cell_type": "code", "source": "a\r\nb\rc\n"}).cells
    assert cell.source.texts == ("a", "b", "c", "")


def test_a_piece_that_ends_a_line_is_not_followed_by_an_empty_one() -> None:
    (cell,) = document({"cell_type": "code", "source": ["a\n", "b\n"]}).cells
    assert cell.source == Lines(("a", "b", ""), (1, 1, 1))


def test_nbformat_3_has_worksheets_and_input() -> None:
    cells = [{"cell_type": "code", "language": "python", "input": ["a\n", "b"], "outputs": [{"text": "c"}]}]
    found = read_document(json.dumps({"worksheets": [{"cells": cells}, {"metadata": {}}], "nbformat": 3}))
    (cell,) = found.cells
    assert (cell.kind, cell.language, cell.source.texts) == ("code", "python", ("a", "b"))
    assert [output.texts for output in cell.outputs] == [("c",)]


@pytest.mark.parametrize(
    ("metadata", "language"),
    [
        ({"kernelspec": {"language": "R"}}, "r"),
        ({"language_info": {"name": "scala"}}, "scala"),
        ({"kernelspec": {"language": ""}, "language_info": {"name": "pyspark"}}, "pyspark"),
        ({"kernelspec": {"language": 3}, "language_info": []}, ""),
        ([], ""),
        ({}, ""),
    ],
)
def test_language_of_the_kernel(metadata: object, language: str) -> None:
    assert document(metadata=metadata).language == language


def test_language_of_a_cell() -> None:
    (cell,) = document({"cell_type": "code", "metadata": {"vscode": {"languageId": "sql"}}}).cells
    assert cell.language == "sql"


@pytest.mark.parametrize(
    "text",
    [
        '{"cells": 1, "metadata": null}',
        '{"cells": [1, "a", null, [], {}]}',
        '{"cells": [{"cell_type": 1, "source": {"a": [1]}, "outputs": "a", "metadata": 3}]}',
        '{"cells": [{"outputs": [1, {"text": 3, "data": [], "traceback": [1, {"a": "b"}]}]}]}',
        '{"worksheets": {}, "cells": [], "x": {"y": [1.5, NaN, -1e3, true]}}',
        '{"cells": [{"source": [], "source": null}]}',
        "{}",
        " { } ",
    ],
)
def test_what_has_another_form_holds_nothing(text: str) -> None:
    for cell in read_document(text).cells:
        assert not cell.source.texts
        assert not any(output.texts for output in cell.outputs)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("[]", 1),
        ("\n\nprint(1)", 3),
        ('{"cells": [\n{"source": [\n"a" "b"]}]}', 3),
        ('{"cells": [\n{"source": "a\n', 2),
        ('{"cells"\n 1}', 2),
        ('{"cells": []\n "x": 1}', 2),
        ('{\n"cells": [],\n3: 1}', 3),
        ('{"cells": []', 1),
        ('{\n"x": [1,\n<<<<<<< HEAD\n]}', 3),
        ('{"cells": [{"source": "\\ud8zz"}]}', 1),
    ],
)
def test_what_is_no_json_is_told_with_its_line(text: str, line: int) -> None:
    with pytest.raises(NotJsonError) as told:
        read_document(text)
    assert told.value.line == line
