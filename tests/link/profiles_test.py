"""Units of profiles."""

from __future__ import annotations

from credlint.catalogue.load import load_catalogue
from credlint.link.profiles import profile_units
from credlint.model.facts import FileFacts, Language
from credlint.model.profiles import ProfileFaultKind, ProfileSection, ProfileSetting, ProfileText
from tests.checks.build import at


def test_a_text_with_its_faults() -> None:
    role = ProfileSetting("role_arn", "arn:aws:iam::111122223333:role/upload", at(2))
    text = ProfileText(None, (ProfileSection("upload", at(1), (role,)),), False, ("a",))
    (unit,) = profile_units([FileFacts("a.py", Language.PYTHON, (1,), profiles=(text,))], load_catalogue())
    assert unit.text is text
    assert [fault.kind for fault in unit.faults] == [ProfileFaultKind.ROLE_WITHOUT_SOURCE]
