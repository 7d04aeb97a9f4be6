"""What an element of a page is for, by its tag and the name of its class."""

from __future__ import annotations

import re
from functools import lru_cache

FRAMES = (
    ("nav", r"nav\w*|menu\w*|breadcrumbs?|footer|foot|toolbar|pagination|pager|masthead|topbar"),
    ("aside", r"side-?bar\w*|side|aside|rail|widgets?|column-?right|right-?col\w*"),
    ("related", r"related\w*|recommend\w*|teasers?|popular|most-?(?:read|viewed)|trending|"
     r"read-?(?:more|also|next)|more-?(?:on|from|stories|news)|see-?also|outbrain|taboola|mgid|zergnet"),
    ("comments", r"comments?|comment-?list|commentlist|disqus\w*|respond|replies|reply|guestbook"),
    ("offer", r"shar(?:e|es|ing)\w*|social\w*|newsletters?\w*|subscri\w*|sign-?up|promo\w*|advert\w*|ads?|"
     r"banner|sponsor\w*|cookies?|consent|gdpr|cmp\d?|cybot\w*|didomi\w*|onetrust\w*|usercentrics\w*|modal|"
     r"popup|overlay|login|search\w*|paywall|donat\w*|follow"),
    ("about", r"by-?line|author\w*|bio|meta\w*|tags?|tag-?list|date|time-?stamp|copyright|credits?|info|"
     r"kicker"),
    ("caption", r"caption\w*|figure|picture|photo\w*|image\w*|img|gallery|slide\w*|video\w*|media\w*|player"),
    ("hidden", r"hidden|hide|invisible|sr-only|visually-?hidden|screen-?reader\w*|print-?only|skip\w*|"
     r"tooltip"),
)  # fmt: skip
"""What the name of a class or an id may say that a container is, by what it is for."""
_FRAME = re.compile(
    r"(?:^|[\s_-])(?:" + "|".join(f"(?P<{name}>{words})" for name, words in FRAMES) + r")(?=$|[\s_-])",
    re.IGNORECASE,
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_STORY = re.compile(
    r"(?:^|[\s_-])(?:article|story|post|entry|page|news|art|content|main|field|text|rich)?[_-]*"
    r"(?:body|text|content|copy|bodycopy|fulltext|articlebody|storytext|prose|wysiwyg)(?=$|[\s_-])|"
    r"(?:^|\s)(?:article|story|post|entry|news|text)(?=$|\s)",
    re.IGNORECASE,
)
_TAG_FRAMES = {
    "nav": "nav", "menu": "nav", "footer": "nav", "aside": "aside", "figure": "caption",
    "figcaption": "caption", "form": "offer",
}  # fmt: skip
FRAMING = frozenset({*_TAG_FRAMES, "article"})
"""Elements that are a frame without a word of it."""
_ROLES = {
    "navigation": "nav",
    "contentinfo": "nav",
    "banner": "nav",
    "complementary": "aside",
    "dialog": "offer",
}
_LONGEST_NAME = 200


def frame_of(tag: str, said: dict[str, str]) -> str:
    """What the tag or the name of an element says that it is for; "" for nothing."""
    if tag in ("body", "main"):
        return ""
    if found := _TAG_FRAMES.get(tag) or _ROLES.get(said.get("role", "")):
        return found
    if "hidden" in said or "display:none" in said.get("style", "").replace(" ", ""):
        return "hidden"
    if said.get("itemprop") == "articleBody":
        return "story"
    if tag == "article":
        return "article"
    name = f"{said.get('class', '')} {said.get('id', '')}"[:_LONGEST_NAME]
    return _of_name(name)


@lru_cache(maxsize=4096)
def _of_name(name: str) -> str:
    name = _CAMEL.sub("-", name)
    if found := _FRAME.search(name):
        return found.lastgroup or ""
    return "story" if _STORY.search(name) else ""
