"""Changes of names: variables, imports."""

from __future__ import annotations

from collections.abc import Mapping

import libcst as cst


def parse(text: str) -> cst.Module:
    """Parse a file of an example."""
    return cst.parse_module(text)


def imported_modules(module: cst.Module) -> set[str]:
    """Give the names that `import x` binds, plain and alone."""
    found: set[str] = set()

    class Visitor(cst.CSTVisitor):
        def visit_Import(self, node: cst.Import) -> None:
            for alias in node.names:
                if isinstance(alias.name, cst.Name) and alias.asname is None:
                    found.add(alias.name.value)

    module.visit(Visitor())
    return found


def _dotted_imports(module: cst.Module) -> set[str]:
    """Give the roots of `import x.y`: another import of the root is then not the only one."""
    found: set[str] = set()

    class Visitor(cst.CSTVisitor):
        def visit_Import(self, node: cst.Import) -> None:
            for alias in node.names:
                inner = alias.name
                if isinstance(inner, cst.Attribute):
                    while isinstance(inner, cst.Attribute):
                        inner = inner.value
                    assert isinstance(inner, cst.Name)
                    found.add(inner.value)

    module.visit(Visitor())
    return found


class _Rename(cst.CSTTransformer):
    """Renames variables wherever they are read or bound, and nothing else of that name."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self.names = names

    def visit_Attribute_attr(self, node: cst.Attribute) -> None:
        self._attribute = node.attr

    def visit_Attribute(self, node: cst.Attribute) -> None:
        self._skip.add(id(node.attr))

    def visit_Arg(self, node: cst.Arg) -> None:
        if node.keyword is not None:
            self._skip.add(id(node.keyword))

    def visit_Module(self, node: cst.Module) -> None:
        self._skip: set[int] = set()

    def visit_ImportAlias(self, node: cst.ImportAlias) -> bool:
        return False

    def leave_Name(self, original_node: cst.Name, updated_node: cst.Name) -> cst.BaseExpression:
        if id(original_node) in self._skip or original_node.value not in self.names:
            return updated_node
        return updated_node.with_changes(value=self.names[original_node.value])


class _Bound(cst.CSTVisitor):
    """Collects the variables of functions and of the module that may be renamed."""

    def __init__(self) -> None:
        self.bound: set[str] = set()
        self.fixed: set[str] = set()
        self._in_class: list[bool] = [False]

    def visit_ClassDef(self, node: cst.ClassDef) -> None:
        self.fixed.add(node.name.value)
        self._in_class.append(True)

    def leave_ClassDef(self, original_node: cst.ClassDef) -> None:
        self._in_class.pop()

    def visit_FunctionDef(self, node: cst.FunctionDef) -> None:
        self.fixed.add(node.name.value)
        self._in_class.append(False)

    def leave_FunctionDef(self, original_node: cst.FunctionDef) -> None:
        self._in_class.pop()

    def visit_Param(self, node: cst.Param) -> None:
        self.fixed.add(node.name.value)

    def visit_ImportAlias(self, node: cst.ImportAlias) -> None:
        name = node.asname.name if node.asname else node.name
        while isinstance(name, cst.Attribute):
            name = name.value
        assert isinstance(name, cst.Name)
        self.fixed.add(name.value)

    def visit_AssignTarget(self, node: cst.AssignTarget) -> None:
        self._bind(node.target)

    def visit_AnnAssign(self, node: cst.AnnAssign) -> None:
        self._bind(node.target)

    def _bind(self, target: cst.BaseExpression) -> None:
        if isinstance(target, cst.Name):
            (self.fixed if self._in_class[-1] or target.value.startswith("__") else self.bound).add(target.value)
        elif isinstance(target, cst.Tuple | cst.List):
            for element in target.elements:
                self._bind(element.value)


def rename_variables(text: str) -> str | None:
    """Give every variable another name."""
    module = parse(text)
    bound = _Bound()
    module.visit(bound)
    names = {name: f"{name}_x" for name in bound.bound - bound.fixed}
    return module.visit(_Rename(names)).code if names else None


class _Alias(cst.CSTTransformer):
    def __init__(self, names: Mapping[str, str]) -> None:
        self.names = names

    def leave_ImportAlias(self, original_node: cst.ImportAlias, updated_node: cst.ImportAlias) -> cst.ImportAlias:
        name = updated_node.name
        if isinstance(name, cst.Name) and updated_node.asname is None and name.value in self.names:
            return updated_node.with_changes(asname=cst.AsName(name=cst.Name(self.names[name.value])))
        return updated_node


def alias_imports(text: str) -> str | None:
    """Import every module under another name."""
    module = parse(text)
    found = imported_modules(module) - _dotted_imports(module)
    names = {name: f"{name}_module" for name in found}
    if not names:
        return None
    renamed = module.visit(_Rename(names))
    return _only_plain_imports(renamed, names).code


def _only_plain_imports(module: cst.Module, names: Mapping[str, str]) -> cst.Module:
    class Plain(cst.CSTTransformer):
        def leave_Import(self, original_node: cst.Import, updated_node: cst.Import) -> cst.Import:
            return cst.ensure_type(updated_node.visit(_Alias(names)), cst.Import)

    return module.visit(Plain())


class _Attributes(cst.CSTVisitor):
    """Collects what is read from modules, and the modules that are used in another way."""

    def __init__(self, modules: set[str]) -> None:
        self.modules = modules
        self.read: dict[str, set[str]] = {}
        self.other: set[str] = set()
        self._seen: set[int] = set()

    def visit_Attribute(self, node: cst.Attribute) -> None:
        if isinstance(node.value, cst.Name) and node.value.value in self.modules:
            self.read.setdefault(node.value.value, set()).add(node.attr.value)
            self._seen.add(id(node.value))

    def visit_Name(self, node: cst.Name) -> None:
        if node.value in self.modules and id(node) not in self._seen:
            self.other.add(node.value)

    def visit_Import(self, node: cst.Import) -> bool:
        return False

    def visit_AssignTarget(self, node: cst.AssignTarget) -> None:
        target = node.target
        if isinstance(target, cst.Attribute) and isinstance(target.value, cst.Name):
            self.other.add(target.value.value)


def import_names(text: str) -> str | None:
    """Import what is used of a module by name: `boto3.client` becomes `client_of_boto3`."""
    module = parse(text)
    reads = _Attributes(imported_modules(module) - _dotted_imports(module))
    module.visit(reads)
    chosen = {name: found for name, found in reads.read.items() if name not in reads.other}
    if not chosen:
        return None

    class Change(cst.CSTTransformer):
        def leave_Attribute(self, original_node: cst.Attribute, updated_node: cst.Attribute) -> cst.BaseExpression:
            owner = original_node.value
            if isinstance(owner, cst.Name) and owner.value in chosen:
                return cst.Name(f"{original_node.attr.value}_of_{owner.value}")
            return updated_node

        def leave_SimpleStatementLine(
            self, original_node: cst.SimpleStatementLine, updated_node: cst.SimpleStatementLine
        ) -> cst.BaseStatement | cst.FlattenSentinel[cst.BaseStatement]:
            only = original_node.body[0]
            if len(original_node.body) > 1 or not isinstance(only, cst.Import) or len(only.names) > 1:
                return updated_node
            name = only.names[0].name
            if not isinstance(name, cst.Name) or only.names[0].asname or name.value not in chosen:
                return updated_node
            lines = [
                cst.parse_statement(f"from {name.value} import {attribute} as {attribute}_of_{name.value}")
                for attribute in sorted(chosen[name.value])
            ]
            return cst.FlattenSentinel(lines)

    return module.visit(Change()).code
