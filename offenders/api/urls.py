from django.urls import path

from offenders.api import crimes, records

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
    path("outcomes/", records.OutcomeListApi.as_view(), name="outcome-list"),
    path("referrals/", records.HubReferralListApi.as_view(), name="referral-list"),
    path("offence-codes/", records.OffenceCodeListApi.as_view(), name="offence-code-list"),
    path("outcome-codes/", records.OutcomeCodeListApi.as_view(), name="outcome-code-list"),
]
