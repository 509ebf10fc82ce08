"""A housing bureau with a year behind it, and its report brought as far as a test wants."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from mingtang.case import events as e
from mingtang.compiling import unfilled
from mingtang_web import clock
from mingtang_web.annual import actions, reviewing
from mingtang_web.annual.compiling import draft, last_wordings
from mingtang_web.annual.models import Annual
from mingtang_web.bodies.models import Role
from mingtang_web.cases.actions import Doing
from tests.web.cases.requests import Office
from tests.web.people import appointed, person

if TYPE_CHECKING:
    from mingtang_web.accounts.models import User

D = date
JANUARY = D(2027, 1, 12)
NONE_ISSUED = {
    "disclosure/regulations/issued": "0",
    "disclosure/regulations/repealed": "0",
    "disclosure/regulations/in_force": "0",
    "disclosure/normative_documents/issued": "2",
    "disclosure/normative_documents/repealed": "0",
    "disclosure/normative_documents/in_force": "14",
    "disclosure/licensing/decisions": "31",
    "disclosure/penalties/decisions": "7",
    "disclosure/coercion/decisions": "0",
    "disclosure/administrative_fees/amount": "0.5",
}
SOURCE = "规范性文件登记簿、执法台账，法规股提供"
WORDS = {
    0: "本报告依照《中华人民共和国政府信息公开条例》编制，"
    "统计期限为2026年1月1日至2026年12月31日。"
    "对报告有疑问的，请与本局办公室联系，电话0990-8123456，地址西山区柳林路一号，邮编990101。",
    6: "本年发出信息处理费收费通知0件，总金额0元，实际收取总金额0元。",
}
TOPICS = {
    "公开的渠道和重点内容": "工程验收结果都在区政府网站公开。",
    "办理申请的制度和做法": "每件申请有两人过目。",
    "制作、审查、更新和定期评估的情况": "每季度清理一次旧文件。",
    "网站专栏和其他平台的情况": "网站设有住房保障专栏。",
    "机构、人员、培训和监督检查的情况": "一人专办，全年培训两次。",
    "人民政府的报告还须写明工作考核、社会评议和责任追究结果": "",
    "本年的主要问题和原因": "档案分存两处，查找慢。",
    "上年问题的改进情况和下一步措施": "上年所列问题已改正，今年把旧档案扫描入库。",
}


class Bureau(Office):
    """The office, with two people who review, and four requests of 2026."""

    def __init__(self) -> None:
        super().__init__()
        self.chief = person("chief", "孙科长")
        appointed(self.chief, self.housing, Role.LEGAL_REVIEWER)
        self.granted = [self.registered(subject=f"{n}号楼备案表") for n in "一二三"]
        for case in self.granted[:2]:
            granted = e.Decided(on=D(2026, 3, 17), ground="G2")
            self.done(case, granted, e.Dispatched(on=D(2026, 3, 18), mode="post"))

    def begun(self, year: int = 2026) -> Annual:
        return actions.start(self.housing, year, Doing(self.clerk, 0))

    def entered(self, annual: Annual) -> Annual:
        return actions.enter(annual, NONE_ISSUED, SOURCE, by(self.clerk, annual))

    def worded(self, annual: Annual) -> Annual:
        """The report with every gap of its draft filled in."""
        drafted = draft(annual, clock.today()).drafted
        texts = {n: "\n".join(words) for n, words in drafted.items() if words} | WORDS
        if not drafted[6][0].startswith("〔"):
            texts[6] = drafted[6][0]
        kept = last_wordings(annual)
        for section, text in texts.items():
            for topic, said in TOPICS.items():
                text = text.replace(f"〔待填：{topic}〕", said)  # noqa: PLW2901
            after = kept[section].number if section in kept else 0
            actions.word(annual, section, text, after, by(self.clerk, annual))
        annual.refresh_from_db()
        assert not unfilled(draft(annual, clock.today()).report)
        return annual

    def finished(self, year: int = 2026) -> Annual:
        return self.worded(self.entered(self.begun(year)))

    def reviewed(self, annual: Annual) -> Annual:
        annual = reviewing.send(annual, by(self.clerk, annual))
        for who in (self.chief, self.lawyer):
            annual = reviewing.pass_on(annual, by(who, annual))
        return annual

    def signed(self, annual: Annual) -> Annual:
        annual = self.reviewed(annual)
        return reviewing.sign(annual, by(self.approver, annual))

    def published(self, annual: Annual) -> Annual:
        annual = self.signed(annual)
        return reviewing.publish(annual, by(self.clerk, annual))


def by(who: User, annual: Annual, note: str = "", key: str | None = None) -> Doing:
    return Doing(who, annual.version, key, note=note)
