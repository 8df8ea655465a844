"""One document of rules/actions or rules/commands to its type, with a closed set of keys everywhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from credlint.catalogue.programs import (
    ActionEntry,
    Caller,
    CommandEntry,
    ConfigureForm,
    FilterForm,
    HandOn,
    Mode,
    ProfileSettings,
    RequestForm,
    ShellSettings,
    StoreForm,
)
from credlint.catalogue.schema_fields import ROLES, Fields, member, roles
from credlint.model.environments import RoleKind
from credlint.model.values import Cloud, Role

if TYPE_CHECKING:
    from credlint.catalogue.yamlfile import Entry


def action_entry(entry: Entry) -> ActionEntry:
    """Read an action."""
    fields = Fields(
        entry,
        "schema action cloud triggers source inputs variables since modes exports silent_when_false "
        "silent_when_given outputs takes_token resembles named aliases refuses_profile finds_token follows_profile "
        "lenient groups role_options truthy account",
        "action cloud inputs",
    )
    return ActionEntry(
        names=tuple(name.lower() for name in fields.texts("action")),
        cloud=fields.entries["cloud"].member(Cloud),
        inputs=roles(fields, "inputs"),
        variables=tuple((name, variable.text()) for name, variable in fields.mapping("variables").items()),
        since=tuple((name, version_numbers(since.text())) for name, since in fields.mapping("since").items()),
        modes=fields.each("modes", _mode),
        exports=fields.texts("exports"),
        silent_when_false=fields.texts("silent_when_false"),
        silent_when_given=fields.texts("silent_when_given"),
        outputs=roles(fields, "outputs"),
        takes_token=fields.flag("takes_token", default=True),
        resembles=fields.texts("resembles"),
        named=fields.texts("named"),
        aliases=tuple((other, name.text()) for other, name in fields.mapping("aliases").items()),
        refuses_profile=fields.flag("refuses_profile"),
        finds_token=fields.flag("finds_token"),
        follows_profile=fields.flag("follows_profile"),
        lenient=fields.flag("lenient"),
        groups=fields.texts("groups"),
        role_options=fields.texts("role_options"),
        truthy=fields.texts("truthy"),
        account=fields.text("account"),
    )


def command_entry(entry: Entry) -> CommandEntry:
    """Read a command."""
    fields = Fields(
        entry,
        "schema command cloud triggers source requests configure shows hands_on stores filters profile_option "
        "endpoint_option unsigned_option storage parameters opening services argued",
        "command",
    )
    return CommandEntry(
        names=fields.texts("command"),
        cloud=member(fields, "cloud", Cloud.S3_COMPATIBLE),
        requests=fields.each("requests", _request),
        configure=fields.each("configure", _configure),
        shows=fields.each("shows", lambda item: item.texts()),
        hands_on=fields.each("hands_on", _hand_on),
        stores=fields.each("stores", _store),
        filters=fields.each("filters", _filter),
        profile_option=fields.text("profile_option"),
        parameters=tuple((role, option.text()) for role, option in fields.mapping("parameters").items()),
        opening=fields.texts("opening"),
        services=fields.flag("services"),
        argued=fields.each("argued", _hand_on),
        endpoint_option=fields.text("endpoint_option"),
        unsigned_option=fields.text("unsigned_option"),
        storage=fields.texts("storage"),
    )


def profile_settings(entry: Entry) -> ProfileSettings:
    """Read what the settings of credentials and config files mean."""
    fields = Fields(
        entry,
        "schema profiles paths section_prefix roles duration operation source role indirect unless endpoints signs"
        " homes bare_images stated type without_token",
        "profiles roles",
    )
    return ProfileSettings(
        roles=tuple(
            (name.text(), Role(role))
            for role, names in fields.entries["roles"].mapping(ROLES).items()
            for name in names.items()
        ),
        duration=fields.text("duration"),
        operation=fields.text("operation"),
        source=fields.text("source"),
        role=fields.text("role"),
        indirect=fields.texts("indirect"),
        unless=fields.texts("unless"),
        endpoints=fields.texts("endpoints"),
        paths=fields.texts("paths"),
        section_prefix=fields.text("section_prefix"),
        signs=fields.texts("signs"),
        homes=fields.texts("homes"),
        bare_images=fields.texts("bare_images"),
        stated=tuple((name.text(), role) for role, name in fields.mapping("stated").items()),
        type=fields.text("type"),
        without_token=fields.texts("without_token"),
    )


def shell_settings(entry: Entry) -> ShellSettings:
    """Read which programs are shells, which run code of another language, and which run the program behind them."""
    fields = Fields(entry, "schema shells powershells embedded wrappers launchers", "shells embedded")
    return ShellSettings(
        names=frozenset(fields.texts("shells")),
        powershells=frozenset(fields.texts("powershells")),
        embedded={name: language.text() for name, language in fields.mapping("embedded").items()},
        wrappers=frozenset(fields.texts("wrappers")),
        launchers=frozenset(fields.texts("launchers")),
    )


def version_numbers(text: str) -> tuple[int, ...]:
    """Give the numbers of a version ("v6.1" -> (6, 1)); () for what is none."""
    found = re.fullmatch(r"v?(\d{1,4}(?:\.\d{1,4})*)", text.strip())
    return tuple(int(part) for part in found[1].split(".")) if found else ()


def _mode(entry: Entry) -> Mode:
    fields = Fields(entry, "given permission operation caller chained binding until without duration", "given")
    return Mode(
        given=fields.texts("given"),
        permission=fields.flag("permission"),
        operation=fields.text("operation") or None,
        caller=member(fields, "caller", Caller.NOBODY),
        chained=fields.flag("chained"),
        binding=fields.entries["binding"].member(RoleKind) if "binding" in fields.entries else None,
        until=version_numbers(fields.text("until")),
        without=fields.texts("without"),
        duration=fields.entries["duration"].integer() if "duration" in fields.entries else None,
    )


def _request(entry: Entry) -> RequestForm:
    fields = Fields(entry, "words operation duration query answers", "words operation")
    return RequestForm(
        words=fields.texts("words"),
        operation=fields.text("operation"),
        duration=fields.text("duration"),
        query=fields.text("query"),
        answers=fields.flag("answers", default=True),
    )


def _configure(entry: Entry) -> ConfigureForm:
    fields = Fields(entry, "words settings profile", "words settings")
    settings = fields.mapping("settings")
    return ConfigureForm(
        words=fields.texts("words"),
        settings=tuple((name, role.member(Role)) for name, role in settings.items()),
        profile=fields.text("profile"),
    )


def _hand_on(entry: Entry) -> HandOn:
    fields = Fields(entry, "words options separator any_name", "words options")
    return HandOn(fields.texts("words"), fields.texts("options"), fields.text("separator"), fields.flag("any_name"))


def _store(entry: Entry) -> StoreForm:
    fields = Fields(entry, "words options", "options")
    options = fields.mapping("options")
    return StoreForm(fields.texts("words"), tuple((name, role.member(Role)) for name, role in options.items()))


def _filter(entry: Entry) -> FilterForm:
    fields = Fields(entry, "words selects")
    return FilterForm(fields.texts("words"), fields.flag("selects"))
