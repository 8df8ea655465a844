"""Qualified names as the objects they stand for, and their signatures without the receiver."""

from __future__ import annotations

import builtins
import importlib
import inspect
from types import ModuleType


def resolve(name: str) -> object:
    """Import the longest module that the name begins with and walk the attributes that are left."""
    return _walk(name)[1]


def parameters(name: str) -> list[inspect.Parameter]:
    """Give the parameters of a callable, the receiver of a method left out."""
    parent, found = _walk(name)
    assert callable(found)
    given = list(inspect.signature(found).parameters.values())
    static = inspect.getattr_static(parent, name.rpartition(".")[2])
    is_method = isinstance(parent, type) and not isinstance(static, (staticmethod, classmethod, type))
    return given[1:] if is_method else given


def _walk(name: str) -> tuple[object, object]:
    parts = name.split(".")
    module: ModuleType = builtins
    rest = parts
    for end in range(len(parts), 0, -1):
        try:
            module = importlib.import_module(".".join(parts[:end]))
        except ModuleNotFoundError as error:
            if error.name is None or not f"{name}.".startswith(f"{error.name}."):
                raise  # the module is there, but something that it needs is not
            continue
        rest = parts[end:]
        break
    parent: object = module
    found: object = module
    for part in rest:
        parent, found = found, getattr(found, part)
    return parent, found
