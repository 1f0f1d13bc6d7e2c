from django.urls import path

from operations.api import community, packs, prevention

urlpatterns = [
    path("packs/", packs.PackStandingApi.as_view(), name="pack-standing"),
    path("packs/movements/", packs.MovementListApi.as_view(), name="pack-movement-list"),
    path(
        "packs/movements/<path:ref>/return/",
        packs.MovementReturnApi.as_view(),
        name="pack-return",
    ),
    path(
        "packs/movements/<path:ref>/withdraw/",
        packs.MovementWithdrawApi.as_view(),
        name="pack-withdraw",
    ),
    path(
        "packs/movements/<path:ref>/",
        packs.MovementDetailApi.as_view(),
        name="pack-movement-detail",
    ),
    path("packs/partners/", packs.PartnerListApi.as_view(), name="partner-list"),
    path("packs/places/", packs.PlaceListApi.as_view(), name="stock-place-list"),
    path("properties/", prevention.PropertyListApi.as_view(), name="property-list"),
    path(
        "properties/<path:ref>/assessments/",
        prevention.PropertyAssessApi.as_view(),
        name="property-assess",
    ),
    path("properties/<path:ref>/", prevention.PropertyDetailApi.as_view(), name="property-detail"),
    path("assessments/", prevention.AssessmentListApi.as_view(), name="assessment-list"),
    path(
        "assessments/<int:ref>/",
        prevention.AssessmentDetailApi.as_view(),
        name="assessment-detail",
    ),
    path("assessments/<int:pk>/works/", prevention.QuoteApi.as_view(), name="works-quote"),
    path("works-orders/", prevention.WorksListApi.as_view(), name="works-list"),
    path(
        "works-orders/<int:pk>/<slug:step>/",
        prevention.WorksStepApi.as_view(),
        name="works-step",
    ),
    path("planning-applications/", prevention.PlanningListApi.as_view(), name="planning-list"),
    path(
        "planning-applications/<path:ref>/answer/",
        prevention.PlanningAnswerApi.as_view(),
        name="planning-answer",
    ),
    path(
        "planning-applications/<path:ref>/",
        prevention.PlanningDetailApi.as_view(),
        name="planning-detail",
    ),
    path("consultations/", community.ConsultationListApi.as_view(), name="consultation-list"),
    path(
        "consultations/<int:ref>/",
        community.ConsultationDetailApi.as_view(),
        name="consultation-detail",
    ),
    path("watch-schemes/", community.WatchListApi.as_view(), name="watch-list"),
    path("watch-schemes/<int:ref>/", community.WatchDetailApi.as_view(), name="watch-detail"),
    path("estate-works/", community.EstateListApi.as_view(), name="estate-list"),
    path("estate-works/<int:ref>/", community.EstateDetailApi.as_view(), name="estate-detail"),
    path("awareness/", community.AwarenessListApi.as_view(), name="awareness-list"),
    path("awareness/<int:ref>/", community.AwarenessDetailApi.as_view(), name="awareness-detail"),
]
