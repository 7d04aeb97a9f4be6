"""Through which proxy a URL is asked for, if through any, and whose certificates are trusted."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from dataclasses import dataclass

from yarl import URL

from dateline.errors import UsageError
from dateline.settings import Settings


@dataclass(frozen=True, slots=True)
class Proxies:
    """The proxies of a network.

    Args:
        by_scheme: `http` and `https` → the proxy for such URLs.
        bypass: hosts that are asked directly, as in NO_PROXY.
    """

    by_scheme: Mapping[str, URL]
    bypass: str = ""

    @classmethod
    def of(cls, settings: Settings, environment: Mapping[str, str]) -> Proxies:
        """The proxies that are set: DATELINE_PROXY for all URLs, else HTTP_PROXY and HTTPS_PROXY.

        Of each variable, the lower-case name wins, as in most programs.

        Raises:
            UsageError: one is no URL of a proxy.
        """
        found = {}
        for scheme in ("http", "https"):
            name = f"{scheme}_proxy"
            value = settings.proxy or environment.get(name) or environment.get(name.upper()) or ""
            if value.strip():
                found[scheme] = _proxy(value.strip(), "DATELINE_PROXY" if settings.proxy else name.upper())
        return cls(found, environment.get("no_proxy") or environment.get("NO_PROXY") or "")

    def of_url(self, url: URL) -> URL | None:
        """The proxy for a URL; None if it is asked for directly."""
        return None if self._is_bypassed(url) else self.by_scheme.get(url.scheme)

    def _is_bypassed(self, url: URL) -> bool:
        """Whether NO_PROXY names the host: itself, a domain above it, with or without a port, or `*`."""
        hosts = {(host or "").rstrip(".") for host in (url.host, url.raw_host)}  # either spelling of an IDN
        for part in self.bypass.lower().replace(" ", ",").split(","):
            name, colon, port = part.removeprefix("*").removeprefix(".").rpartition(":")
            if not (colon and port.isdigit()):
                name, port = part.removeprefix("*").removeprefix("."), ""
            fits = any(host == name or host.endswith(f".{name}") for host in hosts) if name else part == "*"
            if fits and port in ("", str(url.port)):
                return True
        return False


def _proxy(text: str, name: str) -> URL:
    try:
        proxy = URL(text if "://" in text else f"http://{text}")
        usable = proxy.scheme in ("http", "https") and bool(proxy.host) and bool(proxy.port)
    except ValueError:
        usable = False
    if not usable:
        # The value is not repeated: it may hold a password.
        raise UsageError(f"{name} is no http:// or https:// URL of a proxy")
    return proxy


def trust(settings: Settings) -> ssl.SSLContext | bool:
    """Whose certificates are believed: the system's (or those of SSL_CERT_FILE, as OpenSSL has it), which is
    True, and those of `settings.ca_file` beside them.

    Raises:
        UsageError: that file can't be read, or holds no certificates.
    """
    if not settings.ca_file:
        return True
    context = ssl.create_default_context()
    try:
        context.load_verify_locations(cafile=settings.ca_file)
    except (OSError, ValueError) as error:
        raise UsageError(
            f"DATELINE_CA_FILE holds no certificates that can be read: {settings.ca_file[:200]!r}"
        ) from error
    return context
