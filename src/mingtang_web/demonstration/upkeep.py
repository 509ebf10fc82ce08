"""The demonstration's stock of rules, a clean-up, a guide, a catalogue and a word list."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from mingtang.screening import Word
from mingtang_web import clock
from mingtang_web.accounts.models import User
from mingtang_web.bodies.models import Body
from mingtang_web.demonstration.district import NAME, WHERE
from mingtang_web.guides.actions import start_guide
from mingtang_web.ledger.doing import Doing
from mingtang_web.matters import actions as matters
from mingtang_web.matters.models import Item
from mingtang_web.publication import cleaning, norming
from mingtang_web.publication.cleaning import Concluded, Plan
from mingtang_web.publication.drafting import Draft
from mingtang_web.publication.norming import Happened
from mingtang_web.publication.stock import declare_stock
from mingtang_web.wordlists import actions as wordlists
from mingtang_web.wordlists.models import ListOfWords

if TYPE_CHECKING:
    from collections.abc import Iterator

HANDLER, APPROVER, REVIEWER, KEEPER = "chengban", "shenpi", "fazhi", "guanli"
BOOK = "局发文登记簿"
STOCK = (
    ("房屋租赁管理办法", "西住建规〔2019〕1号", date(2019, 6, 1), None),
    ("物业服务质量考核办法", "西住建规〔2022〕3号", date(2022, 9, 1), 60),
    ("既有住宅电梯维护办法", "西住建规〔2024〕2号", date(2024, 4, 15), None),
)
"""Titles, numbers, days of issue, and in how many days from today one ends."""
LINES = (
    matters.Line(
        "住房保障", "公租房申请审核", "申请条件、办理流程、审核结果", "公租房管理办法",
        "信息形成之日起20个工作日内", f"{NAME}住房和城乡建设局", "政府网站",
    ),
    matters.Line(
        "房屋安全", "危房鉴定结果", "鉴定机构、结论、处置措施", "城市危险房屋管理规定",
        "信息形成之日起20个工作日内", f"{NAME}住房和城乡建设局", "政府网站、社区公示栏",
    ),
    matters.Line(
        "物业管理", "专项维修资金", "归集、使用、结余", "住宅专项维修资金管理办法",
        "每半年", f"{NAME}住房和城乡建设局", "政府网站",
    ),
)  # fmt: skip
WORDS = (
    Word("区住建委", "区住房和城乡建设局"),
    Word("政务公开办公室", "政府信息公开办公室"),
    Word("廉租房", "公共租赁住房"),
)


@transaction.atomic
def found_upkeep() -> bool:
    """Make them, once; return whether it was done now."""
    body = Body.objects.get(short_name=WHERE)
    if ListOfWords.objects.filter(body=body).exists():
        return False
    _stock(body)
    _clean_up(body)
    start_guide(body, _doing(HANDLER))
    _catalogue(body)
    own = wordlists.begin(body, "本局名称和用语", "法规股", _doing(REVIEWER, "首次编制"))
    doing = _doing(REVIEWER, "首次编制", own.version)
    wordlists.add(own, WORDS, "局办公室用语规范", doing)
    return True


def _doing(who: str, note: str = "", version: int = 0) -> Doing:
    return Doing(User.objects.get(username=who), version, note=note)


def _stock(body: Body) -> None:
    """Enter what was in force before the system; another person confirms each."""
    for draft, ends in _drafts():
        issued = Happened("issued", draft.formed_on, BOOK, draft.formed_on, ends)
        document = norming.enter_stock(body, draft, issued, _doing(HANDLER))
        row = document.forceevents.get()
        norming.confirm(document, row.pk, _doing(APPROVER, version=document.version))
    basis = f"{BOOK}与司法行政部门的台账逐件核对"
    declare_stock(body, clock.today(), basis, _doing(APPROVER))


def _drafts() -> Iterator[tuple[Draft, date | None]]:
    for title, number, issued, left in STOCK:
        ends = clock.today() + timedelta(days=left) if left else None
        draft = Draft(
            title=f"{NAME}{title}",
            formed_on=issued,
            attribute="proactive",
            topic="construction",
            genre="decision",
            matter="a20_1",
            normative="normative",
            document_number=number,
            effective_on=issued,
            expires_on=ends,
            abstract=f"规定{title.removesuffix('办法')}的职责和程序。",
            html='<p class="indent">文本待从纸质存档录入。</p>',
        )
        yield draft, ends


def _clean_up(body: Body) -> None:
    """Open a clean-up in which one document is concluded and the others wait."""
    plan = Plan(f"{clock.today().year}年规范性文件清理", clock.today(), "区司法局清理通知")
    campaign = cleaning.open_clean_up(body, plan, _doing(HANDLER))
    item = campaign.items.order_by("pk").first()
    if item is not None:
        said = Concluded("keep", "与上位法一致，继续适用")
        doing = _doing(HANDLER, version=campaign.version)
        cleaning.conclude(campaign, {item.pk: said}, doing)


def _catalogue(body: Body) -> None:
    office = body.parent or body
    if not Item.objects.filter(body=office).exists():
        doing = _doing(KEEPER, "对照国家试点标准指引编制")
        matters.add(office, LINES, clock.today(), doing)
