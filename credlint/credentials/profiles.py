"""What is wrong with the profiles of a credentials or config file, told from its text alone.

Measured with botocore 1.43 and alibabacloud-credentials 1.0.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from credlint.catalogue.types import ProfileForm
from credlint.model.profiles import ProfileFault, ProfileFaultKind, ProfileSection, ProfileSetting, ProfileText
from credlint.model.span import Location
from credlint.model.values import Cloud, Role

_MAXIMUM_CHAIN = 20


def faults(text: ProfileText, forms: Sequence[ProfileForm]) -> Iterator[ProfileFault]:
    """Give every fault of the profiles in a text; what the text does not show is no fault."""
    for form in forms:
        profiles = {name: one for one in text.sections if (name := _name(one, text, form)) is not None}
        for section in text.sections:
            if form.role and not any(_get(section, other.type) for other in forms):
                yield from _role_faults(section, text, form, profiles)
                yield from _header_faults(section, text, form)
                yield from _part_faults(section)
            if form.types:
                yield from _type_faults(section, form)


def _get(section: ProfileSection, name: str) -> ProfileSetting | None:
    """Give the last setting of a name, whatever its case: configparser takes them all for one."""
    found = [one for one in section.settings if one.name.lower() == name]
    return found[-1] if found and name else None


def _by_role(section: ProfileSection, role: Role) -> ProfileSetting | None:
    return next((one for one in section.settings if one.role is role), None)


def _name(section: ProfileSection, text: ProfileText, form: ProfileForm) -> str | None:
    """Give the name of the profile that a section is; where the file is not known, with or without the prefix."""
    if section.name is None:
        return None
    bare = section.name.removeprefix(form.prefix)
    if text.file in form.prefixed and bare == section.name and bare != form.default:
        return None
    return bare.strip()


def _role_faults(
    section: ProfileSection, text: ProfileText, form: ProfileForm, profiles: dict[str, ProfileSection]
) -> Iterator[ProfileFault]:
    """Tell of a profile with a role: what signs its request must be named once, exist, and lead to an end."""
    role, web = _get(section, form.role), _get(section, form.web_identity)
    if role is None:
        return
    duration = _get(section, form.duration)
    if web is not None:
        if duration is not None:
            yield ProfileFault(
                ProfileFaultKind.IGNORED_DURATION,
                f"{form.duration} is not sent for a profile with {form.web_identity}: the session lives an hour",
                duration.location,
                web.location,
            )
        return
    source, credential = _get(section, form.source_profile), _get(section, form.credential_source)
    if source is None and credential is None and not section.open:
        yield ProfileFault(
            ProfileFaultKind.ROLE_WITHOUT_SOURCE,
            f"{form.role} stands without {form.source_profile} and {form.credential_source}: nothing signs the request",
            role.location,
        )
    if source is not None and credential is not None:
        yield ProfileFault(
            ProfileFaultKind.ROLE_WITH_TWO_SOURCES,
            f"{form.source_profile} and {form.credential_source} stand in one profile, which botocore rejects",
            credential.location,
            source.location,
        )
    if credential is not None:
        yield from _source_faults(credential, form)
    if source is not None and source.text is not None:
        yield from _profile_faults(section, source, text, form, profiles)


def _source_faults(credential: ProfileSetting, form: ProfileForm) -> Iterator[ProfileFault]:
    value = credential.text
    if value is None or value in form.sources:
        return
    right = next((one for one in form.sources if one.lower() == value.lower()), None)
    if right is not None:
        message = f"{form.credential_source} {value} is not known: it is written {right}"
        yield ProfileFault(ProfileFaultKind.WRONG_CASE, message, credential.location)
    else:
        message = f"{form.credential_source} {value} is not known: there are {', '.join(form.sources)}"
        yield ProfileFault(ProfileFaultKind.UNKNOWN_CREDENTIAL_SOURCE, message, credential.location)


def _profile_faults(
    section: ProfileSection,
    source: ProfileSetting,
    text: ProfileText,
    form: ProfileForm,
    profiles: dict[str, ProfileSection],
) -> Iterator[ProfileFault]:
    if text.whole and source.text not in profiles:
        message = f"there is no profile {source.text}, which {form.source_profile} names"
        yield ProfileFault(ProfileFaultKind.UNKNOWN_PROFILE, message, source.location)
    end = _loop(section, form, profiles)
    if end is not None:
        message = f"{form.source_profile} {source.text} leads back to this profile, and no keys stand on the way"
        yield ProfileFault(ProfileFaultKind.LOOP, message, source.location, end)


def _loop(section: ProfileSection, form: ProfileForm, profiles: dict[str, ProfileSection]) -> Location | None:
    """Follow source_profile; give where it comes back to this section. A profile with own keys is its own source."""
    at = section
    for _ in range(_MAXIMUM_CHAIN):
        source = _get(at, form.source_profile)
        if source is None or source.text is None:
            return None
        following = profiles.get(source.text)
        if following is None or (following is at and _by_role(at, Role.KEY_ID) is not None):
            return None
        if following is section:
            return source.location
        at = following
    return None


def _header_faults(section: ProfileSection, text: ProfileText, form: ProfileForm) -> Iterator[ProfileFault]:
    """Tell of a header that belongs into the other file."""
    if section.name is None or text.file is None or not _is_profile(section, form):
        return
    bare = section.name.removeprefix(form.prefix)
    if text.file in form.prefixed and bare == section.name and bare != form.default:
        message = f"[{bare}] is no profile in a file {text.file}: its header is [{form.prefix}{bare}]"
        yield ProfileFault(ProfileFaultKind.FOREIGN_HEADER, message, section.location)
    if text.file not in form.prefixed and bare != section.name:
        message = f"[{section.name}] is no profile in a file {text.file}: its header is [{bare}]"
        yield ProfileFault(ProfileFaultKind.FOREIGN_HEADER, message, section.location)


def _is_profile(section: ProfileSection, form: ProfileForm) -> bool:
    return _by_role(section, Role.KEY_ID) is not None or any(_get(section, name) for name in form.names())


def _part_faults(section: ProfileSection) -> Iterator[ProfileFault]:
    """Tell of a key id without its secret; a secret alone is not looked at, a token is another rule's."""
    key = _by_role(section, Role.KEY_ID)
    if key is None or section.open or key.cloud is not Cloud.AWS:
        return
    if _by_role(section, Role.SECRET) is None:
        message = f"{key.name} stands without a secret, which boto3 answers with PartialCredentialsError"
        yield ProfileFault(ProfileFaultKind.HALF_PAIR, message, key.location)


def _type_faults(section: ProfileSection, form: ProfileForm) -> Iterator[ProfileFault]:
    """Tell of a type that the SDK does not take, in a section with a setting that is of this cloud alone."""
    kind = _get(section, form.type)
    own = next((one for one in section.settings if one.cloud is form.cloud), None)
    if kind is not None and kind.text is not None and kind.text not in form.types and own is not None:
        message = f"{form.type} {kind.text} is none that the SDK reads from a file: there are {', '.join(form.types)}"
        yield ProfileFault(ProfileFaultKind.UNKNOWN_TYPE, message, kind.location, own.location)
