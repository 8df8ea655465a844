"""What an expression can be."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NoReturn

import libcst as cst

from credlint.extract.python.domain import (
    Argument,
    Const,
    DictObject,
    Function,
    FunctionInfo,
    Item,
    ListObject,
    Text,
    Typed,
    Value,
    constant,
    text_of,
    union,
    unknown,
    written,
)
from credlint.extract.python.folding import literal_number, literal_string, truth
from credlint.extract.python.formats import cut_short, unescaped
from credlint.extract.python.machine import Arguments, Frame, Machine, Site
from credlint.extract.python.mappings import splat
from credlint.extract.python.objects import is_environment, read_item
from credlint.extract.python.operators import binary, boolean, conditional, located
from credlint.extract.python.sequences import comprehension, elements_of, iterate, mapping_of
from credlint.extract.python.state import State
from credlint.extract.python.transforms import as_text, cut, sliced
from credlint.model.records import replace
from credlint.model.span import Location

_CONSTANTS = {"True": True, "False": False, "None": None}


def _name(machine: Machine, node: cst.Name, state: State, frame: Frame) -> Value:
    name = node.value
    return constant(_CONSTANTS[name]) if name in _CONSTANTS else machine.lookup(name, state, frame)


def _formatted(machine: Machine, node: cst.FormattedString, state: State, frame: Frame) -> Value:
    text = text_of(_format_parts(machine, node.parts, state, frame, raw="r" in node.start.lower()))
    return written(text, partial(machine.place, node, frame))


def _number(machine: Machine, node: cst.Integer | cst.Float, state: State, frame: Frame) -> Value:
    number = literal_number(node.value)
    return constant(number, machine.place(node, frame)) if number is not None else unknown("number")


def _attribute(machine: Machine, node: cst.Attribute, state: State, frame: Frame) -> Value:
    return machine.attribute(machine.evaluate(node.value, state, frame), node.attr.value, state, frame)


def _call(machine: Machine, node: cst.Call, state: State, frame: Frame) -> Value:
    if frame.asked is not None and node in frame.asked:
        return frame.asked[node]
    func = node.func
    _prepare_change(machine, func, state, frame)
    target = machine.evaluate(func, state, frame)
    arguments = bind_call(machine, node, state, frame)
    value = machine.call(target, arguments, Site(machine.place(func, frame), node), state, frame)
    if frame.asked is not None:
        frame.asked[node] = value
    return value


def _await(machine: Machine, node: cst.Await, state: State, frame: Frame) -> Value:
    return machine.evaluate(node.expression, state, frame)


def _walrus(machine: Machine, node: cst.NamedExpr, state: State, frame: Frame) -> Value:
    value = machine.evaluate(node.value, state, frame)
    if isinstance(node.target, cst.Name):
        state.names[node.target.value] = value
    return value


def _lambda(machine: Machine, node: cst.Lambda, state: State, frame: Frame) -> Value:
    info = FunctionInfo(node, machine.source.path, frame.chunk, "<lambda>", frame.owner, ())
    return (Item(Function(info, closure=tuple({**frame.closure, **state.names}.items()))),)


_CHANGES = frozenset({"pop", "update", "setdefault", "clear", "popitem"})


def _prepare_change(machine: Machine, func: cst.BaseExpression, state: State, frame: Frame) -> None:
    """Before `answer.pop(...)`: the name stands for a dict from here on, which the method may change."""
    match func:
        case cst.Attribute(value=inner, attr=cst.Name(value=method)) if method in _CHANGES and _is_path(inner):
            machine.changeable(inner, state, frame)
        case _:
            pass


def _is_path(node: cst.BaseExpression) -> bool:
    """Tell whether an expression only reads names, attributes and items: it can be evaluated twice."""
    while isinstance(node, cst.Attribute | cst.Subscript):
        node = node.value
    return isinstance(node, cst.Name)


def _binary(machine: Machine, node: cst.BinaryOperation, state: State, frame: Frame) -> Value:
    right = machine.evaluate(node.right, state, frame)
    value = binary(machine, node.operator, node.left, right, state, frame)
    if any(isinstance(item.data, Text) for item in value):
        return written(value, partial(machine.place, node, frame))
    return located(value, machine, node, frame)


def _unary(machine: Machine, node: cst.UnaryOperation, state: State, frame: Frame) -> Value:
    if isinstance(node.operator, cst.Minus):
        value = machine.evaluate(node.expression, state, frame)
        return union(
            constant(-item.data.value)
            if isinstance(item.data, Const) and isinstance(item.data.value, int | float)
            else unknown("negation")
            for item in value
        )
    if isinstance(node.operator, cst.Not):
        verdicts = {truth(item, state) for item in machine.evaluate(node.expression, state, frame)}
        return constant(not verdicts.pop()) if len(verdicts) == 1 and None not in verdicts else unknown("not")
    return unknown("expression")


def _comparison(machine: Machine, node: cst.Comparison, state: State, frame: Frame) -> Value:
    machine.evaluate(node.left, state, frame)
    for comparison in node.comparisons:
        machine.evaluate(comparison.comparator, state, frame)
    return unknown("comparison")


def _string(machine: Machine, node: cst.SimpleString | cst.ConcatenatedString, state: State, frame: Frame) -> Value:
    text = literal_string(node)
    if text is not None:
        return constant(text, machine.place(node, frame))
    if isinstance(node, cst.ConcatenatedString):
        left = machine.evaluate(node.left, state, frame)
        right = machine.evaluate(node.right, state, frame)
        return text_of([left, right])
    return unknown("string")


def _format_parts(machine: Machine, parts: object, state: State, frame: Frame, *, raw: bool) -> list[Value]:
    values: list[Value] = []
    for part in parts if isinstance(parts, list | tuple) else ():
        if isinstance(part, cst.FormattedStringText):
            values.append(constant(unescaped(part.value, raw=raw)))
        elif isinstance(part, cst.FormattedStringExpression):
            value = as_text(machine.evaluate(part.expression, state, frame), machine.place(part, frame))
            values.append(cut_short(written(value, partial(machine.place, part, frame)), _spec(part)))
    return values


def _spec(part: cst.FormattedStringExpression) -> str:
    """Give the constant text of a format specification."""
    return "".join(one.value for one in part.format_spec or () if isinstance(one, cst.FormattedStringText))


def _subscript(machine: Machine, node: cst.Subscript, state: State, frame: Frame) -> Value:
    target = machine.evaluate(node.value, state, frame)
    if len(node.slice) == 1 and isinstance(node.slice[0].slice, cst.Index):
        keys = machine.evaluate(node.slice[0].slice.value, state, frame)
        return read_item(machine, target, keys, machine.place(node, frame), state, frame)
    if len(node.slice) == 1 and isinstance(node.slice[0].slice, cst.Slice):
        return _slice(machine, node, node.slice[0].slice, target, state, frame)
    return unknown("slice")


def _slice(machine: Machine, node: cst.Subscript, part: cst.Slice, target: Value, state: State, frame: Frame) -> Value:
    bounds = []
    for bound in (part.lower, part.upper):
        value = machine.evaluate(bound, state, frame) if bound is not None else ()
        only = value[0].data if len(value) == 1 else None
        bounds.append(only.value if isinstance(only, Const) and isinstance(only.value, int) else None)
    lower, upper = bounds
    for item in target:
        obj = state.at(item)
        if isinstance(obj, ListObject) and not obj.open:
            return machine.new(ListObject(obj.items[lower:upper]), state)
    if part.upper is None or upper is not None:
        return cut(machine, target, lower, upper, machine.place(node, frame))
    return sliced(target)


def _dict(machine: Machine, node: cst.Dict, state: State, frame: Frame) -> Value:
    items: dict[str | int, Value] = {}
    places = {}
    is_open = environment = False
    for element in node.elements:
        if isinstance(element, cst.StarredDictElement):
            value = machine.evaluate(element.value, state, frame)
            opened, began = splat(machine, value, items, state, frame)
            is_open |= opened
            environment |= began
        elif isinstance(element, cst.DictElement):
            keys = machine.evaluate(element.key, state, frame)
            value = machine.evaluate(element.value, state, frame)
            only = keys[0].data if len(keys) == 1 else None
            if isinstance(only, Const) and isinstance(only.value, str | int):
                items[only.value] = value
                places[only.value] = machine.place(element.value, frame)
            else:
                is_open = True
    return machine.new(DictObject(items, is_open, environment, places), state)


def _list(machine: Machine, node: cst.List | cst.Tuple | cst.Set, state: State, frame: Frame) -> Value:
    values: list[Value] = []
    is_open = False
    for element in node.elements:
        value = machine.evaluate(element.value, state, frame)
        if isinstance(element, cst.StarredElement):
            elements = elements_of(value, state)
            if elements is None:
                values += [iterate(machine, value, state)] if isinstance(state.only(value), ListObject) else []
                is_open = True
            else:
                values += elements
        else:
            values.append(value)
    return machine.new(ListObject(tuple(values), is_open), state)


def _list_comprehension(
    machine: Machine, node: cst.ListComp | cst.SetComp | cst.GeneratorExp, state: State, frame: Frame
) -> Value:
    rounds, whole = comprehension(machine, node.for_in, [node.elt], state, frame)
    return machine.new(ListObject(tuple(value for (value,) in rounds), open=not whole), state)


def _dict_comprehension(machine: Machine, node: cst.DictComp, state: State, frame: Frame) -> Value:
    for_in = node.for_in
    rounds, whole = comprehension(machine, for_in, [node.key, node.value], state, frame)
    if for_in.ifs and not whole:  # which keys pass is not known, and so not which values
        rounds = []
    source = for_in.iter.func.value if _is_items(for_in.iter) else for_in.iter  # type: ignore[attr-defined]
    environment = any(
        is_environment(machine.catalogue, item) or _began_as_environment(item, state)
        for item in machine.evaluate(source, state, frame)
    )
    return machine.new(replace(mapping_of(rounds, whole=whole), environment=environment), state)


def _is_items(node: cst.BaseExpression) -> bool:
    match node:
        case cst.Call(func=cst.Attribute(attr=cst.Name(value="items"))):
            return True
        case _:
            return False


def _began_as_environment(item: Item, state: State) -> bool:
    obj = state.at(item)
    return isinstance(obj, DictObject) and obj.environment


def _yield(machine: Machine, node: cst.Yield, state: State, frame: Frame) -> Value:
    inner = node.value
    if isinstance(inner, cst.BaseExpression):
        frame.yields.append(machine.evaluate(inner, state, frame))
    elif isinstance(inner, cst.From):
        frame.yields.append(iterate(machine, machine.evaluate(inner.item, state, frame), state))
    return unknown("sent value")


def _places_of(machine: Machine, node: cst.BaseExpression, frame: Frame) -> dict[str, Location]:
    """Give where the values of a dict display stand, by their keys."""
    return {
        str(element.key.evaluated_value): machine.place(element.value, frame)
        for element in (node.elements if isinstance(node, cst.Dict) else ())
        if isinstance(element, cst.DictElement) and isinstance(element.key, cst.SimpleString)
    }


def bind_call(machine: Machine, node: cst.Call, state: State, frame: Frame) -> Arguments:
    """Evaluate the arguments of a call; `*` and `**` of known content are spread."""
    positional: list[Argument] = []
    keywords: dict[str, Argument] = {}
    open_positional = open_keywords = False
    for argument in node.args:
        value = machine.evaluate(argument.value, state, frame)
        place = machine.place(argument.value, frame)
        if argument.star == "**":
            items: dict[str | int, Value] = {}
            opened, _ = splat(machine, value, items, state, frame)
            open_keywords |= opened
            places = _places_of(machine, argument.value, frame)
            for key, given in items.items():
                # a key that is named as well cannot be in the mapping: Python raises TypeError
                keywords.setdefault(str(key), Argument(given, places.get(str(key), place), str(key)))
        elif argument.star == "*":
            elements = elements_of(value, state)
            if elements is not None and not open_positional:
                positional += [Argument(one, place, "") for one in elements]
            elif len(value) == 1 and isinstance(value[0].data, Typed):
                positional += [
                    Argument(read_item(machine, value, constant(index), place, state, frame), place, "")
                    for index in range(3)
                ]
            else:
                open_positional = True
        elif argument.keyword is not None:
            keywords[argument.keyword.value] = Argument(value, place, argument.keyword.value)
        elif not open_positional:
            positional.append(Argument(value, place, ""))
    return Arguments(tuple(positional), keywords, open_positional, open_keywords)


HANDLERS: dict[type[cst.CSTNode], Callable[[Machine, NoReturn, State, Frame], Value]] = {
    cst.Name: _name,
    cst.SimpleString: _string,
    cst.ConcatenatedString: _string,
    cst.FormattedString: _formatted,
    cst.Integer: _number,
    cst.Float: _number,
    cst.Attribute: _attribute,
    cst.Subscript: _subscript,
    cst.Call: _call,
    cst.Await: _await,
    cst.NamedExpr: _walrus,
    cst.Lambda: _lambda,
    cst.Yield: _yield,
    cst.Dict: _dict,
    cst.List: _list,
    cst.Tuple: _list,
    cst.Set: _list,
    cst.BooleanOperation: boolean,
    cst.IfExp: conditional,
    cst.BinaryOperation: _binary,
    cst.UnaryOperation: _unary,
    cst.Comparison: _comparison,
    cst.ListComp: _list_comprehension,
    cst.SetComp: _list_comprehension,
    cst.GeneratorExp: _list_comprehension,
    cst.DictComp: _dict_comprehension,
}
"""What each kind of expression is; any other is unknown."""
