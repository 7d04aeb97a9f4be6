"""The outer world: HTTP, the lake, models, the clock, source files. Edges import no step."""
