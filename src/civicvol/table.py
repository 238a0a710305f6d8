"""A small table that shows itself: as text, as HTML in a notebook, as records, as a data frame."""

import unicodedata
from collections.abc import Sequence
from html import escape
from textwrap import wrap
from typing import Any

import attrs

from civicvol import _fields
from civicvol.errors import InputError, MissingExtraError

_NARROWEST_NOTE = 80
_STYLE = "border-collapse:collapse;font:14px/1.4 system-ui,sans-serif"
_CELL = "padding:4px 10px;border-bottom:1px solid #d8d8d8;vertical-align:top;text-align:"


@attrs.frozen(kw_only=True)
class Table:
    """Rows under named columns, with a title and a note that says what is counted.

    Args:
        title: what the table shows.
        columns: the names of the columns, each once.
        rows: one tuple a row, as long as `columns`; None is shown as an empty cell.
        note: the definition behind the figures, shown under the table.

    Raises:
        InputError: a row is longer or shorter than the columns, or a column is named twice.

    >>> print(Table(title="Cover", columns=("day", "open"), rows=(("1 March", 2), ("2 March", 0))))
    Cover
    day      open
    -------  ----
    1 March     2
    2 March     0
    """

    title: str = attrs.field(validator=_fields.text)
    columns: tuple[str, ...] = attrs.field(
        converter=_fields.as_tuple, validator=_fields.tuple_of(_fields.identifier, unique=str, least=1)
    )
    rows: tuple[tuple[Any, ...], ...] = attrs.field(
        converter=_fields.as_tuple, validator=_fields.tuple_of(_fields.is_a(tuple, "a tuple"))
    )
    note: str = attrs.field(default="", validator=_fields.text)

    def __attrs_post_init__(self) -> None:
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                message = f"must have {len(self.columns)} cells (row {number})"
                raise InputError.of("Table.rows", message, id=self.title, value=row)

    def __len__(self) -> int:
        return len(self.rows)

    def __str__(self) -> str:
        cells = [self.columns, *(tuple(map(_shown, row)) for row in self.rows)]
        widths = [max(_width(row[place]) for row in cells) for place in range(len(self.columns))]
        right = self._numeric()
        lines = ["  ".join(map(_padded, row, widths, right)).rstrip() for row in cells]
        rule = "  ".join("-" * width for width in widths)
        note = wrap(self.note, max(len(rule), _NARROWEST_NOTE))
        return "\n".join(part for part in (self.title, lines[0], rule, *lines[1:], *note) if part)

    def _repr_html_(self) -> str:
        return self.to_html()

    def to_html(self) -> str:
        """Return the table as an HTML fragment that needs nothing else; every text in it is escaped."""
        sides = ["right" if numeric else "left" for numeric in self._numeric()]

        def line(tag: str, row: Sequence[Any]) -> str:
            cells = zip(row, sides, strict=True)
            return (
                "<tr>"
                + "".join(f'<{tag} style="{_CELL}{side}">{escape(_shown(cell))}</{tag}>' for cell, side in cells)
                + "</tr>"
            )

        title = f'<caption style="text-align:left;font-weight:600;padding:4px 0">{escape(self.title)}</caption>'
        note = f'<p style="color:#666;font:12px system-ui,sans-serif">{escape(self.note)}</p>' if self.note else ""
        body = "".join(line("td", row) for row in self.rows)
        head = line("th", self.columns)
        return f'<table style="{_STYLE}">{title}<thead>{head}</thead><tbody>{body}</tbody></table>{note}'

    def to_records(self) -> list[dict[str, Any]]:
        """Return one dict a row, by column name."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def to_frame(self) -> Any:
        """Return a pandas DataFrame.

        Raises:
            MissingExtraError: pandas is not installed.
        """
        try:
            import pandas as pd
        except ImportError as error:
            raise MissingExtraError("pandas", "frame") from error
        return pd.DataFrame(list(self.rows), columns=list(self.columns))

    def _numeric(self) -> list[bool]:
        columns = range(len(self.columns))
        return [
            bool(self.rows) and all(isinstance(row[place], int | float) or row[place] is None for row in self.rows)
            for place in columns
        ]


def _shown(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:,.2f}".rstrip("0").rstrip(".")
    return f"{cell:,}" if type(cell) is int else str(cell)


def _width(text: str) -> int:
    """Return how many terminal columns a text takes: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _padded(text: str, width: int, right: bool) -> str:
    space = " " * (width - _width(text))
    return space + text if right else text + space
