"""What is left out for speed is nothing that the plain way finds."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from mingtang.screening import screen, standard
from mingtang.screening.context import TABLE
from mingtang.screening.hits import Hit, Kind, settled
from mingtang.screening.numbers import is_resident_number
from tests.engine.screening.plainly import plainly, resident

SETS = Path(__file__).resolve().parents[2] / "screening"
CASES = [
    case["text"]
    for file in ("opened", "unopened", "fresh", "causes")
    for case in yaml.safe_load((SETS / f"{file}.yaml").read_text(encoding="utf-8"))
]
PIECES = (
    *"0123456789\n\t| -.，。、：（(【×XxA号室组村单元楼栋年月日\uff21\uff11〇",
    "11010119900307", "0134", "138", "0013800", "0000", "6222021234567890", "128", "86",
    "4111111111111111", "010", "88888888", "110101900307013", "91110101MA5KTN2X08",
    "身份证", "银行卡号", "卡", "账号", "个人账户", "存折号", "社会保障卡号", "家庭电话",
    "宅电", "出生", "出生日期", "生于", "1990年3月7日", "1990-03-07", "护照", "微信",
    "QQ", "@", "qq.com", "京A", "12345", "粤 ", "公司", "某区长江路3号", "2单元501室",
    "1-2-301", "小区", "号楼", "中华人", "民共和国", "中华人民共和国", "中华人名共和国",
    "政府信息", "公开条例", "名", "帐户", "部份", "台湾", "日本", "等国家", "两国",
    "××年", "XX", "（待填写）",
    "【请输入】", "。。", "####", "\u200b", "烫烫", "序号\t账号\t姓名",
    "1\t62220212345\t甲", "\n\n", "  ", "①", "110101191003070138", "11010119100307013",
    "11010119100307004X", "13800137502", "+86 138-0013-7502", "6222 0212 3456 7890 128",
    "0512-68527080", "流水号为", "订单编号：", "农业银行", "3-12-301", "里3号501室",
    "八组九号", "zhang.san@qq.com", "监督邮箱", "2019-01-15 10:30:22", "/13800137502", "No",
    "值班电话：", "办公电话\t", "热线", "编号", "党中央集中统一领导", "zhang.san@x.gov.cn",
)  # fmt: skip
TEXTS = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
    st.lists(st.sampled_from((*CASES, *PIECES)), max_size=6).map("".join),
    st.tuples(st.sampled_from(CASES), st.integers(0, 60), st.sampled_from(PIECES)).map(
        lambda drawn: drawn[0][: drawn[1]] + drawn[2] + drawn[0][drawn[1] :]
    ),
)


def bare(hits: tuple[Hit, ...]) -> list[tuple[object, ...]]:
    return sorted((hit.kind, hit.start, hit.end, hit.text, hit.suggestion) for hit in hits)


@pytest.mark.parametrize("text", ["\n".join(CASES), "".join(CASES), "\t".join(CASES)])
def test_the_labelled_texts_are_screened_as_plainly(text: str) -> None:
    assert bare(screen(text)) == bare(plainly(text, standard()))


@pytest.mark.parametrize(
    "text",
    [
        "申请人11010119100307004X，",
        "110101 19100307 004x",
        "现住荷花里弄501室。",
        "家住长江小区2幢301房。",
        "家住长江小区2幢301号。",
        "户籍地为大河镇小河村八组九号。",
        "现住长江小区单元楼1-2-301。",
        "现住长江小区3单元501。",
        *(f"{name}110101900307013，" for name in ("身份证", "证件号", "ID", "身份号码")),
        *(f"{name}为7000000000000005。" for name in ("卡", "银行", "农行", "开户", "存折")),
        "7000000000000005（农商）。",
        *(f"{name}：05108888888" for name in ("家庭电话", "家中固定座机", "宅电")),
        "姓名\t账号\n甲\t1234567\n乙\t7654321\n",
        "姓名\t社会保障卡号\n甲\t1234567\n",
        "姓名\t存折号\n\n甲\t1234 567\n",
        "卡号\n7000000000000005",
        "手机86 13800138000，0086-13800138000，又13800138000",
        "京\uff21\uff1112345",
        "[待补充]（此处填写）（TODO写完）【占位】",
    ],
)
def test_what_stands_alone_is_found_as_plainly(text: str) -> None:
    assert screen(text)
    assert bare(screen(text)) == bare(plainly(text, standard()))


@pytest.mark.parametrize("between", ["\n", "，", ""])
@pytest.mark.parametrize("beyond", range(-12, 5))
@pytest.mark.parametrize("number", ["1234567", "7000000000000005", "110101900307013"])
def test_words_reach_as_far_down_as_plainly(number: str, between: str, beyond: int) -> None:
    for head in ("姓名\t账号\n", "银行身份证，", "姓名\t账号，"):
        text = f"{head}{'乙' * (TABLE + beyond)}{between}甲\t{number}\n"
        assert bare(screen(text)) == bare(plainly(text, standard()))


@pytest.mark.parametrize("phrase", ["中华人民共和国", "政府信息公开条例"])
def test_every_near_miss_is_found_as_plainly(phrase: str) -> None:
    for place in range(1, len(phrase) - 1):
        before, after = phrase[:place], phrase[place:]
        for wrong in (f"{before}甲{after}", before + after[1:], f"{before}甲{after[1:]}"):
            assert screen(f"乙{wrong}丙")
            assert bare(screen(wrong)) == bare(plainly(wrong, standard()))


@pytest.mark.parametrize("length", [1, 31, 32, 33, 64, 65])
def test_the_name_of_a_mailbox_is_told_from_its_beginning(length: int) -> None:
    mailbox = f"{'a.b-'[: length - 1]}{'c' * max(1, length - 4)}@qq.com"
    assert [hit.text for hit in screen(f"他的邮箱{mailbox}。")] == [mailbox]


@given(
    first=st.sampled_from(("110101", "320501", "000000", "990101", "710101")),
    year=st.sampled_from(("1839", "1840", "1910", "2000", "2099", "2100", "0000")),
    rest=st.from_regex("[01][0-9][0-3][0-9]{4}[0-9Xx]", fullmatch=True),
)
def test_resident_numbers_are_told_as_plainly(first: str, year: str, rest: str) -> None:
    for last in "0123456789Xx":
        digits = first + year + rest[:-1] + last
        assert is_resident_number(digits) == resident(digits)


@given(
    spans=st.lists(
        st.tuples(
            st.sampled_from((Kind.TYPO, Kind.WORDING, Kind.PHONE)),
            st.integers(0, 20),
            st.integers(1, 6),
        ),
        max_size=12,
    )
)
def test_hits_that_overlap_are_settled_as_plainly(
    spans: list[tuple[Kind, int, int]],
) -> None:
    hits = [Hit(kind, at, at + far, "", "") for kind, at, far in spans]
    kept: list[Hit] = []
    families = ({Kind.PHONE}, {Kind.TYPO, Kind.WORDING})
    for family in families:
        told: list[Hit] = []
        of_it = [hit for hit in hits if hit.kind in family]
        for hit in sorted(of_it, key=lambda each: (each.start, -each.end, each.kind)):
            if not told or hit.start >= told[-1].end:
                told.append(hit)
            elif hit.end - hit.start > told[-1].end - told[-1].start:
                told[-1] = hit
        kept += told
    assert settled(hits) == tuple(sorted(kept, key=lambda each: (each.start, each.end)))


@settings(max_examples=400, deadline=None)
@given(text=TEXTS)
def test_what_is_found_swiftly_is_what_is_found_plainly(text: str) -> None:
    assert bare(screen(text)) == bare(plainly(text, standard()))
