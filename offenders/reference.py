"""Code lists as every installation begins. Edited afterwards on the admin page.

Classes and their years are those of the Home Office Counting Rules; a force loads the classes that
are not here with `import_records offence-codes`. Outcomes are those of the outcomes framework.
"""

from collections.abc import Mapping
from datetime import date

from offenders.models import (
    Cohort,
    OffenceCode,
    OffenceGroup,
    OffenceGroupCode,
    OutcomeCode,
    OutcomeSet,
    OutcomeSetCode,
)

BURGLARY_2017 = date(2017, 4, 1)  # residential in place of dwelling
BURGLARY_2023 = date(2023, 4, 1)  # home and unconnected building in place of residential
STALKING_2020 = date(2020, 4, 1)  # controlling and coercive behaviour joins the subgroup

# (group, subgroup, {code: title})
CLASSES = [
    ("Theft offences", "Residential burglary", {
        "28E": "Burglary residential",
        "28F": "Attempted burglary residential",
        "28G": "Distraction burglary residential",
        "28H": "Attempted distraction burglary residential",
        "29A": "Aggravated burglary residential",
        "28I": "Residential burglary of a home",
        "28J": "Attempted residential burglary of a home",
        "28K": "Distraction burglary of a home",
        "28L": "Attempted distraction burglary of a home",
        "28M": "Residential burglary of an unconnected building",
        "28N": "Attempted residential burglary of an unconnected building",
        "28O": "Distraction burglary of an unconnected building",
        "28P": "Attempted distraction burglary of an unconnected building",
        "29B": "Aggravated residential burglary of a home",
        "29C": "Aggravated residential burglary of an unconnected building",
    }),
    ("Theft offences", "Domestic burglary", {
        "28A": "Burglary in a dwelling",
        "28B": "Attempted burglary in a dwelling",
        "28C": "Distraction burglary in a dwelling",
        "28D": "Attempted distraction burglary in a dwelling",
        "29": "Aggravated burglary in a dwelling",
    }),
    ("Theft offences", "Non-residential burglary", {
        "30C": "Burglary business and community",
        "30D": "Attempted burglary business and community",
        "31A": "Aggravated burglary business and community",
    }),
    ("Theft offences", "Vehicle offences", {
        "37.2": "Aggravated vehicle taking",
        "45": "Theft from vehicle",
        "48": "Theft or unauthorised taking of motor vehicle",
        "126": "Interfering with a motor vehicle",
    }),
    ("Theft offences", "Theft from the person", {"39": "Theft from the person"}),
    ("Theft offences", "Bicycle theft", {"44": "Theft or unauthorised taking of a pedal cycle"}),
    ("Theft offences", "Shoplifting", {"46": "Shoplifting"}),
    ("Theft offences", "Other theft offences", {
        "35": "Blackmail",
        "40": "Theft in a dwelling other than from a machine or meter",
        "41": "Theft by an employee",
        "42": "Theft of mail",
        "43": "Dishonest use of electricity",
        "47": "Theft from a machine or meter",
        "49": "Other theft",
        "49A": "Making off without payment",
    }),
    ("Robbery", "Robbery of business property", {"34A": "Robbery of business property"}),
    ("Robbery", "Robbery of personal property", {"34B": "Robbery of personal property"}),
    ("Violence against the person", "Homicide", {"1": "Murder", "4.1": "Manslaughter"}),
    ("Violence against the person", "Violence with injury", {
        "2": "Attempted murder",
        "5D": "Assault with intent to cause serious harm",
        "5E": "Endangering life",
        "8N": "Assault with injury",
        "8P": "Racially or religiously aggravated assault with injury",
        "8S": "Assault with injury on a constable",
    }),
    ("Violence against the person", "Violence without injury", {
        "3B": "Threats to kill",
        "11A": "Cruelty to children and young persons",
        "36": "Kidnapping",
        "104": "Assault without injury on a constable",
        "105A": "Assault without injury",
        "105B": "Racially or religiously aggravated assault without injury",
        "106": "Modern slavery",
    }),
    ("Violence against the person", "Stalking and harassment", {
        "8L": "Harassment",
        "8M": "Racially or religiously aggravated harassment",
        "8Q": "Stalking",
        "8R": "Malicious communications",
        "8U": "Controlling and coercive behaviour",
    }),
    ("Sexual offences", "Rape offences", {
        "19C": "Rape of a female aged 16 and over",
        "19D": "Rape of a female child under 16",
    }),
    ("Sexual offences", "Other sexual offences", {
        "17A": "Sexual assault on a male aged 13 and over",
        "20A": "Sexual assault on a female aged 13 and over",
        "22B": "Sexual activity involving a child under 16",
        "88E": "Exposure and voyeurism",
    }),
    ("Criminal damage and arson", "Arson", {
        "56A": "Arson endangering life",
        "56B": "Arson not endangering life",
    }),
    ("Criminal damage and arson", "Criminal damage", {
        "58A": "Criminal damage to a dwelling",
        "58B": "Criminal damage to a building other than a dwelling",
        "58C": "Criminal damage to a vehicle",
        "58D": "Other criminal damage",
        "58J": "Racially or religiously aggravated criminal damage",
    }),
    ("Drug offences", "Trafficking of drugs", {"92A": "Trafficking in controlled drugs"}),
    ("Drug offences", "Possession of drugs", {
        "92D": "Possession of controlled drugs (not cannabis)",
        "92E": "Possession of controlled drugs (cannabis)",
    }),
    ("Possession of weapons offences", "Possession of weapons offences", {
        "10C": "Possession of other weapons",
        "10D": "Possession of an article with a blade or point",
        "81": "Other firearms, knives and offensive weapon offences",
    }),
    ("Public order offences", "Public order offences", {
        "9A": "Public fear, alarm or distress",
        "9B": "Racially or religiously aggravated public fear, alarm or distress",
        "62A": "Violent disorder",
        "66": "Other offences against the State or public order",
    }),
    ("Miscellaneous crimes against society", "Miscellaneous crimes against society", {
        "33": "Going equipped for stealing",
        "54": "Handling stolen goods",
        "79": "Perverting the course of justice",
        "83": "Bail offences",
        "95": "Disclosure, obstruction, false or misleading statements",
        "802": "Dangerous driving",
        "99": "Other notifiable offences",
    }),
]  # fmt: skip

