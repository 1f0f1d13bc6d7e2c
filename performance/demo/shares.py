"""How the monthly totals divide: districts, offences, outcomes, hours of the day.

Sizes follow what is publicly known of a force of this size (crimes per district and offence,
outcomes of each kind); no record of a real person or crime is behind them.
"""
# Rows of figures are read across.
# fmt: off

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

DISTRICTS = ("peterborough", "fenland", "cambridge", "east-cambridgeshire", "huntingdonshire", "south-cambridgeshire")
NORTH = 2  # the first two districts
EAST = DISTRICTS.index("east-cambridgeshire")
PETERBOROUGH = DISTRICTS.index("peterborough")
AREA = ("north", "north", "south", "south", "south", "south")

# Vehicle crime is given to an investigator more often in North, and solved there more often (5.2.2).
VEHICLE_EFFORT = (1.3, 1.3, 0.8, 0.8, 0.8, 0.8)

# latitude, longitude of the middle, and how far records lie around it (degrees)
CENTRES = np.array([
    (52.575, -0.245, 0.030, 0.050), (52.570, 0.080, 0.055, 0.090), (52.200, 0.130, 0.015, 0.025),
    (52.370, 0.290, 0.050, 0.060), (52.330, -0.180, 0.045, 0.080), (52.170, 0.060, 0.055, 0.110),
])

CRIME_BY_DISTRICT = (0.345, 0.125, 0.215, 0.059, 0.160, 0.096)
BURGLARY_BY_DISTRICT = (0.300, 0.120, 0.225, 0.060, 0.165, 0.130)
VEHICLE_BY_DISTRICT = (0.300, 0.110, 0.190, 0.070, 0.180, 0.150)
INCIDENTS_BY_DISTRICT = (0.330, 0.120, 0.220, 0.062, 0.165, 0.103)

DAY = (3, 2.4, 2, 1.6, 1.2, 1.2, 1.6, 2.6, 4, 4.8, 5.2, 5.4, 5.6, 5.4, 5.4, 5.8, 6.2, 6.2, 6, 5.6, 5.2, 4.8, 4.4, 3.8)
OFFICE = (0, 0, 0, 0, 0, 0, 0.5, 2, 6, 9, 10, 10, 8, 9, 10, 10, 9, 6, 4, 3, 2, 1, 0.5, 0)


@dataclass(frozen=True)
class Family:
    """What happens to crimes of one kind."""

    slug: str
    victim: bool
    allocated: float  # share given to an investigator rather than filed at first contact
    chance: float  # weight of a prosecution possible outcome against other families
    possible: dict[str, float]  # those outcomes, by code
    other: dict[str, float]  # every other outcome, by code


CHARGE = {"1": 80.0, "1A": 2.0, "3": 8.0, "2": 3.0, "8": 7.0}
UNSOLVED = {"18": 88.0, "14": 4.0, "15": 4.0, "16": 2.0, "21": 1.0, "10": 1.0}
WITHDRAWN = {"16": 44.0, "15": 22.0, "18": 15.0, "14": 11.0, "21": 3.0, "10": 2.0, "20": 1.5, "12": 0.8, "9": 0.5, "13": 0.2}

FAMILIES = {family.slug: family for family in [
    Family("burglary", True, 0.62, 1.0, {"1": 78, "1A": 2, "4": 10, "3": 3, "2": 2, "8": 5}, UNSOLVED),
    Family("vehicle", True, 0.22, 1.0, {"1": 82, "1A": 2, "4": 8, "3": 3, "2": 2, "8": 3}, UNSOLVED | {"18": 140}),
    Family("stalking", True, 0.80, 0.7, {"1": 74, "1A": 2, "3": 9, "2": 2, "8": 13}, WITHDRAWN),
    Family("theft", True, 0.38, 1.0, CHARGE | {"8": 16, "6": 2, "4": 2}, UNSOLVED | {"18": 105}),
    Family("robbery", True, 0.90, 1.1, CHARGE, UNSOLVED),
    Family("violence", True, 0.80, 1.0, CHARGE | {"3A": 1, "2A": 1, "8": 16}, WITHDRAWN | {"17": 0.8, "5": 0.2}),
    Family("sexual", True, 0.97, 0.5, CHARGE, WITHDRAWN | {"18": 9}),
    Family("child", True, 0.97, 0.5, CHARGE, WITHDRAWN | {"11": 2, "20": 8}),
    Family("damage", True, 0.35, 0.8, CHARGE | {"8": 24}, UNSOLVED),
    Family("order", True, 0.60, 1.3, CHARGE | {"6": 5, "8": 14}, WITHDRAWN | {"18": 28}),
    Family("weapons", False, 0.97, 4.5, CHARGE, {"15": 40, "18": 25, "10": 8, "21": 15, "20": 3}),
    Family("drugs", False, 0.97, 6.0, {"1": 52, "3": 14, "8": 26, "2": 2, "6": 1}, {"15": 30, "18": 20, "21": 35, "10": 15}),
    Family("cannabis", False, 0.97, 6.5, {"1": 26, "3": 10, "7": 32, "8": 30, "6": 2}, {"15": 30, "18": 20, "21": 35, "10": 15}),
    Family("state", False, 0.90, 2.0, CHARGE, {"15": 50, "18": 30, "21": 10, "20": 10}),
]}
# Outcome 22 came in on 1 April 2019 and takes this share of the other outcomes from then on.
DIVERSION = 0.015


@dataclass(frozen=True)
class Offence:
    code: str
    family: str
    share: float  # within its series
    dwelling: bool | None = None
    department: str = ""  # blank: the local department of its area


