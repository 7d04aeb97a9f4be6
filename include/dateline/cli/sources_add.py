"""`dateline sources add`: look a site over, and write the source file of its publisher."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import typer

from dateline.discover import Site, look_over
from dateline.edges.clock import Clock
from dateline.edges.http.guard import Guard
from dateline.edges.http.networks import is_private
from dateline.edges.new_source import refuse_configured, write_source
from dateline.edges.source_values import KEYS
from dateline.errors import DatelineError, UsageError
from dateline.settings import Settings
from dateline.sources.discovery import without_generic
from dateline.sources.offers import Offer
from dateline.text.languages import UNKNOWN, normalise_tag
from dateline.text.urls import site_of

_FREE = frozenset({"ai", "cc", "co", "fm", "gg", "io", "is", "la", "ly", "me", "sh", "to", "tv", "vc", "ws"})
"""Domains of countries that are sold to everybody, and so tell no country."""

_COUNTRIES = {"uk": "GB", "eu": None}


@dataclass(frozen=True, slots=True)
class Told:
    """What the caller says of the publisher; None where the site itself is to tell."""

    slug: str | None = None
    name: str | None = None
    language: str | None = None
    country: str | None = None
    timezone: str | None = None
    enable: bool = False


def add_source(url: str, told: Told, settings: Settings) -> None:
    """Look a site over, print what was asked (as errors go) and found, and write its source file.

    Raises:
        UsageError: the address, a value or a setting can't be used, or the site does not tell what is
            needed and the caller does not either, or a source of it is there already.
        DatelineError: the site can't be asked, or has nothing that can be polled.
    """
    url = url if "://" in url else f"https://{url}"
    _refuse_private(url, settings)
    url = KEYS["home"](url)
    for key in ("name", "language", "country", "timezone"):
        if (value := getattr(told, key)) is not None:
            _checked(key, value)
    refuse_configured(settings.sources, url, told.slug)
    site = look_over(url, settings, Clock.of(settings), _asked)
    vain = [offer for offer in site.offers if offer.is_guess and offer.fault is not None]
    for offer in site.offers:
        if offer not in vain:
            typer.echo(_line(offer))
    if vain:
        typer.echo(f"nothing at {len(vain)} usual places")
    chosen = site.chosen()
    if not chosen:
        raise DatelineError(f"{site.home} has no feed, sitemap or list of articles that can be polled")
    table = _table(site, chosen, told)
    path = write_source(settings.sources, told.slug or _slug(site.home), table)
    if "timezone" not in table and any(offer.lacks_zone for offer in site.offers):
        typer.echo(
            "its times come without a zone: give its timezone, or that of its country is guessed, or UTC"
        )
    state = "enabled" if told.enable else f"off; `dateline sources enable {path.stem}` turns it on"
    typer.echo(f"{path}: {state}")


def _refuse_private(url: str, settings: Settings) -> None:
    """Refuse what the guard of addresses would, before a contact is asked for that would not help.

    Raises:
        UsageError: the host is a private address, or this machine.
    """
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return
    if Guard.of(settings.connect_to).target(host) is None and is_private(host):
        raise UsageError(
            f"{host} is no public address, and no other is asked; DATELINE_CONNECT_TO=NAME=ADDRESS:PORT "
            "sends what is asked of a name, as paper.test, to an address of yours"
        )


def _asked(url: str, status: int | None) -> None:
    typer.echo(f"asked {url}: {status or 'no answer'}", err=True)


def _checked(key: str, value: object) -> Any:
    try:
        return KEYS[key](value)
    except UsageError as error:
        raise UsageError(f"--{key}: {error}") from error


def _line(offer: Offer) -> str:
    """What was found in one place, tab-separated: kind, address, what is there."""
    if offer.fault is not None:
        return f"{offer.kind}\t{offer.url}\t- {offer.fault}"
    words = [f"{offer.entries} entries"]
    if offer.is_news:
        words.append("of news")
    if offer.newest:
        words.append(f"newest {offer.newest.written}")
    if offer.lacks_zone:
        words.append("no zone")
    return f"{offer.kind}\t{offer.url}\t{', '.join(words)}"


def _table(site: Site, chosen: dict[str, tuple[str, ...]], told: Told) -> dict[str, Any]:
    good = [offer for offer in site.offers if offer.fault is None]
    titles = filter(None, (site.name, *(without_generic(offer.title) for offer in good)))
    tags = [told.language, site.language, *(offer.language for offer in good)]
    language = next((tag for tag in map(normalise_tag, tags) if tag != UNKNOWN), None)
    table = {
        "name": told.name or next(titles, urlsplit(site.home).hostname),
        "home": site.home.partition("#")[0],
        **{key: list(urls) for key, urls in chosen.items()},
        "language": told.language or language,
        "country": told.country or _country(language, site.home),
        "timezone": told.timezone,
        "enabled": told.enable,
    }
    for key in ("language", "country"):
        if table[key] is None:
            raise UsageError(f"{site.home} does not tell its {key}: give it with --{key}")
    return {key: value for key, value in table.items() if value is not None}


def _country(language: str | None, home: str) -> str | None:
    """The region of a language tag, else the country of the domain; None where neither tells."""
    region = (language or "").rpartition("-")[2]
    if re.fullmatch(r"[A-Z]{2}", region):
        return region
    domain = (urlsplit(home).hostname or "").rpartition(".")[2].lower()
    if domain in _COUNTRIES:
        return _COUNTRIES[domain]
    return domain.upper() if re.fullmatch(r"[a-z]{2}", domain) and domain not in _FREE else None


def _slug(home: str) -> str:
    """A slug out of the site's name: `https://www.tasman-post.test/` → tasman-post."""
    name = (site_of(home) or "").partition(".")[0]
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:61]
