"""Text that is no Python is mended line by line: what can be read stays where it is."""

from __future__ import annotations

import pytest

from credlint.extract.python.mending import mend, parses
from credlint.extract.python.python2 import modernise


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("print x", "print(x)"),
        ("print x, y  # why", "print(x, y) # why"),
        ("print x#why", "print(x)#why"),
        ("print 'a; #b' % x; y = 1", "print('a; #b' % x);y = 1"),
        ("print 'a'", "print('a')"),
        ("print x,", "print(x,)"),
        ("print ('a') % x", "print(('a') % x)"),
        ("print ('a' % x)", "print ('a' % x)"),
        ("print (a)(", "print((a)()"),
        ("print )", "print())"),
        ("print", "print"),
        ("print  # nothing", "print  # nothing"),
        ("print 'a' % (\n    x,\n)", "print('a' % (\n    x,\n))"),
        ("if x: print y", "if x: print(y)"),
        ("else: print y", "else: print(y)"),
        ("print >>sys.stderr, 'a', b", "print(              'a', b)"),
        ("print>>sys.stdout, b", "print(             b)"),
        ("print >>sys.stderr", "print(            )"),
        ("print >>out, secret", "pass               "),
        ("f({'a': print b})", "f({'a': print b})"),
        ("except Error, e:", "except Error as e:"),
        ("except (A, B), e :", "except (A, B) as e :"),
        ("except (A, B):", "except (A, B):"),
        ("raise Error, 'why, then'", "raise Error             "),
        ("raise Error, (\n  'why')  # c", "raise Error   \n          # c"),
        ("a <> b", "a != b"),
        ("'a <> 0777L'", "'a <> 0777L'"),
        ("f(0755, 10L, 0xFFL, 0.5, 0, 0o7)", "f(_755, 10 , 0xFF , 0.5, 0, 0o7)"),
        ("ur'a' + Ur\"b\" + your", " r'a' +  r\"b\" + your"),
        ("x = {{ cookiecutter.x }}", "x = xxxxxxxxxxxxxxxxxxxx"),
        ("{% if a %}x = 1", "          x = 1"),
        ('"""a\nprint b"""', '"""a\nprint b"""'),
    ],
)
def test_python_2_is_written_anew(text: str, expected: str) -> None:
    assert modernise(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # statements of Python 2
        ("print a\nb = 1\n", "print(a)\nb = 1\n"),
        ("try:\n    a\nexcept E, e:\n    print e\n", "try:\n    a\nexcept E as e:\n    print(e)\n"),
        ("if a <> b:\n    c\nelif d:\n    print e\nelse:\n    f\n",
         "if a != b:\n    c\nelif d:\n    print(e)\nelse:\n    f\n"),
        ("@a\n# c\n@b(\n1)\ndef f():\n    print a\n", "@a\n# c\n@b(\n1)\ndef f():\n    print(a)\n"),
        ("for a in b: print a\n", "for a in b: print(a)\n"),
        ("print >>a, b\nprint ('%s') % (\n  c)\nprint ('d')\n", "pass        \nprint(('%s') % (\n  c))\nprint ('d')\n"),
        ("print ('a'\nb = 1\n", "pass\nb = 1\n"),
        # what nobody can read is left out, and what it would have set is unknown
        ("a = 1\nb = = 2\nc = 3\n", "a = 1\nb = _\nc = 3\n"),
        ("a.b['c'] = `d`\n", "a.b['c'] = _\n"),
        ("def f():\n    a = 1\n    return `a`\n", "def f():\n    a = 1\n    return _\n"),
        ("def f():\n    raise `a`\n", "def f():\n    raise _\n"),
        ("a ? b\n", "pass\n"),
        ("f(a\n= 1 ?)\nb\n", "pass\npass\nb\n"),
        # a stray sign takes nothing with it but its own statement
        ("a = (1\nb = 2\n", "a = _\nb = 2\n"),
        ("a = '''\nb = 2\nc = 3\n", "a = _\nb = 2\nc = 3\n"),
        ("a = 'x' '\nb = 2\n", "a = _\nb = 2\n"),
        ("a = 'x\\\nb = 2\nc = 3\n", "a = _\nb = 2\nc = 3\n"),
        ("f(a,\n  b=1\n  c=2\n)\nd = 1\n", "b = c = _\n\n\n\nd = 1\n"),
        # what stands too far to the right belongs to nothing
        ("a = 1\n    b = 2\nc = 3\n", "a = 1\n\nc = 3\n"),
        ("if a:\n    b\n      c = (\n    1)\n    d\n", "if a:\n    b\n\n\n    d\n"),
        ("if a:\n    b = = 1\n", "if a:\n    b = _\n"),
        ("if a:\n    # c\nb = 1\n", "pass\n    # c\nb = 1\n"),
        # a header that nobody can read gives way to one that says nothing
        ("def f(a, (b, c)):\n    d = 1\ne = 1\n", "def _(*_):\n    d = 1\ne = 1\n"),
        ("if a b:\n    c = d\n    e = (1\n)\nf\n", "if _:\n    c = d\n    e = (1\n)\nf\n"),
        ("class A(:\n    b = 1\n", "class _:\n    b = 1\n"),
        ("async def f(a={:\n    b = 1\n    return b\nc\n", "def _(*_):\n    b = 1\n    return b\nc\n"),
        ("try:\n    a\nexcept b c:\n    d\nelse:\n    e\n", "try:\n    a\nexcept:\n    d\nelse:\n    e\n"),
        ("if a:\n    b\nelif c d:\n    e\n", "if _:\n    b\nelif _:\n    e\n"),
        ("try:\n    a = = 1\nb\n", "if _:\n    a = _\nb\n"),
        ("if a:\n    b\nelse\n    c\n", "if a:\n    b\n\n    c\n"),
        ("foo bar:\n    a = 1\n", "if _:\n    a = 1\n"),
        ("if a:\n    @b c\n    def d():\n        e\n", "if a:\n\n    def _(*_):\n        e\n"),
        ("@a\n", "pass\n"),
        ("else:\n    a = 1\n", "a = _\n\n"),
        # lines of other tools
        ("def f():\n    a = 1\n{% if b %}\n    c = 2\n{% endif %}\n    return a{{ d }}\n",
         "def f():\n    a = 1\n\n    c = 2\n\n    return axxxxxxx\n"),
        ("<<<<<<< HEAD\na = 1\n=======\na = 2\n>>>>>>> main\n", "\na = 1\n\na = 2\n\n"),
        ("", ""),
        ("# nothing\n", "# nothing\n"),
    ],
)  # fmt: skip
def test_what_can_be_read_stays_where_it_is(text: str, expected: str) -> None:
    mended = mend(text.split("\n"))
    assert "\n".join(mended.lines) == expected
    assert parses(expected)


def test_lost_lines_are_told() -> None:
    mended = mend(["a = (", "", "# c", "b = 1", "print c"])
    assert mended.lost == (0, 2)
    assert mended.shifts == (0, 0, 0, 0, 0)


def test_tabs_are_taken_as_python_2_takes_them() -> None:
    mended = mend(["if a:", "    if b:", "\tprint c", "  \td = 1", "print '\te'"])
    assert mended.lines == ("if a:", "    if b:", "        print(c)", "        d = 1", "print('\te')")
    assert mended.shifts == (0, 0, -7, -5, 0)


def test_tabs_alone_stay() -> None:
    assert mend(["if a:", "\tprint b", "\t\tc"]).lines == ("if a:", "\tprint(b)", "")


def test_work_has_a_bound() -> None:
    deep = [f"{' ' * depth}if a:" for depth in range(80)]
    mended = mend([*deep, f"{' ' * 80}print a", "b = 1"])
    assert len(mended.lost) > 1
    assert parses("\n".join(mended.lines))
