"""The sections and paragraphs that a first paper starts with; later ones start from the last.

Each paragraph names its figures, so that it tells the month of whichever paper it stands in. What
only people know (why, what is being done) is left to the author.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from performance.models.paper import BlockKind
from performance.papers.sentences import figure as f

TITLE = "Offenders theme: what the force did, and how it performed"
PRIORITIES = ["Combat acquisitive crime", "Increase public satisfaction"]

ALL_RATE, ALL_CRIME = "all-crime-outcome-rate", "all-crime-recorded"
BURGLARY, BURGLARY_RATE = "dwelling-burglary-recorded", "dwelling-burglary-outcome-rate"
IMMEDIATE, PROMPT = "dwelling-burglary-immediate-response", "dwelling-burglary-prompt-response"
SATISFIED, TREATED = "dwelling-burglary-satisfaction", "dwelling-burglary-treatment"
FOLLOWED_UP, REPORTS = "dwelling-burglary-follow-up", "dwelling-burglary-incidents"
STALKING, CARE = "stalking-harassment-recorded", "victim-care-overdue"
VEHICLES, VEHICLES_RATE = "vehicle-crime-recorded", "vehicle-crime-outcome-rate"
STOLEN, STOLEN_RATE = "theft-of-motor-vehicle-recorded", "theft-of-motor-vehicle-outcome-rate"
CONFIDENCE, WORSE = "public-confidence", "crime-has-increased"
DOMESTIC = "prompt-domestic-response"


@dataclass(frozen=True)
class NewBlock:
    text: str = ""
    kind: str = BlockKind.PARAGRAPH
    key: str = ""
    subject: str = ""
    is_public: bool = True


@dataclass(frozen=True)
class NewSection:
    title: str
    blocks: tuple[NewBlock, ...] = field(default=())
    depth: int = 1


def said(text: str, key: str = "", *, is_public: bool = True) -> NewBlock:
    return NewBlock(" ".join(text.split()), key=key, is_public=is_public)


def board(slug: str) -> NewBlock:
    return NewBlock(kind=BlockKind.BOARD, subject=slug)


def chart(slug: str) -> NewBlock:
    return NewBlock(kind=BlockKind.CHART, subject=slug)


def sections() -> tuple[NewSection, ...]:
    return (
        *_opening(),
        _headlines(),
        NewSection(
            "Combat acquisitive crime",
            (board("combat-acquisitive-crime"),),
        ),
        _burglary(),
        _vehicles(),
        NewSection(
            "National position",
            (
                NewBlock(kind=BlockKind.NATIONAL),
                NewBlock(kind=BlockKind.NATIONAL, subject=BURGLARY_RATE),
            ),
            depth=2,
        ),
        NewSection(
            "Thematic review: combat acquisitive crime",
            (NewBlock(kind=BlockKind.THEMATIC, subject="combat-acquisitive-crime"),),
            depth=2,
        ),
        NewSection("Increase public satisfaction", (board("increase-public-satisfaction"),)),
        _confidence(),
        _victims(),
        NewSection("Questions and actions of the board", (NewBlock(kind=BlockKind.QUESTIONS),)),
        NewSection("What the board is asked", (said("The board is asked to note this report."),)),
    )


def _opening() -> tuple[NewSection, ...]:
    return (
        NewSection(
            "Purpose",
            (
                said(
                    "This report tells the board how the force is doing against the offenders"
                    " theme of the Police and Crime Plan."
                ),
            ),
        ),
        NewSection(
            "Background",
            (
                said(
                    "The force performance meeting of {{date:meeting}} reviewed the twelve"
                    " months that ended in {{date:month}}. This report gives what that meeting"
                    " was told."
                ),
                said(
                    "The priorities on the forward agenda for this meeting are:"
                    " {{date:priorities}}."
                ),
            ),
        ),
    )


def _headlines() -> NewSection:
    return NewSection("Performance headlines", (*_demand(), *_crime()))


def _demand() -> tuple[NewBlock, ...]:
    return (
        said(
            f"""The control room was offered {f("calls-999")} emergency calls in
                {{{{date:month}}}}, {f("calls-999", "change-year")} than a year before, and
                {f("calls-non-emergency")} non-emergency calls,
                {f("calls-non-emergency", "change-year")}.""",
            "calls",
        ),
        said(
            f"""An average of {f("incidents-a-day")} incidents a day were recorded, against
                {f("incidents-a-day", span="month-1")} the month before and
                {f("incidents-a-day", span="month-12")} a year before. About
                {f("covid-incidents-a-day")} of them a day reported breaches of the Covid-19
                rules.""",
            "incidents",
        ),
        said(
            f"""Immediate grade incidents were reached in a median of
                {f("immediate-response")} minutes ({f("immediate-response", span="month-1")} the
                month before). For the prompt grade it was {f("prompt-response")} minutes, against
                {f("prompt-response", span="month-1")}. Prompt grade domestic incidents were
                reached in {f(DOMESTIC)} minutes, against {f(DOMESTIC, span="month-1")}. Compared
                with the month before, prompt response was quicker in:
                {f("prompt-response", "districts-better")}; stable in:
                {f("prompt-response", "districts-same")}; slower in:
                {f("prompt-response", "districts-worse")}.""",
            "response",
        ),
    )


def _crime() -> tuple[NewBlock, ...]:
    return (
        said(
            f"""{f(ALL_CRIME, span="rolling")} crimes were recorded in {{{{date:rolling}}}},
                {f(ALL_CRIME, "change-baseline", "rolling")} than in the baseline year. Districts
                significantly higher than their own baseline:
                {f(ALL_CRIME, "districts-above", "rolling")}. In East Cambridgeshire, recorded
                crime was {f(ALL_CRIME, "change-year", "month-2", "east-cambridgeshire")} than a
                year before in {{{{date:month-2}}}},
                {f(ALL_CRIME, "change-year", "month-1", "east-cambridgeshire")} in
                {{{{date:month-1}}}} and
                {f(ALL_CRIME, "change-year", "month", "east-cambridgeshire")} in
                {{{{date:month}}}}.""",
            "recorded-crime",
        ),
        said(
            f"""Stalking and harassment: {f(STALKING, span="rolling")} offences in
                {{{{date:rolling}}}}, {f(STALKING, "change-baseline", "rolling")} than in the
                baseline year. {{{{date:month}}}} was {f(STALKING, "ranked")}, with {f(STALKING)}
                offences; {{{{date:month-6}}}} had {f(STALKING, span="month-6")}.""",
            "stalking",
        ),
        said(
            f"""The prosecution possible outcome rate of all crime was {f(ALL_RATE)},
                against {f(ALL_RATE, span="month-1")} the month before and
                {f(ALL_RATE, span="month-12")} a year before. Over 12 months it was
                {f(ALL_RATE, span="rolling")}, against {f(ALL_RATE, span="rolling-1")} a month
                before.""",
            "all-crime-rate",
        ),
        said(
            f"""{f(CARE)} of victim care contracts were overdue at the end of the month,
                against {f(CARE, span="month-1")} a month before. Local North:
                {f(CARE, "value", "month", "local-north")} (from
                {f(CARE, "value", "month-1", "local-north")}),
                {f(CARE, "numerator", "month", "local-north")} contracts against
                {f(CARE, "numerator", "month-1", "local-north")}. Local South:
                {f(CARE, "value", "month", "local-south")} (from
                {f(CARE, "value", "month-1", "local-south")}),
                {f(CARE, "numerator", "month", "local-south")} contracts against
                {f(CARE, "numerator", "month-1", "local-south")}. Of supervisory reviews,
                {f("supervisory-reviews-overdue")} were overdue, against
                {f("supervisory-reviews-overdue", span="month-1")}.""",
            "victim-care",
        ),
    )


def _burglary() -> NewSection:
    return NewSection("Dwelling burglary", (*_burglaries(), *_of_burglary()), depth=2)


def _burglaries() -> tuple[NewBlock, ...]:
    return (
        said(
            f"""{f(REPORTS)} dwelling burglary incidents were reported in {{{{date:month}}}},
                {f(REPORTS, "lowest")}.""",
            "burglary-incidents",
        ),
        said(
            f"""The median response to the immediate grade was {f(IMMEDIATE)} minutes,
                against {f(IMMEDIATE, span="month-1")} a month before. To the prompt grade it was
                {f(PROMPT)} minutes; in {{{{date:month-9}}}} it was
                {f(PROMPT, span="month-9")}.""",
            "burglary-response",
        ),
        said(
            f"""{{{{date:month}}}} saw {f(BURGLARY)} dwelling burglary offences,
                {f(BURGLARY, "lowest")} and {f(BURGLARY, "change-year")} than
                {f(BURGLARY, span="month-12")} in {{{{date:month-12}}}}. The 12-month total was
                {f(BURGLARY, span="rolling")}, against a baseline of
                {f(BURGLARY, "baseline")}.""",
            "burglary-recorded",
        ),
        chart(BURGLARY),
        said(
            f"""The outcome rate of the month was {f(BURGLARY_RATE)}, {
                f(BURGLARY_RATE, "highest")
            }: {f(BURGLARY_RATE, "numerator")} prosecution possible outcomes
                against {f(BURGLARY_RATE, "denominator")} offences. {
                f(BURGLARY_RATE, "numerator", "month", "north")
            } of those outcomes were in the North. Over 12 months the rate
                was {f(BURGLARY_RATE, span="rolling")}, {
                f(BURGLARY_RATE, "significance", "rolling")
            } its baseline of {f(BURGLARY_RATE, "baseline")}. The North stood at
                {f(BURGLARY_RATE, "value", "rolling", "north")} (from
                {f(BURGLARY_RATE, "value", "rolling-1", "north")} a month before), the South at
                {f(BURGLARY_RATE, "value", "rolling", "south")}.""",
            "burglary-outcomes",
        ),
    )


def _of_burglary() -> tuple[NewBlock, ...]:
    return (
        said(
            f"""Over 12 months {f(SATISFIED, span="rolling")}
                (n={f(SATISFIED, "n", "rolling")}) of burglary victims were satisfied with the whole
                experience, {f(SATISFIED, "highest", "rolling")};
                {f(TREATED, span="rolling")} (n={f(TREATED, "n", "rolling")}) were satisfied with
                their treatment and {f(FOLLOWED_UP, span="rolling")}
                (n={f(FOLLOWED_UP, "n", "rolling")}) with the follow-up. In the month alone,
                {f(FOLLOWED_UP)} (n={f(FOLLOWED_UP, "n")}) were satisfied with the follow-up.""",
            "burglary-satisfaction",
        ),
        said(
            "The numbers and the outcomes of the month are set out in"
            " {{paragraph:burglary-recorded}} and {{paragraph:burglary-outcomes}}."
            " {{list:national-burglary}}",
            "burglary-review",
        ),
        said("{{list:packs}}", "packs"),
        NewBlock(kind=BlockKind.FORECAST),
        said("{{list:planning}}", "planning"),
        said("{{list:trials}}", "trials", is_public=False),
        said("{{list:convictions-burglary}}", "burglary-convictions", is_public=False),
    )


def _vehicles() -> NewSection:
    return NewSection(
        "Vehicle crime",
        (
            said(
                f"""{f(VEHICLES)} vehicle crime offences were recorded, {
                    f(VEHICLES, "lowest")
                }. Thefts of a motor vehicle: {f(STOLEN)}, {f(STOLEN, "change-year")}
                than {f(STOLEN, span="month-12")} a year before.""",
                "vehicle-recorded",
            ),
            said(
                f"""The 12-month outcome rate of all vehicle crime was
                {f(VEHICLES_RATE, span="rolling")}, {
                    f(VEHICLES_RATE, "points-month", "rolling")
                } on the month before. The North stood at
                {f(VEHICLES_RATE, "value", "rolling", "north")}, the South at
                {f(VEHICLES_RATE, "value", "rolling", "south")}.""",
                "vehicle-outcomes",
            ),
            said(
                f"""The outcome rate of theft of a motor vehicle was {f(STOLEN_RATE)} in the
                month, on {f(STOLEN_RATE, "numerator")} outcomes to
                {f(STOLEN_RATE, "denominator")} offences. Over 12 months it was
                {f(STOLEN_RATE, span="rolling")}.
                {{{{list:national-vehicle-theft}}}}""",
                "vehicle-theft",
            ),
            said("{{list:operations}}", "operations", is_public=False),
            said("{{list:convictions-vehicle}}", "vehicle-convictions", is_public=False),
        ),
        depth=2,
    )


def _confidence() -> NewSection:
    return NewSection(
        "Public confidence",
        (
            said(
                f"""Over 12 months {f(CONFIDENCE, span="rolling")}
                (n={f(CONFIDENCE, "n", "rolling")}) of those asked agreed that the force deals
                with what matters locally, {f(CONFIDENCE, "significance", "rolling")} the baseline
                of the table ({f(CONFIDENCE, "baseline")}). Of those asked in the month
                {f(CONFIDENCE)} (n={f(CONFIDENCE, "n")}) agreed.""",
                "confidence",
            ),
            said(
                f"""A figure that was also told, {f(CONFIDENCE, "other-baseline")}
                (n={f(CONFIDENCE, "other-baseline-n")}), comes from the survey of March 2020
                alone; the 12 months are {f(CONFIDENCE, "other-significance", "rolling")} it
                too.""",
                "confidence-told",
            ),
            said(
                f"""{f(WORSE)} (n={f(WORSE, "n")}) of those asked in the month believed that
                crime and anti-social behaviour had increased, {f(WORSE, "lowest")}. Over 12
                months {f(WORSE, span="rolling")} (n={f(WORSE, "n", "rolling")}) did,
                {f(WORSE, "lowest", "rolling")}.""",
                "crime-has-increased",
            ),
        ),
        depth=2,
    )


def _victims() -> NewSection:
    satisfied, followed = "victim-satisfaction", "victim-follow-up"
    return NewSection(
        "Communication with victims",
        (
            said(
                f"""{f(satisfied)} (n={f(satisfied, "n")}) of the victims asked in the month were
                satisfied with the whole experience, {f(satisfied, "highest")}. Over 12 months
                {f(satisfied, span="rolling")} (n={f(satisfied, "n", "rolling")}) were.""",
                "satisfaction",
            ),
            said(
                f"""Satisfaction with the follow-up stood at {f(followed, span="rolling")}
                (n={f(followed, "n", "rolling")}) over 12 months, {
                    f(followed, "points-month", "rolling")
                } on the month before and {f(followed, "highest", "rolling")}.""",
                "follow-up",
            ),
        ),
        depth=2,
    )
