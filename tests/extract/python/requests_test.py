"""What is told of session requests and clients besides their credentials, and of what is done with answers."""

from __future__ import annotations

import pytest

from credlint.catalogue.load import load_catalogue
from credlint.extract.python.read import read_module
from credlint.model.facts import FileFacts, SessionRequest, Setting
from credlint.model.project import Settings
from credlint.model.values import Absent, Blank, EnvironmentVariable, Literal, Parameter, Unknown

CATALOGUE = load_catalogue()
HEAD = "import json\nimport os\n\nimport boto3\n\nsts = boto3.client('sts')\n"
CALL = "sts.assume_role(RoleArn='arn:aws:iam::111122223333:role/a', RoleSessionName='up')"


def read(text: str) -> FileFacts:
    facts = read_module("a.py", HEAD + text, CATALOGUE, Settings(), everything=False)
    assert facts.problems == ()
    return facts


def request(text: str) -> SessionRequest:
    return next(one for one in read(text).requests if one.name == "AssumeRole")


def field(arguments: str, role: str, before: str = "") -> Setting:
    (found,) = (one for one in request(f"{before}sts.assume_role({arguments})\n").fields if one.role == role)
    return found


# Settings


def test_text_that_is_constant() -> None:
    found = field("RoleSessionName='up'", "session_name")
    assert (found.name, found.plain, found.whole, found.length) == ("RoleSessionName", None, True, 2)
    assert isinstance(found.origin, Literal)
    assert [piece.reveal() for piece in found.pieces] == ["up"]
    assert found.location is not None


def test_text_that_is_built() -> None:
    found = field("RoleSessionName=f'up:{os.environ[\"NAME\"]}:x'", "session_name")
    assert isinstance(found.origin, Unknown)
    assert not found.whole
    assert ([piece.reveal() for piece in found.pieces], found.length) == (["up:", ":x"], 5)


@pytest.mark.parametrize(
    "value",
    [
        "f'a b {x}'[:64]",
        "f'a b {x}'.replace(' ', '-')",
        "'a b c'[:n]",
        "clean('a b')",
        "re.sub('[ ]', '', 'a b')",
    ],
)
def test_text_that_went_through_something_proves_nothing(value: str) -> None:
    found = field(f"RoleSessionName={value}", "session_name")
    assert (found.pieces, found.length, found.whole) == ((), None, False)


@pytest.mark.parametrize(
    ("value", "origin"),
    [
        ("''", Blank()),
        ("os.environ['NAME']", EnvironmentVariable("NAME")),
    ],
)
def test_origin(value: str, origin: object) -> None:
    assert field(f"RoleSessionName={value}", "session_name").origin == origin


def test_parameter_with_a_default() -> None:
    text = "def assume(name='up'):\n    return sts.assume_role(RoleSessionName=name)\n"
    found = [one.origin for one in request(text).fields]
    assert [type(origin) for origin in found] == [Parameter, Literal]


def test_key_that_is_there_on_one_path() -> None:
    arm = "    if policy:\n        more['Policy'] = policy\n"
    text = f"def assume(policy):\n    more = {{}}\n{arm}    sts.assume_role(**more)\n"
    found = request(text)
    assert {type(one.origin) for one in found.fields} == {Parameter, Absent}
    assert [one.location is None for one in found.fields if isinstance(one.origin, Absent)] == [True]
    assert not found.open


def test_arguments_of_unknown_content() -> None:
    assert request("def assume(more):\n    sts.assume_role(**more)\n").open


@pytest.mark.parametrize(
    ("value", "length"),
    [
        ("json.dumps({'a': 'b'})", 9),
        ("json.dumps({'a': [1, True, None, 'c']})", 19),
        ("json.dumps({'a': {'b': os.environ['C']}})", 12),
        ("json.dumps(policy())", 0),
        ("'{}'", 2),
        ("json.dumps([])", 2),
        ("json.dumps({'a': {'b': {'c': {'d': {'e': {'f': {'g': {'h': 'i'}}}}}}}})", 36),
        ("json.dumps(Policy())", 0),
        ("str(sts.assume_role(RoleArn='a')['Credentials']['SessionToken']) + '.'", 2),
    ],
)
def test_length(value: str, length: int | None) -> None:
    before = "class Policy:\n    pass\n\n\n"
    found = [
        one for one in read(f"{before}sts.assume_role(Policy={value})\n").requests if one.fields[0].role == "policy"
    ]
    assert [one.fields[0].length for one in found] == [length]


@pytest.mark.parametrize(
    ("arguments", "settings"),
    [
        ("'s3', 'eu-west-1'", [("region", "eu-west-1")]),
        (
            "'s3', region_name='eu-west-1', api_version='2006-03-01'",
            [("region", "eu-west-1"), ("api_version", "2006-03-01")],
        ),
        ("'s3', endpoint_url='https://user:secret@s3.amazonaws.com:443/x'", [("endpoint", "s3.amazonaws.com")]),
        ("'s3', endpoint_url='s3.amazonaws.com'", [("endpoint", "s3.amazonaws.com")]),
        ("'s3', endpoint_url='https://[s3'", [("endpoint", None)]),
        ("'s3', region_name='Europe, somewhere'", [("region", None)]),
        ("'s3', aws_account_id='111122223333'", [("account", "111122223333")]),
        ("'s3'", []),
    ],
)
def test_settings_of_a_client(arguments: str, settings: list[tuple[str, str | None]]) -> None:
    found = [one for one in read(f"boto3.client({arguments})\n").clients if one.service == "s3"]
    assert [[(setting.role, setting.plain) for setting in one.settings] for one in found] == [settings]


