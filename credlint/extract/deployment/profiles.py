"""Credentials and config files that stand as text in YAML, and single settings of profiles that commands write."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence

from credlint.catalogue.programs import ProfileSettings
from credlint.extract.deployment.durations import duration_of
from credlint.extract.deployment.expressions import text_origin
from credlint.extract.deployment.reading import Reading
from credlint.extract.deployment.requests import note_request
from credlint.extract.deployment.script_texts import split_lines
from credlint.extract.deployment.shell_values import State
from credlint.extract.text.ini import IniEntry, IniSection, read_ini
from credlint.extract.text.shell import Text, Word
from credlint.model.facts import Client, Duration, Setting
from credlint.model.patterns import pattern
from credlint.model.profiles import ProfileSection, ProfileSetting
from credlint.model.profiles import ProfileText as ProfileFile
from credlint.model.records import dataclass
from credlint.model.sinks import EndpointKind, SinkUse, TokenFate, TokenSupport
from credlint.model.span import Location
from credlint.model.values import (
    PARTS,
    Absent,
    Alternative,
    Branches,
    Cloud,
    CredentialSet,
    Literal,
    Origin,
    Part,
    Role,
    Unknown,
)

Locate = Callable[[int, int], Location]
"""Gives the location of a stretch of the text by its offsets."""

_FILLED = pattern("\0(\\d+)\0")


@dataclass(frozen=True, slots=True)
class ProfileText:
    """The text of a file. Where a script fills something in there stands a mark with the number of its origin."""

    text: str
    origins: tuple[Origin, ...] = ()
    offsets: tuple[tuple[int, int], ...] = ()

    def offset(self, at: int) -> int:
        """Give the offset in the script for one in this text: exact up to the first filled in value on its line."""
        if not self.offsets:
            return at
        start, place = self.offsets[max(bisect_right(self.offsets, (at, 1 << 60)) - 1, 0)]
        return place + max(at - start, 0)

    @staticmethod
    def of_words(words: Sequence[Word], script: str, origin: Callable[[Word], Origin]) -> ProfileText:
        """Put the words of a here-document or of `echo` together."""
        lines: list[str] = []
        origins: list[Origin] = []
        offsets: list[tuple[int, int]] = []
        length = 0
        for line in (line for word in words for line in split_lines(word, script)):
            text = ""
            for part in line.parts:
                if isinstance(part, Text):
                    text += part.text
                else:
                    text += f"\0{len(origins)}\0"
                    origins.append(origin(Word((part,), line.start, line.end)))
            offsets.append((length, line.start))
            lines.append(text)
            length += len(text) + 1
        return ProfileText("\n".join(lines), tuple(origins), tuple(offsets))

    def origin(self, value: str) -> Origin:
        """Give the origin of the value of an entry."""
        filled = _FILLED.fullmatch(value)
        if filled is not None:
            return self.origins[int(filled[1])]
        return Unknown("text put together in a script") if "\0" in value else text_origin(value, None)


def note_profiles(
    text: ProfileText, reading: Reading, locate: Locate, flow: str, title: str, *, file: str | None = None
) -> None:
    """Note the credentials of every section, the session that a section with a role asks for, and the profiles.

    `file` is the name of the file that the text is, where that is known.
    """
    settings = reading.deployments.profiles
    sections = read_ini(text.text)
    _note_text(sections, text, reading, locate, flow, file)
    for section in sections:
        _note_section(section, sections, text, reading, locate, flow, title)
        _note_request(section, sections, settings, reading, locate, flow)


def file_of_name(name: str, text: str, reading: Reading) -> str | None:
    """Give the file that a text under a name of an object is: `config` is so only where a profile names its source.

    Many programs keep INI under that name; that of credentials with a header of profiles says itself what it is.
    """
    settings = reading.deployments.profiles
    if name not in {path.rpartition("/")[2] for path in settings.paths}:
        return None
    sections = read_ini(text)
    prefixed = [section.name.startswith(settings.section_prefix) for section in sections]
    sources = [one for form in reading.catalogue.profiles for one in form.sourced()]
    sourced = any(section.get(one) for section in sections for one in sources)
    return name if any(prefixed) or sourced else None


def section_names(text: ProfileText, prefix: str) -> tuple[str, ...]:
    """Give the names of the profiles that a text has; some files have a prefix before each."""
    names = (section.name.removeprefix(prefix) for section in read_ini(text.text))
    return tuple(name for name in names if name and "\0" not in name)


def _note_text(
    sections: tuple[IniSection, ...], text: ProfileText, reading: Reading, locate: Locate, flow: str, file: str | None
) -> None:
    names = [name for form in reading.catalogue.profiles for name in (*form.names(), form.type, form.web_identity)]
    if not any(section.get(name) for section in sections for name in names if name) and not any(
        reading.catalogue.slot_names.get(entry.key.lower()) for section in sections for entry in section.entries
    ):
        return
    made = []
    for section in sections:
        if section.name:
            place = locate(section.start, section.start + len(section.name) + 2)
            settings = tuple(_profile_setting(entry, text, reading, locate) for entry in section.entries)
            made.append(ProfileSection(None if "\0" in section.name else section.name, place, settings))
    if made:
        fact = ProfileFile(file, tuple(made), False, (flow,), reading.test_context)
        reading.found.profiles.setdefault(made[0].location, fact)


def _profile_setting(entry: IniEntry, text: ProfileText, reading: Reading, locate: Locate) -> ProfileSetting:
    role, cloud = reading.catalogue.slot_names.get(entry.key.lower(), (None, None))
    origin = text.origin(entry.value)
    known = role not in PARTS and isinstance(origin, Literal)
    return ProfileSetting(
        name=entry.key,
        text=entry.value if known else None,
        location=locate(entry.key_start, entry.key_end),
        role=role,
        cloud=None if cloud is Cloud.S3_COMPATIBLE else cloud,
    )


def _note_section(
    section: IniSection,
    sections: tuple[IniSection, ...],
    text: ProfileText,
    reading: Reading,
    locate: Locate,
    flow: str,
    title: str,
) -> None:
    settings = reading.deployments.profiles
    by_role: dict[Role, IniEntry] = {}
    for name, role in settings.roles:
        entry = section.get(name)
        if entry is not None:
            by_role.setdefault(role, entry)
    if Role.KEY_ID not in by_role:
        return
    parts: dict[Role, Part] = {}
    for role in PARTS:
        entry = by_role.get(role) or (by_role.get(Role.LEGACY_TOKEN) if role is Role.TOKEN else None)
        parts[role] = _part(entry, role, text, reading, locate)
    key = by_role[Role.KEY_ID]
    kind = section.get(settings.type) if settings.type else None
    drops = kind is not None and kind.value in settings.without_token
    reading.add_client(
        Client(
            sink=f"{_title(section)} of {title}",
            cloud=_cloud(by_role.values(), reading),
            use=SinkUse.ENVIRONMENT,
            service=None,
            location=locate(key.key_start, key.key_end),
            credentials=CredentialSet((Alternative.of(parts),)),
            token_support=TokenSupport.OPTIONAL,
            endpoint=EndpointKind.UNKNOWN
            if any(section.get(name) for name in settings.endpoints)
            else EndpointKind.ABSENT,
            flows=(f"{flow} {section.name}",),
            token_fate=TokenFate.DROPPED if drops else TokenFate.SENT,
            settings=tuple(_stated(section, sections, text, settings, locate)),
        )
    )


def _stated(
    section: IniSection,
    sections: tuple[IniSection, ...],
    text: ProfileText,
    settings: ProfileSettings,
    locate: Locate,
) -> Iterator[Setting]:
    """Give what is said of the owner of a section's keys: there, and in profiles whose role these keys ask for."""
    name = section.name.removeprefix(settings.section_prefix)
    meanings = dict(settings.stated)
    for other in sections:
        source = other.get(settings.source)
        signs = source.value == name if source is not None else other is section and other.get(settings.role) is None
        for entry in other.entries if signs else ():
            meaning = meanings.get(entry.key.lower())
            origin = text.origin(entry.value)
            if meaning is not None and isinstance(origin, Literal):
                place = locate(entry.value_start, entry.value_end)
                yield Setting(meaning, entry.key, origin, place, plain=entry.value)


