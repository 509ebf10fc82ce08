"""An old ledger is taken over row by row: each whole or not at all, none twice, on both."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mingtang.case import events as e
from mingtang_web.applicants.actions import unmask
from mingtang_web.bodies.models import Role
from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.bodies.queries import standing
from mingtang_web.cases import bridge
from mingtang_web.cases.models import Case
from mingtang_web.cases.rules import rulebook
from mingtang_web.cases.selecting import Wanted, selected
from mingtang_web.importing import actions, queries
from mingtang_web.importing.actions import UnfinishedError
from mingtang_web.importing.attempting import attempt
from mingtang_web.importing.mapping import MappingError
from mingtang_web.importing.models import ImportedRow, Refusal, Source
from mingtang_web.importing.opening import ClearedError, table_of
from mingtang_web.ledger.models import Entry
from mingtang_web.ledger.queries import faults
from tests.properties.histories import histories
from tests.web.cases.requests import Office
from tests.web.importing.ledgers import plainly, row_of, run, written
from tests.web.people import appointed, person

D = date
TODAY = D(2026, 6, 30)
ID_NUMBER = "110101199003070134"
ROWS = [
    {"old_number": "西住公开〔2026〕1号", "received": "2026-01-05", "channel": "窗口",
     "kind": "公民", "name": "张三丰", "identity_number": ID_NUMBER, "phone": "13800138000",
     "subject": "竣工验收备案表", "description": "请提供张三丰所住一号楼的备案表",
     "decided": "2026-01-20", "ground": "予以公开", "dispatched": "2026-01-21",
     "letter_number": "西住公开告〔2026〕9号", "mode": "邮寄", "delivered": "2026-01-23"},
    {"old_number": "西住公开〔2026〕2号", "received": "2026-01-06", "channel": "网上申请",
     "kind": "企业", "name": "青云物业公司", "subject": "物业备案",
     "description": "物业备案材料"},
    {"old_number": "西住公开〔2026〕3号", "received": "1月7日", "channel": "窗口",
     "kind": "公民", "name": "李四", "subject": "规划图", "description": "规划图"},
    {"old_number": "西住公开〔2026〕4号", "received": "2026-05-06", "channel": "窗口",
     "kind": "公民", "name": "王五", "subject": "会议纪要", "description": "会议纪要",
     "decided": "2026-06-20", "ground": "信息不存在"},
]  # fmt: skip


def uploaded(office: Office, rows: list[dict[str, str]] = ROWS) -> Source:
    source = actions.upload(
        office.housing, "2026年台账.csv", written(rows), office.administrator
    )
    said = source.mapping | {"undispatched": "waiting"}
    actions.set_mapping(source, said, office.administrator)
    return source


def test_a_trial_says_what_would_be_and_writes_no_case(office: Office) -> None:
    source = uploaded(office)
    found = attempt(source, office.administrator)
    assert (found.rows, found.fit) == (4, 3)
    assert found.phases == {"delivered": 1, "in_hand": 1, "decided": 1}
    assert found.tables[2026] == {
        ("received", "person"): 2, ("received", "company"): 1, ("granted", "person"): 1,
        ("unavailable_not_held", "person"): 1, ("carried_out", "company"): 1,
    }  # fmt: skip
    [(row, why)] = found.refused
    assert (row, why.column) == (4, "收到日期")
    assert not Case.objects.exists()
    assert source.trial["refused"] == 1
    assert found.unsent == (5,)


def test_a_day_of_sending_assumed_is_kept_with_the_case_and_in_the_ledger(
    office: Office,
) -> None:
    source = uploaded(office, [ROWS[3] | {"mode": "邮寄"}, ROWS[0]])
    said = source.mapping | {"undispatched": "same_day"}
    actions.set_mapping(source, said, office.administrator)
    found = attempt(source, office.administrator)
    assert (found.unsent, found.phases) == ((2,), {"dispatched": 1, "delivered": 1})
    assert run(source, office) == (2, 2, 0)
    assumed, told = source.imported.order_by("row")
    assert (assumed.assumed, told.assumed) == (["dispatched"], [])
    entry = Entry.objects.filter(case_id=assumed.case_id).earliest("sequence")
    assert entry.content["imported"]["assumed"] == ["dispatched"]
    assert list(faults(office.housing)) == []


def test_a_trial_tells_what_is_late_for_want_of_its_arrival(office: Office) -> None:
    sent = ROWS[3] | {"dispatched": "2026-06-20"}
    rows = [
        sent | {"mode": "电子邮件"},
        ROWS[0],
        sent | {"old_number": "5号", "mode": "邮寄"},
    ]
    source = uploaded(office, rows)
    assert attempt(source, office.administrator).unarrived == (2,)
    client = Client()
    client.force_login(office.administrator)
    assert "没有送达日期（第2行）" in client.get(f"/import/{source.pk}/").text


def test_a_case_is_found_by_its_old_numbers(office: Office) -> None:
    source = uploaded(office)
    run(source, office)
    for words in ("公开〔2026〕1号", "公开告〔2026〕9号"):
        wanted = Wanted(words=words, state="all")
        [found] = selected(Case.objects.all(), wanted, TODAY, TODAY)
        assert found.imported.old_number == "西住公开〔2026〕1号"


def test_the_page_offers_the_choice_and_the_trial_tells_it(office: Office) -> None:
    client = Client()
    client.force_login(office.administrator)
    source = actions.upload(
        office.housing, "a.csv", written([ROWS[3] | {"mode": "邮寄"}]), office.administrator
    )
    place = f"/import/{source.pk}/"
    shown = client.get(place).content.decode()
    assert "有决定日期、没有发出日期的" in shown
    client.post(f"{place}try/")
    assert "有“决定日期”却没有“发出日期”" in client.get(place).content.decode()
    columns = source.mapping["columns"]
    for chosen, told in (("waiting", "导入后就是逾期"), ("same_day", "视同决定当日发出；")):
        kept = client.post(f"{place}mapping/", columns | {"undispatched": chosen})
        assert kept.status_code == 302
        client.post(f"{place}try/")
        shown = client.get(place).content.decode()
        assert "1 行有决定日期而没有发出日期（第2行）" in shown
        assert told in shown
    client.post(f"{place}run/")
    case = source.imported.get().case
    assert f'href="/cases/{case.pk}/">{case.number}' in client.get(place).text
    assert "视同决定当日发出（推定）" in client.get(f"/cases/{case.pk}/").content.decode()


def test_rows_become_cases_with_their_history_and_their_old_numbers(office: Office) -> None:
    source = uploaded(office)
    done = run(source, office)
    assert done == (4, 3, 1)
    case = queries.by_old_number(standing(office.clerk, TODAY), "西住公开〔2026〕1号").get()
    assert (case.number, case.phase, case.kept) == ("2026-0001", "delivered", "in_time")
    assert (case.imported.source, case.imported.row) == (source, 2)
    assert bridge.history(case.pk) == (
        e.Submitted(on=D(2026, 1, 5), channel="in_person", applicant="person"),
        e.Decided(on=D(2026, 1, 20), ground="G2"),
        e.Dispatched(on=D(2026, 1, 21), mode="post"),
        e.Delivered(on=D(2026, 1, 23)),
    )
    first = Entry.objects.filter(case_id=case.pk).earliest("sequence").content
    assert first["imported"]["row"] == 2
    known = unmask(case.applicant, office.clerk, "核对导入")
    assert (known.name, known.identity_number) == ("张三丰", ID_NUMBER)
    assert list(faults(office.housing)) == []


def test_personal_data_lie_sealed_everywhere(office: Office) -> None:
    source = uploaded(office)
    attempt(source, office.administrator)
    run(source, office)
    stored = bytes(Source.objects.get().content)
    assert "张三丰".encode() not in stored
    assert b"13800138000" not in stored
    for entry in Entry.objects.all():
        assert "张三丰" not in entry.payload
    actions.clear(source, office.administrator)
    with pytest.raises(ClearedError):
        table_of(source)
    assert Source.objects.get().holder.wrapped_key is None
    assert Case.objects.count() == 3


def test_nothing_is_taken_over_twice(office: Office) -> None:
    source = uploaded(office)
    run(source, office)
    assert run(source, office) == (4, 3, 1)
    actions.clear(source, office.administrator)
    changed = ROWS[0] | {"delivered": "2026-01-24"}
    again = uploaded(office, [ROWS[1], changed, ROWS[1]])
    assert attempt(again, office.administrator).fit == 0
    assert run(again, office) == (3, 0, 3)
    reasons = list(again.refusals.values_list("reason", flat=True))
    assert "已经导入为案件2026-0002" in reasons[0]
    assert "同年已导入为案件2026-0001，内容不同" in reasons[1]
    assert Case.objects.count() == 3


def test_equal_rows_of_one_file_count_once_in_trial_and_run(office: Office) -> None:
    rows = [{k: v for k, v in ROWS[1].items() if k != "old_number"}] * 2
    rows.append(ROWS[0])
    rows.append(ROWS[0] | {"subject": "另一件"})
    source = uploaded(office, rows)
    found = attempt(source, office.administrator)
    assert [row for row, _ in found.refused] == [3, 5]
    assert run(source, office) == (4, 2, 2)


def test_a_run_cut_short_goes_on_where_it_stopped(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = uploaded(office)
    kept = actions.ImportedRow.objects.create
    count = 0

    def dies(**row: object) -> object:
        nonlocal count
        count += 1
        if count == 2:
            raise KeyboardInterrupt
        return kept(**row)

    with monkeypatch.context() as patch:
        patch.setattr(ImportedRow.objects, "create", dies, raising=False)
        with pytest.raises(KeyboardInterrupt):
            run(source, office)
    assert (Case.objects.count(), ImportedRow.objects.count()) == (1, 1)
    assert run(source, office) == (4, 3, 1)
    assert sorted(Case.objects.values_list("number", flat=True)) == [
        "2026-0001", "2026-0002", "2026-0003",
    ]  # fmt: skip
    assert list(faults(office.housing)) == []


def test_what_was_refused_is_tried_again_with_another_mapping(office: Office) -> None:
    rows = [ROWS[3] | {"ground": "查无"}]
    source = uploaded(office, rows)
    assert run(source, office) == (1, 0, 1)
    said = source.mapping | {"values": {"ground": {"查无": "U1a"}}}
    actions.set_mapping(source, said, office.administrator)
    assert run(source, office) == (1, 1, 0)
    with pytest.raises(MappingError, match="没有“飞”这一列"):
        actions.set_mapping(source, {"columns": {"decided": "飞"}}, office.administrator)


def test_only_the_bodys_administrator_may(office: Office) -> None:
    other = person("other-administrator")
    appointed(other, office.water, Role.ADMINISTRATOR)
    source = uploaded(office)
    for somebody in (office.clerk, office.approver, office.supervisor, other):
        with pytest.raises(NotAllowedError):
            actions.upload(office.housing, "b.csv", written(ROWS[:1]), somebody)
        with pytest.raises(NotAllowedError):
            actions.run(source, somebody)
        assert not queries.visible(standing(somebody, TODAY)).exists()
    assert queries.visible(standing(office.administrator, TODAY)).count() == 1


def test_a_file_begun_is_not_begun_again(office: Office) -> None:
    source = uploaded(office)
    with pytest.raises(UnfinishedError) as begun:
        uploaded(office)
    assert begun.value.source == source


def test_refusals_come_as_a_file_that_runs_nothing(office: Office) -> None:
    source = uploaded(office, [ROWS[0] | {"channel": "=HYPERLINK(1)"}])
    Refusal.objects.create(
        source=source, row=2, column="=x", reason="+y", advice="z", trial=False
    )
    lines = queries.as_csv(source.refusals.all()).decode("utf-8-sig").splitlines()
    assert lines == ["行,列,原因,怎么办", "2,'=x,'+y,z"]


def test_the_command_tries_imports_and_goes_on(office: Office, tmp_path: Path) -> None:
    file, out = tmp_path / "台账.csv", io.StringIO()
    file.write_bytes(written(ROWS, "gb18030"))
    told = {"body": office.housing.code, "stdout": out}
    call_command("import_ledger", file, dry_run=True, **told)
    assert "可以导入 2 行" in out.getvalue()
    assert "第5行 发出日期：有“决定日期”却没有“发出日期”" in out.getvalue()
    assert not Case.objects.exists()
    with pytest.raises(CommandError, match="--resume"):
        call_command("import_ledger", file, **told)
    said = Source.objects.get().mapping | {"undispatched": "waiting"}
    (tmp_path / "m.json").write_text(json.dumps(said), encoding="utf-8")
    refused = tmp_path / "r.csv"
    call_command(
        "import_ledger", file, resume=True, mapping=tmp_path / "m.json", refusals=refused,
        **told,
    )  # fmt: skip
    assert "导入 3 件，没有导入 1 行" in out.getvalue()
    assert "4,收到日期" in refused.read_text("utf-8-sig")
    with pytest.raises(CommandError, match="没有统一社会信用代码"):
        call_command("import_ledger", file, body="0", stdout=out)


@settings(
    max_examples=3,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(some=st.lists(histories(longest=16).map(plainly), min_size=8, max_size=12))
def test_random_histories_imported_stand_in_the_same_cells(
    office: Office, some: list[list[e.Event]]
) -> None:
    mark = uuid4().hex  # keeps the rows of several examples apart
    rows = [
        row_of(history) | {"old_number": f"{mark}-{place}"}
        for place, history in enumerate(some)
    ]
    source = uploaded(office, rows)
    assert run(source, office) == (len(some), len(some), 0)
    for row in source.imported.select_related("case"):
        history = tuple(some[int(row.old_number.rpartition("-")[2])])
        expected = Case(body=office.housing)
        bridge.put(expected, history, TODAY, rulebook(office.housing))
        assert cell(row.case) == cell(expected)


def cell(case: Case) -> tuple[object, ...]:
    received, decided = case.received, case.decided
    return (
        case.phase, case.ground, received and received.year, decided and decided.year,
        case.applicant_kind,
    )  # fmt: skip
