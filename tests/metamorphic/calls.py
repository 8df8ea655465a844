"""Changes of how a call is written, and of how the file is."""

from __future__ import annotations

import re

import libcst as cst

from credlint.catalogue.callables import CallableEntry
from credlint.catalogue.load import load_catalogue
from tests.mdspec.match import read_expected
from tests.metamorphic.names import parse


class _Imports(cst.CSTVisitor):
    """Collects what the names of a module's imports stand for."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}

    def visit_Import(self, node: cst.Import) -> None:
        for alias in node.names:
            dotted = cst.Module([]).code_for_node(alias.name)
            if alias.asname is None:
                self.names[dotted.partition(".")[0]] = dotted.partition(".")[0]
            elif isinstance(alias.asname.name, cst.Name):
                self.names[alias.asname.name.value] = dotted

    def visit_ImportFrom(self, node: cst.ImportFrom) -> None:
        if node.relative or node.module is None or isinstance(node.names, cst.ImportStar):
            return
        owner = cst.Module([]).code_for_node(node.module)
        for alias in node.names:
            name = cst.Module([]).code_for_node(alias.name)
            bound = alias.asname.name if alias.asname else alias.name
            if isinstance(bound, cst.Name):
                self.names[bound.value] = f"{owner}.{name}"


def _entry(node: cst.Call, names: dict[str, str]) -> CallableEntry | None:
    dotted = cst.Module([]).code_for_node(node.func)
    first, _, rest = dotted.partition(".")
    whole = ".".join(filter(None, (names.get(first, ""), rest)))
    return load_catalogue().callables.get(whole) if first in names else None


class _Call(cst.CSTTransformer):
    """Rewrites the arguments of the calls that the catalogue knows."""

    def __init__(self, names: dict[str, str]) -> None:
        self.names = names
        self.changed = 0

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.Call:
        entry = _entry(original_node, self.names)
        if entry is None or any(argument.star for argument in updated_node.args):
            return updated_node
        args = self.rewrite(entry, list(updated_node.args))
        if args is None:
            return updated_node
        self.changed += 1
        return updated_node.with_changes(args=args)

    def rewrite(self, entry: CallableEntry, args: list[cst.Arg]) -> list[cst.Arg] | None:
        """Give the arguments in another form, or None when this call has none."""
        raise NotImplementedError


class _ToKeywords(_Call):
    def rewrite(self, entry: CallableEntry, args: list[cst.Arg]) -> list[cst.Arg] | None:
        keywords = {slot.position: slot.keywords for _, slot in entry.parameters if slot.keywords}
        positional = [argument for argument in args if argument.keyword is None]
        first = next((i for i in range(len(positional)) if all(j in keywords for j in range(i, len(positional)))), None)
        if first is None or not positional:
            return None
        return [
            argument.with_changes(keyword=cst.Name(keywords[index][0]), equal=_EQUAL)
            if argument.keyword is None and index >= first
            else argument
            for index, argument in enumerate(args)
        ]


_EQUAL = cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace(""))


class _ToPositions(_Call):
    def rewrite(self, entry: CallableEntry, args: list[cst.Arg]) -> list[cst.Arg] | None:
        by_position = {slot.position: slot.keywords for _, slot in entry.parameters if slot.position is not None}
        given = len([argument for argument in args if argument.keyword is None])
        moved = 0
        for argument in args[given:]:
            assert argument.keyword is not None
            if argument.keyword.value not in by_position.get(given + moved, ()):
                break
            moved += 1
        if not moved:
            return None
        return [
            argument.with_changes(keyword=None, equal=cst.MaybeSentinel.DEFAULT)
            if given <= index < given + moved
            else argument
            for index, argument in enumerate(args)
        ]


class _ToDict(_Call):
    def rewrite(self, entry: CallableEntry, args: list[cst.Arg]) -> list[cst.Arg] | None:
        given = len([argument for argument in args if argument.keyword is None])
        if given == len(args):
            return None
        elements = [
            cst.DictElement(cst.SimpleString(f'"{argument.keyword.value}"'), argument.value, argument.comma)
            for argument in args[given:]
            if argument.keyword is not None
        ]
        last = args[-1]  # a comment behind it stays
        mapping = cst.Arg(cst.Dict(elements), star="**", whitespace_after_arg=last.whitespace_after_arg)
        return [*args[:given], mapping]


def _rewritten(text: str, kind: type[_Call]) -> str | None:
    module = parse(text)
    imports = _Imports()
    module.visit(imports)
    change = kind(imports.names)
    result = module.visit(change)
    return result.code if change.changed else None


def with_keywords(text: str) -> str | None:
    """Name every argument whose position the catalogue knows."""
    return _rewritten(text, _ToKeywords)


def with_positions(text: str) -> str | None:
    """Hand over by position what may be."""
    return _rewritten(text, _ToPositions)


def with_mapping(text: str) -> str | None:
    """Hand over keywords as `**{...}`."""
    return _rewritten(text, _ToDict)


def with_crlf(text: str) -> str:
    """End lines as Windows does."""
    return text.replace("\n", "\r\n")


def with_tabs(text: str) -> str | None:
    """Indent by tabs."""
    if '"""' in text.partition("\n")[2] or "'''" in text:
        return None  # the lines of a string would change
    changed = re.sub(r"^(?: {4})+", lambda found: "\t" * (len(found[0]) // 4), text, flags=re.MULTILINE)
    return changed if changed != text else None


class _Emoji(cst.CSTTransformer):
    def __init__(self) -> None:
        self.count = 0

    def leave_SimpleStatementLine(
        self, original_node: cst.SimpleStatementLine, updated_node: cst.SimpleStatementLine
    ) -> cst.SimpleStatementLine:
        if not list(read_expected("", cst.Module(body=[original_node]).code)):
            return updated_node
        self.count += 1
        first = cst.parse_module('_ = "\N{PARTY POPPER}\N{WAVING HAND SIGN}"\n').body[0]
        return updated_node.with_changes(
            body=[*cst.ensure_type(first, cst.SimpleStatementLine).body, *updated_node.body]
        )


def behind_emoji(text: str) -> str | None:
    """Put letters beyond the basic plane before what is marked, on the same line."""
    change = _Emoji()
    result = parse(text).visit(change)
    return result.code if change.count else None
