"""Parts of credentials that stand alone in the environment of a process to which nothing else brings any."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from credlint.catalogue.types import Catalogue, Family
from credlint.credentials.grammar import is_placeholder
from credlint.credentials.spelling import meant_role
from credlint.model.environments import Variable
from credlint.model.project import Settings
from credlint.model.sinks import Handling
from credlint.model.units import Half
from credlint.model.values import PARTS, Literal, Role

_QUOTES = "\"'"


def halves(variables: Sequence[Variable], places: Sequence[frozenset[str]], catalogue: Catalogue) -> Iterator[Half]:
    """Give the secrets and tokens without a key id, and the key ids that an object of the run brings without a secret.

    `places` are the names that the document of the process gives: a key id there is a sink of its own.
    """
    for family in catalogue.families:
        own = [one for one in variables if one.family == family.name and one.role in PARTS]
        roles = {one.role for one in own}
        lead = next((role for role in PARTS if role in roles), None)
        handling = _handling(family, lead)
        if lead is None or handling is None or {Role.KEY_ID, Role.SECRET} <= roles:
            continue
        missing = tuple(role for role in (Role.KEY_ID, Role.SECRET) if role not in roles)
        if _has_other(variables, family, missing, catalogue):
            continue
        for one in own:
            seen = lead is Role.KEY_ID and any(one.name in names for names in places)
            if one.role is lead and not seen and _is_given(one, lead, catalogue):
                yield Half(one, missing, handling)


def _is_given(variable: Variable, role: Role, catalogue: Catalogue) -> bool:
    """Tell whether a variable surely holds a part, and no stand-in of one."""
    if isinstance(variable.value, Literal):
        text = variable.value.text.reveal().strip(_QUOTES)
        return bool(text) and not is_placeholder(text, catalogue.grammar, Settings())
    return variable.part(role).is_given()


def _handling(family: Family, role: Role | None) -> Handling | None:
    known = family.incomplete
    return {Role.KEY_ID: known.key_id, Role.SECRET: known.secret, Role.TOKEN: known.token}.get(role) if role else None


def _has_other(variables: Sequence[Variable], family: Family, missing: Sequence[Role], catalogue: Catalogue) -> bool:
    """Tell whether what is missing stands there under another name, one of another SDK or a slip."""
    known = {*catalogue.variables, *catalogue.other_variables}
    for one in variables:
        slot = catalogue.slot_names.get(one.name.lower())
        if one.role in missing or meant_role(one.name, family, known) in missing or (slot and slot[0] in missing):
            return True
    return False
