"""The engine for rosters full of patterns: whole lines of each person, priced by decision diagrams, under HiGHS.

Runs of days, weekends and sums of minutes make a linear relaxation weak when each day is decided by itself. Here a
column is all that one person does. A master program puts one line for each person together so that what couples them,
mostly cover, is met best; the cheapest line at the master's prices is found in a decision diagram and added, until no
line would help (column generation after Dantzig and Wolfe, Operations Research 8, 1960). That gives a bound which is
often within one percent of the best roster. What no roster better than the best one known can have is then struck out,
exactly, by what the cheapest line through each decision would cost, and HiGHS solves the small program that is left.
"""

from time import monotonic

import attrs
import numpy as np

from civicvol.rostering.arrays import Floats, Indices
from civicvol.rostering.engines._block import Block, Decomposed, decompose
from civicvol.rostering.engines._diagram import Diagram, diagram_of
from civicvol.rostering.engines._master import Line, Master
from civicvol.rostering.engines._rest import completed
from civicvol.rostering.engines._step import raised, step_of
from civicvol.rostering.engines.engine import OnProgress, Solution, Status, Teller
from civicvol.rostering.engines.highs import Highs
from civicvol.rostering.program import LinearProgram

_TOLERANCE = 1e-6
_MOST_ROUNDS = 2_000
_STEADY = 0.5
_DIVE_ROUNDS = 15
_PATIENCE = 6.0
_FEWEST = 4
_SMALL = 600


@attrs.frozen
class ColumnGeneration:
    """Solves by whole lines of each owner; by HiGHS alone where the program cannot be taken apart like that."""

    name: str = "columns"

    def solve(
        self,
        program: LinearProgram,
        *,
        time_limit: float,
        seed: int,
        start: Floats | None = None,
        on_progress: OnProgress | None = None,
    ) -> Solution:
        """Return the best solution found within so many seconds."""
        until = monotonic() + time_limit
        try:
            search = _prepared(program, until, seed, Teller(on_progress))
        except KeyboardInterrupt:
            return Solution(status=Status.UNKNOWN, interrupted=True)
        if search is not None:
            return search.run(start)
        left = max(until - monotonic(), 0.0)
        return Highs().solve(program, time_limit=left, seed=seed, start=start, on_progress=on_progress)


def _prepared(program: LinearProgram, until: float, seed: int, tell: Teller) -> "_Search | None":
    """Return a search by whole lines, None where the program cannot be taken apart like that in time."""
    parts = decompose(program)
    diagrams = None if parts is None else _diagrams(parts, until)
    if parts is None or diagrams is None:
        return None
    return _Search(program, parts, diagrams, until, seed, tell)


def _diagrams(parts: Decomposed, until: float) -> list[Diagram] | None:
    """Return the diagram of each block; None where one is too large, contradicts itself, or time is up."""
    found = []
    for block in parts.blocks:
        diagram = None if monotonic() > until else diagram_of(block)
        if diagram is None:
            return None
        found.append(diagram)
    return found


