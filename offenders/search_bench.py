"""How well and how fast 200,000 nominals are searched: typos of known kinds are planted and sought."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import product
from time import perf_counter

from django.db import connection

from core.benchmarks import Ratio, benchmark, scratch_database
from core.models import User
from offenders.models import Alias, Nominal
from offenders.selectors.search import find_nominals

NOMINALS = 200_000
ALIASES = 60_000
SOUGHT = 500
FIRST = 20
GOAL_RECALL = 0.98
GOAL_MS = 10
LETTERS = "abcdefghijklmnopqrstuvwxyz"
STARTS = [
    "b",
    "br",
    "c",
    "ch",
    "cl",
    "d",
    "f",
    "g",
    "gr",
    "h",
    "j",
    "k",
    "l",
    "m",
    "n",
    "p",
    "pr",
    "r",
    "s",
    "sh",
    "st",
    "t",
    "th",
    "tr",
    "v",
    "w",
]
MIDDLES = ["a", "e", "i", "o", "u", "ai", "ea", "oa", "ou", "ee"]
ENDS = [
    "ck",
    "d",
    "ld",
    "ll",
    "m",
    "n",
    "nd",
    "ng",
    "nt",
    "r",
    "rd",
    "rn",
    "rt",
    "s",
    "st",
    "t",
    "th",
    "x",
]
LAST = [
    "a",
    "ard",
    "en",
    "er",
    "ett",
    "ey",
    "field",
    "ford",
    "ham",
    "ing",
    "land",
    "ley",
    "man",
    "ow",
    "sen",
    "son",
    "ton",
    "well",
    "wick",
    "y",
]
KINDS = ("dropped", "doubled", "swapped", "wrong")


@benchmark
def search_of_nominals(rows: int) -> Iterator[Ratio]:
    """`rows` counts crimes, of which this has none: the force's nominals are the measure."""
    del rows
    with scratch_database():
        chance = random.Random(2021)  # noqa: S311  # the same force on every run
        fill(chance)
        sought = [_planted(chance, nominal) for nominal in _sample(chance)]
        ranks, times = zip(*(_search(text, pk) for text, pk in sought), strict=True)
    recall = sum(rank is not None for rank in ranks) / len(ranks)
    slowest = sorted(times)[int(len(times) * 0.95)] * 1000
    yield Ratio(
        f"Typos found in the first {FIRST} of {NOMINALS:,}", f"{recall:.3f}", "1", recall,
        at_least=GOAL_RECALL,
    )  # fmt: skip
    yield Ratio(
        "p95 of a search", f"{slowest:.1f} ms", f"{GOAL_MS} ms", slowest / GOAL_MS, at_most=1
    )


def fill(chance: random.Random) -> None:
    """Few names are common and many rare, as people's are."""
    officer = User.objects.create(username="bench")
    surnames = sorted({a + b + c + d for a, b, c, d in product(STARTS, MIDDLES, ENDS, LAST)})
    forenames = sorted({a + b + c for a, b, c in product(STARTS, MIDDLES, [*ENDS, *LAST])})
    chance.shuffle(surnames)
    chance.shuffle(forenames)
    surnames, forenames = surnames[:20_000], forenames[:2_000]
    for first in range(0, NOMINALS, 20_000):
        Nominal.objects.bulk_create(
            Nominal(
                ref=f"B{n}",
                surname=_pick(chance, surnames),
                forenames=_pick(chance, forenames),
                lead_officer=officer,
            )
            for n in range(first, first + 20_000)
        )
    keys = chance.sample(list(Nominal.objects.values_list("pk", flat=True)), ALIASES)
    Alias.objects.bulk_create(
        (
            Alias(
                nominal_id=pk,
                surname=_pick(chance, surnames),
                forenames=_pick(chance, forenames),
            )
            for pk in keys
        ),
        batch_size=20_000,
    )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _pick(chance: random.Random, names: list[str]) -> str:
    """The nth name is about 1/n as common as the first."""
    return names[min(int(len(names) ** chance.random()) - 1, len(names) - 1)].capitalize()


def _sample(chance: random.Random) -> list[Nominal]:
    keys = chance.sample(list(Nominal.objects.values_list("pk", flat=True)), SOUGHT)
    return list(Nominal.objects.filter(pk__in=keys))


def _planted(chance: random.Random, nominal: Nominal) -> tuple[str, str]:
    """What an officer types, and the name that is meant."""
    words = [nominal.forenames.lower(), nominal.surname.lower()]
    place = chance.randrange(2)
    words[place] = typo(chance, words[place])
    chance.shuffle(words)
    return " ".join(words), f"{nominal.surname} {nominal.forenames}"


def typo(chance: random.Random, word: str) -> str:
    at, kind = chance.randrange(len(word) - 1), chance.choice(KINDS)
    if kind == "dropped":
        return word[:at] + word[at + 1 :]
    if kind == "doubled":
        return word[: at + 1] + word[at:]
    if kind == "swapped":
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + chance.choice(LETTERS) + word[at + 1 :]


def _search(text: str, name: str) -> tuple[int | None, float]:
    """The place of the name that was meant among the first, and the seconds that it took."""
    start = perf_counter()
    hits = find_nominals(text, limit=FIRST)
    took = perf_counter() - start
    names = [hit.why for hit in hits]
    return (names.index(name) if name in names else None), took
