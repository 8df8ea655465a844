"""credentials-file-shadows-role: a credentials file wins over the role that the platform gives to the process."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.checks.sdk_words import of_cloud
from credlint.checks.static_pairs import profile_variables, static_pairs
from credlint.checks.words import role_step
from credlint.model.environments import RoleBinding, RoleKind
from credlint.model.finding import Confidence, Draft
from credlint.model.records import dataclass
from credlint.model.sinks import EndpointKind
from credlint.model.sources import SdkAnswer, SourceForm
from credlint.model.span import Location
from credlint.model.units import ProcessUnit
from credlint.model.values import Cloud, Literal, Role

_BEHIND_FILES = frozenset({RoleKind.TASK_ROLE, RoleKind.POD_IDENTITY, RoleKind.INSTANCE_ROLE, RoleKind.BUILD_ROLE})
_NOTHING = "/dev/null"


@dataclass(frozen=True, slots=True)
class _File:
    """A file of credentials in words, and where it comes from."""

    words: str
    place: Location


def check(unit: ProcessUnit) -> Iterator[Draft]:
    """Draft a finding for the file that a process finds before it asks for its role."""
    if unit.endpoint in {EndpointKind.LOCAL, EndpointKind.OTHER}:
        return
    file = next(_files(unit), None)
    roles = [role for role in unit.roles if role.cloud is Cloud.AWS]
    if file is None or not roles:
        return
    for role in roles:
        if role.kind in _BEHIND_FILES and _may_win(unit):
            said = "every AWS SDK takes the file before the role"
            yield _draft(unit, file, role, "file-beside-role", said)
            return
        if role.kind is RoleKind.IRSA and _role_profile_wins(unit):
            said = (
                "its profile has a role of its own, which Python and the AWS CLI take before that of the ServiceAccount"
            )
            yield _draft(unit, file, role, "file-beside-irsa", said)
            return
        sdk = _proven_taker(unit) if role.kind is RoleKind.IRSA else None
        if sdk is not None:
            said = f"{sdk.title}, which the image is of, takes the file before the role"
            yield _draft(unit, file, role, "file-beside-irsa-by-image", said)
            return


def _files(unit: ProcessUnit) -> Iterator[_File]:
    for variable in unit.variables:
        value = variable.value
        named = variable.role is Role.CREDENTIALS_FILE and variable.cloud is Cloud.AWS
        if named and isinstance(value, Literal) and value.text.reveal() != _NOTHING:
            yield _File(variable.name, variable.key_location)
    for mount in unit.mounts:
        if mount.holds_profiles:
            yield _File(mount.path, mount.location)


def _may_win(unit: ProcessUnit) -> bool:
    """Tell whether the file may decide: one that is seen may hold no profile that is asked for."""
    return not unit.files_seen or _takers(unit) > 0


def _role_profile_wins(unit: ProcessUnit) -> bool:
    """Tell whether more than one SDK takes the file: a profile with keys comes behind IRSA in all of them but one."""
    return unit.files_seen and _takers(unit) > 1


def _proven_taker(unit: ProcessUnit) -> SdkAnswer | None:
    """Give the SDK of the image, where it takes the file: certainly one that is seen, possibly one that is not."""
    for answer in _answers(unit):
        kinds = {end.kind for end in answer.ends}
        takes = kinds == {SourceForm.PROFILE} or (SourceForm.PROFILE in kinds and not unit.files_seen)
        if answer.proven and takes:
            return answer
    return None


def _takers(unit: ProcessUnit) -> int:
    """Count the SDKs that end at the file and nowhere else."""
    return [{end.kind for end in answer.ends} for answer in _answers(unit)].count({SourceForm.PROFILE})


def _answers(unit: ProcessUnit) -> Iterator[SdkAnswer]:
    """Give what the SDKs of the file's cloud do in all worlds; a profile that no file shows may hold keys."""
    for world in unit.worlds:
        yield from of_cloud((*world.answers, *world.with_keys), Cloud.AWS)


def _draft(unit: ProcessUnit, file: _File, role: RoleBinding, case: str, said: str) -> Draft:
    pairs = [pair.place for pair in static_pairs(unit) if pair.cloud is Cloud.AWS]
    profiles = [variable.key_location for variable in profile_variables(unit) if variable.cloud is Cloud.AWS]
    return Draft(
        case=case,
        message=f"{file.words} stands beside the role that {role.kind.value} gives to {unit.scope.title}: {said}",
        location=file.place,
        # What else is wrong with the sources of this process is told with the strongest of them.
        subject=next(iter((*pairs, *profiles)), file.place),
        certainty=Confidence.MEDIUM if role.branches else Confidence.HIGH,
        related=(role_step(role),),
    )
