import pytest

from civicvol import InputError, Label
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
