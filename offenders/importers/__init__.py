from offenders.importers import arrests, crimes, nominals, offence_codes, outcomes, referrals

__all__ = ["arrests", "crimes", "nominals", "offence_codes", "outcomes", "referrals"]
