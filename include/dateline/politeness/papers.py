"""What the hostile site publishes: feeds and stories of fiction, and the source files that name them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import escape

from dateline.politeness.scripts import answer, page, say
from dateline.politeness.site import Script

RSS = "application/rss+xml"

_SAID = (
    "The harbour board of {town} met for the {count} time this year and agreed to widen the eastern quay.",
    "Boats of the {town} fleet will lie at the northern pier until the work has ended in late autumn.",
    "Residents asked whether the old crane, built before the war, could be kept as a landmark.",
    "The engineer in charge, a {town} native, said that it weighed {weight} tonnes and would be moved once.",
    "Fishing crews welcomed the plan, though some feared that the ferry would lose its morning berth.",
    "A second meeting, with drawings for everyone to see, was called for the first week of next month.",
)


@dataclass(frozen=True)
class Paper:
    """A publisher of the site.

    Args:
        slug: name of its source file.
        feeds: URLs of its feeds.
        gap: least pause that its source file asks for, in seconds.
        sitemaps: URLs of its sitemaps.
    """

    slug: str
    feeds: tuple[str, ...] = ()
    gap: float | None = None
    sitemaps: tuple[str, ...] = ()

    @property
    def toml(self) -> str:
        """Its source file."""
        values: dict[str, object] = {
            "name": self.slug.title(),
            "home": f"http://{self.slug}.test/",
            "language": "en",
            "country": "GB",
            "enabled": True,
        }
        values |= {"feeds": list(self.feeds)} if self.feeds else {}
        values |= {"sitemaps": list(self.sitemaps)} if self.sitemaps else {}
        values |= {"gap_seconds": self.gap} if self.gap is not None else {}
        # Strings, numbers, booleans and lists of strings are written the same in JSON and in TOML.
        return "".join(f"{name} = {json.dumps(value)}\n" for name, value in values.items())


def paper(slug: str, gap: float | None = None) -> Paper:
    """A publisher with one feed on the host of its name."""
    return Paper(slug, (f"http://{slug}.test/feed.xml",), gap)


def story(name: str, canonical: str | None = None, number: int = 1) -> str:
    """The page of a story that no other is like; `number` makes another of the same name."""
    seed = sum(map(ord, name)) + 7919 * number
    said = [line.format(town=name.title(), count=f"{seed % 89}th", weight=seed % 997) for line in _SAID]
    text = "".join(f"<p>{escape(line)}</p>" for line in said)
    link = f'<link rel="canonical" href="{escape(canonical)}">' if canonical else ""
    return (
        f"<!doctype html><html lang=en><head><title>Quay of {escape(name)}, part {number}</title>{link}"
        '<meta property="article:published_time" content="2026-03-24T09:30:00Z"></head>'
        f"<body><article><h1>Quay of {escape(name)}, part {number}</h1>{text}</article></body></html>"
    )


def feed(links: list[str], title: str = "Quay") -> str:
    """An RSS feed with these links."""
    items = "".join(
        f"<item><title>{title} {place}</title><guid>{place:03} {escape(link)}</guid>"
        f"<link>{escape(link)}</link></item>"
        for place, link in enumerate(links)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>{items}</channel></rss>'


def feeds(links: list[str], title: str = "Quay") -> Script:
    """A feed with these links, fresh for a minute."""
    return say(answer(feed(links, title), content_type=RSS, cache_control="max-age=60"))


def stories(host: str, *names: str) -> dict[str, Script]:
    """A feed and its stories on one host."""
    links = [f"http://{host}/{name}" for name in names]
    made = {f"{host}/{name}": page(story(f"{host} {name}")) for name in names}
    return {f"{host}/feed.xml": feeds(links), **made}
