"""Names that people read, in English and Chinese."""

from typing import Literal

import attrs

from civicvol import _fields

Language = Literal["en", "zh"]


@attrs.frozen
class Label:
    """A name in English and, where there is one, in Chinese.

    >>> label = Label("sampling", "采样")
    >>> label.text("zh"), str(label)
    ('采样', 'sampling')
    """

    en: str = attrs.field(validator=_fields.text)
    zh: str = attrs.field(default="", validator=_fields.text)

    def text(self, language: Language = "en") -> str:
        """Return the name in a language, in English where there is no other."""
        return self.zh if language == "zh" and self.zh else self.en

    def __str__(self) -> str:
        return self.en


def as_label(value: "str | Label") -> Label:
    """Turn a plain text into a label; leave anything else as it is."""
    return Label(value) if isinstance(value, str) else value
