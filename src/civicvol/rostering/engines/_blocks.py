"""A large program whose blocks share few people: the basis of its relaxation, put together from those of the blocks."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from os import cpu_count
from threading import Event

import attrs
import numpy as np
from scipy.sparse import csc_array

from civicvol.rostering.arrays import Bools, Floats, Indices, distinct, groups
from civicvol.rostering.engines._relaxation import ABSENT, Basis, Relaxation
from civicvol.rostering.engines.engine import Solution
from civicvol.rostering.program import LinearProgram

_MOST_SHARED = 1 / 3

Relax = Callable[[LinearProgram, Event], Relaxation]
"""Makes the relaxation of a program that stops when the event is set."""


@attrs.frozen(kw_only=True, eq=False)
class _Block:
    columns: Indices
    rows: Indices
    program: LinearProgram
    relaxation: Relaxation


def basis_of_blocks(program: LinearProgram, relax: Relax) -> Basis | None:
    """Return a basis near that of the whole relaxation, None where the program has no blocks that share few people.

    First each block is solved with all who may serve in it. Whoever may serve in several is then left to the one in
    which their work is worth most at the prices of the places, and closed in the others. Of that the bases fit
    together.
    """
    shared = _shared(program)
    if shared is None:
        return None
    sole = _sole_owner(program)
    halt = Event()
    numbers = distinct(program.block[program.block >= 0]).tolist()
    by_column = program.rows.tocsc()
    blocks = [_cut(program, by_column, number, relax, halt) for number in numbers]
    with ThreadPoolExecutor(cpu_count()) as pool:
        try:
            solved = _all_known(pool.map(lambda block: block.relaxation.solve(), blocks))
            if solved is None:
                return None
            home = _homes(blocks, solved, sole, len(shared))
            away = [_away(block, number, shared, home) for number, block in enumerate(blocks)]
            for block, columns in zip(blocks, away, strict=True):
                block.relaxation.close(np.flatnonzero(columns))
            solved = _all_known(pool.map(lambda block: block.relaxation.solve(), blocks))
        except KeyboardInterrupt:
            halt.set()
            raise
    if solved is None:
        return None
    of_columns, of_rows = np.full(len(program.cost), ABSENT), np.full(len(program.row_upper), ABSENT)
    for number, (block, columns) in enumerate(zip(blocks, away, strict=True)):
        own = sole[block.rows]
        here = (own < 0) | ~shared[own] | (home[own] == number)
        entries = block.program.rows.tocoo()
        kept = np.ones(len(block.columns), dtype=bool)
        kept[entries.col[~here[entries.row]]] = False
        kept = (kept | block.program.integer) & ~columns
        basis = block.relaxation.basis()
        of_columns[block.columns[kept]] = basis.columns[kept]
        of_rows[block.rows[here]] = basis.rows[here]
    return Basis(columns=of_columns, rows=of_rows)


def _shared(program: LinearProgram) -> Bools | None:
    """Return which owners have decisions in several blocks; None where there is one block, or where most have."""
    if not len(program.block):
        return None
    decisions = np.flatnonzero(program.block >= 0)
    _, first = groups(program.owner[decisions], program.block[decisions])
    count = np.bincount(program.owner[decisions[first]], minlength=int(program.owner.max()) + 1)
    shared: Bools = count > 1
    several = len(distinct(program.block[decisions])) > 1
    return shared if several and np.count_nonzero(shared) <= _MOST_SHARED * np.count_nonzero(count) else None


def _away(block: _Block, number: int, shared: Bools, home: Indices) -> Bools:
    """Return which columns of a block are decisions of those who are at home in another."""
    owner = block.program.owner
    away: Bools = block.program.integer & shared[owner] & (home[owner] != number)
    return away


def _all_known(solved: Iterable[Solution]) -> list[Floats] | None:
    """Return the values of the solutions, None if one was not found."""
    every = [each.values for each in solved]
    known = [values for values in every if values is not None]
    return known if len(known) == len(every) else None


def _homes(blocks: list[_Block], solved: list[Floats], sole: Indices, owners: int) -> Indices:
    """Return the number of the block in which each owner's work is worth most.

    It is worth what its places pay for it, less what it costs by itself.
    """
    worth = np.full((len(blocks), owners), -np.inf)
    for of_block, block, values in zip(worth, blocks, solved, strict=True):
        program = block.program
        prices = np.where(sole[block.rows] < 0, block.relaxation.prices, 0.0)
        gain = (program.rows.T @ prices - program.cost) * values
        of_block[program.owner[program.integer]] = 0.0
        np.add.at(of_block, program.owner[program.integer], gain[program.integer])
    best: Indices = np.argmax(worth, axis=0)
    return best


def _sole_owner(program: LinearProgram) -> Indices:
    """Return whose decisions alone each row holds, -1 where it holds those of several, or none."""
    entries = program.rows.tocoo()
    decided = program.integer[entries.col]
    row, owner = entries.row[decided], program.owner[entries.col[decided]]
    found = np.full(len(program.row_upper), -1, dtype=np.intp)
    found[row] = owner
    found[row[found[row] != owner]] = -1
    return found


def _cut(program: LinearProgram, by_column: csc_array, number: int, relax: Relax, halt: Event) -> _Block:
    """Return a block: its decisions, the rows that they are in, and what else is in these."""
    chosen: Bools = program.integer & (program.block == number)
    rows = distinct(by_column[:, np.flatnonzero(chosen)].indices).astype(np.intp)
    beside = distinct(program.rows[rows].indices).astype(np.intp)
    columns = np.sort(np.concatenate([np.flatnonzero(chosen), beside[~program.integer[beside]]]))
    part = program.part(columns, rows)
    return _Block(columns=columns, rows=rows, program=part, relaxation=relax(part, halt))
