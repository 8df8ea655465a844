"""Statements of Python 2 and of templates as Python 3 that means the same, every name at its old line and column.

It works on one logical line, and leaves alone what it does not know: whoever calls it tries to parse the answer.
"""

from __future__ import annotations

import re

from credlint.model.patterns import pattern

# Strings, closed or not, and comments: everything in which signs mean nothing.
_QUIET = pattern(
    r"""
    '''(?:\\.|(?!''').)*(?:''')? | \"{3}(?:\\.|(?!\"{3}).)*(?:\"{3})? | '(?:\\.|[^'\\\n])*'? | "(?:\\.|[^"\\\n])*"?
    | \#[^\n]*
    """,
    re.VERBOSE | re.DOTALL,
)
_PRINT = pattern(r"(?:^|[:;])[ \t]*print(?=[ \t>])")
# print >>sys.stderr, "text"
_STREAM = pattern(r"[ \t]*>>[ \t]*(?P<stream>[\w.]+)[ \t]*,?")
_STANDARD = pattern(r"sys\s*\.\s*(?:stdout|stderr)")
_HANDLER = pattern(r"^([ \t]*except\b[^\n]+?),[ \t]*(\w+[ \t]*:)")
_RAISE = pattern(r"(?P<head>(?:^|[:;])[ \t]*raise[ \t]+[\w.]+[ \t]*),")
_OCTAL = pattern(r"(?<![\w.])0(?=[0-7]+\b(?!\.))")
_LONG = pattern(r"(?<![\w.])(\d+|0[xX][0-9a-fA-F]+)[lL]\b")
_UNICODE_RAW = pattern(r"(?<!\w)[uU](?=[rR][\"'])")
_TEMPLATE = pattern(r"\{\{[^{}\n]*\}\}|\{[%#][^\n]*?[%#]\}")


def modernise(text: str) -> str:
    """Give a logical line (its physical ones joined by line feeds) with what Python 3 lacks written anew."""
    text = _TEMPLATE.sub(_filled, text) if "{{" in text or "{%" in text else text
    text = _on_code(_UNICODE_RAW, " ", text)
    text = _on_code(_OCTAL, "_", text)
    text = _on_code(_LONG, r"\1 ", text)
    text = _on_code(re.compile("<>"), "!=", text)
    text = _on_code(_HANDLER, r"\1 as \2", text)
    return _printed(_raised(text))


def _filled(mark: re.Match[str]) -> str:
    """A value of a template is a name that nobody knows; its control statements are nothing."""
    return ("x" if mark[0].startswith("{{") else " ") * len(mark[0])


def quiet(text: str) -> str:
    """Give the text with strings under `"` and comments under `#`, of equal length; line ends stay."""
    return _QUIET.sub(lambda found: re.sub(r"[^\n]", found[0][0].replace("'", '"'), found[0]), text)


def _on_code(pattern: re.Pattern[str], replacement: str, text: str) -> str:
    """Replace what a pattern finds outside of strings and comments."""
    for found in reversed(list(pattern.finditer(quiet(text)))):
        text = text[: found.start()] + found.expand(replacement) + text[found.end() :]
    return text


def _raised(text: str) -> str:
    """`raise E, "message"`: the exception stays, what it is made with goes."""
    hidden = quiet(text)
    for found in reversed(list(_RAISE.finditer(hidden))):
        end = _end(hidden, found.end())
        text = text[: found.end() - 1] + re.sub(r"[^\n]", " ", text[found.end() - 1 : end]) + text[end:]
    return text


def _printed(text: str) -> str:
    """`print a, b` becomes a call: the parenthesis takes the place of a blank."""
    for found in reversed(list(_PRINT.finditer(quiet(text)))):
        text = _print(text, found.end())
    return text


def _print(text: str, start: int) -> str:
    """Rewrite the print statement whose word ends at `start`."""
    hidden = quiet(text)
    end = _end(hidden, start)
    rest = hidden[start:end].strip()
    if not rest or _depth(hidden[:start]) or _is_call(rest):
        return text
    stream = _STREAM.match(hidden, start)
    if stream is not None:
        if not _STANDARD.fullmatch(stream["stream"]):
            # into a file: nothing is shown
            return text[: start - len("print")] + "pass " + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]
        text = text[:start] + " " * (stream.end() - start) + text[stream.end() :]
    behind = text[end:]
    if behind.startswith((" ", "\t")):
        behind = behind[1:]
    elif behind.startswith("; "):
        behind = ";" + behind[2:]
    return f"{text[:start]}({text[start + 1 : end]}){behind}"


def _end(hidden: str, start: int) -> int:
    """Give where a simple statement ends: at a semicolon, a comment, or the end of the logical line."""
    depth = 0
    for position in range(start, len(hidden)):
        sign = hidden[position]
        if sign in "([{":
            depth += 1
        elif sign in ")]}":
            depth -= 1
        elif depth <= 0 and sign in ";#":
            return len(hidden[:position].rstrip())
    return len(hidden.rstrip())


def _depth(hidden: str) -> int:
    return sum(hidden.count(sign) for sign in "([{") - sum(hidden.count(sign) for sign in ")]}")


def _is_call(rest: str) -> bool:
    """Tell whether one pair of parentheses holds all that is printed: a call in Python 3 as it stands."""
    depth = 0
    for position, sign in enumerate(rest):
        depth += (sign in "([{") - (sign in ")]}")
        if not depth:
            return sign == ")" and position == len(rest) - 1
    return False
