"""Random environments of AWS, by a seed: variables, both files, what answers at addresses, a profile in code."""

from __future__ import annotations

import random

from tests.oracle.chains.case import HOME, Case, Section

_NAMES = ("default", "a", "b", "c")
_ADDRESSES = (
    "http://169.254.170.23/v1/credentials",
    "http://127.0.0.1/credentials",
    "http://localhost/credentials",
    "http://evil.example/credentials",
    "https://evil.example/credentials",
    "not an address",
    "",
)
_SSO = ("sso_start_url", "sso_region", "sso_account_id", "sso_role_name")


def aws_case(seed: int, *, login: bool) -> Case:
    """Give the environment of a seed; `login` tells that profiles may have a login session."""
    chance = random.Random(seed)  # noqa: S311 (the same cases in every run)
    files: dict[str, list[Section]] = {}
    for path, is_config in ((".aws/config", True), (".aws/credentials", False), ("other", bool(seed % 2))):
        if chance.random() < 0.85:
            files[path] = _file(chance, path, login=login, is_config=is_config)
    if chance.random() < 0.05:
        files[".boto"] = [("Credentials", _keys(chance, "boto"))]
    if chance.random() < 0.3:
        kept = chance.choice((0, 1, 2, 2, 2))
        files["old"] = [("", [("AWSAccessKeyId", "id-old"), ("AWSSecretKey", "secret")][:kept])]
    named = chance.choice((*_NAMES * 3, "ghost", "")) if chance.random() < 0.15 else None
    return Case(_variables(chance), files, named, chance.random() < 0.7, chance.random() < 0.5)


def _variables(chance: random.Random) -> dict[str, str]:
    found: dict[str, str] = {}

    def maybe(probability: float, name: str, *texts: str) -> None:
        if chance.random() < probability:
            found[name] = chance.choice(texts)

    if chance.random() < 0.3:
        maybe(0.85, "AWS_ACCESS_KEY_ID", "id-env", "id-env", "", " ")
        maybe(0.85, "AWS_SECRET_ACCESS_KEY", "secret", "secret", "")
        maybe(0.3, "AWS_SESSION_TOKEN", "token", "")
        maybe(0.1, "AWS_SECURITY_TOKEN", "token")
    maybe(0.4, "AWS_PROFILE", *_NAMES * 4, "ghost", "")
    maybe(0.1, "AWS_DEFAULT_PROFILE", *_NAMES * 2, "ghost", "")
    if chance.random() < 0.3:
        maybe(0.85, "AWS_WEB_IDENTITY_TOKEN_FILE", f"{HOME}/token", f"{HOME}/token", f"{HOME}/token", "")
        maybe(0.85, "AWS_ROLE_ARN", "arn:aws:iam::111122223333:role/env", "arn:aws:iam::111122223333:role/env", "")
    maybe(0.15, "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/get", "/get", "")
    maybe(0.2, "AWS_CONTAINER_CREDENTIALS_FULL_URI", *_ADDRESSES)
    maybe(0.3, "AWS_EC2_METADATA_DISABLED", "true", "TRUE", "false", "1", "")
    maybe(0.1, "AWS_CONFIG_FILE", f"{HOME}/other", "~/other", "$HOME/other", f"{HOME}/missing", "")
    maybe(0.1, "AWS_SHARED_CREDENTIALS_FILE", f"{HOME}/other", "~/other", f"{HOME}/missing", "")
    maybe(0.08, "AWS_CREDENTIAL_FILE", f"{HOME}/old", f"{HOME}/old", "~/old", f"{HOME}/missing", "")
    maybe(0.03, "BOTO_CONFIG", f"{HOME}/.boto", f"{HOME}/old", f"{HOME}/missing", "")
    return found


def _file(chance: random.Random, path: str, *, login: bool, is_config: bool) -> list[Section]:
    names = [name for name in _NAMES if chance.random() < 0.8]
    sections: list[Section] = [
        (_header(chance, name, is_config=is_config), _profile(chance, f"{path}:{name}", login=login)) for name in names
    ]
    if is_config and chance.random() < 0.5:
        sections.append(("sso-session s", [(name, "s") for name in _SSO[:2] if chance.random() < 0.9]))
    if chance.random() < 0.03:
        sections.append(("DEFAULT", _profile(chance, f"{path}:DEFAULT", login=login)))
    if sections and chance.random() < 0.02:
        sections.append(sections[0])
    chance.shuffle(sections)
    return sections


def _header(chance: random.Random, name: str, *, is_config: bool) -> str:
    if chance.random() < 0.08:
        return f"profile {name}" if not is_config else name
    if not is_config:
        return name
    if name == "default":
        return chance.choice(("default", "default", "default", "profile default"))
    return chance.choice((f"profile {name}",) * 6 + (f'profile "{name}"', f"profile  {name}", f"profile {name} x"))


def _profile(chance: random.Random, place: str, *, login: bool) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []

    def maybe(probability: float, key: str, *texts: str) -> None:
        if chance.random() < probability:
            found.append((key, chance.choice(texts)))

    maybe(0.3, "region", "eu-west-1")
    if chance.random() < 0.5:
        found += _keys(chance, place)
    if chance.random() < 0.35:
        maybe(0.95, "role_arn", "arn:aws:iam::111122223333:role/profile")
        maybe(0.7, "source_profile", *_NAMES * 3, "ghost")
        maybe(0.25, "credential_source", "Environment", "EcsContainer", "Ec2InstanceMetadata", "environment")
        maybe(0.2, "web_identity_token_file", f"{HOME}/token", "")
        maybe(0.1, "mfa_serial", "arn:aws:iam::111122223333:mfa/x")
    elif chance.random() < 0.05:
        maybe(1, "credential_source", "Environment", "EcsContainer")
    if chance.random() < 0.1:
        found += [(key, chance.choice("sssst")) for key in _SSO if chance.random() < 0.85]
        maybe(0.4, "sso_session", "s", "s", "ghost")
    maybe(0.08, "credential_process", f"/bin/cat {HOME}/process.json")
    if login:
        maybe(0.06, "login_session", "arn:aws:iam::111122223333:user/x")
    return found


def _keys(chance: random.Random, place: str) -> list[tuple[str, str]]:
    key = chance.choice(("aws_access_key_id",) * 9 + ("AWS_ACCESS_KEY_ID",))
    keys = [(key, f"id-{place}"), ("aws_secret_access_key", "secret"), ("aws_session_token", "token")]
    if chance.random() < 0.04:
        keys[0] = (key, "")
    kept = chance.choices((2, 3, 1), (8, 3, 1))[0]
    return [keys[1]] if chance.random() < 0.05 else keys[:kept]
