"""What we promise: one file a dataset, declarations only."""

from dateline.contract import Contract


def contract(name: str) -> Contract:
    """The contract of a dataset by its name.

    Raises:
        KeyError: no dataset has that name.
    """
    from importlib import import_module

    from dateline.pipeline import DATASETS

    if name not in (*DATASETS, "exchanges"):
        raise KeyError(name)
    found: Contract = getattr(import_module(f"dateline.contracts.{name}"), name.upper())
    return found
