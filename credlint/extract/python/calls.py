"""Calls: functions and classes of the module are followed, catalogued callables go to `sinks`, the rest is unknown."""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from credlint.catalogue.callables import CallableKind
from credlint.extract.python import following, recalled
from credlint.extract.python.abstract import is_abstract
from credlint.extract.python.builtin_calls import call_builtin
from credlint.extract.python.builtin_methods import call_method
from credlint.extract.python.domain import (
    Argument,
    Class,
    ClassInfo,
    Const,
    DictObject,
    Function,
    FunctionInfo,
    Getter,
    InstanceObject,
    Item,
    ListObject,
    MadeObject,
    Method,
    Missing,
    Name,
    Partial,
    Ref,
    Scalar,
    Value,
    constant,
    present,
    tag,
    union,
    unknown,
)
from credlint.extract.python.expressions import bind_call
from credlint.extract.python.handed import call_handed
from credlint.extract.python.holders import annotated
from credlint.extract.python.machine import (
    Arguments,
    Frame,
    Machine,
    Site,
)
from credlint.extract.python.notes import clients, keeping, output, requests, returning, secrets, shapes, texts, usage
from credlint.extract.python.records import fill_record, is_record
from credlint.extract.python.sequences import call_getter
from credlint.extract.python.sinks import call_entry, call_request, call_service
from credlint.extract.python.source import Statement
from credlint.extract.python.standard import option_of
from credlint.extract.python.state import State, join
from credlint.model.records import replace
from credlint.model.span import Location
from credlint.model.values import NO_BRANCH, Parameter, Step, Unknown

_MAXIMUM_TARGETS = 4


def call(machine: Machine, target: Value, arguments: Arguments, site: Site, state: State, frame: Frame) -> Value:
    """Call a value and give what comes back; facts are noted on the way."""
    machine.shared.spend()
    results = [
        tag(call_item(machine, item, arguments, site, state, frame), item.branches)
        for item in target[:_MAXIMUM_TARGETS]
    ]
    return union(results) if results else unknown("call of nothing")


def call_item(machine: Machine, item: Item, arguments: Arguments, site: Site, state: State, frame: Frame) -> Value:
    """Call one alternative."""
    match item.data:
        case Name(dotted):
            return _call_name(machine, dotted, arguments, site, state, frame)
        case Function():
            if output.is_own_logger(machine, item.data, site):
                output.expose(machine, CallableKind.LOG, item.data.info.qualified_name, arguments, site, state, frame)
                return constant(None)
            return call_function(machine, item.data, arguments, site, state, frame)
        case Class(info):
            return instantiate(machine, info, arguments, site, state, frame)
        case Partial(target, positional, keywords):
            more = tuple(Argument(value, site.callee, "") for value in positional)
            named = {name: Argument(value, site.callee, name) for name, value in keywords}
            merged = replace(
                arguments, positional=(*more, *arguments.positional), keywords={**named, **arguments.keywords}
            )
            return call(machine, target, merged, site, state, frame)
        case Getter():
            return call_getter(machine, item.data, arguments, site, state, frame)
        case Method(dotted, receiver):
            return _call_method(machine, dotted, receiver, arguments, site, state, frame)
        case Ref(number):
            obj = state.heap.get(number)
            if isinstance(obj, InstanceObject) and obj.info is not None:
                bound = machine.class_member(obj.info, "__call__", item, state, frame)
                if bound is not None:
                    return call(machine, bound, arguments, site, state, frame)
            return call_unknown(machine, "", arguments, site, state, frame)
        case _:
            return call_unknown(machine, "", arguments, site, state, frame)


def _call_name(machine: Machine, dotted: str, arguments: Arguments, site: Site, state: State, frame: Frame) -> Value:
    entry = machine.catalogue.callables.get(dotted)
    if entry is not None:
        texts.collect_entry(machine, entry.kind, dotted, arguments, site, state, frame)
        return call_entry(machine, entry, dotted, None, arguments, site, state, frame)
    if _is_logger(machine, dotted):
        output.expose(machine, CallableKind.LOG, dotted, arguments, site, state, frame)
        return constant(None)
    result = call_builtin(machine, dotted, arguments, site, state, frame)
    return call_unknown(machine, dotted, arguments, site, state, frame) if result is None else result


