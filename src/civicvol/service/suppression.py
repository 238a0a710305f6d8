"""Suppression: which figures of a table must not be shown, so that no small group can be made out."""

from collections.abc import Collection, Mapping
from typing import TypeVar

K = TypeVar("K")


def suppressed(people_of: Mapping[K, Collection[str]], least: int) -> frozenset[K]:
    """Return the groups whose figures must not be shown, where the total of all groups is.

    Those are the groups of fewer than `least` people, and as many of the smallest others as it takes until there are
    two of them, with `least` people together: what the total leaves beside the groups that are shown is then neither
    the figure of a single group, nor one of so few people.

    Args:
        people_of: the ids of the people in each group.
        least: the smallest number of people whose figures may be shown.

    >>> sorted(suppressed({"a": "123456", "b": "12345678", "c": "9"}, least=5))
    ['a', 'c']
    """
    hidden = [group for group, people in people_of.items() if len(people) < least]
    others = sorted(people_of.keys() - set(hidden), key=lambda group: (len(people_of[group]), str(group)))
    together = {person for group in hidden for person in people_of[group]}
    for group in others:
        if not hidden or (len(hidden) > 1 and len(together) >= least):
            break
        hidden.append(group)
        together.update(people_of[group])
    return frozenset(hidden)
