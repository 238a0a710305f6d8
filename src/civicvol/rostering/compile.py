"""From a problem to its linear program: find the candidates, then let every rule write its rows."""

from collections.abc import Iterable

import attrs
import numpy as np

from civicvol.rostering.arrays import Floats, groups
from civicvol.rostering.blocks import blocks_of
from civicvol.rostering.columns import Columns, find_candidates
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.program import LinearProgram, Program
from civicvol.rostering.rule import Rule
from civicvol.rostering.rules import MaximumCover, rules_of
from civicvol.rostering.tighten import tighten


@attrs.frozen(kw_only=True, eq=False)
class Compiled:
    """A problem ready for an engine: its candidates and its linear program."""

    columns: Columns
    program: LinearProgram


def compile_problem(problem: RosterProblem) -> Compiled:
    """Return a problem's candidates and linear program."""
    columns = find_candidates(problem)
    return Compiled(columns=columns, program=write_program(columns, rules_of(problem)))


def write_program(columns: Columns, rules: Iterable[Rule]) -> LinearProgram:
    """Return the linear program that some rules make of the candidates."""
    rules = tuple(rules)
    program = Program(columns.past, _room(columns, rules))
    _one_role_a_shift(columns, program)
    for rule in rules:
        program.tier = rule.family.tier
        rule.rows(columns, program)
    written = program.finish()
    others = len(written.cost) - len(columns)
    owner = np.append(columns.volunteer, np.full(others, -1))
    time = np.append(columns.start, np.zeros(others, dtype=np.int64))
    # A past duty has the shift -1, the last place.
    of_shift = np.append(blocks_of(columns.problem), -1)
    block = np.append(of_shift[columns.shift], np.full(others, -1))
    return tighten(attrs.evolve(written, owner=owner, time=time, block=block), columns.volunteer)


def _room(columns: Columns, rules: Iterable[Rule]) -> Floats:
    """Return how many people each role line has at the most by hard rules, infinite where they do not say."""
    limits = [rule.limits(columns) for rule in rules if isinstance(rule, MaximumCover) and rule.hard]
    least: Floats = np.fmin.reduce([np.full(len(columns.problem.lines), np.inf), *limits])
    return least


def _one_role_a_shift(columns: Columns, program: Program) -> None:
    """Write what a roster is by construction: a volunteer fills one role line of a shift at the most."""
    candidates = columns.candidates
    row, first = groups(columns.volunteer[candidates], columns.shift[candidates])
    program.at_most(row, candidates, 1.0, np.ones(len(first)))
