"""Reports built by hand that hold one of everything a renderer must cope with."""

from __future__ import annotations

from dataclasses import replace

from credlint.catalogue.rules import Case, Rule, rule_url
from credlint.model.finding import (
    Confidence,
    Edit,
    Finding,
    Fix,
    Persona,
    Place,
    Report,
    Severity,
    Source,
    Summary,
)
from credlint.model.problem import Problem, ProblemKind, ProblemSeverity
from credlint.model.span import Region, split_lines
from credlint.model.values import Cloud

ARCHIVE = """\
import boto3

from uploader.roles import assume


def client(bucket: str):
    sts = boto3.client("sts")
    answer = assume(sts, bucket)
    keys = answer["Credentials"]
    log.info("ready")
    log.info("still ready")
    log.info("and still")
    return boto3.client(
        "s3",
        aws_access_key_id=keys["AccessKeyId"],
        aws_secret_access_key=keys["SecretAccessKey"],
    )
"""
ROLES = "def assume(sts, bucket):\r\n    return sts.assume_role(RoleArn=ROLES[bucket])\r\n"
CRON_JOB = """\
kind: CronJob
spec:
  env:
    - name: AWS_ACCESS_KEY_ID
      value: "********************"
    - name: AWS_SECRET_ACCESS_KEY
      value: "****************************************"
"""
ACCOUNT = """\
kind: ServiceAccount
metadata:
  annotations:
    eks.amazonaws.com/role-arn: arn:aws:iam::123456789012:role/archive
"""
# A tab before, wide and combining characters and an emoji in the line; then a form feed, an escape sequence, U+2028.
ODD = (
    "if 1:\n"
    '\tname, key = "鍵の名前 e\u0301 \U0001f511", "****************" # \U0001f511 old\n'
    '\x0cos.environ["AWS_PROFILE"] = "sand\x1b[31mbox" # \u2028 \u202e end\n'
)
LONG = f'a = [{"0, " * 60}]; role = sts.assume_role(DurationSeconds=600, Policy="{"x" * 300}"); late({"1, " * 40})\n'

ROOT, REPOSITORY = "/srv/shop/backend", "/srv/shop"
TEXTS = {
    "deploy/größe 1,2%.yaml": CRON_JOB,
    "deploy/account.yaml": ACCOUNT,
    "uploader/archive.py": ARCHIVE,
    "uploader/long.py": LONG,
    "uploader/odd.py": ODD,
    "uploader/roles.py": ROLES,
}


def region(path: str, needle: str) -> Region:
    """Give the place of the only `needle` in the text of `path`; it may reach over several lines."""
    text = TEXTS[path]
    assert text.count(needle) == 1, f"{needle!r} stands {text.count(needle)} times in {path}"
    start = text.index(needle)
    before, through = split_lines(text[:start]), split_lines(text[: start + len(needle)])
    return Region(path, len(before), len(before[-1]), len(through), len(through[-1]))


NOTEBOOK = "analysis/Rollen 1.ipynb"
FIRST_CELL = ("%load_ext dotenv", "import boto3", "sts = boto3.client('sts')")
FOURTH_CELL = ("", "\U0001f511 = sts.assume_role(RoleArn=ROLE)", "print(\U0001f511)")
FOURTH_OUTPUT = ("{'Credentials': {'AccessKeyId': '********************',", "  'SessionToken': '****'}}")
PAGES = (
    Source(NOTEBOOK, FIRST_CELL, 1, file_lines=(9, 10, 11)),
    Source(NOTEBOOK, FOURTH_CELL, 4, file_lines=(40, 41, 42)),
    # a text in one JSON string: all of its lines stand on one line of the file
    Source(NOTEBOOK, FOURTH_OUTPUT, 4, output=True, file_lines=(33, 33)),
)


def place(path: str, needle: str, message: str) -> Place:
    return Place(region(path, needle), message)


def rule(name: str, *cases: Case, references: tuple[str, ...] = (), why: str = "Because.\n") -> Rule:
    return Rule(
        name=name,
        summary=f"What {name} is about.",
        clouds=(Cloud.AWS, Cloud.ALIBABA),
        languages=("python", "yaml"),
        cases=cases,
        wins_over=(),
        why=why,
        fix="Change `this`\nto that.\n",
        references=references,
    )


def case(name: str, severity: Severity, confidence: Confidence = Confidence.HIGH) -> Case:
    return Case(name, severity, confidence, Persona.REGULAR, f"What {name} is about.")


RULES = (
    rule(
        "temporary-key-without-token",
        case("token-missing", Severity.ERROR),
        references=("https://example.com/errors", "https://cwe.mitre.org/data/definitions/287.html"),
        why="A first paragraph\nover two lines:\n\n- an item\n- another\n\nA last one.\n",
    ),
    rule("static-keys-shadow-role", case("pair-beside-role", Severity.ERROR), case("job-pair", Severity.WARNING)),
    rule("hardcoded-access-key", case("in-slot", Severity.ERROR), why=f"{'long and longer ' * 100}\n"),
    rule("profile-set-in-process", case("module-level", Severity.NOTE, Confidence.LOW)),
    rule("session-duration-too-short", case("below-minimum", Severity.WARNING, Confidence.MEDIUM)),
)
_CASES = {(rule.name, case.name): case for rule in RULES for case in rule.cases}


