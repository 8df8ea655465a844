"""access-key-account-mismatch: a key id, and what stands beside it about its account, name different accounts."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.checks.words import source_words
from credlint.credentials.account import account_of_arn
from credlint.model.facts import Setting
from credlint.model.finding import Confidence, Draft
from credlint.model.records import replace
from credlint.model.units import ClientUnit, RequestUnit
from credlint.model.values import CredentialSet, Step, compatible

_DEVICE, _ACCOUNT = "serial", "account"


def check_request(unit: RequestUnit) -> Iterator[Draft]:
    """Draft a finding for an MFA device of another account than the key that it proves: both are of one user."""
    for field in unit.request.fields:
        if field.role == _DEVICE and field.plain is not None:
            stated = account_of_arn(field.plain)
            drafts = _drafts("mfa-device", "the MFA device", field, stated, unit.request.caller, unit.accounts)
            yield from (replace(draft, calls=unit.request.calls) for draft in drafts)


def check_client(unit: ClientUnit) -> Iterator[Draft]:
    """Draft a finding for an account, or an MFA device, that is stated for a key of another account."""
    credentials, accounts = unit.client.credentials, unit.accounts
    for setting in unit.client.settings:
        drafts: Iterator[Draft] = iter(())
        if setting.role == _ACCOUNT:
            drafts = _drafts("stated-account", setting.name, setting, setting.plain, credentials, accounts)
        elif setting.role == _DEVICE and setting.plain is not None:
            stated = account_of_arn(setting.plain)
            drafts = _drafts("mfa-device", "the MFA device", setting, stated, credentials, accounts)
        yield from (replace(draft, calls=unit.client.calls) for draft in drafts)


def _drafts(
    case: str,
    what: str,
    setting: Setting,
    stated: str | None,
    credentials: CredentialSet,
    accounts: tuple[str | None, ...],
) -> Iterator[Draft]:
    """Draft one finding where some key that can stand beside a setting is of another account."""
    pairs = [
        (alternative, account)
        for alternative, account in zip(credentials.alternatives, accounts, strict=False)
        if compatible(alternative.branches, setting.branches)
    ]
    wrong = [(alternative, account) for alternative, account in pairs if account not in {None, stated}]
    if stated is None or setting.location is None or not wrong:
        return
    alternative, account = wrong[0]
    place = alternative.key_id.written or alternative.key_id.location
    yield Draft(
        case=case,
        message=f"{what} is of account {stated}, {source_words(alternative.key_id.origin)} of account {account}",
        location=setting.location,
        subject=setting.location,
        certainty=Confidence.HIGH if len(wrong) == len(pairs) else Confidence.MEDIUM,
        related=(Step(place, "the key id that carries the other account"),) if place else (),
    )
