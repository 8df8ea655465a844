"""Whether files of profiles can be in a container: what its node, its mounts, its image or the recipe of that says."""

from __future__ import annotations

import functools
import re

from credlint.catalogue.deployment_shapes import Shape
from credlint.catalogue.deployment_sources import MountForm
from credlint.catalogue.programs import ProfileSettings
from credlint.extract.deployment.reading import Reading
from credlint.extract.deployment.tree import Node, resolve, text_at
from credlint.model.environments import EnvironmentScope, ProfileFiles
from credlint.model.globs import fits
from credlint.model.patterns import pattern
from credlint.model.values import Literal

_RECIPE = "Dockerfile"
_HOME = "HOME"
# FROM --platform=linux/amd64 python:3.12 AS build
_FROM = pattern(
    r"^[ \t]*FROM[ \t]+(?:--\S+[ \t]+)*(?P<base>\S+)(?:[ \t]+AS[ \t]+(?P<name>\S+))?", re.IGNORECASE | re.MULTILINE
)


def first_text(node: Node, paths: str) -> str | None:
    """Give the text at the first path out of several that has one."""
    return next((text for path in paths.split("|") if (text := text_at(node, path))), None)


def profile_files(
    node: Node, holder: Node | None, shape: Shape, scope: EnvironmentScope, reading: Reading
) -> ProfileFiles | None:
    """Tell whether files of profiles can be in the container of a scope; None where it is none.

    `holder` is the node around it, with which it shares volumes where the dialect declares these there.
    """
    if not shape.image or scope.supplemented:
        return None
    settings = reading.deployments.profiles
    shares = any(source.form is MountForm.VOLUMES for source in shape.mounts)
    nodes = [node, holder] if shares and holder is not None else [node]
    if any(may_bring(one, reading) for one in nodes) or _is_mounted_over(scope, settings):
        return ProfileFiles.BROUGHT
    built = first_text(node, shape.build) if shape.build else None
    if built is not None:
        return _of_recipe(built, text_at(node, shape.dockerfile) or _RECIPE, reading)
    image = scope.image or ""
    return ProfileFiles.ABSENT if _is_bare(image, settings) else ProfileFiles.UNKNOWN


def base_image(node: Node, shape: Shape, image: str | None, reading: Reading) -> str | None:
    """Give the image of a container, or the one that its recipe in the tree begins with; None for what is not seen."""
    built = first_text(node, shape.build) if shape.build else None
    if built is None:
        return image
    text = _recipe(built, text_at(node, shape.dockerfile) or _RECIPE, reading)
    return _base(text) if text is not None else None


def may_bring(node: Node, reading: Reading) -> bool:
    """Tell whether the text of a node speaks of the files, or a template puts in what is not seen."""
    found = resolve(node)
    if found is None:
        return False
    extent = found.extent
    if extent not in reading.brings:  # many containers stand in one Pod
        filled = reading.has_insert(extent.start.line, extent.end.line + 1)
        signs = _signs(reading.deployments.profiles.signs)
        reading.brings[extent] = filled or signs.search(reading.places.raw(extent)) is not None
    return reading.brings[extent]


@functools.cache
def _signs(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


def _is_mounted_over(scope: EnvironmentScope, settings: ProfileSettings) -> bool:
    """Tell whether something is mounted where the files are looked for, which may hold them."""
    homes = [*settings.homes]
    homes += [
        one.value.text.reveal() for one in scope.variables if one.name == _HOME and isinstance(one.value, Literal)
    ]
    targets = [mount.path.rstrip("/") or "/" for mount in scope.mounts]
    sources = [mount.source for mount in scope.mounts]
    pattern = _signs(settings.signs)
    return any(fits(target, home) or home.startswith(f"{target}/") for target in targets for home in homes) or any(
        pattern.search(text) for text in (*targets, *sources)
    )


def _is_bare(image: str, settings: ProfileSettings) -> bool:
    name = image.partition("@")[0].lower()
    return any(fits(name, glob) for glob in settings.bare_images)


# -- recipes


def _of_recipe(folder: str, name: str, reading: Reading) -> ProfileFiles:
    """Tell what a Dockerfile in the tree says: nothing of the files, and a base that has none."""
    settings, project = reading.deployments.profiles, reading.project
    text = _recipe(folder, name, reading)
    if text is None:
        return ProfileFiles.UNKNOWN
    path = _joined(reading.path.rpartition("/")[0], folder)
    copied = any(project.read(_joined(path, one)) is not None for one in settings.paths)
    if copied or _signs(settings.signs).search(text):
        return ProfileFiles.BROUGHT
    base = _base(text)
    return ProfileFiles.ABSENT if base is not None and _is_bare(base, settings) else ProfileFiles.UNKNOWN


def _recipe(folder: str, name: str, reading: Reading) -> str | None:
    found = reading.project.read(_joined(_joined(reading.path.rpartition("/")[0], folder), name))
    return None if found is None else found.decode("utf-8", "replace")


def _base(text: str) -> str | None:
    """Give the image at the bottom of the last stage of a Dockerfile, or None where it names none."""
    stages: dict[str, str] = {}
    last: str | None = None
    for found in _FROM.finditer(text):
        last = stages.get(found["base"].lower(), found["base"])
        if found["name"]:
            stages[found["name"].lower()] = last
    return last


def _joined(folder: str, path: str) -> str:
    """Put a relative path behind a folder; `..` goes up."""
    parts = [*folder.split("/")] if folder else []
    for part in path.split("/"):
        if part == ".." and parts and parts[-1] != "..":
            parts.pop()
        elif part not in {"", "."}:
            parts.append(part)
    return "/".join(parts)
