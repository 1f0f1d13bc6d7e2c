from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class OffendersConfig(AppConfig):
    name = "offenders"

    def ready(self) -> None:
        post_migrate.connect(add_code_lists, sender=self)


def add_code_lists(**_: Any) -> None:
    from offenders.reference import load_code_lists

    load_code_lists()
