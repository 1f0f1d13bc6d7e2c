"""Packs, properties, planning and the community by month (5.1.8, 5.1.9). They run to the paper's day."""

from datetime import date
from decimal import Decimal
from typing import Any

UNTIL = date(2021, 3, 12)

DELIVERIES: tuple[dict[str, Any], ...] = (
    {"level": "bronze", "number": 500, "moved_on": date(2020, 11, 9), "note": "First print"},
    {"level": "bronze", "number": 400, "moved_on": date(2021, 1, 11), "note": "Second print"},
    {"level": "silver", "number": 120, "moved_on": date(2020, 11, 9), "note": "First order"},
)
BRONZE_GIVEN = {
    date(2020, 12, 1): 44,
    date(2021, 1, 1): 81,
    date(2021, 2, 1): 106,
    date(2021, 3, 1): 69,
}
SILVER_GIVEN = {
    date(2020, 12, 1): 11,
    date(2021, 1, 1): 17,
    date(2021, 2, 1): 21,
    date(2021, 3, 1): 9,
}
TARGETS: tuple[dict[str, Any], ...] = (
    {
        "level": "bronze",
        "number": 900,
        "title": "before the end of lockdown",
        "starts_on": date(2020, 11, 9),
        "due_on": date(2021, 6, 21),
    },
    {
        "level": "silver",
        "number": 100,
        "title": "by the end of the financial year",
        "starts_on": date(2020, 11, 9),
        "due_on": date(2021, 3, 31),
    },
)
PARTNERS: tuple[dict[str, Any], ...] = (
    {"code": "st-plantain", "name": "St Plantain's", "kind": "religious", "district_id": "cambridge"},
    {"code": "yarrow-mosque", "name": "Yarrow Mosque", "kind": "religious",
     "district_id": "peterborough"},
    {"code": "teasel-food-bank", "name": "Teasel food bank", "kind": "food-bank",
     "district_id": "fenland"},
    {"code": "sedge-neighbours", "name": "Sedge neighbours", "kind": "community",
     "district_id": "huntingdonshire"},
    {"code": "burdock-food-bank", "name": "Burdock food bank", "kind": "food-bank",
     "district_id": "peterborough"},
)  # fmt: skip

# Assessments by result.
ASSESSED = {
    date(2020, 11, 1): {"gold": 9, "silver": 12, "bronze": 6},
    date(2020, 12, 1): {"gold": 14, "silver": 13, "bronze": 5},
    date(2021, 1, 1): {"gold": 21, "silver": 16, "bronze": 8},
    date(2021, 2, 1): {"gold": 22, "silver": 17, "bronze": 7},
    date(2021, 3, 1): {"gold": 8, "silver": 6, "bronze": 2},
}
BURGLED = (date(2020, 5, 1), date(2020, 10, 1))  # the months of the burglaries behind them
HOMES_BY_DISTRICT = (30, 5, 14, 16, 30, 5)  # in the order of shares.DISTRICTS
WORKS = {"quoted": 31, "ordered": 22, "done": 6}
SHEDS, SHEDS_QUOTED = Decimal(18450), date(2021, 2, 22)

PLANNING_ANSWERED = {
    date(2020, 4, 1): 29, date(2020, 5, 1): 33, date(2020, 6, 1): 41, date(2020, 7, 1): 46,
    date(2020, 8, 1): 43, date(2020, 9, 1): 49, date(2020, 10, 1): 51, date(2020, 11, 1): 55,
    date(2020, 12, 1): 45, date(2021, 1, 1): 56,
}  # fmt: skip
ANSWERED_LATE = 0.11
ADVICE = {"no-objection": 0.35, "conditions": 0.55, "objection": 0.1}
WAITING, WAITING_SINCE = 7, date(2021, 1, 25)
AUTHORITIES = {
    "cambridge": "Cambridge City Council",
    "east-cambridgeshire": "East Cambridgeshire District Council",
    "fenland": "Fenland District Council",
    "huntingdonshire": "Huntingdonshire District Council",
    "peterborough": "Peterborough City Council",
    "south-cambridgeshire": "South Cambridgeshire District Council",
}

CONSULTATIONS: tuple[dict[str, Any], ...] = (
    {"title": "The old shed block", "held_on": date(2020, 12, 8), "district_id": "cambridge",
     "channel": "doors", "people": 120, "involved": 14, "result": "The sheds are to be refurbished."},
    {"title": "Feeling safe at home", "held_on": date(2021, 1, 19), "district_id": "peterborough",
     "channel": "online", "people": 145, "involved": 11, "result": "Two new watch schemes."},
    {"title": "Lighting and trade buttons", "held_on": date(2021, 2, 16), "district_id": "cambridge",
     "channel": "survey", "people": 85, "involved": 8, "result": "Put to the council."},
)  # fmt: skip
SCHEMES: tuple[dict[str, Any], ...] = (
    {"name": "Plantain Row watch", "area": "Plantain Row and Teasel Close", "members": 38,
     "coordinator": "two residents", "district_id": "cambridge", "started_on": date(2021, 1, 12)},
    {"name": "Yarrow Lane watch", "area": "Yarrow Lane", "members": 24,
     "coordinator": "a shopkeeper", "district_id": "peterborough", "started_on": date(2021, 2, 2)},
    {"name": "Sedge Way watch", "area": "Sedge Way to the river", "members": 31,
     "coordinator": "a resident", "district_id": "peterborough", "started_on": date(2021, 2, 23)},
)  # fmt: skip
ESTATES: tuple[dict[str, Any], ...] = (
    {"estate": "Fescue Court", "council": "Cambridge City Council", "district_id": "cambridge",
     "measures": ["trade-buttons", "access"], "homes": 64, "started_on": date(2020, 11, 16),
     "done_on": date(2021, 1, 22)},
    {"estate": "Burdock Road flats", "council": "Cambridge City Council",
     "district_id": "cambridge", "measures": ["doors", "windows", "access"], "homes": 48,
     "started_on": date(2021, 1, 18)},
)  # fmt: skip
AWARENESS: tuple[dict[str, Any], ...] = (
    {"given_on": date(2020, 12, 10), "subject": "county-lines", "audience": "Housing officers",
     "district_id": "cambridge", "people": 22},
    {"given_on": date(2021, 1, 21), "subject": "cuckooing", "audience": "Partner agencies, Op Spotlight",
     "district_id": "peterborough", "people": 35},
)  # fmt: skip
