"""Environments that people have, with what botocore and the JavaScript SDK make of each; the tests ask the SDKs too.

`botocore` and `javascript` are the provider that answers, the error that ends the search, or None where nobody answers.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.oracle.chains.case import HOME, Case, Section

KEYS = {"AWS_ACCESS_KEY_ID": "id-env", "AWS_SECRET_ACCESS_KEY": "secret"}
TEMPORARY = {**KEYS, "AWS_SESSION_TOKEN": "token"}
WEB = {"AWS_WEB_IDENTITY_TOKEN_FILE": f"{HOME}/token", "AWS_ROLE_ARN": "arn:aws:iam::111122223333:role/env"}
POD = {"AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://169.254.170.23/v1/credentials"}
TASK = {"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/v2/credentials"}
ROLE = ("role_arn", "arn:aws:iam::111122223333:role/profile")
TOKEN = ("web_identity_token_file", f"{HOME}/token")
PROCESS = ("credential_process", f"/bin/cat {HOME}/process.json")
SSO = [("sso_start_url", "s"), ("sso_region", "s"), ("sso_account_id", "s"), ("sso_role_name", "s")]
CONFIG, CREDENTIALS = ".aws/config", ".aws/credentials"
SOURCE = ("source_profile", "base")
ENV, WEB_ID, FILE, ROLE_OF = "env", "assume-role-with-web-identity", "shared-credentials-file", "assume-role"
CONTAINER, MACHINE = "container-role", "iam-role"
JS_NOTHING = "CredentialsProviderError"


def pair(place: str) -> list[tuple[str, str]]:
    return [("aws_access_key_id", f"id-{place}"), ("aws_secret_access_key", "secret")]


DEFAULT: dict[str, list[Section]] = {CREDENTIALS: [("default", pair("default"))]}
NAMED: dict[str, list[Section]] = {CREDENTIALS: [(name, pair(name)) for name in ("default", "base", "sandbox")]}
BY_ROLE: dict[str, list[Section]] = {
    CREDENTIALS: [("base", pair("base"))],
    CONFIG: [("profile r", [ROLE, SOURCE])],
}


@dataclass(frozen=True)
class Row:
    """A case by what it shows."""

    title: str
    case: Case
    botocore: str | None
    javascript: str | None = ""


def of(**variables: str) -> dict[str, str]:
    return {f"AWS_{name}": text for name, text in variables.items()}


def config(*settings: tuple[str, str], credentials: list[Section] | None = None) -> dict[str, list[Section]]:
    """Give files with a profile `default` in the config file."""
    files: dict[str, list[Section]] = {CONFIG: [("default", list(settings))]}
    return {**files, CREDENTIALS: credentials} if credentials else files


def row(
    title: str,
    botocore: str | None,
    variables: dict[str, str] | None = None,
    files: dict[str, list[Section]] | None = None,
    *,
    profile: str | None = None,
    container: bool = True,
    machine: bool = False,
    javascript: str | None = "",
) -> Row:
    return Row(title, Case(variables or {}, files or {}, profile, container, machine), botocore, javascript)


PARTIAL, INVALID, NOT_FOUND = "PartialCredentialsError", "InvalidConfigError", "ProfileNotFound"
ONLY_KEY = of(ACCESS_KEY_ID="id-env")
BASE: list[Section] = [("base", pair("base"))]
ROWS = [
    # Variables.
    row("nothing at all", None, javascript=JS_NOTHING),
    row("a pair", ENV, KEYS, javascript="fromEnv"),
    row("a pair and its token", ENV, TEMPORARY),
    row("a key id alone", PARTIAL, ONLY_KEY),
    row("a key id alone, a credentials file", PARTIAL, ONLY_KEY, DEFAULT, javascript="fromIni"),
    row("a secret alone", None, of(SECRET_ACCESS_KEY="secret")),
    row("a secret alone, a credentials file", FILE, of(SECRET_ACCESS_KEY="secret"), DEFAULT),
    row("a token alone, a credentials file", FILE, of(SESSION_TOKEN="token"), DEFAULT),
    row("an empty pair on a machine with a role", MACHINE, of(ACCESS_KEY_ID="", SECRET_ACCESS_KEY=""), machine=True),
    row("a key id, an empty secret", PARTIAL, of(ACCESS_KEY_ID="id-env", SECRET_ACCESS_KEY=""), machine=True),
    row("a blank as key id", ENV, of(ACCESS_KEY_ID=" ", SECRET_ACCESS_KEY="secret")),
    row("the old name of the token", ENV, {**KEYS, **of(SECURITY_TOKEN="old")}, javascript="fromEnv"),
    row("both names of the token", ENV, {**KEYS, **of(SECURITY_TOKEN="old", SESSION_TOKEN="token")}),
    row("an empty token", ENV, {**KEYS, **of(SESSION_TOKEN="")}),
    row("names of other tools", None, of(ACCESS_KEY="id-env", SECRET_KEY="secret")),
    row("an id in quotes", ENV, of(ACCESS_KEY_ID='"id-env"', SECRET_ACCESS_KEY="secret")),
    row("keys over web identity", ENV, {**KEYS, **WEB}, javascript="fromEnv"),
    row("keys over a pod's role", ENV, {**KEYS, **POD}, javascript="fromEnv"),
    row("keys over a task's role", ENV, {**KEYS, **TASK}),
    row("keys over the machine's role", ENV, KEYS, machine=True),
    row("half a pair hides web identity", PARTIAL, {**ONLY_KEY, **WEB}),
    # Web identity.
    row("web identity", WEB_ID, WEB, javascript="fromTokenFile"),
    row("web identity over a pod's role", WEB_ID, {**WEB, **POD}, javascript="fromTokenFile"),
    row("web identity over task and machine", WEB_ID, {**WEB, **TASK}, machine=True),
    row("web identity and a credentials file", WEB_ID, WEB, DEFAULT, javascript="fromIni"),
    row(
        "web identity and a named profile of keys",
        WEB_ID,
        {**WEB, **of(PROFILE="sandbox")},
        NAMED,
        javascript="fromIni",
    ),
    row("web identity and a named profile with a role", ROLE_OF, {**WEB, **of(PROFILE="r")}, BY_ROLE),
    row("web identity and a default profile with a role", ROLE_OF, WEB, config(ROLE, SOURCE, credentials=BASE)),
    row("web identity, a profile in code", FILE, WEB, NAMED, profile="sandbox"),
    row(
        "web identity and a profile that is not there",
        NOT_FOUND,
        {**WEB, **of(PROFILE="ghost")},
        javascript="fromTokenFile",
    ),
    row("a token file without a role", INVALID, of(WEB_IDENTITY_TOKEN_FILE=f"{HOME}/token"), javascript=JS_NOTHING),
    row(
        "a token file without a role, on a machine", INVALID, of(WEB_IDENTITY_TOKEN_FILE=f"{HOME}/token"), machine=True
    ),
    row(
        "a role without a token file, on a machine",
        MACHINE,
        of(ROLE_ARN="arn:aws:iam::111122223333:role/env"),
        machine=True,
    ),
    row("web identity with an empty role", INVALID, {**WEB, **of(ROLE_ARN="")}),
    row("web identity with an empty token file", MACHINE, {**WEB, **of(WEB_IDENTITY_TOKEN_FILE="")}, machine=True),
    row("web identity and empty keys", WEB_ID, {**WEB, **of(ACCESS_KEY_ID="", SECRET_ACCESS_KEY="")}),
    row("another role for the token", WEB_ID, {**WEB, **of(ROLE_ARN="arn:aws:iam::111122223333:role/other")}),
    # What the platform answers.
    row("a pod's role", CONTAINER, POD, javascript="fromHttp"),
    row("a pod's role over the machine's", CONTAINER, POD, machine=True),
    row("a credentials file over a pod's role", FILE, POD, DEFAULT, javascript="fromIni"),
    row("a named profile over a pod's role", FILE, {**POD, **of(PROFILE="sandbox")}, NAMED),
    row("two addresses", CONTAINER, {**TASK, **POD}),
    row("a task's role over the machine's", CONTAINER, TASK, machine=True),
    row("an address that is dead", "CredentialRetrievalError", TASK, container=False, machine=True),
    row("a foreign address", "ValueError", of(CONTAINER_CREDENTIALS_FULL_URI="http://evil.example/"), machine=True),
    row("an empty address", "ValueError", of(CONTAINER_CREDENTIALS_FULL_URI=""), machine=True),
    row("a machine's role", MACHINE, machine=True),
    row("metadata off", None, of(EC2_METADATA_DISABLED="true"), machine=True, javascript=JS_NOTHING),
    row("metadata off in capitals", None, of(EC2_METADATA_DISABLED="TRUE"), machine=True, javascript=JS_NOTHING),
    row("metadata off by a number", MACHINE, of(EC2_METADATA_DISABLED="1"), machine=True, javascript=JS_NOTHING),
    row(
        "metadata not off", MACHINE, of(EC2_METADATA_DISABLED="false"), machine=True, javascript="fromInstanceMetadata"
    ),
    # Which profile.
    row("a named profile", FILE, of(PROFILE="sandbox"), NAMED),
    row("a named profile and keys", ENV, {**KEYS, **of(PROFILE="sandbox")}, NAMED, javascript="fromIni"),
    row("a profile in code and keys", FILE, KEYS, NAMED, profile="sandbox", javascript="fromIni"),
    row("a profile in code and a named one", FILE, of(PROFILE="base"), NAMED, profile="sandbox"),
    row("the default profile in code, and keys", FILE, KEYS, NAMED, profile="default"),
    row("an empty profile in code, and keys", NOT_FOUND, KEYS, NAMED, profile=""),
    row("a named profile with a role, and keys", ENV, {**KEYS, **of(PROFILE="r")}, BY_ROLE, javascript="fromIni"),
    row("a named profile with a role", ROLE_OF, of(PROFILE="r"), BY_ROLE),
    row("a profile with a role in code, and keys", ROLE_OF, KEYS, BY_ROLE, profile="r"),
    row("a profile that is not there", NOT_FOUND, of(PROFILE="ghost"), javascript=JS_NOTHING),
    row("a profile that is not there, and keys", NOT_FOUND, {**KEYS, **of(PROFILE="ghost")}, javascript=JS_NOTHING),
    row("a profile that is not there, on a machine", NOT_FOUND, of(PROFILE="ghost"), machine=True),
    row("an empty profile and a credentials file", NOT_FOUND, of(PROFILE=""), DEFAULT, javascript="fromIni"),
    row("an empty profile and keys", NOT_FOUND, {**KEYS, **of(PROFILE="")}, javascript="fromEnv"),
    row(
        "a profile without credentials", None, of(PROFILE="x"), {**DEFAULT, CONFIG: [("profile x", [("region", "x")])]}
    ),
    row(
        "a profile without credentials, on a machine",
        MACHINE,
        of(PROFILE="x"),
        {CONFIG: [("profile x", [("region", "x")])]},
        machine=True,
    ),
    row("the other variable of the profile", FILE, of(DEFAULT_PROFILE="base"), NAMED, javascript="fromIni"),
    row(
        "both variables of the profile",
        FILE,
        of(DEFAULT_PROFILE="base", PROFILE="sandbox"),
        NAMED,
        javascript="fromIni",
    ),
    row("an empty default profile", NOT_FOUND, of(DEFAULT_PROFILE="", PROFILE="sandbox"), NAMED, javascript="fromIni"),
    # Which file.
    row("a credentials file", FILE, {}, DEFAULT),
    row("keys of the config file", "config-file", {}, config(*pair("config"))),
    row("keys of both files", FILE, {}, config(*pair("config"), credentials=DEFAULT[CREDENTIALS])),
    row("half a pair in the file", PARTIAL, {}, {CREDENTIALS: [("default", pair("x")[:1])]}),
    row("half a pair in each file", PARTIAL, {}, config(pair("x")[1], credentials=[("default", pair("x")[:1])])),
    row("the header of the other file", NOT_FOUND, of(PROFILE="x"), {CREDENTIALS: [("profile x", pair("x"))]}),
    row("a header without its prefix", NOT_FOUND, of(PROFILE="x"), {CONFIG: [("x", pair("x"))]}),
    row(
        "a file elsewhere",
        FILE,
        of(SHARED_CREDENTIALS_FILE=f"{HOME}/other"),
        {**DEFAULT, "other": [("default", pair("other"))]},
    ),
    row("a file that is not there", MACHINE, of(SHARED_CREDENTIALS_FILE=f"{HOME}/gone"), DEFAULT, machine=True),
    row(
        "a mounted config file",
        ROLE_OF,
        of(CONFIG_FILE=f"{HOME}/m", PROFILE="r"),
        {CREDENTIALS: BASE, "m": BY_ROLE[CONFIG]},
    ),
    row("a credentials file over task and machine", FILE, TASK, DEFAULT, machine=True),
    row("boto's own file", "boto-config", {**TASK, "BOTO_CONFIG": f"{HOME}/b"}, {"b": [("Credentials", pair("b"))]}),
    row(
        "EC2's file",
        "ec2-credentials-file",
        {**TASK, **of(CREDENTIAL_FILE=f"{HOME}/e")},
        {"e": [("", [("AWSAccessKeyId", "id-e"), ("AWSSecretKey", "secret")])]},
    ),
    # Roles of profiles.
    row("a role without a source", PARTIAL, {}, config(ROLE), machine=True),
    row(
        "a role with two sources",
        INVALID,
        {},
        config(ROLE, SOURCE, ("credential_source", "Environment"), credentials=DEFAULT[CREDENTIALS]),
    ),
    row("a role signed by the environment, and keys", ENV, KEYS, config(ROLE, ("credential_source", "Environment"))),
    row(
        "that role, its profile in code",
        ROLE_OF,
        KEYS,
        {CONFIG: [("profile r", [ROLE, ("credential_source", "Environment")])]},
        profile="r",
    ),
    row("a role signed by the container", ROLE_OF, TASK, config(ROLE, ("credential_source", "EcsContainer"))),
    row(
        "a role signed by the machine",
        ROLE_OF,
        {},
        config(ROLE, ("credential_source", "Ec2InstanceMetadata")),
        machine=True,
    ),
    row("a source in the wrong case", INVALID, {}, config(ROLE, ("credential_source", "environment"))),
    row(
        "a source that is not there",
        INVALID,
        {},
        config(ROLE, ("source_profile", "gone"), credentials=DEFAULT[CREDENTIALS]),
    ),
    row(
        "a profile that is its own source",
        ROLE_OF,
        {},
        config(ROLE, ("source_profile", "default"), credentials=DEFAULT[CREDENTIALS]),
    ),
    row(
        "two profiles that lead to each other",
        "InfiniteLoopConfigError",
        of(PROFILE="a"),
        {CONFIG: [("profile a", [ROLE, ("source_profile", "b")]), ("profile b", [ROLE, ("source_profile", "a")])]},
    ),
    row("a role and keys in one profile", PARTIAL, {}, config(ROLE, *pair("m"))),
    row("web identity of a profile, with a source", WEB_ID, {}, config(ROLE, TOKEN, SOURCE, credentials=BASE)),
    row("web identity and keys of a profile", WEB_ID, {}, config(ROLE, TOKEN, credentials=DEFAULT[CREDENTIALS])),
    row("web identity of the environment and of a profile", WEB_ID, WEB, config(ROLE, TOKEN)),
    row("web identity of a profile in code", WEB_ID, WEB, {CONFIG: [("profile w", [ROLE, TOKEN])]}, profile="w"),
    row(
        "a role signed by a profile with web identity",
        ROLE_OF,
        {},
        {CONFIG: [("default", [ROLE, ("source_profile", "w")]), ("profile w", [ROLE, TOKEN])]},
    ),
    # Other kinds of profiles.
    row("single sign-on and keys", "sso", {}, config(*SSO, credentials=DEFAULT[CREDENTIALS])),
    row("single sign-on and a program", "sso", {}, config(*SSO, PROCESS)),
    row("keys and a program", FILE, {}, config(PROCESS, credentials=DEFAULT[CREDENTIALS])),
    row("keys of the config file and a program", "custom-process", {}, config(PROCESS, *pair("config"))),
    row("a program, and keys of the environment", ENV, KEYS, config(PROCESS)),
    row("a login and keys", FILE, {}, config(("login_session", "x"), credentials=DEFAULT[CREDENTIALS])),
    row("a login of nobody", "LoginTokenLoadError", {}, config(("login_session", "x"))),
    row("a login of nobody and a program", "LoginTokenLoadError", {}, config(("login_session", "x"), PROCESS)),
    # What a platform sets.
    row("a function's own keys and a profile", ENV, {**TEMPORARY, **of(PROFILE="sandbox")}, NAMED),
    row("keys over a function's own, its token left", ENV, {**KEYS, **of(SESSION_TOKEN="of the platform")}),
]
