"""The people of the demonstration, all of them or none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import numpy as np
from django.db import transaction
from django.utils.timezone import localdate

from core import audit
from offenders.models import Nominal
from performance.demo.draws import SEED
from performance.demo.people import stays
from performance.demo.people.access import restrictions
from performance.demo.people.bails import bails
from performance.demo.people.cohort import members
from performance.demo.people.courts import convictions
from performance.demo.people.disposals import disposals
from performance.demo.people.held import SINCE, held_stays
from performance.demo.people.nominals import REF, nominals, parts
from performance.demo.people.officers import officers
from performance.demo.people.operations import operations
from performance.demo.people.past import FIRST, past_stays
from performance.demo.people.recent import recent_stays
from performance.demo.people.remands import court_results
from performance.demo.people.retention import old_records
from performance.demo.people.scans import actions, scans
from performance.demo.people.scans import bails as curfews
from performance.demo.people.tags import AUTUMN, chartwell, suspects_of
from performance.demo.people.tread import tread_match

MADE = (
    "nominals",
    "arrests",
    "in custody",
    "in the cohort",
    "convictions",
    "tags",
    "operations",
    "footwear scans",
    "bails",
    "scans",
    "actions",
    "disposals",
    "on bail before charge",
    "remand applications",
    "reviews due",
    "restricted",
)


@transaction.atomic
def load_people(*, now: datetime) -> Mapping[str, int]:
    """How many of each were made: none when they are there already.

    Run it after the crimes, which the arrests are for.
    """
    if Nominal.objects.filter(ref=REF.format(1)).exists():
        return dict.fromkeys(MADE, 0)
    rng = np.random.default_rng([SEED, 3])
    by_area = officers()
    people = nominals(by_area, FIRST, rng)
    parts(people, FIRST, rng)
    held = held_stays(people, now)
    free = people[: -len(held)]
    quiet = dict.fromkeys((one.pk for one in suspects_of(people)), AUTUMN)  # since they wear a tag
    made = [*past_stays(free, quiet, rng), *recent_stays(free, now), *held]
    stays.save(made)
    counts = {
        "nominals": len(people),
        "arrests": len(made),
        "in custody": len(SINCE),
        "in the cohort": members(free, localdate(now), rng),
        "convictions": convictions(people),
        "tags": chartwell(people, now),
        "operations": operations(people, by_area),
        "footwear scans": tread_match(by_area["north"][-1]),
        "bails": curfews(),
        "scans": scans({area: team[-1] for area, team in by_area.items()}),
        "actions": actions(people),
        "disposals": disposals(free, made, suspects_of(people), now),
        "on bail before charge": bails(made),
        "remand applications": court_results(made),
        "reviews due": old_records(by_area, now),
        "restricted": restrictions(people, by_area, now),
    }
    audit.record(by=None, action=audit.Action.RECORD_CREATED, detail={"demonstration": counts})
    return counts
