"""Everything of the model is frozen, slotted and made of frozen things: facts can be shared, hashed and stored."""

from __future__ import annotations

import dataclasses
import enum
import inspect
import pkgutil
import typing
from collections.abc import Iterator
from importlib import import_module

import pytest

import credlint.model
from credlint.model.facts import FileFacts, KeyLiteral, Language, LiteralContext
from credlint.model.secret import SecretText
from credlint.model.span import Location, Span
from credlint.model.values import Cloud, Role

MODULES = [import_module(f"credlint.model.{found.name}") for found in pkgutil.iter_modules(credlint.model.__path__)]
CLASSES = {
    f"{module.__name__}.{name}": found
    for module in MODULES
    for name, found in vars(module).items()
    if inspect.isclass(found) and found.__module__ == module.__name__
}
DATA = {name: found for name, found in CLASSES.items() if dataclasses.is_dataclass(found)}
PLAIN = {str, int, bool, type(None), SecretText}


def leaves(hint: object) -> Iterator[object]:
    """Give the types that a hint is made of, less the frozen containers."""
    arguments = typing.get_args(hint)
    origin = typing.get_origin(hint)
    if not arguments:
        yield hint
        return
    if origin in {list, dict, set}:
        yield origin
    for argument in arguments:
        if argument is not Ellipsis:
            yield from leaves(argument)


def test_there_are_models() -> None:
    assert len(DATA) > 40


@pytest.mark.parametrize("name", DATA)
def test_it_is_frozen_and_slotted(name: str) -> None:
    found = DATA[name]
    assert found.__dataclass_params__.frozen
    assert "__slots__" in vars(found)
    assert found.__doc__
    assert not found.__doc__.startswith(f"{found.__name__}("), "the documentation is the signature"


@pytest.mark.parametrize("name", DATA)
def test_its_fields_are_frozen(name: str) -> None:
    for field, hint in typing.get_type_hints(DATA[name]).items():
        for leaf in leaves(hint):
            kind = leaf if inspect.isclass(leaf) else None
            assert kind is not None, (field, leaf)
            assert kind in PLAIN or kind in DATA.values() or issubclass(kind, enum.Enum), (field, leaf)


def test_facts_can_be_compared_and_hashed() -> None:
    def facts() -> FileFacts:
        place = Location("a.py", Span(0, 0, 0, 0, 1))
        literal = KeyLiteral(Role.SECRET, Cloud.AWS, SecretText("x"), LiteralContext.SLOT, "name", place)
        return FileFacts("a.py", Language.PYTHON, (1,), literals=(literal,))

    assert facts() == facts()
    assert hash(facts()) == hash(facts())
