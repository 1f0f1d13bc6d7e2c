from django.urls import path

from offenders.views import changes, codes, crimes, records

app_name = "offenders"

# A crime reference may hold slashes, so the longer addresses come first.
urlpatterns = [
    path("codes/", codes.codes, name="codes"),
    path("crimes/", crimes.CrimeList.as_view(), name="crime-list"),
    path("crimes/new/", changes.CrimeNew.as_view(), name="crime-new"),
    path("crimes/<path:ref>/edit/", changes.CrimeEdit.as_view(), name="crime-edit"),
    path("crimes/<path:ref>/cancel/", changes.CrimeCancel.as_view(), name="crime-cancel"),
    path("crimes/<path:ref>/reinstate/", changes.CrimeReinstate.as_view(), name="crime-reinstate"),
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
]
