from django.urls import path

from performance.api import boards, indicators, national, notices, papers, records

urlpatterns = [
    path("boards/", boards.BoardListApi.as_view(), name="board-list"),
    path("boards/<slug:slug>/", boards.BoardDetailApi.as_view(), name="board-detail"),
    path("indicators/", indicators.IndicatorListApi.as_view(), name="indicator-list"),
    path(
        "indicators/<slug:slug>/series/",
        indicators.IndicatorSeriesApi.as_view(),
        name="indicator-series",
    ),
    path(
        "indicators/<slug:slug>/rows/", indicators.IndicatorRowsApi.as_view(), name="indicator-rows"
    ),
    path("national/", national.NationalPositionApi.as_view(), name="national"),
    path("papers/", papers.PaperListApi.as_view(), name="paper-list"),
    path("papers/<int:pk>/", papers.PaperDetailApi.as_view(), name="paper-detail"),
    path("papers/<int:pk>/findings/", papers.PaperFindingsApi.as_view(), name="paper-findings"),
    path(
        "papers/<int:pk>/restatements/",
        papers.PaperRestatementsApi.as_view(),
        name="paper-restatements",
    ),
    path("papers/<int:pk>/<slug:step>/", papers.PaperStepApi.as_view(), name="paper-step"),
    path("national/months/", national.NationalMonthsApi.as_view(), name="national-months"),
    path("subscriptions/", notices.SubscriptionListApi.as_view(), name="subscription-list"),
    path(
        "subscriptions/<int:pk>/",
        notices.SubscriptionDetailApi.as_view(),
        name="subscription-detail",
    ),
    path("verdict-notices/", notices.NoticeListApi.as_view(), name="notice-list"),
    path("verdict-notices/read/", notices.NoticesReadApi.as_view(), name="notices-read"),
    path("calls/", records.CallListApi.as_view(), name="call-list"),
    path("surveys/", records.SurveyResponseListApi.as_view(), name="survey-list"),
    path("victim-care/", records.VictimCareListApi.as_view(), name="victim-care-list"),
    path("reviews/", records.ReviewListApi.as_view(), name="review-list"),
    path("integrity-audits/", records.IntegrityAuditListApi.as_view(), name="audit-list"),
    path("units/", records.UnitListApi.as_view(), name="unit-list"),
]
