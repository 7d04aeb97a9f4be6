"""A spaCy pipeline that can run for as long as there are texts: the only importer of spaCy."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

_BATCH = 32
NEW_STRINGS = 100_000
"""After so many strings that a model did not know it is loaded anew: it keeps every word that it ever met,
and its shape, at some 400 bytes each. About ten thousand articles bring that many; loading takes a second."""


class Parser:
    """Parses texts with the model of a folder, which is loaded when first used.

    Args:
        folder: of the model.
        new_strings: how many strings it may learn.
    """

    def __init__(self, folder: Path, new_strings: int = NEW_STRINGS) -> None:
        self._folder = folder
        self._new_strings = new_strings
        self._nlp: Any = None
        self._most = 0
        self.loaded = 0

    def pipe(self, texts: Iterable[str]) -> Iterator[Any]:
        """The parsed texts in their order; what is found in one depends on no other."""
        yield from self._ready().pipe(texts, batch_size=_BATCH)

    def _ready(self) -> Any:
        if self._nlp is not None and len(self._nlp.vocab.strings) > self._most:
            # Before the new one comes: there is no room for two.
            self._nlp = None
            gc.collect()
        if self._nlp is None:
            import spacy

            self._nlp = spacy.load(self._folder)
            self._most = len(self._nlp.vocab.strings) + self._new_strings
            self.loaded += 1
        return self._nlp
