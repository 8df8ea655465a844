"""Runs a module through the evaluator and says in words what a name of it can be at the end."""

from __future__ import annotations

from credlint.catalogue.load import load_catalogue
from credlint.extract.python.domain import (
    Answer,
    Bounded,
    Class,
    Const,
    DictObject,
    Function,
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
    Super,
    Text,
    Typed,
    Value,
)
from credlint.extract.python.evaluator import Evaluator
from credlint.extract.python.modules import Modules
from credlint.extract.python.screen import screen
from credlint.extract.python.shared import Shared
from credlint.extract.python.source import Source
from credlint.extract.python.state import Heap
from credlint.model.project import Settings
from credlint.model.values import (
    EnvironmentVariable,
    Literal,
    NoneValue,
    Origin,
    Parameter,
    ProviderField,
    ResponseField,
    Unknown,
)

PRELUDE = """\
import os
import boto3
sts = boto3.client("sts")
answer = sts.assume_role(RoleArn="a", RoleSessionName="up")
credentials = answer["Credentials"]
"""


def run(text: str) -> Evaluator:
    """Evaluate a module behind the prelude, every statement of it."""
    shared = Shared(load_catalogue(), Settings(), 1_000_000, test_context=False)
    evaluator = Evaluator(Source("a.py", screen(PRELUDE + text)), shared, Modules(None))
    evaluator.run(everything=True)
    return evaluator


def values(text: str, name: str = "x") -> list[str]:
    """Give what a name of the module can be, in words, sorted."""
    evaluator = run(text)
    value = evaluator.module_state.names[name]
    return sorted(words(item, evaluator.module_state.heap) for item in value)


def words(item: Item, heap: Heap) -> str:  # noqa: PLR0911 - one for each kind
    """Say what an alternative is: constants as Python writes them, $NAME for a variable, ? for what is not known."""
    match item.data:
        case Const(value):
            return repr(value)
        case Scalar(origin):
            return _origin(origin)
        case Answer(title=title, path=path):
            return ".".join([title, *path])
        case Typed(entry):
            return entry.names[0]
        case Name(dotted) | Method(dotted):
            return dotted
        case Missing():
            return "missing"
        case Text(parts):
            return f"text{[_words(part, heap) for part in parts]}"
        case Ref(number):
            return _object(heap.get(number), heap)
        case Function(info):
            return f"def {info.qualified_name}"
        case Class(info):
            return f"class {info.name}"
        case Partial():
            return "partial"
        case Super(info):
            return f"super {info.name}"
        case Bounded(low, high):
            return f"{low}..{high}"
        case Getter(names):
            return f"getter of {', '.join(map(str, names))}"
        case _:
            return "?"


def _origin(origin: Origin) -> str:
    match origin:
        case EnvironmentVariable(name):
            return f"${name}"
        case ResponseField(operation=operation, role=role):
            return f"{operation.rpartition('.')[2]}.{role.value}"
        case ProviderField(name=name, role=role):
            return f"{name}.{role.value}"
        case Parameter(name):
            return f"parameter {name}"
        case Unknown():
            return "?"
        case NoneValue():
            return "null"
        case Literal(text):
            return f"literal of {len(text)}"
        case _:
            return type(origin).__name__


def _words(value: Value, heap: Heap) -> str:
    return "|".join(sorted(words(item, heap) for item in value))


def _object(obj: object, heap: Heap) -> str:
    more = ["..."] if getattr(obj, "open", False) else []
    match obj:
        case DictObject(items):
            return "{" + ", ".join([f"{key}: {_words(value, heap)}" for key, value in items.items()] + more) + "}"
        case ListObject(items):
            return "[" + ", ".join([_words(value, heap) for value in items] + more) + "]"
        case InstanceObject(info, attributes):
            fields = [f"{key}={_words(value, heap)}" for key, value in attributes.items()]
            return f"{info.name if info else 'object'}({', '.join(fields + more)})"
        case MadeObject(entry):
            return entry.names[0]
        case _:
            return "nothing"
