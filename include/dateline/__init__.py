"""dateline: feeds and archives in, one clean, deduplicated, enriched table of news a day out."""

import os

__version__ = "0.1.0"

# Arrow takes memory as the C library gives it. Its own choice (mimalloc) gives freed memory back at once, and
# every batch of pages is then faulted in anew: a fifth of the CPU of the lake (docs/costs.md). Arrow reads it
# once, as it is loaded; where that was before us, it is only dearer.
os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
