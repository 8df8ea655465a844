"""Values and expressions."""

from __future__ import annotations

import pytest

from credlint.catalogue.deployments import Dialect
from credlint.catalogue.load_deployments import load_deployments
from credlint.extract.deployment.expressions import step_output, text_origin
from tests.extract.deployment.facts import words


def dialect(name: str) -> Dialect:
    return next(one for one in load_deployments().dialects if one.name == name)


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("github-workflow", "x", "literal"),
        ("github-workflow", "", "blank"),
        ("github-workflow", "${{ secrets.KEY }}", "secret KEY"),
        ("github-workflow", "${{secrets['KEY']}}", "secret KEY"),
        ("github-workflow", " ${{ secrets.KEY }}", "secret KEY"),
        ("github-workflow", "${{ vars.KEY }}", "variable KEY"),
        ("github-workflow", "${{ env.KEY }}", "environment KEY"),
        ("github-workflow", "${{ github.event.inputs.KEY }}", "input KEY"),
        ("github-workflow", "${{ '' }}", "blank"),
        ("github-workflow", "${{ 'x' }}", "literal"),
        ("github-workflow", "${{ secrets.A || secrets.B }}", "secret B"),
        ("github-workflow", "${{ secrets[inputs.name] }}", "secret inputs.name"),
        ("github-workflow", "${{ secrets[inputs.name] || secrets.B }}", "secret B"),
        ("github-workflow", "${{ secrets.A || '' }}", "unknown"),
        ("github-workflow", "${{ secrets.A || vars.B }}", "unknown"),
        ("github-workflow", "${{ vars.A || vars.B }}", "unknown"),
        ("github-workflow", "a-${{ secrets.KEY }}", "unknown"),
        ("github-workflow", "${{ matrix.key }}", "unknown"),
        ("github-workflow", "<your-key>", "literal"),
        ("compose", "${KEY}", "host variable KEY"),
        ("compose", "$KEY", "host variable KEY"),
        ("compose", "${KEY:-}", "host variable KEY"),
        ("compose", "${KEY:?not set}", "host variable KEY"),
        ("compose", "${KEY:-minioadmin}", "unknown"),
        ("compose", "x${KEY}", "unknown"),
        ("compose", "a$$b", "literal"),
        ("kubernetes", "$(KEY)", "environment KEY"),
        ("kubernetes", "x$(KEY)", "unknown"),
        ("kubernetes", "${KEY}", "unknown"),
        ("kubernetes", "{{ .Values.key }}", "unknown"),
        ("kubernetes", "op://vault/item", "unknown"),
        ("kubernetes", "ENC[AES256_GCM,data:x]", "unknown"),
        ("kubernetes", "((key))", "unknown"),
        ("kubernetes", "__KEY__", "unknown"),
        ("kubernetes", "http://minio:9000", "literal"),
    ],
)
def test_origins(name: str, text: str, expected: str) -> None:
    assert words(text_origin(text, dialect(name))) == expected


def test_outputs_of_steps() -> None:
    workflow = dialect("github-workflow")
    assert step_output(text_origin("${{ steps.a-b.outputs.c_d }}", workflow), workflow) == ("a-b", "c_d")
    assert step_output(text_origin("${{ steps.a.conclusion }}", workflow), workflow) is None
    assert step_output(text_origin("x", workflow), workflow) is None
    assert step_output(text_origin("(( x ))", dialect("compose")), dialect("compose")) is None
