"""Below one nominal: who may see the record."""

from django.urls import path

from offenders.views import restrictions

urlpatterns = [
    path("", restrictions.NominalAccess.as_view(), name="nominal-access"),
    path("restrict/", restrictions.Restrict.as_view(), name="nominal-restrict"),
    path("lift/", restrictions.Lift.as_view(), name="nominal-lift"),
    path("clear/", restrictions.Clear.as_view(), name="nominal-clear"),
    path("clear/<int:row>/end/", restrictions.ClearanceEnd.as_view(), name="clearance-end"),
    path("exclude/", restrictions.Exclude.as_view(), name="nominal-exclude"),
    path("exclude/<int:row>/end/", restrictions.ExclusionEnd.as_view(), name="exclusion-end"),
]
