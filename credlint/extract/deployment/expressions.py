"""What a value of deployment YAML is: a literal, nothing, or an expression that names where the value stands."""

from __future__ import annotations

import re

from credlint.catalogue.deployments import Dialect, ExpressionSyntax
from credlint.extract.deployment.sources import jinja_origin, source_origin
from credlint.extract.deployment.tree import Scalar
from credlint.model.patterns import pattern
from credlint.model.secret import SecretText
from credlint.model.values import BLANK_DEFAULT, Blank, Literal, Origin, Reference, ReferenceKind, Unknown

# An expression that is the whole of a value.
_GITHUB = pattern(r"\s*\$\{\{(?P<inner>(?:(?!\}\}).)*)\}\}\s*", re.DOTALL)
# A context and a name in it, with a dot or in brackets.
_CONTEXT = pattern(r"(?P<context>[\w.\-]+?)(?:\.(?P<name>[\w\-]+)|\[\s*'(?P<quoted>[^']+)'\s*\])")
# A context and an expression that gives the name.
_CHOSEN = pattern(r"(?P<context>[\w.\-]+?)\[\s*(?P<name>[A-Za-z][^\[\]|]*?)\s*\]")
# ${NAME}, $NAME, ${NAME:-default}, ${NAME?message}
_HOST = pattern(r"\$(?:(?P<bare>[A-Za-z_]\w*)|\{(?P<name>[A-Za-z_]\w*)(?P<operator>:?[-?+])?(?P<default>[^{}]*)\})")
_CONTAINER = pattern(r"\$\((?P<name>[A-Za-z_][\w.\-]*)\)")
# $[ expression ] of a macro language
_RUNTIME = pattern(r"\$\[(?P<inner>[^\[\]]*(?:\[[^\[\]]*\])?[^\[\]]*)\]")
# ((name)), ((source:name.field))
_PARENTHESES = pattern(r"\(\((?:[\w\-]+:)?(?P<name>[\w./\-]+)\)\)")
# Marks of templates, and references that another program fills in before the process starts.
_FILLED = pattern(r"(?<!\$)\{\{|\{%|\$\{|\$\(|\(\(|<<|ENC\[|^__\w+__$|^(?:op|vault|ref\+\w+)://|^vault:")


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
    if syntax is ExpressionSyntax.SHELL and "$" in text and "<<" not in text:
        return _shell_origin(text)
    if dialect is not None and syntax is ExpressionSyntax.MACRO and "$" in text:
        return _macro_origin(text, dialect)
    if dialect is not None and syntax is ExpressionSyntax.SOURCES and "${" in text:
        return source_origin(text, dialect)
    if dialect is not None and syntax is ExpressionSyntax.JINJA and "{{" in text:
        return jinja_origin(text, dialect)
    if syntax is ExpressionSyntax.PARENTHESES and (inner := _PARENTHESES.fullmatch(text)):
        return Reference(ReferenceKind.CI_SECRET, inner["name"])
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
    if re.fullmatch(r"\d+|true|false", text):
        return Literal(SecretText(text))
    found = _CONTEXT.fullmatch(text)
    if found is not None:
        kind = dict(dialect.contexts).get(found["context"])
        if kind is not None:
            return Reference(kind, found["name"] or found["quoted"])
    return _one_of(text, dialect) or Unknown("expression", text)


def _one_of(text: str, dialect: Dialect) -> Reference | None:
    """`secrets[env.NAME] || secrets.OTHER`: one of several of a kind, by the last name; None for anything else."""
    found = [_CHOSEN.fullmatch(one.strip()) or _CONTEXT.fullmatch(one.strip()) for one in text.split("||")]
    kinds = {dict(dialect.contexts).get(one["context"]) if one else None for one in found}
    kind, last = kinds.pop(), found[-1]
    if kinds or kind is not ReferenceKind.CI_SECRET or last is None:
        return None
    return Reference(kind, next(name for name in last.groups()[1:] if name))


def context_name(text: str) -> tuple[str, str] | None:
    """Give context and name of a text that is one expression, `${{ matrix.seconds }}`; None for anything else."""
    whole = _GITHUB.fullmatch(text)
    found = _CONTEXT.fullmatch(whole["inner"].strip()) if whole is not None else None
    return (found["context"], found["name"] or found["quoted"]) if found is not None else None


def step_output(origin: Origin, dialect: Dialect) -> tuple[str, str] | None:
    """Give (step, output) of an origin that names an output of a step, ("", name) of a value that one sets, or None.

    The output of a job that is needed has the name of that job behind a colon, which no step has.
    """
    if isinstance(origin, Reference) and origin.kind is ReferenceKind.TEMPLATE_VALUE and dialect.step_output:
        return "", origin.name
    if not isinstance(origin, Unknown) or not origin.identity or not dialect.step_output:
        return None
    found = _fitting(dialect.step_output, origin.identity)
    if found is None and dialect.job_output:
        needed = _fitting(dialect.job_output, origin.identity)
        return None if needed is None else (job_key(needed[0]), needed[1])
    return found


def job_key(name: str) -> str:
    """Give what stands for a job where steps are looked up by their names."""
    return f":{name}"


def _fitting(form: str, text: str) -> tuple[str, str] | None:
    found = re.fullmatch(re.escape(form).replace(r"\*", r"([\w\-]+)"), text)
    return (found[1], found[2]) if found else None


def _host_origin(text: str) -> Origin:
    if "$" not in text.replace("$$", ""):
        return Literal(SecretText(text.replace("$$", "$")))
    whole = _HOST.fullmatch(text)
    if whole is None:
        return Unknown("text with a variable of the host", text)
    if (whole["operator"] or "").endswith(("-", "+")) and whole["default"]:
        return Unknown("variable of the host with a default", text)
    blank = BLANK_DEFAULT if (whole["operator"] or "").endswith("-") else ""
    return Reference(ReferenceKind.HOST_VARIABLE, whole["bare"] or whole["name"], blank)


def host_variable(origin: Origin) -> str | None:
    """Give the variable of the host that an origin takes its value from, where it is there; None for other origins."""
    if isinstance(origin, Reference):
        return origin.name if origin.kind is ReferenceKind.HOST_VARIABLE else None
    whole = _HOST.fullmatch(origin.identity) if isinstance(origin, Unknown) else None
    return whole["name"] if whole is not None and (whole["operator"] or "").endswith("-") else None


def process_name(name: str) -> str:
    """Give the name under which a process finds a variable of a platform that changes names: `my.name` as MY_NAME."""
    return re.sub(r"[. \-]", "_", name).upper()


def _shell_origin(text: str) -> Origin:
    """`$NAME` and `${NAME}`: another variable, wherever that comes from."""
    whole = _HOST.fullmatch(text)
    if whole is None or whole["operator"] or whole["default"]:
        return Unknown("text with a variable", text)
    return Reference(ReferenceKind.ENVIRONMENT, whole["bare"] or whole["name"])


def _macro_origin(text: str, dialect: Dialect) -> Origin:
    """`$(name)`, `$[variables.name]` and `${{ variables.name }}`."""
    macro = _CONTAINER.fullmatch(text)
    if macro is not None:
        return Reference(ReferenceKind.ENVIRONMENT, process_name(macro["name"]), macro["name"])
    runtime = _RUNTIME.fullmatch(text) or _GITHUB.fullmatch(text)
    found = expression_origin(runtime["inner"], dialect) if runtime else Unknown("text with an expression", text)
    if isinstance(found, Reference) and found.kind is ReferenceKind.ENVIRONMENT:
        return Reference(found.kind, process_name(found.name), found.name)
    return found
