"""One table per module made with `ast`: where each name is bound and what each statement mentions.

It decides nothing: it only tells the evaluator where to look, and keeps LibCST away from statements that would kill it.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator
from enum import Enum
from functools import lru_cache

from credlint.model.patterns import pattern
from credlint.model.records import dataclass, replace
from credlint.model.span import split_lines

MAXIMUM_DEPTH = 400
"""Deeper statements never reach LibCST: it is quadratic on chains and overflows its stack."""


class ChunkKind(Enum):
    """A top-level statement, a function, a class (whose members are chunks of their own), or a member of a class."""

    STATEMENT = "statement"
    FUNCTION = "function"
    CLASS = "class"


@dataclass(frozen=True, slots=True)
class Import:
    """One imported name: `bound` is what the module calls it, `target` the dotted name, `level` the leading dots.

    `whole` tells that a module itself is bound (`import x`), not a name from one; `bound` is `*` for everything.
    `loaded` is the module that `import a.b` makes an attribute of `a`, or "".
    """

    bound: str
    target: str
    level: int
    whole: bool
    loaded: str = ""


@dataclass(frozen=True, slots=True)
class Chunk:
    """One statement. Lines are 1-based and inclusive, decorators included; `owner` is the class of a member, or "".

    `binds` are the names it defines, `touches` those whose items, attributes or methods it uses as a statement,
    `mentions` every name, attribute, keyword and short string in it, `attributes` those that it reads off something.
    """

    index: int
    kind: ChunkKind
    owner: str
    name: str
    first_line: int
    last_line: int
    binds: frozenset[str]
    touches: frozenset[str]
    mentions: frozenset[str]
    attributes: frozenset[str] = frozenset()
    imports: tuple[Import, ...] = ()
    inner_imports: tuple[Import, ...] = ()
    members: tuple[int, ...] = ()
    bases: tuple[str, ...] = ()
    decorators: tuple[str, ...] = ()
    too_deep: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The chunks of a module in order (members follow their class) and its lines."""

    chunks: tuple[Chunk, ...]
    lines: tuple[str, ...]


class SyntaxProblem(Exception):
    """The text is not Python that this interpreter reads; `line` is 1-based, or 0 where it is not known."""

    def __init__(self, line: int, *, too_deep: bool = False) -> None:
        super().__init__(line)
        self.line = line
        self.too_deep = too_deep


_TABLES = 256
"""So many tables are kept: a module is read for itself, and again for those that import it."""


