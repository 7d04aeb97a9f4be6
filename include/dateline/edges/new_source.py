"""A new source file, in a folder of source files."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from dateline.edges.sources import SLUG, Source, refuse_shared, survey, values_of
from dateline.errors import UsageError
from dateline.text.urls import url_key


def write_source(folder: str | Path, slug: str, table: dict[str, Any]) -> Path:
    """Write the file of a new publisher, whole; a file that is there already stays as it is.

    Args:
        folder: is made if need be.
        slug: stem of its name.
        table: its keys and values (text, lists of text, booleans), in order.

    Raises:
        UsageError: the slug is taken or is none, a value is wrong, another source has one of its feeds,
            sitemaps or sections, or the file can't be written.
    """
    if not SLUG.fullmatch(slug):
        raise UsageError(f"{slug[:80]!r} is no slug: a-z, 0-9 and -, from 2 to 61 characters")
    path = Path(folder) / f"{slug}.toml"
    source = Source(slug=slug, **values_of(table, path))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _refuse_known(source, folder)
        with path.open("x", encoding="utf-8") as file:
            file.write("".join(f"{key} = {_toml(value)}\n" for key, value in table.items()))
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError as error:
        raise _is_taken(path) from error
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} can't be written: {error}") from error
    return path


def refuse_configured(folder: str | Path, url: str, slug: str | None = None) -> None:
    """Make sure that a site is new, before it is asked: no source has this front page, feed or sitemap, and
    the slug is free. What the site's own answers tell, `write_source` judges.

    Args:
        slug: as the caller gave it; None where it comes of the site.

    Raises:
        UsageError: there is one, or the folder can't be read.
    """
    if not Path(folder).is_dir():
        return
    known, wrong = survey(folder)
    if slug is not None and (slug in wrong or slug in {other.slug for other in known}):
        raise _is_taken(Path(folder) / f"{slug}.toml")
    key = url_key(url)
    for other in known:
        if key in {url_key(one) for one in (other.home, *other.leads)}:
            raise UsageError(f"{url} stands in {other.slug}.toml already")


def _is_taken(path: Path) -> UsageError:
    return UsageError(f"{path} is there already; choose another slug with --slug")


def _refuse_known(source: Source, folder: str | Path) -> None:
    known, _ = survey(folder)
    refuse_shared(source, {url: other.slug for other in known for url in other.leads})


def _toml(value: Any) -> str:
    """A value as TOML; for text and booleans TOML and JSON agree, as no text here has control characters."""
    if isinstance(value, list) and len(value) > 1:
        return "[\n" + "".join(f"  {_toml(each)},\n" for each in value) + "]"
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    return json.dumps(value, ensure_ascii=False)
