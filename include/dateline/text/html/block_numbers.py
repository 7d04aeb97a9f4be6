"""Numbers of blocks, and the form in which their texts are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

import numpy as np

_NOT_PLAIN = re.compile(r"[\W_]+")
_NOT_PLAIN_ASCII = bytes(code for code in range(128) if not chr(code).isalnum())

Numbers = np.ndarray[Any, np.dtype[np.float64]]


def key(text: str) -> str:
    """Letters and digits alone: equal for lines that read alike."""
    if text.isascii():
        return text.encode("ascii").translate(None, _NOT_PLAIN_ASCII).decode("ascii").lower()
    return _NOT_PLAIN.sub("", unicodedata.normalize("NFC", text)).casefold()


def flags(values: Iterable[bool]) -> Numbers:
    """1 for each true value, 0 for the others."""
    return np.array([*values], float)
