from django.urls import include, path

from offenders.api import (
    arrests,
    attendances,
    bail,
    cohorts,
    crimes,
    custody,
    disposals,
    nominals,
    records,
    remand,
    retention,
    series,
    tags,
    unnamed,
)

# A crime reference may hold slashes, so the longer addresses come first.
urlpatterns = [
    path("crimes/", crimes.CrimeListApi.as_view(), name="crime-list"),
    path(
        "crimes/<path:ref>/reinstate/", crimes.CrimeReinstateApi.as_view(), name="crime-reinstate"
    ),
    path("crimes/<path:ref>/cancel/", crimes.CrimeCancelApi.as_view(), name="crime-cancel"),
    path(
        "crimes/<path:ref>/outcomes/", crimes.CrimeOutcomeListApi.as_view(), name="crime-outcomes"
    ),
    path(
        "crimes/<path:ref>/outcomes/<int:outcome>/withdraw/",
        crimes.OutcomeWithdrawApi.as_view(),
        name="outcome-withdraw",
    ),
    path("crimes/<path:ref>/referral/", crimes.CrimeReferralApi.as_view(), name="crime-referral"),
    path("crimes/<path:ref>/", crimes.CrimeDetailApi.as_view(), name="crime-detail"),
    path("series/", series.SeriesListApi.as_view(), name="series-list"),
    path("series/<int:pk>/", series.SeriesDetailApi.as_view(), name="series-detail"),
    path("series/<int:pk>/crimes/", series.SeriesCrimesApi.as_view(), name="series-crimes"),
    path(
        "series/<int:pk>/crimes/<int:link>/unlink/",
        series.SeriesUnlinkApi.as_view(),
        name="series-unlink",
    ),
    path("series/<int:pk>/suspects/", series.SeriesSuspectsApi.as_view(), name="series-suspects"),
    path(
        "series/<int:pk>/suspects/<int:row>/standing/",
        series.SeriesStandingApi.as_view(),
        name="series-standing",
    ),
    path("series/<int:pk>/close/", series.SeriesCloseApi.as_view(), name="series-close"),
    path("series/<int:pk>/reopen/", series.SeriesReopenApi.as_view(), name="series-reopen"),
    path("people-without-names/", unnamed.UnnamedPeopleApi.as_view(), name="people-unnamed"),
    path("nominals/", nominals.NominalListApi.as_view(), name="nominal-list"),
    path("nominals/<int:pk>/", nominals.NominalDetailApi.as_view(), name="nominal-detail"),
    path(
        "nominals/<int:pk>/parts/<slug:part>/",
        nominals.PartListApi.as_view(),
        name="nominal-parts",
    ),
    path(
        "nominals/<int:pk>/parts/<slug:part>/<int:row>/",
        nominals.PartDetailApi.as_view(),
        name="nominal-part",
    ),
    path(
        "nominals/<int:pk>/priorities/",
        nominals.PriorityListApi.as_view(),
        name="nominal-priorities",
    ),
    path("nominals/<int:pk>/merges/", nominals.MergeApi.as_view(), name="nominal-merges"),
    path(
        "nominals/<int:pk>/merges/<int:merge>/undo/",
        nominals.MergeUndoApi.as_view(),
        name="nominal-merge-undo",
    ),
    path("outcomes/", records.OutcomeListApi.as_view(), name="outcome-list"),
    path("referrals/", records.HubReferralListApi.as_view(), name="referral-list"),
    path("offence-codes/", records.OffenceCodeListApi.as_view(), name="offence-code-list"),
    path("outcome-codes/", records.OutcomeCodeListApi.as_view(), name="outcome-code-list"),
    path("retention/", retention.ReviewListApi.as_view(), name="retention-list"),
    path("retention/outlook/", retention.OutlookApi.as_view(), name="retention-outlook"),
    path("retention/<int:pk>/", retention.ReviewDetailApi.as_view(), name="retention-review"),
    path("retention/<int:pk>/retain/", retention.RetainApi.as_view(), name="retention-retain"),
    path("retention/<int:pk>/dispose/", retention.DisposeApi.as_view(), name="retention-dispose"),
    path(
        "nominals/<int:pk>/retention/", retention.RetentionOfApi.as_view(), name="nominal-retention"
    ),
    path("nominals/<int:pk>/holds/", retention.HoldListApi.as_view(), name="nominal-holds"),
    path(
        "nominals/<int:pk>/holds/<int:hold>/lift/",
        retention.HoldLiftApi.as_view(),
        name="nominal-hold-lift",
    ),
    path("tags/", tags.TagListApi.as_view(), name="tag-list"),
    path("tags/<int:pk>/", tags.TagDetailApi.as_view(), name="tag-detail"),
    path("tags/<int:pk>/steps/<slug:step>/", tags.TagStepApi.as_view(), name="tag-step"),
    path("tags/<int:pk>/checks/", tags.TagChecksApi.as_view(), name="tag-checks"),
    path("tags/<int:pk>/alerts/", tags.TagAlertsApi.as_view(), name="tag-alerts"),
    path(
        "tags/<int:pk>/alerts/<int:alert>/close/",
        tags.TagAlertCloseApi.as_view(),
        name="tag-alert-close",
    ),
    path("tag-units/", tags.TagUnitListApi.as_view(), name="tag-unit-list"),
    path("arrests/", arrests.ArrestListApi.as_view(), name="arrest-list"),
    path(
        "arrests/<int:pk>/offences/",
        arrests.ArrestOffencesApi.as_view(),
        name="arrest-offences",
    ),
    path(
        "arrests/<int:pk>/offences/<int:offence>/",
        arrests.ArrestOffenceApi.as_view(),
        name="arrest-offence",
    ),
    path("arrests/<int:pk>/", arrests.ArrestDetailApi.as_view(), name="arrest-detail"),
    path(
        "arrests/<int:pk>/detention/", custody.ArrestDetentionApi.as_view(), name="arrest-detention"
    ),
    path("attendances/", attendances.AttendanceListApi.as_view(), name="attendance-list"),
    path(
        "attendances/<int:pk>/",
        attendances.AttendanceDetailApi.as_view(),
        name="attendance-detail",
    ),
    path("custody/", custody.CustodyBoardApi.as_view(), name="custody-board"),
    path("custody/<int:pk>/", custody.CustodyDetailApi.as_view(), name="custody-detail"),
    path("custody/<int:pk>/entries/", custody.CustodyEntriesApi.as_view(), name="custody-entries"),
    path(
        "custody/<int:pk>/entries/<int:entry>/withdraw/",
        custody.CustodyEntryWithdrawApi.as_view(),
        name="custody-entry-withdraw",
    ),
    path("custody/<int:pk>/end/", custody.CustodyEndApi.as_view(), name="custody-end"),
    path("cohorts/", cohorts.CohortListApi.as_view(), name="cohort-list"),
    path("cohorts/<slug:slug>/", cohorts.CohortDetailApi.as_view(), name="cohort-detail"),
    path("cohorts/<slug:slug>/close/", cohorts.CohortCloseApi.as_view(), name="cohort-close"),
    path("cohorts/<slug:slug>/members/", cohorts.CohortMembersApi.as_view(), name="cohort-members"),
    path("members/<int:pk>/", cohorts.MemberDetailApi.as_view(), name="member-detail"),
    path("members/<int:pk>/<slug:step>/", cohorts.MemberStepApi.as_view(), name="member-step"),
    path("handovers/", cohorts.HandoverManyApi.as_view(), name="handover-many"),
    path("nominals/<int:pk>/access/", include("offenders.api.access_urls")),
    path("nominals/<int:pk>/handover/", cohorts.HandoverApi.as_view(), name="handover"),
    path("my-work/", cohorts.MyWorkApi.as_view(), name="my-work"),
    path(
        "nominals/<int:pk>/disposals/",
        disposals.NominalDisposalsApi.as_view(),
        name="nominal-disposals",
    ),
    path("disposals/<int:pk>/", disposals.DisposalDetailApi.as_view(), name="disposal-detail"),
    path(
        "disposals/<int:pk>/<slug:step>/", disposals.DisposalStepApi.as_view(), name="disposal-step"
    ),
    path(
        "disposals/<int:pk>/conditions/<int:condition>/<slug:step>/",
        disposals.ConditionStepApi.as_view(),
        name="condition-step",
    ),
    path(
        "nominals/<int:pk>/convictions/",
        disposals.NominalConvictionsApi.as_view(),
        name="nominal-convictions",
    ),
    path(
        "convictions/<int:pk>/sentences/",
        disposals.ConvictionSentencesApi.as_view(),
        name="conviction-sentences",
    ),
    path("bail/", bail.BailListApi.as_view(), name="bail-list"),
    path("bail/<int:pk>/", bail.BailDetailApi.as_view(), name="bail-detail"),
    path("bail/<int:pk>/<slug:step>/", bail.BailStepApi.as_view(), name="bail-step"),
    path("investigation-releases/", bail.ReleaseListApi.as_view(), name="rui-list"),
    path("court-bail/", remand.CourtBailListApi.as_view(), name="court-bail-list"),
    path("court-bail/<int:pk>/", remand.CourtBailDetailApi.as_view(), name="court-bail-detail"),
    path("court-bail/<int:pk>/end/", remand.CourtBailEndApi.as_view(), name="court-bail-end"),
    path("remand-applications/", remand.RemandListApi.as_view(), name="remand-list"),
    path("remand-applications/<int:pk>/", remand.RemandDetailApi.as_view(), name="remand-detail"),
    path(
        "remand-applications/<int:pk>/result/",
        remand.RemandResultApi.as_view(),
        name="remand-result",
    ),
    path(
        "remand-applications/<int:pk>/disclosures/",
        remand.RemandShareApi.as_view(),
        name="remand-share",
    ),
]
