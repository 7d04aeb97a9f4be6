"""Parameters of a URL that say how a reader came, never what is shown.

Table-driven: by name, by the beginning of a name, and where a name may also tell two pages apart, by value.
Where in doubt a parameter stays: a page met under two URLs shows later by its text, one that was taken for
another is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# Names in lower case.
_ALWAYS = frozenset({
    "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "gad_source", "gad_campaignid", "srsltid",
    "msclkid", "yclid", "ymclid", "_openstat", "twclid", "ttclid", "li_fat_id", "rdt_cid", "sccid", "igshid",
    "igsh", "mibextid", "sfnsn", "epik", "mc_cid", "mc_eid", "mkt_tok", "cmpid", "icid", "intcid", "intcmp",
    "ncid", "nlid", "mbid", "smid", "smtyp", "smprod", "ocid", "ito", "xtor", "taid", "echobox", "spm",
    "fb_action_ids", "fb_action_types", "fb_source", "fb_ref", "fb_comment_id", "action_object_map",
    "action_type_map", "action_ref_map", "__twitter_impression", "_ga", "_gl", "trkcampaign", "feedtype",
    "feedname", "sr_share", "s_cid", "s_kwcid", "ef_id", "guccounter", "guce_referrer", "guce_referrer_sig",
    "dicbo", "wtrid", "tpcc", "ftag", "soc_src", "soc_trk", "sharetype", "vero_id", "vero_conv",
    "oly_enc_id", "oly_anon_id", "__s", "rb_clickid", "link_source", "traffic_source", "leadsource",
    "reflink", "sref", "wpisrc", "wpmm", "maca", "unlocked_article_code", "amp", "_amp", "amp_js_v",
    "amp_gsa", "amp_ct", "amp_r", "usqp", "outputtype", "ref_src", "ref_url", "phpsessid", "jsessionid",
    "at_medium", "at_campaign", "at_creation", "at_format", "at_variant", "at_channel", "at_platform",
    "at_network", "at_identifier", "at_emailtype", "at_detail", "at_link_id", "at_link_type",
    "at_link_origin", "at_bbc_team", "at_ptr_name", "at_campaign_type", "ns_mchannel", "ns_source",
    "ns_campaign", "ns_linkname", "ns_fee",
})  # fmt: skip

_PREFIXES = (
    "utm_", "pk_", "mtm_", "matomo_", "hsa_", "at_custom", "_hs", "wt.", "wt_", "ga_", "gaa_", "itm_", "g2i_",
    "yptr",
)  # fmt: skip

_UNLESS_DIGIT = frozenset({"ref", "referrer", "referer", "via", "partner"})
"""Unless the value has a digit: then it may be what tells two pages apart."""

_UNLESS_NUMBER = frozenset({"cmp", "trk", "ico"})
"""Unless the value is a number: `cmp=rss-2024` is a campaign, `cmp=2024` may be a page."""

_IF_KNOWN = frozenset({"from", "source", "src", "feature", "share", "rss", "mod"})
"""Only if each word of the value is known to name a way to a page, or it begins with `rss`:
`from=home_page` and `source=rss_sport` say how a reader came, `from=tokyo` and `source=bbc` what is shown."""

_WAYS = frozenset({
    "rss", "feed", "feeds", "atom", "xml", "twitter", "tweet", "tweetbutton", "tw", "facebook", "fb",
    "instagram", "ig", "linkedin", "whatsapp", "telegram", "reddit", "pinterest", "tumblr", "skype",
    "threads", "bluesky", "mastodon", "vk", "viber", "line", "wechat", "weibo", "messenger", "snapchat",
    "tiktok", "youtube", "youtu", "be", "gdata", "jetpack", "pocket", "flipboard", "feedly", "google",
    "googlenews", "bing", "yahoo", "msn", "applenews", "smartnews", "upday", "dlvr", "it", "ifttt",
    "buffer", "hootsuite", "email", "mail", "mailto", "sms", "newsletter", "nl", "push", "alert", "alerts",
    "notification", "notifications", "home", "homepage", "hp", "front", "frontpage", "page", "top", "nav",
    "navi", "navbar", "navigation", "menu", "header", "footer", "topbar", "sidebar", "masthead",
    "breadcrumb", "banner", "widget", "plugin", "embed", "embedded", "emb", "ticker", "carousel", "teaser",
    "related", "recommended", "recommendation", "recommendations", "trending", "popular", "most",
    "mostpopular", "mostread", "read", "ranking", "latest", "share", "sharing", "shared", "sharebutton",
    "linkshare", "social", "button", "copy", "print", "app", "ios", "android", "web", "website", "mobile",
    "desktop", "amp", "pwa", "toolbar", "bookmarklet", "search", "result", "results", "referral", "direct",
    "www", "com", "",
})  # fmt: skip

# Values under which a page is the same in another dress, by name.
_DRESSES = {
    "output": ("amp",), "view": ("amp", "mobile"), "type": ("amp",), "mobile": ("1", "true"),
    "rss": ("1", "true", "yes"), "rssfeed": ("1", "true", "yes"),
}  # fmt: skip

_WORD_END = re.compile(r"[-_ +.:|]+|%20")
_SECOND = re.compile(r"\?(?=(?:utm_[a-z]+|fbclid)=)", re.IGNORECASE)
_ESCAPED = re.compile(r"\A(?:amp(?:;|%3b))+", re.IGNORECASE)


def is_tracking(name: str, value: str) -> bool:
    """Whether a parameter, in lower case, says only how a reader came, or asks for another dress."""
    if _is_always(name):
        return True
    if name in _UNLESS_DIGIT:
        return not any(character.isdigit() for character in value)
    if name in _UNLESS_NUMBER:
        return not value.isdigit()
    if name in _IF_KNOWN and _is_way(value):
        return True
    return value in _DRESSES.get(name, ())


def without_tracking(query: str) -> Iterator[str]:
    """The parameters of a query, without those that lie behind a separator which is not `&`.

    Whoever appends `?utm_source=x` or `;utm_source=x` does not always look what is there; feeds that escape
    twice leave `&amp;` between parameters.
    """
    if "?" in query:
        query = _SECOND.sub("&", query)
    for part in query.replace("&amp;", "&").split("&"):
        if part[:3].lower() == "amp":
            part = _ESCAPED.sub("", part)
        if ";" in part:
            pieces = part.split(";")
            part = ";".join(piece for piece in pieces if not _is_always(piece.partition("=")[0].lower()))
        yield part


def _is_always(name: str) -> bool:
    return name in _ALWAYS or name.startswith(_PREFIXES)


def _is_way(value: str) -> bool:
    words = _WORD_END.split(value)
    return words[0] == "rss" or all(word in _WAYS for word in words)
