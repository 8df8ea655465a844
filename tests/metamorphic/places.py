"""Changes of place: the same statements in a function, a class, a helper, another module, a block."""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from tests.mdspec.match import read_expected
from tests.metamorphic.names import parse

_Statement = cst.SimpleStatementLine | cst.BaseCompoundStatement


def _is_import(node: cst.BaseStatement) -> bool:
    return isinstance(node, cst.SimpleStatementLine) and all(
        isinstance(small, cst.Import | cst.ImportFrom) for small in node.body
    )


def _is_docstring(node: cst.BaseStatement) -> bool:
    return (
        isinstance(node, cst.SimpleStatementLine)
        and isinstance(node.body[0], cst.Expr)
        and isinstance(node.body[0].value, cst.SimpleString)
    )


def _names(node: cst.CSTNode) -> set[str]:
    found: set[str] = set()

    class Visitor(cst.CSTVisitor):
        def visit_Name(self, node: cst.Name) -> None:
            found.add(node.value)

    node.visit(Visitor())
    return found


def _targets(node: cst.CSTNode) -> set[str]:
    """Give the names that a target binds itself."""
    match node:
        case cst.Name(value=name):
            return {name}
        case cst.Tuple(elements=elements) | cst.List(elements=elements):
            return set().union(*(_targets(element.value) for element in elements))
        case _:
            return set()


def _split(module: cst.Module) -> tuple[list[_Statement], list[_Statement], list[_Statement]]:
    """Give docstring and imports, definitions, and the rest of a module."""
    head: list[_Statement] = []
    definitions: list[_Statement] = []
    rest: list[_Statement] = []
    for index, node in enumerate(module.body):
        if _is_import(node) or (index == 0 and _is_docstring(node)):
            head.append(node)
        elif isinstance(node, cst.FunctionDef | cst.ClassDef):
            definitions.append(node)
        else:
            rest.append(node)
    return head, definitions, rest


def _bound(nodes: Sequence[cst.CSTNode]) -> set[str]:
    found: set[str] = set()

    class Visitor(cst.CSTVisitor):
        def visit_AssignTarget(self, node: cst.AssignTarget) -> None:
            found.update(_targets(node.target))

        def visit_AnnAssign(self, node: cst.AnnAssign) -> None:
            found.update(_targets(node.target))

        def visit_For(self, node: cst.For) -> None:
            found.update(_targets(node.target))

        def visit_AsName(self, node: cst.AsName) -> None:
            found.update(_targets(node.name))

        def visit_NamedExpr(self, node: cst.NamedExpr) -> None:
            found.update(_targets(node.target))

    for node in nodes:
        node.visit(Visitor())
    return found


def _code(nodes: Sequence[cst.BaseStatement], indent: str = "") -> str:
    text = cst.Module(body=list(nodes)).code.lstrip("\n")
    if not indent:
        return text
    module = cst.parse_module("if True:\n    pass\n")
    block = cst.ensure_type(module.body[0], cst.If)
    body = cst.IndentedBlock(body=[node for node in nodes if isinstance(node, _Statement)])
    return module.with_changes(body=[block.with_changes(body=body)]).code.partition("\n")[2]


def _parts(text: str) -> tuple[str, str, list[_Statement], list[_Statement]] | None:
    """Give the head of a module with its header comments, and what can be moved; None when definitions use the rest."""
    module = parse(text)
    head, definitions, rest = _split(module)
    used = set().union(*map(_names, definitions)) if definitions else set()
    if not rest or used & _bound(rest) or "__name__" in set().union(*map(_names, rest)):
        return None
    first = cst.Module(body=head, header=module.header).code
    return first, _code(definitions), definitions, rest


def into_function(text: str) -> str | None:
    """Put the statements of the module into a function that the module calls."""
    parts = _parts(text)
    if parts is None:
        return None
    head, definitions, _, rest = parts
    return f"{head}\n\n{definitions}\n\ndef example_run():\n{_code(rest, '    ')}\n\nexample_run()\n"


def into_class(text: str) -> str | None:
    """Put the statements of the module into a method that the module calls."""
    parts = _parts(text)
    if parts is None:
        return None
    head, definitions, _, rest = parts
    body = "".join(f"    {line}\n" if line.strip() else "\n" for line in _code(rest, "    ").split("\n"))
    if '"""' in body or "'''" in body:
        return None  # the lines of a string would move
    return f"{head}\n\n{definitions}\n\nclass ExampleRun:\n    def run(self):\n{body}\n\nExampleRun().run()\n"


