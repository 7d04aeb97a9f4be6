"""The paths by which pages are searched take no more time than the page is long."""

from __future__ import annotations

from importlib import import_module
from pkgutil import walk_packages

from lxml import etree

import dateline.text as package


def paths() -> dict[str, str]:
    """All paths that modules keep, by where they are."""
    found = {}
    for module in walk_packages(package.__path__, f"{package.__name__}."):
        for name, kept in vars(import_module(module.name)).items():
            if isinstance(kept, etree.XPath):
                found[f"{module.name}.{name}"] = kept.path
    return found


def test_no_path_makes_the_library_sort_what_it_found() -> None:
    """`//body//p` and `.//p` find nodes step by step, and libxml2 sorts them in quadratic time: 30,000 lines
    of one element take a minute. The axis `descendant::` finds the same in the order of the page.
    """
    assert len(found := paths()) > 5
    assert {name: path for name, path in found.items() if "//" in path} == {}
