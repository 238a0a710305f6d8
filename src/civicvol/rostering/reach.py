"""Who may serve where, told by kinds of people and of places."""

import attrs
import numpy as np
from numpy.typing import NDArray


@attrs.frozen(kw_only=True, eq=False)
class Reach:
    """Who may serve where: all people of one kind in the same places.

    Args:
        kind: int, one a volunteer: the number of their kind.
        place: int, one a shift: the number of its place.
        served: bool, kinds by places: whether people of that kind may serve there.
    """

    kind: NDArray[np.intp]
    place: NDArray[np.intp]
    served: NDArray[np.bool_]
