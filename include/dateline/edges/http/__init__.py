"""Asking the web politely and safely: one client, and what it keeps to."""

from dateline.edges.http.client import Client, Request
from dateline.edges.http.limits import Limits

__all__ = ["Client", "Limits", "Request"]
