"""Environments of Alibaba Cloud: those that people have, and random ones by a seed."""

from __future__ import annotations

import random

from tests.oracle.chains.case import HOME, Case, Section

ALI = "ALIBABA_CLOUD_"
CLI, INI = ".aliyun/config.json", ".alibabacloud/credentials.ini"
KEYS = {f"{ALI}ACCESS_KEY_ID": "id-env", f"{ALI}ACCESS_KEY_SECRET": "secret"}
ROLE_ARN = "acs:ram::1234567890123456:role/x"
RRSA = {
    f"{ALI}ROLE_ARN": ROLE_ARN,
    f"{ALI}OIDC_PROVIDER_ARN": "acs:ram::1234567890123456:oidc-provider/x",
    f"{ALI}OIDC_TOKEN_FILE": f"{HOME}/token",
}
PAIR = {"access_key_id": "id-file", "access_key_secret": "secret"}
_NAMES = ("default", "p1", "p2")


def cli(mode: str, **settings: str) -> dict[str, list[Section]]:
    return {CLI: [("", {"current": "default"}), ("default", {"mode": mode, **settings})]}


def ini(kind: str, **settings: str) -> dict[str, list[Section]]:
    return {INI: [("default", {"type": kind, **settings})]}


def of(**variables: str) -> dict[str, str]:
    return {f"{ALI}{name}": text for name, text in variables.items()}


def case(
    variables: dict[str, str] | None = None,
    files: dict[str, list[Section]] | None = None,
    *,
    container: bool = True,
    machine: bool = False,
) -> Case:
    return Case(variables or {}, files or {}, None, container, machine)


ENV, OIDC, FILE, CREDENTIALS, MACHINE, ADDRESS = (
    "env",
    "oidc_role_arn",
    "cli_profile",
    "profile",
    "ecs_ram_role",
    "credential_uri",
)
TWO = {
    CLI: [
        ("", {"current": "default"}),
        ("default", {"mode": "AK", **PAIR}),
        ("p2", {"mode": "StsToken", **PAIR, "sts_token": "t"}),
    ]
}
ROWS: list[tuple[str, str | None, Case]] = [
    ("nothing", None, case()),
    ("a pair", ENV, case(KEYS)),
    ("a pair and its token", ENV, case({**KEYS, **of(SECURITY_TOKEN="t")})),
    ("an empty key id", MACHINE, case({**KEYS, **of(ACCESS_KEY_ID="")}, machine=True)),
    ("a key id alone, on a machine", MACHINE, case(of(ACCESS_KEY_ID="id-env"), machine=True)),
    ("keys over a pod's role", ENV, case({**KEYS, **RRSA})),
    ("a pod's role", OIDC, case(RRSA)),
    ("a pod's role over the machine's", OIDC, case(RRSA, machine=True)),
    ("a pod's role over the file of the CLI", OIDC, case(RRSA, cli("AK", **PAIR))),
    ("a pod's role over credentials.ini", OIDC, case(RRSA, ini("access_key", **PAIR))),
    ("a pod's role of which a part is lacking", MACHINE, case({**RRSA, **of(OIDC_PROVIDER_ARN="")}, machine=True)),
    ("both files", FILE, case({}, {**cli("AK", **PAIR), **ini("access_key", **PAIR)})),
    ("a named profile", FILE, case(of(PROFILE="p2"), TWO)),
    ("a named profile and keys", ENV, case({**KEYS, **of(PROFILE="p2")}, TWO)),
    ("a named profile and a pod's role", OIDC, case({**RRSA, **of(PROFILE="p2")}, TWO)),
    ("a profile that is not there", MACHINE, case(of(PROFILE="ghost"), TWO, machine=True)),
    ("credentials.ini over the machine", CREDENTIALS, case({}, ini("access_key", **PAIR), machine=True)),
    (
        "credentials.ini elsewhere",
        CREDENTIALS,
        case(of(CREDENTIALS_FILE=f"{HOME}/x"), {"x": ini("access_key", **PAIR)[INI]}),
    ),
    ("a type that is none", None, case({}, ini("sts", **PAIR, security_token="t"))),
    ("a token that is not read", CREDENTIALS, case({}, ini("access_key", **PAIR, security_token="t"))),
    ("a role without keys", None, case({}, ini("ram_role_arn", role_arn=ROLE_ARN))),
    ("a role of the environment", CREDENTIALS, case(of(ROLE_ARN=ROLE_ARN), ini("ram_role_arn", **PAIR))),
    ("keys of the environment for a file's role", ENV, case(KEYS, ini("ram_role_arn", role_arn=ROLE_ARN))),
    (
        "a session that is too short",
        None,
        case({}, cli("RamRoleArn", **PAIR, ram_role_arn=ROLE_ARN, expired_seconds="600")),
    ),
    (
        "the file of the CLI switched off",
        CREDENTIALS,
        case(of(CLI_PROFILE_DISABLED="true"), {**cli("AK", **PAIR), **ini("access_key", **PAIR)}),
    ),
    ("a machine's role", MACHINE, case(machine=True)),
    ("metadata off", None, case(of(ECS_METADATA_DISABLED="true"), machine=True)),
    ("metadata off by a number", MACHINE, case(of(ECS_METADATA_DISABLED="1"), machine=True)),
    ("an address after the machine", MACHINE, case(of(CREDENTIALS_URI="http://127.0.0.1/x"), machine=True)),
    ("an address", ADDRESS, case(of(CREDENTIALS_URI="http://127.0.0.1/x"))),
    ("names of other tools", None, case({"ALICLOUD_ACCESS_KEY": "id-env", "ALICLOUD_SECRET_KEY": "secret"})),
    (
        "names without a line",
        None,
        case({"ALIBABACLOUD_ACCESS_KEY_ID": "id-env", "ALIBABACLOUD_ACCESS_KEY_SECRET": "s"}),
    ),
    ("names of OSS", None, case({"OSS_ACCESS_KEY_ID": "id-env", "OSS_ACCESS_KEY_SECRET": "secret"})),
]


