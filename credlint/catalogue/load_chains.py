"""The YAML of rules/chains as Chains; what it does not know is an error."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from credlint.catalogue.chains import Chain, chain_entry
from credlint.catalogue.entry_fields import exactly
from credlint.catalogue.load import rules_folder

if TYPE_CHECKING:
    from credlint.catalogue.yamlfile import Entry


@functools.cache
def load_chains() -> dict[str, Chain]:
    """Give the chain of each SDK by its short name, read when somebody asks: most runs do not.

    Raises FatalError with file:line:key for what is not as it should be.
    """
    from credlint.catalogue.yamlfile import read_documents

    found: dict[str, Chain] = {}
    for path in sorted((rules_folder() / "chains").glob("*.yaml")):
        for chain in chain_document(next(read_documents(path, f"rules/chains/{path.name}"))):
            found[chain.sdk] = chain
    return found


def chain_document(document: Entry) -> tuple[Chain, ...]:
    """Read one document of rules/chains."""
    return tuple(chain_entry(item) for item in exactly(document, "schema", "chains")["chains"].items())
