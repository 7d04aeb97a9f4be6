"""What a file may name: the pure folders import what is on their list, and only the lake touches Parquet.

An allow-list, as a list of what is forbidden is always one module short.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ROOT / "include/dateline"

_PLAIN = {
    "__future__", "bisect", "collections", "collections.abc", "copy", "dataclasses", "datetime", "enum",
    "functools", "itertools", "math", "re", "types", "typing", "unicodedata",
}  # fmt: skip
_ARROW = {"pyarrow", "pyarrow.compute"}

ALLOWED = {
    "contracts": _ARROW | {
        "__future__", "typing", "dateline.contract", "dateline.contract_nested", "dateline.contracts",
    },
    "steps": _PLAIN | _ARROW | {
        "hashlib", "msgspec", "zoneinfo", "dateline.contract", "dateline.contracts", "dateline.errors",
        "dateline.pipeline", "dateline.sources", "dateline.step", "dateline.text",
    },
    "enrichers": _PLAIN | {"dateline.text"},
    "sources": _PLAIN | {
        "feedparser", "hashlib", "html", "json", "urllib.parse", "xml.sax", "zlib",
        "warcio.archiveiterator", "warcio.bufferedreaders",
        "dateline.errors", "dateline.sources", "dateline.text",
    },
    "text": _PLAIN | _ARROW | {
        "codecs", "difflib", "fasttext", "hashlib", "heapq", "html", "idna", "json", "lxml", "numpy",
        "backports.zstd", "brotli", "tld", "urllib.parse", "zlib",
        "dateline.errors", "dateline.step", "dateline.text",
    },
}  # fmt: skip
"""Folder → modules it may import; a package stands for all that is in it, save where it has a dot."""

WHOLE = {"dateline.contracts", "dateline.sources", "dateline.text", "lxml", "numpy"}
"""Of these the modules inside are allowed with them. Of all others only the very name is."""

NAMES = {
    "sources": {"io.BytesIO"},
    "contracts/__init__.py": {"dateline.pipeline.DATASETS", "importlib.import_module"},
    "steps/enrich.py": {"importlib.import_module"},
    "text/html/body.py": {
        "trafilatura.bare_extraction",
        "trafilatura.settings.DEFAULT_CONFIG",
        "trafilatura.settings.Extractor",
    },
    "text/html/block_model.py": {"importlib.resources.files"},
    "text/date_usage.py": {"zoneinfo.ZoneInfo"},
    "text/languages.py": {"importlib.util.find_spec"},
}
"""File or folder → single names out of modules that are not allowed whole."""

LOADERS = {
    "contracts/__init__.py": "dateline.contracts.",
    "steps/enrich.py": "dateline.enrichers.",
}
"""Files that call `import_module` on purpose, and how the name of the module begins there."""

REFUSED = ("open", "__import__", "exec", "eval", "compile", "breakpoint", "input")
PARQUET = ("pyarrow.parquet", "pyarrow.dataset", "pyarrow.fs")


def violations(source: str, path: str) -> list[str]:
    """What a file of the product breaks, one sentence for each with its line and the remedy.

    Args:
        source: the text of the file.
        path: where it lies in `include/dateline`, as `steps/clean.py`.
    """
    found = []
    tree = ast.parse(source)
    folder = path.split("/")[0]
    for line, module, name in _imports(tree):
        full = f"{module}.{name}" if name else module
        if not path.startswith("edges/lake/") and _inside(full, PARQUET):
            found.append(f"{path}:{line}: {full}: only edges/lake reads and writes Parquet; call the lake")
        elif folder in ALLOWED and not _allowed(module, name, path):
            found.append(
                f"{path}:{line}: {full} is not on the list of {folder}/: take its result as an argument from "
                "an edge; if it is pure, add it to ALLOWED in tests/repository/test_imports.py"
            )
    if not path.startswith("edges/lake/"):
        found += [f"{path}:{line}: {said}" for line, said in _reached(tree)]
    if folder in ALLOWED:
        found += [f"{path}:{line}: {said}" for line, said in _calls(tree, path)]
    return found


def _imports(tree: ast.AST) -> Iterator[tuple[int, str, str | None]]:
    """(line, module, name or None) of every import, wherever in the file it stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name, None) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            yield from ((node.lineno, module, alias.name) for alias in node.names)


def _allowed(module: str, name: str | None, path: str) -> bool:
    """Whether the module is on the list, or the name in it; `from urllib import parse` is a module too."""
    folder = path.split("/")[0]
    listed = ALLOWED[folder]
    full = f"{module}.{name}" if name else module
    if module in listed or full in listed or full in NAMES.get(path, NAMES.get(folder, ())):
        return True
    return _inside(module, WHOLE & listed)


