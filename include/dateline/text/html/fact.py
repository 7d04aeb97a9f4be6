"""A fact with where it came from and how far it can be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Fact(Generic[T]):
    """A value.

    Args:
        value: the value; empty or None if nothing is known.
        source: a word of `contracts.shared.FACT_SOURCES`, None if nothing is known.
        confidence: 0 to 1: about how often such a value is right.
    """

    value: T
    source: str | None = None
    confidence: float = 0.0
