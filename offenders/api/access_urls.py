"""Below one nominal: who may see the record."""

from django.urls import path

from offenders.api import restrictions

urlpatterns = [
    path("", restrictions.NominalAccessApi.as_view(), name="nominal-access"),
    path("lift/", restrictions.RestrictionLiftApi.as_view(), name="restriction-lift"),
    path("clearances/", restrictions.ClearanceListApi.as_view(), name="clearances"),
    path("clearances/<int:row>/", restrictions.ClearanceApi.as_view(), name="clearance"),
    path("exclusions/", restrictions.ExclusionListApi.as_view(), name="exclusions"),
    path("exclusions/<int:row>/", restrictions.ExclusionApi.as_view(), name="exclusion"),
]
