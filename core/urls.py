from django.urls import path

from core.views import (
    audit,
    audit_questions,
    dip_samples,
    exports,
    imports,
    people,
    purpose,
    saved_views,
    tokens,
)
from core.views.home import home

app_name = "core"

urlpatterns = [
    path("", home, name="home"),
    path("people/", people.PersonList.as_view(), name="person-list"),
    path("people/new/", people.PersonCreate.as_view(), name="person-create"),
    path("people/<str:username>/", people.person_detail, name="person-detail"),
    path("people/<str:username>/change/", people.PersonChange.as_view(), name="person-change"),
    path("people/<str:username>/roles/", people.PersonRoles.as_view(), name="person-roles"),
    path("people/<str:username>/link/", people.person_link, name="person-link"),
    path("people/<str:username>/tokens/", tokens.MachineTokens.as_view(), name="person-tokens"),
    path("tokens/", tokens.TokenList.as_view(), name="token-list"),
    path("tokens/<int:pk>/revoke/", tokens.token_revoke, name="token-revoke"),
    path("saved/", saved_views.saved_view_list, name="saved-view-list"),
    path("saved/new/", saved_views.SavedViewCreate.as_view(), name="saved-view-create"),
    path("saved/<int:pk>/", saved_views.saved_view_open, name="saved-view-open"),
    path("saved/<int:pk>/delete/", saved_views.saved_view_delete, name="saved-view-delete"),
    path("imports/", imports.ImportList.as_view(), name="import-list"),
    path("imports/new/", imports.ImportNew.as_view(), name="import-new"),
    path("imports/<uuid:pk>/", imports.import_detail, name="import-detail"),
    path("imports/<uuid:pk>/confirm/", imports.import_confirm, name="import-confirm"),
    path("imports/<uuid:pk>/cancel/", imports.import_cancel, name="import-cancel"),
    path("imports/<uuid:pk>/rejects/", imports.import_rejects, name="import-rejects"),
    path("exports/", exports.ExportList.as_view(), name="export-list"),
    path("exports/new/", exports.export_create, name="export-create"),
    path("exports/<uuid:pk>/", exports.export_detail, name="export-detail"),
    path("exports/<uuid:pk>/download/", exports.export_download, name="export-download"),
    path("purpose/", purpose.PurposeView.as_view(), name="purpose"),
    path("purpose/end/", purpose.purpose_end, name="purpose-end"),
    path("audit/who/", audit_questions.Question.as_view(), name="audit-question"),
    path("audit/samples/", dip_samples.SampleList.as_view(), name="dip-sample-list"),
    path("audit/samples/new/", dip_samples.SampleNew.as_view(), name="dip-sample-new"),
    path("audit/samples/<int:pk>/", dip_samples.SampleDetail.as_view(), name="dip-sample-detail"),
    path("audit/samples/<int:pk>/<int:look>/", dip_samples.look_judge, name="dip-look-judge"),
    path("audit/mine/", audit_questions.OwnLooks.as_view(), name="audit-mine"),
    path("audit/", audit.AuditList.as_view(), name="audit-list"),
]
