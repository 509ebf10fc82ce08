"""A row of an old ledger becomes the history it tells, or says where it cannot."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given

from mingtang.case import events as e
from mingtang.case.counting import place
from mingtang.case.replaying import replay
from mingtang.case.rulebook import Rulebook
from mingtang_web.cases import bridge
from mingtang_web.cases.adopting import unrecorded
from mingtang_web.importing import tables
from mingtang_web.importing.cells import RefusedError
from mingtang_web.importing.histories import By, Taken, taken
from mingtang_web.importing.mapping import MappingError, Reading, guess, load, open_values
from mingtang_web.importing.tallying import table_three
from tests.properties.histories import histories
from tests.web.importing.ledgers import plainly, row_of, written

D = date
TODAY = D(2030, 12, 31)
PLAIN = {"received": "2026-03-02", "channel": "当面", "kind": "公民", "name": "张三丰"}


def read(*rows: dict[str, str], reading: Reading | None = None) -> list[Taken]:
    table = tables.read(written(rows))
    by = By(reading or guess(table), Rulebook(), TODAY)
    return [taken(table, row, by) for row in table.rows]


def chosen(row: dict[str, str], undispatched: str) -> Reading:
    table = tables.read(written([row]))
    return load(guess(table).dump() | {"undispatched": undispatched}, table.headers)


def refusals(row: dict[str, str], sent: str = "waiting") -> list[tuple[str, str]]:
    row = PLAIN | row
    with pytest.raises(RefusedError) as refused:
        read(row, reading=chosen(row, sent))
    assert all(each.advice for each in refused.value.refused)
    return [(each.column, each.reason) for each in refused.value.refused]


def cell(history: tuple[e.Event, ...]) -> tuple[object, ...]:
    """Where a history stands in table three: as the case's columns have it."""
    case = SimpleNamespace()
    bridge.put(case, history, TODAY, Rulebook())  # type: ignore[arg-type]
    received, decided = case.received, case.decided
    return (
        case.phase, case.ground, received and received.year, decided and decided.year,
        case.applicant_kind, place(replay(history), Rulebook()),
    )  # fmt: skip


@given(histories(longest=20).map(plainly))
def test_a_lawful_history_imported_counts_in_the_same_cell(history: list[e.Event]) -> None:
    row = row_of(history)
    [found] = read(row, reading=chosen(row, "waiting"))
    assert cell(found.history) == cell(tuple(history))


def test_the_order_of_one_day_is_the_lawful_one() -> None:
    row = PLAIN | {
        "consulted": "2026-03-05", "role": "第三方", "opinion_on": "2026-03-05",
        "opinion": "同意", "extended": "2026-03-05", "extension_days": "20个工作日",
        "fee_notified": "2026-03-05", "fee_basis": "按量", "fee_pieces": "68",
        "fee_yuan": "380元", "fee_paid": "2026-03-05", "decided": "2026-03-05",
        "ground": "予以公开",
    }  # fmt: skip
    [found] = read(row, reading=chosen(row, "waiting"))
    assert [type(event).__name__ for event in found.history][-3:] == [
        "FeeNotified", "FeePaid", "Decided",
    ]  # fmt: skip


def test_what_the_desk_takes_of_people_is_taken() -> None:
    told = (
        {"identity_number": "110101199003070134", "phone": "010-88880000"},
        {"kind": "企业", "identity_number": "91350100m000100y43", "email": "a@example.cn"},
        {"identity_kind": "护照", "identity_number": "E12345678", "postcode": "010010"},
        {"identity_kind": "外国人永久居留身份证", "identity_number": "911124198109030024"},
    )
    for each in told:
        assert read(PLAIN | each)


