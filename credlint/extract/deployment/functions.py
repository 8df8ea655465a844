"""Functions of templates that stand for values: what `!Ref X` or `{Fn::GetAtt: [X, Y]}` refers to."""

from __future__ import annotations

from credlint.catalogue.deployments import Dialect, Functions
from credlint.extract.deployment.expressions import origin_of, text_origin
from credlint.extract.deployment.tree import Mapping, Node, Scalar, Sequence, items, resolve, scalar
from credlint.model.patterns import pattern
from credlint.model.secret import SecretText
from credlint.model.values import Absent, Literal, Origin, Reference, Unknown

_LONG = "Fn::"
# ${Name} or ${Name.Attribute}; ${!X} is what stays for the shell.
_INSIDE = pattern(r"\$\{(?P<name>[^!{}][^{}]*)\}")
# {{resolve:secretsmanager:NAME:SecretString:KEY}}
_RESOLVED = pattern(r"\{\{(?P<context>\w+:[\w\-]+):(?P<name>[^{}]+)\}\}")
_YAML_TAG = "tag:yaml.org,2002:"


def node_origin(node: Node, dialect: Dialect | None) -> Origin:
    """Give the origin of a value that is not null: a scalar, or a function of the dialect; Unknown for others."""
    functions = dialect.functions if dialect else Functions()
    found = _function(resolve(node)) if dialect is not None and functions.kinds else None
    if found is not None and dialect is not None:
        return _function_origin(found[0], found[1], functions, dialect)
    value = scalar(node)
    if value is None:
        return Unknown("value that is no scalar")
    named = _resolved(value.text, dialect) if dialect is not None and not value.templated else None
    return named or origin_of(value, dialect)


def is_bound(node: Node | None, dialect: Dialect) -> bool:
    """Tell whether a property surely holds something: not null, blank, nothing, or what a condition decides."""
    found = resolve(node)
    if found is None:
        return False
    function = _function(found) if dialect.functions.kinds else None
    if function is not None:
        origin = _function_origin(function[0], function[1], dialect.functions, dialect)
        return not isinstance(origin, Absent | Unknown) or function[0] == dialect.functions.substitute
    return not isinstance(found, Scalar) or not (found.is_null() or found.text == "")


def named_node(node: Node | None, dialect: Dialect) -> str | None:
    """Give the node of the template that a function refers to, itself or an attribute of it; None for other values."""
    function = _function(resolve(node))
    if function is None or function[0] not in dict(dialect.functions.kinds):
        return None
    return _argument(function[1]).partition(".")[0] or None


def _function(node: Scalar | Sequence | Mapping | None) -> tuple[str, Node] | None:
    """Give name and argument of a function: a tag of its own, or a mapping of one entry named like a function."""
    if node is None:
        return None
    if node.tag is not None and node.tag.startswith("!") and not node.tag.startswith(_YAML_TAG):
        return node.tag.removeprefix("!"), node
    if isinstance(node, Mapping) and len(node.entries) == 1:
        key = node.entries[0].key.text
        if key.startswith(_LONG) or key.isalpha():
            return key.removeprefix(_LONG), node.entries[0].value
    return None


def _function_origin(name: str, argument: Node, functions: Functions, dialect: Dialect) -> Origin:
    text = _argument(argument)
    if name == functions.choice:
        return _chosen(items(argument), functions, dialect)
    if name == functions.substitute:
        return _substituted(text, functions, dialect)
    kind = dict(functions.kinds).get(name)
    if kind is None or not text:
        return Unknown("value of a function", f"{name} {text}" if text else "")
    return Absent() if text == functions.nothing else Reference(kind, text)


def _chosen(parts: tuple[Node, ...], functions: Functions, dialect: Dialect) -> Origin:
    """Give what a condition and its two arms come to: a value of the template, where both arms hold something alike."""
    origins = [node_origin(part, dialect) for part in parts[1:]]
    held = any(all(isinstance(one, kind) for one in origins) for kind in (Literal, Reference))
    condition = scalar(parts[0]) if parts else None
    if len(origins) < _ARMS or not held or condition is None:
        return Unknown("what a condition decides")
    return Reference(functions.kinds[0][1], condition.text)


_ARMS = 2


def _argument(node: Node) -> str:
    """Give a scalar's text, or the texts of a list with dots between them."""
    found = resolve(node)
    if isinstance(found, Scalar):
        return found.text
    texts = [one.text if (one := scalar(item)) else "" for item in items(node)]
    return ".".join(texts) if all(texts) else ""


def _substituted(text: str, functions: Functions, dialect: Dialect) -> Origin:
    """Give what a text is after `${x}` in it has been filled in."""
    whole = _INSIDE.fullmatch(text)
    if whole is not None:
        return Reference(functions.kinds[0][1], whole["name"])
    named = _resolved(text, dialect)
    if named is not None:
        return named
    if not text or _INSIDE.search(text):
        return Unknown("text with a value of the template", text)
    plain = text_origin(text, None)
    return Literal(SecretText(text.replace("${!", "${"))) if "${!" in text else plain


def _resolved(text: str, dialect: Dialect) -> Origin | None:
    found = _RESOLVED.fullmatch(text.strip())
    kind = dict(dialect.contexts).get(found["context"]) if found else None
    return Reference(kind, found["name"]) if found and kind else None
