"""How text from users' files is shown on a terminal: nothing that controls it, and every character's width known."""

from __future__ import annotations

from enum import Enum

TAB_STOP = 4

# The Hangul vowels and final consonants that join the syllable before them; their own width is none.
_JOINING_JAMO = range(0x1160, 0x1200)


class Style(Enum):
    """The ways text is set off, as parameters of the terminal's SGR sequence (ECMA-48 §8.3.117)."""

    ERROR = "1;31"
    WARNING = "1;33"
    NOTE = "1;36"
    FRAME = "1;34"
    STRONG = "1"


def paint(text: str, style: Style, *, color: bool) -> str:
    """Give the text in a style, or as it is when colour is off or there is nothing to paint."""
    return f"\x1b[{style.value}m{text}\x1b[0m" if color and text else text


def visible(text: str) -> str:
    """Give the text with every character that a terminal would act on replaced by one that shows it.

    C0 controls become their pictures (U+2400 and on), C1 and format controls, separators and surrogates `<U+202E>`.
    """
    if text.isprintable():
        return text
    return "".join(map(_visible_character, text))


def one_line(text: str) -> str:
    """Give the text on one line, every run of white space a single space."""
    return " ".join(text.split())


def lay_out(text: str) -> tuple[list[str], list[int]]:
    """Give what is shown for each code point, and the display column at which each begins; the last is the width."""
    cells: list[str] = []
    edges = [0]
    for character in text:
        cell = " " * (TAB_STOP - edges[-1] % TAB_STOP) if character == "\t" else _visible_character(character)
        cells.append(cell)
        edges.append(edges[-1] + display_width(cell))
    return cells, edges


def display_width(text: str) -> int:
    """Give the number of terminal columns of visible text: wide characters take two, combining ones none.

    Widths are those of Unicode Standard Annex 11 (https://www.unicode.org/reports/tr11/), ambiguous ones narrow.
    """
    if text.isascii():
        return len(text)
    from unicodedata import category, east_asian_width

    width = 0
    for character in text:
        if category(character) in ("Mn", "Me") or ord(character) in _JOINING_JAMO:
            continue
        width += 2 if east_asian_width(character) in ("W", "F") else 1
    return width


def _visible_character(character: str) -> str:
    if " " <= character < "\x7f":
        return character
    if character < " ":
        return chr(0x2400 + ord(character))
    if character == "\x7f":
        return "\u2421"
    from unicodedata import category

    return f"<U+{ord(character):04X}>" if category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") else character