def _title(section: IniSection) -> str:
    """Name a section for messages; a name that a script fills in is not known."""
    return "a profile" if "\0" in section.name else f"profile {section.name or 'default'}"


def _part(entry: IniEntry | None, role: Role, text: ProfileText, reading: Reading, locate: Locate) -> Part:
    if entry is None:
        return Part(role, Absent(), "", None)
    origin = text.origin(entry.value)
    if isinstance(origin, Literal):
        origin = Literal(reading.cover(entry.value, key_id=role is Role.KEY_ID))
    place = locate(entry.value_start, entry.value_end) if entry.value else locate(entry.key_start, entry.key_end)
    return Part(role, origin, entry.key, place)


def _cloud(entries: Iterable[IniEntry], reading: Reading) -> Cloud:
    """Give the cloud of a section by the names of its settings; those that several clouds use say nothing."""
    named = (reading.catalogue.slot_names.get(entry.key) for entry in entries)
    return next((found[1] for found in named if found and found[1] is not Cloud.S3_COMPATIBLE), Cloud.AWS)


def _note_request(
    section: IniSection,
    sections: tuple[IniSection, ...],
    settings: ProfileSettings,
    reading: Reading,
    locate: Locate,
    flow: str,
) -> None:
    """Note what a profile with a role and a duration asks for."""
    duration, role = section.get(settings.duration), section.get(settings.role)
    if duration is None or role is None or any(section.get(name) for name in settings.unless):
        return
    place = locate(role.key_start, role.key_end)
    durations = (Duration(duration_of(duration.value), locate(duration.value_start, duration.value_end)),)
    chained = _chained(section, sections, settings, locate)
    note_request(settings.operation, place, durations, CredentialSet(), chained, f"{flow} {section.name}", reading)