def _call_method(
    machine: Machine, dotted: str, receiver: Item, arguments: Arguments, site: Site, state: State, frame: Frame
) -> Value:
    name = dotted.rpartition(".")[2]
    obj = state.at(receiver)
    clients.note_method(machine, receiver, name, arguments, state)
    secrets.note(machine, name, arguments, site, frame, handler=bool(state.branches & machine.shared.exceptional))
    if isinstance(obj, MadeObject) and obj.is_service:
        texts.collect(machine, dotted, arguments, site, state, frame)
        result = call_service(machine, obj, receiver, name, arguments, site, state, frame)
        if result is not None:
            return result
    entry = machine.catalogue.callables.get(dotted)
    if entry is not None:
        texts.collect_entry(machine, entry.kind, dotted, arguments, site, state, frame)
        return call_entry(machine, entry, dotted, receiver, arguments, site, state, frame)
    if isinstance(receiver.data, Method | Scalar) and _is_logger(machine, dotted):
        output.expose(machine, CallableKind.LOG, dotted, arguments, site, state, frame)
        return constant(None)
    sent = call_request(machine, receiver, name, arguments, site, state, frame)
    if sent is not None:
        return sent
    result = call_method(machine, receiver, obj, name, arguments, site, state, frame)
    usage.note_method(machine, receiver, name, arguments, result, state)
    if result is None:
        result = call_unknown(machine, dotted, arguments, site, state, frame)
    return shapes.read_by_method(machine, receiver, name, arguments.positional, result)


def _is_logger(machine: Machine, dotted: str) -> bool:
    """Recognise a log call by names where the logger comes from a module that is not read (`app.logger.info`)."""
    owner, _, method = dotted.rpartition(".")
    name = owner.rpartition(".")[2].lower()
    return method in machine.catalogue.log_methods and name in machine.catalogue.logger_names


def call_unknown(machine: Machine, dotted: str, arguments: Arguments, site: Site, state: State, frame: Frame) -> Value:
    """Call what is not followed: what it is handed escapes, and a callable that it is handed may be called."""
    given = [*arguments.positional, *arguments.keywords.values()]
    texts.collect(machine, dotted, arguments, site, state, frame)
    usage.note_response(machine, dotted, arguments, site, state)
    answer = call_handed(machine, dotted, arguments, site, state, frame)
    for argument in given:
        requests.escape(machine, argument.value, state)
        if not _is_constructor(dotted):
            _may_change(argument.value, state)
    if answer is not None:
        return answer
    found = unknown("answer of a call that is not followed", _identity(dotted, given))
    return shapes.answered(found, site.callee, frame)


def _is_constructor(dotted: str) -> bool:
    """A class of an SDK that is not catalogued (`Client(config)`) reads what it is given."""
    return dotted.rpartition(".")[2][:1].isupper()


def _may_change(value: Value, state: State) -> None:
    """What code that is not followed was handed may hold more from here on."""
    for item in value:
        if not isinstance(item.data, Ref):
            continue
        obj = state.heap.get(item.data.number)
        if isinstance(obj, DictObject | InstanceObject | MadeObject) and not obj.open:
            state.heap[item.data.number] = replace(obj, open=True)


def _identity(dotted: str, arguments: Sequence[Argument]) -> str:
    """Two calls of one function with equal constants are taken to give the same (`config.get("ak")`)."""
    values = []
    for argument in arguments:
        only = argument.value[0].data if len(argument.value) == 1 else None
        if not isinstance(only, Const):
            return ""
        values.append(repr(only.value))
    return f"{dotted}({', '.join(values)})" if dotted and values and "?" not in dotted else ""


def call_function(
    machine: Machine, function: Function, arguments: Arguments, site: Site, state: State, frame: Frame
) -> Value:
    """Follow a call into a function of the module: its body runs with the arguments bound."""
    info = function.info
    if info.decorators and is_abstract(info):
        for argument in (*arguments.positional, *arguments.keywords.values()):
            requests.escape(machine, argument.value, state)
        return unknown("what a subclass answers")
    if info.decorators and not function.bare:
        made = machine.home(info.path).decorated(function, site, state, frame)
        if made is not None:
            return call(machine, made, arguments, site, state, frame)
    home = machine.home(info.path)
    given = [argument.value for argument in (*arguments.positional, *arguments.keywords.values())]
    if not following.is_followed(home, info, given, function.receiver, state, frame.depth):
        answer = call_handed(machine, info.node_name(), arguments, site, state, frame)
        for value in given:
            requests.escape(machine, value, state)
        if answer is not None:
            return answer
        return shapes.answered(unknown("call too deep to follow"), site.callee, frame)
    inner = state.fork()
    if home is not machine:
        inner.heap.adopt(home.module_state.heap)
    inner.names = bind_parameters(home, function, arguments, site, inner, frame)
    asked = recalled.question(home, function, inner, state)
    if asked is not None:
        known = recalled.recall(home, asked, (*frame.calls, site.callee), state)
        if known is not None:
            returning.note_call(machine, info, known, site, state)
            return known
        recalled.begin(home, asked)
    else:
        machine.shared.work.noting.add((*frame.calls, site.callee))
    here = function.scope != 0 and function.scope == frame.number
    closure = dict(function.closure)
    closure.update(state.names if here else {})  # what was bound after the definition is seen too
    activation = Frame(
        chunk=info.chunk,
        flows=frame.flows,
        function=info,
        owner=info.owner,
        calls=(*frame.calls, site.callee),
        closure=closure,
        platforms=frame.platforms,
        number=machine.shared.number(),
        elsewhere=frame.elsewhere or home.lines_elsewhere(info) > 0,
    )
    machine.shared.active.append(info)
    machine.shared.called.add(info.node)
    value = unknown("nests deeper than can be followed")
    spent = machine.shared.spent()
    with home.guarded(info.chunk):
        value = run_function(home, info, inner, activation, state)
    machine.shared.active.pop()
    if not frame.elsewhere and activation.elsewhere:
        machine.shared.work.elsewhere -= machine.shared.spent() - spent
    returning.note_call(machine, info, value, site, state)
    if home is not machine:
        keeping.note_returns(home, info, [(value, state)], activation)
    if asked is not None:
        recalled.remember(home, asked, value, activation, state)
    if here:
        state.names.update(activation.rebound)
    return value


