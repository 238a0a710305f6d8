import pytest

from civicvol import InputError, Label
from civicvol._fields import LONGEST_TEXT
from civicvol.labels import as_label


class TestLabel:
    @pytest.mark.parametrize(
        ("label", "language", "text"),
        [
            (Label("gate", "大门"), "en", "gate"),
            (Label("gate", "大门"), "zh", "大门"),
            (Label("gate"), "zh", "gate"),
            (Label("", "大门"), "en", ""),
        ],
    )
    def test_reads_in_a_language_or_else_in_english(self, label, language, text):
        assert label.text(language) == text

    def test_is_english_where_nobody_asks(self):
        assert (Label("gate", "大门").text(), str(Label("gate", "大门"))) == ("gate", "gate")

    def test_names_every_text_that_is_none(self):
        with pytest.raises(InputError) as caught:
            Label(1, None)
        assert [(fault.field, fault.value) for fault in caught.value.faults] == [("Label.en", 1), ("Label.zh", None)]


class TestFilled:
    def test_fills_the_gaps_in_each_language(self):
        label = Label("{} of {most}", "{most}中的{}").filled(2, most=3)
        assert label == Label("2 of 3", "3中的2")

    def test_says_a_label_in_each_language(self):
        assert Label("on {}", "在{}").filled(Label("gate", "大门")) == Label("on gate", "在大门")
        assert Label("on {where}", "在{where}").filled(where=Label("gate")) == Label("on gate", "在gate")

    def test_says_it_in_english_where_there_is_no_chinese(self):
        assert Label("on {}").filled(Label("gate", "大门")) == Label("on gate", "on 大门")

    def test_writes_numbers_as_the_sentence_says(self):
        assert Label("{:+.1f}", "{:.0f}").filled(2.5) == Label("+2.5", "2")

    @pytest.mark.parametrize(("length", "end"), [(LONGEST_TEXT - 4, "x"), (LONGEST_TEXT - 3, "…")])
    def test_is_cut_where_it_would_be_too_long(self, length, end):
        sentence = Label("not {}", "不是：{}").filled("x" * length)
        assert (len(sentence.en), sentence.en[-1]) == (LONGEST_TEXT, end)
        assert len(sentence.zh) <= LONGEST_TEXT

    @pytest.mark.parametrize("name", ["{}", "{0}", "{secret}", "}{", "%s"])
    def test_leaves_a_name_with_braces_as_it_is(self, name):
        sentence = Label("{} and {}", "{}和{}").filled(name, Label(name, name))
        assert sentence == Label(f"{name} and {name}", f"{name}和{name}")
        assert Label("not {}", "不{}").filled(sentence).en == f"not {name} and {name}"


class TestAsLabel:
    def test_makes_a_label_of_a_text(self):
        assert as_label("gate") == Label("gate")

    @pytest.mark.parametrize("value", [Label("gate"), None, 3])
    def test_leaves_anything_else_alone(self, value):
        assert as_label(value) is value


@pytest.mark.parametrize("language", ["fr", "", None, 3])
def test_there_are_two_languages(language):
    with pytest.raises(InputError, match="must be 'en' or 'zh'"):
        Label("gate", "门").text(language)
