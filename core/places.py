"""Places by plain latitude and longitude (WGS 84): near enough within a force, and quick to find.

The index on a table of records is GiST over `Point(longitude, latitude)` and the time; a search asks
it for a box and measures what it finds.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import Any

from django.db.models import F, Func

EARTH = 6_371_000.0  # metres, the mean radius
METRES_A_DEGREE = 111_195.0  # of latitude


class Point(Func):
    """`point(longitude, latitude)`, x before y."""

    function = "point"
    arity = 2


def point_of(longitude: str = "longitude", latitude: str = "latitude") -> Any:
    return Point(F(longitude), F(latitude))


def metres_between(
    latitude: float, longitude: float, other_latitude: float, other_longitude: float
) -> float:
    """Along the surface (haversine)."""
    north = radians(other_latitude - latitude) / 2
    east = radians(other_longitude - longitude) / 2
    half = sin(north) ** 2 + cos(radians(latitude)) * cos(radians(other_latitude)) * sin(east) ** 2
    return 2 * EARTH * asin(min(1.0, sqrt(half)))


@dataclass(frozen=True)
class Box:
    """Half the height and the width, in degrees, of a box that holds the circle."""

    latitude: float
    longitude: float


def box_around(latitude: float, metres: float) -> Box:
    height = metres / METRES_A_DEGREE
    return Box(height, height / max(cos(radians(latitude)), 0.01))
