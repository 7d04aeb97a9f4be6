"""The settings of deadlines, whose names are made of those of the DAGs: read from the code."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def deadlines() -> dict[str, bool]:
    """Variable → whether the DAG that it belongs to has a deadline by itself."""
    plugin = (ROOT / "plugins/dateline_alerts.py").read_text("utf-8")
    # The rule of `watched`; whoever changes it there changes it here.
    assert """f"DATELINE_DEADLINE_{dag.rpartition('_')[2].upper()}\"""" in plugin
    found = {}
    for path in sorted((ROOT / "dags").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "watched":
                dag, minutes = (ast.literal_eval(argument) for argument in node.args)
                found[f"DATELINE_DEADLINE_{dag.rpartition('_')[2].upper()}"] = minutes is not None
    return found
