"""A guide to begin with, from what the site knows of its body.

The prose is the project's own; what is not known is a place to be filled in, and a
guide with such a place is not sent to review.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join

from mingtang.publication.completeness import guide_items
from mingtang.publication.guide import BLANK
from mingtang_web.publication.drafting import Draft
from mingtang_web.publication.models import Attribute

if TYPE_CHECKING:
    from datetime import date

    from mingtang_web.bodies.models import Body

ASKING = {
    "review_organ": "行政复议机关",
    "court": "管辖法院",
}


def registered(body: Body) -> dict[str, str]:
    """Return what is registered of a body, by the ids of what a guide contains."""
    return {
        "office": body.disclosure_office,
        "address": body.address,
        "hours": body.office_hours,
        "telephone": body.telephone,
        "fax": body.fax,
        "online": body.online_channel,
    }


def guide_of(body: Body, today: date) -> Draft:
    """Return a guide to begin with, dated today."""
    return Draft(
        title=f"{body.name}政府信息公开指南",
        formed_on=today,
        attribute=Attribute.PROACTIVE,
        topic="general_affairs",
        genre="other",
        abstract=f"说明怎样查阅、申请{body.short_name}的政府信息，以及向谁联系。",
        html=_html(body),
        note="根据本机关登记的情况生成，作为起草的底稿",
    )


def _html(body: Body) -> str:
    facts = registered(body)
    labels = {each.id: each.label for each in guide_items()}
    rows = format_html_join(
        "",
        "<tr><th>{}</th><td>{}</td></tr>",
        ((labels[name], facts[name] or _blank(labels[name])) for name in facts),
    )
    parts = [
        "<p>为了便于查阅和申请获取{name}（以下称本机关）的政府信息，编制本指南。"
        "情况有变的，本机关及时更新。</p>",
        "<h2>一、政府信息的分类和编排体系</h2>",
        "<p>本机关主动公开的信息按法定主动公开事项分类，每份文件另标主题、体裁和成文日期。"
        "文件按索引号编排，目录列出索引号、名称、内容概述和生成日期。</p>",
        "<p>{classes}</p>",
        "<h2>二、获取方式</h2>",
        "<p>主动公开的信息，自形成或者变更之日起二十个工作日内公开，可以在{site}查阅。</p>",
        "<p>没有主动公开的信息，可以向本机关申请。当面提交、邮寄都可以"
        "{online}。申请应当写明申请人的姓名或者名称、身份证明、联系方式，"
        "所要信息的名称、文号或者便于查询的其他特征，以及获取信息的方式、途径。</p>",
        "<p>本机关收到申请，能够当场答复的当场答复；不能当场答复的，自收到之日起二十个"
        "工作日内答复，需要延长的，延长不超过二十个工作日，并告知申请人。</p>",
        "<h2>三、政府信息公开工作机构</h2>",
        "<table><tbody>{rows}</tbody></table>",
        "<h2>四、监督和救济</h2>",
        "<p>认为本机关没有依法公开信息的，可以向上一级行政机关或者政府信息公开工作主管部门"
        "投诉、举报；认为侵犯其合法权益的，可以向{review_organ}申请行政复议，或者向"
        "{court}提起行政诉讼。</p>",
    ]
    known = {
        "name": body.name,
        "rows": rows,
        "classes": _blank("本机关信息的主要类别"),
        "site": _blank("公开栏目的名称和网址"),
        "online": f"，也可以通过{facts['online']}提交" if facts["online"] else "",
    }
    known |= {k: getattr(body, k) or _blank(said) for k, said in ASKING.items()}
    return format_html("".join(parts), **known)


def _blank(what: str) -> str:
    return f"{BLANK}{what}〕"
