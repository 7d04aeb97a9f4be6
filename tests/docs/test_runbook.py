"""The runbook speaks of sentences that the code really says, and of commands that there are."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline import errors
from deadlines import deadlines

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
    assert hasattr(Settings, field) or re.search(rf"\b{name}\b", CODE) or name in deadlines()


def test_every_deadline_is_told():
    assert {name for name, has in deadlines().items() if has} <= set(re.findall(r"DATELINE_[A-Z_]+", TEXT))


# From the code to the page

KINDS = {
    name
    for name, kind in vars(errors).items()
    if isinstance(kind, type)
    and issubclass(kind, (errors.LakeError, errors.SumsDoNotAdd, errors.ContractBroken))
}
MODULES = sorted(
    {
        *(ROOT / "include/dateline/edges/lake").glob("*.py"),
        *(ROOT / "include/dateline/steps").glob("*.py"),
        *(ROOT / "include/dateline/live").glob("*.py"),
        *(ROOT / f"include/dateline/{name}.py" for name in (
            "contract", "days", "intake", "migrate", "news", "reprocess", "run", "settle", "sums",
        )),
    }
)  # fmt: skip
NOT_ON_THE_PAGE = {
    "lease.py": {"_told(store, held, now)"},
    # What Arrow says of rows that it can't take: its own words.
    "contract.py": {"f'{self.name}: {error}'"},
}
"""Messages that another function makes (what it says stands on the page), or that are not ours."""
PROSE = re.sub(r"^#.*$", "", TEXT, flags=re.MULTILINE)
PHRASES = {*SENTENCES, *(phrase.replace("\n", " ") for phrase in re.findall(r"`([^`]+)`", PROSE))}


def raised(path: Path) -> Iterator[tuple[str, str]]:
    """The messages of a module's errors of the lake, as (their code, their fixed parts with ∘ between)."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in KINDS and node.args:
            (message,) = node.args
            yield ast.unparse(message), _fixed(message)


def _fixed(message: ast.expr) -> str:
    if isinstance(message, ast.Constant):
        return str(message.value)
    if isinstance(message, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "∘" for part in message.values)
    return ""


def untold(path: Path) -> list[str]:
    """The messages of a module that no sentence of the page is a part of."""
    known = NOT_ON_THE_PAGE.get(path.name, set())
    # One word, as the name of a dataset, would be found by chance, and so would a command.
    said = [one for one in PHRASES if one == "≠" or (" " in one and not one.startswith("dateline "))]
    parts = [re.compile(".*".join(map(re.escape, phrase.split("…")))) for phrase in said]
    return [
        code
        for code, fixed in raised(path)
        if code not in known and not any(part.search(fixed) for part in parts)
    ]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_the_page_has_what_the_code_says(path):
    assert untold(path) == []


def test_the_messages_are_found(tmp_path):
    module = tmp_path / "some.py"
    module.write_text(
        "raise LakeError(f'{here} is on fire')\n"
        "raise LakeError(f'{here} ' f'can\\'t be read: {error}')\n"
        "raise Damaged(told(here))\n"
        "raise SumsDoNotAdd(f'{here} has signatures')\n"
        "raise UsageError('no')\n"
    )
    assert untold(module) == ["f'{here} is on fire'", "told(here)", "f'{here} has signatures'"]
    assert sum(len(list(raised(path))) for path in MODULES) > 30


def test_the_exceptions_are_still_there():
    for name, codes in NOT_ON_THE_PAGE.items():
        paths = [path for path in MODULES if path.name == name]
        assert codes <= {code for path in paths for code, _ in raised(path)}, name
