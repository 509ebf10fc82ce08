"""A list of bodies is read whole or refused with the line that is wrong."""

from __future__ import annotations

import pytest

from mingtang.combining import BodiesError, Body, read_bodies

AS_YAML = """\
- {body: 清河市人民政府, scope: whole}
- {body: 清河市水务局, parent: 清河市人民政府, code: 11370000000000001X, expected: false}
"""
AS_CSV = """\
机关,上级,代码,应报,范围
清河市人民政府,,,,汇总
清河市水务局,清河市人民政府,11370000000000001X,否,
"""


@pytest.mark.parametrize("text", [AS_YAML, AS_CSV, f"\ufeff{AS_CSV}"])
def test_yaml_and_csv_say_the_same(text: str) -> None:
    assert read_bodies(text).every == (
        Body("清河市人民政府", scope="whole"),
        Body("清河市水务局", "清河市人民政府", "11370000000000001X", expected=False),
    )


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "0行"),
        ("机关\n", "0行"),
        ("机关\n甲局\n甲 局\n", "第2个：“甲 局”写了两次"),
        ("机关,上级\n甲局,乙府\n", "“乙府”不在名单里"),
        ("机关,上级\n甲局,乙局\n乙局,甲局\n", "绕回到自己"),
        ("机关,上级\n甲局,甲局\n", "绕回到自己"),
        ("机关,同一份\n甲局,乙局\n乙局,丙局\n丙局,\n", "最终的那一个"),
        ("机关,应报\n甲局,大概\n", "应报不能是“大概”"),
        ("机关,范围\n甲局,全部\n", "范围不能是“全部”"),
        ("机关,级别\n甲局,市\n", "不认识“级别”"),
        ("上级\n甲局\n", "没有写机关全称"),
        ("机关\n甲局,乙局,丙局\n", "比表头长"),
        ("- 甲局\n", "第1个"),
        ("- {body: [甲局]}\n", "不是文字"),
        ("- {body: 甲局\n", "不是能读的 YAML"),
        ("- !!python/object:os.system {}\n", "不是能读的 YAML"),
    ],
)
def test_what_does_not_hold_together_is_refused(text: str, why: str) -> None:
    with pytest.raises(BodiesError, match=why):
        read_bodies(text)
