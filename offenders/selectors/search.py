"""Whom a few words may mean: misspelt, partial or other names, a birthday, a number, a mark."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection, transaction

from offenders.models import Nominal
from offenders.models.scope import barred_at_work

BEST = 50  # nominals in one answer
THRESHOLD = "0.38"  # share of trigrams that two words must have in common
WORDS = 30  # of the dictionary, for each word that was typed
PAIRS = 400  # of a surname and a forename that are both near
OF_ONE_NAME = 60  # nominals of each pair, or of each word that stands alone
SHORT = 6  # letters
LETTERS = "abcdefghijklmnopqrstuvwxyz"
LONGEST = 4  # words that are looked up; a name with more is found by these
EXACT_NUMBER = 3.0
PART_OF_MARK = 1.5
SAME_BIRTHDAY = 1.0
SWAPPED_BIRTHDAY = 0.7  # day and month the wrong way round
SAME_YEAR = 0.3
DAY_FIRST = re.compile(
    r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b|\b(\d{2})(\d{2})((?:19|20)\d{2})\b"
)
YEAR_FIRST = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
IN_WORDS = re.compile(  # 22 May 1994, as our own pages write a birthday
    r"\b(\d{1,2})(?:st|nd|rd|th)?[ -](jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
    r"[ -](\d{4})\b",
    re.IGNORECASE,
)
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
YEAR = re.compile(r"^(?:19|20)\d{2}$")
SHORTEST_MARK = 3


@dataclass
class Hit:
    """`why` says what was found, in words for the list."""

    pk: int
    score: float
    why: str

    def add(self, score: float, why: str) -> None:
        self.score += score
        self.why = f"{self.why}; {why}" if self.why else why


@dataclass
class Asked:
    """What was typed, taken apart. `surnames` is set where a comma says which word is which."""

    words: list[str] = field(default_factory=list)
    surnames: int | None = None  # so many of the words are the surname
    born: set[date] = field(default_factory=set)
    swapped: set[date] = field(default_factory=set)
    years: set[int] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)


def find_nominals(text: str, *, limit: int = BEST) -> list[Hit]:
    """Best first. A nominal that was merged is answered by the one that was kept."""
    asked = parse(text)
    hits: dict[int, Hit] = {}
    for found in (_by_words(asked), _by_number(asked), _by_birthday(asked)):
        for pk, score, why in found:
            hits.setdefault(pk, Hit(pk, 0, "")).add(score, why)
    _weigh_birthdays(asked, hits)
    hits = _without_the_barred(hits)
    return sorted(hits.values(), key=lambda hit: (-hit.score, hit.pk))[:limit]


def _without_the_barred(hits: dict[int, Hit]) -> dict[int, Hit]:
    """Of a masked record the hit says nothing but that it is one."""
    barred = barred_at_work()
    return {
        pk: Hit(pk, hit.score, "") if pk in barred.masked else hit
        for pk, hit in hits.items()
        if pk not in barred.gone
    }


def parse(text: str) -> Asked:
    asked = Asked()
    rest = _take_dates(text, asked)
    compact = re.sub(r"[\s-]", "", rest).upper()
    if re.search(r"\d", compact) and len(compact) <= 10:  # noqa: PLR2004  # a mark with blanks
        asked.numbers.add(compact)
    before, comma, after = rest.partition(",")
    for part in (before, after):
        for token in part.split():
            _take_token(token, asked)
        if comma and asked.surnames is None and asked.words:
            asked.surnames = len(asked.words)
    del asked.words[LONGEST:]
    return asked


def plain(word: str) -> list[str]:
    """As `name_words` of the database has them, without the whole of a double name."""
    letters = unicodedata.normalize("NFKD", word.lower())
    return re.findall(r"[a-z]+", re.sub(r"['.\u2019\u0300-\u036f]", "", letters))


def _take_dates(text: str, asked: Asked) -> str:
    for found in IN_WORDS.finditer(text):
        day, month, year = found.groups()
        asked.born |= _date(int(year), MONTHS.index(month.lower()) + 1, int(day))
    text = IN_WORDS.sub(" ", text)
    for pattern, order in ((YEAR_FIRST, (2, 1, 0)), (DAY_FIRST, (0, 1, 2))):
        for found in pattern.finditer(text):
            numbers = [int(each) for each in found.groups() if each]
            day, month, year = (numbers[at] for at in order)
            asked.born |= _date(year, month, day)
            asked.swapped |= _date(year, day, month)
        text = pattern.sub(" ", text)
    asked.swapped -= asked.born
    return text


def _date(year: int, month: int, day: int) -> set[date]:
    try:
        return {date(year, month, day)}
    except ValueError:
        return set()


def _take_token(token: str, asked: Asked) -> None:
    if YEAR.match(token):
        asked.years.add(int(token))
    if re.search(r"\d", token):
        asked.numbers |= {token.upper(), re.sub(r"[^A-Z0-9]", "", token.upper())}
    else:
        asked.words += plain(token)


_SEARCH = """
    WITH asked (place, word, start, slips, is_surname) AS (
        SELECT * FROM unnest(%(places)s::int[], %(words)s::text[], %(starts)s::text[],
            %(slips)s::text[], %(roles)s::bool[])
    ), found AS MATERIALIZED (
        SELECT place, hit.* FROM asked CROSS JOIN LATERAL (
            SELECT ranked.word, ranked.is_surname, ranked.score FROM (
                SELECT near.*,
                    row_number() OVER (PARTITION BY near.is_surname ORDER BY score DESC) AS rank
                FROM (
                    SELECT word, is_surname, {score}
                        + CASE WHEN word LIKE asked.start THEN 0.2 ELSE 0 END AS score
                    FROM offenders_nameword AS name
                    WHERE word %% asked.word OR word LIKE asked.start
                        OR sound = dmetaphone(asked.word) OR other_sound = dmetaphone(asked.word)
                    UNION ALL
                    SELECT word, is_surname, {score} + 0.15
                    FROM unnest(asked.slips::text[]) AS slip
                    JOIN offenders_nameword AS name ON name.word = slip
                ) AS near
                WHERE asked.is_surname IS NULL OR near.is_surname = asked.is_surname
            ) AS ranked WHERE rank <= %(nearest)s
        ) AS hit
    ), {pick}
    SELECT DISTINCT ON (nominal_id) nominal_id, score, name FROM rows
    ORDER BY nominal_id, score DESC
