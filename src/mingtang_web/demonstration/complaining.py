"""Corrections of one's own records, and complaints: matters of the registers.

Where the accounts work, and where complaints of the district come in, there is one
in every stage; elsewhere a few that are done with. Answers go out as real letters.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from mingtang_web import clock
from mingtang_web.applicants.models import Kind
from mingtang_web.cases.actions import Doing
from mingtang_web.demonstration import people
from mingtang_web.demonstration.days import earlier, later
from mingtang_web.demonstration.district import OFFICE, WHERE
from mingtang_web.demonstration.papers import receipt
from mingtang_web.demonstration.recording import Deed
from mingtang_web.letters.delivering import Delivered, record_delivery
from mingtang_web.letters.models import DeliveryRecord
from mingtang_web.letters.orders import Order
from mingtang_web.registers import actions
from mingtang_web.registers.actions import Answer, Arrival
from mingtang_web.registers.models import Stage
from mingtang_web.registers.rules import LAWS, Outcome, Register

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from mingtang_web.demonstration.casting import House
    from mingtang_web.registers.models import Matter

OPENS = time(9, 40)
PROMISED = 15
ELSEWHERE = "西山区自然资源局"
PROOF = DeliveryRecord.Proof.POST


class Tale(NamedTuple):
    """One matter: what about, how many working days ago, and how far it has come."""

    register: Register
    subject: str
    about: str
    words: str
    ago: int
    stage: Stage
    outcome: Outcome | None = None
    told: Mapping[str, object] = {}


_C, _P = Register.CORRECTION, Register.COMPLAINT
TALES = (
    Tale(_C, "房屋建筑面积记录有误", "房屋测绘成果备案表", "我的房屋应为八十九平方米。",
         2, Stage.RECEIVED),
    Tale(_C, "维修资金交存人姓名登记有误", "住宅专项维修资金交存登记表",
         "登记的姓名有一字不对。", 7, Stage.HANDLING),
    Tale(_C, "公租房轮候家庭人口记录有误", "公共租赁住房轮候登记表", "我家应为三口人。",
         24, Stage.ANSWERED, Outcome.CORRECTED,
         {"record_error": "家庭人口登记为二人", "record_correction": "更正为三人"}),
    Tale(_C, "危房鉴定等级记录有误", "房屋安全鉴定结论登记表", "我的房屋不应列为该等级。",
         160, Stage.CLOSED, Outcome.NOT_CORRECTED,
         {"record_error": "鉴定等级登记为B级",
          "record_findings": "经调阅鉴定报告原件，登记与原件一致，所交证据不足以证明有误"}),
    Tale(_C, "宗地面积记录有误", "宗地界址点成果表", "界址点少记一处。",
         85, Stage.CLOSED, Outcome.TRANSFERRED,
         {"record_error": "界址点少记一处"}),
    Tale(_C, "不动产坐落记录有误", "不动产登记簿", "门牌号已经变更。",
         330, Stage.CLOSED, Outcome.REDIRECTED,
         {"record_error": "坐落仍为旧门牌号",
          "redirected_contact": "西山区政务路30号，0990-5550030"}),
    Tale(_C, "物业服务企业联系电话有误", "物业服务企业名录", "电话已经改过。",
         230, Stage.CLOSED, Outcome.WITHDRAWN),
    Tale(_P, "反映未按时公开政府采购结果", "石桥乡人民政府", "网站上一直查不到。",
         3, Stage.RECEIVED),
    Tale(_P, "反映依申请公开答复逾期", "清河镇人民政府", "过了二十个工作日没有答复。",
         26, Stage.HANDLING),
    Tale(_P, "反映答复书没有写明救济途径", "柳林镇人民政府", "答复书里没有写。",
         21, Stage.ANSWERED, Outcome.UNFOUNDED,
         {"complaint_findings": "经调取答复书原件，文末已载明复议机关、法院和期限",
          "complaint_result": "所反映的问题不属实"}),
    Tale(_P, "反映年度报告发布晚于期限", "南关街道办事处", "三月才看到报告。",
         150, Stage.CLOSED, Outcome.RECTIFIED,
         {"complaint_findings": "经核对网站发布记录，该机关的年度报告晚于一月三十一日发布",
          "complaint_result": "情况属实，已督促整改，并列入年度考核"}),
    Tale(_P, "反映多次不答复公开申请", "石桥乡人民政府", "两次申请都没有回音。",
         310, Stage.CLOSED, Outcome.CRITICISED,
         {"complaint_findings": "经查收文登记，两件申请均已收到而未按期答复",
          "complaint_result": "情况属实，已在全区通报批评，并责成限期答复"}),
    Tale(_P, "反映不动产登记窗口不提供查询", ELSEWHERE, "窗口不让查。",
         200, Stage.CLOSED, Outcome.ELSEWHERE,
         {"referral_way": "已将来件转送该机关处理"}),
)  # fmt: skip


@dataclass
class Entry:
    """A matter as it is entered."""

    house: House
    tale: Tale
    matter: Matter | None = field(default=None, init=False)

    def register(self, on: date) -> None:
        """Enter what came."""
        tale, random = self.tale, self.house.random
        waits = tale.stage in {Stage.RECEIVED, Stage.HANDLING}
        arrival = Arrival(
            self.house.body,
            tale.register,
            people.applicant(random, "person"),
            Kind.PERSON,
            random.choice(("in_person", "signed_post", "online")),
            on,
            tale.subject,
            tale.about,
            tale.words,
            later(on, PROMISED) if waits else None,
        )
        self.matter = actions.register(arrival, self.house.staff.clerk)

    def handle(self, on: date) -> None:
        """Note what was looked into."""
        words = "已调阅原始材料，并向经办人核实。"
        self.matter = actions.handle(self._entered, on, words, self._doing())

    def answer(self, on: date) -> None:
        """Answer it, with its letter where its outcome is told by one."""
        outcome = self.tale.outcome or Outcome.WITHDRAWN
        kind = LAWS[self.tale.register].letters.get(outcome)
        letter = Order(kind, self.tale.told) if kind else None
        to = ELSEWHERE if outcome in actions.ELSEWHERE else ""
        given = Answer(outcome, on, to)
        self.matter = actions.answer(self._entered, given, self._doing(letter))

    def deliver(self, on: date) -> None:
        """Record how the answer's letter arrived, and what proves it."""
        for row in self._entered.letters.all():
            number = f"XA{self.house.random.randrange(10**9):09d}"
            told = Delivered("post", row.day, on, PROOF, number)
            proof = receipt(number, on)
            record_delivery(row, told, self.house.staff.clerk, proof)

    def close(self, on: date) -> None:
        """Close it."""
        self.matter = actions.close(self._entered, on, self._doing())

    def _doing(self, letter: Order | None = None) -> Doing:
        handler = self.house.staff.handlers[0]
        return Doing(handler, self._entered.version, letter=letter)

    @property
    def _entered(self) -> Matter:
        if self.matter is None:
            message = "not registered yet"
            raise ValueError(message)
        return self.matter


def matters(house: House, last: date) -> Iterator[Deed]:
    """Yield what was done in a body's registers."""
    every = house.body.short_name in {WHERE, OFFICE.short_name}
    ended = [tale for tale in TALES if tale.stage == Stage.CLOSED]
    for tale in TALES if every else house.random.sample(ended, 1):
        yield from _told(Entry(house, tale), earlier(last, tale.ago))


def _told(entry: Entry, came: date) -> Iterator[Deed]:
    """Yield the acts in a matter, so far as it has come."""
    answered = later(came, 9)
    acts = [(came, entry.register)]
    if entry.tale.stage != Stage.RECEIVED:
        acts.append((later(came, 3), entry.handle))
    if entry.tale.outcome:
        acts += [(answered, entry.answer), (later(answered, 3), entry.deliver)]
    if entry.tale.stage == Stage.CLOSED:
        acts.append((later(answered, 5), entry.close))
    for day, act in acts:
        opens = datetime.combine(day, OPENS, clock.CHINA).astimezone(UTC)
        yield Deed(
            opens + timedelta(minutes=entry.house.random.randrange(60)), partial(act, day)
        )
