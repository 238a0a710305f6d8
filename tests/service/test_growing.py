from hypothesis import given
from hypothesis import strategies as st

from civicvol.service._growing import GrowingMap


class TestGrowingMap:
    @given(st.lists(st.tuples(st.text(max_size=2), st.integers())))
    def test_is_what_a_copied_dict_would_be(self, pairs):
        mapping, model, before = GrowingMap(), {}, []
        for key, value in pairs:
            before.append((mapping, dict(model)))
            mapping = mapping.with_(key, value)
            model[key] = value
        for found, expected in [*before, (mapping, model)]:
            assert list(found.items()) == list(expected.items())
            assert len(found) == len(expected)
            assert all(found[key] == value for key, value in expected.items())
            assert found == expected

    def test_shows_itself(self):
        assert repr(GrowingMap().with_("a", 1)) == "GrowingMap({'a': 1})"
        assert GrowingMap().get("a") is None
