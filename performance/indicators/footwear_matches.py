from datetime import date

from django.db.models import Q

from performance.measures import Indicator, Measure

INDICATOR = Indicator(
    slug="footwear-matches",
    title="Footwear matches qualified",
    row="Footwear matches",
    why="Footwear that was at a scene ties a person in custody to a crime that nobody had tied them to.",
    how="Matches of footwear with the mark of a scene that a person qualified, by the day they decided and the district of the crime. Candidates that nobody decided on, and those rejected, do not count.",
    owner="Head of acquisitive crime",
    checked_by="Force performance analyst",
    next_review=date(2027, 9, 1),
    sources=("Board paper of 16 March 2021, paragraph 5.1.11",),
    numerator=Measure("footwear-decided", (Q(state="qualified"),)),
)
