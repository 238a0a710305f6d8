"""Decision diagrams: everything that one owner may decide, as the paths of a small layered graph.

The decisions of an owner are taken layer by layer in order of time; a layer is a set of decisions of which at most one
can be taken. A node stands for all ways to get there that leave the same freedom: the sums that the owner's rows have
come to, as far as they still matter. The cheapest path at any prices of the decisions is the cheapest thing the owner
may do, found in one pass over the arcs.
"""

import attrs
import numpy as np

from civicvol.rostering.arrays import Bools, Floats, Indices
from civicvol.rostering.engines._block import Block

_TOLERANCE = 1e-7
_GRID = 1e6
_MOST_ARCS = 3_000_000


@attrs.frozen(eq=False)
class Layer:
    """The arcs of one layer, in the order of their targets.

    Args:
        source: the node that each arc comes from, of the layer before.
        option: the decision taken on it, by its number in the block; -1 for none.
        cost: what else it costs: what the rows that end here come to.
        first: the first arc into each node.
    """

    source: Indices
    option: Indices
    cost: Floats
    first: Indices


@attrs.frozen(eq=False)
class Diagram:
    """All paths of one owner.

    Args:
        layers: the arcs, in order of time.
        decisions: how many decisions there are.
    """

    layers: tuple[Layer, ...]
    decisions: int

    def cheapest(self, prices: Floats) -> tuple[float, Indices]:
        """Return what the cheapest path costs, and its decisions.

        Args:
            prices: float, one a decision.
        """
        lengths = self._lengths(np.append(prices, 0.0))
        value = np.zeros(1)
        values = []
        for layer, length in zip(self.layers, lengths, strict=True):
            reached = value[layer.source] + length
            values.append(reached)
            value = np.minimum.reduceat(reached, layer.first)
        node = int(np.argmin(value))
        best = float(value[node])
        taken = []
        for layer, reached in zip(reversed(self.layers), reversed(values), strict=True):
            begin = layer.first[node]
            end = layer.first[node + 1] if node + 1 < len(layer.first) else len(reached)
            arc = begin + int(np.argmin(reached[begin:end]))
            if layer.option[arc] >= 0:
                taken.append(layer.option[arc])
            node = int(layer.source[arc])
        return best, np.array(taken[::-1], dtype=np.intp)

    def through(self, prices: Floats) -> Floats:
        """Return for each decision what the cheapest path that takes it costs; infinity where none does."""
        lengths = self._lengths(np.append(prices, 0.0))
        ahead = [np.zeros(1)]
        for layer, length in zip(self.layers, lengths, strict=True):
            ahead.append(np.minimum.reduceat(ahead[-1][layer.source] + length, layer.first))
        found = np.full(self.decisions + 1, np.inf)
        behind = np.zeros(len(ahead[-1]))
        for layer, length, before in zip(reversed(self.layers), reversed(lengths), reversed(ahead[:-1]), strict=True):
            target = np.repeat(np.arange(len(layer.first)), np.diff(np.append(layer.first, len(layer.source))))
            rest = length + behind[target]
            np.minimum.at(found, layer.option, before[layer.source] + rest)
            behind = np.full(len(before), np.inf)
            np.minimum.at(behind, layer.source, rest)
        return found[:-1]

    def _lengths(self, prices: Floats) -> list[Floats]:
        return [layer.cost + prices[layer.option] for layer in self.layers]


def diagram_of(block: Block) -> Diagram | None:
    """Return the diagram of a block; None where it would be too large, or where nothing may be decided at all."""
    layers: list[Layer] = []
    state = np.zeros((1, 0))
    rows = np.zeros(0, dtype=np.intp)
    arcs = 0
    for number, options in enumerate(block.layers):
        begun = np.flatnonzero(block.first == number)
        rows = np.concatenate([rows, begun])
        state = np.hstack([state, np.zeros((len(state), len(begun)))])
        choices = np.append(options, -1)
        table = np.vstack([block.table[np.ix_(options, rows)], np.zeros((1, len(rows)))])
        count = len(choices)
        source = np.repeat(np.arange(len(state)), count)
        option = np.tile(choices, len(state))
        sums = (state[:, np.newaxis, :] + table[np.newaxis]).reshape(len(source), len(rows))
        cost = _complete(block, number, rows, sums)
        if cost is None:
            return None
        after = block.least[number, rows]
        sound = np.all(sums + after <= block.limit[rows] + _TOLERANCE, axis=1)
        sums, source, option, cost = sums[sound], source[sound], option[sound], cost[sound]
        arcs += len(source)
        if not len(source) or arcs > _MOST_ARCS:
            return None
        going_on = block.last[rows] > number
        rows, sums = rows[going_on], sums[:, going_on]
        sums = np.maximum(sums, block.limit[rows] - block.most[number, rows])
        target, state = _merged(sums)
        order = np.argsort(target, kind="stable")
        first = np.searchsorted(target[order], np.arange(len(state)))
        layers.append(Layer(source[order], option[order], cost[order], first))
    return Diagram(tuple(_pruned(layers)), block.table.shape[0])


def _complete(block: Block, number: int, rows: Indices, sums: Floats) -> Floats | None:
    """Set in place what follows from the decisions so far, and return what it costs; None where it is left a choice."""
    cost = np.zeros(len(sums))
    place = np.full(len(block.limit), -1, dtype=np.intp)
    place[rows] = np.arange(len(rows))
    for follower in block.followers[number]:
        asked = np.zeros(len(sums))
        if len(follower.asking):
            excess = sums[:, place[follower.asking]] - block.limit[follower.asking]
            asked = np.clip(np.max(excess / follower.relief, axis=1), 0.0, follower.upper)
        if len(follower.capping):
            room = block.limit[follower.capping] - sums[:, place[follower.capping]]
            if np.any(np.minimum(np.min(room / follower.grip, axis=1), follower.upper) > asked + _TOLERANCE):
                return None
        cost += follower.cost * asked
        sums[:, place[follower.rows]] += asked[:, np.newaxis] * follower.factors
    return cost


def _merged(sums: Floats) -> tuple[Indices, Floats]:
    """Return the number of the node of each row of sums, and the sums of each node."""
    marks = np.random.default_rng(0).integers(1, 2**63, sums.shape[1], dtype=np.uint64) | np.uint64(1)
    whole = np.round(sums * _GRID).astype(np.int64).astype(np.uint64)
    keys = (whole * marks).sum(axis=1, dtype=np.uint64)
    _, one, node = np.unique(keys, return_index=True, return_inverse=True)
    return node, sums[one]


def _pruned(layers: list[Layer]) -> list[Layer]:
    """Return the layers without the nodes from which no path goes on to the end."""
    sizes = [1, *(len(layer.first) for layer in layers)]
    kept: Bools = np.ones(sizes[-1], dtype=bool)
    found = []
    for layer, before in zip(reversed(layers), reversed(sizes[:-1]), strict=True):
        target = np.repeat(np.arange(len(layer.first)), np.diff(np.append(layer.first, len(layer.source))))
        arc = kept[target]
        number = np.cumsum(kept) - 1
        found.append((layer.source[arc], layer.option[arc], layer.cost[arc], number[target[arc]], number))
        kept = np.zeros(before, dtype=bool)
        kept[layer.source[arc]] = True
    result = []
    before_number = np.zeros(1, dtype=np.intp)
    for source, option, cost, target, number in reversed(found):
        nodes = np.arange(int(target[-1]) + 1)
        result.append(Layer(before_number[source], option, cost, np.searchsorted(target, nodes)))
        before_number = number
    return result
