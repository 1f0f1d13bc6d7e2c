from performance.models.annotation import Annotation
from performance.models.baseline import Baseline
from performance.models.call import Call, Line, Wait
from performance.models.figure import Figure, FigureState
from performance.models.historic import HistoricFigure
from performance.models.integrity_audit import IntegrityAudit
from performance.models.national import (
    ForcePopulation,
    NationalCrime,
    NationalMonth,
    NationalOutcome,
)
from performance.models.paper import (
    BlockKind,
    BoardQuestion,
    Paper,
    PaperBlock,
    PaperSection,
    PaperState,
    QuestionKind,
)
from performance.models.paper_release import LateArrival, PaperFigure, PaperFile
from performance.models.published import StreetCrime, StreetOutcome
from performance.models.rule import ComparisonRule, RuleKind
from performance.models.supervisory_review import SupervisoryReview
from performance.models.survey import Survey, SurveyResponse
from performance.models.verdict_watch import (
    KnownVerdict,
    Subscription,
    VerdictChange,
    VerdictNotice,
)
from performance.models.victim_care import VictimCareContract

__all__ = [
    "Annotation",
    "Baseline",
    "BlockKind",
    "BoardQuestion",
    "Call",
    "ComparisonRule",
    "Figure",
    "FigureState",
    "ForcePopulation",
    "HistoricFigure",
    "IntegrityAudit",
    "KnownVerdict",
    "LateArrival",
    "Line",
    "NationalCrime",
    "NationalMonth",
    "NationalOutcome",
    "Paper",
    "PaperBlock",
    "PaperFigure",
    "PaperFile",
    "PaperSection",
    "PaperState",
    "QuestionKind",
    "RuleKind",
    "StreetCrime",
    "StreetOutcome",
    "Subscription",
    "SupervisoryReview",
    "Survey",
    "SurveyResponse",
    "VerdictChange",
    "VerdictNotice",
    "VictimCareContract",
    "Wait",
]
