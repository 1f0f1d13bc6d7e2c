"""Which region each police force area of England and Wales lies in, by GSS code (ONS geography)."""

REGIONS = {
    "North East": ("E23000007", "E23000008", "E23000013"),
    "North West": ("E23000002", "E23000003", "E23000004", "E23000005", "E23000006"),
    "Yorkshire and The Humber": ("E23000009", "E23000010", "E23000011", "E23000012"),
    "East Midlands": ("E23000018", "E23000019", "E23000020", "E23000021", "E23000022"),
    "West Midlands": ("E23000014", "E23000015", "E23000016", "E23000017"),
    "East": ("E23000023", "E23000024", "E23000025", "E23000026", "E23000027", "E23000028"),
    "London": ("E23000001", "E23000034"),
    "South East": ("E23000029", "E23000030", "E23000031", "E23000032", "E23000033"),
    "South West": ("E23000035", "E23000036", "E23000037", "E23000038", "E23000039"),
    "Wales": ("W15000001", "W15000002", "W15000003", "W15000004"),
}


def region_of(gss_code: str) -> str:
    """The region's name; blank where the area is not known."""
    return next((region for region, areas in REGIONS.items() if gss_code in areas), "")