def finding(name: str, case_name: str, where: Region, message: str, **extra: object) -> Finding:
    published = _CASES[name, case_name]
    base = Finding(
        rule=name,
        case=case_name,
        severity=published.severity,
        confidence=published.confidence,
        persona=published.persona,
        message=message,
        help="Change this to that.",
        url=rule_url(name),
        region=where,
        related=(),
        trace=(),
        fixes=(),
        fingerprint=f"{len(message):016x}",
    )
    return replace(base, **extra)


def _findings() -> tuple[Finding, ...]:
    archive, cron, odd = "uploader/archive.py", "deploy/größe 1,2%.yaml", "uploader/odd.py"
    last = region(archive, 'keys["SecretAccessKey"]')
    insertion = Region(archive, last.end_line, last.end_column, last.end_line, last.end_column)
    edit = Edit(insertion, ',\n        aws_session_token=keys["SessionToken"]')
    return (
        finding(
            "static-keys-shadow-role",
            "pair-beside-role",
            region(cron, '- name: AWS_ACCESS_KEY_ID\n      value: "********************"'),
            "the static pair of container archive beats its role, 100% of the time: [every SDK], see\nthere",
            related=(
                place(cron, "AWS_SECRET_ACCESS_KEY", "the secret of the pair"),
                place(
                    "deploy/account.yaml", "arn:aws:iam::123456789012:role/archive", r"IRSA role [archive] \ never used"
                ),
            ),
            help="Delete both variables.\n\nThen the role is used.\n",
        ),
        finding(
            "temporary-key-without-token",
            "token-missing",
            Region(archive, 13, 11, 13, 23),
            "boto3.client (s3) gets the temporary key from AssumeRole without aws_session_token",
            related=(
                place(archive, "assume(sts, bucket)", "temporary key made here"),
                place(archive, 'keys["AccessKeyId"]', "key id given here"),
            ),
            trace=(
                place("uploader/roles.py", "sts.assume_role(RoleArn=ROLES[bucket])", "AssumeRole answers here"),
                place(archive, "assume(sts, bucket)", "the answer is handed on"),
                place(archive, 'answer["Credentials"]', "its credentials are taken"),
            ),
            fixes=(Fix("safe", "Pass the token", (edit,)),),
        ),
        finding(
            "session-duration-too-short",
            "below-minimum",
            region("uploader/long.py", "600"),
            "AssumeRole takes no DurationSeconds under 900",
            related=(
                place("uploader/long.py", "sts.assume_role", "asked for here"),
                place("uploader/long.py", "late", "used here"),
            ),
        ),
        finding(
            "hardcoded-access-key",
            "in-slot",
            region(odd, "****************"),
            "a key id stands in the source",
            related=(place(odd, "name, key", "assigned to these names"), place(odd, "old", "said to be old")),
            help="",
        ),
        finding(
            "profile-set-in-process",
            "module-level",
            region(odd, '"sand\x1b[31mbox"'),
            "AWS_PROFILE is set for the whole process",
            trace=(place(odd, 'os.environ["AWS_PROFILE"]', "written here"),),
        ),
        finding(
            "session-duration-too-short",
            "below-minimum",
            Region(NOTEBOOK, 2, 4, 2, 33, 4),
            "AssumeRole takes no DurationSeconds under 900",
            related=(Place(Region(NOTEBOOK, 3, 0, 3, 3, 1), "the client is made here"),),
            trace=(Place(Region(NOTEBOOK, 3, 6, 3, 25, 1), "made here"), Place(Region(NOTEBOOK, 3, 0, 3, 8, 4), "end")),
        ),
        finding(
            "hardcoded-access-key",
            "in-slot",
            Region(NOTEBOOK, 1, 32, 1, 54, 4, output=True),
            "a key id stands in the output",
        ),
    )


PROBLEMS = (
    Problem("legacy/print.py", 3, ProblemKind.SYNTAX, ProblemSeverity.WARNING, "Python does not accept this file"),
    Problem("gone", 0, ProblemKind.MISSING, ProblemSeverity.ERROR, "there is no such file or folder"),
    Problem(NOTEBOOK, 2, ProblemKind.SYNTAX, ProblemSeverity.WARNING, "this cell is not Python", 3),
    Problem(".", 0, ProblemKind.NOTICE, ProblemSeverity.NOTICE, "git failed; the folders were walked instead"),
)
SOURCES = tuple(Source(path, tuple(split_lines(text))) for path, text in TEXTS.items()) + PAGES
MENAGERIE = Report(
    findings=_findings(),
    problems=PROBLEMS,
    summary=Summary(41, 39, 4, 7, 2, ((".ipynb", 3), (".env", 1))),
    sources=SOURCES,
    root=ROOT,
    repository=REPOSITORY,
)
CLEAN = Report((), (), Summary(41, 41, 0, 0, 0), (), ROOT, REPOSITORY)
