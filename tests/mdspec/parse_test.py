"""How a spec is read."""

from __future__ import annotations

import pytest

from tests.mdspec.parse import SpecError, SpecFile, parse

TWO = """\
# Rule

Words for people.

## Basic

```python
a = 1
```

## Several files

`lib/keys.py`:

```python
b = 2

c = 3
```

```yaml
d: 4
```
"""


def test_headings_are_names_and_blocks_files() -> None:
    basic, several = parse(TWO, "a.md")
    assert (basic.title, basic.line, basic.configuration) == ("Rule - Basic", 5, None)
    assert basic.files == (SpecFile("main.py", "a = 1\n", 8),)
    assert several.title == "Rule - Several files"
    assert [file.path for file in several.files] == ["main.py", "main.yaml"]


def test_path_stands_directly_above_its_block() -> None:
    text = "# R\n\n`lib/keys.py`:\n```python\nb = 2\n```\n"
    assert parse(text, "a.md")[0].files == (SpecFile("lib/keys.py", "b = 2\n", 5),)


def test_section_that_ends_gives_way_to_its_sibling() -> None:
    text = "# R\n## A\n### B\n```yaml\nx:\n```\n## C\n```yaml\ny:\n```\n"
    assert [spec.title for spec in parse(text, "a.md")] == ["R - A - B", "R - C"]


def test_configuration_holds_for_sections_below() -> None:
    text = "# R\n## A\n```toml\nx = 1\n```\n### B\n```python\n```\n## C\n```python\n```\n"
    below, beside = parse(text, "a.md")
    assert (below.configuration, beside.configuration) == ("x = 1\n", None)


def test_own_configuration_takes_the_place_of_that_above() -> None:
    text = "# R\n```toml\nx = 1\n```\n## A\n```toml\nx = 2\n```\n```python\n```\n"
    assert parse(text, "a.md")[0].configuration == "x = 2\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("```python\n```\n", "a.md:1: a block before the first heading"),
        ("# R\n```python\nx\n", "a.md:2: a block that does not end"),
        ("# R\n```ruby\n```\n", "a.md:2: a block of ruby needs a path"),
        ("# R\n```\n```\n", "a.md:2: a block of no language needs a path"),
        ("# R\n```python\n```\n```python\n```\n", "a.md:4: a second main.py in one section"),
        ("# R\n## A\n```python\n```\n## A\n```python\n```\n", "a.md:5: a second test of this name: R - A"),
    ],
)
def test_what_is_refused(text: str, message: str) -> None:
    with pytest.raises(SpecError) as error:
        parse(text, "a.md")
    assert str(error.value) == message
