"""Take a linear program apart into parts that share nothing, solve each, and put the solutions together."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from math import fsum
from time import monotonic

import attrs
import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from civicvol.rostering.arrays import Bools, Floats, Indices
from civicvol.rostering.engines import Engine, OnProgress, Progress, Solution, Status
from civicvol.rostering.program import LinearProgram
from civicvol.rostering.rule import Tier

_TOLERANCE = 1e-9
_SMALL = 2_000
_ALLOWANCE = 10_000


@attrs.frozen(kw_only=True, eq=False)
class Part:
    """Some columns of a program, and the program that they are by themselves."""

    columns: Indices
    program: LinearProgram


@attrs.frozen(kw_only=True, eq=False)
class Split:
    """A program taken apart.

    Args:
        program: the whole.
        settled: the value of each column that needs no search; its lower bound for the others.
        parts: the others, in parts that share no row.
        contradiction: whether some bounds cross, or some row cannot hold, whatever is decided.
    """

    program: LinearProgram
    settled: Floats
    parts: tuple[Part, ...]
    contradiction: bool


def split(program: LinearProgram) -> Split:
    """Take a program apart into its independent parts; parts of few columns are kept together.

    Columns whose bounds meet are put into the right-hand sides first, and columns in no row are settled by their cost.
    """
    fixed = program.lower == program.upper
    base = program.rows @ np.where(fixed, program.lower, 0.0)
    row_lower, row_upper = program.row_lower - base, program.row_upper - base
    searched = program.rows
    if np.any(fixed):
        searched = searched.copy()
        searched.data[fixed[searched.indices]] = 0.0
        searched.eliminate_zeros()
    row_used = np.diff(searched.indptr) > 0
    column_used = np.bincount(searched.indices, minlength=len(fixed)) > 0
    settled = np.where(~column_used & (program.cost < 0), program.upper, program.lower)
    idle = ~row_used
    crossed = bool(np.any(program.lower > program.upper))
    contradiction = crossed or bool(np.any((row_lower[idle] > _TOLERANCE) | (row_upper[idle] < -_TOLERANCE)))
    parts = tuple(
        Part(
            columns=columns,
            program=attrs.evolve(program.part(columns, rows), row_lower=row_lower[rows], row_upper=row_upper[rows]),
        )
        for rows, columns in _components(searched, row_used, column_used)
    )
    return Split(program=program, settled=settled, parts=parts, contradiction=contradiction)


def solve_parts(
    whole: Split,
    *,
    engine: Engine,
    time_limit: float,
    seed: int,
    start: Floats | None = None,
    on_progress: OnProgress | None = None,
) -> Solution:
    """Solve every part, one after the other, and return the solution of the whole.

    A part for which nothing was found in its time keeps its lower bounds, and the whole is then UNKNOWN; its bound
    counts with what its costs alone say.

    Args:
        whole: the program, taken apart.
        engine: the engine.
        time_limit: seconds for all parts together.
        seed: for the engine.
        start: a guess to start from, one value a column of the whole.
        on_progress: called with a `Progress` now and then.
    """
    if whole.contradiction:
        return Solution(status=Status.INFEASIBLE)
    tally = _Tally(whole, on_progress)
    _solve_in_turn(tally, engine, time_limit, seed, start)
    return tally.merged()


class _Tally:
    """What has been found for each part so far."""

    def __init__(self, whole: Split, on_progress: OnProgress | None) -> None:
        self.whole = whole
        self.found: dict[int, Solution] = {}
        self._on_progress = on_progress
        self._began = monotonic()
        self._floors = [_cost_floor(part.program, part.program.cost) for part in whole.parts]
        self._settled = float(whole.program.cost @ self._settled_values()) + whole.program.offset

    def tell(self, number: int | None = None, progress: Progress | None = None) -> None:
        """Report where the whole stands; `progress` is of one part that is being solved."""
        if self._on_progress is None:
            return
        objectives = {place: solution.objective for place, solution in self.found.items()}
        bounds = dict(enumerate(self._floors)) | {place: self._bound(place) for place in self.found}
        if number is not None and progress is not None:
            objectives[number] = progress.objective
            bounds[number] = bounds[number] if progress.bound is None else progress.bound
        known = [value for value in objectives.values() if value is not None]
        complete = len(known) == len(self.whole.parts)
        self._on_progress(
            Progress(
                seconds=monotonic() - self._began,
                objective=self._settled + fsum(known) if complete else None,
                bound=self._settled + fsum(bounds.values()),
                parts=len(self.whole.parts),
                done=len(self.found),
            )
        )

    def merged(self) -> Solution:
        """Return the solution of the whole."""
        values = self._settled_values()
        statuses = {solution.status for solution in self.found.values()}
        if Status.INFEASIBLE in statuses:
            return Solution(status=Status.INFEASIBLE)
        for number, part in enumerate(self.whole.parts):
            found = self.found.get(number)
            values[part.columns] = part.program.lower if found is None or found.values is None else found.values
        missing = Status.UNKNOWN in statuses or len(self.found) < len(self.whole.parts)
        status = Status.UNKNOWN if missing else Status.FEASIBLE
        if statuses <= {Status.OPTIMAL} and not missing:
            status = Status.OPTIMAL
        return Solution(
            status=status,
            values=values,
            objective=None if missing else self.whole.program.objective(values),
            bound=self._settled + fsum(map(self._bound, range(len(self.whole.parts)))),
            interrupted=any(solution.interrupted for solution in self.found.values()),
            too_large=any(solution.too_large for solution in self.found.values()),
            tier_bounds=self._tier_bounds(),
        )

    def _tier_bounds(self) -> dict[Tier, float]:
        """Return what each tier costs at least, while those before it cost no more than they do here."""
        tiers = self.whole.program.tiers
        solutions = [self.found.get(place, Solution(status=Status.UNKNOWN)) for place in range(len(self.whole.parts))]
        floors = [
            {tier: _cost_floor(part.program, cost.cost) for tier, cost in part.program.tiers.items()}
            for part in self.whole.parts
        ]
        joint = joint_tier_bounds(tuple(tiers), [(each.status, each.tier_bounds) for each in solutions], floors)
        return {tier: cost.value(self._settled_values()) + joint[tier] for tier, cost in tiers.items()}

    def _bound(self, number: int) -> float:
        found = self.found.get(number)
        floor = self._floors[number]
        return floor if found is None or found.bound is None else max(floor, found.bound)

    def _settled_values(self) -> Floats:
        values = self.whole.settled.copy()
        for part in self.whole.parts:
            values[part.columns] = 0.0
        return values


def joint_tier_bounds(
    tiers: Sequence[Tier],
    found: Iterable[tuple[Status, Mapping[Tier, float]]],
    floors: Iterable[Mapping[Tier, float]],
) -> dict[Tier, float]:
    """Return what each tier costs at least in all parts together, while those before it cost no more than they do.

    A part's bound holds for what the earlier tiers cost in that part. Unless all parts have proven these, the same
    cost in all may lie elsewhere, and the later tiers are known by their costs alone.

    Args:
        tiers: the tiers, in order.
        found: for each part what is known of it, and the bounds of its tiers.
        floors: for each part what its tiers cost at least by their costs alone, for those it has.
    """
    parts = list(zip(found, floors, strict=True))
    unproven = [known for (status, known), _ in parts if status is not Status.OPTIMAL]
    firm = min((max((tiers.index(tier) for tier in known), default=0) for known in unproven), default=len(tiers))
    return {
        tier: fsum(
            max(known.get(tier, floor[tier]) if place <= firm else floor[tier], floor[tier])
            for (_, known), floor in parts
            if tier in floor
        )
        for place, tier in enumerate(tiers)
    }


def _solve_in_turn(tally: _Tally, engine: Engine, time_limit: float, seed: int, start: Floats | None) -> None:
    """Solve the parts, the smallest first; the time left is shared out by the number of columns.

    Each counts as somewhat larger than it is, so that none goes short beside a very large one.
    """
    until = monotonic() + time_limit
    parts = sorted(enumerate(tally.whole.parts), key=lambda each: len(each[1].columns))
    sizes = [len(part.columns) + _ALLOWANCE for _, part in parts]
    for place, (number, part) in enumerate(parts):
        share = sizes[place] / sum(sizes[place:])
        solution = engine.solve(
            part.program,
            time_limit=(until - monotonic()) * share,
            seed=seed,
            start=None if start is None else start[part.columns],
            on_progress=partial(tally.tell, number),
        )
        tally.found[number] = solution
        tally.tell()
        if solution.interrupted or solution.status is Status.INFEASIBLE:
            return


def _components(entries: csr_array, row_used: Bools, column_used: Bools) -> Iterator[tuple[Indices, Indices]]:
    """Yield the rows and columns of each part, of those that are used."""
    if not np.any(row_used):
        return
    height, width = entries.shape
    ends = np.append(entries.indptr, np.full(width, entries.nnz, dtype=entries.indptr.dtype))
    links = csr_array((np.ones(entries.nnz), entries.indices + height, ends), shape=(height + width,) * 2)
    _, label = connected_components(links, directed=False)
    of_row, of_column = label[:height], label[height:]
    sizes = np.bincount(of_column[column_used], minlength=len(label))
    part = (np.cumsum(sizes) - sizes) // _SMALL
    shares = (_shares(part[of], used) for of, used in ((of_row, row_used), (of_column, column_used)))
    yield from zip(*shares, strict=True)


def _shares(part: Indices, used: Bools) -> list[Indices]:
    """Return the indices that are used in each part, part by part."""
    indices = np.flatnonzero(used)
    indices = indices[np.argsort(part[indices], kind="stable")]
    return np.split(indices, np.flatnonzero(np.diff(part[indices])) + 1)


def _cost_floor(program: LinearProgram, cost: Floats) -> float:
    """Return what costs alone say: the objective with every column at its cheaper bound."""
    falling = cost < 0
    return fsum(cost[~falling] * program.lower[~falling]) + fsum(cost[falling] * program.upper[falling])