DWELLING_TO_2017 = ["28A", "28B", "28C", "28D", "29"]
RESIDENTIAL_2017_TO_2023 = ["28E", "28F", "28G", "28H", "29A"]
HOME_FROM_2023 = ["28I", "28J", "28K", "28L", "29B"]
UNCONNECTED_FROM_2023 = ["28M", "28N", "28O", "28P", "29C"]

END_OF_DWELLING = date(2017, 3, 31)
# 28E goes on to be used by stragglers after March 2023, so the residential codes stay valid.
CODE_DATES: Mapping[str, tuple[date | None, date | None]] = (
    dict.fromkeys(DWELLING_TO_2017, (None, END_OF_DWELLING))
    | dict.fromkeys(RESIDENTIAL_2017_TO_2023, (BURGLARY_2017, None))
    | dict.fromkeys(HOME_FROM_2023 + UNCONNECTED_FROM_2023, (BURGLARY_2023, None))
    | dict.fromkeys(["30C", "30D", "31A"], (BURGLARY_2017, None))
    | {"8R": (BURGLARY_2017, None), "8S": (BURGLARY_2017, None), "8U": (STALKING_2020, None)}
)

CHARGED = "Charged or summonsed"
FORMAL = "Out of court (formal)"
INFORMAL = "Out of court (informal)"
PREVENTED = "Prosecution prevented or not in the public interest"
DIFFICULTIES = "Evidential difficulties (victim does not support action)"

# code, title, group, in use from
OUTCOMES: list[tuple[str, str, str, date | None]] = [
    ("1", "Charged or summonsed", CHARGED, None),
    ("1A", "Charged or summonsed, alternate offence", CHARGED, None),
    ("2", "Caution: youth", FORMAL, None),
    ("2A", "Caution: youth, alternate offence", FORMAL, None),
    ("3", "Caution: adult", FORMAL, None),
    ("3A", "Caution: adult, alternate offence", FORMAL, None),
    ("4", "Taken into consideration", "Taken into consideration", None),
    ("5", "Offender died", PREVENTED, None),
    ("6", "Penalty notice for disorder", FORMAL, None),
    ("7", "Cannabis or khat warning", INFORMAL, None),
    ("8", "Community resolution", INFORMAL, None),
    ("9", "Not in the public interest (CPS)", PREVENTED, None),
    ("10", "Not in the public interest (police)", PREVENTED, None),
    ("11", "Prosecution prevented: suspect under age", PREVENTED, None),
    ("12", "Prosecution prevented: suspect too ill", PREVENTED, None),
    ("13", "Prosecution prevented: victim or key witness dead or too ill", PREVENTED, None),
    ("14", "Suspect not identified; victim does not support action", DIFFICULTIES, None),
    ("15", "Suspect identified, victim supports action; evidential difficulties",
     "Evidential difficulties (suspect identified; victim supports action)", None),
    ("16", "Suspect identified; victim does not support action", DIFFICULTIES, None),
    ("17", "Prosecution time limit expired", PREVENTED, None),
    ("18", "Investigation complete: no suspect identified",
     "Investigation complete: no suspect identified", None),
    ("20", "Responsibility transferred to another body",
     "Responsibility transferred to another body", None),
    ("21", "Further investigation not in the public interest (police)",
     "Further investigation not in the public interest", date(2016, 1, 1)),
    ("22", "Diversionary, educational or intervention activity",
     "Diversionary, educational or intervention activity", date(2019, 4, 1)),
    ("23", "Deferred prosecution of a child", "Deferred prosecution", date(2026, 2, 1)),
]  # fmt: skip