def _inside(module: str, packages: tuple[str, ...] | set[str]) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def _reached(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Parquet reached as an attribute (`pa.fs.LocalFileSystem`), which imports nothing."""
    arrow = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
        if alias.name == "pyarrow"
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in arrow:
            full = f"pyarrow.{node.attr}"
            if full in PARQUET or node.attr in ("memory_map", "OSFile", "input_stream", "output_stream"):
                yield node.lineno, f"{full}: only edges/lake reads and writes files; call the lake"


def _calls(tree: ast.AST, path: str) -> Iterator[tuple[int, str]]:
    """Built-ins that reach the outer world, under whatever name, and modules loaded by their name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in (*REFUSED, "__builtins__"):
            yield node.lineno, f"{node.id}: no file, prompt or code from a string here; let an edge read it"
        elif isinstance(node, ast.alias) and node.name == "import_module" and node.asname:
            yield node.lineno, "import_module: no other name for it, so that its calls can be checked"
        elif isinstance(node, ast.Call) and _called(node) == "import_module":
            begin = LOADERS.get(path)
            if begin is None or not (node.args and _text(node.args[0]).startswith(begin)):
                yield node.lineno, "import_module: write an import, so that it can be checked"


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def _text(node: ast.expr) -> str:
    """The constant beginning of a string or f-string."""
    first = node.values[0] if isinstance(node, ast.JoinedStr) and node.values else node
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""


FILES = [str(path.relative_to(PRODUCT)) for path in sorted(PRODUCT.rglob("*.py"))]


@pytest.mark.parametrize("path", FILES)
def test_a_file_names_only_what_it_may(path):
    assert violations((PRODUCT / path).read_text("utf-8"), path) == []


CAUGHT_IN_EVERY_FOLDER = [
    "import urllib.request", "from urllib import request", "from urllib.request import urlopen",
    "import urllib", "import glob", "import sqlite3", "import secrets", "import threading",
    "import uuid", "import httpx",
    "import os", "import time", "import logging", "import pathlib", "import io", "from io import open",
    "from io import FileIO", "import io as words", "import importlib", "import builtins", "import ctypes",
    "def inner():\n    import socket", "if True:\n    from subprocess import run",
    "from dateline.edges import clock", "from dateline import edges", "import dateline.run",
    "import dateline", "from . import edges", "from .. import run",
    "import_module('dateline.edges.clock')", "importlib.import_module('dateline.edges.clock')",
    "import_module(f'{name}')", "import_module(name)",
    "open('a')", "read = open", "__import__('os')", "exec('1')", "eval('1')", "__builtins__['open']",
    "import pyarrow.parquet", "import pyarrow.parquet as pq", "from pyarrow import parquet",
    "import pyarrow.fs", "from pyarrow.dataset import dataset", "from pyarrow.fs import LocalFileSystem",
    "import pyarrow.csv",
    "import pyarrow as pa\npa.fs.LocalFileSystem()", "import pyarrow as pa\npa.memory_map('a')",
]  # fmt: skip


@pytest.mark.parametrize("source", CAUGHT_IN_EVERY_FOLDER)
@pytest.mark.parametrize("folder", sorted(ALLOWED))
def test_what_reaches_the_outer_world_is_caught(folder, source):
    said = violations(source, f"{folder}/made_up.py")
    assert said
    assert said[0].startswith(f"{folder}/made_up.py:")
    assert ": " in said[0].split(":", 2)[2], "a message tells the remedy after a colon"


CAUGHT = [
    ("contracts/articles.py", "import trafilatura"),
    ("contracts/articles.py", "import hashlib"),
    ("contracts/articles.py", "from dateline.text.urls import url_key"),
    ("contracts/articles.py", "from dateline.pipeline import STEPS"),
    ("contracts/__init__.py", "import_module('dateline.edges.clock')"),
    ("steps/enrich.py", "import_module('dateline.edges.clock')"),
    ("steps/enrich.py", "import_module(name)"),
    ("steps/enrich.py", "from importlib import import_module as load"),
    ("steps/clean.py", "from importlib import import_module"),
    ("text/html/body.py", "from trafilatura.downloads import fetch_url"),
    ("text/html/body.py", "from trafilatura import fetch_url"),
    ("steps/clean.py", "from dateline.steps.fetch import fetch"),
    ("steps/clean.py", "import trafilatura"),
    ("enrichers/places.py", "from dateline.enrichers.dates import dates"),
    ("enrichers/places.py", "import pyarrow"),
    ("text/urls.py", "import importlib.util"),
    ("text/urls.py", "from importlib import metadata"),
    ("run.py", "import pyarrow.parquet as pq"),
    ("edges/models.py", "from pyarrow import fs"),
    ("cli/show.py", "import pyarrow as pa\npa.dataset.dataset('a')"),
]


@pytest.mark.parametrize(("path", "source"), CAUGHT)
def test_what_belongs_elsewhere_is_caught(path, source):
    assert violations(source, path)


FREE = [
    ("edges/lake/files.py", "import pyarrow.parquet as pq\nimport pyarrow.dataset as ds"),
    ("edges/http/wire.py", "import aiohttp\nopen('a')"),
    ("sources/feeds.py", "from urllib.parse import urlsplit\nfrom io import BytesIO"),
    ("steps/enrich.py", "from importlib import import_module\nimport_module(f'dateline.enrichers.{name}')"),
    ("text/html/body.py", "import lxml.html\nfrom trafilatura import bare_extraction"),
    ("steps/clean.py", "import pyarrow as pa\nimport pyarrow.compute as pc\nlake.open('a')"),
]


@pytest.mark.parametrize(("path", "source"), FREE)
def test_what_is_meant_to_be_used_is_free(path, source):
    assert violations(source, path) == []


def test_nothing_stands_on_the_lists_that_nobody_uses():
    """A list grows by itself otherwise; the plain modules of the standard library may stay."""
    for folder, listed in ALLOWED.items():
        used = {
            one
            for path in (PRODUCT / folder).rglob("*.py")
            for _, module, name in _imports(ast.parse(path.read_text("utf-8")))
            for one in (module, f"{module}.{name}", *_parents(module))
        }
        assert sorted((listed - _PLAIN - _ARROW) - used) == [], folder
    for path, names in NAMES.items():
        files = [PRODUCT / path] if path.endswith(".py") else (PRODUCT / path).rglob("*.py")
        trees = [ast.parse(file.read_text("utf-8")) for file in files]
        assert names <= {f"{module}.{name}" for tree in trees for _, module, name in _imports(tree)}, path


def _parents(module: str) -> list[str]:
    parts = module.split(".")
    return [".".join(parts[:count]) for count in range(1, len(parts))]
