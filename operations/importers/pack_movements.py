import polars as pl

from core.access.permissions import Permission
from core.imports.kinds import Column, Kind, Parent, Refers, register
from core.imports.types import Choice, Code, Day, Number, Reference, Text
from core.models import Unit
from operations.models import PackMovement, Partner, Property, StockPlace
from operations.models.pack import MovementKind
from operations.models.property import PackLevel

# What fills a stock goes before what leaves it, each by its day: a row is only refused where it
# could not stand in any order.
TURN = {"delivery": 0, "count": 1, "given": 2, "returned": 2}


def in_turn(rows: pl.DataFrame) -> pl.DataFrame:
    turn = pl.col("kind").replace_strict(TURN, default=3, return_dtype=pl.Int8)
    return rows.sort(turn, "moved_on", "kind", "movement_ref")


PACK_MOVEMENTS = register(
    Kind(
        slug="pack-movements",
        title="Pack movements",
        about="The ledger of crime prevention packs: deliveries in, packs given and come back, counts.",
        model=PackMovement,
        key=("movement_ref",),
        columns=(
            Column("movement_ref", Reference(), "The reference of the entry.", required=True),
            Column(
                "kind", Choice(tuple(MovementKind.values)),
                "Whether it is a delivery in, packs given, packs that came back, or a count.",
                required=True,
            ),
            Column("level", Choice(tuple(PackLevel.values)), "Which packs.", required=True),
            Column(
                "place", Code("Code of a stock place, such as `hq-store`", lower=True),
                "Where they are kept.", required=True,
            ),
            Column(
                "number", Number(-100_000, 100_000, whole=True),
                "How many moved. Of a count: how many more, or with a minus fewer, were found.",
                required=True,
            ),
            Column("moved_on", Day(), "The day they moved.", required=True),
            Column(
                "partner", Code("Code of a partner", lower=True),
                "Who was given them. Blank: they went to an address.",
            ),
            Column("address", Text(200), "Where they went: a place, never a name."),
            Column(
                "property_ref", Reference(), "The property they went to, where it is known.",
                field="home",
            ),
            Column(
                "district",
                Code("Code of a district, such as `fenland`", lower=True),
                "Where they went. Blank: counted for the force only.",
                refers=Refers(Unit, "district", on="moved_on", only={"kind": "district"}),
            ),
            Column("gift_ref", Reference(), "Of packs that came back: the entry that gave them."),
            Column("note", Text(300), "Of a count: why it differs from the entries."),
        ),
        parents=(
            Parent("place", StockPlace, "stock place"),
            Parent("partner", Partner, "partner"),
            Parent("property_ref", Property, "property"),
        ),
        list_url="operations:pack-movement-list",
        sent_by=Permission.PREVENTION_CHANGE,
        blames={
            "pack_movement_of_one_or_more": "number",
            "pack_count_has_a_reason": "note",
            "pack_given_to_one": "address",
            "pack_return_names_its_gift": "gift_ref",
        },
        in_order=in_turn,
    )
)  # fmt: skip
