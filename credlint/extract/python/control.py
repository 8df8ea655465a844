"""Statements that run others: branches, loops, exceptions, match."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import libcst as cst

from credlint.extract.python.domain import (
    Const,
    ListObject,
    Value,
    unknown,
)
from credlint.extract.python.machine import Frame, Machine
from credlint.extract.python.narrowing import condition_key, narrow
from credlint.extract.python.notes import fallbacks, keeping, retries
from credlint.extract.python.patterns import match_pattern
from credlint.extract.python.sequences import bind_target, elements_of, iterate
from credlint.extract.python.source import Statement
from credlint.extract.python.state import State, join


def block_of(block: cst.BaseSuite) -> Sequence[Statement]:
    """Give the statements of a block, also of one that stands on the line of its head."""
    if isinstance(block, cst.IndentedBlock):
        return cast("Sequence[Statement]", block.body)  # nothing else stands in a block
    if isinstance(block, cst.SimpleStatementSuite):
        return [cst.SimpleStatementLine(body=block.body)]
    return ()


def run_if(machine: Machine, node: cst.If, state: State, frame: Frame) -> None:
    """Run the arms of an `if` that can be, each in a state of its own."""
    key = condition_key(machine, node, node.test, state, frame)
    answers: dict[cst.Call, Value] = {}
    with frame.asking(answers):
        machine.evaluate(node.test, state, frame)
    arms = []
    for index, holds in enumerate((True, False)):
        arm = state.fork()
        with frame.asking(dict(answers)):
            narrow(machine, node.test, arm, frame, holds=holds)
        branch = machine.shared.arm(key, index)
        if arm.alive:
            arm.branches |= branch
            if holds:
                machine.run_block(block_of(node.body), arm, frame)
            elif isinstance(node.orelse, cst.If):
                run_if(machine, node.orelse, arm, frame)
            elif node.orelse is not None:
                machine.run_block(block_of(node.orelse.body), arm, frame)
        arms.append((arm, branch | (arm.branches - state.branches)))
    state.become(join(state, arms))


def _loop(machine: Machine, node: cst.For | cst.While, state: State, frame: Frame, *, certain: bool) -> bool:
    """Run a body twice, where one round leaves anything that the next one sees, and join with not running it at all.

    Tells whether `break` or `continue` was seen.
    """
    jumps = False
    key = (node, frame.calls)
    before = state.fork()
    for _ in range(2):
        frame.leaving.append([])
        frame.rolling += 1
        inside = state.fork()
        branch = machine.shared.arm(key, 1)
        if isinstance(node, cst.For):
            each = iterate(machine, machine.evaluate(node.iter, inside, frame), inside)
            bind_target(machine, node.target, each, inside, frame)
        else:
            narrow(machine, node.test, inside, frame, holds=True)
        if inside.alive:
            machine.run_block(block_of(node.body), inside, frame)
        frame.rolling -= 1
        left = [(other, machine.shared.arm(key, 2 + index)) for index, other in enumerate(frame.leaving.pop())]
        jumps = jumps or bool(left)
        arms = [(inside, branch), *left]
        if not certain:
            arms.append((before.fork(), machine.shared.arm(key, 0)))
        merged = join(before, arms)
        if not merged.alive:
            state.become(merged)
            return jumps
        merged.branches = before.branches
        state.become(merged)
        if _is_settled(before, merged):
            break
    if node.orelse is not None and state.alive:
        machine.run_block(block_of(node.orelse.body), state, frame)
    return jumps


def _is_settled(before: State, after: State) -> bool:
    """Tell whether a round has left all that was there before as it was: another one would be the same again."""
    if after.heap.base is not before.heap.base or after.environment != before.environment:
        return False
    if any(after.names.get(name) != value for name, value in before.names.items()):
        return False
    known = ((before.heap.get(number), obj) for number, obj in after.heap.own.items())
    return all(old is None or old is obj for old, obj in known)


_MAXIMUM_UNROLLED = 6


def _unrolled(machine: Machine, node: cst.For, elements: Sequence[Value] | None, state: State, frame: Frame) -> bool:
    """Run a loop over a few known names round by round; tell whether it was one, without break and continue."""
    if not elements or len(elements) > _MAXIMUM_UNROLLED or not all(_is_name(each, state) for each in elements):
        return False
    before = state.fork()
    for each in elements:
        frame.leaving.append([])
        bind_target(machine, node.target, each, state, frame)
        machine.run_block(block_of(node.body), state, frame)
        if frame.leaving.pop() or not state.alive:
            state.become(before)
            return False
    if node.orelse is not None:
        machine.run_block(block_of(node.orelse.body), state, frame)
    return True


def _is_name(value: Value, state: State) -> bool:
    """Tell whether an element is a constant, or a row that begins with one."""
    obj = state.only(value)
    first = obj.items[0] if isinstance(obj, ListObject) and obj.items else value
    return len(first) == 1 and isinstance(first[0].data, Const)


def run_for(machine: Machine, node: cst.For, state: State, frame: Frame) -> None:
    """Run a loop over elements: one by one where all are known, else any number of times."""
    iterable = machine.evaluate(node.iter, state, frame)
    obj = state.only(iterable)
    keeping.note_loop(machine, node, state, frame, always=False)
    mark = retries.mark(machine)
    if not _unrolled(machine, node, elements_of(iterable, state), state, frame):
        _loop(machine, node, state, frame, certain=isinstance(obj, ListObject) and bool(obj.items) and not obj.open)
    retries.note_loop(machine, node, mark, state, frame)


def run_while(machine: Machine, node: cst.While, state: State, frame: Frame) -> None:
    """Run a loop that a condition ends."""
    test = machine.evaluate(node.test, state, frame)
    always = len(test) == 1 and isinstance(test[0].data, Const) and bool(test[0].data.value)
    keeping.note_loop(machine, node, state, frame, always=always)
    mark = retries.mark(machine)
    jumps = _loop(machine, node, state, frame, certain=always)
    retries.note_loop(machine, node, mark, state, frame)
    if not jumps and state.alive and node.orelse is None:
        after = state.fork()
        narrow(machine, node.test, after, frame, holds=False)
        if after.alive:  # two rounds may be too few for a counter
            state.become(after)


def run_try(machine: Machine, node: cst.Try | cst.TryStar, state: State, frame: Frame) -> None:
    """Run a `try`: its handlers begin in any state of its body."""
    key = (node, frame.calls)
    before = state.fork()
    known = len(machine.shared.sources)
    machine.run_block(block_of(node.body), state, frame)
    sources = machine.shared.sources[known:]
    if state.alive and node.orelse is not None:
        machine.run_block(block_of(node.orelse.body), state, frame)
    arms = [(state.fork(), machine.shared.arm(key, 0))]
    # a handler starts from somewhere inside the body: what held before, or what the body had done by then
    inside = join(
        before,
        [(before.fork(), machine.shared.arm((key, "in"), 0)), (state.fork(), machine.shared.arm((key, "in"), 1))],
    )
    inside = before.fork() if not inside.alive else inside
    inside.branches = before.branches
    handlers: Sequence[cst.ExceptHandler | cst.ExceptStarHandler] = node.handlers
    for index, handler in enumerate(handlers, 1):
        arm = inside.fork()
        branch = machine.shared.arm(key, index)
        machine.shared.exceptional |= branch
        fallbacks.note_failure(machine, handler, branch, sources)
        arm.branches |= branch
        if handler.name is not None and isinstance(handler.name.name, cst.Name):
            arm.names[handler.name.name.value] = unknown("exception")
        machine.run_block(block_of(handler.body), arm, frame)
        fallbacks.note_handled(machine, handler, (before, state, arm), sources, frame)
        arms.append((arm, branch | (arm.branches - state.branches)))
    state.become(join(before, arms))
    if node.finalbody is not None:
        alive = state.alive
        state.alive = True
        machine.run_block(block_of(node.finalbody.body), state, frame)
        state.alive = state.alive and alive


def run_match(machine: Machine, node: cst.Match, state: State, frame: Frame) -> None:
    """Run the arms of a `match` that can be taken."""
    left = machine.evaluate(node.subject, state, frame)
    key = (node, frame.calls)
    arms = []
    cases: Sequence[cst.MatchCase] = node.cases
    for index, case in enumerate(cases):
        arm = state.fork()
        branch = machine.shared.arm(key, index)
        taken, rest, bound = match_pattern(machine, case.pattern, left, arm, frame)
        if not taken:
            continue
        if len(taken) < len(left):
            arm.branches |= frozenset.intersection(*(item.branches for item in taken))
        arm.branches |= branch
        arm.names.update(bound)
        if isinstance(node.subject, cst.Name) and node.subject.value in arm.names:
            arm.names[node.subject.value] = taken
        if case.guard is not None:
            narrow(machine, case.guard, arm, frame, holds=True)
        else:
            left = rest
        if arm.alive:
            machine.run_block(block_of(case.body), arm, frame)
        arms.append((arm, branch | (arm.branches - state.branches)))
        if not left:
            break
    if left:
        arms.append((state.fork(), machine.shared.arm(key, len(node.cases))))
    state.become(join(state, arms))
