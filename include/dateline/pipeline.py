"""The whole pipeline on one page. Names only: nothing heavy is imported here.

A step is named by its verb and lives in `steps/VERB.py`; a dataset is a noun, declared in
`contracts/NOUN.py`. Intake turns the world into documents, in any order, from anywhere; settle makes
the published days right again. Between the two lie only files.
"""

from typing import NamedTuple


class Step(NamedTuple):
    """What a step reads and writes; `beside` lists what it writes beside its own dataset."""

    verb: str
    reads: tuple[str, ...]
    writes: str
    beside: tuple[str, ...] = ()


INTAKE = (
    Step("fetch", ("exchanges",), "captures", ("attempts", "rejects")),
    Step("clean", ("captures",), "documents", ("rejects",)),
)

SETTLE = (
    Step("sign", ("documents",), "signatures"),
    Step("deduplicate", ("signatures",), "duplicates"),
    Step("cluster", ("signatures", "duplicates", "clusters"), "clusters"),
    Step("enrich", ("documents", "annotations"), "annotations"),
    Step("publish", ("documents", "duplicates", "annotations"), "articles"),
)

STEPS = INTAKE + SETTLE

ENRICHERS = (
    "language",
    "dateline",
    "entities",
    "quotes",
    "dates",
    "places",
    "cited_sources",
    "quantities",
    "keyphrases",
    "topics",
    "statistics",
)
"""Modules of `enrichers/`, in the order in which they run: a later one may read what an earlier found."""

INTAKE_DATASETS = ("captures", "attempts", "documents", "rejects")
DERIVED_DATASETS = ("signatures", "duplicates", "clusters", "annotations", "articles")
DATASETS = (*INTAKE_DATASETS, *DERIVED_DATASETS, "changes")

NULL_PARTITION = "__HIVE_DEFAULT_PARTITION__"
"""The folder `date=__HIVE_DEFAULT_PARTITION__` holds rows without a day; readers see NULL."""
