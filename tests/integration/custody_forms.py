"""What the forms of the custody desk send."""


def moment(name, day="11", time="12:00", month="1", year="2023"):
    values = {"day": day, "month": month, "year": year, "time": time}
    return {f"{name}_{box}": value for box, value in values.items()}


def arrest_form(officer, **changes):
    return {
        **moment("arrested_at", time="06:40"),
        "place": "Invented Street",
        "offence": "Burglary in a dwelling",
        "crimes": "",
        "mode": "either",
        "arresting_officer": officer.user.pk,
        **changes,
    }
