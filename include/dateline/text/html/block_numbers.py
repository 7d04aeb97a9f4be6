"""Numbers of blocks, and the form in which their texts are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

import numpy as np

_NOT_PLAIN = re.compile(r"[\W_]+")

Numbers = np.ndarray[Any, np.dtype[np.float64]]


def key(text: str) -> str:
    """Letters and digits alone: equal for lines that read alike."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return _NOT_PLAIN.sub("", text).casefold()


def flags(values: Iterable[bool]) -> Numbers:
    """1 for each true value, 0 for the others."""
    return np.array([*values], float)
