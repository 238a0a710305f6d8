"""What the views of a roster share: each is said in a language, as a text or as a table."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import get_args

import attrs

from civicvol._fields import Check
from civicvol.labels import Label, Language
from civicvol.table import Table

_AND, _COMMA = Label(", ", "、"), Label(", ", "，")

_language = Check(
    lambda value: None if isinstance(value, str) and value in get_args(Language) else "must be 'en' or 'zh'"
)


@attrs.frozen(kw_only=True)
class View(ABC):
    """Something of a roster for people to look at.

    Args:
        language: in which it is said where no other is asked for.
    """

    language: Language = attrs.field(default="en", validator=_language)

    def text(self, language: Language | None = None) -> str:
        """Return the view as lines of text, in its own language where None."""
        return self._text(self.language if language is None else language)

    def table(self, language: Language | None = None) -> Table:
        """Return the view as a table, in its own language where None."""
        return self._table(self.language if language is None else language)

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return self.table().to_html()

    @abstractmethod
    def _text(self, language: Language) -> str:
        """Return the view as text in a language."""

    @abstractmethod
    def _table(self, language: Language) -> Table:
        """Return the view as a table in a language."""


def listed(labels: Iterable[Label], language: Language) -> str:
    """Return labels as a list of things of one kind."""
    return _AND.text(language).join(texts(labels, language))


def phrase(labels: Iterable[Label], language: Language) -> str:
    """Return labels as the parts of a sentence, without those that are empty."""
    return _COMMA.text(language).join(filter(None, texts(labels, language)))


def texts(labels: Iterable[Label], language: Language) -> tuple[str, ...]:
    """Return each label in a language."""
    return tuple(label.text(language) for label in labels)
