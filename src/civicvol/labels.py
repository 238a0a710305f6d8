"""Names that people read, in English and Chinese."""

from enum import StrEnum
from typing import Any, Literal, Self

import attrs

from civicvol import _fields
from civicvol.errors import InputError

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
        """Return the name in a language, in English where there is no other.

        Raises:
            InputError: the language is neither "en" nor "zh".
        """
        if language not in ("en", "zh"):
            raise InputError.of("language", "must be 'en' or 'zh'", value=language)
        return self.zh if language == "zh" and self.zh else self.en

    def filled(self, *values: "str | int | float | Label", **named: "str | int | float | Label") -> "Label":
        """Return the label as a sentence with its gaps filled in; a label among the values is said in each language.

        What would be longer than a text may be is cut, and ends in "…": no reason is lost because another is long.

        >>> Label("{} on {day}", "{day}的{}").filled(Label("sampling", "采样"), day=3).text("zh")
        '3的采样'
        """

        def said(language: Language, sentence: str) -> str:
            def word(value: "str | int | float | Label") -> "str | int | float":
                return value.text(language) if isinstance(value, Label) else value

            full = sentence.format(*map(word, values), **{name: word(value) for name, value in named.items()})
            return full if len(full) <= _fields.LONGEST_TEXT else f"{full[: _fields.LONGEST_TEXT - 1]}…"

        return Label(said("en", self.en), said("zh", self.text("zh")))

    def __str__(self) -> str:
        return self.en


class Choice(StrEnum):
    """A closed list of choices, each with what people call it: written as its value, its Chinese and its English name.

    The English name is the value where there is no other.

    >>> class Size(Choice):
    ...     SMALL = "small", "小"
    ...     LARGE = "large", "大", "very large"
    >>> Size.LARGE == "large", Size.LARGE.label, Size.SMALL.label.text("zh")
    (True, Label(en='very large', zh='大'), '小')
    """

    label: Label

    def __new__(cls, value: str, zh: str = "", en: str = "") -> Self:
        """Return the choice of a value, with its label."""
        choice = str.__new__(cls, value)
        choice._value_ = value
        choice.label = Label(en or value, zh)
        return choice

    @classmethod
    def named(cls, value: Any) -> Any:
        """Turn the value of a choice into the choice; leave anything else as it is."""
        return next((choice for choice in cls if choice == value), value)


def as_label(value: "str | Label") -> Label:
    """Turn a plain text into a label; leave anything else as it is."""
    return value if _fields.text.wrong(value) else Label(value)  # type: ignore[arg-type,return-value]
