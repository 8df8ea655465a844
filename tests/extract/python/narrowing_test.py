"""What a condition tells about the values that it names, in modules that are evaluated."""

from __future__ import annotations

import pytest

from credlint.model.values import compatible
from tests.extract.python.values import run, values, words

# k is a variable of the environment, n may be None or 1, e may be empty or "a".
BEFORE = """\
k = os.environ.get("KEY")
n = None if other() else 1
e = "" if other() else "a"
token = credentials["SessionToken"]
x = "untouched"
"""

CONDITIONS: list[tuple[str, list[str]]] = [
    # truth
    ("if n:\n    x = n", ["'untouched'", "1"]),
    ("if not n:\n    x = n", ["'untouched'", "None"]),
    ("if n:\n    x = 2\nelse:\n    x = n", ["2", "None"]),
    ("if e:\n    x = e", ["'a'", "'untouched'"]),
    ("if k:\n    x = k", ["$KEY", "'untouched'"]),
    ("if k:\n    x = 2\nelse:\n    x = k", ["2", "None"]),
    ("if token:\n    x = token\nelse:\n    x = 'never'", ["AssumeRole.token"]),
    ("if credentials:\n    x = 1\nelse:\n    x = 'never'", ["1"]),
    ("if sts:\n    x = 1\nelse:\n    x = 'never'", ["1"]),
    ("if [1]:\n    x = 1\nelse:\n    x = 'never'", ["1"]),
    ("if []:\n    x = 'never'", ["'untouched'"]),
    ("if {}:\n    x = 'never'", ["'untouched'"]),
    ("if {'a': 1}:\n    x = 1\nelse:\n    x = 'never'", ["1"]),
    ("if f'{token}':\n    x = 1\nelse:\n    x = 'never'", ["1"]),
    ("def f(): pass\nif f:\n    x = 1\nelse:\n    x = 'never'", ["1"]),
    ("class A: pass\nif A:\n    x = 1\nelse:\n    x = 'never'", ["1"]),
    ("class A: pass\na = A()\nif a:\n    x = 1", ["'untouched'", "1"]),
    ("if 0:\n    x = 'never'", ["'untouched'"]),
    ("if True:\n    x = 1\nelse:\n    x = 'never'", ["1"]),
    # None
    ("if n is None:\n    x = n", ["'untouched'", "None"]),
    ("if n is not None:\n    x = n", ["'untouched'", "1"]),
    ("if n == None:\n    x = n", ["'untouched'", "None"]),
    ("if n != None:\n    x = n", ["'untouched'", "1"]),
    ("if k is None:\n    x = 2\nelse:\n    x = k", ["$KEY", "2"]),
    ("if token is None:\n    x = 'never'", ["'untouched'"]),
    ("if sts is None:\n    x = 'never'", ["'untouched'"]),
    # equality
    ("if n == 1:\n    x = n", ["'untouched'", "1"]),
    ("if n == 2:\n    x = 'never'", ["'untouched'"]),
    ("if e == 'a':\n    x = e", ["'a'", "'untouched'"]),
    ("if e != 'a':\n    x = e", ["''", "'untouched'"]),
    ("if e == b'a':\n    x = 'never'", ["'untouched'"]),
    ("if token == '':\n    x = 'never'", ["'untouched'"]),
    ("if k == 'a':\n    x = k", ["$KEY", "'untouched'"]),
    # and, or
    ("if n and e:\n    x = (n, e)", ["'untouched'", "[1, 'a']"]),
    ("if n is None and e:\n    x = (n, e)", ["'untouched'", "[None, 'a']"]),
    ("if n is None or e == 'z':\n    x = n", ["'untouched'", "None"]),
    ("if e == 'z' or n is None:\n    x = n", ["'untouched'", "None"]),
    ("if e == 'z' or e == 'y':\n    x = 'never'", ["'untouched'"]),
    ("if e == 'z' and n:\n    x = 'never'", ["'untouched'"]),
    ("if not (n and True):\n    x = n", ["'untouched'", "None"]),
    ("if not (n or False):\n    x = n", ["'untouched'", "None"]),
    ("if not (False or n):\n    x = n", ["'untouched'", "None"]),
    ("if not (n and token):\n    x = n", ["'untouched'", "None"]),
    ("if not (token or n):\n    x = 'never'", ["'untouched'"]),
    ("if all([n, e]):\n    x = (n, e)", ["'untouched'", "[1, 'a']"]),
    ("if all((n, token)):\n    x = n", ["'untouched'", "1"]),
    # order
    ("d = 600 if other() else 3600\nif d < 900:\n    d = 900\nx = d", ["3600", "900"]),
    ("d = 600 if other() else 3600\nif d >= 900:\n    x = d", ["'untouched'", "3600"]),
    ("d = 600 if other() else 3600\nif 900 <= d <= 43200:\n    x = d", ["'untouched'", "3600"]),
    ("d = 600 if other() else 3600\nif 900 > d:\n    x = d", ["'untouched'", "600"]),
    ("if 1 < 2:\n    x = 1\nelse:\n    x = 'never'", ["1"]),
    ("if 2 < 1:\n    x = 'never'", ["'untouched'"]),
    ("if other() < further():\n    x = 1", ["'untouched'", "1"]),
    ("d = 600\nif d < other():\n    x = 1", ["'untouched'", "1"]),
    # names that are bound on the way
    ("if (w := n):\n    x = w", ["'untouched'", "1"]),
    ("if (w := n) is None:\n    x = 1", ["'untouched'", "1"]),
    # attributes
    ("class A:\n    def __init__(self): self.n = n\na = A()\nif a.n:\n    x = a.n", ["'untouched'", "1"]),
    ("class A:\n    def __init__(self): self.n = n\na = A()\nif not a.n:\n    x = a.n", ["'untouched'", "None"]),
    # keys
    ("if 'KEY' in os.environ:\n    x = os.environ.get('KEY')\nelse:\n    x = 2", ["$KEY", "2"]),
    ("if 'KEY' not in os.environ:\n    x = os.environ.get('KEY')", ["'untouched'", "None"]),
    ("if other() in os.environ:\n    x = 1", ["'untouched'", "1"]),
    ("if 1 in os.environ:\n    x = 1", ["'untouched'", "1"]),
    ("if 'Credentials' in answer:\n    x = 1\nelse:\n    x = 'never'", ["1"]),
    ("if 'Credentials' not in answer:\n    x = 'never'", ["'untouched'"]),
    ("if 'Error' in answer:\n    x = 'never'", ["'untouched'"]),
    ("d = {'a': 1}\nif 'a' in d:\n    x = 1\nelse:\n    x = 'never'", ["1"]),
    ("d = {'a': 1}\nif 'b' in d:\n    x = 'never'", ["'untouched'"]),
    ("d = {}\nif other():\n    d['a'] = 1\nif 'a' in d:\n    x = d['a']", ["'untouched'", "1"]),
    ("d = {'a': 1, **other()}\nif 'b' in d:\n    x = 1", ["'untouched'", "1"]),
    ("if 'a' in [1, 2]:\n    x = 1", ["'untouched'", "1"]),
    ("if 'a' in other():\n    x = 1", ["'untouched'", "1"]),
    # what tells nothing
    ("if n < other() > 1:\n    x = 1", ["'untouched'", "1"]),
    ("if n is other():\n    x = 1", ["'untouched'", "1"]),
    ("if any([n, e]):\n    x = 1", ["'untouched'", "1"]),
    ("if other(n):\n    x = n", ["'untouched'", "1", "None"]),
    # other statements that ask
    ("x = n if n else 2", ["1", "2"]),
    ("x = n or 2", ["1", "2"]),
    ("x = n and 2", ["2", "None"]),
    ("assert n\nx = n", ["1"]),
    ("while not n:\n    n = 5\nx = n", ["1", "5"]),
    ("while not n:\n    if other():\n        break\n    n = 5\nx = n", ["1", "5", "None", "None"]),
    ("i = 0\nwhile i < 9:\n    i = i + 1\nx = 1", ["1"]),
    ("while True:\n    x = n\n    if other():\n        break", ["1", "None"]),
    ("def f(a):\n    if not a:\n        return 2\n    return a\nx = f(n)", ["1", "2"]),
    ("def f(a):\n    if a is None:\n        raise ValueError\n    return a\nx = f(n)", ["1"]),
]


