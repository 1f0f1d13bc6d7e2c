from django.urls import path

from offenders.views import (
    arrests,
    changes,
    cohorts,
    convictions,
    crimes,
    custody,
    disposals,
    nominals,
    parts,
    records,
    tag_stock,
    tags,
    work,
)

app_name = "offenders"

# A crime reference may hold slashes, so the longer addresses come first.
urlpatterns = [
    path("crimes/", crimes.CrimeList.as_view(), name="crime-list"),
    path("crimes/new/", changes.CrimeNew.as_view(), name="crime-new"),
    path("crimes/<path:ref>/edit/", changes.CrimeEdit.as_view(), name="crime-edit"),
    path("crimes/<path:ref>/cancel/", changes.CrimeCancel.as_view(), name="crime-cancel"),
    path("crimes/<path:ref>/outcomes/new/", changes.OutcomeNew.as_view(), name="outcome-new"),
    path(
        "crimes/<path:ref>/outcomes/<int:outcome>/withdraw/",
        changes.OutcomeWithdraw.as_view(),
        name="outcome-withdraw",
    ),
    path("crimes/<path:ref>/referral/", changes.ReferralNew.as_view(), name="referral-new"),
    path("crimes/<path:ref>/", crimes.CrimeDetail.as_view(), name="crime-detail"),
    path("records/outcomes/", records.OutcomeList.as_view(), name="outcome-list"),
    path("records/referrals/", records.HubReferralList.as_view(), name="referral-list"),
    path("nominals/", nominals.NominalList.as_view(), name="nominal-list"),
    path("nominals/new/", nominals.NominalNew.as_view(), name="nominal-new"),
    path("nominals/<int:pk>/", nominals.NominalDetail.as_view(), name="nominal-detail"),
    path("nominals/<int:pk>/edit/", nominals.NominalEdit.as_view(), name="nominal-edit"),
    path("nominals/<int:pk>/briefing/", nominals.Briefing.as_view(), name="nominal-briefing"),
    path("nominals/<int:pk>/priority/", nominals.PriorityNew.as_view(), name="priority-new"),
    path("nominals/<int:pk>/merge/", parts.MergeNew.as_view(), name="merge-new"),
    path(
        "nominals/<int:pk>/merges/<int:merge>/undo/", parts.MergeUndo.as_view(), name="merge-undo"
    ),
    path("nominals/<int:pk>/parts/<slug:part>/new/", parts.PartNew.as_view(), name="part-new"),
    path(
        "nominals/<int:pk>/parts/<slug:part>/<int:row>/edit/",
        parts.PartEdit.as_view(),
        name="part-edit",
    ),
    path(
        "nominals/<int:pk>/parts/<slug:part>/<int:row>/remove/",
        parts.PartRemove.as_view(),
        name="part-remove",
    ),
    path("custody/", custody.CustodyBoard.as_view(), name="custody-board"),
    path("custody/arrest/new/", arrests.ArrestNew.as_view(), name="arrest-new"),
    path("custody/arrest/<int:pk>/", arrests.ArrestDetail.as_view(), name="arrest-detail"),
    path("custody/arrest/<int:pk>/edit/", arrests.ArrestEdit.as_view(), name="arrest-edit"),
    path("custody/arrest/<int:pk>/detention/", arrests.DetentionNew.as_view(), name="custody-new"),
    path("custody/<int:pk>/", custody.CustodyDetail.as_view(), name="custody-detail"),
    path("custody/<int:pk>/edit/", custody.DetentionEdit.as_view(), name="custody-edit"),
    path("custody/<int:pk>/end/", custody.DetentionEnd.as_view(), name="custody-end"),
    path("custody/<int:pk>/log/<slug:kind>/", custody.EventNew.as_view(), name="custody-event-new"),
    path(
        "custody/<int:pk>/entries/<int:event>/withdraw/",
        custody.EventWithdraw.as_view(),
        name="custody-event-withdraw",
    ),
    path("cohorts/", cohorts.CohortList.as_view(), name="cohort-list"),
    path("cohorts/nominate/", cohorts.MemberNew.as_view(), name="member-new"),
    path("cohorts/without-officer/", cohorts.WithoutOfficer.as_view(), name="without-officer"),
    path("cohorts/members/<int:pk>/", cohorts.MemberDetail.as_view(), name="member-detail"),
    path("cohorts/members/<int:pk>/<slug:step>/", cohorts.MemberStep.as_view(), name="member-step"),
    path("cohorts/<slug:slug>/", cohorts.CohortDetail.as_view(), name="cohort-detail"),
    path("nominals/<int:pk>/handover/", cohorts.HandoverNew.as_view(), name="handover"),
    path("my-work/", work.MyWork.as_view(), name="my-work"),
    path("tags/", tag_stock.TagStock.as_view(), name="tag-stock"),
    path("tags/units/new/", tag_stock.UnitNew.as_view(), name="tag-unit-new"),
    path("tags/units/<int:pk>/edit/", tag_stock.UnitChange.as_view(), name="tag-unit-edit"),
    path("tags/groups/new/", tag_stock.GroupNew.as_view(), name="tag-group-new"),
    path("tags/groups/<int:pk>/add/", tag_stock.GroupAdd.as_view(), name="tag-group-add"),
    path(
        "tags/groups/<int:pk>/members/<int:member>/remove/",
        tag_stock.GroupRemove.as_view(),
        name="tag-group-remove",
    ),
    path("tags/<int:pk>/", tags.TagDetail.as_view(), name="tag-detail"),
    path("tags/<int:pk>/steps/<slug:step>/", tags.TagStepNew.as_view(), name="tag-step"),
    path("tags/<int:pk>/checks/new/", tags.CheckNew.as_view(), name="tag-check-new"),
    path("tags/<int:pk>/alerts/new/", tags.AlertNew.as_view(), name="tag-alert-new"),
    path(
        "tags/<int:pk>/alerts/<int:alert>/entries/new/",
        tags.AlertEntryNew.as_view(),
        name="tag-alert-entry",
    ),
    path(
        "tags/<int:pk>/alerts/<int:alert>/close/", tags.AlertClose.as_view(), name="tag-alert-close"
    ),
    path("tags/<int:pk>/conditions/new/", tags.ConditionNew.as_view(), name="tag-condition-new"),
    path(
        "tags/<int:pk>/conditions/<int:condition>/end/",
        tags.ConditionEnd.as_view(),
        name="tag-condition-end",
    ),
    path("nominals/<int:pk>/tags/new/", tags.TagOf.as_view(), name="tag-of"),
    path("nominals/<int:pk>/arrests/new/", arrests.ArrestOf.as_view(), name="arrest-of"),
    path(
        "nominals/<int:pk>/attendances/new/", arrests.AttendanceOf.as_view(), name="attendance-of"
    ),
    path("nominals/<int:pk>/disposals/", disposals.DisposalList.as_view(), name="disposal-list"),
    path("nominals/<int:pk>/disposals/new/", disposals.DisposalNew.as_view(), name="disposal-new"),
    path("disposals/<int:pk>/", disposals.DisposalDetail.as_view(), name="disposal-detail"),
    path("disposals/<int:pk>/accept/", disposals.DisposalAccept.as_view(), name="disposal-accept"),
    path(
        "disposals/<int:pk>/decline/", disposals.DisposalDecline.as_view(), name="disposal-decline"
    ),
    path(
        "disposals/<int:pk>/withdraw/",
        disposals.DisposalWithdraw.as_view(),
        name="disposal-withdraw",
    ),
    path(
        "disposals/<int:pk>/complete/",
        disposals.DisposalComplete.as_view(),
        name="disposal-complete",
    ),
    path("disposals/<int:pk>/breach/", disposals.DisposalBreach.as_view(), name="disposal-breach"),
    path(
        "disposals/<int:pk>/decision/", disposals.BreachDecision.as_view(), name="breach-decision"
    ),
    path(
        "disposals/<int:pk>/conditions/<int:condition>/met/",
        disposals.ConditionMet.as_view(),
        name="condition-met",
    ),
    path(
        "disposals/<int:pk>/conditions/<int:condition>/not-met/",
        disposals.ConditionNotMet.as_view(),
        name="condition-not-met",
    ),
    path(
        "disposals/<int:pk>/conditions/<int:condition>/vary/",
        disposals.ConditionVary.as_view(),
        name="condition-vary",
    ),
    path("convictions/", convictions.ConvictionList.as_view(), name="conviction-list"),
    path(
        "nominals/<int:pk>/convictions/new/",
        convictions.ConvictionNew.as_view(),
        name="conviction-new",
    ),
    path(
        "nominals/<int:pk>/convictions/<int:conviction>/edit/",
        convictions.ConvictionEdit.as_view(),
        name="conviction-edit",
    ),
    path(
        "nominals/<int:pk>/convictions/<int:conviction>/sentences/new/",
        convictions.SentenceNew.as_view(),
        name="sentence-new",
    ),
]
