from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        from core import signals  # noqa: F401  # models load after the apps
        from core.exports import own  # noqa: F401  # likewise

        post_migrate.connect(add_units, sender=self)
        autodiscover_modules("exports", "panels")


def add_units(**_: Any) -> None:
    from core.reference import load_units

    load_units()
