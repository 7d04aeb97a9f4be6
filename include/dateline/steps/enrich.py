"""Documents to annotations: what was found in the newest text of each article."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from typing import Any

import pyarrow as pa

from dateline.contracts.annotations import ANNOTATIONS, FINDINGS
from dateline.contracts.shared import DATED
from dateline.pipeline import ENRICHERS
from dateline.step import Made, Rows, Rules, batches, digest
from dateline.text.fold import newest_rows
from dateline.text.languages import DETECTOR_VERSION, UNKNOWN, detect, primary
from dateline.text.story import Knowledge, Model, Story, paragraphs, parseable

VERSION = "1"
"""Raised whenever a rule of ours changes what equal inputs give."""

_READ = ("article_id", "text", "title", "published", "published_precision", "language", "dateline")
_ARTICLES = 16
_CHARACTERS = 200_000
"""Articles are read in groups of at most so many, and so many code points: that bounds the memory."""

_KNOWN_BYTES = 64 * 1024 * 1024
"""Annotations made before that are held at a time."""
_HELD = 256
"""Most articles of a group, those with a known row included."""


@dataclass(frozen=True)
class EnrichResources(Rules):
    """Models and tables that enriching may ask.

    Args:
        knowledge: as `edges.models.knowledge` loads it.
    """

    version: str = VERSION
    knowledge: Knowledge = field(default_factory=Knowledge)

    def declare(self) -> dict[str, Any]:
        """{component: {name, version, sha256}} of all models and tables, and the version of the rules."""
        parts = {f"model.{language}": _component(m) for language, m in sorted(self.knowledge.models.items())}
        for component, name, version, sha256 in self.knowledge.data:
            parts[f"{component}.{name}"] = {"name": name, "version": version, "sha256": sha256}
        return {"version": self.version, "languages": DETECTOR_VERSION, **parts}


def enrich(documents: Rows, known: Rows, resources: EnrichResources) -> Made:
    """Annotate the newest text of each article.

    Args:
        documents: of one day, sorted by key, all sightings of an article in one batch.
        known: annotations made before, of any day, perhaps none: a row whose inputs have not changed is
            taken over, whichever article it was made for.
        resources: models and tables.

    Yields:
        (ANNOTATIONS, batch): one row for each article. A row depends on its own article alone, so not on
        what else is in the batch.
    """
    yield from batches(ANNOTATIONS, _rows(documents, _Known(known), resources))


class _Known:
    """Earlier rows by their input digest, kept as Arrow batches: a fraction of the size of Python rows.

    Of a long day only the rows near the article that is asked for are held; both come in the order of
    article_id. A row that is missed is made again, and comes out the same.
    """

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._held: deque[pa.RecordBatch] = deque()
        self._places: dict[str, tuple[pa.RecordBatch, int]] = {}
        self._bytes = 0
        self._last = ""
        while self._bytes < _KNOWN_BYTES and self._more():
            pass

    def get(self, key: str, article_id: str) -> dict[str, Any] | None:
        """The row for these inputs, under this article's id; None if there is none."""
        while self._last < article_id and self._more():
            pass
        place = self._places.get(key)
        if place is None:
            return None
        batch, row = place
        return {**batch.slice(row, 1).to_pylist()[0], "article_id": article_id}

    def _more(self) -> bool:
        """Read a batch, and let go of the oldest; False at the end."""
        batch = next(self._rows, None)
        if batch is None:
            return False
        for row, key in enumerate(batch.column("input_digest").to_pylist()):
            self._places.setdefault(str(key), (batch, row))
        if batch.num_rows:
            self._last = batch.column("article_id")[-1].as_py()
        self._held.append(batch)
        self._bytes += batch.nbytes
        while self._bytes > _KNOWN_BYTES and len(self._held) > 1:
            self._drop(self._held.popleft())
        return True

    def _drop(self, batch: pa.RecordBatch) -> None:
        self._bytes -= batch.nbytes
        for key in batch.column("input_digest").to_pylist():
            if self._places.get(str(key), (None, 0))[0] is batch:
                del self._places[str(key)]


