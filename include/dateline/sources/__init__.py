"""One file for each kind of source; all are pure functions on bytes or binary streams."""
