from django.db import models


class Rank(models.IntegerChoices):
    """Ranks of the police in England and Wales, lowest first, so that they compare.

    A rank says who may authorise in law; what a person may do in this system follows from roles.
    """

    STAFF = 0, "Police staff"
    CONSTABLE = 1, "Constable"
    SERGEANT = 2, "Sergeant"
    INSPECTOR = 3, "Inspector"
    CHIEF_INSPECTOR = 4, "Chief inspector"
    SUPERINTENDENT = 5, "Superintendent"
    CHIEF_SUPERINTENDENT = 6, "Chief superintendent"
    ASSISTANT_CHIEF_CONSTABLE = 7, "Assistant chief constable"
