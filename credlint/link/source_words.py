"""What a provider chain came to, in words for people and with the places of the files that decide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timezone

from credlint.catalogue.chains import Chain, ChainProvider
from credlint.catalogue.platforms import Gives, Platform
from credlint.credentials.moments import is_past
from credlint.link.chain_environments import Process, World, held
from credlint.model.chains import Answer, ChainResult, Held, Outcome, SourceKind
from credlint.model.environments import RoleBinding, RoleKind, Variable
from credlint.model.profiles import ProfileText
from credlint.model.records import replace
from credlint.model.sources import SdkAnswer, Source, SourceForm
from credlint.model.span import Location
from credlint.model.values import Cloud, Literal, Reference, ResponseField
from credlint.model.verdict import Verdict

_GIVES = {
    SourceKind.WEB_IDENTITY: Gives.WEB_IDENTITY,
    SourceKind.CONTAINER: Gives.CONTAINER,
    SourceKind.INSTANCE: Gives.INSTANCE,
}
_OF_PROFILES = frozenset(
    {
        SourceKind.ROLE_PROFILE,
        SourceKind.SINGLE_SIGN_ON,
        SourceKind.LOGIN,
        SourceKind.PROCESS,
        SourceKind.FILE_KEYS,
        SourceKind.PROFILE,
        SourceKind.TYPED_PROFILE,
    }
)


class Teller:
    """Tells of one SDK in one world of a process; `line` gives the line of a place in its file."""

    def __init__(
        self,
        process: Process,
        world: World,
        chain: Chain,
        cloud: Cloud,
        platforms: Sequence[Platform],
        texts: Sequence[ProfileText],
    ) -> None:
        self._process = process
        self._world = world
        self._chain = chain
        self._cloud = cloud
        self._texts = texts
        self._gives = {one.role: one.gives for one in platforms if one.cloud is cloud}
        self._providers = {one.name: one for one in chain.providers}

    def named_profile(self) -> str | None:
        """Give the profile that a variable names, "" where its name is not in sight, None where none is named."""
        for name in self._chain.profile:
            variable = self._world.variables.get(name)
            if variable is None:
                continue
            value = held(variable, self._world.given)
            if value.is_set:
                return value.text if value.held is Held.LITERAL else ""
        return None

    def tell(self, result: ChainResult) -> SdkAnswer:
        """Give what a search came to."""
        ends = _without_guess(_each_once(self._source(one) for one in result.outcomes if one.answer is Answer.YES))
        failed = (one for one in result.outcomes if one.answer is not Answer.YES and one.error)
        errors = tuple(dict.fromkeys(one.error for one in failed))
        taken = {_identity(one) for one in ends} | {one.words for one in ends if one.kind is SourceForm.ROLE}
        shadowed = _each_once(self._shadowed(result))
        others = tuple(one for one in shadowed if taken.isdisjoint((_identity(one), one.words)))
        rival = result.verdict is Verdict.CLEAR and any(one.kind is SourceForm.ROLE for one in others)
        verdict = Verdict.AMBIGUOUS if rival else result.verdict
        why = self._why(result, verdict, ends, 1 + len(others))
        keys = ends[0] if len(ends) == 1 and not errors and ends[0].kind is SourceForm.KEYS else None
        expired = self._expired(keys) if keys is not None else None
        if expired is not None:
            error, _, why = expired.partition(": ")
            return SdkAnswer(
                result.sdk, result.title, self._cloud, Verdict.BROKEN, (), (error,), others, why, result.read
            )
        mixed = self._mixed(keys) if keys is not None else None
        if mixed is not None:
            verdict, why = Verdict.BROKEN, mixed
        return SdkAnswer(result.sdk, result.title, self._cloud, verdict, ends, errors, others, why, result.read)

    def _held_beside(self, keys: Source, what: str) -> Variable | None:
        """Give the variable of something else that the provider takes which takes the keys of a variable."""
        takes = (one for one in self._chain.providers if keys.variable and keys.variable in one.variable("key_id"))
        names = (name for one in takes for name in one.variable(what))
        found = (variable for name in names if (variable := self._world.variables.get(name)) is not None)
        return next((one for one in found if held(one, self._world.given).is_set), None)

    def _expired(self, keys: Source) -> str | None:
        """Give the error of an SDK that looks at when keys of variables end, where that is past."""
        end = self._held_beside(keys, "expiration")
        text = end.value.text.reveal() if end is not None and isinstance(end.value, Literal) else ""
        return self._chain.error("expired") if is_past(text, datetime.now(timezone.utc)) else None

    def _mixed(self, keys: Source) -> str | None:
        """Say that a token beside keys of variables is one of another session, where that is proven."""
        key, token = self._world.variables.get(keys.variable), self._held_beside(keys, "token")
        if key is None or token is None or not isinstance(token.value, ResponseField):
            return None
        own = isinstance(key.value, ResponseField) and key.value.request == token.value.request
        other = isinstance(key.value, ResponseField | Literal | Reference)
        return (
            f"{token.name} is of another session than {key.name}: requests are refused" if other and not own else None
        )

    def _why(self, result: ChainResult, verdict: Verdict, ends: Sequence[Source], sources: int) -> str:
        messages = [one.message.partition(": ")[2] for one in result.outcomes if one.message]
        machine = any(one.words == RoleKind.INSTANCE_ROLE.value for one in ends)
        match verdict:
            case Verdict.CLEAR if sources == 1:
                return "nothing else is there"
            case Verdict.BROKEN:
                return messages[0] if messages else "no credentials"
            case Verdict.UNKNOWN if ends and messages and not machine:
                return f"{messages[0]}, unless the platform gives it a role"
            case Verdict.UNKNOWN if all(one.kind is SourceForm.ROLE for one in ends):
                return "the role of the machine, if it has one"
            case _:
                return self._reason(result.unknowns) if len(result.outcomes) > 1 else f"first of {sources} sources"

    def _reason(self, unknowns: Sequence[str]) -> str:
        """Say what nobody answers: of a profile that is not in sight, all that it may hold."""
        name = self.named_profile()
        if name is not None and any("profile" in question for question in unknowns):
            return f"depends on what {f'profile {name}' if name else 'the profile'} holds"
        return f"depends on {unknowns[0]}" if unknowns else "several are possible"

    def tell_open(self, closed: ChainResult) -> SdkAnswer:
        """Give what a search came to that variables which no file shows may change.

        That there are settings of the platform says nothing about them; an import that is not seen is there.
        """
        told = self.tell(closed)
        if not self._process.environment.opaque:
            return replace(told, why=f"{told.why}, unless {self._process.unseen} say otherwise", open=True)
        sure = told.ends and told.verdict is not Verdict.UNKNOWN
        verdict = Verdict.AMBIGUOUS if sure else Verdict.UNKNOWN
        why = f"{self._process.unseen} may bring variables"
        return replace(told, verdict=verdict, errors=(), why=why, open=True)

    def _shadowed(self, result: ChainResult) -> Iterator[Source]:
        """Give what a search passed by: providers behind the first end, and roles that nobody asks for."""
        for outcome in result.shadowed:
            source = self._source(outcome)
            if outcome.answer is Answer.YES or source.location is not None:
                yield source
        roles = {role.kind: role for role in self._world.roles if role.cloud is self._cloud}
        yield from map(self._of_role, roles.values())

    # -- sources

    def _source(self, outcome: Outcome) -> Source:
        provider = self._providers[outcome.provider]
        names = [ground.variable for ground in outcome.grounds if ground.variable]
        role = self._role(provider, names)
        if role is not None:
            return self._of_role(role)
        if provider.kind is SourceKind.VARIABLES:
            return self._of_keys(provider, names)
        if outcome.profile or provider.kind in _OF_PROFILES or not set(self._chain.profile).isdisjoint(names):
            return self._of_profile(outcome)
        return self._of_machine(provider, names, outcome)

    def _role(self, provider: ChainProvider, names: Iterable[str]) -> RoleBinding | None:
        """Give the role behind a provider: one whose platform set its variables, or gives it in this way."""
        for name in names:
            if name in self._world.injected:
                return self._world.injected[name][1]
        here = self._process.scope.location.path
        declared = {one.key_location for name in names if (one := self._world.variables.get(name)) is not None}
        roles = [role for role in self._world.roles if role.cloud is self._cloud]
        roles.sort(key=lambda role: role.location.path != here)
        if provider.kind is SourceKind.VARIABLES:
            keys = [one for name in provider.variable("key_id") if (one := self._world.variables.get(name)) is not None]
            exported = any(isinstance(one.value, ResponseField) for one in keys)
            return next((role for role in roles if exported and role.kind is RoleKind.OIDC), None)
        own = next((role for role in roles if role.location in declared), None)
        given = _GIVES.get(provider.kind)
        return own or next((role for role in roles if given and self._gives.get(role.kind) is given), None)

    def _of_role(self, role: RoleBinding) -> Source:
        return self._made(SourceForm.ROLE, role_words(role.kind), role.location)

    def _of_keys(self, provider: ChainProvider, names: Sequence[str]) -> Source:
        name = next((one for one in provider.variable("key_id") if one in names), "")
        variable = self._world.variables.get(name)
        value = variable.value if variable is not None else None
        if isinstance(value, ResponseField):
            words = f"keys of {value.operation.rpartition('.')[2]}"
            return self._made(SourceForm.KEYS, words, value.request, variable=name)
        place = variable.key_location if variable else None
        if variable is not None and variable.location.path != variable.key_location.path:
            # What stands in another file is shown there, where that is one of the run.
            place = variable.location if self._process.line(variable.location) else place
        return self._made(SourceForm.KEYS, f"keys in {name}", place, variable=name)

    def _of_profile(self, outcome: Outcome) -> Source:
        section = next((ground for ground in outcome.grounds if ground.file and ground.section), None)
        found = [one for name in self._chain.profile if (one := self._world.variables.get(name)) is not None]
        sure = [one for one in found if held(one, self._world.given).is_set]
        naming = next(iter(sure if outcome.profile else sure or found), None)
        place = self._process.seen.place(section.file, section.section, self._texts) if section is not None else None
        place = place or (naming.key_location if naming is not None else self._process.seen.unseen)
        name = naming.name if naming is not None else ""
        words = f"profile {outcome.profile}" if outcome.profile else f"profile of {name}"
        made = self._made(SourceForm.PROFILE, words, place, variable=name, profile=outcome.profile)
        return replace(made, named=naming.key_location if naming is not None else None)

    def _of_machine(self, provider: ChainProvider, names: Sequence[str], outcome: Outcome) -> Source:
        variable = next((self._world.variables[one] for one in names if one in self._world.variables), None)
        file = next((ground.file for ground in outcome.grounds if ground.file), "")
        if provider.kind is SourceKind.INSTANCE:
            return self._made(SourceForm.ROLE, RoleKind.INSTANCE_ROLE.value, None)
        if file:
            return self._made(
                SourceForm.FILE, f"keys in {file}", self._process.seen.place(file, provider.section, self._texts)
            )
        if variable is not None:
            return self._made(
                SourceForm.ROLE, f"role at {variable.name}", variable.key_location, variable=variable.name
            )
        words = {SourceKind.WEB_IDENTITY: "web identity of the platform", SourceKind.CONTAINER: "role of the container"}
        return self._made(SourceForm.ROLE, words.get(provider.kind, provider.name), None)

    def _made(
        self, kind: SourceForm, words: str, place: Location | None, *, variable: str = "", profile: str = ""
    ) -> Source:
        line = self._process.line(place) if place is not None else 0
        return Source(kind, words, place, line, variable, profile)


def role_words(kind: RoleKind) -> str:
    """Name a role by the way in which it is given."""
    if kind.value.endswith("role"):
        return kind.value
    return f"role {'by' if kind in {RoleKind.OIDC, RoleKind.WEB_IDENTITY} else 'of'} {kind.value}"


def _without_guess(ends: tuple[Source, ...]) -> tuple[Source, ...]:
    """Leave out the role that a machine may have, where something in sight may be taken."""
    known = tuple(one for one in ends if one.location is not None or one.kind is not SourceForm.ROLE)
    return known or ends


def _identity(source: Source) -> tuple[object, ...]:
    return source.words, source.location


def _each_once(sources: Iterable[Source]) -> tuple[Source, ...]:
    return tuple({_identity(one): one for one in sources}.values())