@pytest.mark.parametrize(
    ("row", "column", "why"),
    [
        ({"received": "3月2日"}, "收到日期", "年月日"),
        ({"received": "2026-02-30"}, "收到日期", "没有30日"),
        ({"channel": "飞鸽"}, "收到渠道", "“飞鸽”"),
        ({"kind": ""}, "申请人类型", "没有"),
        ({"delivered": "2026-03-05"}, "送达日期", "却没有“决定日期”"),
        ({"decided": "2026-03-05"}, "办理结果", "没有"),
        ({"decided": "2026-03-01", "ground": "N6"}, "决定日期", "早于"),
        ({"extended": "2026-03-05", "extension_days": "60"}, "延期告知日期", "1至20"),
        ({"extended": "2026-05-05", "extension_days": "20"}, "延期告知日期", "届满"),
        ({"decided": "2026-03-05", "ground": "O1"}, "办理结果", "补正"),
        ({"decided": "2031-03-05", "ground": "G2"}, "办理结果", "还没有到"),
        ({"received": "2031-01-02"}, "收到日期", "还没有到"),
        ({"old_number": "110101199003070134"}, "原编号", "身份证号"),
        ({"subject": "长" * 201}, "申请内容摘要", "超过200字"),
        ({"identity_number": "110101199003070135"}, "证件号码", "校验码"),
        ({"identity_number": "110101199003070000"}, "证件号码", "已经丢失"),
        ({"identity_number": "1.10101E+17"}, "证件号码", "已经丢失"),
        (
            {"kind": "企业", "identity_number": "91350100M000100Y44"}, "证件号码",
            "末位校验码",
        ),
        (
            {"identity_kind": "统一社会信用代码", "identity_number": "91350100M0"},
            "证件号码", "应为18位",
        ),
        ({"agent_identity_number": "110101199003070135"}, "代理人证件号码", "校验码"),
        ({"phone": "一三八"}, "联系电话", "拨打"),
        ({"fax": "1.38E+10"}, "传真号码", "拨打"),
        ({"email": "zhang@"}, "电子邮箱", "收信"),
        ({"postcode": "10010"}, "邮政编码", "6位"),
        (
            {"fee_notified": "2026-03-05", "fee_basis": "按量", "fee_pieces": "68",
             "fee_yuan": "381"},
            "收费通知日期", "应为380元",
        ),
    ],
)  # fmt: skip
def test_what_stands_against_a_row_names_its_column(
    row: dict[str, str], column: str, why: str
) -> None:
    found = refusals(row)
    assert any(why in reason for _, reason in found), found
    if "decided" not in row or "ground" not in row:
        assert found[0][0] == column


def test_everything_wrong_with_a_row_is_told_at_once() -> None:
    assert len(refusals({"channel": "飞鸽", "decided": "昨天"})) == 2


def test_an_answer_before_a_fax_was_confirmed_says_which_day_is_too_early() -> None:
    row = {"submitted": "2026-03-01", "received": "2026-03-10", "channel": "传真",
           "decided": "2026-03-05", "ground": "予以公开"}  # fmt: skip
    assert refusals(row) == [
        ("办理结果", "日期2026-03-05早于收到日期2026-03-10，这时申请还没有确认收到")
    ]


def test_an_almost_empty_row_tells_all_that_it_lacks() -> None:
    row = {"channel": "", "kind": "", "name": ""}
    columns = {column for column, _ in refusals(row)}
    assert {"收到渠道", "申请人类型", "申请人", "申请内容"} <= columns


def test_a_slipped_persons_number_is_not_quoted() -> None:
    [(_, reason)] = refusals({"channel": "110101199003070134"})
    assert "199003070134" not in reason


def test_a_fixed_value_stands_for_all_rows() -> None:
    rows = [{"received": "2026-03-02", "correction_asked": "2026-03-05"}]
    columns = {
        "received": "收到日期", "correction_asked": "告知补正日期",
        "correction_until": "=+15", "channel": "=当面提交", "kind": "=自然人",
    }  # fmt: skip
    table = tables.read(written(rows))
    [found] = read(*rows, reading=load({"columns": columns}, table.headers))
    assert found.history[1] == e.CorrectionAsked(on=D(2026, 3, 5), until=D(2026, 3, 20))


def test_words_that_mean_nothing_yet_are_asked_for_once() -> None:
    table = tables.read(written([PLAIN | {"channel": "飞鸽"}] * 3))
    assert open_values(table, guess(table)) == {"channel": ["飞鸽"]}
    said = guess(table).dump() | {"values": {"channel": {"飞鸽": "fax"}}}
    made = load(said, table.headers)
    assert open_values(table, made) == {}
    assert made.dump() == said


@pytest.mark.parametrize(
    ("columns", "why"),
    [
        ({"channel": "申请人"}, "个人信息"),
        ({"subject": "申请人"}, "个人信息"),
        ({"nothing": "收到日期"}, "没有“nothing”"),
        ({"received": "别的"}, "没有“别的”"),
        ({"received": "=2026-03-02"}, "不能固定"),
        ({"extension_days": "=很多"}, "不能固定"),
        ({"correction_asked#2": "收到日期"}, "没有“correction_asked#2”"),
        ([], "JSON"),
    ],
)
def test_a_mapping_that_cannot_be_is_refused(columns: object, why: str) -> None:
    table = tables.read(written([PLAIN]))
    with pytest.raises(MappingError, match=why):
        load({"columns": columns}, table.headers)


