"""What a value of deployment YAML is: a literal, nothing, or an expression that names where the value stands."""

from __future__ import annotations

import re

from credlint.catalogue.deployments import Dialect, ExpressionSyntax
from credlint.extract.deployment.tree import Scalar
from credlint.model.secret import SecretText
from credlint.model.values import Blank, Literal, Origin, Reference, ReferenceKind, Unknown

# An expression that is the whole of a value.
_GITHUB = re.compile(r"\s*\$\{\{(?P<inner>(?:(?!\}\}).)*)\}\}\s*", re.DOTALL)
# A context and a name in it, with a dot or in brackets.
_CONTEXT = re.compile(r"(?P<context>[\w.\-]+?)(?:\.(?P<name>[\w\-]+)|\[\s*'(?P<quoted>[^']+)'\s*\])")
# ${NAME}, $NAME, ${NAME:-default}, ${NAME?message}
_HOST = re.compile(r"\$(?:(?P<bare>[A-Za-z_]\w*)|\{(?P<name>[A-Za-z_]\w*)(?P<operator>:?[-?+])?(?P<default>[^{}]*)\})")
_CONTAINER = re.compile(r"\$\((?P<name>[A-Za-z_][\w.\-]*)\)")
# Marks of templates, and references that another program fills in before the process starts.
_FILLED = re.compile(r"(?<!\$)\{\{|\{%|\$\{|\$\(|\(\(|<<|ENC\[|^__\w+__$|^(?:op|vault|ref\+\w+)://|^vault:")


def is_filled(text: str) -> bool:
    """Tell whether some program will fill in a part of a text."""
    return _FILLED.search(text) is not None


def origin_of(scalar: Scalar, dialect: Dialect | None, *, key_id: bool = False) -> Origin:
    """Give the origin of a scalar that is not null; step outputs come as Unknown with their name as identity."""
    if scalar.templated:
        return Unknown("filled in by a template")
    if scalar.tag is not None and not scalar.tag.startswith("tag:yaml.org,2002:"):
        return Unknown("value of a tag of its own")
    return text_origin(scalar.text, dialect, key_id=key_id)


def text_origin(text: str, dialect: Dialect | None, *, key_id: bool = False) -> Origin:
    """Give the origin of a text in the expression syntax of a dialect."""
    if text == "":
        return Blank()
    syntax = dialect.syntax if dialect else ExpressionSyntax.NONE
    found: Origin | None = None
    if dialect is not None and syntax is ExpressionSyntax.GITHUB and "${{" in text:
        whole = _GITHUB.fullmatch(text)
        found = expression_origin(whole["inner"], dialect) if whole else None
        return found or Unknown("text with an expression", text)
    if syntax is ExpressionSyntax.HOST and "$" in text:
        return _host_origin(text)
    if syntax is ExpressionSyntax.CONTAINER and (inner := _CONTAINER.fullmatch(text)):
        return Reference(ReferenceKind.ENVIRONMENT, inner["name"])
    if _FILLED.search(text):
        return Unknown("filled in elsewhere", text)
    return Literal(SecretText(text, key_id=key_id))


def expression_origin(inner: str, dialect: Dialect) -> Origin:
    """Give the origin that the inside of `${{ }}` names; anything but a plain reference is Unknown."""
    text = inner.strip()
    if re.fullmatch(r"'[^']*'", text):
        return Blank() if text == "''" else Literal(SecretText(text[1:-1]))
    found = _CONTEXT.fullmatch(text)
    if found is not None:
        kind = dict(dialect.contexts).get(found["context"])
        if kind is not None:
            return Reference(kind, found["name"] or found["quoted"])
    return Unknown("expression", text)


def step_output(origin: Origin, dialect: Dialect) -> tuple[str, str] | None:
    """Give (step, output) of an origin that names the output of a step, or None."""
    if not isinstance(origin, Unknown) or not origin.identity or not dialect.step_output:
        return None
    pattern = re.escape(dialect.step_output).replace(r"\*", r"([\w\-]+)")
    found = re.fullmatch(pattern, origin.identity)
    return (found[1], found[2]) if found else None


def _host_origin(text: str) -> Origin:
    if "$" not in text.replace("$$", ""):
        return Literal(SecretText(text.replace("$$", "$")))
    whole = _HOST.fullmatch(text)
    if whole is None:
        return Unknown("text with a variable of the host", text)
    if (whole["operator"] or "").endswith(("-", "+")) and whole["default"]:
        return Unknown("variable of the host with a default", text)
    return Reference(ReferenceKind.HOST_VARIABLE, whole["bare"] or whole["name"])
