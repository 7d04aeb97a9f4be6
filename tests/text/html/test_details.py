"""Section, tags, summary, names and picture of a page."""

from __future__ import annotations

import json
from html import escape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.text.html.evidence import gather
from dateline.text.html.page import Page, judge
from dateline.text.html.times import Limits
from dateline.text.html.tree import parse

TITLE = "Ferry sails again"
HOME = "https://greywater.example/"
STEPS = [
    {"@type": "ListItem", "name": "Front", "item": HOME},
    {"@type": "ListItem", "item": {"@id": f"{HOME}coast/", "name": "Coast"}},
    {"@type": "ListItem", "name": TITLE},
]


def read(
    *nodes: dict[str, Any], body: str = "", lead: dict[str, Any] | None = None, **meta: str | list[str]
) -> Page:
    """A page with these JSON-LD objects and meta elements."""
    tags = "".join(
        f'<meta name="{name}" content="{escape(one)}">'
        for name, value in meta.items()
        for one in (value if isinstance(value, list) else [value])
    )
    scripts = "".join(f'<script type="application/ld+json">{json.dumps(node)}</script>' for node in nodes)
    text = (
        f"<html><head><title>{TITLE}</title>{tags}{scripts}</head><body><h1>{TITLE}</h1>{body}</body></html>"
    )
    return judge(gather(parse(text), f"{HOME}coast/ferry"), lead or {}, Limits())


def article(**facts: Any) -> dict[str, Any]:
    return {"@type": "NewsArticle", "headline": TITLE, **facts}


def crumbs(*steps: dict[str, Any]) -> dict[str, Any]:
    return {"@type": "BreadcrumbList", "itemListElement": list(steps)}


@pytest.mark.parametrize(
    ("nodes", "meta", "section"),
    [
        ([article(articleSection=["Coast", "News"])], {}, "Coast"),
        ([article(articleSection="Coast,News")], {}, "Coast"),
        ([article(articleSection="Coast, News, Ferries")], {}, "Coast"),
        ([article(articleSection="Health, Safety")], {}, "Health, Safety"),
        ([article(articleSection="Arts &amp; Crafts")], {}, "Arts & Crafts"),
        ([article(articleSection="Uncategorized")], {"article:section": "Coast"}, "Coast"),
        ([article(articleSection="2031")], {}, None),
        ([crumbs(*STEPS)], {}, "Coast"),
        ([crumbs(STEPS[0], STEPS[2])], {}, None),
        (
            [crumbs({"@type": "ListItem", "name": "The Courier"}, STEPS[2])],
            {"og:site_name": "The Courier"},
            None,
        ),
        ([crumbs("Coast", None, 3)], {}, None),
        ([], {"parsely-section": "Coast"}, "Coast"),
    ],
)
def test_section(nodes: list[dict[str, Any]], meta: dict[str, str], section: str | None) -> None:
    assert read(*nodes, **meta).section == section


@pytest.mark.parametrize(
    ("nodes", "meta", "tags"),
    [
        ([article(keywords=["Ferry", "Storm"])], {"keywords": "other"}, ["Ferry", "Storm"]),
        ([article(keywords="Ferry; storm | Ferry, Coast &amp; sea")], {}, ["Ferry", "storm", "Coast & sea"]),
        ([], {"article:tag": ["Ferry", "Storm"]}, ["Ferry", "Storm"]),
        ([article(keywords=TITLE)], {"news_keywords": "Ferry"}, ["Ferry"]),
        ([], {"keywords": f"{TITLE}, Storm, one two three four five six seven eight nine"}, ["Storm"]),
        ([], {"keywords": "It sails.", "description": "It sails."}, []),
    ],
)
def test_tags(nodes: list[dict[str, Any]], meta: Any, tags: list[str]) -> None:
    assert read(*nodes, **meta).tags == tags


def test_tags_of_microdata_and_lead() -> None:
    assert read(body='<p itemprop="keywords" content="Ferry,Storm"></p>').tags == ["Ferry", "Storm"]
    assert read(lead={"categories": ["Coast"]}).tags == ["Coast"]


SLOGAN = "News from the coast, every day."
SITE = {"@type": "WebSite", "name": "The Courier", "description": SLOGAN}


