"""The form of key ids, secrets and tokens, and what is a placeholder or a dummy instead."""

from __future__ import annotations

import functools
import itertools
import math
import re
from collections import Counter
from enum import Enum

from credlint.catalogue.grammar import Grammar, KeyGrammar, SecretGrammar
from credlint.model.project import Settings
from credlint.model.sinks import EndpointKind
from credlint.model.values import Cloud, Lifetime, Role

_MINIMUM_VARIETY = 5
"""A real key id of 16 characters has 5 or more different ones after its prefix (AKIAAAAA… is a dummy)."""
_MINIMUM_TOKEN = 60


class KeyForm(Enum):
    """What is wrong with the form of a key id."""

    RIGHT = "right"
    WRONG = "wrong"
    UNUSUAL = "unusual"


def entropy(text: str) -> float:
    """Give the Shannon entropy of a text in bits per character; 0 for the empty text."""
    counts = Counter(text)
    return -sum(n / len(text) * math.log2(n / len(text)) for n in counts.values())


@functools.cache
def _patterns(grammar: Grammar) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in grammar.placeholder_patterns)


def is_placeholder(text: str, grammar: Grammar, settings: Settings) -> bool:
    """Tell whether a text is a documented example, a stand-in or a dummy; asked before grammar and entropy."""
    bare = text.strip().strip("\"'")
    if bare in grammar.placeholders or bare in settings.placeholders or bare.lower() in grammar.dummy_words:
        return True
    if any(pattern.search(bare) for pattern in _patterns(grammar)):
        return True
    form = key_grammar(bare, grammar)
    if form is not None:
        rest = bare[len(form.prefix) :]
        return len(set(rest)) < _MINIMUM_VARIETY or is_sequence(rest)
    return len(set(bare)) < _MINIMUM_VARIETY


def is_sequence(text: str) -> bool:
    """Tell whether more than half of a text counts up or repeats (1234567890ABCDEF)."""
    steps = [ord(other) - ord(one) for one, other in itertools.pairwise(text)]
    return sum(step in {0, 1} for step in steps) * 2 > len(steps)


def key_grammar(text: str, grammar: Grammar) -> KeyGrammar | None:
    """Give the grammar whose prefix a text begins with, or None; the longest prefix wins."""
    best: KeyGrammar | None = None
    for form in grammar.key_ids:
        if text.startswith(form.prefix) and (best is None or len(form.prefix) > len(best.prefix)):
            best = form
    return best


def key_form(text: str, form: KeyGrammar) -> KeyForm:
    """Tell whether a key id has the length and alphabet of its kind."""
    rest = text[len(form.prefix) :]
    fits = re.fullmatch(f"[{form.alphabet}]*", rest) is not None
    if form.strict:
        return KeyForm.RIGHT if fits and len(text) in form.lengths else KeyForm.WRONG
    if fits and (len(text) in form.lengths if form.lengths else len(text) >= form.minimum_length):
        return KeyForm.RIGHT
    return KeyForm.UNUSUAL


def is_key_id(text: str, grammar: Grammar) -> bool:
    """Tell whether a text has the exact form of a key id."""
    form = key_grammar(text, grammar)
    return form is not None and key_form(text, form) is KeyForm.RIGHT


def lifetime_of_key(text: str, grammar: Grammar) -> Lifetime:
    """Give what a key id says about its lifetime by its prefix; UNKNOWN for one of no known form."""
    form = key_grammar(text.strip(), grammar)
    if form is None or key_form(text.strip(), form) is KeyForm.WRONG:
        return Lifetime.UNKNOWN
    return form.lifetime


def cloud_of_key(text: str, grammar: Grammar) -> Cloud | None:
    """Give the cloud whose key id a text begins like, or None."""
    form = key_grammar(text.strip(), grammar)
    return form.cloud if form else None


def needs_token(text: str, grammar: Grammar) -> bool:
    """Tell whether a key id can only be used together with a token (not so for Alibaba's console ids)."""
    form = key_grammar(text.strip(), grammar)
    return form is not None and form.needs_token


def secret_grammar(cloud: Cloud, grammar: Grammar) -> SecretGrammar | None:
    """Give the form of a cloud's long-lived secrets; an S3-compatible service is taken to use AWS's."""
    wanted = Cloud.AWS if cloud is Cloud.S3_COMPATIBLE else cloud
    return next((form for form in grammar.secrets if form.cloud is wanted), None)


def is_secret(text: str, cloud: Cloud, grammar: Grammar) -> bool:
    """Tell whether a text can be a long-lived secret of a cloud: its exact length and alphabet."""
    form = secret_grammar(cloud, grammar)
    if form is None or len(text) != form.length:
        return False
    return re.fullmatch(f"[{form.alphabet}]+", text) is not None and re.fullmatch("[a-f0-9]+", text) is None


def is_random_secret(text: str, cloud: Cloud, grammar: Grammar) -> bool:
    """Tell whether a text looks like a real secret: its form and enough entropy."""
    form = secret_grammar(cloud, grammar)
    return form is not None and is_secret(text, cloud, grammar) and entropy(text) >= form.minimum_entropy


def shortest(role: Role, grammar: Grammar) -> int | None:
    """Give how many characters a part of real credentials has at least, None for what is no part."""
    match role:
        case Role.KEY_ID:
            return min(min(form.lengths, default=form.minimum_length) for form in grammar.key_ids)
        case Role.SECRET:
            return min(form.length for form in grammar.secrets)
        case Role.TOKEN | Role.LEGACY_TOKEN:
            return _MINIMUM_TOKEN
        case _:
            return None


def is_token(text: str, grammar: Grammar) -> bool:
    """Tell whether a text looks like a session token: a known beginning, or long base64."""
    if len(text) < _MINIMUM_TOKEN:
        return False
    return text.startswith(grammar.token_prefixes) and re.fullmatch(r"[A-Za-z0-9+/=%]+", text) is not None


def endpoint_kind(host: str, grammar: Grammar, settings: Settings) -> EndpointKind:
    """Tell what kind of service a host name belongs to; `host` is lower case without port."""
    name = host.lower().rstrip(".")
    if not name:
        return EndpointKind.UNKNOWN
    if name in settings.local_endpoints or name.startswith("127."):
        return EndpointKind.LOCAL
    labels = name.split(".")
    if any(label == local or label.startswith(f"{local}-") for label in labels[:1] for local in grammar.local_hosts):
        return EndpointKind.LOCAL
    if name in grammar.local_hosts or name.endswith((".localhost", ".local")):
        return EndpointKind.LOCAL
    if any(name == cloud or name.endswith(f".{cloud}") for cloud in grammar.cloud_hosts):
        return EndpointKind.CLOUD
    return EndpointKind.OTHER
