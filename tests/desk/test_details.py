import pytest

from civicvol import InputError, Label
from civicvol.desk.briefing import DetailsGiven
from civicvol.desk.details import ShiftDetails


class TestShiftDetails:
    def test_are_none_to_begin_with(self):
        assert ShiftDetails(shift="gate") == ShiftDetails(shift="gate", public="", private=Label(""))

    def test_may_be_plain_text(self):
        assert ShiftDetails(shift="gate", public="water").public == Label("water")

    @pytest.mark.parametrize("kind", [ShiftDetails, DetailsGiven])
    @pytest.mark.parametrize(("field", "value"), [("shift", ""), ("public", 3), ("private", None)])
    def test_say_which_field_is_wrong(self, desk, kind, field, value):
        fields = {"shift": "gate"} | {field: value}
        with pytest.raises(InputError, match=rf"{kind.__name__}\.{field}"):
            kind(**fields) if kind is ShiftDetails else desk.event(kind, **fields)
