"""The demonstration's season of reports: one body in each status, last year's beside it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction

from mingtang.compiling import Books, Figure, compile_tally, reworded, words_of
from mingtang.form.loading import edition_for
from mingtang.report import Signature
from mingtang.writing import write
from mingtang_web import clock
from mingtang_web.accounts.models import User
from mingtang_web.annual import actions, reviewing
from mingtang_web.annual.compiling import draft
from mingtang_web.annual.waiving import waive
from mingtang_web.annual.yearly import periods_of
from mingtang_web.bodies.models import Role
from mingtang_web.cases.actions import Doing
from mingtang_web.cases.models import Case
from mingtang_web.cases.rules import rulebook
from mingtang_web.collecting import deciding, handing, opening, receiving
from mingtang_web.collecting.models import Delivery, Member, Season
from mingtang_web.collecting.reading import read_now
from mingtang_web.collecting.recording import locked
from mingtang_web.collecting.reports import blocking
from mingtang_web.counts.queries import tally_of
from mingtang_web.demonstration.district import ACCOUNTS, NAME, bodies_in_order
from mingtang_web.demonstration.people import REGION
from mingtang_web.demonstration.staff import staff_of
from mingtang_web.files.examining import Examined

if TYPE_CHECKING:
    from mingtang.report import Report
    from mingtang_web.annual.models import Annual
    from mingtang_web.bodies.models import Body

GOVERNMENT = f"{NAME}人民政府"
RETURNED_FOR = "表三“总计”一栏与各类申请人之和不等，请按台账核对，改好再报。"
LETTER = "关于报送年度报告的说明：报告正文另行报送。".encode()
RECEIVED = "requests/received/total"
BOOK = "区政府办收文登记簿"
SURE = "单位简称与全称不一致，已电话核对，数字照登记簿逐项核过"
OVERDUE = "报送晚于1月31日，机关已书面说明原因，逾期照记；数字照登记簿逐项核过"
SEEN = "对照区政府办收文登记簿，登记日期与补录的一致"
MISSED = "L101"
_GAP = re.compile(r"〔待填：([^〕]*)〕")
_FILLED = r"本机关已按规定办理：\1。"
_LEFT = "演示机关在年度中途建立，已向区政府办公室书面说明"
_NO_LEDGER = "各科室报来的登记簿"


class Come(NamedTuple):
    """How a body's report came: on which day of the new year, and what became of it."""

    name: str
    day: int
    fate: str


FATES = (
    Come("区政府办", 15, "published"),
    Come("区发改局", 12, "published"),
    Come("区教育局", 34, "accepted"),
    Come("区民政局", 26, "accepted"),
    Come("区财政局", 28, "handed"),
    Come("区住建局", 20, "returned"),
    Come("区水务局", 30, "reading"),
    Come("区卫健局", 27, "held"),
    Come("清河镇", 29, "unreadable"),
    Come("柳林镇", 22, "draft"),
    Come("石桥乡", 23, "in_review"),
)
"""The street office is missing, and the vertical bureau is not asked."""
LAST_YEAR = FATES[:4]


@transaction.atomic
def found_seasons() -> bool:
    """Open the district's last two seasons, once, and say whether that was done now."""
    made = Season.objects.filter(body__region=REGION).exists()
    if made or not Case.objects.filter(body__region=REGION).exists():
        return False
    year = clock.today().year - 1
    for asked, fates in ((year - 1, LAST_YEAR), (year, FATES)):
        _Collecting(asked).go(fates)
    return True


