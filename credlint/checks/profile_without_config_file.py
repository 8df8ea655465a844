"""profile-without-config-file: a profile is named where no file can hold it."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.checks.static_pairs import given_pairs, profile_variables
from credlint.model.environments import ProfileFiles, RoleKind, Variable
from credlint.model.finding import Confidence, Draft
from credlint.model.sinks import EndpointKind
from credlint.model.units import ProcessUnit
from credlint.model.values import PROFILE_FILES, Cloud, Reference, ReferenceKind, Step, compatible


def check(unit: ProcessUnit) -> Iterator[Draft]:
    """Draft a finding per profile of AWS that the environment of a container or function names."""
    if unit.opaque or unit.endpoint is EndpointKind.LOCAL or any(one.role in PROFILE_FILES for one in unit.variables):
        return
    for variable in profile_variables(unit):
        if variable.cloud is Cloud.AWS and not variable.outranked:
            found = _case(unit, variable)
            if found is not None:
                case, message, related = found
                yield Draft(
                    case=case,
                    message=message,
                    location=variable.key_location,
                    subject=variable.key_location,
                    certainty=Confidence.MEDIUM if variable.branches else Confidence.HIGH,
                    related=related,
                )


def _not_in_file(unit: ProcessUnit, variable: Variable, said: str) -> tuple[str, str, tuple[Step, ...]] | None:
    """Tell of a profile that the files which are mounted do not hold."""
    seen = unit.profiles_seen or ()
    if variable.plain in {*seen, *unit.profiles_written}:
        return None
    mount = next(one for one in unit.mounts if one.holds_profiles)
    message = f"{said}; what is mounted at {mount.path} holds {', '.join(seen)} only: ProfileNotFound"
    return "not-in-file", message, (Step(mount.location, "the files that it finds"),)


def _case(unit: ProcessUnit, variable: Variable) -> tuple[str, str, tuple[Step, ...]] | None:
    """Name the case, unless keys stand beside the profile, of which another rule tells."""
    pairs = [pair for pair in given_pairs(unit) if pair.cloud is Cloud.AWS]
    if any(compatible(pair.alternative.branches, variable.branches) for pair in pairs):
        return None
    said = f"{variable.name} names a profile for {unit.scope.title}"
    handed = isinstance(variable.value, Reference) and variable.value.kind is ReferenceKind.HOST_VARIABLE
    files = unit.scope.profile_files
    if handed:  # whoever starts it decides, but for what others beside it are given
        if unit.files_beside is None or files is ProfileFiles.BROUGHT:
            return None
        # An image that is not seen may do without the profile: a service that makes no request never looks for it.
        case = "file-of-a-sibling" if files is ProfileFiles.ABSENT else "opaque-image"
        related = (Step(unit.files_beside, "these get the file"),)
        return case, f"{said}, which no file is mounted for: only others beside it get one", related
    if unit.profiles_seen is not None and variable.plain is not None:
        return _not_in_file(unit, variable, said)
    function = any(role.kind is RoleKind.FUNCTION_ROLE and role.cloud is Cloud.AWS for role in unit.roles)
    if function and unit.scope.image is None:
        return "function-without-file", f"{said}, which has no file that could hold it: ProfileNotFound", ()
    if files is ProfileFiles.ABSENT:
        return "known-image", f"{said}, whose image holds no such file, and none is mounted: ProfileNotFound", ()
    if files is ProfileFiles.UNKNOWN and not any(role.cloud is Cloud.AWS for role in unit.roles):
        return "opaque-image", f"{said}, and nothing mounts a file that could hold it", ()
    return None