class _Search:
    """The state of a search."""

    def __init__(
        self, program: LinearProgram, parts: Decomposed, diagrams: list[Diagram], until: float, seed: int, tell: Teller
    ) -> None:
        self._program = program
        self._blocks: tuple[Block, ...] = parts.blocks
        self._diagrams = diagrams
        self._until = until
        self._seed = seed
        self._tell = tell
        self._master = Master(program, parts, seed)
        self._bound = -np.inf
        self._least = -np.inf
        self._step = step_of(program)
        self._prices = np.zeros(len(parts.coupling))
        self._best: Floats | None = None
        self._interrupted = False

    def run(self, start: Floats | None) -> Solution:
        """Return the best solution that is found in time."""
        try:
            if start is not None:
                self._take(start)
            self._generate(self._until)
            self._dive()
            if not self._proven():
                self._mix(np.arange(len(self._master.lines)), min(self._left() / 4, _PATIENCE))
            self._finish()
        except KeyboardInterrupt:
            self._interrupted = True
        return self._solution()

    @property
    def _objective(self) -> float:
        return np.inf if self._best is None else self._program.objective(self._best)

    def _proven(self) -> bool:
        objective = self._objective
        return np.isfinite(objective) and objective - self._bound <= _TOLERANCE * max(1.0, abs(objective))

    def _raise(self, bound: float) -> None:
        """Take a bound as known."""
        bound = raised(bound, self._step, self._program.offset)
        if bound > self._bound:
            self._bound = bound
            self._tell(None, bound)

    def _left(self) -> float:
        return max(self._until - monotonic(), 0.0)

    def _take(self, decisions: Floats) -> None:
        """Keep a solution with some decisions where it is the best so far; its lines may be mixed from now on."""
        values = completed(self._program, decisions, "columns")
        if values is None:
            return
        for owner, block in enumerate(self._blocks):
            taken = block.columns[values[block.columns] > 0.5]
            self._master.add(Line(owner, taken, self._cost(owner, taken)))
        if self._program.objective(values) < self._objective - _TOLERANCE:
            self._best = values
            self._tell(self._program.objective(values), None)

    def _cost(self, owner: int, taken: Indices) -> float:
        """Return what a line costs by itself: the cheapest path that takes just these decisions."""
        block = self._blocks[owner]
        prices = np.where(np.isin(block.columns, taken), -1e9, 1e9)
        best, found = self._diagrams[owner].cheapest(prices)
        return best - float(prices[found].sum()) + float(self._program.cost[block.columns[found]].sum())

    def _generate(self, until: float, owners: range | list[int] | None = None, rounds: int = _MOST_ROUNDS) -> None:
        """Add lines until none would help, or until a time."""
        numbers = range(len(self._blocks)) if owners is None else owners
        steady = _STEADY if owners is None else 0.0
        for _ in range(rounds):
            relaxed = self._master.relaxed()
            prices = steady * self._prices + (1 - steady) * relaxed.prices
            added, least = False, 0.0
            costs = self._master.priced(prices)
            for owner in numbers:
                columns = self._blocks[owner].columns
                best, taken = self._diagrams[owner].cheapest(costs[columns])
                least += best
                own = best - float(costs[columns[taken]].sum())
                line = Line(owner, columns[taken], own + float(self._program.cost[columns[taken]].sum()))
                added |= self._master.add(line)
            if owners is None:
                bound = least + self._worth(prices) + self._program.offset
                if bound > self._least:
                    self._least, self._prices = bound, prices
                    self._raise(bound)
                if relaxed.objective - self._least <= _TOLERANCE * max(1.0, abs(relaxed.objective)):
                    return
            if not added:
                if not steady:
                    return
                steady = 0.0
            if monotonic() > until:
                return

    def _worth(self, prices: Floats) -> float:
        """Return what the coupling rows' limits and the free columns come to at least, at some prices."""
        master = self._master
        limits = np.where(prices > 0, master.lower, master.upper)
        if np.any((prices != 0) & ~np.isfinite(limits)):
            return -np.inf
        cost = self._program.cost[master.free] - master.free_rows.T @ prices
        cost = np.where(np.abs(cost) <= 1e-9 * (1.0 + np.abs(self._program.cost[master.free])), 0.0, cost)
        ends = np.where(cost > 0, self._program.lower[master.free], self._program.upper[master.free])
        if np.any((cost != 0) & ~np.isfinite(ends)):
            return -np.inf
        used = prices != 0
        return float(prices[used] @ limits[used]) + float(cost[cost != 0] @ ends[cost != 0])

    def _dive(self) -> None:
        """Settle one line after the other, those first that are taken most, and price again after each."""
        held: dict[int, int] = {}
        while len(held) < len(self._blocks) and self._left() > 0 and not self._proven():
            shares = self._master.relaxed().shares
            open_lines = [n for n, line in enumerate(self._master.lines) if line.owner not in held]
            order = sorted(open_lines, key=lambda n: -shares[n])
            sure = [n for n in order if shares[n] > 1 - _TOLERANCE] or order[:1]
            for number in sure:
                held[self._master.lines[number].owner] = number
            self._master.hold(np.array(list(held.values()), dtype=np.intp))
            rest = [owner for owner in range(len(self._blocks)) if owner not in held]
            if rest:
                self._generate(self._until, rest, rounds=_DIVE_ROUNDS)
        if len(held) == len(self._blocks):
            self._take(self._decisions(list(held.values())))
        self._master.hold(np.zeros(0, dtype=np.intp))

    def _decisions(self, lines: list[int]) -> Floats:
        values = np.zeros(len(self._program.cost))
        for number in lines:
            values[self._master.lines[number].columns] = 1.0
        return values

    def _mix(self, lines: Indices, seconds: float) -> bool:
        """Look for the best solution of some lines; return whether it was found."""
        if not seconds:
            return False
        found = Highs().solve(self._master.whole(lines), time_limit=seconds, seed=self._seed)
        self._interrupted |= found.interrupted
        if found.values is not None:
            self._take(self._decisions(lines[found.values[len(self._master.free) :] > 0.5].tolist()))
        return found.status in {Status.OPTIMAL, Status.INFEASIBLE}

    def _finish(self) -> None:
        """Search among what a better solution can have: among all of it where that is little, else of a few owners."""
        people, choose = min(_FEWEST, len(self._blocks)), np.random.default_rng(self._seed)
        while not self._interrupted and not self._proven() and self._left():
            hopeful = self._without_the_hopeless()
            small = np.count_nonzero(hopeful.integer & (hopeful.upper > 0)) <= _SMALL
            if self._best is None or small or people == len(self._blocks):
                self._search_whole(hopeful)
                return
            began = monotonic()
            settled = self._improve(self._best, choose.choice(len(self._blocks), people, replace=False).tolist())
            quick = settled and monotonic() - began < _PATIENCE / 4
            people = min(max(people + (1 if quick else -1), _FEWEST), len(self._blocks))

    def _improve(self, best: Floats, owners: list[int]) -> bool:
        """Give some owners other lines while all others keep theirs; return whether the best ones were found."""
        master = self._master
        kept = [
            master.number(Line(owner, block.columns[best[block.columns] > 0.5], 0.0))
            for owner, block in enumerate(self._blocks)
            if owner not in owners
        ]
        master.hold(np.array(kept, dtype=np.intp))
        until = min(self._until, monotonic() + _PATIENCE)
        self._generate(until, owners, rounds=_MOST_ROUNDS)
        relaxed = master.relaxed()
        master.hold(np.zeros(0, dtype=np.intp))
        gain = self._objective - max(self._step, _TOLERANCE) - relaxed.objective
        if gain < -_TOLERANCE * max(1.0, abs(self._objective)):
            return monotonic() < until
        theirs = np.isin([line.owner for line in master.lines], owners)
        lines = np.flatnonzero(theirs & (relaxed.excess <= gain + _TOLERANCE))
        return self._mix(np.concatenate([np.array(kept, dtype=np.intp), lines]), min(self._left(), _PATIENCE))

    def _search_whole(self, hopeful: LinearProgram) -> None:
        """Search all of what a better solution can have; what is found out about its bound counts for all."""
        before = self._objective
        found = Highs().solve(hopeful, time_limit=self._left(), seed=self._seed, start=self._best)
        self._interrupted |= found.interrupted
        if found.values is not None:
            self._take(found.values)
        if found.status is Status.INFEASIBLE:
            self._raise(before)
        elif found.status is Status.OPTIMAL and found.objective is not None:
            self._bound = max(self._bound, min(found.objective, self._objective))
        elif found.bound is not None:
            self._raise(min(found.bound, before))

    def _without_the_hopeless(self) -> LinearProgram:
        """Return the program without the decisions that no better solution can take."""
        costs = self._master.priced(self._prices)
        upper = self._program.upper.copy()
        for block, diagram in zip(self._blocks, self._diagrams, strict=True):
            prices = costs[block.columns]
            best, _ = diagram.cheapest(prices)
            least = self._least - best + diagram.through(prices)
            better = self._objective - max(self._step, 2 * _TOLERANCE * max(1.0, abs(self._objective)))
            hopeless = least > better + _TOLERANCE * max(1.0, abs(self._objective))
            if self._best is not None:
                hopeless &= self._best[block.columns] < 0.5
            upper[block.columns[hopeless]] = 0.0
        return attrs.evolve(self._program, upper=upper)

    def _solution(self) -> Solution:
        if self._best is None and self._bound == np.inf:
            return Solution(status=Status.INFEASIBLE)
        bound = self._bound if np.isfinite(self._bound) else None
        if self._best is None:
            return Solution(status=Status.UNKNOWN, bound=bound, interrupted=self._interrupted)
        objective = self._objective
        proven = self._proven()
        return Solution(
            status=Status.OPTIMAL if proven else Status.FEASIBLE,
            values=self._best,
            objective=objective,
            bound=objective if proven else None if bound is None else min(bound, objective),
            interrupted=self._interrupted,
        )