def alibaba_case(seed: int) -> Case:
    """Give the environment of a seed."""
    chance = random.Random(seed)  # noqa: S311 (the same cases in every run)
    variables: dict[str, str] = {}

    def maybe(probability: float, found: dict[str, str], **texts: str | tuple[str, ...]) -> None:
        for name, text in texts.items():
            if chance.random() < probability:
                found[name] = text if isinstance(text, str) else chance.choice(text)

    def settings(kinds: str, types: tuple[str, ...]) -> dict[str, str]:
        found: dict[str, str] = {}
        maybe(0.95, found, **{kinds: types})
        maybe(0.85, found, access_key_id=("id-file", "id-file", "id-file", ""), access_key_secret="secret")
        maybe(0.8, found, sts_token="t", ram_role_arn=ROLE_ARN, role_arn=ROLE_ARN, ram_role_name="r")
        maybe(0.8, found, oidc_provider_arn="x", oidc_token_file=f"{HOME}/token", oidc_token_file_path=f"{HOME}/token")
        maybe(0.3, found, expired_seconds=("600", "900", "3600"), process_command=f"/bin/cat {HOME}/external.json")
        maybe(0.5, found, source_profile=(*_NAMES, "ghost", ""))
        return found

    maybe(0.2, variables, **of(ACCESS_KEY_ID="id-env", ACCESS_KEY_SECRET="secret", SECURITY_TOKEN="t"))
    if chance.random() < 0.2:
        maybe(0.8, variables, **RRSA)
    maybe(0.08, variables, **of(ROLE_ARN="", OIDC_TOKEN_FILE="", ACCESS_KEY_ID="", CREDENTIALS_FILE=f"{HOME}/other"))
    if chance.random() < 0.3:
        variables[f"{ALI}PROFILE"] = chance.choice((*_NAMES, "ghost", ""))
    maybe(0.2, variables, **{f"{ALI}ECS_METADATA_DISABLED": ("true", "True", "1", "false", "")})
    maybe(0.1, variables, **{f"{ALI}CLI_PROFILE_DISABLED": ("true", "TRUE", "1", "")})
    maybe(0.2, variables, **of(CREDENTIALS_URI=("http://127.0.0.1/x", "")))  # type: ignore[arg-type]
    modes = ("AK", "StsToken", "RamRoleArn", "EcsRamRole", "OIDC", "ChainableRamRoleArn", "External", "CloudSSO", "ak")
    types = ("access_key", "ram_role_arn", "oidc_role_arn", "ecs_ram_role", "rsa_key_pair", "sts")
    files: dict[str, list[Section]] = {}
    if chance.random() < 0.7:
        top = {"current": chance.choice((*_NAMES * 2, "ghost", ""))} if chance.random() < 0.9 else {}
        files[CLI] = [("", top), *((name, settings("mode", modes)) for name in _NAMES if chance.random() < 0.8)]
    for path in (INI, "other"):
        if chance.random() < 0.8:
            files[path] = [(name, settings("type", types)) for name in _NAMES if chance.random() < 0.8]
    return Case(variables, files, None, chance.random() < 0.5, chance.random() < 0.5)
