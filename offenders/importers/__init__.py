from offenders.importers import crimes, nominals, offence_codes, outcomes, referrals

__all__ = ["crimes", "nominals", "offence_codes", "outcomes", "referrals"]
