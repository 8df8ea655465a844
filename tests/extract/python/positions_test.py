"""Positions are those of LibCST's own provider."""

from __future__ import annotations

import libcst as cst
import pytest
from libcst.metadata import MetadataWrapper, PositionProvider

from credlint.extract.python.positions import positions

TEXTS = [
    "x = 1\n",
    "if a:\n    b = (\n        1,\n        2,  # c\n    )\n",
    "def f(a, *, b: int = 1) -> str:\n    return f'{a!r:>{b}}'\n",
    "class A(B, c=d):\n    '''a\n    b'''\n    @e\n    async def f(self): yield [i for i in x if y]\n",
    "try:\n    pass\nexcept* E as e:\n    raise\nelse: pass\nfinally: pass\n",
    "match a:\n    case {'b': [c, *_], **d} if e: pass\n",
    "with (a as b, c): del d; assert e, f\n",
    "a = 'b' \\\n    'c'\r\n",
    "\tx\n",
]


@pytest.mark.parametrize("text", TEXTS)
def test_positions(text: str) -> None:
    module = cst.parse_module("if 1:\n" + text if text.startswith("\t") else text)
    wrapper = MetadataWrapper(module, unsafe_skip_copy=True)
    found = positions(wrapper.module)
    for node, place in wrapper.resolve(PositionProvider).items():
        if not isinstance(node, cst.Module):  # whose last line end LibCST takes away again
            assert found[id(node)] == (place.start.line, place.start.column, place.end.line, place.end.column)