"""
_SCORE = """similarity(name.word, asked.word) / 2 + (1 - least(length(name.word),
    levenshtein_less_equal(name.word, asked.word, 3))::real
    / greatest(length(name.word), length(asked.word))) / 2"""
_PAIRS = """
    pairs AS MATERIALIZED (
        SELECT one.word AS surname, other.word AS forename, one.score + other.score AS score
        FROM found AS one JOIN found AS other ON other.place <> one.place
        WHERE one.is_surname AND NOT other.is_surname
        ORDER BY score DESC LIMIT %(pairs)s
    ), rows (nominal_id, score, name) AS (
        SELECT row.nominal_id, pairs.score, pairs.surname || ' ' || pairs.forename
        FROM pairs CROSS JOIN LATERAL (
            SELECT nominal_id FROM offenders_nominalname AS name
            WHERE name.surname = pairs.surname AND name.forename = pairs.forename
            LIMIT %(each)s
        ) AS row
    )
"""
_ALONE = """
    rows (nominal_id, score, name) AS (
        SELECT nominal_id, found.score, row.surname || ' ' || row.forename
        FROM found CROSS JOIN LATERAL (
            SELECT nominal_id, surname, forename FROM offenders_nominalname AS name
            WHERE found.is_surname AND name.surname = found.word LIMIT %(each)s
        ) AS row
        UNION ALL
        SELECT nominal_id, found.score, row.surname || ' ' || row.forename
        FROM found CROSS JOIN LATERAL (
            SELECT nominal_id, surname, forename FROM offenders_nominalname AS name
            WHERE NOT found.is_surname AND name.forename = found.word LIMIT %(each)s
        ) AS row
    )
