"""`dateline schema`: print a contract."""

from __future__ import annotations

from typing import Annotated

import typer

from dateline.cli.console import out
from dateline.contract import Contract
from dateline.contracts import contract
from dateline.errors import UsageError
from dateline.pipeline import DATASETS


def schema(
    name: Annotated[str, typer.Argument(metavar="NAME", help=f"One of {', '.join(DATASETS)}.")],
) -> None:
    """Print what a dataset promises, as Markdown."""
    if name not in DATASETS:
        raise UsageError(f"no dataset {name!r}; there are {', '.join(DATASETS)}")
    out.print(markdown(contract(name)), markup=False, end="")


def markdown(promise: Contract) -> str:
    """A contract as a page of Markdown."""
    lines = [
        f"# {promise.name}",
        "",
        promise.doc,
        "",
        f"Key: `{', '.join(promise.key)}`. Schema version {promise.version}.",
        "",
        *(f"> {warning}" for warning in promise.warnings),
        *([""] if promise.warnings else []),
        "| column | type | unit | null | meaning |",
        "|---|---|---|---|---|",
    ]
    for column in promise.columns:
        words = f" One of: {', '.join(column.values)}." if column.values else ""
        for path, known in column.inside.values.items():
            words += f" {path}: {', '.join(known)}."
        kind = str(column.type).replace("|", "\\|")
        null = "yes" if column.nullable else "no"
        lines.append(f"| `{column.name}` | `{kind}` | {column.unit or ''} | {null} | {column.doc}{words} |")
    return "\n".join(lines) + "\n"
