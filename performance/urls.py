from django.urls import path

from performance.views import (
    boards,
    headlines,
    indicators,
    national,
    national_months,
    notices,
    operation_effect,
    paper_check,
    paper_release,
    paper_writing,
    papers,
    published,
    quality,
    records,
    rows,
    tag_effect,
    treated_homes,
    written,
)

app_name = "performance"

# A reference may hold slashes, so the longer addresses come first.
urlpatterns = [
    path("boards/", boards.board_list, name="board-list"),
    path("boards/<slug:slug>/", boards.board_detail, name="board-detail"),
    path("boards/<slug:slug>/download.<slug:form>", boards.board_download, name="board-download"),
    path("indicators/", indicators.indicator_list, name="indicator-list"),
    path("indicators/<slug:slug>/", indicators.indicator_detail, name="indicator-detail"),
    path("indicators/<slug:slug>/rows/", rows.RowsBehind.as_view(), name="rows"),
    path(
        "prevention/did-it-work/", treated_homes.TreatedHomesEffect.as_view(), name="treated-homes"
    ),
    path("nominals/<int:pk>/tag-effect/", tag_effect.PersonEffect.as_view(), name="tag-effect"),
    path("tags/groups/<int:pk>/", tag_effect.GroupEffect.as_view(), name="tag-group-effect"),
    path("headlines/", headlines.headlines, name="headlines"),
    path("notices/", notices.notices, name="notices"),
    path("notices/read/", notices.notices_read, name="notices-read"),
    path("notices/watch/", notices.watch, name="watch"),
    path("notices/watch/<int:pk>/end/", notices.unwatch, name="unwatch"),
    path("thematic/", headlines.thematic, name="thematic"),
    path("papers/", papers.paper_list, name="paper-list"),
    path("papers/new/", papers.PaperNew.as_view(), name="paper-new"),
    path("papers/check/", paper_check.PaperCheck.as_view(), name="paper-check"),
    path("papers/<int:pk>/", papers.paper_detail, name="paper-detail"),
    path("papers/<int:pk>/read/", papers.paper_read, name="paper-read"),
    path("papers/<int:pk>/edit/", papers.PaperEdit.as_view(), name="paper-edit"),
    path("papers/<int:pk>/seen/", papers.paper_accept, name="paper-accept"),
    path("papers/<int:pk>/review/", paper_release.paper_send, name="paper-send"),
    path("papers/<int:pk>/back/", paper_release.PaperBack.as_view(), name="paper-back"),
    path("papers/<int:pk>/release/", paper_release.paper_release_step, name="paper-release"),
    path("papers/<int:pk>/files/<slug:form>/", paper_release.paper_file, name="paper-file"),
    path(
        "papers/<int:pk>/restatements/",
        paper_release.paper_restatements,
        name="paper-restatements",
    ),
    path(
        "papers/<int:pk>/figures/<int:figure>/", paper_release.paper_lineage, name="paper-lineage"
    ),
    path("papers/<int:pk>/sections/new/", paper_writing.SectionNew.as_view(), name="section-new"),
    path("papers/<int:pk>/questions/new/", papers.QuestionNew.as_view(), name="question-new"),
    path(
        "papers/<int:pk>/questions/<int:question>/answer/",
        papers.QuestionAnswer.as_view(),
        name="question-answer",
    ),
    path("papers/sections/<int:pk>/", paper_writing.SectionEdit.as_view(), name="section-edit"),
    path(
        "papers/sections/<int:pk>/paragraphs/new/",
        paper_writing.ParagraphNew.as_view(),
        name="paragraph-new",
    ),
    path(
        "papers/sections/<int:pk>/blocks/new/", paper_writing.BlockNew.as_view(), name="block-new"
    ),
    path("papers/sections/<int:pk>/<slug:step>/", paper_writing.section_step, name="section-step"),
    path(
        "papers/paragraphs/<int:pk>/", paper_writing.ParagraphEdit.as_view(), name="paragraph-edit"
    ),
    path("papers/blocks/<int:pk>/<slug:step>/", paper_writing.block_step, name="block-step"),
    path(
        "operations/<slug:slug>/effect/",
        operation_effect.OperationEffectPage.as_view(),
        name="operation-effect",
    ),
    path("national/", national.national, name="national"),
    path("national/months/", national_months.national_months, name="national-months"),
    path("published/", published.published, name="published"),
    path("data-quality/", quality.data_quality, name="data-quality"),
    path("data-quality/recompute/", quality.recompute, name="recompute"),
    path("records/", records.record_kinds, name="record-kinds"),
    path("records/calls/", records.CallList.as_view(), name="call-list"),
    path("records/surveys/", records.SurveyResponseList.as_view(), name="survey-list"),
    path("records/victim-care/", records.VictimCareList.as_view(), name="victim-care-list"),
    path(
        "records/victim-care/<path:ref>/",
        records.VictimCareDetail.as_view(),
        name="victim-care-detail",
    ),
    path("records/reviews/", records.ReviewList.as_view(), name="review-list"),
    path("records/reviews/new/", written.ReviewNew.as_view(), name="review-new"),
    path("records/reviews/<path:ref>/edit/", written.ReviewEdit.as_view(), name="review-edit"),
    path("records/reviews/<path:ref>/", written.ReviewDetail.as_view(), name="review-detail"),
    path("records/integrity-audits/", records.IntegrityAuditList.as_view(), name="audit-list"),
    path("records/integrity-audits/new/", written.AuditNew.as_view(), name="audit-new"),
    path(
        "records/integrity-audits/<path:ref>/edit/", written.AuditEdit.as_view(), name="audit-edit"
    ),
    path(
        "records/integrity-audits/<path:ref>/", written.AuditDetail.as_view(), name="audit-detail"
    ),
]
