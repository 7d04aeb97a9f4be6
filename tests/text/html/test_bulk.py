"""Pages of more markup than any real one are refused before they are parsed; others are not."""

from __future__ import annotations

import time

import pytest

from dateline.errors import Refused
from dateline.text.html.bulk import MOST_ATTRIBUTES, MOST_BRACKETS, MOST_WORDS, excess
from dateline.text.html.tree import parse

N = 60_000


def attributes(count: int, form: str = ' a%d="q"') -> str:
    return "".join(form % number for number in range(count))


HOSTILE = {
    "attributes": f"<body{attributes(N)}>",
    "attributes without values": f"<body{attributes(N, ' a%d')}>",
    "attributes with odd blanks": "<body" + attributes(N, "/\fa%d =\tq ") + ">",
    "attributes with > in them": "<body" + attributes(N, " a%d='>'") + ">",
    "attributes without blanks": "<body " + attributes(N, "a%d='q'") + ">",
    "attributes of an end": f"<b></b{attributes(N)}>",
    "behind an empty comment": f"<!--><body{attributes(N)}> -->",
    "behind a comment's odd end": f"<!-- --!><body{attributes(N)}> -->",
    "behind a script": f"<script>a<b c='</script ><body{attributes(N)}>",
    "behind an open quote": f"<script><!--<script></script><b c='</script>--></script><body{attributes(N)}>",
    "elements": "<a>" * (MOST_BRACKETS + 1),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_are_refused_in_no_time(name: str) -> None:
    page = f"<html><body><p>Quay{HOSTILE[name]}"
    began = time.process_time()
    with pytest.raises(Refused) as refused:
        parse(page)
    assert time.process_time() - began < 1
    assert refused.value.reason == "too_large"


REAL = {
    "attributes": f"<b{attributes(MOST_ATTRIBUTES)}>",
    "many elements": f"<b{attributes(20)}>q</b>" * 2_000,
    "words in a script": f"<script>for(i=0;i<n;i++) x = '{attributes(MOST_WORDS - 100, ' w%d')}'</script>",
    "words in a style": f"<style>a<b {'c ' * N}</style>",
    "words in a comment": f"<!-- a<b {'c ' * N}-->",
    "words in quotes": f"<b title='a<b {'c ' * N}'>",
    "words of a text": f"<p>3 < 4 {'c ' * N}",
    "blanks": f"<b {' ' * N}>",
    "a quote too many": '<b title="a""><i title=\'b">' * 100,
}


@pytest.mark.parametrize("name", REAL)
def test_what_pages_do_is_parsed(name: str) -> None:
    page = f"<html><body><p>Quay</p>{REAL[name]}</body></html>"
    assert parse(page) is not None


@pytest.mark.parametrize(
    "piece", [b"<a<a", b'<a b="', b"<!--", b"<script>", b"</", b" = ", b"<?", b"<xmp><a x='"]
)
def test_the_look_itself_takes_one_pass(piece: bytes) -> None:
    page = b"<script>" + piece * (400_000 // len(piece))
    began = time.process_time()
    excess(page)
    assert time.process_time() - began < 1
