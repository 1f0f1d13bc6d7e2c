"""Every revision of a record: the current row, and the rows that it replaced."""

from collections.abc import Callable
from typing import TypeVar

import pghistory
from django.db import models

M = TypeVar("M", bound=models.Model)


def tracked(*, derived: tuple[str, ...] = ()) -> Callable[[type[M]], type[M]]:
    """Keep the old row of every update and delete; an insert costs nothing.

    `derived`: columns that follow from other tracked rows. With the generated ones they are left
    out, so that following them makes no revision.
    """

    def track(model: type[M]) -> type[M]:
        generated = [
            field.name
            for field in model._meta.local_fields
            if isinstance(field, models.GeneratedField)
        ]
        decorate: Callable[[type[M]], type[M]] = pghistory.track(
            pghistory.UpdateEvent(row=pghistory.Old, level=pghistory.Row),
            pghistory.DeleteEvent(level=pghistory.Row),
            exclude=[*generated, *derived],
        )
        return decorate(model)

    return track
