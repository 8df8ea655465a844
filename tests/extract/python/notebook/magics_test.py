"""What is no Python in a cell is put out of sight, at its line and with the columns of what stays."""

from __future__ import annotations

import pytest

from credlint.extract.python.mending import parses
from credlint.extract.python.notebook.magics import Variable, mask


@pytest.mark.parametrize(
    ("cell", "expected", "hidden"),
    [
        ("%load_ext dotenv\nimport a", "0\nimport a", [0]),
        ("%matplotlib inline", "0", [0]),
        ("!pip install boto3 && (echo 'a\nimport a", "0\nimport a", [0]),
        ("!ls \\\n   -l \\\n   -a\nx", "0\n\n\nx", [0, 1, 2]),
        ("!ls \\", "0", [0]),
        ("if a:\n    %timeit b\n    !ls\nelse:\n\t?b", "if a:\n    0\n    0\nelse:\n\t0", [1, 2, 4]),
        ("a?\na.b??\n%ls?\n??a", "0\n0\n0\n0", [0, 1, 2, 3]),
        ("a = !ls -l\nb, c = %sql select 1\nd['x'] = !!ls", "a = _\nb, c = _\nd['x'] = _", [0, 1, 2]),
        ("%time a = f(\n  1)\nb", "0;    a = f(\n  1)\nb", []),
        ("    %time a = 1", "    0;    a = 1", []),
        ("%%time\na = 1", "\na = 1", [0]),
        ("\n%%capture out\n%cd x\na = 1", "\n\n0\na = 1", [1, 2]),
        ("%%bash\nexport A=1", "\n", [0, 1]),
        ("%% unknown\na", "\n", [0, 1]),
        ("%%writefile a.py\nimport b", "\n", [0, 1]),
        ("%md\n# A title", "\n", [0, 1]),
        ("%sh ls", "", [0]),
        ("%sql\nselect 1", "\n", [0, 1]),
        ("%sql select 1\na", "0\na", [0]),
        # what is Python stays
        ("a = (1\n% 2)\n", "a = (1\n% 2)\n", []),
        ("a = '''\n%load\n!ls\n'''", "a = '''\n%load\n!ls\n'''", []),
        ("a = 1 \\\n% 2", "a = 1 \\\n% 2", []),
        ("f('a = %s' % b)\n'a = %s' % b", "f('a = %s' % b)\n'a = %s' % b", []),
        ("a != b\na[1 != 2]", "a != b\na[1 != 2]", []),
        ("# %time a\n\n", "# %time a\n\n", []),
        ("", "", []),
        ("\n  \n", "\n  \n", []),
    ],
)
def test_magics_are_masked(cell: str, expected: str, hidden: list[int]) -> None:
    masked = mask(cell.split("\n"))
    assert "\n".join(masked.lines) == expected
    assert list(masked.hidden) == hidden
    assert parses(expected) or expected.startswith("    0;")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("%env AWS_PROFILE=dev", [Variable(0, "AWS_PROFILE", "dev")]),
        ("%env AWS_PROFILE = dev ", [Variable(0, "AWS_PROFILE", "dev")]),
        ("%set_env AWS_PROFILE a b", [Variable(0, "AWS_PROFILE", "a b")]),
        ("%env AWS_PROFILE", []),
        ("%env AWS_PROFILE=$profile", []),
        ("%env AWS_PROFILE={profile}", []),
        ("%env", []),
        ("%environment A=b", []),
        ("!export A=b", []),
    ],
)
def test_variables_that_a_magic_sets(line: str, expected: list[Variable]) -> None:
    masked = mask([line])
    assert list(masked.variables) == expected
    assert masked.lines == ("0",)
