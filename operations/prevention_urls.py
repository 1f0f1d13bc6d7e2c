"""Addresses of prevention: everything below /prevention/."""

from django.urls import path

from operations.views import community, packs, planning, properties

START = "prevention/"

urlpatterns = [
    path(START, packs.Packs.as_view(), name="packs"),
    path(f"{START}packs/", packs.MovementList.as_view(), name="pack-movement-list"),
    path(f"{START}packs/give/", packs.Give.as_view(), name="pack-give"),
    path(f"{START}packs/receive/", packs.Receive.as_view(), name="pack-receive"),
    path(f"{START}packs/count/", packs.Count.as_view(), name="pack-count"),
    path(f"{START}packs/targets/new/", packs.TargetNew.as_view(), name="pack-target-new"),
    path(f"{START}packs/targets/<int:ref>/", packs.TargetEdit.as_view(), name="pack-target-edit"),
    path(f"{START}packs/places/new/", packs.PlaceNew.as_view(), name="stock-place-new"),
    path(f"{START}packs/entries/<path:ref>/return/", packs.Return.as_view(), name="pack-return"),
    path(
        f"{START}packs/entries/<path:ref>/withdraw/",
        packs.Withdraw.as_view(),
        name="pack-withdraw",
    ),
    path(
        f"{START}packs/entries/<path:ref>/",
        packs.MovementDetail.as_view(),
        name="pack-movement-detail",
    ),
    path(f"{START}partners/", packs.PartnerList.as_view(), name="partner-list"),
    path(f"{START}partners/new/", packs.PartnerNew.as_view(), name="partner-new"),
    path(f"{START}partners/<slug:ref>/", packs.PartnerDetail.as_view(), name="partner-detail"),
    path(f"{START}partners/<slug:ref>/edit/", packs.PartnerEdit.as_view(), name="partner-edit"),
    path(f"{START}properties/", properties.PropertyList.as_view(), name="property-list"),
    path(f"{START}properties/new/", properties.PropertyNew.as_view(), name="property-new"),
    path(
        f"{START}properties/assessments/",
        properties.AssessmentList.as_view(),
        name="assessment-list",
    ),
    path(
        f"{START}properties/assessments/<int:ref>/edit/",
        properties.AssessmentEdit.as_view(),
        name="assessment-edit",
    ),
    path(
        f"{START}properties/assessments/<int:ref>/quote/",
        properties.QuoteNew.as_view(),
        name="works-new",
    ),
    path(
        f"{START}properties/<path:ref>/assess/",
        properties.AssessmentNew.as_view(),
        name="assessment-new",
    ),
    path(
        f"{START}properties/<path:ref>/edit/",
        properties.PropertyEdit.as_view(),
        name="property-edit",
    ),
    path(
        f"{START}properties/<path:ref>/",
        properties.PropertyDetail.as_view(),
        name="property-detail",
    ),
    path(f"{START}works/", properties.WorksList.as_view(), name="works-list"),
    path(f"{START}works/<int:ref>/", properties.WorksDetail.as_view(), name="works-detail"),
    path(f"{START}works/<int:ref>/order/", properties.WorksOrdered.as_view(), name="works-order"),
    path(f"{START}works/<int:ref>/done/", properties.WorksDone.as_view(), name="works-done"),
    path(
        f"{START}works/<int:ref>/cancel/",
        properties.WorksCancelled.as_view(),
        name="works-cancel",
    ),
    path(f"{START}planning/", planning.PlanningList.as_view(), name="planning-list"),
    path(f"{START}planning/new/", planning.PlanningNew.as_view(), name="planning-new"),
    path(
        f"{START}planning/<path:ref>/answer/",
        planning.PlanningAnswer.as_view(),
        name="planning-answer",
    ),
    path(
        f"{START}planning/<path:ref>/edit/", planning.PlanningEdit.as_view(), name="planning-edit"
    ),
    path(f"{START}planning/<path:ref>/", planning.PlanningDetail.as_view(), name="planning-detail"),
    path(f"{START}community/", community.Community.as_view(), name="community"),
    *community.addresses(f"{START}community/"),
]
