"""An engine on top of another: tiers in turn, each made as cheap as can be and kept so while the next is improved."""

from time import monotonic

import attrs
import numpy as np
from scipy.sparse import csr_array, vstack

from civicvol.rostering.arrays import Floats
from civicvol.rostering.engines.engine import Engine, OnProgress, Progress, Solution, Status
from civicvol.rostering.program import LinearProgram, TierCost
from civicvol.rostering.rule import Tier

_TOLERANCE = 1e-6


@attrs.frozen
class Tiered:
    """Finds the solution that is best in the first tier, of those the best in the second, and so on.

    What it finds has no bound on the whole objective: a solution that is worse in the first tier may cost less in all.
    It has one for each tier, `tier_bounds`.

    Args:
        engine: what solves each tier.
    """

    engine: Engine

    @property
    def name(self) -> str:
        """The name of what solves each tier."""
        return self.engine.name

    def solve(
        self,
        program: LinearProgram,
        *,
        time_limit: float,
        seed: int,
        start: Floats | None = None,
        on_progress: OnProgress | None = None,
    ) -> Solution:
        """Return the best solution found within so many seconds; each tier has an equal share of what is left."""
        began = monotonic()
        nothing = TierCost(cost=np.zeros(len(program.cost)))
        tiers = {tier: program.tiers[tier] for tier in Tier if tier in program.tiers} or {Tier.COVER: nothing}
        kept, values, status, interrupted = program, None, Status.OPTIMAL, False
        bounds = {}
        for number, (tier, part) in enumerate(tiers.items()):
            left = time_limit - (monotonic() - began)
            found = self.engine.solve(
                attrs.evolve(kept, cost=part.cost, offset=part.offset, tiers={}),
                time_limit=left / (len(tiers) - number),
                seed=seed,
                start=start,
            )
            interrupted |= found.interrupted
            if found.bound is not None and status is Status.OPTIMAL:
                bounds[tier] = found.bound
            if found.status is not Status.OPTIMAL:
                status = found.status if values is None and found.values is None else Status.FEASIBLE
            if found.values is not None:
                values = start = found.values
                if on_progress is not None:
                    on_progress(Progress(seconds=monotonic() - began, objective=program.objective(values)))
            if values is None or interrupted:
                break
            kept = _kept(kept, part, values)
        return Solution(
            status=Status.FEASIBLE if interrupted and values is not None else status,
            values=values,
            objective=None if values is None else program.objective(values),
            interrupted=interrupted,
            tier_bounds=bounds,
        )


def _kept(program: LinearProgram, part: TierCost, values: Floats) -> LinearProgram:
    """Return a program in which a tier may cost no more than it does."""
    scale = float(np.max(np.abs(part.cost), initial=0.0)) or 1.0
    row = part.cost / scale
    limit = float(row @ values)
    return attrs.evolve(
        program,
        rows=csr_array(vstack([program.rows, csr_array(row[np.newaxis])])),
        row_lower=np.append(program.row_lower, -np.inf),
        row_upper=np.append(program.row_upper, limit + _TOLERANCE * max(1.0, abs(limit))),
        lazy=np.append(program.lazy, np.False_),
    )
