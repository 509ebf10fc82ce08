"""What names of bodies tell, and what they do not."""

from __future__ import annotations

import pytest

from mingtang.checking.bodies import Kind, kind_of, lacks_rule_making_power


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("清河市东湖区人民政府", Kind.GOVERNMENT),
        ("上海市黄浦区", Kind.GOVERNMENT),
        ("某某自治州人民政府", Kind.GOVERNMENT),
        ("益阳市资阳区人民政府办公室", Kind.OFFICE),
        ("广东省人民政府办公厅", Kind.OFFICE),
        ("清河经济技术开发区管理委员会", Kind.OFFICE),
        ("清河市发展和改革委员会", Kind.DEPARTMENT),
        ("西塞山区政数局", Kind.DEPARTMENT),
        ("清河省教育厅", Kind.DEPARTMENT),
        ("清河市人民防空办公室", Kind.DEPARTMENT),
        ("桃江县松木塘镇人民政府", Kind.TOWNSHIP),
        ("会昌县中村乡", Kind.TOWNSHIP),
        ("荔湾区南源街道办事处", Kind.TOWNSHIP),
        ("国家档案局", Kind.CENTRAL),
        ("中华人民共和国教育部", Kind.CENTRAL),
        ("清河市人民政府国有资产监督管理委员会", Kind.DEPARTMENT),
        ("清河市公安局东湖分局", Kind.DEPARTMENT),
        ("国家税务总局清河市税务局", Kind.UNCLEAR),
        ("中共清河市委办公室", Kind.UNCLEAR),
        ("区机关事务管理服务中心", Kind.UNCLEAR),
        ("清河经济技术开发区", Kind.UNCLEAR),
        ("", Kind.UNCLEAR),
        (None, Kind.UNCLEAR),
    ],
)
def test_a_name_tells_a_kind(name: str | None, kind: Kind) -> None:
    assert kind_of(name) is kind


@pytest.mark.parametrize(
    "name",
    [
        "桃江县松木塘镇人民政府", "清河县人民政府", "清河市东湖区人民政府办公室",
        "清河市司法局", "清河省水利厅", "南源街道办事处",
    ],
)  # fmt: skip
def test_these_may_make_no_rules(name: str) -> None:
    assert lacks_rule_making_power(name)


@pytest.mark.parametrize(
    "name",
    [
        "清河省人民政府", "清河市人民政府", "清河市人民政府办公室", "某某自治州人民政府",
        "某某壮族自治区人民政府", "某某自治区人民政府办公厅", "交通运输部", "国家税务总局",
        "雄安新区管理委员会", "清河地区行政公署", "区机关事务管理服务中心", "", None,
    ],
)  # fmt: skip
def test_these_are_not_accused(name: str | None) -> None:
    assert not lacks_rule_making_power(name)