def into_module(text: str) -> dict[str, str] | None:
    """Move functions and classes into another module, and import them from there."""
    moved = into_function(text)
    text = moved if moved is not None else text
    module = parse(text)
    head, definitions, rest = _split(module)
    names = [node.name.value for node in definitions if isinstance(node, cst.FunctionDef | cst.ClassDef)]
    used = set().union(*map(_names, definitions)) if definitions else set()
    if not definitions or used & _bound(rest) or any(name.startswith("_") for name in names):
        return None
    first = cst.Module(body=[node for node in head if not _is_docstring(node)]).code
    main = cst.Module(body=head, header=module.header).code
    return {
        "moved.py": f"{first}\n\n{_code(definitions)}",
        "main": f"{main}from moved import {', '.join(names)}\n\n{_code(rest)}",
    }


class _Helper(cst.CSTTransformer):
    """Puts the value of every marked assignment or call statement into a function of its own, just above."""

    def __init__(self, variables: set[str]) -> None:
        self.variables = variables
        self.count = 0
        self._classes: list[bool] = [False]

    def visit_ClassDef(self, node: cst.ClassDef) -> None:
        self._classes.append(True)

    def leave_ClassDef(self, original_node: cst.ClassDef, updated_node: cst.ClassDef) -> cst.ClassDef:
        self._classes.pop()
        return updated_node

    def visit_FunctionDef(self, node: cst.FunctionDef) -> None:
        self._classes.append(False)

    def leave_FunctionDef(self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef) -> cst.FunctionDef:
        self._classes.pop()
        return updated_node

    def leave_SimpleStatementLine(
        self, original_node: cst.SimpleStatementLine, updated_node: cst.SimpleStatementLine
    ) -> cst.BaseStatement | cst.FlattenSentinel[cst.BaseStatement]:
        code = cst.Module(body=[original_node]).code
        only = original_node.body[0]
        if self._classes[-1] or len(original_node.body) > 1 or not list(read_expected("", code)):
            return updated_node
        if not isinstance(only, cst.Assign | cst.Expr) or not isinstance(only.value, cst.Call):
            return updated_node
        if {"await", "yield", ":="} & set(cst.Module(body=[original_node]).code.split()):
            return updated_node
        self.count += 1
        name = f"example_helper_{self.count}"
        handed = sorted(_names(only.value) & self.variables)
        returned = original_node.with_changes(body=[cst.Return(value=only.value)], leading_lines=[])
        function = cst.FunctionDef(
            name=cst.Name(name),
            params=cst.Parameters([cst.Param(cst.Name(one)) for one in handed]),
            body=cst.IndentedBlock(body=[returned]),
        )
        call = only.with_changes(value=cst.Call(cst.Name(name), [cst.Arg(cst.Name(one)) for one in handed]))
        return cst.FlattenSentinel([function, cst.SimpleStatementLine(body=[call])])


def into_helper(text: str) -> str | None:
    """Let a function of its own give what a marked statement works with."""
    module = parse(text)
    helper = _Helper(_bound([module]))
    changed = module.visit(helper)
    return changed.code if helper.count else None


def _wrapped(header: str, footer: str, text: str) -> str | None:
    """Put the body of every function, and the statements of the module, into a block."""

    class Wrap(cst.CSTTransformer):
        def leave_FunctionDef(self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef) -> cst.FunctionDef:
            block = updated_node.body
            if not isinstance(block, cst.IndentedBlock):
                return updated_node
            start = 1 if _is_docstring(block.body[0]) else 0
            rest = block.body[start:]
            if not rest:
                return updated_node
            return updated_node.with_changes(
                body=block.with_changes(body=[*block.body[:start], _block(header, footer, rest)])
            )

    module = parse(text).visit(Wrap())
    _, _, rest = _split(module)
    runs: list[cst.BaseStatement] = []
    for node in module.body:
        if node in rest:
            runs.append(_block(header, footer, [node]))
        else:
            runs.append(node)
    return module.with_changes(body=runs).code


def _block(header: str, footer: str, body: Sequence[cst.BaseStatement]) -> cst.BaseStatement:
    shell = cst.parse_module(f"{header}\n    pass\n{footer}").body[0]
    return shell.with_changes(body=cst.IndentedBlock(body=list(body)))


def in_if_true(text: str) -> str | None:
    """Put everything under `if True:`."""
    return _wrapped("if True:", "", text)


def in_try(text: str) -> str | None:
    """Put everything into a `try` whose handler raises again."""
    return _wrapped("try:", "except ZeroDivisionError:\n    raise\n", text)


def in_with(text: str) -> str | None:
    """Put everything into a `with` that has nothing to do with it."""
    return _wrapped("with open('/dev/null'):", "", text)
