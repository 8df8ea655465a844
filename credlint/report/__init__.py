"""Renderers, one module per output format: pure functions from a Report to text; only the chosen one is imported."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from credlint.report.options import RenderOptions

if TYPE_CHECKING:
    from collections.abc import Callable

    from credlint.model.finding import Report

__all__ = ["FORMATS", "RenderOptions", "render"]

FORMATS: dict[str, str] = {
    "full": "credlint.report.full",
    "concise": "credlint.report.concise",
    "json": "credlint.report.json_format",
    "sarif": "credlint.report.sarif",
    "github": "credlint.report.github",
    "lsp": "credlint.report.lsp",
}
"""Format name, as the user gives it, to the module that holds its `render`."""


def render(name: str, report: Report, options: RenderOptions) -> str:
    """Give the report in the format `name`, a key of FORMATS; text that is not empty ends with a line end.

    The text can always be encoded as UTF-8, whatever the paths and lines hold.
    """
    renderer: Callable[[Report, RenderOptions], str] = import_module(FORMATS[name]).render
    return renderer(report, options)
