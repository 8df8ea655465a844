"""Literal text that may be a secret, held so that it cannot be shown, stored or logged by accident."""

from __future__ import annotations


class SecretText:
    """A literal in a credential slot or of key grammar.

    Two of them compare by their text while in memory. repr, str, format, JSON and pickle give length and, for a key id,
    the last four characters: never the text.
    """

    __slots__ = ("_key_id", "_text")

    def __init__(self, text: str, *, key_id: bool = False) -> None:
        self._text = text
        self._key_id = key_id

    def reveal(self) -> str:
        """Give the text itself, for grammar tests and for covering source lines; never for output."""
        return self._text

    @property
    def hint(self) -> str:
        """The last four characters of a key id of 16 or more characters, else the empty string."""
        return self._text[-4:] if self._key_id and len(self._text) >= 16 else ""

    def __len__(self) -> int:
        return len(self._text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SecretText) and other._text == self._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __repr__(self) -> str:
        tail = f", ends {self.hint}" if self.hint else ""
        return f"SecretText(length {len(self._text)}{tail})"

    __str__ = __repr__

    def __reduce__(self) -> tuple[type[RedactedText], tuple[int, str]]:
        return RedactedText, (len(self._text), self.hint)


class RedactedText:
    """What a SecretText becomes when it leaves the process: its length and hint."""

    __slots__ = ("hint", "length")

    def __init__(self, length: int, hint: str) -> None:
        self.length = length
        self.hint = hint

    def __repr__(self) -> str:
        tail = f", ends {self.hint}" if self.hint else ""
        return f"SecretText(length {self.length}{tail})"