def run_function(machine: Machine, info: FunctionInfo, inner: State, activation: Frame, state: State) -> Value:
    """Run the body of a function in `inner` and bring its effects on heap and environment back into `state`."""
    node = info.node
    if isinstance(node, cst.Lambda):
        value = machine.evaluate(node.body, inner, activation)
        activation.returns.append((value, inner))
        return _left(machine, info, activation, state)
    return run_body(machine, info, machine.body_of(node), inner, activation, state)


def run_body(
    machine: Machine, info: FunctionInfo, body: Sequence[Statement], inner: State, activation: Frame, state: State
) -> Value:
    """Run statements as the body of a function: see `run_function`."""
    machine.run_block(body, inner, activation)
    if inner.alive:
        activation.returns.append((constant(None), inner))
    return _left(machine, info, activation, state)


def _left(machine: Machine, info: FunctionInfo, activation: Frame, state: State) -> Value:
    """Bring what the ways out of a function leave together, and give what it returns."""
    if not activation.returns:
        state.alive = False
        return unknown("does not return")
    exits = [
        (after, machine.shared.arm((info.node, activation.calls, "return"), index))
        for index, (_, after) in enumerate(activation.returns)
    ]
    merged = join(state, exits)
    state.heap, state.environment = merged.heap, merged.environment
    activation.rebound = {name: merged.names[name] for name in activation.nonlocals if name in merged.names}
    if activation.yields:
        return machine.new(ListObject((union(activation.yields),), open=True), state)
    many = len(activation.returns) > 1
    return union(
        tag(value, (after.branches - state.branches) | (exits[index][1] if many else NO_BRANCH))
        for index, (value, after) in enumerate(activation.returns)
    )


def bind_parameters(
    machine: Machine, function: Function, arguments: Arguments, site: Site, state: State, frame: Frame
) -> dict[str, Value]:
    """Give the local names that a call begins with."""
    parameters = function.info.node.params
    names: dict[str, Value] = {}
    positional = list(arguments.positional)
    if function.receiver is not None:
        positional.insert(0, Argument((function.receiver,), site.callee, ""))
    keywords = dict(arguments.keywords)
    # a default stands in the function's own chunk, and sees what the function closes over
    there = Frame(function.info.chunk, frame.flows, owner=function.info.owner, closure=dict(function.closure))
    ordered = [*parameters.posonly_params, *parameters.params]
    for index, parameter in enumerate(ordered):
        name = parameter.name.value
        if index < len(positional):
            names[name] = _passed(machine, positional[index], name)
        else:
            names[name] = _keyword(machine, parameter, keywords, arguments, state, there)
    for parameter in parameters.kwonly_params:
        names[parameter.name.value] = _keyword(machine, parameter, keywords, arguments, state, there)
    if isinstance(parameters.star_arg, cst.Param):
        rest = tuple(argument.value for argument in positional[len(ordered) :])
        names[parameters.star_arg.name.value] = machine.new(ListObject(rest, arguments.open_positional), state)
    if parameters.star_kwarg is not None:
        items: dict[str | int, Value] = {name: argument.value for name, argument in keywords.items()}
        places: dict[str | int, Location] = {}
        places.update({name: a.location for name, a in keywords.items() if a.location is not None})
        base = _others(parameters.star_kwarg) if arguments.open_keywords else None
        names[parameters.star_kwarg.name.value] = machine.new(
            DictObject(items, arguments.open_keywords, places=places, base=base), state
        )
    return names


def _others(parameter: cst.Param) -> Item:
    """Give what `**kwargs` holds besides: what callers give, under its name."""
    return Item(Scalar(Parameter(parameter.name.value)))


def _passed(machine: Machine, argument: Argument, name: str) -> Value:
    if argument.location is None:
        return argument.value
    step = Step(argument.location, f"handed over as {name}")
    return tuple(
        item.with_step(step) if item.steps or (isinstance(item.data, Const) and item.data.location) else item
        for item in argument.value
    )


