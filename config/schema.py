"""Names of choices in the API's schema, where fields of one name choose from different lists."""

ENUM_NAMES = {
    "LevelEnum": "offenders.models.assessment.Level",
    "BailConditionKindEnum": "offenders.models.bail.ConditionKind",
    "DisposalConditionKindEnum": "offenders.models.disposal.ConditionKind",
    "DisposalStateEnum": "offenders.models.disposal.State",
    "SeriesStateEnum": "offenders.models.series.SeriesState",
    "SeriesStandingEnum": "offenders.models.series.Standing",
    "SentenceKindEnum": "offenders.models.conviction.SentenceKind",
    "RemandResultEnum": "offenders.models.remand.RemandResult",
    "DetentionResultEnum": "offenders.models.detention.Result",
    "TagStateEnum": "offenders.models.tag.TagState",
    "TagEndReasonEnum": "offenders.models.tag.EndReason",
    "TagUnitStatusEnum": "offenders.models.tag.DeviceStatus",
    "TagAlertKindEnum": "offenders.models.tag_log.AlertKind",
    "TagAlertResultEnum": "offenders.models.tag_log.AlertResult",
    "TagCheckResultEnum": "offenders.models.tag_log.CheckResult",
}