DWELLING = [Offence("28E", "burglary", 86, True, "act"), Offence("28F", "burglary", 11, True, "act"),
            Offence("28G", "burglary", 2, True, "act"), Offence("28H", "burglary", 0.4, True, "act"),
            Offence("29A", "burglary", 0.6, True, "act")]
TAKEN = [Offence("48", "vehicle", 1, None, "act")]
FROM_VEHICLE = [Offence("45", "vehicle", 1)]
STALKING = [Offence("8L", "stalking", 43, None, "pvp"), Offence("8M", "stalking", 1, None, "pvp"),
            Offence("8Q", "stalking", 13, None, "pvp"), Offence("8R", "stalking", 43, None, "pvp")]
# Controlling and coercive behaviour is counted here from 1 April 2020.
COERCION = Offence("8U", "stalking", 9, None, "pvp")
REST = [
    Offence("28E", "theft", 2.4, False), Offence("28F", "theft", 0.3, False), Offence("30C", "theft", 2.2),
    Offence("30D", "theft", 0.4), Offence("126", "vehicle", 1.4), Offence("37.2", "vehicle", 0.5, None, "act"),
    Offence("39", "theft", 1.6), Offence("44", "theft", 5.5), Offence("46", "theft", 10.5), Offence("49", "theft", 8.5),
    Offence("49A", "theft", 1.2), Offence("40", "theft", 1.6), Offence("41", "theft", 0.3), Offence("47", "theft", 0.2),
    Offence("35", "theft", 0.2), Offence("34A", "robbery", 0.2), Offence("34B", "robbery", 1.1, None, "act"),
    Offence("5D", "violence", 0.9), Offence("8N", "violence", 10.5), Offence("8P", "violence", 0.2), Offence("8S", "violence", 0.6),
    Offence("105A", "violence", 15.8), Offence("105B", "violence", 0.2), Offence("104", "violence", 0.9),
    Offence("3B", "violence", 1.5), Offence("36", "violence", 0.2), Offence("106", "violence", 0.3, None, "pvp"),
    Offence("11A", "child", 1.0, None, "caisu"), Offence("22B", "child", 1.0, None, "caisu"), Offence("19D", "child", 0.5, None, "caisu"),
    Offence("19C", "sexual", 1.4, None, "pvp"), Offence("20A", "sexual", 1.2, None, "pvp"), Offence("17A", "sexual", 0.3, None, "pvp"),
    Offence("88E", "sexual", 0.5, None, "pvp"), Offence("56A", "damage", 0.2), Offence("56B", "damage", 0.8),
    Offence("58A", "damage", 3.2), Offence("58B", "damage", 1.6), Offence("58C", "damage", 6.2), Offence("58D", "damage", 3.4),
    Offence("58J", "damage", 0.1), Offence("9A", "order", 6.0), Offence("9B", "order", 0.6), Offence("66", "state", 1.0),
    Offence("10C", "weapons", 0.5), Offence("10D", "weapons", 1.0), Offence("92A", "drugs", 0.9), Offence("92D", "drugs", 0.8),
    Offence("92E", "cannabis", 2.6), Offence("33", "state", 0.1), Offence("54", "state", 0.3), Offence("79", "state", 0.3),
    Offence("83", "state", 0.1), Offence("802", "state", 0.2), Offence("99", "state", 0.9),
]

# Burglaries and vehicle crimes that come again at a place, or near one, within their month.
AT_THE_SAME_PLACE, NEAR_ANOTHER, NEAR_DEGREES = 0.03, 0.08, 0.002

CANCELLED = 0.024  # crimes recorded in error on top of each month's total, taken off in the month
REOPENED = 0.02  # prosecution possible outcomes that came after the crime had been filed

DEPARTMENTS = ("local-north", "local-south", "pvp", "caisu", "act-north", "act-south")

GRADES = ("immediate", "prompt", "scheduled", "none")
# category: (share of incidents that are not named in `totals`, shares of the grades)
CATEGORIES = {
    "anti-social-behaviour": (16, (6, 20, 26, 48)), "violence": (10, (34, 28, 25, 13)),
    "serious-sexual-offence": (1.2, (30, 40, 26, 4)), "vehicle-crime": (5, (6, 16, 30, 48)),
    "theft": (8, (8, 16, 30, 46)), "criminal-damage": (5, (8, 20, 34, 38)),
    "road-traffic": (15, (28, 26, 10, 36)), "concern-for-safety": (15, (28, 34, 14, 24)),
    "missing-person": (3, (18, 50, 22, 10)), "suspicious-circumstances": (9, (26, 28, 14, 32)),
    "public-order": (4, (30, 30, 18, 22)), "other": (9, (6, 12, 26, 56)),
}
DOMESTIC = (29, 46, 20, 5)
BURGLARY = (22, 48, 20, 10)
COVID = (1, 12, 25, 62)
ARRIVED = (0.97, 0.93, 0.62, 0.0)  # share of each grade that anyone went to

# Distance stretches the wait: a factor for each district.
REACH_IMMEDIATE = (0.90, 1.06, 0.86, 1.20, 1.08, 1.22)
REACH_PROMPT = (1.0, 1.03, 0.95, 1.06, 1.02, 1.05)

STREETS = ("High Street", "Station Road", "Church Lane", "Mill Road", "London Road", "Park Avenue", "Bridge Street",
           "School Lane", "The Green", "Market Place", "Orchard Close", "Elm Drive", "Queensway", "Fen Road")
SCHEDULED_WITHIN_A_DAY = 0.55