def _keyword(
    machine: Machine,
    parameter: cst.Param,
    keywords: dict[str, Argument],
    arguments: Arguments,
    state: State,
    frame: Frame,
) -> Value:
    name = parameter.name.value
    default = unknown("argument")
    if name in keywords:
        given = _passed(machine, keywords.pop(name), name)
        there = present(given)
        if len(there) < len(given) and parameter.default is not None:
            default = machine.evaluate(parameter.default, machine.module_state, frame)
        lacking = (item for item in given if isinstance(item.data, Missing))
        return union((there, *(tag(default, item.branches) for item in lacking)))
    if parameter.default is None:
        return default
    default = machine.evaluate(parameter.default, machine.module_state, frame)
    state.heap.adopt(machine.module_state.heap)
    return union((unknown("argument"), default)) if arguments.open_positional or arguments.open_keywords else default


def instantiate(
    machine: Machine, info: ClassInfo, arguments: Arguments, site: Site, state: State, frame: Frame
) -> Value:
    """Make an instance of a class of the module: fields of a dataclass, else what __init__ does."""
    machine.prepare_class(info)
    external = [base for base in info.bases if machine.base_class(info, base) is None and base != "object"]
    value = machine.new(InstanceObject(info, {}, open=bool(external)), state)
    if is_record(machine, info):
        return fill_record(machine, info, value, arguments, site, state, frame)
    item = value[0]
    initializer = machine.class_member(info, "__init__", item, state, frame)
    if initializer is not None:
        call(machine, initializer, arguments, site, state, frame)
        state.alive = True
    elif external:
        # a base class that is not followed: keywords are taken to become attributes (pydantic, settings, models)
        obj = state.heap[number_of(value)]
        if isinstance(obj, InstanceObject):
            attributes = {name: argument.value for name, argument in arguments.keywords.items()}
            state.heap[number_of(value)] = replace(obj, attributes={**obj.attributes, **attributes})
    return value


def number_of(value: Value) -> int:
    """Give the heap number of a value that points to one object."""
    assert isinstance(value[0].data, Ref)
    return value[0].data.number


def _option_defaults(
    machine: Machine, node: cst.FunctionDef, names: dict[str, Value], frame: Frame
) -> dict[str, Value]:
    """Give the parameters that decorators such as click.option fill: the default is one of their values."""
    found: dict[str, Value] = {}
    for decorator in node.decorators:
        call_node = decorator.decorator
        if not isinstance(call_node, cst.Call):
            continue
        target = machine.evaluate(call_node.func, machine.module_state, frame)
        dotted = target[0].data.dotted if len(target) == 1 and isinstance(target[0].data, Name) else ""
        entry = machine.catalogue.callables.get(dotted)
        if entry is None or entry.kind is not CallableKind.OPTION:
            continue
        arguments = bind_call(machine, call_node, machine.module_state, frame)
        name, default = option_of(arguments)
        if name in names and default is not None:
            given: Value = (Item(Scalar(Unknown("command-line option", f"option {name}"))),)
            key = (decorator, "option")
            found[name] = union((tag(given, machine.shared.arm(key, 0)), tag(default, machine.shared.arm(key, 1))))
    return found


def parameter_names(machine: Machine, info: FunctionInfo, state: State, frame: Frame) -> dict[str, Value]:
    """Give the local names of a function that is entered from outside: callers decide its parameters."""
    parameters = info.node.params
    names: dict[str, Value] = {}
    for parameter in (*parameters.posonly_params, *parameters.params, *parameters.kwonly_params):
        name = parameter.name.value
        fixture = machine.catalogue.fixtures.get(name)
        given: Value = (Item(Name(fixture) if fixture else Scalar(Parameter(name))),)
        if parameter.annotation is not None:
            given = annotated(machine, given, parameter.annotation.annotation, machine.module_state, frame)
        if parameter.default is not None:
            default = machine.evaluate(parameter.default, machine.module_state, frame)
            state.heap.adopt(machine.module_state.heap)
            place = machine.place(parameter, frame)
            keeping.note_default(machine, info, place, name, default, machine.module_state)
            key = (parameter, "default")
            given = union((tag(given, machine.shared.arm(key, 0)), tag(default, machine.shared.arm(key, 1))))
        names[name] = given
    if isinstance(info.node, cst.FunctionDef):
        names.update(_option_defaults(machine, info.node, names, frame))
    if isinstance(parameters.star_arg, cst.Param):
        names[parameters.star_arg.name.value] = machine.new(ListObject((), open=True), state)
    if parameters.star_kwarg is not None:
        base = _others(parameters.star_kwarg)
        names[parameters.star_kwarg.name.value] = machine.new(DictObject({}, open=True, base=base), state)
    return names
