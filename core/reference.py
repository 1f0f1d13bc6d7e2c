"""The units of the force, as every installation begins. Edited afterwards on the admin page.

North is Peterborough and Fenland, South the other four (`docs/adr`). GSS codes are those of the
Office for National Statistics.
"""

from core.models import Unit

# code, name, kind, code of the unit above, GSS code
UNITS = [
    ("force", "Force", "force", None, "E23000023"),
    ("north", "North", "area", "force", ""),
    ("south", "South", "area", "force", ""),
    ("peterborough", "Peterborough", "district", "north", "E06000031"),
    ("fenland", "Fenland", "district", "north", "E07000010"),
    ("cambridge", "Cambridge", "district", "south", "E07000008"),
    ("east-cambridgeshire", "East Cambridgeshire", "district", "south", "E07000009"),
    ("huntingdonshire", "Huntingdonshire", "district", "south", "E07000011"),
    ("south-cambridgeshire", "South Cambridgeshire", "district", "south", "E07000012"),
    ("local-north", "Local North", "department", "force", ""),
    ("local-south", "Local South", "department", "force", ""),
    ("pvp", "Protecting Vulnerable People", "department", "force", ""),
    ("caisu", "Child Abuse Investigation and Safeguarding Unit", "department", "pvp", ""),
    ("act-north", "Acquisitive Crime Team North", "department", "force", ""),
    ("act-south", "Acquisitive Crime Team South", "department", "force", ""),
]


def load_units() -> None:
    """Add the units that are missing; what an administrator changed stays as it is."""
    Unit.objects.bulk_create(
        [
            Unit(code=code, name=name, kind=kind, parent_id=above, gss_code=gss, position=place)
            for place, (code, name, kind, above, gss) in enumerate(UNITS)
        ],
        ignore_conflicts=True,
    )
