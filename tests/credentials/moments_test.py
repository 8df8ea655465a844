"""Moments, and whether they are over."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from credlint.credentials.moments import is_past

NOW = datetime(2026, 5, 1, 12, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    "text", ["2024-01-01T00:00:00Z", "2026-05-01T11:59:59+00:00", "2026-05-01T11:00:00", "2026-05-01T13:00:00+02:00 "]
)
def test_what_is_over(text: str) -> None:
    assert is_past(text, NOW)


@pytest.mark.parametrize("text", ["", "soon", "2026-05-01T12:00:01z", "2999-01-01", "1714557600", "${EXPIRATION}"])
def test_what_is_to_come_or_says_nothing(text: str) -> None:
    assert not is_past(text, NOW)
