"""What country and language say of a date that could be read in two ways."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.text.date_usage import usage_of
from dateline.text.dates import parse

READ = [
    ("de", None, "25.03.24", "2024-03-25"),
    ("de", None, "02.12.19", "2019-12-02"),
    ("en", None, "02.12.19", "2019-12-02"),
    ("ko", None, "23.03.12", "2023-03-12"),
    ("en-US", None, "03/04/2024", "2024-03-04"),
    ("en", "https://greywater.co.uk/a", "03/04/2024", "2024-04-03"),
    ("en-US", "https://greywater.co.uk/a", "03/04/2024", "2024-04-03"),
    ("en", "https://greywater.co.uk/a", "03/04/2024 5:00 PM", "2024-04-03T17:00:00+00:00"),
    ("en", "https://greywater.example/a", "03/04/2024 5:00 PM", "2024-03-04T17:00:00+00:00"),
    ("fr", None, "03/04/2024", "2024-04-03"),
    ("pt_BR", None, "03/04/2024", "2024-04-03"),
    ("en", "https://greywater.example/a", "03/04/2024", None),
    ("en", "https://greywater.io/a", "03/04/2024", None),
    (None, None, "03/04/2024", None),
    ("he", None, "25 March 2024 10:00 IST", "2024-03-25T10:00:00+02:00"),
    ("en", "https://greywater.ie/a", "25 June 2024 10:00 IST", "2024-06-25T10:00:00+01:00"),
    ("en", "https://greywater.com.au/a", "25 June 2024 10:00 EST", "2024-06-25T10:00:00+10:00"),
    ("zh", None, "2024-03-25 10:00 CST", "2024-03-25T10:00:00+08:00"),
    ("en", None, "2024-03-25 10:00 CST", "2024-03-25T10:00:00-06:00"),
]


@pytest.mark.parametrize(("language", "url", "text", "wanted"), READ)
def test_the_usage_decides(language: str | None, url: str | None, text: str, wanted: str | None) -> None:
    when = parse(text, usage=usage_of(language, url))
    assert (when and when.iso) == wanted


ZONES = [
    ("de", None, "Europe/Berlin"), ("de", "https://greywater.at/", "Europe/Vienna"),
    ("ja", None, "Asia/Tokyo"),
    ("fr", "https://greywater.fr/", "Europe/Paris"), ("fr", "https://greywater.example/", None),
    ("en", "https://greywater.example/", None), ("en-US", "https://greywater.co.uk/", "Europe/London"),
    ("en-GB", None, None), ("es", "https://greywater.com.mx/", None),
    ("", None, None), (None, "http://[", None),
]  # fmt: skip


@pytest.mark.parametrize(("language", "url", "zone"), ZONES)
def test_a_zone_is_known_where_all_clocks_show_one(
    language: str | None, url: str | None, zone: str | None
) -> None:
    found = usage_of(language, url).zone
    assert (str(found) if found else None) == zone


@given(st.text(max_size=12), st.text(max_size=40))
def test_any_page_has_a_usage(language: str, host: str) -> None:
    assert usage_of(language, f"https://{host}/").order in ("dmy", "mdy", "ymd", "dots")
