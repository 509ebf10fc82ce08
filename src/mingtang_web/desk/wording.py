"""Events, grounds and letters in the words that officers read."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang.case.act import act_of
from mingtang.case.events import Consulted, Decided, Event, Transferred
from mingtang.case.recording import kind_of
from mingtang.case.vocabulary import APPLICANTS, CAUSES, OVERRIDES, ROLES, STANCES
from mingtang.drafting.evidence import evidence_for
from mingtang.drafting.template import templates
from mingtang.form.loading import edition
from mingtang.law.delivery import deliveries, receipts
from mingtang.law.grounds import Remedy, ground, grounds
from mingtang.law.parts import part_title
from mingtang_web.bodies.models import Body
from mingtang_web.words import spoken

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mingtang.drafting.evidence import Evidence
    from mingtang.law.grounds import Ground
    from mingtang_web.bodies.policy import Act

_NO_NAMES: Mapping[str, str] = {}
LABELS = {
    "on": gettext_lazy("日期"),
    "channel": gettext_lazy("收到渠道"),
    "applicant": gettext_lazy("申请人类别"),
    "parent": gettext_lazy("原申请编号"),
    "received": gettext_lazy("收到申请之日"),
    "clock": gettext_lazy("期限起算之日"),
    "corrected": gettext_lazy("已经补正过"),
    "until": gettext_lazy("期限至"),
    "answer_by": gettext_lazy("另定的答复期限"),
    "extended": gettext_lazy("原申请告知延期之日"),
    "party": gettext_lazy("被征求意见者"),
    "role": gettext_lazy("征求对象"),
    "stance": gettext_lazy("意见"),
    "days": gettext_lazy("延长"),
    "basis": gettext_lazy("计费方式"),
    "pieces": gettext_lazy("页数"),
    "yuan": gettext_lazy("金额"),
    "ground": gettext_lazy("办理结果"),
    "withheld": gettext_lazy("剔除部分的依据"),
    "remedy": gettext_lazy("救济途径"),
    "overrides": gettext_lazy("不采纳第三方意见，因为"),
    "mode": gettext_lazy("送达方式"),
    "to": gettext_lazy("移送机关"),
    "parts": gettext_lazy("子件编号"),
    "into": gettext_lazy("并入案件"),
    "cause": gettext_lazy("重新处理的原因"),
    "entry": gettext_lazy("更正第几条记录"),
}
BASES = {"items": gettext_lazy("按件计收"), "pages": gettext_lazy("按量（页）计收")}
REMEDIES = {
    Remedy.RF: gettext_lazy("先申请行政复议，对复议决定不服再起诉（复议前置）"),
    Remedy.RS: gettext_lazy("可以申请行政复议，也可以直接提起行政诉讼"),
    Remedy.NA: gettext_lazy("不单独告知救济途径"),
    Remedy.BY_PART: gettext_lazy("看剔除部分依据哪一条"),
    Remedy.BY_CASE: gettext_lazy("看具体情形，由经办人选定"),
}
_TITLES = {
    "submitted": (gettext_lazy("收到申请"), gettext_lazy("登记")),
    "divided": (gettext_lazy("由原申请拆分而来"), gettext_lazy("一事一申请")),
    "struck": (gettext_lazy("更正一条登记"), gettext_lazy("更正登记")),
    "corrected": (gettext_lazy("收到补正材料"), gettext_lazy("补正")),
    "correction_asked": (gettext_lazy("请申请人补正"), gettext_lazy("一次性告知补正")),
    "extended": (gettext_lazy("告知申请人延期答复"), gettext_lazy("延长答复期限")),
    "decided": (gettext_lazy("作出决定"), gettext_lazy("处理决定")),
    "dispatched": (gettext_lazy("答复已经发出"), gettext_lazy("发出、交邮")),
    "delivered": (gettext_lazy("申请人收到答复"), gettext_lazy("送达")),
    "silence_noted": (gettext_lazy("对方逾期没有答复"), gettext_lazy("逾期未答复")),
}
_LETTERS = {"receipt": "registration_receipt"}


class Said(NamedTuple):
    """One particular of an event: what it is called and what it says."""

    label: str
    words: str


class Result(NamedTuple):
    """What follows from deciding on a ground: article, line, remedy, letter, evidence."""

    ground: Ground
    line: str
    letter: str
    evidence: tuple[Evidence, ...]


def title_of(event: Event) -> tuple[str, str]:
    """Return what an event is in plain words, and the law's own term for it."""
    kind = kind_of(event)
    if kind in _TITLES:
        plain, term = _TITLES[kind]
        return str(plain), str(term)
    known = act_of(event)
    return (spoken(known.title), "") if known else (_("其他登记"), "")


