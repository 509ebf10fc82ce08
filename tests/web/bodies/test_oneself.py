"""A body is known by all its names and sections, and never taken for a neighbour."""

from __future__ import annotations

from datetime import date

import pytest

from mingtang_web.bodies.models import FormerName, Section
from mingtang_web.bodies.oneself import own_name
from tests.web.people import District

OWN = (
    "西山区住房和城乡建设局", "西山区 住房和城乡建设局 ", "住房和城乡建设局",
    "云州市西山区住房和城乡建设局", "住建局", "西山区建设局", "建设局", "房产管理科",
    "西山区住房和城乡建设局房产管理科", "云州市西山区住房和城乡建设局房产管理科",
    "住建局房产管理科", "公开办",
)  # fmt: skip
ANOTHERS = (
    "", "  ", "西山区水务局", "东岭区住房和城乡建设局", "云州市住房和城乡建设局",
    "西山区人民政府", "东岭区住建局", "东岭区建设局", "新住房和城乡建设局",
    "西山区住房和城乡建设局直属服务中心", "张三丰",
)  # fmt: skip


@pytest.fixture
def district(db: None) -> District:  # noqa: ARG001 - asked for, not used
    made = District()
    made.housing.short_name, made.housing.disclosure_office = "住建局", "公开办"
    made.housing.save()
    FormerName.objects.create(
        body=made.housing, name="西山区建设局", short_name="建设局", letter_code="西建",
        until=date(2020, 1, 1),
    )  # fmt: skip
    Section.objects.create(body=made.housing, name="房产管理科")
    return made


@pytest.mark.parametrize("words", OWN)
def test_every_name_of_its_own_is_known(district: District, words: str) -> None:
    assert own_name(words, district.housing)


@pytest.mark.parametrize("words", ANOTHERS)
def test_nobody_else_is_taken_for_it(district: District, words: str) -> None:
    assert own_name(words, district.housing) == ""
