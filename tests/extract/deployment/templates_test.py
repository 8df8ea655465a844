"""Values of templates of clouds and of Ansible: functions, sources, roles under conditions, durations of ISO 8601."""

from __future__ import annotations

import pytest

from credlint.extract.deployment.durations import iso_duration
from tests.extract.deployment.facts import read, words

CLOUDFORMATION = """\
AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  Blank: {{Type: String, Default: ""}}
  Given: {{Type: String, Default: x}}
Resources:
  F:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Name: a
          Environment:
            - Name: AWS_ACCESS_KEY_ID
              Value: {value}
"""
ROLE = """\
AWSTemplateFormatVersion: "2010-09-09"
Resources:
  F:
    Type: AWS::ECS::TaskDefinition
    Properties:
      TaskRoleArn: {value}
      ContainerDefinitions: [{{Name: a}}]
"""
SERVERLESS = """\
service: x
provider: {{name: aws}}
functions:
  f:
    environment:
      AWS_ACCESS_KEY_ID: {value}
"""
PLAY = """\
- hosts: all
  tasks:
    - command: x
      environment:
        AWS_ACCESS_KEY_ID: {value}
"""


def key_id(text: str, path: str) -> str:
    (variable,) = [one for scope in read(text, path).scopes for one in scope.variables]
    return words(variable.value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("!Ref Key", "template value Key"),
        ("{Ref: Key}", "template value Key"),
        ("!Ref Given", "template value Given"),
        ("!Ref Blank", "unknown"),
        ('!Ref "AWS::NoValue"', "absent"),
        ("!GetAtt Key.SecretAccessKey", "template value Key.SecretAccessKey"),
        ("{'Fn::GetAtt': [Key, SecretAccessKey]}", "template value Key.SecretAccessKey"),
        ("{'Fn::GetAtt': [Key, {Ref: Name}]}", "unknown"),
        ("!ImportValue key", "template value key"),
        ("!Sub '${Key}'", "template value Key"),
        ("!Sub 'x${Key}'", "unknown"),
        ("!Sub '${!Key}'", "literal"),
        ("!Sub plain", "literal"),
        ("!Sub ['${Key}', {Key: x}]", "unknown"),
        ("!Sub ''", "unknown"),
        ("!If [A, b, c]", "template value A"),
        ("!If [A, !Ref Key, !Ref Given]", "template value A"),
        ("!If [A, b, !Ref Key]", "unknown"),
        ("!If [A, b]", "unknown"),
        ("!If [[A], b, c]", "unknown"),
        ("!If A", "unknown"),
        ("!Ref []", "unknown"),
        ("'{{resolve:secretsmanager:x:SecretString:y}}'", "stored secret x:SecretString:y"),
        ("!Sub '{{resolve:ssm:/x/y}}'", "stored secret /x/y"),
        ("'{{resolve:other:x}}'", "unknown"),
        ("{a: b, c: d}", "unknown"),
        ("[a]", "unknown"),
        ("plain", "literal"),
        ("''", "blank"),
    ],
)
def test_functions(value: str, expected: str) -> None:
    assert key_id(CLOUDFORMATION.format(value=value), "template.yaml") == expected


@pytest.mark.parametrize(
    ("value", "bound"),
    [
        ("!Ref Role", True),
        ("!Sub 'arn:aws:iam::${AWS::AccountId}:role/x'", True),
        ("arn:aws:iam::111122223333:role/x", True),
        ("{'Fn::GetAtt': [Role, Arn]}", True),
        ("{'Fn::If': [A, {Ref: Role}, {Ref: 'AWS::NoValue'}]}", False),
        ('!Ref "AWS::NoValue"', False),
        ("''", False),
        ("~", False),
        ("*nothing", False),
    ],
)
def test_roles(value: str, *, bound: bool) -> None:
    scopes = read(ROLE.format(value=value), "template.yaml").scopes
    assert bool(scopes[1].roles) is bound


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("${env:KEY}", "host variable KEY"),
        ("${env:KEY, 'x'}", "unknown"),
        ("${ssm:/x/y}", "stored secret /x/y"),
        ("${ssm(eu-central-1):/x/y}", "stored secret /x/y"),
        ("${self:custom.key}", "unknown"),
        ("x${env:KEY}", "unknown"),
        ("!Ref Key", "template value Key"),
    ],
)
def test_sources(value: str, expected: str) -> None:
    assert key_id(SERVERLESS.format(value=value), "serverless.yml") == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("\"{{ lookup('env', 'KEY') }}\"", "host variable KEY"),
        ("\"{{ lookup('ansible.builtin.env', 'KEY') }}\"", "host variable KEY"),
        ("\"{{ query('env', 'KEY') }}\"", "host variable KEY"),
        ("\"{{ lookup('file', 'KEY') }}\"", "unknown"),
        ("'{{ ansible_env.KEY }}'", "host variable KEY"),
        ("\"{{ ansible_env['KEY'] }}\"", "host variable KEY"),
        ("'{{ key }}'", "template value key"),
        ("'{{ key | trim }}'", "template value key"),
        ("'{{ key | default(omit) }}'", "unknown"),
        ("'{{ a if b else c }}'", "unknown"),
        ("'{{ omit }}'", "unknown"),
        ("'{{ aws.key }}'", "unknown"),
        ("'{{ aws[key] }}'", "unknown"),
        ("'{{ 1 + 1 }}'", "unknown"),
        ("'x{{ key }}'", "unknown"),
        ("plain", "literal"),
    ],
)
def test_jinja(value: str, expected: str) -> None:
    assert key_id(PLAY.format(value=value), "site.yml") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PT1H", 3600),
        ("PT1H30M", 5400),
        ("P1D", 86400),
        ("P1DT2H", 93600),
        ("PT900S", 900),
        ("P", None),
        ("PT", None),
        ("1H", None),
        ("P1W", None),
        ("", None),
        (None, None),
    ],
)
def test_iso_durations(text: str | None, expected: int | None) -> None:
    assert iso_duration(text) == expected
