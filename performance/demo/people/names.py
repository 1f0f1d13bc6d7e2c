"""Names, streets and marks that look invented and are nobody's."""

from itertools import product

HEADS = (
    "Ash", "Brack", "Cold", "Dun", "Elder", "Fal", "Gors", "Hex", "Inger", "Kelm",
)  # fmt: skip
TAILS = ("wick", "thorpe", "mere", "holt", "stow", "combe", "ness", "garth")
FORENAMES = (
    "Alder", "Bryony", "Corin", "Damson", "Ember", "Fennel", "Garnet", "Heath", "Isolde", "Juniper",
    "Kestrel", "Linden", "Merle", "Nettle", "Oakley", "Peregrine", "Quill", "Rowan", "Sorrel", "Tansy",
)  # fmt: skip
NICKNAMES = ("Brick", "Dusty", "Lanky", "Magpie", "Nine Fingers", "Sparks", "Tadpole", "Wheels")
STREETS = (
    "Bramble Row",
    "Clover Yard",
    "Foxglove End",
    "Mallow Close",
    "Teasel Way",
    "Yarrow Court",
)
TOWNS = {"north": ("Peterborough", "Wisbech"), "south": ("Cambridge", "Huntingdon")}
DISTRICT_OF = {
    "Peterborough": "peterborough",
    "Wisbech": "fenland",
    "Cambridge": "cambridge",
    "Huntingdon": "huntingdonshire",
}
STATIONS = {"north": "Thorpe Wood", "south": "Parkside"}
VEHICLES = ("grey van", "black hatchback", "white pick-up", "silver estate", "blue motorcycle")

# Each pair once; 3 shares no factor with 80, so neighbours in the list do not share a head.
_PAIRS = [head + tail for tail, head in product(TAILS, HEADS)]


def surname(place: int) -> str:
    """Another one for each of the first 80 places."""
    return _PAIRS[place * 3 % len(_PAIRS)]


def forenames(place: int) -> str:
    return f"{FORENAMES[place * 7 % 20]} {FORENAMES[(place * 3 + 11) % 20]}"


def registration(place: int) -> str:
    """Q is never the first letter of a mark of this shape."""
    return f"QX{12 + place % 9}{'ABCDEFGH'[place % 8]}{'JKLMN'[place % 5]}{'RSTUVWX'[place % 7]}"
