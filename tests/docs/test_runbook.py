"""The runbook speaks of sentences that the code really says, and of commands that there are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs/runbook.md").read_text(encoding="utf-8")
CODE = "\n".join(
    # Neighbouring literals are one sentence.
    re.sub(r'"\s*\n\s*f?"', "", path.read_text(encoding="utf-8"))
    for folder in ("include", "plugins", "dags")
    for path in sorted((ROOT / folder).rglob("*.py"))
)
SENTENCES = re.findall(r"^### `(.+)`$", TEXT, re.MULTILINE)
COMMANDS = sorted(set(re.findall(r"`dateline ([a-z]+)", TEXT)))


def test_there_are_sentences():
    assert len(SENTENCES) > 10


@pytest.mark.parametrize("sentence", SENTENCES)
def test_the_code_says_it(sentence):
    assert sentence in CODE


@pytest.mark.parametrize("command", COMMANDS)
def test_the_command_exists(command):
    from dateline.cli.main import COMMANDS as KNOWN

    assert command in {*(name for _, name in KNOWN), "sources"}


@pytest.mark.parametrize("name", sorted(set(re.findall(r"DATELINE_[A-Z_]+", TEXT))))
def test_the_setting_exists(name):
    from dateline.settings import Settings

    field = name.removeprefix("DATELINE_").lower()
    assert hasattr(Settings, field) or name in CODE or name.startswith("DATELINE_DEADLINE_")
