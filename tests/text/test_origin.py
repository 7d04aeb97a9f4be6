"""Where a text that two sites have was published first, by what each says of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.text.origin import Origin, Provenance, origin_of, provenance_of

POST, TIMES = Provenance("post.example"), Provenance("times.example")

CASES = {
    "neither says a thing: the earlier had it": (POST, TIMES, Origin("times.example", "earliest")),
    "one site twice is no syndication": (POST, POST, None),
    "a page without a URL has no site": (Provenance(), TIMES, None),
    "a copy of a page without a URL neither": (POST, Provenance(None, "Reuters"), None),
    "the later credits": (POST._replace(credit="dpa"), TIMES, Origin("dpa", "credit")),
    "the earlier credits": (POST, TIMES._replace(credit="EFE"), Origin("EFE", "credit")),
    "both credit, the earlier is nearer": (
        POST._replace(credit="dpa"), TIMES._replace(credit="EFE"), Origin("EFE", "credit"),
    ),
    "the later points at a third site": (
        POST._replace(canonical_site="echo.example"), TIMES, Origin("echo.example", "canonical"),
    ),
    "the earlier points at the later": (
        POST, TIMES._replace(canonical_site="post.example"), Origin("post.example", "canonical"),
    ),
    "both point, the earlier is nearer": (
        POST._replace(canonical_site="times.example"), TIMES._replace(canonical_site="echo.example"),
        Origin("echo.example", "canonical"),
    ),
    "a credit is better than a pointer": (
        POST._replace(credit="AFP"), TIMES._replace(canonical_site="echo.example"), Origin("AFP", "credit"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("later", "earlier", "wanted"), CASES.values(), ids=CASES)
def test_case(later: Provenance, earlier: Provenance, wanted: Origin | None) -> None:
    assert origin_of(later, earlier) == wanted


WORD = st.none() | st.sampled_from(["a.example", "b.example", "Reuters"])
PROVENANCES = st.builds(Provenance, WORD, WORD, WORD)


@given(PROVENANCES, PROVENANCES)
def test_an_origin_is_told_just_where_two_sites_are_known_to_differ(later, earlier):
    assert (origin_of(later, earlier) is not None) == (
        None not in (later.site, earlier.site) and later.site != earlier.site
    )


def test_what_a_page_says_of_itself():
    text = "OSLO (Reuters) - The harbour council voted on Monday to mend the old crane."
    assert provenance_of("https://news.post.co.uk/1", text) == Provenance("post.co.uk", "Reuters")
    told = provenance_of(None, "Text.", dateline="OSLO", authors=["dpa"], canonical_site="echo.example")
    assert told == Provenance(None, "dpa", "echo.example")
