from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        post_migrate.connect(add_units, sender=self)


def add_units(**_: Any) -> None:
    from core.reference import load_units

    load_units()
