"""What is known about programs that live long, about code that renews credentials, and about errors that ask for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from credlint.catalogue.schema_fields import Fields
from credlint.model.records import dataclass, names

if TYPE_CHECKING:
    from credlint.catalogue.yamlfile import Entry


@dataclass(frozen=True, slots=True)
class Lasting:
    """Names and words of `lasting` in rules/providers.

    `frameworks` are modules whose programs live long, `task_frameworks` those of them whose objects do,
    `batch_frameworks` those that read a module anew for every run; `run_once_paths` are folders of programs that end.
    `renewal_words` are words in the names of code that renews or compares the time, `lifetime_names` names that hold
    such a word and mean something else. `error_codes` are those that only new credentials cure, unless one of the
    `creation_methods` has just made the key: `new_key_codes` are those of them that such a key gives.
    `retry_predicates` and `retry_refusals` are callables and keywords of decorators whose function says whether a call
    is made again, or is not; `retry_words` are what the number of an attempt is called; `remaking_words` stand in the
    names of calls that give a new client.
    """

    frameworks: tuple[str, ...] = ()
    task_frameworks: tuple[str, ...] = ()
    batch_frameworks: tuple[str, ...] = ()
    run_once_paths: tuple[str, ...] = ()
    cache_decorators: frozenset[str] = frozenset()
    renewal_words: frozenset[str] = frozenset()
    time_words: frozenset[str] = frozenset()
    lifetime_names: frozenset[str] = frozenset()
    lock_words: frozenset[str] = frozenset()
    multipart_methods: frozenset[str] = frozenset()
    per_call_objects: frozenset[str] = frozenset()
    application_names: frozenset[str] = frozenset()
    error_codes: frozenset[str] = frozenset()
    new_key_codes: frozenset[str] = frozenset()
    creation_methods: frozenset[str] = frozenset()
    retry_predicates: frozenset[str] = frozenset()
    retry_refusals: frozenset[str] = frozenset()
    retry_words: frozenset[str] = frozenset()
    remaking_words: frozenset[str] = frozenset()


_KEYS = " ".join(names(Lasting))


def build_lasting(entries: Iterable[Entry]) -> Lasting:
    """Put the `lasting` parts of several files together."""
    given = [Fields(entry, _KEYS) for entry in entries]

    def words(key: str) -> tuple[str, ...]:
        return tuple(word for fields in given for word in fields.texts(key))

    return Lasting(
        frameworks=words("frameworks"),
        task_frameworks=words("task_frameworks"),
        batch_frameworks=words("batch_frameworks"),
        run_once_paths=words("run_once_paths"),
        cache_decorators=frozenset(words("cache_decorators")),
        renewal_words=frozenset(words("renewal_words")),
        time_words=frozenset(words("time_words")),
        lifetime_names=frozenset(words("lifetime_names")),
        lock_words=frozenset(words("lock_words")),
        multipart_methods=frozenset(words("multipart_methods")),
        per_call_objects=frozenset(words("per_call_objects")),
        application_names=frozenset(words("application_names")),
        error_codes=frozenset(words("error_codes")),
        new_key_codes=frozenset(words("new_key_codes")),
        creation_methods=frozenset(words("creation_methods")),
        retry_predicates=frozenset(words("retry_predicates")),
        retry_refusals=frozenset(words("retry_refusals")),
        retry_words=frozenset(words("retry_words")),
        remaking_words=frozenset(words("remaking_words")),
    )
