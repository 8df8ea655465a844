"""The inventory of key ids as text, JSON or a table of Markdown."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import credlint
from credlint.model.inventory import Inventory, InventoryKey, KeyPlace
from credlint.report.json_parts import problem_json, region_json
from credlint.report.pages import position
from credlint.report.shapes import Json
from credlint.report.summary import count_words, not_read_words, problem_words
from credlint.report.tables import code, markdown_table
from credlint.report.text import visible


def render_keys(inventory: Inventory, output_format: str) -> str:
    """Give the inventory in one of the formats text, json, markdown; no more of a key than its last four characters."""
    return _FORMATS[output_format](inventory)


def _text(inventory: Inventory) -> str:
    lines = [line for key in inventory.keys for line in _block(key)]
    return "".join(f"{line}\n" for line in [*lines, _last_line(inventory)])


def _block(key: InventoryKey) -> Iterator[str]:
    account = f", account {key.account}" if key.account else ""
    ends = f" that ends in {key.ends}" if key.ends else ""
    yield f"{key.kind}{ends}{account}"
    for place in key.places:
        yield f"    {visible(position(place.region))}{_notes(place)}"
    yield ""


def _notes(place: KeyPlace) -> str:
    return f" ({', '.join(place.notes)})" if place.notes else ""


def _last_line(inventory: Inventory) -> str:
    places = sum(len(key.places) for key in inventory.keys)
    files = count_words(inventory.files, "file")
    if inventory.keys:
        found = f"{count_words(len(inventory.keys), 'key id')} in {count_words(places, 'place')} of {files}"
    else:
        found = f"No key ids in {files}" if inventory.files else "No files looked at"
    return "; ".join([found, *problem_words(inventory.problems), *not_read_words(inventory.not_read)])


def _markdown(inventory: Inventory) -> str:
    rows = [
        (key.kind, key.ends, key.account or "", code(visible(position(place.region))) + _notes(place))
        for key in inventory.keys
        for place in key.places
    ]
    table = markdown_table(("key", "ends in", "account", "place"), rows)
    return f"{table}\n{_last_line(inventory)}\n" if rows else f"{_last_line(inventory)}\n"


def _json(inventory: Inventory) -> str:
    document: Json = {
        "schema": 1,
        "tool": {"name": "credlint", "version": credlint.__version__},
        "keys": [_key_json(key) for key in inventory.keys],
        "problems": [problem_json(problem) for problem in inventory.problems],
        "files": inventory.files,
    }
    return json.dumps(document, indent=2) + "\n"


def _key_json(key: InventoryKey) -> Json:
    return {
        "kind": key.kind,
        "cloud": key.cloud.value,
        "lifetime": key.lifetime.value,
        "ends": key.ends,
        "account": key.account,
        "places": [
            {**region_json(place.region), "test": place.test, "encoded": place.encoded, "notes": list(place.notes)}
            for place in key.places
        ],
    }


_FORMATS: dict[str, Callable[[Inventory], str]] = {"text": _text, "json": _json, "markdown": _markdown}
