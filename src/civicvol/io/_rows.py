"""Read a table of CSV text into rows of named cells, and collect what is wrong with it."""

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from io import StringIO
from typing import Any

import attrs

from civicvol.errors import Fault, InputError
from civicvol.io._cells import CellError

DELIMITERS = (",", ";", "\t")
"""Whichever of these the headings have most of separates the cells."""


@attrs.frozen
class Column:
    """A column: its English and Chinese headings, and how its cells are read; an empty cell has the field's default."""

    name: str
    chinese: str
    read: Callable[[str], Any] = str
    required: bool = False


@attrs.frozen
class Row:
    """One line of a table that has something in it: its number in the text, and its cells by column."""

    line: int
    cells: Mapping[str, str]

    @property
    def id(self) -> str | None:
        """What it has as id, if anything."""
        return self.cells.get("id") or None

    def fault(self, column: str, message: str) -> Fault:
        """Return a fault of one of its cells."""
        return Fault(
            column,
            f"{message} (line {self.line})",
            id=None if column == "id" else self.id,
            value=self.cells.get(column, ""),
        )

    def faults_of(self, error: InputError, columns: Mapping[str, str]) -> list[Fault]:
        """Return an error's faults as those of cells; `columns` has the fields that are not called like theirs."""
        fields = ((fault, fault.field.rpartition(".")[2]) for fault in error.faults)
        return [self.fault(columns.get(field, field), fault.message) for fault, field in fields]

    def read(self, columns: Iterable[Column], faults: list[Fault]) -> dict[str, Any]:
        """Return what the filled cells of some columns say, by column; what is wrong is added to the faults."""
        found = {}
        for column in columns:
            cell = self.cells.get(column.name, "")
            if not cell:
                if column.required:
                    faults.append(self.fault(column.name, "must not be empty"))
                continue
            try:
                found[column.name] = column.read(cell)
            except CellError as error:
                faults.append(self.fault(column.name, str(error)))
            except InputError as error:
                faults += [self.fault(column.name, f"{fault.field} {fault.message}") for fault in error.faults]
        return found


def rows_of(text: str | Iterable[str], columns: tuple[Column, ...]) -> tuple[list[Row], list[Fault]]:
    """Return the rows of a table, and a fault for every line that is none.

    Raises:
        InputError: the text is no CSV text, or its headings are not those of the columns.
    """
    (_, heading), *lines = _lines(_whole(text))
    names = _names(heading, columns)
    rows, faults = [], []
    for line, cells in lines:
        if len(cells) == len(names):
            rows.append(Row(line, dict(zip(names, cells, strict=True))))
        else:
            faults.append(Fault("line", f"must have {len(names)} cells, like the headings (line {line})", value=cells))
    return rows, faults


def _whole(text: str | Iterable[str]) -> str:
    if isinstance(text, str):
        return text
    if isinstance(text, bytes | bytearray) or not isinstance(text, Iterable):
        raise InputError.of("text", "must be text, or an open text file", value=text)
    try:
        return "".join(line if line.endswith(("\n", "\r")) else f"{line}\n" for line in text)
    except UnicodeDecodeError as error:
        raise InputError.of("text", f"must be in the encoding it was opened with: {error}") from error
    except (AttributeError, TypeError) as error:
        raise InputError.of("text", "must be lines of text", value=text) from error


def _lines(text: str) -> list[tuple[int, list[str]]]:
    """Return the cells of each line that has any, with the number of the line; the first has the headings."""
    plain = text.removeprefix("\ufeff")
    if "\0" in plain:
        line = plain[: plain.index("\0")].count("\n") + 1
        raise InputError.of("text", f"must have no NUL characters (line {line})")
    first = plain.lstrip().partition("\n")[0]
    reader = csv.reader(StringIO(plain, newline=""), delimiter=max(DELIMITERS, key=first.count), strict=True)
    found = []
    begins = 1
    try:
        for cells in reader:
            stripped = [cell.strip() for cell in cells]
            if any(stripped):
                found.append((begins, stripped))
            begins = reader.line_num + 1
    except csv.Error as error:
        raise InputError.of("text", f"must be CSV: {error} (line {begins})") from error
    if not found:
        raise InputError.of("text", "must have a line of headings", value=text)
    return found


def _names(heading: Sequence[str], columns: Iterable[Column]) -> list[str]:
    """Return the English names of the columns that are headed so, in English or Chinese."""
    known = {name: column.name for column in columns for name in (column.name, column.chinese)}
    names = [known.get(each.lower(), "") for each in heading]
    faults = [
        Fault("heading", f"must be one of {', '.join(column.name for column in columns)}, or its Chinese", value=each)
        for each, name in zip(heading, names, strict=True)
        if not name
    ]
    counts = Counter(names)
    for column in columns:
        if counts[column.name] > 1:
            faults.append(Fault("heading", "must be there once", value=column.name))
        elif column.required and not counts[column.name]:
            faults.append(Fault("heading", f"is missing: {column.name} ({column.chinese})"))
    if faults:
        raise InputError(faults)
    return names
