"""Decorators that are functions of the project: what they make of the function that they stand on."""

from __future__ import annotations

import libcst as cst

from credlint.extract.python.domain import Argument, Function, Item, Value
from credlint.extract.python.machine import Arguments, Frame, Machine, Site
from credlint.extract.python.state import State
from credlint.model.records import replace


def decorated(machine: Machine, function: Function, site: Site, state: State, frame: Frame) -> Value | None:
    """Give what decorators of the project make of a function, or None where none of them is one."""
    info = function.info
    if info not in machine.shared.decorators:
        machine.shared.decorators[info] = ()  # while they are evaluated
        machine.shared.decorators[info] = _makers(machine, function)
    makers = machine.shared.decorators[info]
    if not makers:
        return None
    state.heap.adopt(machine.module_state.heap)
    made: Value = (Item(replace(function, receiver=None, bare=True)),)
    for maker in reversed(makers):
        made = machine.call(maker, Arguments((Argument(made, None, ""),)), site, state, frame)
    if not all(isinstance(item.data, Function) for item in made):
        return None
    return tuple(
        replace(item, data=replace(item.data, receiver=function.receiver))
        if isinstance(item.data, Function) and not item.data.bare
        else replace(item, data=replace(function, bare=True))
        for item in made
    )


def _makers(machine: Machine, function: Function) -> tuple[Value, ...]:
    """Give the decorators of a function that are functions of the project, if any of them can matter."""
    info = function.info
    frame = replace(
        machine.module_frame, chunk=info.chunk, returns=[], leaving=[], yields=[], closure=dict(function.closure)
    )
    makers = []
    for decorator in info.node.decorators if isinstance(info.node, cst.FunctionDef) else ():
        value = machine.evaluate(decorator.decorator, machine.module_state, frame)
        if len(value) == 1 and isinstance(value[0].data, Function):
            makers.append(value)
    relevant = machine.is_relevant(info) or any(
        machine.home(item.data.info.path).is_relevant(item.data.info)
        for value in makers
        for item in value
        if isinstance(item.data, Function)
    )
    return tuple(makers) if relevant else ()
