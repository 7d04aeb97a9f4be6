"""JSON-LD as pages write it: in comments, in CDATA sections, cut off."""

from __future__ import annotations

import time

import pytest

from dateline.text.html.jsonld import nodes

PLAIN = '{"@type": "Article", "headline": "Harbour -->"}'


@pytest.mark.parametrize(
    "wrapped",
    [
        PLAIN,
        f"<!--\n{PLAIN}\n-->",
        f"//<!--\n{PLAIN}\n//-->",
        f"// <![CDATA[\n{PLAIN}\n// ]]>",
        f"<![CDATA[{PLAIN}]]>",
        f"/* <![CDATA[ */{PLAIN}/* ]]> */",
        f"<!-- {PLAIN};\n",
        f" \n{PLAIN}; ",
    ],
)
def test_what_stands_around_is_taken_off(wrapped: str) -> None:
    assert [node["headline"] for node in nodes([wrapped])] == ["Harbour -->"]


@pytest.mark.parametrize("gap", ["", " ", "\n  "])
def test_facts_of_a_script_that_is_cut_off(gap: str) -> None:
    person = f'{{"@type": "Person", "name":{gap}"Anna Quay"}}'
    script = f'{{"@type"{gap}: "Article", "author"{gap}:{gap}[{gap}{person}], "x'
    (node,) = nodes([script])
    assert node["author"] == "Anna Quay"


@pytest.mark.parametrize(
    "script",
    [
        '{"a":' + " " * 200_000 + "}x",
        '{"author":' + " " * 200_000 + "x",
        '{"author"' + " " * 200_000 + "x",
        '"author":[{' * 20_000,
        "//" + " " * 200_000 + "x",
        "{" + ", " * 100_000,
    ],
    ids=lambda script: script[:12],
)
def test_no_script_takes_long(script: str) -> None:
    began = time.process_time()
    nodes([script])
    assert time.process_time() - began < 1