def told(event: Event, names: Mapping[str, str] = _NO_NAMES) -> tuple[Said, ...]:
    """Return an event's particulars but its day; ``names`` says who the parties are."""
    found = []
    for field in fields(event):
        value = getattr(event, field.name)
        if field.name != "on" and value not in (None, False, ()):
            label = _label(field.name, event)
            found.append(Said(label, _words(field.name, value, event, names)))
    return tuple(found)


def by_roles(acts: Iterable[tuple[Act, object]]) -> dict[str, list[str]]:
    """Return the titles of acts by the names of the roles that do them."""
    found: dict[str, list[str]] = {}
    for act, title in acts:
        found.setdefault(act.by, []).append(spoken(title))
    return found


def _label(name: str, event: Event) -> str:
    if name == "pieces" and getattr(event, "basis", "") == "items":
        return _("该申请人当月申请的第几件")
    return str(LABELS[name])


def _words(name: str, value: object, event: Event, names: Mapping[str, str]) -> str:
    if isinstance(value, date):
        return date_format(value, "Y-m-d")
    if name == "withheld" and isinstance(event, Decided):
        return "；".join(spoken(part_title(code)) for code in event.withheld)
    if isinstance(value, tuple):
        return "、".join(map(str, value))
    return _word(name, value, event, names)


def _word(name: str, value: object, event: Event, names: Mapping[str, str]) -> str:
    if name == "to" and isinstance(event, Transferred):
        return _body(event.to)
    if name in {"pieces", "days", "yuan"}:
        return _counted(name, event) % {"n": value}
    if name == "party":
        return names.get(str(value)) or _("第%(n)s位") % {"n": value}
    if name == "entry" and isinstance(value, int):
        return _("第%(n)s条") % {"n": value + 1}
    return choices(name).get(str(value), _("是") if value is True else str(value))


def _counted(name: str, event: Event) -> str:
    """Return how a number of that name is said, with what it counts."""
    if name == "pieces":
        return _("%(n)s页") if getattr(event, "basis", "") == "pages" else _("第%(n)s件")
    return _("%(n)s个工作日") if name == "days" else _("%(n)s元")


def _body(code: str) -> str:
    """Return a body's name with its code; one beyond the site has its code only."""
    body = Body.objects.filter(code=code).only("name").first()
    return f"{body.name}（{code}）" if body else code


def choices(name: str) -> dict[str, str]:
    """Return what a field of events may say, with the words for it; none for free ones."""
    if name == "channel":
        return {known.mode: spoken(known.what) for known in receipts()}
    if name == "mode":
        return {known.mode: spoken(known.what) for known in deliveries()}
    if name == "ground":
        return {known.code: spoken(known.title) for known in grounds()}
    fixed: dict[str, Mapping[str, object]] = {
        "applicant": APPLICANTS, "role": ROLES, "stance": STANCES, "cause": CAUSES,
        "overrides": OVERRIDES,
        "basis": BASES, "remedy": {each.value: said for each, said in REMEDIES.items()},
    }  # fmt: skip
    return {value: spoken(words) for value, words in fixed.get(name, {}).items()}


def letter_of(event: Event) -> str | None:
    """Return the title of the letter that goes out with an event, None where none does."""
    known = act_of(event)
    if known is None or known.letter is None:
        return None
    code = event.ground if isinstance(event, Decided) else None
    return letter_title(known.letter, code)


def letter_title(name: str, code: str | None = None) -> str:
    """Return the title of an act's letter; for decisions that of the ground's letter."""
    kind = _LETTERS.get(name, name)
    for known in templates():
        if (known.ground == code) if code else (known.kind == kind):
            return spoken(known.title)
    return _("随办理结果而定的告知书") if name == "by_ground" else _("移送告知书")


def role_of(event: Event) -> str:
    """Return whom a consultation asks, in words; nothing for other events."""
    return spoken(ROLES[event.role]) if isinstance(event, Consulted) else ""


def result(code: str) -> Result:
    """Return what follows from a ground; raises `KeyError` for no such ground."""
    known = ground(code)
    table = edition("2021").table("requests")
    lines = {line.id: line.full_label for block in table.blocks for line in block.lines}
    letter = letter_title("by_ground", code)
    return Result(known, spoken(lines[known.line]), letter, evidence_for(code))
