"""The demonstration's documents: one in each state, through the acts that officers use."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction

from mingtang_web import clock
from mingtang_web.accounts.models import User
from mingtang_web.bodies.models import Body
from mingtang_web.clock import CHINA
from mingtang_web.demonstration.district import NAME, WHERE
from mingtang_web.ledger.doing import Doing
from mingtang_web.publication import drafting, releasing, reviewing
from mingtang_web.publication.bonds import Bonds, issuers_named
from mingtang_web.publication.drafting import Draft, as_draft
from mingtang_web.publication.models import Column, Document, Stage
from mingtang_web.publication.reviewing import Judged, items_of
from mingtang_web.publication.screening import waived_ones

if TYPE_CHECKING:
    from collections.abc import Callable

WRITER, PUBLISHER = "dengji", "fabu"
REVIEWERS = {
    Stage.SECTION: "chengban",
    Stage.OFFICE: "fazhi",
    Stage.SECRECY: "baomi",
    Stage.LEADER: "shenpi",
}
_BASIS = "不涉及国家秘密、工作秘密，也不涉及商业秘密和个人隐私"
_HOUSING = {"topic": "construction", "matter": "a20_11"}


class Told(NamedTuple):
    """A document: how far it is brought, and what it says; ``age`` is its age in days.

    ``lead`` is another body that leads a joint one, ``forwards`` the title of the one
    above that it forwards.
    """

    fate: str
    title: str
    age: int
    paragraphs: tuple[str, ...]
    abstract: str
    genre: str = "notice"
    column: str = Column.STATUTORY
    attribute: str = "proactive"
    reason: str = ""
    normative: str = ""
    number: str = ""
    lead: str = ""
    forwards: str = ""


DOCUMENTS = (
    Told(
        "published", "关于公布老旧小区加装电梯补助标准的通知", 12,
        ("现将老旧小区加装电梯补助标准公布如下。", "每台补助二十万元，由区财政承担。",
         "申请材料交小区所在社区，十五个工作日内答复。"),
        "公布老旧小区加装电梯的补助标准、申请地点和答复时限。", number="西住建〔2026〕31号",
    ),
    Told(
        "published", "房屋使用安全管理办法", 15,
        ("一、房屋所有权人是使用安全责任人。", "二、每五年检查一次，结果报区住建局。",
         "三、本办法自公布之日起施行，有效期五年。"),
        "规定房屋使用安全责任人、检查周期和报告义务。", genre="order",
        normative="normative", number="西住建规〔2026〕2号",
    ),
    Told(
        "published", "关于联合开展建筑消防安全检查的通知", 11,
        ("十一月至十二月对在建工地、高层住宅联合检查。", "检查由区应急管理局牵头。"),
        "公布联合检查的时间、范围和牵头机关。", number="西应急〔2026〕19号",
        lead="应急管理局",
    ),
    Told(
        "published", "关于转发加装电梯补助标准的通知", 8,
        ("现将补助标准转发给各物业服务企业，请在小区张贴。",),
        "向物业服务企业转发加装电梯的补助标准。", number="西住建〔2026〕35号",
        forwards="关于公布老旧小区加装电梯补助标准的通知",
    ),
    Told(
        "revising", "城镇燃气用户安全检查安排", 9,
        ("第四季度对居民用户入户检查一次。", "检查不收费，检查人员出示证件。"),
        "公布第四季度燃气入户安全检查的安排。", number="西住建〔2026〕33号",
    ),
    Told(
        "scheduled", "关于冬季停止外墙施工的通告", 4,
        ("自十二月一日起停止外墙涂装、保温施工。", "确需施工的，提前五个工作日报告。"),
        "公布冬季停止外墙施工的起止时间和例外办法。", genre="public_notice",
    ),
    Told(
        "secrecy", "保障性住房第三批配租结果", 3,
        ("本批配租一百二十套，配租家庭名单见公示栏。", "对结果有异议的，七日内书面提出。"),
        "公布第三批保障性住房配租的套数和异议办法。", genre="announcement",
    ),
    Told(
        "leader", "关于调整公租房租金标准的通知", 5,
        ("公租房租金按建筑面积每平方米每月八元计收。", "自明年一月一日起执行。"),
        "公布公租房租金的新标准和执行日期。",
    ),
    Told(
        "returned", "住宅专项维修资金使用情况", 8,
        ("上半年使用维修资金项目四十六个。", "各项目金额见附表。"),
        "公布上半年维修资金的使用情况。", genre="report",
    ),
    Told(
        "draft", "物业服务企业信用评价结果", 6,
        ("本次评价企业五十八家，结果分四档。", "咨询联系人李某某，手机13900001234。"),
        "公布物业服务企业信用评价的结果。", genre="announcement",
    ),
    Told(
        "draft", "既有建筑节能改造实施方案", 45,
        ("两年内完成改造面积六十万平方米。",), "公布既有建筑节能改造的目标和步骤。",
        genre="opinion",
    ),
    Told(
        "withdrawn", "建筑工地围挡整治情况通报", 10,
        ("检查工地八十三处，限期整改十二处。",), "通报建筑工地围挡检查和整改情况。",
        genre="circular",
    ),
    Told(
        "filed", "关于房屋征收补偿内部工作口径的请示", 7,
        ("拟对三类情形统一补偿口径，妥否，请批示。",), "就补偿口径向区政府请示。",
        genre="request_for_instructions", attribute="withheld",
        reason="行政机关内部请示，属过程性信息（条例第十六条第二款）",
    ),
)  # fmt: skip


class Newsroom:
    """The people who bring documents from a draft to the public."""

    def __init__(self, body: Body) -> None:
        self.body = body
        names = {WRITER, PUBLISHER, *REVIEWERS.values()}
        self.people = {
            user.username: user for user in User.objects.filter(username__in=names)
        }

    def doing(self, who: str, document: Document | None = None, note: str = "") -> Doing:
        """Return who does an act in a document as it stands."""
        return Doing(self.people[who], document.version if document else 0, note=note)

    def drafted(self, told: Told) -> Document:
        """Begin a document."""
        formed = clock.today() - timedelta(days=told.age)
        draft = Draft(
            title=f"{NAME}{told.title}" if told.normative else told.title,
            formed_on=formed,
            attribute=told.attribute,
            attribute_reason=told.reason,
            topic=_HOUSING["topic"],
            matter=_HOUSING["matter"] if told.attribute == "proactive" else "",
            genre=told.genre,
            document_number=told.number,
            normative=told.normative,
            effective_on=formed if told.normative else None,
            abstract=told.abstract,
            html="".join(f'<p class="indent">{each}</p>' for each in told.paragraphs),
            bonds=self.bonds(told),
        )
        return drafting.begin(self.body, told.column, draft, self.doing(WRITER))

    def bonds(self, told: Told) -> Bonds:
        """Return with whom a document was issued, and what it forwards."""
        if told.lead:
            issuers = issuers_named((f"{NAME}{told.lead}", self.body.name))
            return Bonds(issuers, told.attribute)
        if told.forwards:
            return Bonds(forwards=Document.objects.get(body=self.body, title=told.forwards))
        return Bonds()

    def sent(self, document: Document) -> Document:
        """Send a document to review."""
        return reviewing.send(document, self.doing(WRITER, document))

    def reviewed(self, document: Document, upto: str = "") -> Document:
        """Pass a document from stage to stage, up to one where it then waits."""
        while document.stage and document.stage != upto:
            doing = self.doing(REVIEWERS[Stage(document.stage)], document)
            if document.stage == Stage.SECRECY:
                judged = dict.fromkeys(items_of(document.newest), Judged("public", _BASIS))
                seen = [each.fingerprint for each in waived_ones(document.newest)]
                document = reviewing.clear_secrecy(document, judged, doing, seen)
            else:
                document = reviewing.pass_on(document, doing)
        return document

    def published(self, document: Document) -> Document:
        """Bring a draft to the public."""
        document = self.reviewed(self.sent(document))
        return releasing.publish(document, self.doing(PUBLISHER, document))

    def scheduled(self, document: Document) -> Document:
        """Let a draft go out tomorrow at nine."""
        document = self.reviewed(self.sent(document))
        hour = datetime.combine(clock.today() + timedelta(days=1), time(9), CHINA)
        return releasing.schedule(document, hour, self.doing(PUBLISHER, document))

    def revising(self, document: Document) -> Document:
        """Publish a draft, and begin another version of it."""
        document = self.published(document)
        why = "补充预约电话"
        document = drafting.reopen(document, self.doing(WRITER, document, why))
        draft = as_draft(document.newest)
        more = f"{draft.html}<p>可以打电话预约检查时间。</p>"
        changed = Draft(**{**vars(draft), "html": more, "note": why})
        return drafting.revise(document, changed, self.doing(WRITER, document))

    def withdrawn(self, document: Document) -> Document:
        """Publish a draft and take it down again."""
        document = self.published(document)
        why = "附表所列整改数与实际不符，核对更正后重新发布"
        return releasing.withdraw(document, self.doing(PUBLISHER, document, why))

    def returned(self, document: Document) -> Document:
        """Return a document from the office's review."""
        document = self.reviewed(self.sent(document), Stage.OFFICE)
        why = "附表没有随文，请补上再送审"
        return reviewing.send_back(
            document, self.doing(REVIEWERS[Stage.OFFICE], document, why)
        )


@transaction.atomic
def found_documents() -> bool:
    """Make the documents, once; return whether it was done now."""
    body = Body.objects.get(short_name=WHERE)
    if Document.objects.filter(body=body).exists():
        return False
    room = Newsroom(body)
    fates: dict[str, Callable[[Document], Document]] = {
        "draft": lambda document: document,
        "published": room.published,
        "revising": room.revising,
        "scheduled": room.scheduled,
        "secrecy": lambda document: room.reviewed(room.sent(document), Stage.SECRECY),
        "leader": lambda document: room.reviewed(room.sent(document), Stage.LEADER),
        "returned": room.returned,
        "withdrawn": room.withdrawn,
        "filed": lambda document: room.reviewed(room.sent(document)),
    }
    for told in DOCUMENTS:
        fates[told.fate](room.drafted(told))
    return True
