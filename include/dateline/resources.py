"""The frozen arguments of every step, made from the settings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dateline.contracts import contract
from dateline.edges import models, site_profiles, sources
from dateline.settings import Settings
from dateline.steps.clean import CleanRules
from dateline.steps.cluster import ClusterRules
from dateline.steps.deduplicate import DeduplicateRules
from dateline.steps.enrich import EnrichResources
from dateline.steps.publish import PublishRules
from dateline.steps.sign import SignRules
from dateline.text import rights_policy


@dataclass(frozen=True)
class Resources:
    """What the steps need besides rows; loaded when first asked for."""

    settings: Settings

    @property
    def window_days(self) -> int:
        """W: how many days back an article is compared."""
        return self.settings.window_days

    @cached_property
    def clean(self) -> CleanRules:
        """What is known of the sources among them."""
        known = sources.load(self.settings.sources)
        return CleanRules(
            zones=tuple((source.slug, source.timezone) for source in known if source.timezone),
            publishers=tuple((source.slug, source.name) for source in known),
            selectors=tuple((source.slug, source.selectors) for source in known if source.selectors),
            profiles=site_profiles.load(site_profiles.folder_of(self.settings)),
            policy=rights_policy.parse(self.settings.rights_policy),
        )

    @cached_property
    def sign(self) -> SignRules:
        return SignRules()

    @cached_property
    def deduplicate(self) -> DeduplicateRules:
        return DeduplicateRules(window_days=self.window_days)

    @cached_property
    def cluster(self) -> ClusterRules:
        return ClusterRules()

    @cached_property
    def enrich(self) -> EnrichResources:
        """Loads the language models: about a second."""
        return EnrichResources(knowledge=models.knowledge(self.settings.model))

    @cached_property
    def publish(self) -> PublishRules:
        return PublishRules()

    def versions(self, dataset: str) -> dict[str, Any]:
        """What the footer of a derived dataset records: the contract, the step and its resources."""
        rules = {
            "signatures": "sign",
            "duplicates": "deduplicate",
            "clusters": "cluster",
            "annotations": "enrich",
            "articles": "publish",
        }
        declared: dict[str, Any] = getattr(self, rules[dataset]).declare()
        return {"contract": contract(dataset).digest(), **declared}
