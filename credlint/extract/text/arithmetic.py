"""Whole numbers that a shell works out: `$((10 * 60))`, `$(( MINUTES * 60 ))`."""

from __future__ import annotations

from collections.abc import Callable

from credlint.model.patterns import pattern

_TOKEN = pattern(r"\s*(?:(\d{1,12})|\$?\{?([A-Za-z_]\w*)\}?|([-+*/%()]))")
_MAXIMUM_TOKENS = 60


def work_out(text: str, value_of: Callable[[str], int | None]) -> int | None:
    """Give the number that an expression comes to; None for what is not known or no plain sum.

    `value_of` gives the number that a variable holds, or None.
    """
    tokens = _tokens(text, value_of)
    if not tokens:
        return None
    reader = _Reader(tokens)
    number = reader.sum()
    return number if reader.at == len(tokens) else None


def _tokens(text: str, value_of: Callable[[str], int | None]) -> list[int | str] | None:
    tokens: list[int | str] = []
    at, text = 0, text.strip()
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None or len(tokens) == _MAXIMUM_TOKENS:
            return None
        number = int(found[1]) if found[1] else value_of(found[2]) if found[2] else None
        if number is None and not found[3]:
            return None
        tokens.append(found[3] if number is None else number)
        at = found.end()
    return tokens


class _Reader:
    """Sums of products of numbers and what stands in parentheses."""

    def __init__(self, tokens: list[int | str]) -> None:
        self._tokens = tokens
        self.at = 0

    def sum(self) -> int | None:
        total = self._product()
        while total is not None and (sign := self._next("+", "-")):
            other = self._product()
            if other is None:
                return None
            total = total + other if sign == "+" else total - other
        return total

    def _product(self) -> int | None:
        total = self._factor()
        while total is not None and (sign := self._next("*", "/", "%")):
            other = self._factor()
            if other is None or (other == 0 and sign != "*"):
                return None
            total = total * other if sign == "*" else total // other if sign == "/" else total % other
        return total

    def _factor(self) -> int | None:
        if self._next("("):
            inside = self.sum()
            return inside if self._next(")") else None
        token = self._tokens[self.at] if self.at < len(self._tokens) else ""
        self.at += 1
        return token if isinstance(token, int) else None

    def _next(self, *signs: str) -> str | None:
        token = self._tokens[self.at] if self.at < len(self._tokens) else None
        if isinstance(token, str) and token in signs:
            self.at += 1
            return token
        return None
