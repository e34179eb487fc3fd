"""How far two places are from each other."""

import math

EARTH_KM = 6371.0088


def kilometres(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """The great-circle distance between two points given in degrees, in km (haversine, mean Earth radius)."""
    north, south = math.radians(latitude), math.radians(other_latitude)
    half_across = math.radians(other_longitude - longitude) / 2
    chord = (
        math.sin((south - north) / 2) ** 2 + math.cos(north) * math.cos(south) * math.sin(half_across) ** 2
    )
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(chord)))
