"""Names of variables that are almost those of a credential part: one word off, words in another order, a slip in one.

Edit distance alone misses AWS_SECRET_KEY_ID and takes names of other clouds for AWS's, so that words are compared.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Collection, Iterable

from credlint.catalogue.types import Catalogue, Family
from credlint.model.patterns import pattern
from credlint.model.values import PARTS, Role

_SLIPS = 2
_LONG_WORD = 5
"""A word of fewer letters is another word when two of them differ."""
_OPEN_END = pattern(r"S?\d*$")


def meant_role(name: str, family: Family, known: Collection[str]) -> Role | None:
    """Give the part that a variable is meant to hold whose name is almost that of the family; None for any other.

    `known` are the names that somebody reads.
    """
    if not family.vendor or not name.startswith(f"{family.vendor}_") or name in known:
        return None
    words = name[len(family.vendor) + 1 :].split("_")
    rights = {role: _words(family, role) for role in PARTS}
    vocabulary = {word for groups in rights.values() for right in groups for word in right}
    for role in (Role.SECRET, Role.TOKEN, Role.KEY_ID):
        own = _marks(role, rights)
        foreign = set().union(*(_marks(other, rights) for other in PARTS if other is not role))
        for right in rights[role]:
            if own <= set(words) and not (foreign & set(words)) and _one_word_off(words, right, vocabulary):
                return role
            if _slip(words, right):
                return role
    return None


def almost_names(names: Iterable[str], catalogue: Catalogue) -> set[str]:
    """Give those of some names that are almost a variable's."""
    begin = [name for name in names if name.startswith(catalogue.vendors)]
    if not begin:
        return set()
    known = {*catalogue.variables, *catalogue.other_variables}
    return {name for name in begin if any(meant_role(name, family, known) for family in catalogue.families)}


def _words(family: Family, role: Role) -> list[list[str]]:
    return [name[len(family.vendor) + 1 :].split("_") for name in family.names(role) if name.startswith(family.vendor)]


def _marks(role: Role, rights: dict[Role, list[list[str]]]) -> set[str]:
    """Give the words by which a part is told from the others: SECRET, TOKEN; the key id is what lacks both."""
    if role is Role.KEY_ID:
        return set()
    others = {word for other in PARTS if other is not role for right in rights[other] for word in right}
    return {word for right in rights[role] for word in right} - others - _shared(rights)


def _shared(rights: dict[Role, list[list[str]]]) -> set[str]:
    """The first word of a token's name (SESSION, SECURITY) says less than the last."""
    return {word for right in rights[Role.TOKEN] for word in right[:-1]}


def _one_word_off(words: list[str], right: list[str], vocabulary: set[str]) -> bool:
    """Tell whether the words are those of the right name in another order, or one of them is lacking or another."""
    more, less = Counter(words) - Counter(right), Counter(right) - Counter(words)
    if not more:
        return less.total() <= 1 or "".join(words) == "".join(right)
    return more.total() == less.total() == 1 and set(more) <= vocabulary


def _slip(words: list[str], right: list[str]) -> bool:
    """Tell whether one word has a slip of the pen, or underscores are left out; a plural or a number is no slip."""
    if "".join(words) == "".join(right):
        return True
    pairs = [(word, other) for word, other in zip(words, right, strict=False) if word != other]
    if len(words) != len(right) or len(pairs) != 1:
        return False
    word, other = pairs[0]
    if _OPEN_END.sub("", word) == _OPEN_END.sub("", other):
        return False
    return len(other) >= _LONG_WORD and _distance(word, other) <= _SLIPS


@functools.cache
def _distance(one: str, other: str) -> int:
    """Give the number of letters to insert, delete or replace."""
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, target in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (letter != target))
    return row[-1]
