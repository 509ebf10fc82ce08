"""What an applicant does in the own case: the law asked, the ledger told, as at the desk.

The actor is nobody with an account; that the applicant did it stands in the note, and
the applicant's words and files are sealed as those are that the desk takes in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.case.events import Corrected, Delivered, ReasonGiven, Withdrawn
from mingtang.case.recording import kind_of
from mingtang_web import clock
from mingtang_web.asking.limiting import DONE, spend
from mingtang_web.asking.renewing import handed_out
from mingtang_web.bodies.models import Role
from mingtang_web.cases.actions import Doing, came_before, do, same_before
from mingtang_web.cases.attaching import ATTACHED, MOST, Paper, bring
from mingtang_web.cases.locking import locked
from mingtang_web.cases.models import Attachment
from mingtang_web.cases.naming import named
from mingtang_web.files.actions import RefusedFileError, taken
from mingtang_web.files.examining import Examined
from mingtang_web.ledger.actions import Record, append
from mingtang_web.letters.actions import OPENED, opened
from mingtang_web.notices.answering import by_applicant

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.core.files.base import File

    from mingtang.case.events import Event
    from mingtang.drafting.letter import Letter as Composed
    from mingtang_web.asking.renewing import HandedOut
    from mingtang_web.cases.models import Case
    from mingtang_web.ledger.canonical import Plain
    from mingtang_web.letters.models import Letter

BY_APPLICANT = "申请人凭编号和查询码在网上办理"
"""What the ledger says of who did it."""
DEEDS = {
    "corrected": "提交了补正",
    "reason_given": "说明了理由",
    "withdrawn": "撤回了申请",
    "delivered": "确认收到了答复",
    Attachment.What.PAYMENT: "提交了缴费凭证",
    Attachment.What.OBJECTION: "提出了收费异议",
}
"""What those at the desk are told of it."""
CHECKED = Corrected, Withdrawn
"""What is told to those who approve too, where the code was given at the counter."""
LARGEST = 10 * 1024 * 1024
MOST_FILES = 5


class TooOftenError(Exception):
    """More acts in one case within an hour than anybody needs."""

    def __init__(self) -> None:
        super().__init__(_("这件申请一小时内办理的次数太多，请稍后再试；刚才的没有提交"))


@dataclass(frozen=True)
class Sent:
    """A form as it came in: which version was looked at, its key, words, files and day."""

    version: int
    key: str
    words: str = ""
    uploads: Sequence[File[bytes]] = ()
    on: date | None = None


def correct(case: Case, sent: Sent) -> Case:
    """Hand in a correction (补正).

    Raises what `mingtang_web.cases.actions.do` raises, `RefusedFileError`,
    `TooOftenError`.
    """
    event = Corrected(on=clock.today())
    return _done(case, event, sent, Attachment.What.CORRECTION)


def give_reason(case: Case, sent: Sent) -> Case:
    """State why so many requests (说明理由); raises what `correct` raises."""
    event = ReasonGiven(on=clock.today())
    return _done(case, event, sent, Attachment.What.OTHER)


def withdraw(case: Case, sent: Sent) -> Case:
    """Take the request back (撤回); raises what `correct` raises."""
    return _done(case, Withdrawn(on=clock.today()), sent, Attachment.What.OTHER)


def confirm_receipt(case: Case, sent: Sent) -> Case:
    """Say on which day the answer arrived (确认收到); raises what `correct` raises."""
    event = Delivered(on=sent.on or clock.today())
    return _done(case, event, sent, Attachment.What.OTHER)


def prove_payment(case: Case, sent: Sent) -> None:
    """Hand in what proves a payment; the body records it once it has the money.

    Raises `RefusedFileError`, `TooOftenError`, `ErasedError`.
    """
    _handed_in(case, sent, Attachment.What.PAYMENT)


def object_to_fee(case: Case, sent: Sent) -> None:
    """Tell the body why a fee is wrong; the term for paying runs on meanwhile.

    Raises what `prove_payment` raises.
    """
    _handed_in(case, sent, Attachment.What.OBJECTION)


def open_letter(case: Case, row: Letter, how: str) -> Composed:
    """Open a letter for its reader, and record once a day and way that it was taken.

    Raises `AlteredLetterError` and `ErasedError`.
    """
    made = opened(row)
    said: dict[str, Plain] = {"letter": row.pk, "purpose": f"{BY_APPLICANT}：{how}"}
    key = f"taken-{row.pk}-{how}-{clock.today():%Y%m%d}"
    append(Record(row.body, OPENED, said, case_id=case.pk, key=key))
    return made


def _handed_in(case: Case, sent: Sent, what: str) -> None:
    """Take in what is no act of the law's, once."""
    papers = _papers(case, sent, what)
    with transaction.atomic():
        present = locked(case)
        if not came_before(present, sent.key, ATTACHED):
            _keep(present, papers, sent.key)
            by_applicant(present, DEEDS[what], sent.key)


def _done(case: Case, event: Event, sent: Sent, what: str) -> Case:
    """Do an act of the applicant's with what came with it; sent twice, done once."""
    papers = _papers(case, sent, what)
    with transaction.atomic():
        present = locked(case)
        if same_before(present, sent.key, event):
            return present
        code = handed_out(present)
        note = f"{BY_APPLICANT}{_of_code(present, code)}"
        doing = Doing(None, sent.version, sent.key, note=note)
        after = do(present, event, doing)
        _keep(after, papers)
        deed = DEEDS[kind_of(event)]
        if code is not None and isinstance(event, CHECKED):
            deed += f"（查询码{code.on}在窗口补发，请与申请人核实）"
            by_applicant(after, deed, sent.key, Role.APPROVER)
        by_applicant(after, deed, sent.key)
        return after


def _of_code(case: Case, code: HandedOut | None) -> str:
    """Return what the ledger says of a code that was given at the counter.

    A colleague of the applicant's own name is not named.
    """
    if code is None:
        return ""
    by = "窗口人员" if named(case, code.by) else code.by
    return f"（凭{code.on}由{by}在窗口补发的查询码）"


def _papers(case: Case, sent: Sent, what: str) -> tuple[Paper, ...]:
    """Return what came with a form, looked through, before any transaction."""
    if not spend(DONE, f"case/{case.pk}"):
        raise TooOftenError
    if len(sent.uploads) > MOST_FILES:
        raise RefusedFileError(_("一次最多交 %(most)s 个文件") % {"most": MOST_FILES})
    said = Examined(sent.words.strip().encode(), "txt")
    words = [Paper(what, said)] if said.data else []
    files = [Paper(what, looked_through(each, case)) for each in sent.uploads]
    return (*words, *files)


def looked_through(upload: File[bytes], case: Case) -> Examined:
    """Return a file that may be kept; raises `RefusedFileError`."""
    if (upload.size or 0) > LARGEST:
        most = LARGEST // 1024 // 1024
        raise RefusedFileError(
            _("文件超过 %(most)s MB 的上限，没有保存；请换小一些的，或者当面、邮寄提交")
            % {"most": most}
        )
    return taken(upload, case.body, None, case.applicant)


def _keep(case: Case, papers: tuple[Paper, ...], key: str | None = None) -> None:
    brought = case.attachments.filter(file__stored_by=None).count()
    if brought + len(papers) > MOST:
        why = _("这件申请网上最多收 %(most)s 份材料，已经收满；请当面或者邮寄提交")
        raise RefusedFileError(why % {"most": MOST})
    for paper in papers:
        [said] = bring(case, [paper], None)
        append(Record(case.body, ATTACHED, said, case_id=case.pk, key=key))