@pytest.mark.parametrize(
    ("nodes", "meta", "description"),
    [
        ([], {"og:description": "It sails.", "description": "Other."}, "It sails."),
        ([], {"og:description": TITLE, "description": "It sails."}, "It sails."),
        ([SITE], {"og:description": SLOGAN, "description": "It sails."}, "It sails."),
        ([], {"og:description": "Long. " * 300, "twitter:description": "It sails."}, "It sails."),
        ([], {"og:description": "&lt;p&gt;It &amp; she<br>sail.&lt;/p&gt;"}, "It & she sail."),
        ([], {"og:description": "They saw <The Sea>."}, "They saw <The Sea>."),
        ([article(description="It sails.")], {}, "It sails."),
        ([], {"dcterms.description": "It sails."}, "It sails."),
        ([], {"og:description": " – "}, None),
    ],
)
def test_description(nodes: list[dict[str, Any]], meta: dict[str, str], description: str | None) -> None:
    assert read(*nodes, **meta).description == description


@pytest.mark.parametrize(
    ("nodes", "meta", "name"),
    [
        ([SITE], {"og:site_name": "Courier"}, "Courier"),
        ([SITE], {"og:site_name": HOME}, "The Courier"),
        ([article(), SITE], {"og:site_name": TITLE}, "The Courier"),
        ([], {"apple-mobile-web-app-title": "Courier"}, "Courier"),
        ([], {}, None),
    ],
)
def test_site_name(nodes: list[dict[str, Any]], meta: dict[str, str], name: str | None) -> None:
    assert read(*nodes, **meta).site_name == name


@pytest.mark.parametrize(
    ("nodes", "meta", "name"),
    [
        (
            [article(publisher={"@type": "Organization", "name": "Coast Press"})],
            {"publisher": "x"},
            "Coast Press",
        ),
        ([article(publisher={"name": HOME})], {"dc.publisher": "Coast Press"}, "Coast Press"),
        ([], {"article:publisher": "https://social.example/courier"}, None),
    ],
)
def test_publisher(nodes: list[dict[str, Any]], meta: dict[str, str], name: str | None) -> None:
    assert read(*nodes, **meta).publisher == name


@pytest.mark.parametrize(
    ("nodes", "meta", "image"),
    [
        ([], {"og:image": "/a.jpg?x=1&amp;y=2"}, f"{HOME}a.jpg?x=1&y=2"),
        ([article(image=[{"url": f"{HOME}b.jpg"}])], {"og:image": f"{HOME}img/blank.gif"}, f"{HOME}b.jpg"),
        ([article(image=f"{HOME}b.jpg")], {"og:image": f"{HOME}site-logo.png"}, f"{HOME}b.jpg"),
        ([], {"og:image": f"{HOME}site-logo.png"}, f"{HOME}site-logo.png"),
        ([], {"og:image": f"{HOME}blank.gif"}, None),
        (
            [],
            {"twitter:image:src": f"{HOME}logout.jpg", "og:image": "data:image/gif;base64,R0"},
            f"{HOME}logout.jpg",
        ),
    ],
)
def test_image(nodes: list[dict[str, Any]], meta: dict[str, str], image: str | None) -> None:
    assert read(*nodes, **meta).image_url == image


@pytest.mark.parametrize(
    ("image", "alt", "caption"),
    [
        ({"caption": "The ferry."}, "Boat", "The ferry."),
        ([{"Caption": TITLE}], "The boat", "The boat"),
        (f"{HOME}b.jpg", "IMG_2031-02.jpg", None),
        (None, TITLE, None),
    ],
)
def test_caption(image: Any, alt: str, caption: str | None) -> None:
    assert read(article(image=image), **{"og:image:alt": alt}).image_caption == caption


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "url", "@id"]), inner)
    ),
    max_leaves=6,
)


@given(
    st.dictionaries(
        st.sampled_from(["image", "publisher", "keywords", "articleSection", "description"]), VALUES
    )
)
def test_any_json_is_read(facts: dict[str, Any]) -> None:
    page = read(article(**facts), crumbs(facts, {"name": facts}))
    assert all(tag == tag.strip() and tag for tag in page.tags)
    assert page.section is None or page.section.strip()
