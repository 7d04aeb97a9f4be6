"""Asking the web politely and safely: one client, and what it keeps to."""

from dateline.edges.http.client import Client, Request
from dateline.edges.http.limits import Limits
from dateline.edges.http.sites import AI_TXT, TDMREP, Remembered

__all__ = ["AI_TXT", "TDMREP", "Client", "Limits", "Remembered", "Request"]