class _Collecting:
    """One season on its way, with whoever supervises it."""

    def __init__(self, year: int) -> None:
        self.supervisor = _account(Role.SUPERVISOR)
        self.registrar = _account(Role.ADMINISTRATOR)
        self.year = year
        self.bodies = bodies_in_order()

    def go(self, fates: tuple[Come, ...]) -> None:
        office = self.bodies[0]
        asked = {body.pk for body in self.bodies if opening.is_asked(body)}
        due = opening.legal_due(self.year)
        terms = opening.Terms(self.year, due, GOVERNMENT, office, asked)
        season = opening.open_season(office, terms, Doing(self.supervisor, 0))
        members = {each.body.short_name: each for each in _members(season)}
        for come in fates:
            day = date(self.year + 1, 1, 1) + timedelta(days=come.day - 1)
            self._come(members[come.name], come.fate, min(day, clock.today()))

    def _come(self, member: Member, fate: str, on: date) -> None:
        """Let a report come to the office, which enters it today.

        The season is opened in hindsight here, so the days of receipt are claims, as
        they are for any office: another person looks at the incoming post, but for the
        one that only waits to be decided on.
        """
        if fate in {"draft", "in_review"}:
            self._at_desk(member.body, fate)
            return
        doing = Doing(self.supervisor, member.version)
        file = self._file(member.body, fate, on)
        handed = handing.Handed(file, Delivery.Way.BEHALF, source=BOOK, claimed=on)
        row = handing.put(locked(member.pk), handed, doing)
        if fate != "handed":
            row = self._vouched(row)
        if fate == "reading":
            return
        row = read_now(row)
        if fate == "returned":
            deciding.give_back(row, self._decides(row, RETURNED_FOR))
        elif fate in {"accepted", "published"}:
            deciding.accept(row, self._decides(row, _why(row)))
        if fate == "published":
            handing.note_published(member, on, self._decides(row))

    def _vouched(self, row: Delivery) -> Delivery:
        """Let another person look at the incoming post; the day counts from then on."""
        version = Member.objects.get(pk=row.member_id).version
        receiving.vouch(row, Doing(self.registrar, version, note=SEEN))
        return Delivery.objects.select_related("member").get(pk=row.pk)

    def _at_desk(self, body: Body, fate: str) -> None:
        writer = staff_of(body).handlers[0]
        annual = actions.start(body, self.year, Doing(writer, 0))
        if fate == "in_review":
            annual = _finished(annual, writer)
            reviewing.send(annual, Doing(writer, annual.version))

    def _decides(self, row: Delivery, note: str = "") -> Doing:
        version = Member.objects.get(pk=row.member_id).version
        return Doing(self.supervisor, version, note=note)

    def _file(self, body: Body, fate: str, on: date) -> Examined:
        if fate == "unreadable":
            return Examined(LETTER, "txt")
        named = body.name.replace("健康", "") if fate == "held" else body.name
        report = _report(body, (named, on), self.year)
        if fate == "returned":
            fact = report.facts[RECEIVED]
            wrong = fact._replace(value=fact.number + 1, raw=str(fact.number + 1))
            report = report._replace(facts={**report.facts, RECEIVED: wrong})
        return Examined(write(report, "html"), "html")


def _account(role: Role) -> User:
    name = next(each.username for each in ACCOUNTS if each.role is role)
    return User.objects.get(username=name)


def _why(row: Delivery) -> str:
    """Return with which words a report is accepted that has something open; else none."""
    found = blocking(row)
    return (OVERDUE if MISSED in found else SURE) if found else ""


def _finished(annual: Annual, writer: User) -> Annual:
    """Return a report with all its figures and words, that may be sent to review."""
    added = {cell for cell, row in periods_of(annual).items() if row.made.figure}
    zeros = {cell: "0" for cell in _by_hand(annual.year) if cell not in added}
    annual = actions.enter(annual, zeros, _NO_LEDGER, Doing(writer, annual.version))
    for number, texts in draft(annual, clock.today()).drafted.items():
        text = "\n".join(_GAP.sub(_FILLED, each) for each in texts)
        if text:
            actions.word(annual, number, text, 0, Doing(writer, 0))
    annual.refresh_from_db()
    for each in draft(annual, clock.today()).blocking:
        doing = Doing(writer, annual.version)
        annual = waive(annual, each.fingerprint, _LEFT, doing)
    return annual


def _by_hand(year: int) -> list[str]:
    """Return the cells of which no ledger is kept."""
    return [cell for cell, *_ in edition_for(year).table("disclosure").cells()]


def _report(body: Body, signed: tuple[str, date], year: int) -> Report:
    """Return what a body's ledger gives, every gap of its words filled in, signed."""
    named, on = signed
    figures = tuple(Figure(cell, 0, _NO_LEDGER) for cell in _by_hand(year))
    kept = frozenset({"cases", "disputes"})
    books = Books(named, tally_of(body), kept, figures=figures, rules=rulebook(body))
    made = compile_tally(books, year).report
    said = {
        number: tuple(_GAP.sub(_FILLED, text) for text in texts)
        for number, texts in words_of(made).items()
    }
    return reworded(made, said, Signature(body=named, day=on))


def _members(season: Season) -> list[Member]:
    return list(season.members.select_related("body", "season"))
