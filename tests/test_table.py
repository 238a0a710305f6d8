import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicvol import InputError, MissingExtraError, Table


def table(**fields):
    usual = {"title": "Cover", "columns": ("day", "open"), "rows": (("1 March", 2), ("2 March", None))}
    return Table(**{**usual, **fields})


class TestTable:
    def test_counts_its_rows(self):
        assert (len(table()), len(table(rows=()))) == (2, 0)

    def test_takes_lists_and_generators(self):
        assert table(columns=["day", "open"], rows=(row for row in table().rows)) == table()

    @pytest.mark.parametrize(
        ("fields", "field"),
        [
            ({"title": None}, "Table.title"),
            ({"note": 3}, "Table.note"),
            ({"columns": ()}, "Table.columns"),
            ({"columns": ("day", "day")}, "Table.columns"),
            ({"columns": ("day", 3)}, "Table.columns"),
            ({"columns": "day"}, "Table.columns"),
            ({"rows": (("1 March",),)}, "Table.rows"),
            ({"rows": (("1 March", 2, 3),)}, "Table.rows"),
        ],
    )
    def test_names_the_field_that_is_wrong(self, fields, field):
        with pytest.raises(InputError) as caught:
            table(**fields)
        assert [fault.field for fault in caught.value.faults] == [field]

    def test_names_the_row_that_does_not_fit(self):
        with pytest.raises(InputError, match=r"must have 2 cells \(row 2\)"):
            table(rows=(("1 March", 2), ("2 March",)))


class TestAsText:
    def test_lines_numbers_up_on_the_right(self):
        shown = table(rows=(("1 March", 2), ("2 March", 1000), ("3 March", None))).__str__().splitlines()
        assert shown[0] == "Cover"
        assert [len(line) for line in shown[1:3]] == [len(shown[4])] * 2
        assert shown[3].endswith("   2")
        assert shown[5] == "3 March"

    def test_counts_chinese_characters_twice(self):
        shown = str(table(title="", columns=("日期", "n"), rows=(("三月一日", "a"), ("1", "b")))).splitlines()
        assert shown == ["日期      n", "--------  -", "三月一日  a", "1         b"]

    def test_has_the_note_below(self):
        assert str(table(note="Open places.")).splitlines()[-1] == "Open places."

    @pytest.mark.parametrize(("value", "text"), [(0.5, "0.5"), (1234.5678, "1,234.57"), (2.0, "2"), (True, "True")])
    def test_shows_values_as_people_write_them(self, value, text):
        assert str(table(rows=(("x", value),))).splitlines()[-1].split()[-1] == text

    def test_keeps_a_mixed_column_on_the_left(self):
        assert str(table(rows=(("x", 1), ("y", "many")))).splitlines()[-2] == "x    1"


class TestAsHtml:
    def test_escapes_every_text(self):
        page = table(title="<t>", columns=("<c>", "n"), rows=(("<r>", '"&'),), note="<n>").to_html()
        for text in ("&lt;t&gt;", "&lt;c&gt;", "&lt;r&gt;", "&quot;&amp;", "&lt;n&gt;"):
            assert text in page

    def test_is_what_a_notebook_shows(self):
        assert table()._repr_html_() == table().to_html()

    def test_has_a_note_only_where_there_is_one(self):
        assert ("<p" in table().to_html(), "<p" in table(note="n").to_html()) == (False, True)

    def test_puts_numbers_on_the_right(self):
        page = table().to_html()
        assert (page.count("text-align:right"), page.count("text-align:left")) == (3, 4)


class TestAsData:
    def test_has_a_record_for_each_row(self):
        assert table().to_records() == [{"day": "1 March", "open": 2}, {"day": "2 March", "open": None}]

    def test_becomes_a_data_frame(self):
        frame = table().to_frame()
        assert list(frame.columns) == ["day", "open"]
        assert list(frame["day"]) == ["1 March", "2 March"]

    def test_says_which_extra_brings_data_frames(self, monkeypatch):
        monkeypatch.setitem(sys.modules, "pandas", None)
        with pytest.raises(MissingExtraError, match=r"civicvol\[frame\]"):
            table().to_frame()


cells = st.one_of(st.none(), st.integers(), st.floats(), st.text(max_size=9), st.booleans())


@given(st.lists(st.tuples(cells, cells), max_size=5))
def test_any_cells_can_be_shown(rows):
    made = table(rows=rows)
    assert "Cover" in str(made)
    assert made.to_html().count("<tr>") == len(rows) + 1
    assert len(made.to_records()) == len(rows)
