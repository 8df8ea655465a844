"""The files that the key `catalogue` names: descriptions of callables that the user adds to credlint's own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

from credlint.model.problem import FatalError

_ENDINGS = (".yaml", ".yml")


def read_own(
    paths: tuple[str, ...], folder: str, where: str, show: Callable[[str], str]
) -> tuple[tuple[str, str], ...]:
    """Give name and text of every file that is named, or stands in a folder that is named.

    Paths are relative to `folder`; `show` gives a path as people know it. Raises FatalError, led by `where`, for a path
    where nothing is.
    """
    files: dict[str, None] = {}
    for path in paths:
        files.update(dict.fromkeys(_files(os.path.join(folder, path), path, where)))
    return tuple((show(file), _text(file, show(file))) for file in files)


def _files(path: str, given: str, where: str) -> Iterator[str]:
    if os.path.isfile(path):
        yield os.path.normpath(path)
        return
    if not os.path.isdir(path):
        raise FatalError(f"{where}: there is no file or folder {given!r}")
    found = [os.path.normpath(os.path.join(path, name)) for name in sorted(os.listdir(path)) if name.endswith(_ENDINGS)]
    found = [file for file in found if os.path.isfile(file)]
    if not found:
        raise FatalError(f"{where}: the folder {given!r} holds no .yaml file")
    yield from found


def _text(path: str, shown: str) -> str:
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError as error:
        raise FatalError(f"{shown}: cannot be read: {error.strerror}") from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FatalError(f"{shown}:{line}: not UTF-8, as it must be") from None
