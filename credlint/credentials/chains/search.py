"""One search for credentials: the providers of a chain, asked in one world."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from credlint.catalogue.chains import Chain, ChainProvider, Unless
from credlint.credentials.chains.profiles import Profile, ProfileFiles
from credlint.credentials.chains.worlds import World
from credlint.model.chains import OPAQUE, Answer, Ground, Held, Outcome, SourceKind, Value

Ask = Callable[["Search", ChainProvider], bool]
"""Tells whether a provider gives credentials; raises Stop where it ends the search."""


class Stop(Exception):
    """The error that ends a search: what went wrong ("" where that is not known), and what its text tells."""

    def __init__(self, what: str, **told: str) -> None:
        super().__init__(what)
        self.what = what
        self.told = told


class Search:
    """A chain in one world. `name` is the profile, None for one of which only that it is named is known.

    `named` tells that somebody names it, `with_variables` that the environment's own web identity counts: not where
    another profile signs.
    """

    def __init__(self, world: World, chain: Chain, table: Mapping[SourceKind, Ask]) -> None:
        self.world = world
        self.chain = chain
        self.files = ProfileFiles(world, chain)
        self._given = world.environment.profile
        if self._given is not None and self._given.held is Held.UNKNOWN:
            self._given = world.choose("whether the code names a profile", (None, OPAQUE))
        self.in_code = self._counts(self._given)
        self.with_variables = not self.in_code
        self.used = False
        self._table = table
        world.read.clear()
        self.name, self.named = self._find_name()
        self._naming = tuple(world.read)

    def start(self) -> Outcome | None:
        """Look at the profile and its files, before any provider is asked; give the error that ends it there."""
        if self.files.unreadable is not None and self.chain.error("unreadable"):
            return self._stopped(Stop("unreadable", file=self.files.unreadable))
        if not self.named or self.chain.error("missing_profile") is None:
            return None
        self.profile()
        found = self.files.exists(self.name)
        return None if found else self._stopped(Stop("missing_profile", profile=self.name or ""))

    def nothing(self) -> Outcome:
        """Give the end where no provider answers."""
        name, text = self._error(Stop("nothing"))
        return Outcome("", Answer.NO, error=name, message=text)

    def ask(self, provider: ChainProvider) -> Outcome:
        """Give what a provider answers on its own, as the chain asks it."""
        left_out = {
            Unless.NEVER: False,
            Unless.NAMED_IN_CODE: self.in_code,
            Unless.NAMED: self.named,
            Unless.NOT_NAMED_IN_CODE: not self.in_code,
        }
        instead = [self.world.variable(name) for name in provider.without]
        others = any(value is not None and value.is_set for value in instead)
        if left_out[provider.unless] or others or self.is_off(provider):
            return Outcome(provider.name, Answer.NO, provider.kind)
        self.world.read.clear()
        self.used = False
        try:
            found = self.answers(provider)
        except Stop as stop:
            return self._stopped(stop, provider)
        if not found:
            return Outcome(provider.name, Answer.NO, provider.kind)
        return Outcome(provider.name, Answer.YES, provider.kind, self._profile_taken(), self._grounds())

    def answers(self, provider: ChainProvider) -> bool:
        """Tell whether a provider gives credentials, whoever asks it; raises Stop."""
        try:
            return self._table[provider.kind](self, provider)
        except Stop as stop:
            stop.told.setdefault("provider", provider.name)
            raise

    def is_off(self, provider: ChainProvider) -> bool:
        """Tell whether a variable switches a provider off."""
        switch = provider.disabled_by
        if switch is None:
            return False
        known = self.world.is_declared(switch.variable) or not self.world.environment.open
        value = self.world.variable(switch.variable) if known else OPAQUE
        if value is None or not value.is_set:
            return False
        if value.held is Held.OPAQUE:
            return self.world.choose(f"whether {switch.variable} switches {provider.name} off", (False, True))
        return value.text != switch.text if switch.keeps else value.text.lower() == switch.text

    def profile(self) -> Profile | None:
        """Give the profile in effect, and remember that the answer rests on it."""
        self.used = True
        self.world.read += self._naming
        return self.files.profile(self.name)

    def text(self, value: Value, profile: Profile, what: str, candidates: tuple[str, ...]) -> str | None:
        """Give the text of a setting: where it is not in sight, one of the candidates, or None for any other."""
        return self.world.text(value, f"{what} of {profile.title}", candidates)

    def perhaps(self, what: str) -> bool:
        """Answer a question about what is not in sight; raises Stop for an error that nobody can name."""
        answer = self.world.choose(f"whether {what}", (Answer.NO, Answer.YES, Answer.STOP))
        if answer is Answer.STOP:
            raise Stop("")
        return answer is Answer.YES

    def _counts(self, value: Value | None) -> bool:
        return value is not None and (value.held is not Held.BLANK or self.chain.blank_counts)

    def _find_name(self) -> tuple[str | None, bool]:
        if self._given is not None and self.in_code:
            return self.world.text(self._given, "the profile of the code", self.files.names()), True
        for variable in self.chain.profile:
            value = self.world.variable(variable, blank=self.chain.blank_counts)
            if value is not None and self._counts(value):
                # The empty string in code names nothing, and hides that a variable does.
                return self.world.text(value, variable, self.files.names()), self._given is None
            self.world.read.clear()
        return self.chain.default, False

    def _stopped(self, stop: Stop, provider: ChainProvider | None = None) -> Outcome:
        name, text = self._error(stop)
        kind = provider.kind if provider else None
        return Outcome(
            provider.name if provider else "", Answer.STOP, kind, self._profile_taken(), self._grounds(), name, text
        )

    def _error(self, stop: Stop) -> tuple[str, str]:
        text = (self.chain.error(stop.what) or "").format_map(stop.told)
        return text.partition(": ")[0], text

    def _profile_taken(self) -> str:
        return self.name or "" if self.used else ""

    def _grounds(self) -> tuple[Ground, ...]:
        return tuple(dict.fromkeys(self.world.read))
