"""What is found in a text, one file an enrichment.

Each file holds one function of its own name: `name(story, found) -> columns`. It reads the story and
what earlier enrichers found (`pipeline.ENRICHERS` has the order) and returns columns of `annotations`
as plain values. Offsets are code points into `story.text`.
"""
