"""What is noticed while a refresh callable is run as its SDK will run it."""

from __future__ import annotations

from credlint.extract.python.domain import FunctionInfo
from credlint.model.lasting import RefreshFault
from credlint.model.span import Location
from credlint.model.values import ResponseField


class Watch:
    """What happens while a refresh callable runs: `prefix` is the chain of calls of all that is fetched in it."""

    def __init__(self, info: FunctionInfo, prefix: tuple[Location, ...]) -> None:
        self.info = info
        self.prefix = prefix
        self.found: list[tuple[RefreshFault, str, Location, Location]] = []

    def is_new(self, origin: ResponseField) -> bool:
        """Tell whether a part was fetched in the run of the callable."""
        return origin.calls[: len(self.prefix)] == self.prefix
