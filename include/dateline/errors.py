"""The errors of dateline, and what happens to each.

    DatelineError                 any error that dateline raises on purpose
    ├── UsageError                the caller asked for something impossible: one sentence, exit code 2
    ├── ContractBroken            rows do not keep their dataset's promise: fail the run
    ├── SumsDoNotAdd              rows were lost or made: fail the run
    ├── LakeError                 the lake can't be read or written: fail the run, exit code 1
    │   ├── Damaged               a file is not what it was written as: `dateline check` says what to do
    │   ├── BatchMoved            another run took the same batch in meanwhile: do it again
    │   ├── LeaseHeld             another run is at work on the same: retry later
    │   └── OtherSchema           a file was written under an older contract: migrate, then try again
    │       └── NewerSchema       or under a newer one: upgrade dateline
    ├── WorkerKilled              a process of ours was ended from outside: run it again
    ├── ResourceMissing           a model or rule file is not installed: fail the run
    └── Refused                   one input can't be used: becomes a row of `rejects`, never an abort

Three fates for trouble, no fourth: reject the row, retry the task, fail the run.
"""


class DatelineError(Exception):
    """Any error that dateline raises on purpose; its message is one sentence for a person."""


class UsageError(DatelineError):
    """The caller asked for something impossible (a bad date, an unknown source)."""


class ContractBroken(DatelineError):
    """Rows do not keep the promise of their dataset; names dataset, column, row key and value."""


class SumsDoNotAdd(DatelineError):
    """The conservation sums of a step do not hold: rows were lost or made."""


class LakeError(DatelineError):
    """The lake can't be read or written."""


class BatchMoved(LakeError):
    """Another run has taken the same batch in while this one did."""


class Damaged(LakeError):
    """A file of the lake can't be read as what it was written as."""


class LeaseHeld(LakeError):
    """Another run is at what only one may do: settling, or polling a shard."""


class OtherSchema(LakeError):
    """A file was written under an older version of its dataset's contract: migrate the lake."""


class NewerSchema(OtherSchema):
    """A file was written under a newer version of its dataset's contract: upgrade dateline."""


class WorkerKilled(DatelineError):
    """A worker process was ended from outside; what it had not put in place is done by another run."""


class ResourceMissing(DatelineError):
    """A model or a rule file that was asked for is not installed."""


class Refused(DatelineError):
    """One input can't be used.

    Args:
        reason: a word of `contracts.rejects.REASONS`.
        detail: one sentence for a person; never the input's text.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail
