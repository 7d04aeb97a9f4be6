"""What the publishers of the sample newsroom say: their files, as pages and feeds of a given instant."""

from __future__ import annotations

import html
import json
import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from string import Template
from typing import Any

HERE = Path(__file__).resolve().parent
FEED_LENGTH = 20


@dataclass(frozen=True)
class Answer:
    """What is said to a request; `changed` is the instant of Last-Modified."""

    body: bytes = b""
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    changed: datetime | None = None
    location: str | None = None
    delay: float = 0.0


@dataclass(frozen=True)
class Story:
    """One version of an article, or of a thing that the feed lists as if it were one."""

    facts: dict[str, Any]
    paragraphs: tuple[str, ...]

    @property
    def published(self) -> datetime:
        return self.facts["published"]

    @property
    def changed(self) -> datetime:
        """When this version appeared."""
        return self.facts.get("updated", self.published)


class Site:
    """One publisher: a folder with `site.toml`, `page.html`, `feed.xml`, `entry.xml` and its stories."""

    def __init__(self, folder: Path) -> None:
        self.facts: dict[str, Any] = tomllib.loads((folder / "site.toml").read_text("utf-8"))
        self.host: str = self.facts["host"]
        self._folder = folder
        self._stories = [_story(path) for path in sorted(folder.glob("*.md"))]
        self._extras = [Story(facts, ()) for facts in self.facts.get("extras", ())]

    def answer(self, path: str, now: datetime) -> Answer:
        """What this publisher says to a GET of `path` (without query) at that time."""
        if path == "/robots.txt":
            return Answer(self.facts["robots"].encode(), "text/plain", changed=None)
        listed = self.listed(now)
        if path == self.facts["feed"]["path"]:
            return self._feed(listed)
        if path == "/":
            links = self._links(listed)
            page = f"<!doctype html><title>{html.escape(self.facts['name'])}</title><ul>{links}</ul>"
            return Answer(page.encode(), changed=listed[0].changed if listed else None)
        for story in listed:
            if path == story.facts.get("feed_path"):
                return Answer(status=301, location=self._url(story.facts["path"]))
            if path == story.facts["path"] and not story.facts.get("missing"):
                return self._page(story, listed)
        return Answer(b"<!doctype html><title>404</title><h1>Not found</h1>", status=404)

    def listed(self, now: datetime) -> list[Story]:
        """What is visible, newest first, each in its newest version."""
        newest: dict[str, Story] = {}
        for story in (*self._stories, *self._extras):
            if story.changed <= now:
                held = newest.get(story.facts["path"])
                if held is None or story.changed > held.changed:
                    newest[story.facts["path"]] = story
        return sorted(newest.values(), key=lambda story: (story.published, story.facts["path"]), reverse=True)

    def _page(self, story: Story, listed: list[Story]) -> Answer:
        template = (self._folder / story.facts.get("template", "page.html")).read_text("utf-8")
        others = [other for other in listed if other is not story]
        values = self._values(story)
        values["body"] = "\n".join(f"<p>{html.escape(text, quote=False)}</p>" for text in story.paragraphs)
        values["related"] = self._links(others[: int(story.facts.get("links", 3))])
        page = Template(template).substitute(values)
        return Answer(
            page.encode(story.facts.get("bytes", "utf-8")),
            self.facts.get("content_type", "text/html; charset=utf-8"),
            changed=story.changed,
            delay=float(story.facts.get("delay", 0)),
        )

    def _feed(self, listed: list[Story]) -> Answer:
        feed = self.facts["feed"]
        shown = [story for story in listed if story.facts.get("in_feed", True)][:FEED_LENGTH]
        entry = Template((self._folder / feed.get("entry", "entry.xml")).read_text("utf-8"))
        changed = max((story.changed for story in shown), default=datetime(2026, 1, 1, tzinfo=UTC))
        values = {
            "entries": feed.get("separator", "").join(entry.substitute(self._values(s)) for s in shown),
            "items": "".join(f'<rdf:li rdf:resource="{self._url(s.facts["path"])}"/>' for s in shown),
            "changed_iso": changed.isoformat(),
            "changed_mail": format_datetime(changed),
        }
        text = Template((self._folder / feed.get("template", "feed.xml")).read_text("utf-8")).substitute(
            values
        )
        text = text[: len(text) - int(feed.get("cut", 0))]
        return Answer(text.encode(), feed["content_type"], changed=changed)

    def _links(self, stories: list[Story]) -> str:
        return "".join(
            f'<li><a href="{story.facts["path"]}">{html.escape(story.facts["title"])}</a></li>'
            for story in stories
            if not story.facts.get("missing")
        )

    def _url(self, path: str) -> str:
        return f"http://{self.host}{path}"

    def _values(self, story: Story) -> dict[str, str]:
        """What templates may name: each fact escaped, as `raw_NAME`, and as `json_NAME`."""
        facts, each = story.facts, self.facts.get("each", {})
        authors, tags = facts.get("authors", []), facts.get("tags", [])
        link = facts.get("feed_path", facts["path"]) + self.facts["feed"].get("query", "")
        raw = {
            "title": facts["title"],
            "summary": facts.get("summary", ""),
            "section": facts.get("section", ""),
            "authors": each.get("join", ", ").join(authors),
            "url": self._url(facts["path"]),
            "link": self._url(link),
            "published": self._shown(story.published),
            "published_iso": self._iso(story.published),
            "published_mail": format_datetime(story.published),
            "changed": self._shown(story.changed),
            "changed_iso": self._iso(story.changed),
            "changed_mail": format_datetime(story.changed),
        }
        values = {name: html.escape(value) for name, value in raw.items()}
        values |= {f"raw_{name}": value for name, value in raw.items()}
        values |= {f"json_{name}": _json(value) for name, value in raw.items()}
        values["json_people"] = _json([{"@type": "Person", "name": name} for name in authors])
        values["json_tags"] = _json(tags)
        values["author_items"] = each.get("join", ", ").join(_each(each, "author", authors))
        values["tag_items"] = "".join(_each(each, "tag", tags))
        updated = Template(each.get("updated", "")).substitute(values)
        values["updated_line"] = updated if "updated" in facts else ""
        return values

    def _iso(self, instant: datetime) -> str:
        """ISO 8601; without the offset for a publisher that gives none."""
        return (instant.replace(tzinfo=None) if self.facts.get("zoneless") else instant).isoformat()

    def _shown(self, instant: datetime) -> str:
        return instant.strftime(self.facts["date_format"])


def sites() -> dict[str, Site]:
    """Every publisher by its host."""
    found = [Site(path.parent) for path in sorted(HERE.glob("*/site.toml"))]
    return {site.host: site for site in found}


def _story(path: Path) -> Story:
    """A story from Markdown: TOML between two lines `+++`, then paragraphs.

    `text_of` (and `paragraphs`) take over another story's text, whole or its first paragraphs.
    """
    _, head, text = path.read_text("utf-8").split("+++\n", 2)
    facts = tomllib.loads(head)
    paragraphs = tuple(part.strip() for part in text.split("\n\n") if part.strip())
    if "text_of" in facts:
        paragraphs = _story(HERE / f"{facts['text_of']}.md").paragraphs[: facts.get("paragraphs")]
    return Story(facts, paragraphs)


def _each(each: dict[str, str], what: str, names: list[str]) -> list[str]:
    return [Template(each.get(what, "$name")).substitute(name=html.escape(name)) for name in names]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False).replace("</", "<\\/")