def test_settings_of_the_session_hold_where_the_client_has_none() -> None:
    text = (
        "session = boto3.Session(region_name='eu-west-1')\nsession.client('s3')\nsession.client('sqs', 'us-east-1')\n"
    )
    found = {one.service: [setting.plain for setting in one.settings] for one in read(text).clients if one.service}
    assert found == {"sts": [], "s3": ["eu-west-1"], "sqs": ["us-east-1"]}


def test_places_are_noted_without_credentials_too() -> None:
    made = "oss2.Bucket(auth, 'oss-cn-hangzhou.aliyuncs.com', 'b', region='cn-hangzhou')"
    text = f"import oss2\n\n\ndef bucket(provider):\n    auth = oss2.ProviderAuthV4(provider)\n    return {made}\n"
    (place,) = (one for one in read(text).places if one.sink == "oss2.Bucket")
    assert [setting.plain for setting in place.settings] == ["cn-hangzhou", "oss-cn-hangzhou.aliyuncs.com"]


# Calls


def test_calls_of_identity_and_control_services() -> None:
    text = "sts.get_caller_identity()\nboto3.client('iam').list_users()\nboto3.client('s3').list_buckets()\n"
    found = [(one.service, one.method, one.default_chain) for one in read(text).service_calls]
    assert found == [("sts", "get_caller_identity", True), ("iam", "list_users", True)]


def test_credentials_of_a_call() -> None:
    pair = "aws_access_key_id=os.environ['A'], aws_secret_access_key=os.environ['B']"
    text = f"boto3.client('sts', {pair}).get_caller_identity()\n"
    (call,) = read(text).service_calls
    assert [one.key_id.origin for one in call.credentials.alternatives] == [EnvironmentVariable("A")]
    assert not call.default_chain


# What is done with answers


@pytest.mark.parametrize(
    ("then", "used", "escapes"),
    [
        ("pass", False, False),
        ("answer['AssumedRoleUser']['Arn']", False, False),
        ("found = answer['Credentials']", False, False),
        ("answer['Credentials']['AccessKeyId']", False, False),
        ("answer['Credentials']['Expiration']", False, False),
        ("answer.get('Credentials', {})", False, False),
        ("answer['Credentials']['SecretAccessKey']", True, False),
        ("answer.get('Credentials').get('SessionToken')", True, False),
        ("answer['Credentials'].values()", True, True),
        ("print(answer)", True, False),
        ("print(answer['Credentials']['AccessKeyId'])", True, False),
        ("holder.parts = answer['Credentials']", True, True),
        ("holder['parts'] = answer", True, True),
    ],
)
def test_answer_is_used(then: str, used: bool, escapes: bool) -> None:
    found = request(f"def assume(holder):\n    answer = {CALL}\n    {then}\n")
    assert found.used is used
    assert found.escapes is escapes


def test_answer_that_is_put_into_a_list() -> None:
    found = request(f"def assume():\n    found = []\n    found.append({CALL})\n")
    assert (found.used, found.escapes) == (True, False)


PARTS = "class Parts:\n    def __init__(self, secret):\n        self.secret = secret\n\n\n"
ROUTE = "from flask import Flask, jsonify\n\napp = Flask('a')\n\n\n"


@pytest.mark.parametrize(
    ("text", "served"),
    [
        (f"{ROUTE}@app.route('/a')\ndef a():\n    return {CALL}['Credentials']\n", True),
        (f"{ROUTE}@app.route('/a')\ndef a():\n    return [{{'x': ({CALL},)}}]\n", True),
        (f"{ROUTE}@app.route('/a')\ndef a():\n    return {CALL}['AssumedRoleUser']\n", False),
        (f"{ROUTE}@app.route('/a')\ndef a():\n    return {CALL}['Credentials']['AccessKeyId']\n", False),
        (f"{ROUTE}def a():\n    return {CALL}['Credentials']\n", False),
        (f"{ROUTE}def a():\n    return jsonify({CALL}['Credentials'])\n", True),
        (f"{ROUTE}def a():\n    return jsonify(token='t' + {CALL}['Credentials']['SessionToken'])\n", True),
        (f"{ROUTE}def a():\n    return jsonify([[[[[[[{CALL}]]]]]]])\n", False),
        (f"def lambda_handler(event, context):\n    return {{'body': json.dumps({CALL}['Credentials'])}}\n", True),
        (f"def lambda_handler(event, context):\n    return {{'answer': {CALL}['Credentials']}}\n", False),
        (f"def lambda_handler(event, context):\n    return {CALL}['Credentials']\n", False),
        (f"{ROUTE}{PARTS}@app.get('/a')\ndef a():\n    return Parts({CALL}['Credentials']['SecretAccessKey'])\n", True),
    ],
)
def test_answer_is_sent(text: str, served: bool) -> None:
    assert (request(text).served is not None) is served


def test_answer_of_one_call_of_a_helper_is_sent() -> None:
    helper = f"def assume():\n    return {CALL}\n\n\n"
    text = f"{ROUTE}{helper}@app.route('/a')\ndef a():\n    return assume()\n\n\ndef b():\n    assume()\n"
    found = {len(one.calls): one.served is not None for one in read(text).requests if one.flows == ("a",)}
    assert found == {1: True}
    assert not any(one.served for one in read(text).requests if one.flows != ("a",))
