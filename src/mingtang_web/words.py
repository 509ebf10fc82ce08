"""The engine's words for whoever reads another language: the engine speaks Chinese.

A word or sentence is looked up whole; a sentence with a day or a title in it by its
pattern, and what stands in the gaps is looked up in turn. Citations stay as they are.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import chain, zip_longest

from django.utils.functional import lazy
from django.utils.translation import get_language, gettext, pgettext

SOURCE = "zh"
PATTERNS = (
    # Why something cannot be done
    "不能“%(act)s”：%(why)s（%(cite)s）",
    "案件处于“%(phase)s”，此事只能在“%(phases)s”时办理",
    "“%(phase)s”的案件不能接着登记“%(kind)s”",
    "“%(kind)s”只能是案件的第一条记录，或者须先行更正",
    "第%(n)s条更正登记所指的第%(entry)s条不能更正",
    "去掉这条记录后，后面的记录不能成立：%(why)s",
    "去掉这条记录后，其余记录不能成立：%(why)s",
    "“%(ground)s”自%(day)s起才有依据",
    "此时只能以“%(ground)s”处理，或者先继续办理",
    "剔除部分不能依据“%(grounds)s”",
    "“%(what)s”不责令重新处理，请不要勾选案件：只有%(others)s才会重新作出处理（%(cite)s）",
    "补正期限%(day)s尚未届满",
    "说明理由的期限%(day)s尚未届满",
    "补正期限为%(n)s个工作日；条例第三十条要求期限合理（未定天数），请核对",
    "定到%(until)s，比原来的答复期限%(day)s延后超过%(n)s个工作日；"
    "条例只许定合理的期限，请写明为什么需要这样久",
    "补记%(day)s的办理影响答复期限的计算，而当日没有在本系统出具文书",
    "平常信函应当在收到当日（%(came)s）与申请人确认，%(on)s已过当日，请写明原因",
    "平常信函应当在收到当日（%(came)s）与申请人确认，已迟%(n)s个工作日，请写明原因",
    "%(came)s来件，今天才登记；放假安排未录入，用去多少工作日还算不出",
    "%(came)s来件，%(n)s个工作日后才登记，其间没有与申请人确认；"
    "确认之日才起算答复期限，请今天就联系",
    "%(came)s收到，%(n)s个工作日后才登记：这些天计入答复期限，到期日待定",
    "%(came)s收到，%(n)s个工作日后才登记：答复期限已于%(due)s届满，登记后即为逾期",
    "%(came)s收到，%(n)s个工作日后才登记：这些天计入答复期限，"
    "只剩%(left)s个工作日，最迟%(due)s答复",
    "%(day)s的原答复也是“%(title)s”，复议决定、判决责令重新处理后，"
    "不能凭同一的事实和理由再作相同或者基本相同的答复（%(cite)s）；"
    "请写明这次有哪些新的事实、理由，或者原答复只因程序违法被撤销",
    "补记%(day)s的办理，改变已经届满的期限或者逾期的判断",
    "没有“%(word)s”这种不采纳第三方意见的理由",
    "延迟答复的期限须晚于原来的答复期限%(day)s",
    "%(rule)s，期限已于%(day)s届满",
    "该件已计入%(year)s年的新收和结转，跨年不得再拆分或者合并",
    "决定已计入%(year)s年的办理结果，应当发出",
    "答复期限已于%(day)s届满而没有答复，逾期的不能并入另一案件：请就本件作出答复，逾期照记",
    "答复期限已于%(day)s届满，只能补记在此之前发出的收费通知，须经另一人审批",
    "答复期限只可延长一次：%(day)s已经告知延长过，期限虽已重新计算，按本单位口径不得再延长",
    "已过期限%(day)s",
    "缴费期限已于%(day)s届满，只能登记在此之前缴纳的",
    "已过一次性告知补正的期限%(day)s，答复期限是否重新计算依本单位口径",
    # What is wrong with a particular
    "没有“%(word)s”这种收到渠道",
    "没有“%(word)s”这种申请人类别",
    "没有“%(word)s”这种征求对象",
    "没有“%(word)s”这种意见",
    "没有“%(word)s”这种送达方式",
    "没有“%(word)s”这种重新处理的原因",
    "没有“%(word)s”这种救济途径",
    "没有“%(word)s”这种审理结果",
    "办理结果中没有“%(word)s”",
    "延长的期限须为1至%(days)s个工作日",
    "按标准应为%(owed)s元，而不是%(yuan)s元",
    "应缴%(yuan)s元，须一次缴清",
    "可以退付的金额为1至%(yuan)s元",
    "日期%(day)s早于%(what)s之日%(earlier)s",
    # What a document follows
    "%(follows)s；请改为“%(wanted)s”，或者先商请改变认定",
    "联合发文，随牵头机关“%(of)s”的认定：%(name)s",
    "转发文件，随原件“%(of)s”的认定：%(name)s",
    "认定为“%(name)s”的，须写明理由；请写明依据哪一条、为什么",
    "主动公开的文件夹带了%(names)s的内容；请移出，或者作区分处理后另成一件",
    # Figures
    "是%(value)s，小于0",
    "是%(value)s，不是整数",
    "“%(value)s”不是准确的数",
    # Disputes
    "%(day)s早于提起之日%(earlier)s",
    "%(day)s早于收到副本之日%(earlier)s",
    "答复期限%(day)s早于收到副本之日%(earlier)s",
    "%(day)s早于上次裁判之日%(earlier)s",
    "%(day)s早于上诉、再审之日%(earlier)s",
    "“%(outcome)s”不是%(procedure)s的结果",
    "提起日期%(day)s早于收到申请之日%(earlier)s",
    "%(day)s还没有答复，答复期限停止计算，谈不上逾期不答复",
    "%(day)s还没有答复，答复期限到%(due)s：期限届满以前没有可以申请复议、"
    "起诉的行为；请核对提起日期和案件编号",
    # The clock
    "%(whom)s答复意见",
    "待定：%(why)s",
    "等待补正（%(day)s前），收到补正后重新计算",
    "征求意见，计时停止（%(day)s起）",
    "%(why)s，计第%(n)s个工作日",
    "%(why)s，不计入",
    "%(why)s期间，不计入",
    "星期一，%(why)s",
    "星期二，%(why)s",
    "星期三，%(why)s",
    "星期四，%(why)s",
    "星期五，%(why)s",
    "星期六，%(why)s",
    "星期日，%(why)s",
    "%(day)s放假",
    "%(day)s调休，上班",
    "国务院办公厅尚未公布%(year)s年放假安排（或者尚未录入），%(rest)s",
)
"""The engine's sentences with something in them, as the catalogue holds them."""
_UNCOVERED = re.compile(
    r"(?P<year>\d{4})年的放假安排尚未录入，无法.*?不得据此判定逾期", re.DOTALL
)
_GAP = re.compile(r"%\((\w+)\)s")
_JOINTS = {"；": "; ", "、": ", "}


