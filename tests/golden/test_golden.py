"""Golden pages: SLUG.html as a publisher serves it, SLUG.json as a person reads it; one pair a source.

`published` is compared as an instant (a day as a day), `text_starts` and `text_ends` with the ends of the
text; `"reject": REASON` stands for a page that is no article; all else stated is compared as it is.
"""

from __future__ import annotations

import json
import os
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from dateline.contracts.captures import CAPTURES
from dateline.contracts.exchanges import EXCHANGES
from dateline.edges import sources
from dateline.settings import ROOT
from dateline.sources import html
from dateline.steps.clean import CleanRules, clean
from dateline.steps.fetch import FetchRules, fetch

HERE = Path(__file__).parent
FOLDERS = (ROOT / "seeds/sources", ROOT / "seeds/newsroom/sources", os.environ.get("DATELINE_SOURCES", ""))


@cache
def known() -> dict[str, sources.Source]:
    """Every source by its slug."""
    return {source.slug: source for folder in FOLDERS if folder for source in sources.load(folder)}


def read(slug: str, url: str) -> dict[str, Any]:
    """The document or reject that a page of this source becomes."""
    source = known()[slug]
    with (HERE / f"{slug}.html").open("rb") as page:
        [exchange] = html.read(page, f"{slug}.html", slug, {"url": url}, None)
    fetched = fetch(iter([EXCHANGES.batch([{**exchange, "seq": 0}])]), FetchRules())
    captures = [batch for kept, batch in fetched if kept is CAPTURES]
    rules = CleanRules(
        zones=((slug, source.timezone),) if source.timezone else (), selectors=((slug, source.selectors),)
    )
    [(_, batch)] = clean(iter(captures), rules)
    [row] = batch.to_pylist()
    return row


def differences(row: dict[str, Any], wanted: dict[str, Any]) -> list[str]:
    """What a row says otherwise than stated, in words."""
    if "reject" in wanted or "reason" in row:
        return [] if row.get("reason") == wanted.get("reject") else [f"reject: {row.get('reason')!r}"]
    wrong = []
    for name, value in wanted.items():
        text, found = row["text"], row.get(name)
        if name in ("text_starts", "text_ends"):
            same = text.startswith(value) if name == "text_starts" else text.endswith(value)
            found = text[: len(value)] if name == "text_starts" else text[-len(value) :]
        elif name == "published" and value is not None and found is not None:
            instant = datetime.fromisoformat(value)
            same = found == instant if instant.tzinfo else found.date() == instant.date()
        else:
            same = found == value
        if not same:
            wrong.append(f"{name} is {found!r}, not {value!r}")
    return wrong


@pytest.mark.parametrize("slug", sorted(path.stem for path in HERE.glob("*.json")))
def test_a_golden_page_is_read_as_a_person_reads_it(slug: str) -> None:
    assert slug in known(), f"no source has the slug {slug}: name the page after its source file"
    wanted = json.loads((HERE / f"{slug}.json").read_text("utf-8"))
    assert differences(read(slug, wanted["url"]), wanted) == []


def test_every_page_has_its_person_and_every_person_a_page() -> None:
    assert {path.stem for path in HERE.glob("*.html")} == {path.stem for path in HERE.glob("*.json")}
