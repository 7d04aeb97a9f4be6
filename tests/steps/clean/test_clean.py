"""Captures → documents and rejects; a file in `cases/` says what came and what must be made of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.contracts.captures import CAPTURES
from dateline.contracts.documents import DOCUMENTS
from dateline.contracts.rejects import REJECTS
from dateline.contracts.shared import INPUT_KINDS
from dateline.sources import feeds
from dateline.steps.clean import CleanRules, clean
from dateline.text.leads import make_lead

CASES = Path(__file__).parent / "cases"


def capture(number: int = 0, **known: Any) -> dict[str, Any]:
    row = {
        **dict.fromkeys(CAPTURES.names),
        "capture_id": f"{number:032x}",
        "source": "courier",
        "input_kind": "page",
        "url": "https://www.greywater.example/a-story",
        "signals": [],
    }
    return {**row, **known}


def made(*rows: dict[str, Any], rules: CleanRules | None = None) -> tuple[list[dict], list[dict]]:
    """(documents, rejects) of some captures."""
    documents, rejects = [], []
    for contract, batch in clean(iter([CAPTURES.batch(list(rows))]), rules or CleanRules()):
        contract.check(batch)
        (documents if contract is DOCUMENTS else rejects).extend(batch.to_pylist())
        assert contract in (DOCUMENTS, REJECTS)
    return documents, rejects


def read_case(name: str) -> tuple[dict[str, Any], dict[str, Any], CleanRules]:
    case = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    known = dict(case["capture"])
    if known.get("captured"):
        known["captured"] = datetime.fromisoformat(known["captured"])
    body = "\n".join(case["html"]) if "html" in case else case.get("body")
    lead = case.get("lead")
    row = capture(**known, body=body.encode() if body is not None else None)
    row["lead"] = make_lead(**lead) if lead else None
    zones = tuple((slug, zone) for slug, zone in case.get("rules", {}).get("zones", []))
    return case, row, CleanRules(zones=zones)


@pytest.mark.parametrize("name", sorted(path.stem for path in CASES.glob("*.json")))
def test_case(name: str) -> None:
    case, row, rules = read_case(name)
    documents, rejects = made(row, rules=rules)
    if "expect" not in case:
        assert documents == []
        assert [reject["reason"] for reject in rejects] == ([case["reject"]] if "reject" in case else [])
        return
    assert rejects == []
    (document,) = documents
    found = {name: _shown(value) for name, value in document.items()}
    found["text_starts"] = document["text"][: len(case["expect"].get("text_starts", ""))]
    found["paragraphs"] = document["text"].count("\n\n") + 1
    assert {field: found[field] for field in case["expect"]} == case["expect"]


def _shown(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def test_every_capture_is_accounted_for() -> None:
    names = sorted(path.stem for path in CASES.glob("*.json"))
    read = [read_case(name) for name in names]
    rows = [{**row, "capture_id": f"{number:032x}"} for number, (_, row, _) in enumerate(read)]
    documents, rejects = made(*rows)
    silent = sum("nothing" in case for case, _, _ in read)
    assert len(documents) + len(rejects) + silent == len(rows)
    assert {row["input_key"] for row in rejects}.isdisjoint(row["capture_id"] for row in documents)


FEED_TIMES = {
    "a time without a zone is in the source's": ("2026-03-24T19:30:00", "2026-03-24T08:30:00+00:00", None),
    "a time with one keeps it": ("2026-03-24T19:30:00+02:00", "2026-03-24T17:30:00+00:00", 120),
    "and UTC said is UTC given": ("2026-03-24T19:30:00Z", "2026-03-24T19:30:00+00:00", 0),
}


@pytest.mark.parametrize("name", FEED_TIMES)
def test_what_a_feed_said_of_a_time_is_not_more_than_it_said(name: str) -> None:
    said, instant, offset = FEED_TIMES[name]
    item = {"id": "1", "url": "https://courier.example/a", "title": "The ferry", "date_published": said}
    feed = {"version": "https://jsonfeed.org/version/1.1", "items": [item]}
    (entry,) = feeds.read(json.dumps(feed).encode()).entries
    paragraph = "<p>The last ferry of the evening left an hour late because of fog on the river.</p>"
    page = (
        f"<html><head><title>The ferry</title></head><body><article>{paragraph * 6}</article></body></html>"
    )
    row = capture(
        source="courier", body=page.encode(), lead=feeds.lead(entry, "https://courier.example/feed")
    )
    (document,), _ = made(row, rules=CleanRules(zones=(("courier", "Australia/Hobart"),)))
    assert (document["published"].isoformat(), document["published_offset"]) == (instant, offset)


def test_a_row_does_not_depend_on_its_batch() -> None:
    _, one, _ = read_case("json_ld")
    _, other, _ = read_case("visible_only")
    other["capture_id"] = "f" * 32
    alone = made(one)[0] + made(other)[0]
    assert made(one, other)[0] == alone
    assert made(other, one)[0] == alone[::-1]


def test_identity_follows_the_url_or_the_place_in_the_archive() -> None:
    _, page, _ = read_case("day_in_url")
    again = {**page, "capture_id": "1" * 32, "url": page["url"] + "?utm_source=letter"}
    _, text, _ = read_case("text_file")
    moved = {**text, "capture_id": "2" * 32, "path": "b/1.txt"}
    documents, _ = made(page, again, text, moved)
    ids = [row["article_id"] for row in documents]
    assert ids[0] == ids[1]
    assert len(set(ids)) == 3


def test_the_url_that_answered_counts() -> None:
    _, row, _ = read_case("day_in_url")
    row["final_url"] = "https://www.greywater.example/moved"
    (document,), _ = made(row)
    assert document["url_key"] == "u2:greywater.example/moved"


def test_rules_are_declared() -> None:
    plain = CleanRules()
    assert plain.digest() == CleanRules().digest()
    assert plain.digest() != CleanRules(zones=(("courier", "Europe/Oslo"),)).digest()
    assert plain.digest() != CleanRules(min_words=11).digest()
    one, two = ("a", "Europe/Oslo"), ("b", "Asia/Tokyo")
    assert CleanRules(zones=(one, two)).digest() == CleanRules(zones=(two, one)).digest()


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "cp1251", "koi8-r"])
@pytest.mark.parametrize("declared", ["", "utf-8", "iso-8859-1"])
def test_charsets(charset: str, declared: str) -> None:
    body = "<p>Совет решил вновь открыть старую гавань для рыболовных судов следующей весной.</p>" * 6
    meta = f'<meta charset="{declared}">' if declared else ""
    html = f"<html><head>{meta}</head><body><article><h1>Гавань открыта</h1>{body}</article></body></html>"
    (document,), _ = made(capture(body=html.encode(charset)))
    assert document["title"] == "Гавань открыта"
    assert document["text"].startswith("Совет решил")
    assert document["language"] == "ru"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"%PDF-1.7 \xe2\xe3\xcf\xd3" + bytes(range(256)) * 4, "not_html"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "not_html"),
        (bytes(range(256)) * 20, "not_html"),
        (b"<!--" * 1000, "not_html"),
        (b"<div>" * 100_000 + b"text", "too_deep"),
        (b"<html><body>" + b"<br>" * 100_001, "too_large"),
    ],
)
def test_hostile_bytes_are_refused(body: bytes, reason: str) -> None:
    documents, rejects = made(capture(body=body))
    assert documents == []
    assert [reject["reason"] for reject in rejects] == [reason]
    assert rejects[0]["input_key"] == f"{0:032x}"


def _cuts() -> Iterator[bytes]:
    _, row, _ = read_case("json_ld")
    body: bytes = row["body"]
    for at in range(0, len(body), 97):
        yield body[:at]


def test_a_page_cut_anywhere_gives_a_row() -> None:
    rows = [capture(number, body=body) for number, body in enumerate(_cuts())]
    documents, rejects = made(*rows)
    assert len(documents) + len(rejects) == len(rows)
    assert documents


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                [
                    "<p>", "</p>", "<div class='author date'>", "</div>", "<h1>", "<table><tr><td>", "<time>",
                    '<script type="application/ld+json">', "</script>", '{"@type":"NewsArticle","author":',
                    '"datePublished":"\\ud800"',
                    "[[", "}}", "<meta name='author' content='", "'>", "\x00", "&#xD800;",
                ]
            ),
            st.text(max_size=20),
        ),
        max_size=30,
    )
)  # fmt: skip
def test_no_markup_breaks_it(parts: list[str]) -> None:
    body = "".join(parts).encode("utf-8", "surrogatepass")
    documents, rejects = made(capture(body=body))
    assert len(documents) + len(rejects) == 1


def test_nothing_in_nothing_out() -> None:
    assert list(clean(iter([]), CleanRules())) == []
    assert list(clean(iter([pa.RecordBatch.from_pylist([], schema=CAPTURES.schema)]), CleanRules())) == []


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(INPUT_KINDS),
            st.sampled_from([None, 200, 204, 304, 404, 503]),
            st.sampled_from([None, b"", b"<p>Gone.</p>", b'{"text": "The ferry left."}', b"The ferry left."]),
        ),
        max_size=8,
    )
)
def test_every_article_with_a_body_is_a_document_or_a_reject(
    answers: list[tuple[str, int | None, bytes | None]],
) -> None:
    rows = [
        capture(number, input_kind=kind, status=status, body=body)
        for number, (kind, status, body) in enumerate(answers)
    ]
    documents, rejects = made(*rows)
    silent = sum(kind not in ("page", "text", "record") or body is None for kind, _, body in answers)
    assert len(documents) + len(rejects) == len(rows) - silent


def test_a_url_that_is_no_http_url_is_no_identity() -> None:
    _, row, _ = read_case("record_script_url")
    other = {**row, "capture_id": "1" * 32, "index": 4}
    documents, _ = made(row, other)
    assert len({document["article_id"] for document in documents}) == 2
