"""Times and days as people and programs write them, read a column at a time.

ISO and the British order (day first) are understood, in one column even; an American order is not
guessed. A time without an offset is one of Europe/London.
"""

from dataclasses import dataclass

import polars as pl

LONDON = "Europe/London"
LOCAL_FORMATS = (
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S%.f",
    "%Y-%m-%d %H:%M:%S%.f",
)
OFFSET_FORMATS = (
    "%Y-%m-%dT%H:%M:%S%z",
    "%Y-%m-%dT%H:%M%z",
    "%Y-%m-%d %H:%M:%S%z",
    "%Y-%m-%d %H:%M%z",
    "%Y-%m-%dT%H:%M:%S%.f%z",
    "%Y-%m-%d %H:%M:%S%.f%z",
)
DAY_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%Y-%m-%dT00:00", "%Y-%m-%dT00:00:00", "%Y-%m-%d 00:00:00")
OFFSET = r"(Z|[+-]\d\d:?\d\d)$"
Dtype = pl.Datetime | pl.Date


@dataclass(frozen=True)
class Moments:
    """`values` in UTC, null where the text is no time; the masks are true where the clock lies."""

    values: pl.Series
    skipped: pl.Series  # the hour that the clocks leave out in spring
    repeated: pl.Series  # the hour that they repeat in autumn, taken as summer time


def moments(text: pl.Series) -> Moments:
    if isinstance(text.dtype, pl.Datetime):
        return _typed(text)
    local = _first_of(text, LOCAL_FORMATS, pl.Datetime("us"))
    found = in_london(local)
    missed = text.is_not_null() & local.is_null()
    if not missed.any():
        return found
    with_offset = _offset_times(text.filter(missed))
    return Moments(_fill(found.values, missed, with_offset), found.skipped, found.repeated)


def days(text: pl.Series) -> pl.Series:
    if text.dtype == pl.Date:
        return text
    return _first_of(text, DAY_FORMATS, pl.Date())


def in_london(local: pl.Series) -> Moments:
    early = local.dt.replace_time_zone(LONDON, ambiguous="earliest", non_existent="null")
    skipped = local.is_not_null() & early.is_null()
    # The clocks go back at 01:00 UTC on the last Sunday of October.
    autumn = (local.dt.month() == 10) & (local.dt.hour() == 1) & (local.dt.day() >= 25)  # noqa: PLR2004
    repeated = autumn.fill_null(value=False)
    if repeated.any():
        late = local.dt.replace_time_zone(LONDON, ambiguous="latest", non_existent="null")
        repeated = repeated & (late != early).fill_null(value=False)
    return Moments(early.dt.convert_time_zone("UTC"), skipped, repeated)


def local_day(moment: pl.Series) -> pl.Series:
    """The day in Europe/London; a day stays as it is."""
    if moment.dtype == pl.Date:
        return moment
    return moment.dt.convert_time_zone(LONDON).dt.date()


def _typed(column: pl.Series) -> Moments:
    if column.dtype.time_zone is None:  # type: ignore[attr-defined]  # the caller saw a Datetime
        return in_london(column.cast(pl.Datetime("us")))
    never = column.is_null() & column.is_not_null()
    utc = column.dt.convert_time_zone("UTC").cast(pl.Datetime("us", "UTC"))
    return Moments(utc, never, never)


def _offset_times(text: pl.Series) -> pl.Series:
    marked = text.filter(text.str.contains(OFFSET))
    plain = marked.str.replace("Z$", "+0000")
    read = _first_of(plain, OFFSET_FORMATS, pl.Datetime("us", "UTC"))
    nothing = pl.Series(text.name, [None], dtype=pl.Datetime("us", "UTC")).new_from_index(
        0, len(text)
    )
    return _fill(nothing, text.str.contains(OFFSET), read)


def _first_of(text: pl.Series, formats: tuple[str, ...], dtype: Dtype) -> pl.Series:
    """Each value by the first format that fits. Only what one format leaves goes to the next."""
    if text.dtype == pl.Null:
        return text.cast(dtype)
    written = text.filter(text.is_not_null()).head(1)
    likely = sorted(
        formats, key=lambda form: written.str.strptime(dtype, form, strict=False).is_null().any()
    )
    values = text.str.strptime(dtype, likely[0], strict=False)
    for form in likely[1:]:
        missed = text.is_not_null() & values.is_null()
        if not missed.any():
            break
        values = _fill(values, missed, text.filter(missed).str.strptime(dtype, form, strict=False))
    return _sane(text, values)


def _sane(text: pl.Series, values: pl.Series) -> pl.Series:
    """Null where the year has not four figures, or is not one that a record can have."""
    year = values.dt.year()
    odd = ~year.is_between(1900, 2200)
    if not odd.any():
        return values
    return _fill(values, odd.fill_null(value=False), values.filter(odd).clear(int(odd.sum())))


def _fill(values: pl.Series, where: pl.Series, replacements: pl.Series) -> pl.Series:
    """`values` with the n-th true place of `where` taken from the n-th replacement."""
    return values.scatter(where.arg_true(), replacements)
