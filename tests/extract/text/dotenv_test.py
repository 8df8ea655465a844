"""Files of NAME=value lines."""

from __future__ import annotations

import pytest

from credlint.extract.text.dotenv import read_dotenv

TEXT = """# A=no
A=b
export C = "d e" # f
G='$h # i'
J=k # l
M=
N
O=#p
Q="a\\nb"
not an entry
R="over
two lines"
S=x#y
 T=u v
"""


def test_entries() -> None:
    found = list(read_dotenv(TEXT))
    assert [(one.name, one.value, one.fixed) for one in found] == [
        ("A", "b", False),
        ("C", "d e", False),
        ("G", "$h # i", True),
        ("J", "k", False),
        ("M", "", False),
        ("N", None, False),
        ("O", "", False),
        ("Q", "a\nb", False),
        ("R", "over\ntwo lines", False),
        ("S", "x#y", False),
        ("T", "u v", False),
    ]
    assert [TEXT[one.value_start : one.value_end] for one in found[:5]] == ["b", "d e", "$h # i", "k", ""]
    assert all(TEXT.startswith(one.name, one.start) for one in found)


@pytest.mark.parametrize("text", ["", "\n", "A", "A=", "=", "A='", 'A="', "A=b\r\nC=d\r\n", "A='b\nC=d"])
def test_any_text_is_read(text: str) -> None:
    assert all(one.name for one in read_dotenv(text))
