import attrs
import pytest

from civicvol import InputError, Label, Table
from civicvol.desk.view import View, listed, phrase, texts

LABELS = Label("gate", "大门"), Label(""), Label("North")


@attrs.frozen(kw_only=True)
class Greeting(View):
    """A view of nothing much."""

    def _text(self, language):
        return Label("hello", "你好").text(language)

    def _table(self, language):
        return Table(title="<greeting>", columns=("word",), rows=((self._text(language),),))


class TestView:
    @pytest.mark.parametrize(
        ("own", "asked", "said"),
        [("en", None, "hello"), ("zh", None, "你好"), ("zh", "en", "hello"), ("en", "zh", "你好")],
    )
    def test_is_said_in_its_own_language_or_the_one_asked_for(self, own, asked, said):
        view = Greeting(language=own)
        assert view.text(asked) == said
        assert view.table(asked).rows == ((said,),)

    def test_shows_itself_in_its_own_language(self):
        view = Greeting(language="zh")
        assert str(view) == "你好"
        assert view._repr_html_() == view.table("zh").to_html()
        assert "&lt;greeting&gt;" in view._repr_html_()

    @pytest.mark.parametrize("language", ["fr", "", None, 3, []])
    def test_speaks_two_languages(self, language):
        with pytest.raises(InputError, match=r"Greeting\.language must be 'en' or 'zh'"):
            Greeting(language=language)

    def test_speaks_no_third_one_when_asked(self):
        with pytest.raises(InputError, match="must be 'en' or 'zh'"):
            Greeting().text("fr")
        with pytest.raises(InputError, match="must be 'en' or 'zh'"):
            Greeting().table("")


class TestWords:
    def test_as_a_list(self):
        assert (listed(LABELS[::2], "en"), listed(LABELS[::2], "zh")) == ("gate, North", "大门、North")

    def test_as_a_phrase_without_what_is_empty(self):
        assert (phrase(LABELS, "en"), phrase(LABELS, "zh")) == ("gate, North", "大门，North")

    def test_one_by_one(self):
        assert texts(LABELS, "zh") == ("大门", "", "North")