"""


def _by_words(asked: Asked) -> Iterator[tuple[int, float, str]]:
    if not (words := asked.words):
        return
    known = asked.surnames
    values: dict[str, Any] = {
        "places": list(range(len(words))),
        "words": words,
        "starts": [f"{word}%" for word in words],
        "slips": ["{" + ",".join(sorted(slips_of(word))) + "}" for word in words],
        "roles": [None if known is None else place < known for place in range(len(words))],
        "nearest": WORDS,
        "pairs": PAIRS,
        "each": OF_ONE_NAME,
    }
    sql = _SEARCH.format(score=_SCORE, pick=_PAIRS if len(words) > 1 else _ALONE)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [THRESHOLD])
        cursor.execute(sql, values)
        rows = cursor.fetchall()
    best = sorted(rows, key=lambda row: (-row[1], row[0]))[: BEST * 4]
    yield from ((pk, score, name.title()) for pk, score, name in best)


def slips_of(word: str) -> set[str]:
    """What one slip of the hand away may have been meant: in a short word trigrams say little.

    Two letters the wrong way round always; in short words a letter wrong, too few or too many.
    """
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    slips = {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    if len(word) <= SHORT:
        slips |= {a + b[1:] for a, b in cuts if b}
        slips |= {a + letter + b[1:] for a, b in cuts for letter in LETTERS if b}
        slips |= {a + letter + b for a, b in cuts for letter in LETTERS}
    return slips - {word, ""}


def _by_number(asked: Asked) -> Iterator[tuple[int, float, str]]:
    if not asked.numbers:
        return
    marks = [f"%{number}%" for number in asked.numbers if len(number) >= SHORTEST_MARK]
    values = {"numbers": list(asked.numbers), "marks": marks}
    with connection.cursor() as cursor:
        cursor.execute(_NUMBERS, values)
        for pk, exact, why in cursor.fetchall():
            yield pk, EXACT_NUMBER if exact else PART_OF_MARK, why


# A merged nominal leads to the one that was kept, however many merges later.
_NUMBERS = """
    WITH RECURSIVE found (id, exact, why) AS (
        SELECT id, true, 'Reference ' || ref FROM offenders_nominal WHERE ref = ANY(%(numbers)s)
        UNION ALL SELECT id, true, 'PNC ' || pnc_id FROM offenders_nominal
        WHERE pnc_id <> '' AND pnc_id = ANY(%(numbers)s)
        UNION ALL SELECT id, true, 'Custody number ' || custody_ref FROM offenders_nominal
        WHERE custody_ref <> '' AND custody_ref = ANY(%(numbers)s)
        UNION ALL SELECT nominal_id, true, 'Number ' || value FROM offenders_identifier
        WHERE value = ANY(%(numbers)s)
        UNION ALL (
            SELECT nominal_id, registration = ANY(%(numbers)s), 'Vehicle ' || registration
            FROM offenders_vehicle WHERE registration LIKE ANY(%(marks)s)
            ORDER BY 2 DESC, registration LIMIT 50
        )
    ), followed (id, exact, why) AS (
        SELECT * FROM found
        UNION SELECT merged_into_id, exact, why
        FROM followed JOIN offenders_nominal USING (id) WHERE merged_into_id IS NOT NULL
    )
    SELECT id, bool_or(exact), min(why) FROM followed JOIN offenders_nominal USING (id)
    WHERE merged_into_id IS NULL GROUP BY id
"""


def _by_birthday(asked: Asked) -> Iterator[tuple[int, float, str]]:
    """Those born on a day that was typed; the weight comes with the names' (see below)."""
    days = asked.born | asked.swapped
    if not days:
        return
    born = (
        Nominal.objects.live()
        .for_service()
        .filter(date_of_birth__in=days)
        .values_list("pk", flat=True)
    )
    used = Nominal.objects.live().for_service().filter(aliases__date_of_birth__in=days)
    yield from ((pk, 0, "") for pk in born.order_by("pk")[: BEST * 4])
    yield from (
        (pk, SWAPPED_BIRTHDAY, "Another date of birth")
        for pk in used.values_list("pk", flat=True)[:BEST]
    )


def _weigh_birthdays(asked: Asked, hits: dict[int, Hit]) -> None:
    if not (asked.born or asked.years):
        return
    born = Nominal.objects.for_service().filter(pk__in=hits).values_list("pk", "date_of_birth")
    for pk, day in born:
        if day in asked.born:
            hits[pk].add(SAME_BIRTHDAY, "Date of birth")
        elif day in asked.swapped:
            hits[pk].add(SWAPPED_BIRTHDAY, "Date of birth with day and month swapped")
        elif day and day.year in asked.years:
            hits[pk].add(SAME_YEAR, "Year of birth")