@pytest.mark.parametrize(("text", "expected"), CONDITIONS, ids=[text for text, _ in CONDITIONS])
def test_condition(text: str, expected: list[str]) -> None:
    assert values(BEFORE + text) == expected


def pairs(question: str) -> set[tuple[str, str]]:
    """Ask a question twice and give the answers that can be together."""
    text = f"if {question}:\n    a = 1\nelse:\n    a = 2\nif {question}:\n    b = 1\nelse:\n    b = 2"
    evaluator = run(BEFORE + text)
    names, heap = evaluator.module_state.names, evaluator.module_state.heap
    return {
        (words(one, heap), words(other, heap))
        for one in names["a"]
        for other in names["b"]
        if compatible(one.branches, other.branches)
    }


@pytest.mark.parametrize("question", ["e", "k", "n is None", "not k", "k == 'a'", "k and e", "not (n or k)"])
def test_the_same_question_twice_has_the_same_answer(question: str) -> None:
    assert pairs(question) == {("1", "1"), ("2", "2")}


@pytest.mark.parametrize("question", ["other()", "k and other()", "settings.A", "other() == 1", "os.path.exists('a')"])
def test_a_question_whose_answer_may_change_may_have_another(question: str) -> None:
    assert pairs(question) == {("1", "1"), ("1", "2"), ("2", "1"), ("2", "2")}


def test_a_question_about_something_new_may_have_another_answer() -> None:
    text = "if k:\n    a = 1\nelse:\n    a = 2\nk = os.environ.get('OTHER')\nif k:\n    x = 1\nelse:\n    x = 2"
    names = run(BEFORE + text).module_state.names
    taken = [{decision for item in names[name] for decision, _ in item.branches} for name in ("a", "x")]
    assert taken[0].isdisjoint(taken[1])
