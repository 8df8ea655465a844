"""key-inventory: every key id that stands in the tree, to be compared with what the console says about it."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.model.facts import LiteralContext
from credlint.model.finding import Draft
from credlint.model.sinks import EndpointKind
from credlint.model.units import LiteralForm, LiteralUnit
from credlint.model.values import Cloud, Lifetime, Role

_CLOUDS = {Cloud.AWS: "AWS", Cloud.ALIBABA: "Alibaba Cloud", Cloud.S3_COMPATIBLE: "the form of AWS"}


def check(unit: LiteralUnit) -> Iterator[Draft]:
    """Draft a line of the inventory for a key id; stand-ins, and keys of a stand-in of the cloud, are none."""
    literal = unit.literal
    if literal.role is not Role.KEY_ID or literal.endpoint is EndpointKind.LOCAL:
        return
    in_prose = literal.context is LiteralContext.COMMENT
    if unit.form is not LiteralForm.REAL and (unit.form is not LiteralForm.UNUSUAL or in_prose):
        return
    kind = "temporary" if unit.lifetime is Lifetime.TEMPORARY else "long-lived"
    account = f", of account {unit.account}" if unit.account else ""
    place = ", in a test" if literal.test_context else ""
    ends = f" that ends in {literal.text.hint}" if literal.text.hint else ""
    message = f"{kind} key id of {_CLOUDS[literal.cloud]}{ends}{account}{place}"
    yield Draft("key-id", message, literal.location, literal.location)
