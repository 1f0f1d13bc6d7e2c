"""Groups of offences and periods as every installation begins. Edited afterwards on the admin page.

The groups follow national guidance; what is not listed is in group 3. A force whose own schedule
differs changes a row, or adds a period that begins on a day.
"""

from datetime import date

from offenders.models import RetentionClass, RetentionPeriod

FROM = date(2010, 1, 1)
# group, years, kept until the age of
PERIODS = [(1, 10, 100), (2, 10, None), (3, 6, None), (4, 6, None)]
GROUPS = {
    1: ["1", "2", "4.1", "19C", "19D", "22B", "56A", "106"],
    2: [
        "3B", "5D", "5E", "8L", "8M", "8N", "8P", "8Q", "8S", "8U", "11A", "36", "104", "105A",
        "105B", "17A", "20A", "88E", "29", "29A", "29B", "29C", "31A", "34A", "34B", "35", "62A",
        "81", "92A",
    ],
}  # fmt: skip


def load_retention() -> None:
    """Only where there is none: what an administrator removed stays removed."""
    if not RetentionPeriod.objects.exists():
        RetentionPeriod.objects.bulk_create(
            RetentionPeriod(group=group, years=years, until_age=age, valid_from=FROM)
            for group, years, age in PERIODS
        )
    if not RetentionClass.objects.exists():
        RetentionClass.objects.bulk_create(
            RetentionClass(offence_id=code, group=group)
            for group, codes in GROUPS.items()
            for code in codes
        )