def _chained(
    section: IniSection, sections: tuple[IniSection, ...], settings: ProfileSettings, locate: Locate
) -> Location | None:
    """Give the setting by which the source profile is itself temporary."""
    source = section.get(settings.source)
    if source is None or source.value == section.name.removeprefix(settings.section_prefix):
        return None
    for other in sections:
        if other.name.removeprefix(settings.section_prefix) == source.value:
            for name in settings.indirect:
                found = other.get(name)
                if found is not None:
                    return locate(found.key_start, found.key_end)
    return None


@dataclass(frozen=True, slots=True)
class WrittenSetting:
    """One setting of a profile that a command writes."""

    role: Role
    name: str
    origin: Origin
    profile: str
    place: Location
    cloud: Cloud
    branches: Branches


def note_setting(setting: WrittenSetting, state: State, reading: Reading, flow: str) -> None:
    """Note a part of credentials that is written; all parts that one script writes to a profile are one set."""
    origin, role, profile = setting.origin, setting.role, setting.profile
    if isinstance(origin, Literal):
        origin = Literal(reading.cover(origin.text.reveal(), key_id=role is Role.KEY_ID))
    written = state.profiles.setdefault((profile, setting.branches), {})
    written[role] = Part(role, origin, setting.name, setting.place)
    key = written.get(Role.KEY_ID)
    if key is None or key.location is None or Role.SECRET not in written:
        return
    state.profile_clients[profile, setting.branches] = Client(
        sink=f"profile {profile or 'default'}",
        cloud=setting.cloud,
        use=SinkUse.ENVIRONMENT,
        service=None,
        location=key.location,
        credentials=CredentialSet((Alternative.of(written),)),
        token_support=TokenSupport.OPTIONAL,
        endpoint=EndpointKind.ABSENT,
        flows=(flow,),
    )


def finish_profiles(state: State, reading: Reading, flow: str) -> None:
    """Note the profiles that a script has written; a token written in some arms only makes the others unknown."""
    for (profile, _), given in state.settings.items():
        _note_settings(profile, given, reading, flow)
    with_token = {profile for (profile, _), parts in state.profiles.items() if Role.TOKEN in parts}
    for (profile, branches), client in state.profile_clients.items():
        if profile not in with_token or Role.TOKEN in state.profiles[profile, branches]:
            reading.add_client(client)


def _note_settings(profile: str, given: Sequence[tuple[ProfileSetting, Location]], reading: Reading, flow: str) -> None:
    """Note a profile of which commands write some settings: it may hold more."""
    settings = reading.deployments.profiles
    section = ProfileSection(profile or None, given[0][0].location, tuple(one for one, _ in given), open=True)
    fact = ProfileFile(None, (section,), False, (flow,), reading.test_context)
    reading.found.profiles.setdefault(section.location, fact)
    by_name = {one.name: (one, place) for one, place in given}
    duration, role = by_name.get(settings.duration), by_name.get(settings.role)
    if duration is not None and role is not None and not any(name in by_name for name in settings.unless):
        durations = (Duration(duration_of(duration[0].text), duration[1]),)
        place = role[0].location
        note_request(settings.operation, place, durations, CredentialSet(), None, f"{flow} {profile}", reading)
