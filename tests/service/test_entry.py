import pytest

from civicvol.errors import InputError
from civicvol.io import from_json, to_json
from civicvol.service.entry import ServiceEntry
from tests.service.sheets import WATCH, span


def an_entry(*spans, **more):
    return ServiceEntry(id="e1", volunteer="li", activity=WATCH, spans=spans or [span("18:00", "20:00")], **more)


class TestPresence:
    def test_is_the_time_that_counts_unless_it_is_told(self):
        entry = an_entry(span("19:00", "20:00"), span("18:00", "19:00"))
        assert entry.present == entry.spans == (span("18:00", "20:00"),)
        assert (entry.minutes, entry.raw_minutes) == (120, 120)

    def test_is_merged_and_kept_beside_it(self):
        entry = an_entry(present=[span("18:30", "20:10"), span("17:50", "19:00")])
        assert entry.present == (span("17:50", "20:10"),)
        assert (entry.minutes, entry.raw_minutes) == (120, 140)

    def test_may_be_nothing(self):
        assert an_entry(present=[]).raw_minutes == 0

    @pytest.mark.parametrize(("more", "written"), [({}, False), ({"present": []}, True)])
    def test_is_written_where_it_is_another_time(self, more, written):
        entry = an_entry(**more)
        assert ('"present"' in to_json(entry)) == written
        assert from_json(to_json(entry), ServiceEntry) == entry


def test_names_what_is_wrong_once():
    for wrong, field in (({"spans": [1]}, "spans"), ({"present": [1]}, "present"), ({"spans": ()}, "spans")):
        with pytest.raises(InputError) as caught:
            ServiceEntry(
                **{"id": "e1", "volunteer": "li", "activity": WATCH, "spans": [span("18:00", "20:00")], **wrong}
            )
        assert [fault.field for fault in caught.value.faults] == [f"ServiceEntry.{field}"]
