from performance.importers import (
    calls,
    historic_figures,
    integrity_audits,
    national,
    police_uk,
    supervisory_reviews,
    surveys,
    victim_care,
)

__all__ = [
    "calls",
    "historic_figures",
    "integrity_audits",
    "national",
    "police_uk",
    "supervisory_reviews",
    "surveys",
    "victim_care",
]
