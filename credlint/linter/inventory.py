"""The key ids of the files of a run, gathered for `credlint keys`."""

from __future__ import annotations

from credlint.catalogue.grammar import KeyGrammar
from credlint.catalogue.load import load_providers
from credlint.credentials.account import account_of_key
from credlint.credentials.grammar import key_grammar
from credlint.link.literals import literal_units
from credlint.linter.files import Files
from credlint.linter.gather import Gathered, RunRequest, gather
from credlint.linter.project import Disk
from credlint.model.facts import LiteralContext
from credlint.model.inventory import Inventory, InventoryKey, KeyPlace
from credlint.model.problem import Problem
from credlint.model.records import dataclass, field
from credlint.model.secret import SecretText
from credlint.model.sinks import EndpointKind
from credlint.model.span import Page, Region
from credlint.model.units import LiteralForm, LiteralUnit
from credlint.model.values import Cloud, Role

_DAMAGED = frozenset({LiteralForm.STRAY_CHARACTER, LiteralForm.ENCODED_NEWLINE})


@dataclass(slots=True)
class _Found:
    """A key while its places are gathered. `own` tells that it is used with the cloud whose form it has."""

    form: KeyGrammar
    text: SecretText
    own: bool = False
    places: dict[Region, KeyPlace] = field(default_factory=dict)


def inventory(request: RunRequest) -> Inventory:
    """List the key ids of the files that are asked for; raises FatalError for a broken configuration or rule data."""
    gathered = gather(request)
    problems = list(gathered.problems)
    keys = _keys(request, gathered, problems) if gathered.relevant else ()
    return Inventory(
        keys=tuple(sorted(keys, key=lambda key: _order(key.places[0]))),
        problems=tuple(sorted(set(problems), key=Problem.sort_key)),
        files=len(gathered.sources),
        not_read=gathered.not_read,
    )


def _keys(request: RunRequest, gathered: Gathered, problems: list[Problem]) -> tuple[InventoryKey, ...]:
    files = Files(Disk(dict([request.stdin]) if request.stdin else {}))
    asked = {source.path for source in gathered.sources}
    found: dict[SecretText, _Found] = {}
    for file in files.read(gathered.relevant):
        problems.extend(file.facts.problems)
        for unit in literal_units(file.facts, load_providers()):
            region = files.region(unit.literal.location)
            place = None if region is None or region.path not in asked else _place(unit, file.shown(region))
            if place is not None:
                _take(found, unit, place)
    return tuple(_key(one) for one in found.values())


def _take(found: dict[SecretText, _Found], unit: LiteralUnit, place: KeyPlace) -> None:
    bare = unit.literal.text.reveal().strip().strip("\"'")
    form = key_grammar(bare, load_providers().grammar)
    if form is None:
        return
    text = SecretText(bare, key_id=True)
    key = found.setdefault(text, _Found(form, text))
    key.own = key.own or unit.literal.cloud is form.cloud
    key.places.setdefault(place.region, place)


def _place(unit: LiteralUnit, region: Region) -> KeyPlace | None:
    """Give the place of a key id that may be a live one; None for a stand-in, a word, another part."""
    literal = unit.literal
    in_prose = literal.context is LiteralContext.COMMENT
    wanted = unit.form is LiteralForm.REAL or (unit.form is LiteralForm.UNUSUAL and not in_prose)
    if literal.role is not Role.KEY_ID or not (wanted or unit.form in _DAMAGED):
        return None
    notes = (
        ("in a comment or a longer text", in_prose),
        ("in a test", literal.test_context),
        ("as base64", literal.encoded),
        ("among other characters", unit.form in _DAMAGED),
        ("for a local stand-in of the cloud", literal.endpoint is EndpointKind.LOCAL),
        ("for another S3 service", literal.cloud is Cloud.S3_COMPATIBLE),
    )
    told = tuple(words for words, holds in notes if holds)
    return KeyPlace(region, told, literal.test_context, literal.encoded)


def _key(found: _Found) -> InventoryKey:
    decodes = found.own and found.form.cloud is Cloud.AWS
    return InventoryKey(
        kind=found.form.title,
        cloud=found.form.cloud,
        lifetime=found.form.lifetime,
        ends=found.text.hint,
        account=account_of_key(found.text.reveal()) if decodes else None,
        places=tuple(sorted(found.places.values(), key=_order)),
    )


def _order(place: KeyPlace) -> tuple[Page, int, int]:
    return place.region.page, place.region.line, place.region.column
