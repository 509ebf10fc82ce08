"""What the demonstration must show, and what of it is not there."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from mingtang.case.counting import COLUMNS, KINDS
from mingtang_web import clock
from mingtang_web.accounts.models import SavedFilter, User
from mingtang_web.activities.models import Activity
from mingtang_web.activities.rules import Register as Kept
from mingtang_web.bodies.models import Body, Delegation
from mingtang_web.cases.attachments import Attachment
from mingtang_web.cases.exchanges import Comment, Explanation, SectionOpinion, Urging
from mingtang_web.cases.models import Proposal
from mingtang_web.collecting.models import Season
from mingtang_web.collecting.status import Status, board
from mingtang_web.demonstration.district import ACCOUNTS, MAILBOXES, WHERE
from mingtang_web.disputes.models import Dispute
from mingtang_web.disputes.queries import asked, table_four, to_answer, to_perform
from mingtang_web.importing.models import ImportProposal
from mingtang_web.ledger.models import Entry
from mingtang_web.letters.models import DeliveryRecord, Letter
from mingtang_web.matters.models import Item
from mingtang_web.publication.cleanups import CleanUp
from mingtang_web.publication.models import Document, State
from mingtang_web.registers.models import Matter, Stage
from mingtang_web.registers.rules import Register
from mingtang_web.spells.models import Spell
from mingtang_web.spells.queries import made_of
from mingtang_web.wordlists.models import ListOfWords

if TYPE_CHECKING:
    from collections.abc import Iterator

WRITTEN_TO_THE_END = frozenset({Status.SIGNED, Status.RECALLED})
"""The statuses that take a report written to its end: they are not shown."""


def lacking() -> list[str]:
    """Return, in Chinese, what the demonstration should show and does not."""
    shown = [*_disputes(), *_registers(), *_papers(), *_words(), *_people(), *_reports()]
    shown += [*_imports(), *_activities(), *_spells(), *_documents()]
    return [name for name, there in shown if not there]


def _documents() -> Iterator[tuple[str, bool]]:
    states = set(Document.objects.values_list("state", flat=True))
    for state in set(State) - {State.CLEARED, State.DISCARDED}:
        yield f"文件（{state.label}）", state.value in states
    yield "进行中的文件清理", CleanUp.objects.exists()
    yield "本机关的词表", ListOfWords.objects.exists()
    yield "标准目录的事项", Item.objects.exists()


def _disputes() -> Iterator[tuple[str, bool]]:
    body, today = Body.objects.get(short_name=WHERE), clock.today()
    held = set[tuple[str, str]]()
    years = range(today.year - 2, today.year)
    for day in (*(date(year, 12, 31) for year in years), today):
        held |= {cell for cell, numbers in table_four(body, day).items() if numbers}
    for kind in KINDS:
        for column in COLUMNS:
            yield f"表四{kind}、{column}", (kind, column) in held
    rows = Dispute.objects.filter(body=body)
    clocks = [asked(row, today).clock for row in to_answer(rows)]
    left = [known.due for known in clocks if known and known.due]
    yield "临近答复期限的复议、诉讼", any(today <= day for day in left)
    yield "超过答复期限的复议、诉讼", any(day < today for day in left)
    yield "待履行的裁决", to_perform(rows).exists()
    ruled = Entry.objects.filter(body=body, kind="dispute.ruled")
    opened = any(each.content.get("order", {}).get("cases") for each in ruled)
    yield "重新办理案件的裁决", opened


def _registers() -> Iterator[tuple[str, bool]]:
    for register in Register:
        rows = Matter.objects.filter(register=register, body__short_name=WHERE)
        stages = set(rows.values_list("stage", flat=True))
        for stage in Stage:
            yield f"{register.label}（{stage.label}）", stage.value in stages
        yield f"{register.label}的文书", rows.filter(letters__isnull=False).exists()


def _activities() -> Iterator[tuple[str, bool]]:
    rows = Activity.objects.filter(body__short_name=WHERE)
    kept = set(rows.values_list("register", flat=True))
    for register in Kept:
        yield f"工作登记：{register.label}", register in kept
    yield "尚未公开的预算", rows.filter(pending=True).exists()
    yield "作废的工作登记", rows.filter(struck=True).exists()
    yield "两周未更新的账号", rows.filter(steps__silent=True).exists()
    yield "整改以后补充的检查", rows.filter(version__gt=1, rectified__gt=0).exists()


def _spells() -> Iterator[tuple[str, bool]]:
    body, year = Body.objects.get(short_name=WHERE), clock.today().year - 1
    made = made_of(body, year).values()
    yield "相加成全年的时段填报数", any(each.figure for each in made)
    yield "还缺一段的时段填报数", any(len(each.lacking) == 1 for each in made)
    rows = Spell.objects.filter(body=body)
    yield "更正过的时段填报数", rows.filter(steps__what="amended").exists()
    yield "作废的时段填报数", rows.filter(struck=True).exists()


def _papers() -> Iterator[tuple[str, bool]]:
    proofs = DeliveryRecord.objects.filter(file__isnull=False)
    yield "附件", Attachment.objects.filter(case__isnull=False).exists()
    of_cases = Letter.objects.filter(case_id__isnull=False, status=Letter.Status.ISSUED)
    yield "案件的文书", of_cases.exists()
    yield "已签收文书的送达凭证", proofs.filter(received__isnull=False).exists()
    yield "在途文书的送达凭证", proofs.filter(received=None).exists()


def _words() -> Iterator[tuple[str, bool]]:
    for asks in (SectionOpinion, Urging):
        rows, name = asks._default_manager.all(), asks._meta.verbose_name
        yield f"待答复的{name}", rows.filter(answered_at=None).exists()
        yield f"已答复的{name}", rows.exclude(answered_at=None).exists()
    yield "批示", Comment.objects.exists()
    yield "逾期说明", Explanation.objects.exists()
    for stage in (Proposal.Stage.LEGAL, Proposal.Stage.APPROVAL, Proposal.Stage.RETURNED):
        yield f"送审（{stage.label}）", Proposal.objects.filter(stage=stage).exists()


def _people() -> Iterator[tuple[str, bool]]:
    today = clock.today()
    yield "常用筛选", SavedFilter.objects.exists()
    loans = Delegation.objects.filter(since__lte=today, until__gte=today)
    yield "生效中的委托代办", loans.exists()
    reached = User.objects.filter(email__endswith=f"@{MAILBOXES}")
    yield "账号的邮箱", reached.count() == len(ACCOUNTS)


def _imports() -> Iterator[tuple[str, bool]]:
    waits = ImportProposal.objects.filter(stage=Proposal.Stage.APPROVAL)
    yield "待审批的旧台账导入", waits.exists()


def _reports() -> Iterator[tuple[str, bool]]:
    season = Season.objects.filter(year=clock.today().year - 1).first()
    held = {each.status for each in board(season, clock.today())} if season else set()
    for status in set(Status) - WRITTEN_TO_THE_END:
        yield f"年报{status.label}", status in held
