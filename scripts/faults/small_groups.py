"""`dateline`, with groups of a few documents: so small lakes too are settled in several processes."""

from dateline import settle
from dateline.cli.main import main

if __name__ == "__main__":
    settle.GROUP_DOCUMENTS = 4
    main()