@dataclass(slots=True)
class _Task:
    """One article on its way: its story, and its row once that is known."""

    article_id: str
    key: str
    story: Story
    model: Model | None
    row: dict[str, Any] | None


def _rows(documents: Rows, known: _Known, resources: EnrichResources) -> Iterator[dict[str, Any]]:
    group: list[_Task] = []
    for batch in documents:
        for values in newest_rows(batch).select(_READ).to_pylist():
            group.append(_task(values, known, resources))
            waiting = [task for task in group if task.row is None]
            full = len(waiting) >= _ARTICLES or sum(len(t.story.text) for t in waiting) >= _CHARACTERS
            if full or len(group) >= _HELD:
                yield from _read(group, resources)
                group = []
    yield from _read(group, resources)


def _task(values: dict[str, Any], known: _Known, resources: EnrichResources) -> _Task:
    text, language, trust = values["text"], values["language"], 1.0
    if primary(language) == UNKNOWN:
        language, trust = detect(text)
    knowledge = resources.knowledge
    model = knowledge.models.get(primary(language))
    dated = values["published_precision"] in DATED and values["published"] is not None
    day: date | None = values["published"].date() if dated else None
    title = values["title"] or ""
    key = digest_of(
        [text, title, day.isoformat() if day else None, language, trust, values["dateline"]], model, resources
    )
    story = Story(
        text=text,
        title=title,
        day=day,
        language=language,
        confidence=trust,
        given_dateline=values["dateline"],
        knowledge=knowledge,
    )
    return _Task(values["article_id"], key, story, model, known.get(key, values["article_id"]))


def digest_of(inputs: list[Any], model: Model | None, resources: EnrichResources) -> str:
    """32 hex digits over everything that a row depends on; a model of another language is none of it."""
    parts = [
        inputs,
        None if model is None else _component(model),
        [list(row) for row in resources.knowledge.data],
        resources.version,
        DETECTOR_VERSION,
        ANNOTATIONS.digest(),
    ]
    return digest([*parts, 0]) + digest([*parts, 1])


def _read(group: list[_Task], resources: EnrichResources) -> Iterator[dict[str, Any]]:
    """The rows of a group, in its order: one pass of each model over its texts, then the enrichers."""
    waiting = [task for task in group if task.row is None]
    for task in waiting:
        task.story.paragraphs = paragraphs(task.story.text)
    models = {task.model.name: task.model for task in waiting if task.model is not None}
    for name, model in sorted(models.items()):
        blocks = [
            block
            for task in waiting
            if task.model is not None and task.model.name == name
            for block in task.story.paragraphs
        ]
        for block, doc in zip(blocks, model.pipe(parseable(block.text) for block in blocks), strict=True):
            block.doc = doc
    for task in group:
        yield task.row if task.row is not None else _annotate(task, resources)
        task.story.paragraphs = []


def _annotate(task: _Task, resources: EnrichResources) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for enricher in _enrichers():
        found.update(enricher(task.story, found))
    found["models"] = _models(task.model, resources)
    row = {column.name: found[column.name] for column in FINDINGS}
    return {"article_id": task.article_id, "input_digest": task.key, **row}


def _enrichers() -> list[Callable[[Story, dict[str, Any]], dict[str, Any]]]:
    """The functions of `enrichers/`, in the order of the pipeline."""
    return [getattr(import_module(f"dateline.enrichers.{name}"), name) for name in ENRICHERS]


def _models(model: Model | None, resources: EnrichResources) -> list[dict[str, Any]]:
    """What made a row. A language without a model has no entry `parse`: nothing read its grammar."""
    made: list[dict[str, Any]] = []
    if model is not None:
        made.append({"component": "parse", **_component(model)})
    made.append({"component": "rules", "name": "dateline", "version": resources.version, "sha256": None})
    for component, name, version, sha256 in resources.knowledge.data:
        made.append({"component": component, "name": name, "version": version, "sha256": sha256})
    return made


def _component(model: Model) -> dict[str, str]:
    return {"name": model.name, "version": model.version, "sha256": model.sha256}
