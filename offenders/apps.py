from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class OffendersConfig(AppConfig):
    name = "offenders"

    def ready(self) -> None:
        from offenders.selectors import (  # noqa: F401  # each has its say on the page of a nominal
            bail,
            cohorts,
            custody,
            disposals,
            identity,
            restrictions,
            retention,
            series,
            tags,
        )

        post_migrate.connect(add_code_lists, sender=self)


def add_code_lists(**_: Any) -> None:
    from offenders.disposal_types import load_disposal_types
    from offenders.reference import load_code_lists, load_cohorts
    from offenders.retention_groups import load_retention

    load_code_lists()
    load_retention()
    load_cohorts()
    load_disposal_types()
