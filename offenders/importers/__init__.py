from offenders.importers import crimes, offence_codes, outcomes, referrals

__all__ = ["crimes", "offence_codes", "outcomes", "referrals"]