@lru_cache(maxsize=_TABLES)
def screen(text: str) -> Table:
    """Make the table of a module; raises SyntaxProblem for what `ast` does not take."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
    except SyntaxError as error:
        raise SyntaxProblem(error.lineno or 0) from None
    except (RecursionError, MemoryError):
        raise SyntaxProblem(0, too_deep=True) from None
    except ValueError:  # NUL bytes, lone surrogates
        raise SyntaxProblem(0) from None
    lines = tuple(split_lines(text))
    chunks: list[Chunk] = []
    for group in _groups(tree.body, lines):
        node = group[0]
        if len(group) == 1 and isinstance(node, ast.ClassDef) and _has_own_lines(node, lines):
            _add_class(node, chunks, lines)
        else:
            chunks.append(_chunk(len(chunks), group, "", lines))
    return Table(tuple(chunks), lines)


def _first_line(node: ast.stmt, lines: tuple[str, ...]) -> int:
    decorators = getattr(node, "decorator_list", None)
    if not decorators:
        return node.lineno
    line: int = decorators[0].lineno
    while not lines[line - 1].lstrip().startswith("@"):  # its expression may begin below the sign
        line -= 1
    return line


def _groups(body: list[ast.stmt], lines: tuple[str, ...]) -> list[list[ast.stmt]]:
    """Statements that share a line, a continued one included, are one chunk."""
    groups: list[list[ast.stmt]] = []
    last = 0
    for node in body:
        first = _first_line(node, lines)
        if groups and (first <= last or (first == last + 1 and lines[last - 1].endswith("\\"))):
            groups[-1].append(node)
        else:
            groups.append([node])
        last = max(last, node.end_lineno or node.lineno)
    return groups


def _has_own_lines(node: ast.ClassDef, lines: tuple[str, ...]) -> bool:
    """Tell whether the body of a class begins below its header, so that members can be cut out."""
    first = node.body[0]
    before = lines[first.lineno - 1].encode()[: first.col_offset]
    return not before.strip()


def _add_class(node: ast.ClassDef, chunks: list[Chunk], lines: tuple[str, ...]) -> None:
    index = len(chunks)
    first_line = _first_line(node, lines)
    placeholder = Chunk(
        index, ChunkKind.CLASS, "", node.name, first_line, node.lineno, frozenset(), frozenset(), frozenset()
    )
    chunks.append(placeholder)
    members = []
    mentions: set[str] = set()
    for group in _groups(node.body, lines):
        member = _chunk(len(chunks), group, node.name, lines)
        members.append(member.index)
        mentions |= member.mentions
        chunks.append(member)
    for expression in (*node.bases, *node.decorator_list, *(k.value for k in node.keywords)):
        mentions |= _walk([expression])[0]
    chunks[index] = replace(
        placeholder,
        last_line=node.end_lineno or node.lineno,
        binds=frozenset({node.name}),
        mentions=frozenset(mentions),
        members=tuple(members),
        bases=tuple(filter(None, map(_dotted, node.bases))),
        decorators=tuple(filter(None, map(_dotted, node.decorator_list))),
    )


def _dotted(node: ast.expr) -> str:
    parts: list[str] = []
    current: ast.expr = node.func if isinstance(node, ast.Call) else node
    while isinstance(current, ast.Attribute):
        parts.append(current.attr)
        current = current.value
    if not isinstance(current, ast.Name):
        return ""
    return ".".join([current.id, *reversed(parts)])


def _chunk(index: int, group: list[ast.stmt], owner: str, lines: tuple[str, ...]) -> Chunk:
    mentions, attributes, deepest, inner = _walk(group)
    binds: set[str] = set()
    touches: set[str] = set()
    imports: list[Import] = []
    for node in group:
        _bindings(node, binds, touches, imports)
    first = group[0]
    is_function = len(group) == 1 and isinstance(first, ast.FunctionDef | ast.AsyncFunctionDef)
    return Chunk(
        index=index,
        kind=ChunkKind.FUNCTION if is_function else ChunkKind.STATEMENT,
        owner=owner,
        name=first.name if isinstance(first, ast.FunctionDef | ast.AsyncFunctionDef) and is_function else "",
        first_line=_first_line(first, lines),
        last_line=max(node.end_lineno or node.lineno for node in group),
        binds=frozenset(binds),
        touches=frozenset(touches),
        mentions=mentions,
        attributes=attributes,
        imports=tuple(imports),
        inner_imports=tuple(_imports_in(inner)) if is_function else (),
        decorators=tuple(filter(None, map(_dotted, getattr(first, "decorator_list", ())))) if is_function else (),
        too_deep=deepest > MAXIMUM_DEPTH,
    )


def _imports_in(nodes: list[ast.stmt]) -> Iterator[Import]:
    """Give what import statements import."""
    for node in nodes:
        imports: list[Import] = []
        _bindings(node, set(), set(), imports)
        yield from imports


def _bindings(top: ast.stmt, binds: set[str], touches: set[str], imports: list[Import]) -> None:
    """Collect what a statement binds in its own scope, without recursion into inner scopes."""
    stack: list[ast.AST] = [top]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            binds.add(node.name)
            continue
        if isinstance(node, ast.Lambda):
            continue
        if isinstance(node, ast.Import):
            for alias in node.names:
                bound = alias.asname or alias.name.partition(".")[0]
                target = alias.name if alias.asname else bound
                binds.add(bound)
                imports.append(Import(bound, target, 0, whole=True, loaded="" if target == alias.name else alias.name))
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                binds.add(alias.asname or alias.name)
                target = f"{node.module}.{alias.name}" if node.module else alias.name
                imports.append(Import(alias.asname or alias.name, target, node.level, whole=False))
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store | ast.Del):
            binds.add(node.id)
        elif isinstance(node, ast.Attribute | ast.Subscript) and isinstance(node.ctx, ast.Store | ast.Del):
            touches.add(_root(node))
        elif isinstance(node, ast.Call):
            touches.add(_root(node.func))
            # a callee may change what it is handed
            named = [keyword.value for keyword in node.keywords]
            spread = (value for one in named if isinstance(one, ast.Dict) for value in one.values)
            handed = (*node.args, *named, *spread)
            touches.update(argument.id for argument in handed if isinstance(argument, ast.Name))
        elif isinstance(node, ast.MatchAs | ast.MatchStar | ast.ExceptHandler):
            binds.add(node.name or "")
        elif isinstance(node, ast.MatchMapping):
            binds.add(node.rest or "")
        stack.extend(ast.iter_child_nodes(node))
    binds.discard("")
    touches.discard("")


def _root(node: ast.AST) -> str:
    # Every call of a chain asks for its root: without a bound the time grows with the square of the chain.
    for _ in range(MAXIMUM_DEPTH):
        if not isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
            break
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


_SHORT = 64
_SETTING = pattern(r"^[ \t]*(\w+)[ \t]*=", re.MULTILINE)


def settings(text: str) -> list[str]:
    """Give the settings of an INI text, each with the sign behind it."""
    return [f"{name} =" for name in _SETTING.findall(text)]


def _constant_text(node: ast.JoinedStr) -> str:
    """Give what stands between the braces of an f-string: a header may stand far from its settings."""
    return "".join(part.value for part in node.values if isinstance(part, ast.Constant) and isinstance(part.value, str))


_NAMING = frozenset({"id", "attr", "arg", "name", "value", "module"})
_ATOMS = frozenset(
    kind
    for group in (ast.expr_context, ast.operator, ast.cmpop, ast.unaryop, ast.boolop)
    for kind in group.__subclasses__()
) | {int, float, complex, bool, bytes, type(None), type(...)}
"""Kinds of what stands in a node and has no names below it: places, constants, signs."""


def _walk(nodes: list[ast.stmt] | list[ast.expr]) -> tuple[frozenset[str], frozenset[str], int, list[ast.stmt]]:
    """Give names mentioned, attributes read, the greatest depth, and the imports.

    The tree may be deeper than Python's stack.
    """
    names: set[str] = set()
    attributes: set[str] = set()
    imports: list[ast.stmt] = []
    deepest = 0
    level: list[ast.AST] = list(nodes)
    while level:
        deepest += 1
        below: list[ast.AST] = []
        for node in level:
            kind = type(node)
            if kind is ast.JoinedStr:
                names.update(settings(_constant_text(node)))  # type: ignore[arg-type]
            elif kind is ast.Import or kind is ast.ImportFrom:
                imports.append(node)  # type: ignore[arg-type]
            for field, value in node.__dict__.items():
                kind = type(value)
                if kind in _ATOMS:
                    continue
                if kind is list:
                    below += [item for item in value if isinstance(item, ast.AST)]
                elif kind is str:
                    if field == "attr":
                        attributes.add(value)
                    if field in _NAMING:
                        if len(value) <= _SHORT:
                            names.add(value)
                        if "=" in value:
                            names.update(settings(value))
                else:
                    below.append(value)
        level = below
    # what is read by a name that is a text may be anything that is mentioned
    return frozenset(names), frozenset(names if "getattr" in names else attributes), deepest, imports
