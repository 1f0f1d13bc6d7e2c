from datetime import date

from performance.measures import Indicator, Measure

INDICATOR = Indicator(
    slug="planning-answered",
    title="Planning applications answered",
    row="Answered",
    why="Advice on a plan is the cheapest crime prevention there is: it is built in.",
    how="Planning applications that Designing Out Crime Officers answered, by the day of the answer and the district of the plan.",
    owner="Head of crime prevention",
    checked_by="Force performance analyst",
    next_review=date(2027, 9, 1),
    sources=("Board paper of 16 March 2021, section 5.1.9",),
    numerator=Measure("planning-answered"),
)
