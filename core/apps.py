from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        for module in ("core.signals", "core.exports.own", "core.approval_kinds"):
            import_module(module)  # not above: they need the models

        post_migrate.connect(add_units, sender=self)
        autodiscover_modules("exports", "panels", "known_people", "approvals", "documents")


def add_units(**_: Any) -> None:
    from core.reference import load_units

    load_units()
