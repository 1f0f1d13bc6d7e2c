from datetime import date

from performance.measures import Indicator, Measure

INDICATOR = Indicator(
    slug="custody-hours",
    title="Hours in custody",
    row="Hours in custody",
    why="Hours in custody cost cells and people, and every one takes somebody's liberty.",
    how="Whole hours that counted against the limits of the Police and Criminal Evidence Act, summed over the detentions that ended in the month. Treatment in hospital and time on bail do not count.",
    owner="Head of custody",
    checked_by="Force performance analyst",
    next_review=date(2027, 9, 1),
    sources=("PACE 1984, sections 40 to 44",),
    numerator=Measure("custody-hours"),
)
