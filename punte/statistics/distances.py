"""Great-circle distances between many points at once."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from punte.territory.distance import EARTH_KM

Point = tuple[float, float]


def kilometres(here: Sequence[Point], there: Sequence[Point]) -> NDArray[np.float64]:
    """The distance in km from each point of `here` (rows) to each of `there` (columns); haversine, mean Earth radius.

    Args:
        here, there: latitude and longitude in degrees.
    """
    one = np.radians(np.asarray(here, dtype=float).reshape(-1, 2))[:, None, :]
    other = np.radians(np.asarray(there, dtype=float).reshape(-1, 2))[None, :, :]
    half = (other - one) / 2
    chord = (
        np.sin(half[..., 0]) ** 2 + np.cos(one[..., 0]) * np.cos(other[..., 0]) * np.sin(half[..., 1]) ** 2
    )
    distances: NDArray[np.float64] = 2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(chord, 1.0)))
    return distances
