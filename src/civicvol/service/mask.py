"""A mask: what takes the place of a person's id, name and other particulars."""

import re
from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any

import attrs

from civicvol.calendar.timespan import TimeSpan
from civicvol.labels import Label

_WIDE = "\u2e80-\uffef\U00020000-\U0003ffff"
_IN_A_WORD = f"[^\\W_{_WIDE}]"


@attrs.frozen(kw_only=True)
class Mask:
    """What takes the place of a person's id, name and other particulars where they are written.

    Args:
        volunteer: id of the person.
        alias: what they are called instead.
        items: the new ids of what is theirs, such as their entries, by the old ones.
        written: matches the particulars in a text.
        others: ids of other people, which are nobody's particulars, however they are written.
    """

    volunteer: str
    alias: str
    items: Mapping[str, str] = attrs.field(factory=dict)
    written: re.Pattern[str]
    others: frozenset[str] = frozenset()

    def person(self, id: str) -> str:
        """Return the id by which a person is called from now on."""
        return self.alias if id == self.volunteer else id

    def item(self, id: str) -> str:
        """Return the id by which an entry, or another thing that is somebody's, is called from now on."""
        return self.items.get(id, id)

    def text(self, text: str) -> str:
        """Return a text with the alias in the place of the particulars."""
        return self.written.sub(lambda _: self.alias, text)

    def label(self, label: Label) -> Label:
        """Return a label with the alias in the place of the particulars."""
        return Label(self.text(label.en), self.text(label.zh))

    def value(self, value: Any) -> Any:
        """Return any value of the library with the alias in the place of the id and of the particulars, all through it.

        Numbers, moments and choices stay, and so does a text that is just the id of somebody else; every other text
        that holds a particular changes, ids among them, and wherever it stands it changes alike.
        """
        if isinstance(value, str):
            return value if isinstance(value, Enum) else self._whole(value)
        if isinstance(value, tuple | frozenset):
            return type(value)(map(self.value, value))
        if isinstance(value, Mapping):
            return {self.value(key): self.value(member) for key, member in value.items()}
        if not attrs.has(type(value)) or isinstance(value, TimeSpan):
            return value
        fields = [field for field in attrs.fields(type(value)) if field.init]
        return attrs.evolve(value, **{field.alias: self.value(getattr(value, field.name)) for field in fields})

    def _whole(self, text: str) -> str:
        if text == self.volunteer:
            return self.alias
        return text if text in self.others else self.text(text)


def written(particulars: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds particulars in a text, in capitals or not; at least one must be given.

    A word of an alphabet is found only as a whole, so 'v1' is not in 'v10'; Chinese is written without spaces, so a
    Chinese name is found wherever it stands.

    >>> found = written(["v1", "王芳"])
    >>> found.sub("…", "v1 and v10 thank 王芳阿姨")
    '… and v10 thank …阿姨'
    """
    longest_first = sorted(set(particulars), key=lambda each: (-len(each), each))
    return re.compile("|".join(map(_bounded, longest_first)), re.IGNORECASE)


def _bounded(particular: str) -> str:
    before = f"(?<!{_IN_A_WORD})" if re.match(_IN_A_WORD, particular) else ""
    after = f"(?!{_IN_A_WORD})" if re.match(_IN_A_WORD, particular[-1]) else ""
    return before + re.escape(particular) + after
