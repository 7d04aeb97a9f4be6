"""Small pure helpers: URL keys, dates in the wild, normalising, shingles."""