def spoken(text: object) -> str:
    """Return the engine's words in the reader's language, unchanged where it has none."""
    words = _UNCOVERED.sub(_to_officers, str(text))
    if not words or (get_language() or SOURCE).startswith(SOURCE):
        return words
    return _whole(words) or _filled(words) or _joined(words) or words


def _to_officers(found: re.Match[str]) -> str:
    """Return who can help where a year's holidays are missing: no officer enters files."""
    return (
        f"国务院办公厅尚未公布{found['year']}年放假安排（或者尚未录入），期限暂时推算不出；"
        "请联系系统管理员；公布之前不得据此判定逾期"
    )


spoken_later = lazy(spoken, str)
"""The same for what is put together once, and read in many languages."""


def _whole(words: str) -> str | None:
    """Return the words as a whole; one that screens use in another sense comes first."""
    own = pgettext("engine", words)
    found = own if own != words else gettext(words)
    return found if found != words else None


def _filled(words: str) -> str | None:
    for pattern, sentence in _patterns():
        held = sentence.fullmatch(words)
        if held:
            gaps = held.groupdict()
            told = {name: spoken(gaps[name]) for name in gaps.keys() - {"cite"}}
            return gettext(pattern) % (gaps | told)
    return None


def _joined(words: str) -> str | None:
    """Return a list of words, all of them known; half a sentence would mislead."""
    for joint, comma in _JOINTS.items():
        parts = words.split(joint)
        told = [spoken(part) for part in parts] if len(parts) > 1 else parts
        if all(map(str.__ne__, told, parts)):
            return comma.join(told)
    return None


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    """Return each pattern with what it matches, what can be told from its start first."""
    ordered = sorted(PATTERNS, key=lambda each: (each[0] == "%", -len(_GAP.sub("", each))))
    return [(each, re.compile(_expression(each), re.DOTALL)) for each in ordered]


def _expression(pattern: str) -> str:
    pieces = _GAP.split(pattern)
    gaps, plain = [f"(?P<{each}>.+?)" for each in pieces[1::2]], map(re.escape, pieces[::2])
    return "".join(chain.from_iterable(zip_longest(plain, gaps, fillvalue="")))
