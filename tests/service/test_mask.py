import attrs
import pytest

from civicvol.labels import Label
from civicvol.service.mask import Mask, written


class TestWritten:
    @pytest.mark.parametrize(
        ("particular", "text", "masked"),
        [
            ("v1", "v1", "…"),
            ("v1", "v10 and v1, not xv1", "v10 and …, not xv1"),
            ("v1", "志愿者v1迟到", "志愿者…迟到"),
            ("v1", "V1 (v1)", "… (…)"),
            ("Li", "Li asked Lisa to listen", "… asked Lisa to listen"),
            ("王芳", "感谢王芳阿姨", "感谢…阿姨"),
            ("王v", "王v和王va", "…和王va"),
            ("José", "José, Josés", "…, Josés"),
            ("(a+b)", "x(a+b)y", "x…y"),
            ("138 0000", "call 138 0000!", "call …!"),
        ],
    )
    def test_finds_whole_words(self, particular, text, masked):
        assert written([particular]).sub("…", text) == masked

    def test_finds_the_longest_first(self):
        assert written(["Li", "Li Na"]).sub("…", "Li Na and Li") == "… and …"


class TestMask:
    MASK = Mask(volunteer="v1", alias=r"\1", items={"e1": "x1"}, written=written(["v1", "王芳"]))

    def test_gives_the_alias_to_one_person(self):
        assert [self.MASK.person(id) for id in ("v1", "v10", "王芳")] == [r"\1", "v10", "王芳"]

    def test_gives_their_things_other_ids(self):
        assert [self.MASK.item(id) for id in ("e1", "e2")] == ["x1", "e2"]

    def test_leaves_the_ids_of_others(self):
        mask = attrs.evolve(self.MASK, others=frozenset({"V1", "v1 b", "王芳"}))
        assert [mask.value(each) for each in ("v1", "V1", "v1 b", "王芳")] == [r"\1", "V1", "v1 b", "王芳"]
        assert mask.value("V1 and 王芳") == r"\1 and \1"

    def test_writes_the_alias_as_it_is(self):
        assert self.MASK.text("v1 came") == r"\1 came"
        assert self.MASK.label(Label("visit to v1", "探访王芳")) == Label(r"visit to \1", r"探访\1")
