"""The shape of the repository: small files, small functions, pages that name what there is."""

from __future__ import annotations

import ast
import subprocess
from pathlib import Path

import pytest

from dateline.cli.main import COMMANDS, GROUPS
from dateline.pipeline import DATASETS, STEPS

ROOT = Path(__file__).resolve().parents[2]
CODE = [
    path
    for folder in ("include", "dags", "plugins", "scripts", "seeds", "tests")
    for path in sorted((ROOT / folder).rglob("*.py"))
]


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", CODE, ids=relative)
def test_files_and_functions_fit_on_a_screen_or_two(path):
    source = path.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= 300, "over 300 lines: split it by what it is about"
    tree = ast.parse(source)
    assert source == "" or ast.get_docstring(tree), "a module says in one sentence what and for whom"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            lines = node.end_lineno - node.lineno + 1 - len((ast.get_docstring(node) or "").splitlines())
            assert lines <= 40, f"{node.name} has {lines} lines: split it"


def asserting_tests(source: str) -> list[str]:
    """The test functions of a file that can fail by what they say: an `assert`, or `pytest.raises`."""
    return [
        node.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
        if any(
            (isinstance(inner, ast.Assert) and not isinstance(inner.test, ast.Constant))
            or (isinstance(inner, ast.Attribute) and inner.attr == "raises")
            for inner in ast.walk(node)
        )
    ]


@pytest.mark.parametrize("verb", [step.verb for step in STEPS])
def test_every_step_has_a_folder_of_tests(verb):
    files = sorted((ROOT / "tests/steps" / verb).glob("test_*.py"))
    found = [name for path in files for name in asserting_tests(path.read_text("utf-8"))]
    assert found, f"add tests/steps/{verb}/test_{verb}.py with a test that asserts something"


@pytest.mark.parametrize(
    "source",
    ["", "x = 1", "def test_a():\n    pass", "def test_a():\n    assert True", "def a():\n    assert b"],
)
def test_a_file_that_asserts_nothing_is_no_test(source):
    assert asserting_tests(source) == []
    assert asserting_tests("def test_a():\n    assert b") == ["test_a"]


def test_pages_name_every_dataset_and_command():
    pages = "\n".join(
        path.read_text("utf-8") for path in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    )
    for name in DATASETS:
        assert f"`{name}`" in pages
    for _, command in (*COMMANDS, *((group, group) for group in GROUPS)):
        assert f"dateline {command}" in pages, f"no page tells of `dateline {command}`"


def test_nothing_names_a_registry_or_a_machine():
    files = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    words = ["py" + "pi.org", "python" + "hosted.org", "registry." + "npmjs", "/ro" + "ot/", "/wo" + "rk/"]
    for name in files.stdout.splitlines():
        path = ROOT / name
        if path.is_file():
            text = path.read_bytes().decode("utf-8", "replace")
            assert [word for word in words if word in text] == [], name
