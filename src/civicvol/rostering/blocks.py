"""The blocks of a problem: sets of places that most people keep to, with few who serve in several."""

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from civicvol.rostering.arrays import Indices
from civicvol.rostering.problem import RosterProblem

_MOST_KINDS = 4_000


def blocks_of(problem: RosterProblem) -> Indices:
    """Return the number of each shift's block, all alike where there are no blocks.

    Places are in one block where people serve them together who serve no fewer places than others do: whoever serves
    all that some others serve, and more, ties nothing. So a district whose people keep to their areas has its areas
    for blocks, even if some help next door.
    """
    reach = problem.reach
    if reach is None:
        return np.zeros(len(problem.shifts), dtype=np.intp)
    served = np.unique(reach.served, axis=0)
    served = served[np.any(served, axis=1)]
    if not len(served) or len(served) > _MOST_KINDS:
        return np.zeros(len(problem.shifts), dtype=np.intp)
    numbers = served.astype(np.float64)
    common, sizes = numbers @ numbers.T, np.count_nonzero(served, axis=1)
    wider = (common == sizes) & (sizes[:, None] > sizes)
    kind, place = np.nonzero(served[~np.any(wider, axis=1)])
    kinds, places = len(served), served.shape[1]
    graph = coo_array((np.ones(len(kind)), (kind, place + kinds)), shape=(kinds + places,) * 2)
    _, component = connected_components(graph, directed=False)
    _, block = np.unique(component[kinds:], return_inverse=True)
    found: Indices = block[reach.place].astype(np.intp)
    return found