ANSWERED = PLAIN | {"decided": "2026-03-20", "ground": "予以公开", "mode": "邮寄"}
RECEIVED = ANSWERED | {"delivered": "2026-03-23"}


def test_a_way_without_a_decision_may_be_how_the_applicant_wants_it() -> None:
    with pytest.raises(RefusedError) as refused:
        read(PLAIN | {"mode": "邮寄"})
    [why] = refused.value.refused
    assert why.column == "送达方式"
    assert "对应为“获取方式”" in why.advice


def test_an_answer_whose_sending_is_not_told_is_never_silently_unsent() -> None:
    for row, said in ((ANSWERED, "决定日期"), (RECEIVED, "送达日期")):
        [(column, why)] = refusals(row, sent="")
        assert (column, why) == ("发出日期", f"有“{said}”却没有“发出日期”")
        [found] = read(row, reading=chosen(row, "same_day"))
        assert found.history[2] == e.Dispatched(on=D(2026, 3, 20), mode="post")
        assert found.unsent == ("dispatched",)
    [found] = read(ANSWERED, reading=chosen(ANSWERED, "waiting"))
    assert (found.history[-1], found.unsent) == (
        e.Decided(on=D(2026, 3, 20), ground="G2"), ("dispatched",),
    )  # fmt: skip
    with pytest.raises(RefusedError, match="却没有“发出日期”"):
        read(RECEIVED, reading=chosen(RECEIVED, "waiting"))
    with pytest.raises(MappingError, match="可用：same_day"):
        chosen(ANSWERED, "someday")


def test_a_withdrawal_among_the_results_ends_the_case() -> None:
    [found] = read(PLAIN | {"decided": "2026-03-05", "ground": "撤回"})
    assert found.history[-1] == e.Withdrawn(on=D(2026, 3, 5))


@given(histories(longest=8).map(plainly))
def test_both_sides_of_table_three_balance(history: list[e.Event]) -> None:
    where = place(replay(history), Rulebook())
    for year in (2024, 2025, 2026):
        cells = table_three([where] if where else [], year)
        left = {"received", "carried_in"}
        new = sum(n for (line, _), n in cells.items() if line in left)
        assert new == sum(n for (line, _), n in cells.items() if line not in left)


def test_a_day_that_no_month_has_is_told_as_such():
    [(column, why)] = refusals({"received": "2026.2.30"})
    assert column == "收到日期"
    assert "2026年2月没有30日" in why


def test_nobody_asked_before_there_was_a_regulation():
    old = {"received": "1998-05-06", "decided": "1998-05-20", "ground": "予以公开"}
    assert refusals(old) == [
        ("收到日期", "早于政府信息公开条例首次施行的2008-05-01，那时还没有依申请公开")
    ]


def test_a_row_answered_under_the_first_regulation_is_told_to_stay():
    old = {"received": "2009-05-06", "decided": "2009-05-20", "ground": "予以公开"}
    [(column, why)] = refusals(old)
    assert column == "办理结果"
    assert "施行（2019-05-15）之前已经答复" in why


def test_a_refusal_for_a_third_party_stands_as_the_old_ledger_has_it():
    old = {"decided": "2026-03-20", "ground": "N4", "dispatched": "2026-03-20",
           "mode": "邮寄", "letter_number": "西住公开告〔2026〕12号"}  # fmt: skip
    [found] = read(PLAIN | old)
    assert found.letter_number == "西住公开告〔2026〕12号"
    assert unrecorded(found.history)
    assert found.history[1] == e.Decided(on=D(2026, 3, 20), ground="N4")


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("请提供柳林路规划图。另请盖章。", "请提供柳林路规划图"),
        ("请提供" + "柳林路" * 20, ("请提供" + "柳林路" * 20)[:39] + "…"),
        ("张三丰申请公开一号楼的图纸", "旧台账第2行"),
        ("电话13800138000，要规划图", "旧台账第2行"),
    ],
)
def test_a_row_without_a_summary_is_named_by_what_it_asks_for(said: str, shown: str):
    [found] = read(PLAIN | {"description": said})
    assert found.subject == shown
