"""Modules in a newer Python than the one that runs credlint: what `ast` rejects and LibCST still reads.

Strings with nested quotes or expressions (PEP 701) and type parameters (PEP 695) are the everyday cases. The table is
then made from the same text with those blanked; the chunks that LibCST parses later are cut from the text itself.
"""

from __future__ import annotations

import libcst as cst

from credlint.extract.python.screen import SyntaxProblem, Table, screen
from credlint.model.span import split_lines

_MAXIMUM_BRACKETS = 100
_MAXIMUM_OPERATORS = 300
_OPENING, _CLOSING, _OPERATORS = "([{", ")]}", "+-*/%|&^<>.,@"


def screen_newer(text: str, problem: SyntaxProblem) -> Table:
    """Make the table of a text that `ast` rejected with `problem`; raises SyntaxProblem when LibCST rejects it too."""
    if problem.too_deep or not _is_bounded(text):
        raise problem
    try:
        module = cst.parse_module(text)
    except (cst.ParserSyntaxError, cst.CSTValidationError, RecursionError, TypeError, UnicodeEncodeError):
        raise problem from None
    plain = module.visit(_Blank()).code
    if len(split_lines(plain)) != len(split_lines(text)):
        raise problem
    table = screen(plain)
    return Table(table.chunks, tuple(split_lines(text)))


def _is_bounded(text: str) -> bool:
    """Tell, by characters alone, that nothing nests or chains so long that LibCST would overflow or take minutes."""
    depth = deepest = operators = 0
    for line in split_lines(text):
        operators = operators if depth else 0
        for character in line:
            if character in _OPENING:
                depth += 1
                deepest = max(deepest, depth)
            elif character in _CLOSING:
                depth = max(0, depth - 1)
            elif character in _OPERATORS and not depth:
                operators += 1
        if deepest > _MAXIMUM_BRACKETS or operators > _MAXIMUM_OPERATORS:
            return False
    return True


class _Blank(cst.CSTTransformer):
    """Puts a plain string of as many lines in the place of every formatted string, and drops type parameters."""

    def leave_FunctionDef(  # noqa: N802 - the name that LibCST calls
        self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef
    ) -> cst.FunctionDef:
        return updated_node.with_changes(type_parameters=None)

    def leave_ClassDef(  # noqa: N802 - the name that LibCST calls
        self, original_node: cst.ClassDef, updated_node: cst.ClassDef
    ) -> cst.ClassDef:
        return updated_node.with_changes(type_parameters=None)

    def leave_TypeAlias(  # noqa: N802 - the name that LibCST calls
        self, original_node: cst.TypeAlias, updated_node: cst.TypeAlias
    ) -> cst.BaseSmallStatement:
        return cst.Pass()

    def leave_FormattedString(  # noqa: N802 - the name that LibCST calls
        self, original_node: cst.FormattedString, updated_node: cst.FormattedString
    ) -> cst.BaseExpression:
        breaks = cst.Module([]).code_for_node(original_node).count("\n")
        return cst.SimpleString('""' if not breaks else '"""' + "\n" * breaks + '"""')
