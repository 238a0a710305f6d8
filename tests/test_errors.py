import pickle

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicvol import CivicvolError, EngineError, Fault, InputError, Label, MissingExtraError
from civicvol.errors import RefusedError


class TestFault:
    @pytest.mark.parametrize(
        ("fault", "text"),
        [
            (Fault("name", "must be text"), "name must be text"),
            (Fault("name", "must be text", value=3), "name must be text, not 3"),
            (Fault("name", "must be text", value=None), "name must be text, not None"),
            (Fault("name", "must be text", id="v7"), "name of 'v7' must be text"),
            (Fault("name", "must be text", id="v7", value="x"), "name of 'v7' must be text, not 'x'"),
        ],
    )
    def test_reads_as_a_sentence(self, fault, text):
        assert str(fault) == text

    @pytest.mark.parametrize(
        ("length", "shown"), [(78, "'" + "x" * 78 + "'"), (79, "'" + "x" * 37 + "..." + "x" * 38 + "'")]
    )
    def test_shortens_a_long_value(self, length, shown):
        assert str(Fault("name", "is long", value="x" * length)) == f"name is long, not {shown}"

    def test_knows_no_value_from_the_value_none(self):
        assert Fault("name", "is missing").value is attrs.NOTHING
        assert Fault("name", "is missing") != Fault("name", "is missing", value=None)


class TestInputError:
    def test_of_one_fault_reads_like_it(self):
        error = InputError.of("age", "must be a whole number", id="v1", value="old")
        assert str(error) == "age of 'v1' must be a whole number, not 'old'"
        assert error.faults == (Fault("age", "must be a whole number", id="v1", value="old"),)

    def test_of_several_faults_lists_them(self):
        error = InputError(Fault(name, "is wrong") for name in ("a", "b"))
        assert str(error) == "2 faults:\n- a is wrong\n- b is wrong"

    def test_is_one_of_the_family_and_a_value_error(self):
        assert issubclass(InputError, CivicvolError)
        assert issubclass(InputError, ValueError)


class TestRefusedError:
    reasons = Label("the roster is closed", "班表已结束"), Label("too late")

    def test_says_the_step_and_every_reason(self):
        error = RefusedError("Published", self.reasons)
        assert str(error) == "Published is refused: the roster is closed; too late"
        assert (error.step, error.reasons) == ("Published", self.reasons)

    def test_gives_the_reasons_in_a_language_one_a_line(self):
        error = RefusedError("Published", iter(self.reasons))
        assert error.text() == error.text("en") == "the roster is closed\ntoo late"
        assert error.text("zh") == "班表已结束\ntoo late"

    def test_is_one_of_the_family_and_about_no_bad_value(self):
        assert issubclass(RefusedError, CivicvolError)
        assert not issubclass(RefusedError, ValueError)


class TestEngineError:
    def test_names_the_engine(self):
        error = EngineError("highs", "gave up")
        assert (error.engine, error.message, str(error)) == ("highs", "gave up", "engine 'highs': gave up")
        assert isinstance(error, CivicvolError)
        assert isinstance(error, RuntimeError)


class TestMissingExtraError:
    def test_says_how_to_install_it(self):
        error = MissingExtraError("pandas", "frame")
        assert (error.package, error.extra) == ("pandas", "frame")
        assert str(error) == "pandas is not installed; it comes with: pip install 'civicvol[frame]'"
        assert isinstance(error, CivicvolError)
        assert isinstance(error, ImportError)


values = st.none() | st.integers() | st.text() | st.dates()


@given(
    st.one_of(
        st.builds(InputError, st.lists(st.builds(Fault, st.text(), st.text(), value=values), max_size=3)),
        st.builds(EngineError, st.text(), st.text()),
        st.builds(MissingExtraError, st.text(), st.text()),
        st.builds(RefusedError, st.text(), st.lists(st.builds(Label, st.text(), st.text()), max_size=3)),
    )
)
def test_errors_travel_between_processes(error):
    again = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert (type(again), str(again), vars(again)) == (type(error), str(error), vars(error))


class TestAnyValue:
    @pytest.mark.parametrize(
        "make",
        [lambda: 10**5000, lambda: [0] * 10**6, lambda: {1: {2: {3: {4: 5}}}}, lambda: "x" * 10**6, lambda: range],
    )
    def test_is_shown_briefly(self, make):
        value = make()
        assert len(str(Fault("field", "must be small", value=value))) < 200

    def test_is_shown_however_deep(self):
        nested = []
        for _ in range(5000):
            nested = [nested]
        assert "[[[[...]]]]" in str(Fault("field", "must be flat", value=nested))

    def test_is_shown_although_it_cannot_say_what_it_is(self):
        class Mute:
            def __repr__(self):
                raise RuntimeError("no")

        assert "Mute" in str(Fault("field", "must speak", value=Mute()))


def test_of_very_many_faults_the_first_hundred_are_shown():
    text = str(InputError(Fault("field", "is wrong", value=number) for number in range(2_500)))
    assert text.startswith("2,500 faults:\n- field is wrong, not 0\n")
    assert text.endswith("- field is wrong, not 99\n- and 2,400 more")
