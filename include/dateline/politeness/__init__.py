"""Conformance: the live pipeline against a hostile site on loopback, judged by what the site was asked."""
