"""`cluster`: the root of every chain, over one day and over many."""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.contracts.clusters import CLUSTERS
from dateline.contracts.duplicates import DUPLICATES
from dateline.contracts.signatures import SIGNATURES
from dateline.errors import ContractBroken
from dateline.steps.cluster import ClusterRules, cluster
from rows import link

DAY = date(2026, 3, 25)
BEFORE = DAY - timedelta(days=1)


def signature(article: str, *, is_newest: bool = True) -> dict[str, Any]:
    lists = {column.name: [] for column in SIGNATURES.columns if pa.types.is_list(column.type)}
    named = {"article_id": article, "content_hash": f"{article} {is_newest}", "is_newest": is_newest}
    return named | lists | {"source": "post", "language": "und", "shingle_count": 0}


def clusters(
    day: date | None,
    articles: str,
    links: list[dict[str, Any]],
    earlier: dict[date | None, list[dict[str, Any]]] | None = None,
    size: int = 100,
) -> list[dict[str, Any]]:
    """The rows of a day; `articles` are letters."""
    signed = [signature(article) for article in sorted(articles)]
    batches = [SIGNATURES.batch(signed[start : start + size]) for start in range(0, len(signed), size)]
    rows = ((other, CLUSTERS.batch(some)) for other, some in (earlier or {}).items())
    made = cluster(day, iter(batches), iter([DUPLICATES.batch(links)]), rows, ClusterRules())
    found = []
    for contract, batch in made:
        assert contract is CLUSTERS
        found += contract.check(batch).to_pylist()
    return found


def to(article: str, target: str, day: date | None = DAY, relation: str = "duplicate", **given: Any) -> dict:
    return link(article, relation, target, target_date=day, **given)


def told(rows: list[dict[str, Any]]) -> dict[str, tuple[Any, ...]]:
    return {row["article_id"]: tuple(row.values())[1:] for row in rows}


def test_an_article_without_links_is_its_own_root():
    assert told(clusters(DAY, "ba", [])) == {"a": ("a", DAY, 0, None), "b": ("b", DAY, 0, None)}


def test_links_within_the_day_are_followed_to_the_end():
    rows = clusters(DAY, "abcd", [to("b", "a"), to("c", "b", relation="extends"), to("d", "c")])
    assert told(rows) == {
        "a": ("a", DAY, 0, None),
        "b": ("a", DAY, 1, "duplicate"),
        "c": ("a", DAY, 2, "extends"),
        "d": ("a", DAY, 3, "duplicate"),
    }


def test_links_to_days_before_go_on_from_the_cluster_there():
    old = date(2025, 1, 1)
    earlier = {
        BEFORE: told_before("x", "r", old, 7, "version") + told_before("y", "y", BEFORE, 0, None),
        old: told_before("x", "x", old, 0, None),
    }
    links = [to("a", "x", BEFORE), to("b", "y", BEFORE), to("c", "a")]
    assert told(clusters(DAY, "abc", links, earlier)) == {
        "a": ("r", old, 8, "duplicate"),
        "b": ("y", BEFORE, 1, "duplicate"),
        "c": ("r", old, 9, "duplicate"),
    }


def told_before(article: str, root: str, day: date, depth: int, relation: str | None) -> list[dict[str, Any]]:
    row = {"article_id": article, "root_id": root, "root_date": day, "depth": depth, "relation": relation}
    return [row]


def test_a_version_of_an_earlier_day_is_another_article_of_the_chain():
    earlier = {BEFORE: told_before("a", "a", BEFORE, 0, None)}
    rows = clusters(DAY, "ab", [to("a", "a", BEFORE, "version"), to("b", "a")], earlier)
    assert told(rows) == {"a": ("a", BEFORE, 1, "version"), "b": ("a", BEFORE, 2, "duplicate")}


def test_of_several_links_the_earliest_is_followed():
    links = [to("b", "a", BEFORE), to("b", "b", BEFORE, "version", is_earliest=False)]
    assert told(clusters(DAY, "b", links))["b"] == ("a", BEFORE, 1, "duplicate")


def test_where_no_cluster_was_made_yet_the_chain_ends():
    assert told(clusters(DAY, "a", [to("a", "x", BEFORE)], {})) == {"a": ("x", BEFORE, 1, "duplicate")}


def test_the_null_partition_is_for_itself():
    rows = clusters(None, "abc", [to("b", "a", None), to("c", "b", None)])
    assert told(rows)["c"] == ("a", None, 2, "duplicate")


def test_only_newest_texts_are_articles():
    signed = [signature("a", is_newest=False), signature("a"), signature("b")]
    made = cluster(DAY, iter([SIGNATURES.batch(signed)]), iter([]), iter([]), ClusterRules())
    assert [row["article_id"] for _, batch in made for row in batch.to_pylist()] == ["a", "b"]


def test_nothing_gives_nothing():
    assert clusters(DAY, "", []) == []


@pytest.mark.parametrize("links", [[to("a", "a")], [to("a", "b"), to("b", "a")]])
def test_links_in_a_circle_break_the_contract(links):
    with pytest.raises(ContractBroken, match="round in a circle"):
        clusters(DAY, "ab", links)


def test_a_chain_of_thousands_is_followed():
    letters = [chr(0x4E00 + number) for number in range(3000)]
    links = [to(later, sooner) for sooner, later in pairwise(letters)]
    random.Random(3).shuffle(links)
    assert told(clusters(DAY, "".join(letters), links))[letters[-1]] == (letters[0], DAY, 2999, "duplicate")


LINKS = st.lists(st.integers(0, 30), min_size=1, max_size=30)


@settings(deadline=None)
@given(LINKS, st.randoms(use_true_random=False), st.integers(1, 7))
def test_day_by_day_gives_what_one_walk_gives(back: list[int], shuffle: random.Random, size: int) -> None:
    """Five articles a day, each linked to one of those before it: the same roots as by walking all links."""
    days = [DAY + timedelta(days=number // 5) for number in range(len(back))]
    letters = [chr(ord("A") + number) for number in range(len(back))]
    target = {n: n - 1 - jump for n, jump in enumerate(back) if jump < n}
    made: dict[date | None, list[dict[str, Any]]] = {}
    for day in sorted(set(days)):
        own = [number for number, at in enumerate(days) if at == day]
        links = [to(letters[n], letters[target[n]], days[target[n]]) for n in own if n in target]
        shuffle.shuffle(links)
        made[day] = clusters(day, "".join(letters[n] for n in own), links, made, size)
    for number, letter in enumerate(letters):
        root, depth = number, 0
        while root in target:
            root, depth = target[root], depth + 1
        found = told(made[days[number]])[letter]
        assert found[:3] == (letters[root], days[root], depth)
