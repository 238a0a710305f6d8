"""Chinese names as people of different ages have them, with their pinyin."""

from itertools import product
from random import Random

_BORN_LATER = 1985

_FAMILY = (
    ("王", "wang"), ("李", "li"), ("张", "zhang"), ("刘", "liu"), ("陈", "chen"), ("杨", "yang"), ("黄", "huang"),
    ("赵", "zhao"), ("周", "zhou"), ("吴", "wu"), ("徐", "xu"), ("孙", "sun"), ("朱", "zhu"), ("高", "gao"),
    ("林", "lin"), ("何", "he"), ("郭", "guo"), ("罗", "luo"), ("沈", "shen"), ("陆", "lu"), ("顾", "gu"),
    ("钱", "qian"), ("施", "shi"), ("金", "jin"),
)  # fmt: skip
_EARLIER = (
    ("建国", "jianguo"), ("秀英", "xiuying"), ("桂兰", "guilan"), ("志强", "zhiqiang"), ("丽华", "lihua"),
    ("国平", "guoping"), ("玉珍", "yuzhen"), ("美芳", "meifang"), ("卫东", "weidong"), ("惠民", "huimin"),
    ("永康", "yongkang"), ("红梅", "hongmei"), ("海燕", "haiyan"), ("伟", "wei"), ("敏", "min"), ("静", "jing"),
    ("军", "jun"), ("勇", "yong"),
)  # fmt: skip
_LATER = (
    ("佳怡", "jiayi"), ("俊杰", "junjie"), ("思远", "siyuan"), ("雨桐", "yutong"), ("子涵", "zihan"),
    ("嘉豪", "jiahao"), ("欣然", "xinran"), ("天宇", "tianyu"), ("晓雯", "xiaowen"), ("梦洁", "mengjie"),
    ("一鸣", "yiming"), ("文博", "wenbo"), ("诗琪", "shiqi"), ("浩然", "haoran"), ("婷婷", "tingting"),
    ("磊", "lei"), ("倩", "qian"), ("鑫", "xin"),
)  # fmt: skip


class Names:
    """Draws names; each goes round once before any comes a second time.

    Args:
        rng: the source of chance.
    """

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._left: dict[bool, list[tuple[tuple[str, str], tuple[str, str]]]] = {False: [], True: []}
        self._rounds = {False: 0, True: 0}

    def draw(self, born: int) -> tuple[str, str]:
        """Return an id in pinyin that was not drawn before, and the name in Chinese, for somebody born in a year."""
        later = born >= _BORN_LATER
        if not self._left[later]:
            self._left[later] = list(product(_FAMILY, _LATER if later else _EARLIER))
            self._rng.shuffle(self._left[later])
            self._rounds[later] += 1
        family, given = self._left[later].pop()
        again = "" if self._rounds[later] == 1 else f"-{self._rounds[later]}"
        return f"{family[1]}-{given[1]}{again}", family[0] + given[0]
