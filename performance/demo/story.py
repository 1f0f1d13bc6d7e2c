"""What explains the figures of the demonstration force: events, and a benchmark told to a board."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from performance.models import Annotation, Baseline

# first day, last day, title, text
EVENTS = (
    (
        date(2018, 4, 1),
        None,
        "Victim and Witness Hub opens",
        "Referrals to the hub are counted from here.",
        "hub-referral-rate",
    ),
    (
        date(2020, 3, 23),
        date(2020, 5, 31),
        "First national lockdown",
        "People stay at home: fewer crimes against homes and vehicles, new reports of breaches.",
        "",
    ),
    (
        date(2020, 4, 1),
        None,
        "Controlling and coercive behaviour counted here",
        "Class 8U joins stalking and harassment, so earlier years are not quite comparable.",
        "stalking-harassment-recorded",
    ),
    (
        date(2020, 11, 5),
        date(2020, 12, 2),
        "Second national lockdown",
        "Schools and many workplaces stay open.",
        "",
    ),
    (
        date(2021, 1, 5),
        date(2021, 3, 28),
        "Third national lockdown",
        "The order to stay at home returns; schools close.",
        "",
    ),
)


@transaction.atomic
def tell() -> None:
    """Adds what is not there yet; what somebody changed afterwards stays as it is."""
    for first, last, title, text, indicator in EVENTS:
        Annotation.objects.get_or_create(
            starts_on=first,
            title=title,
            defaults={"ends_on": last, "text": text, "indicator": indicator},
        )
    Baseline.objects.get_or_create(
        indicator="public-confidence",
        unit_id="force",
        year_start=date(2019, 4, 1),
        in_use=False,
        defaults={
            "numerator": 913,
            "denominator": 1583,
            "provenance": "Told to the board in paragraph 6.1.1 of the paper of 16 March 2021 as the"
            " baseline of March 2020. The table of the same paper uses another figure, which the"
            " records of the financial year give: both are kept, and the records are in use.",
        },
    )
