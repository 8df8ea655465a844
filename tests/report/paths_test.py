from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath, PureWindowsPath

import pytest

from credlint.report.paths import absolute_path, file_uri, repository_path, repository_uri
from tests.report.menagerie import CLEAN


@pytest.mark.parametrize(
    ("root", "repository", "path", "relative", "uri"),
    [
        ("/srv/shop", "/srv/shop", "a.py", "a.py", "a.py"),
        ("/srv/shop/backend", "/srv/shop", "a.py", "backend/a.py", "backend/a.py"),
        ("/srv/shop/backend", "/srv/shop", "../deploy/./b.yaml", "deploy/b.yaml", "deploy/b.yaml"),
        ("/srv/shop", "/srv/shop", "/srv/shop/x/a.py", "x/a.py", "x/a.py"),
        ("/srv/shop", None, "a.py", "a.py", "a.py"),
        ("/srv/shop", "/srv/shop/", "a.py", "a.py", "a.py"),
        ("/", "/", "srv/a.py", "srv/a.py", "srv/a.py"),
        ("/srv/shop", "/srv/shop", "/home/a b.py", "/home/a b.py", "file:///home/a%20b.py"),
        ("/srv/shop", "/srv/shop", "../shopping/a.py", "/srv/shopping/a.py", "file:///srv/shopping/a.py"),
        ("/srv", "/srv", "größe 1,2%#?.py", "größe 1,2%#?.py", "gr%C3%B6%C3%9Fe%201%2C2%25%23%3F.py"),
        ("/srv", "/srv", "c:x.py", "c:x.py", "c%3Ax.py"),
        ("/srv", "/srv", "a\\b.py", "a\\b.py", "a%5Cb.py"),
        ("/srv", "/srv", "\udcff.py", "\udcff.py", "%FF.py"),
        ("C:\\work\\shop\\sub", "C:\\work\\shop", "x/a.py", "sub/x/a.py", "sub/x/a.py"),
        ("C:\\work\\shop", "C:\\work\\shop", "D:/b c.py", "D:/b c.py", "file:///D:/b%20c.py"),
        ("C:/work", "C:/work", "\ud800.py", "\ud800.py", "%ED%A0%80.py"),
    ],
)
def test_paths_are_relative_to_the_repository(
    root: str, repository: str | None, path: str, relative: str, uri: str
) -> None:
    report = replace(CLEAN, root=root, repository=repository)

    assert repository_path(report, path) == relative
    assert repository_uri(report, path) == uri


@pytest.mark.parametrize(
    ("root", "path", "whole"),
    [
        ("/srv", "a b/ö%.py", PurePosixPath("/srv/a b/ö%.py")),
        ("/srv", "c:d.py", PurePosixPath("/srv/c:d.py")),
        ("C:\\Users\\an na", "x/a.py", PureWindowsPath("C:/Users/an na/x/a.py")),
        ("\\\\host\\share\\dir", "a b.py", PureWindowsPath("//host/share/dir/a b.py")),
    ],
)
def test_file_uris_are_those_of_pathlib(root: str, path: str, whole: PurePosixPath | PureWindowsPath) -> None:
    report = replace(CLEAN, root=root)

    assert absolute_path(report, path) == whole.as_posix()
    assert file_uri(report, path) == whole.as_uri()
