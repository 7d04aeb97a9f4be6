"""What was found in the newest text of each article."""

import pyarrow as pa

from dateline.contract import Column, Contract
from dateline.contract_nested import Inside
from dateline.contracts.shared import ARTICLE_ID, SPAN_TYPE

ENTITY_LABELS = (
    "PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE",
)  # fmt: skip
"""OntoNotes labels of names; those of times and numbers have columns of their own."""

ATTRIBUTION_TYPES = ("direct", "indirect", "mixed")
TEMPORAL_TYPES = ("DATE", "TIME", "DURATION", "SET")
SOURCE_KINDS = ("outlet", "outlet_generic", "person", "organisation", "anonymous", "document")
QUANTITY_KINDS = ("count", "percent", "money", "measure", "ordinal")
FLAGS = ("doubled_word", "unbalanced_quotes", "truncated")


def _struct(**fields: pa.DataType) -> pa.StructType:
    return pa.struct([pa.field(name, kind) for name, kind in fields.items()])


_TEXT, _INT, _FLOAT = pa.string(), pa.int32(), pa.float32()
_SPANS = pa.list_(SPAN_TYPE)

LANGUAGE = _struct(tag=_TEXT, confidence=_FLOAT)
DATELINE = _struct(exact=_TEXT, start=_INT, end=_INT, city=_TEXT, country=_TEXT, geonames_id=_INT, date=_TEXT)
MENTION = _struct(exact=_TEXT, start=_INT, end=_INT, label=_TEXT, entity=_INT)
ENTITY = _struct(
    idx=_INT, name=_TEXT, label=_TEXT, count=_INT, role=_TEXT, country=_TEXT, geonames_id=_INT, wikidata=_TEXT
)
ATTRIBUTION = _struct(
    type=_TEXT, content=_TEXT, content_start=_INT, content_end=_INT, quoted_spans=_SPANS,
    source_text=_TEXT, source_start=_INT, source_end=_INT, speaker_entity=_INT, speaker_name=_TEXT,
    cue=_TEXT, cue_start=_INT, cue_end=_INT, confidence=_FLOAT,
)  # fmt: skip
TEMPORAL = _struct(
    exact=_TEXT, start=_INT, end=_INT, type=_TEXT, value=_TEXT, mod=_TEXT, begin=_TEXT, end_date=_TEXT,
    function=_TEXT,
)  # fmt: skip
PLACE = _struct(
    geonames_id=_INT, name=_TEXT, feature_code=_TEXT, country=_TEXT, admin1=_TEXT, lat=pa.float64(),
    lon=pa.float64(), count=_INT, spans=_SPANS,
)  # fmt: skip
CITED_SOURCE = _struct(kind=_TEXT, name=_TEXT, entity=_INT, spans=_SPANS)
QUANTITY = _struct(
    exact=_TEXT, start=_INT, end=_INT, value=pa.float64(), value_max=pa.float64(), unit=_TEXT, kind=_TEXT,
    of=_TEXT,
)  # fmt: skip
KEYPHRASE = _struct(text=_TEXT, score=_FLOAT)
TOPIC = _struct(qcode=_TEXT, name=_TEXT, confidence=_FLOAT)
STATS = _struct(
    chars=_INT, words=_INT, sentences=_INT, paragraphs=_INT, reading_seconds=_INT, quoted_share=_FLOAT
)
FLAG = _struct(flag=_TEXT, start=_INT, end=_INT)
MODEL = _struct(component=_TEXT, name=_TEXT, version=_TEXT, sha256=_TEXT)


def _inside(optional: str = "", **values: tuple[str, ...]) -> Inside:
    return Inside(frozenset(optional.split()), values)


FINDINGS = (
    Column("detected_language", LANGUAGE, "Language of the text and how sure that is."),
    Column(
        "place_line",
        DATELINE,
        "The place line that opens the story, resolved; start and end null where clean has split it off.",
        nullable=True,
        inside=_inside("start end city country geonames_id date"),
    ),
    Column(
        "mentions",
        pa.list_(MENTION),
        "Names as they stand in the text, OntoNotes labels; entity = idx.",
        inside=_inside(label=ENTITY_LABELS),
    ),
    Column(
        "entities",
        pa.list_(ENTITY),
        "Who and what the mentions name, one item each.",
        inside=_inside("role country geonames_id wikidata", label=ENTITY_LABELS),
    ),
    Column(
        "attributions",
        pa.list_(ATTRIBUTION),
        "Who said what: content, quoted spans, cue, source, speaker.",
        inside=_inside(
            "source_text source_start source_end speaker_entity speaker_name cue cue_start cue_end",
            type=ATTRIBUTION_TYPES,
        ),
    ),
    Column(
        "temporal",
        pa.list_(TEMPORAL),
        "Time expressions with their TIMEX3 value and calendar days.",
        inside=_inside("mod begin end_date function", type=TEMPORAL_TYPES),
    ),
    Column(
        "places",
        pa.list_(PLACE),
        "Places with GeoNames id and coordinates (WGS 84 degrees; none for a region without bounds).",
        inside=_inside("geonames_id country admin1 lat lon"),
    ),
    Column(
        "cited_sources",
        pa.list_(CITED_SOURCE),
        "Whom or what the story cites.",
        inside=_inside("entity", kind=SOURCE_KINDS),
    ),
    Column(
        "quantities",
        pa.list_(QUANTITY),
        "Numbers with unit and what they count; not dates.",
        inside=_inside("value_max unit of", kind=QUANTITY_KINDS),
    ),
    Column("keyphrases", pa.list_(KEYPHRASE), "Phrases that stand for the text, best first."),
    Column("topics", pa.list_(TOPIC), "IPTC Media Topics; experimental."),
    Column("stats", STATS, "Counts over the text."),
    Column("flags", pa.list_(FLAG), "Things an editor would mark.", inside=_inside(flag=FLAGS)),
    Column(
        "models",
        pa.list_(MODEL),
        "What made this row: name, version and SHA-256 of each model and rule set.",
        inside=_inside("sha256"),
    ),
)
"""The columns that `articles` repeats. Offsets: Unicode code points into `text`; lists never null."""

ANNOTATIONS = Contract(
    name="annotations",
    doc="One row for each article of a day: what was found in its newest text.",
    key=("article_id",),
    columns=(
        ARTICLE_ID,
        Column(
            "input_digest",
            pa.string(),
            "32 hex digits over all that this row depends on: equal digest, equal row.",
        ),
        *FINDINGS,
    ),
)
