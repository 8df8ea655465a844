"""Programs of our field, by a small grammar of our own: what Python allows around the calls that matter.

A word in capitals stands for something of its kind; EXPRESSION and BLOCK for what is written by the same grammar.
"""

from __future__ import annotations

import re
import textwrap

from hypothesis import strategies as st

WORDS = {
    "NAME": ["a", "b", "creds", "key", "sts", "s3", "self", "config"],
    "ATTRIBUTE": ["token", "key", "access_key", "client", "items", "x"],
    "FIELD": ["Credentials", "AccessKeyId", "SecretAccessKey", "SessionToken", "AWS_ACCESS_KEY_ID", "AWS_PROFILE", "x"],
    "PARAMETER": ["aws_access_key_id", "aws_secret_access_key", "aws_session_token", "DurationSeconds", "profile_name"],
    "CONSTANT": ["None", "True", "''", "0", "900", "1.5", "...", "[]", "{}", "()", "b'x'", "os.environ", "'%s {}'"],
    "CALLEE": [
        *("boto3.client('sts').assume_role", "boto3.client", "boto3.Session", "boto3.Session().get_credentials"),
        *("os.environ.get", "os.getenv", "os.putenv", "os.environ.update", "os.environ.setdefault", "oss2.Auth"),
        *("print", "logging.info", "dict", "json.dumps", "json.loads", "functools.partial", "datetime.timedelta"),
        *("getattr", "setattr", "super", "list", "zip", "int", "'{a} {0}'.format", "NAME", "NAME.ATTRIBUTE"),
    ],
    "SIGN": ["+", "-", "*", "//", "%", "|", "or", "and", "==", "!=", "is", "in", "not in", "<", ">="],
    "JUMP": ["break", "continue", "pass"],
}
ATOMS = ["NAME", "CONSTANT", "'FIELD'", "os.environ['FIELD']"]
EXPRESSIONS = [
    *ATOMS,
    "creds['FIELD']",
    "creds['FIELD']",
    "CALLEE(EXPRESSION)",
    "boto3.client('s3', aws_access_key_id=NAME, aws_secret_access_key=NAME, aws_session_token=EXPRESSION)",
    "boto3.client('sts').assume_role(DurationSeconds=EXPRESSION)['Credentials']",
    "CALLEE('s3', PARAMETER=EXPRESSION)",
    "CALLEE(aws_access_key_id=EXPRESSION, aws_secret_access_key=EXPRESSION, aws_session_token=EXPRESSION)",
    "CALLEE(EXPRESSION, *NAME, PARAMETER=EXPRESSION, **EXPRESSION)",
    "NAME.ATTRIBUTE",
    "EXPRESSION['FIELD']",
    "EXPRESSION[:8]",
    "EXPRESSION.get('FIELD', EXPRESSION)",
    "(EXPRESSION SIGN EXPRESSION)",
    "(not EXPRESSION)",
    "(EXPRESSION if EXPRESSION else EXPRESSION)",
    "(lambda NAME: EXPRESSION)",
    "(NAME := EXPRESSION)",
    "[EXPRESSION, *EXPRESSION]",
    "{'FIELD': EXPRESSION, **EXPRESSION}",
    "[EXPRESSION for NAME in EXPRESSION if EXPRESSION]",
    "{'FIELD': EXPRESSION for NAME, b in EXPRESSION.items()}",
    "f'{NAME} {NAME!r} x'",
]
TARGETS = ["NAME", "NAME.ATTRIBUTE", "NAME['FIELD']", "NAME, NAME", "NAME, *NAME", "os.environ['FIELD']"]
SIMPLE = [
    *(f"{target} = EXPRESSION" for target in TARGETS),
    "NAME += EXPRESSION",
    "NAME: str = EXPRESSION",
    "EXPRESSION",
    "del NAME",
    "assert EXPRESSION",
    "import boto3",
    "from os import environ as a",
    "pass",
    "raise ValueError",
]
COMPOUND = [
    "if EXPRESSION:\n    BLOCK",
    "if EXPRESSION:\n    BLOCK\nelif NAME:\n    BLOCK\nelse:\n    BLOCK",
    "for NAME in EXPRESSION:\n    BLOCK\n    JUMP",
    "while EXPRESSION:\n    BLOCK\n    JUMP",
    "try:\n    BLOCK\nexcept NAME as a:\n    BLOCK\nfinally:\n    BLOCK",
    "with EXPRESSION as NAME:\n    BLOCK",
    "match EXPRESSION:\n    case {'x': NAME, **b} if a:\n        BLOCK\n    case [a, *_]:\n        BLOCK",
    "def NAME(self, key=EXPRESSION, *b, **creds):\n    BLOCK\n    return EXPRESSION",
    "async def NAME(a):\n    BLOCK\n    yield await NAME(EXPRESSION)",
    "class NAME(NAME):\n    BLOCK\n    def client(self):\n        self.ATTRIBUTE = EXPRESSION\n        BLOCK",
    "@dataclass\nclass NAME:\n    key: str\n    token: str = EXPRESSION",
]
_PLACE = re.compile(rf"\b(?:EXPRESSION|{'|'.join(WORDS)})\b")
_BLOCK = re.compile(r"^( *)BLOCK$", re.MULTILINE)
_HEAD = """\
import boto3, datetime, functools, json, logging, os, oss2
from dataclasses import dataclass
creds = boto3.client("sts", "us-east-1").assume_role(RoleArn="a", RoleSessionName="up")["Credentials"]
"""


@st.composite
def programs(draw: st.DrawFn) -> str:
    """Give a module of a few statements."""

    def filled(text: str, depth: int) -> str:
        def one(match: re.Match[str]) -> str:
            if match[0] == "EXPRESSION":
                return filled(draw(st.sampled_from(EXPRESSIONS if depth else ATOMS)), max(depth - 1, 0))
            return filled(draw(st.sampled_from(WORDS[match[0]])), depth)

        return _PLACE.sub(one, text)

    def block(depth: int) -> str:
        return "\n".join(statement(depth) for _ in range(draw(st.integers(1, 3))))

    def statement(depth: int) -> str:
        text = draw(st.sampled_from([*SIMPLE, *COMPOUND] if depth else SIMPLE))
        return _BLOCK.sub(lambda match: textwrap.indent(block(depth - 1), match[1]), filled(text, 2))

    return _HEAD + "\n".join(statement(2) for _ in range(draw(st.integers(1, 6)))) + "\n"