PROSECUTION_POSSIBLE = ["1", "1A", "2", "2A", "3", "3A", "4", "6", "7", "8"]

# slug, title, note, [(codes, dwelling only, from)]
GROUPS: list[tuple[str, str, str, list[tuple[list[str], bool, date | None]]]] = [
    ("dwelling-burglary", "Dwelling burglary",
     "From April 2017 to March 2023 burglary took in sheds: only those marked dwelling count.",
     [(DWELLING_TO_2017, False, None), (RESIDENTIAL_2017_TO_2023, True, BURGLARY_2017),
      (HOME_FROM_2023, False, BURGLARY_2023)]),
    ("residential-burglary", "Residential burglary", "",
     [(DWELLING_TO_2017, False, None), (RESIDENTIAL_2017_TO_2023, False, BURGLARY_2017),
      (HOME_FROM_2023 + UNCONNECTED_FROM_2023, False, BURGLARY_2023)]),
    ("theft-of-motor-vehicle", "Theft of motor vehicle", "", [(["48"], False, None)]),
    ("theft-from-vehicle", "Theft from vehicle", "", [(["45"], False, None)]),
    ("vehicle-crime", "Vehicle crime", "Theft of and theft from vehicles.",
     [(["45", "48"], False, None)]),
    ("stalking-and-harassment", "Stalking and harassment",
     "Controlling and coercive behaviour (8U) joins the subgroup from April 2020.",
     [(["8L", "8M", "8Q"], False, None), (["8R"], False, BURGLARY_2017),
      (["8U"], False, STALKING_2020)]),
    ("robbery", "Robbery", "", [(["34A", "34B"], False, None)]),
    ("daily-scan", "Daily scan",
     "What the acquisitive crime team scans: burglary, robbery, vehicle crime, thefts from people.",
     [(DWELLING_TO_2017, False, None), (RESIDENTIAL_2017_TO_2023, False, BURGLARY_2017),
      (HOME_FROM_2023 + UNCONNECTED_FROM_2023, False, BURGLARY_2023),
      (["30C", "30D", "31A"], False, BURGLARY_2017),
      (["34A", "34B", "37.2", "39", "44", "45", "48", "126"], False, None)]),
]  # fmt: skip


def load_cohorts() -> None:
    """Op Aware, the first of any number (board paper, 5.1)."""
    Cohort.objects.bulk_create(
        [
            Cohort(
                slug="op-aware",
                name="Op Aware",
                purpose="Burglars, robbers and vehicle thieves who offend most, managed one by one.",
            )
        ],
        ignore_conflicts=True,
    )


def load_code_lists() -> None:
    """Add what is missing; what an administrator changed or removed from a set stays so.

    A set is filled only when it is new, since a code that is missing from an old one may have
    been taken out on purpose.
    """
    OffenceCode.objects.bulk_create(_offence_codes(), ignore_conflicts=True)
    OutcomeCode.objects.bulk_create(
        [
            OutcomeCode(code=code, title=title, group=group, position=place, valid_from=start)
            for place, (code, title, group, start) in enumerate(OUTCOMES, start=1)
        ],
        ignore_conflicts=True,
    )
    for slug, title, note, members in GROUPS:
        _load_group(slug, title, note, members)
    _, is_new = OutcomeSet.objects.get_or_create(
        slug="prosecution-possible",
        defaults={
            "title": "Prosecution possible",
            "note": "Charges, cautions, offences taken into consideration, penalty notices,"
            " warnings and community resolutions. Outcome 22 is left out.",
        },
    )
    if is_new:
        OutcomeSetCode.objects.bulk_create(
            OutcomeSetCode(set_id="prosecution-possible", outcome_id=code)
            for code in PROSECUTION_POSSIBLE
        )


def _offence_codes() -> list[OffenceCode]:
    nothing = (None, None)
    return [
        OffenceCode(
            code=code,
            title=title,
            group=group,
            subgroup=subgroup,
            valid_from=CODE_DATES.get(code, nothing)[0],
            valid_to=CODE_DATES.get(code, nothing)[1],
        )
        for group, subgroup, titles in CLASSES
        for code, title in titles.items()
    ]


def _load_group(
    slug: str, title: str, note: str, members: list[tuple[list[str], bool, date | None]]
) -> None:
    group, is_new = OffenceGroup.objects.get_or_create(
        slug=slug, defaults={"title": title, "note": note}
    )
    if is_new:
        OffenceGroupCode.objects.bulk_create(
            OffenceGroupCode(group=group, offence_id=code, dwelling_only=dwelling, valid_from=start)
            for codes, dwelling, start in members
            for code in codes
        )
