"""The rows of the access matrix about prevention: packs, properties, planning, the community."""

from tests.integration.access_rows import Row

PREVENTION = frozenset(["act-officer", "act-supervisor", "isd-staff", "analyst", "manager"])
PREVENTERS = frozenset(["isd-staff"])
ONE = {"pk": 0}
REF = {"ref": "not-there"}
NUMBER = {"ref": 0}
PREVENTION_PAGES = {
    "operations:packs": Row(PREVENTION),
    "operations:pack-movement-list": Row(PREVENTION),
    "operations:pack-movement-detail": Row(PREVENTION, 404, REF),
    "operations:pack-give": Row(PREVENTERS),
    "operations:pack-receive": Row(PREVENTERS),
    "operations:pack-count": Row(PREVENTERS),
    "operations:pack-return": Row(PREVENTERS, 404, REF),
    "operations:pack-withdraw": Row(PREVENTERS, 404, REF),
    "operations:pack-target-new": Row(PREVENTERS),
    "operations:pack-target-edit": Row(PREVENTERS, 404, NUMBER),
    "operations:stock-place-new": Row(PREVENTERS),
    "operations:partner-list": Row(PREVENTION),
    "operations:partner-new": Row(PREVENTERS),
    "operations:partner-detail": Row(PREVENTION, 404, REF),
    "operations:partner-edit": Row(PREVENTERS, 404, REF),
    "operations:property-list": Row(PREVENTION),
    "operations:property-new": Row(PREVENTERS),
    "operations:property-detail": Row(PREVENTION, 404, REF),
    "operations:property-edit": Row(PREVENTERS, 404, REF),
    "operations:assessment-list": Row(PREVENTION),
    "operations:assessment-new": Row(PREVENTERS, 404, REF),
    "operations:assessment-edit": Row(PREVENTERS, 404, NUMBER),
    "operations:works-new": Row(PREVENTERS, 404, NUMBER),
    "operations:works-list": Row(PREVENTION),
    "operations:works-detail": Row(PREVENTION, 404, NUMBER),
    "operations:works-order": Row(PREVENTERS, 404, NUMBER),
    "operations:works-done": Row(PREVENTERS, 404, NUMBER),
    "operations:works-cancel": Row(PREVENTERS, 404, NUMBER),
    "operations:planning-list": Row(PREVENTION),
    "operations:planning-new": Row(PREVENTERS),
    "operations:planning-detail": Row(PREVENTION, 404, REF),
    "operations:planning-answer": Row(PREVENTERS, 404, REF),
    "operations:planning-edit": Row(PREVENTERS, 404, REF),
    "operations:community": Row(PREVENTION),
    "performance:treated-homes": Row(PREVENTION),
    **{
        f"operations:{noun}-{page}": row
        for noun in ("consultation", "watch", "estate", "awareness")
        for page, row in (
            ("list", Row(PREVENTION)),
            ("new", Row(PREVENTERS)),
            ("detail", Row(PREVENTION, 404, NUMBER)),
            ("edit", Row(PREVENTERS, 404, NUMBER)),
        )
    },
}
PREVENTION_API = {
    "api:pack-standing": Row(PREVENTION),
    "api:pack-movement-list": Row(PREVENTION),
    "api:pack-movement-list POST": Row(PREVENTERS, 400),
    "api:pack-movement-detail": Row(PREVENTION, 404, REF),
    "api:pack-return POST": Row(PREVENTERS, 404, REF),
    "api:pack-withdraw POST": Row(PREVENTERS, 404, REF),
    "api:partner-list": Row(PREVENTION),
    "api:stock-place-list": Row(PREVENTION),
    "api:property-list": Row(PREVENTION),
    "api:property-list POST": Row(PREVENTERS, 400),
    "api:property-detail": Row(PREVENTION, 404, REF),
    "api:property-detail PATCH": Row(PREVENTERS, 404, REF),
    "api:property-assess POST": Row(PREVENTERS, 404, REF),
    "api:assessment-list": Row(PREVENTION),
    "api:assessment-detail": Row(PREVENTION, 404, NUMBER),
    "api:assessment-detail PATCH": Row(PREVENTERS, 404, NUMBER),
    "api:works-quote POST": Row(PREVENTERS, 404, ONE),
    "api:works-list": Row(PREVENTION),
    "api:works-step POST": Row(PREVENTERS, 404, {**ONE, "step": "order"}),
    "api:planning-list": Row(PREVENTION),
    "api:planning-list POST": Row(PREVENTERS, 400),
    "api:planning-detail": Row(PREVENTION, 404, REF),
    "api:planning-detail PATCH": Row(PREVENTERS, 404, REF),
    "api:planning-answer POST": Row(PREVENTERS, 404, REF),
    **{
        f"api:{noun}-list{method}": Row(PREVENTERS, 400) if method else Row(PREVENTION)
        for noun in ("consultation", "watch", "estate", "awareness")
        for method in ("", " POST")
    },
    **{
        f"api:{noun}-detail{method}": Row(PREVENTERS if method else PREVENTION, 404, NUMBER)
        for noun in ("consultation", "watch", "estate", "awareness")
        for method in ("", " PATCH")
    },
}
