"""The fields that name others: people who are consulted, other bodies, other cases."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext as _

from mingtang_web import typed
from mingtang_web.applicants.comparing import same_name
from mingtang_web.applicants.models import Kind
from mingtang_web.applicants.sealing import Person
from mingtang_web.bodies.codes import validate_unified_code
from mingtang_web.bodies.models import Body
from mingtang_web.cases.branching import same_matter
from mingtang_web.cases.consulting import CITE, nobody_else
from mingtang_web.cases.merging import came_first, others
from mingtang_web.masking import no_personal_data

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mingtang.case.act import Act
    from mingtang_web.cases.models import Case
    from mingtang_web.desk.opening import Opened

Builder = Callable[["Opened", "Act", str], forms.Field | None]
"""Makes a field for a case, an act and, for decisions, the ground's code."""


LONGEST_MATTER = 200


class Matters(typed.Text):
    """Several matters, one a line; no personal data in any."""

    def clean(self, value: object) -> tuple[str, ...]:
        """Return the lines that say something.

        Raises `ValidationError` for one twice, and for one that no subject can hold.
        """
        text = str(super().clean(value))
        lines = tuple(line.strip() for line in text.splitlines() if line.strip())
        for number, line in enumerate(lines, 1):
            if len(line) > LONGEST_MATTER:
                raise forms.ValidationError(
                    _("第%(line)s件有%(n)s字，最多%(most)s字；没有截断，请删减后再提交"),
                    params={"line": number, "n": len(line), "most": LONGEST_MATTER},
                )
        twice = same_matter(lines)
        if twice:
            raise forms.ValidationError(twice)
        return lines


def _name(seen: Opened, act: Act, _code: str) -> forms.Field:
    third = act.role == "third_party"
    label = _("第三方的姓名或者名称") if third else _("机关名称")
    hint = _("加密保存，办理记录里只有序号")

    def somebody_else(name: str) -> None:
        why = nobody_else(seen.case, Person(name=name))
        if why:
            told = f"{why}（{CITE}）"
            raise forms.ValidationError(told)

    return typed.Text(
        label=label, max_length=100, help_text=hint, validators=[somebody_else]
    )


def _kind(_seen: Opened, act: Act, _code: str) -> forms.Field | None:
    if act.role != "third_party":
        return None
    # No kind is offered first: a company taken for a person is masked as one.
    kinds = [("", _("请选择")), *Kind.choices]
    return forms.ChoiceField(label=_("第三方是"), choices=kinds)


def _phone(_seen: Opened, _act: Act, _code: str) -> forms.Field:
    return typed.Text(label=_("联系电话"), max_length=40, required=False)


def _address(_seen: Opened, _act: Act, _code: str) -> forms.Field:
    return typed.Text(label=_("通信地址"), max_length=200, required=False)


def _subjects(_seen: Opened, _act: Act, _code: str) -> forms.Field:
    return Matters(
        label=_("拆分为哪几件"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("每行一件，写内容摘要，不写个人信息；各子件沿用原来的收到之日"),
        validators=[no_personal_data],
    )


def _to(seen: Opened, _act: Act, _code: str) -> forms.Field:
    others = Body.objects.filter(closed_on=None).exclude(pk=seen.case.body_id)
    offered = [
        ("", _("不在名单里（在下面填代码）")),
        *others.values_list("code", "name"),
    ]
    hint = _("在本系统的机关会自动收到一件新申请，收到之日为批准移送之日")
    return forms.ChoiceField(
        label=_("移送给"), choices=offered, required=False, help_text=hint
    )


def _other(_seen: Opened, _act: Act, _code: str) -> forms.Field:
    return typed.Text(
        label=_("其他机关的统一社会信用代码"),
        max_length=18,
        required=False,
        validators=[validate_unified_code],
    )


def _into(seen: Opened, _act: Act, _code: str) -> forms.Field:
    found = list(others(seen.case).select_related("applicant"))
    offered = [(other.number, _alike(other, seen)) for other in found]
    hint = _("只列同一申请人的在办案件；并入收到在先的一件，先起算的期限不变")
    hint = hint if offered else _("该申请人没有别的在办案件")
    return forms.ChoiceField(
        label=_("并入哪一件"), choices=[("", _("请选择")), *offered], help_text=hint
    )


def _alike(other: Case, seen: Opened) -> str:
    """Return how a case is offered; that it bears another name is said."""
    said = f"{other.number} {other.subject}"
    if not came_first(other, seen.case):
        said += _("（收到在后，应由它并入本件）")
    if same_name(seen.case.applicant, other.applicant):
        return said
    return said + _("（证件号相同而姓名、名称不同，请先核对是不是同一申请人）")


OTHERS: Mapping[str, Builder] = {
    "name": _name,
    "kind": _kind,
    "phone": _phone,
    "address": _address,
    "subjects": _subjects,
    "to": _to,
    "other": _other,
    "into": _into,
}
