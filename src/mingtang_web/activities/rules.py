"""The registers as data: what each asks for, what it counts, and what stands behind it.

No instrument at hand makes a body keep these registers; what the law provides, in part
from memory, is told as such, and everything else is called local practice. Which of the
practices collected in the field a register answers stands in `PRACTICES`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

SILENCE = 14
"""Days without a post after which an account counts as silent (两周无更新)."""


class Register(models.TextChoices):
    """Which register."""

    MEETING = "meeting", _("会议公开")
    BUDGET = "budget", _("预决算公开")
    INTERPRETATION = "interpretation", _("解读活动")
    ACCOUNT = "account", _("新媒体账号")
    TRAINING = "training", _("培训")
    OUTREACH = "outreach", _("公开活动")
    INSPECTION = "inspection", _("监测检查")
    RESPONSE = "response", _("回应关切")
    COOPERATION = "cooperation", _("协作")


class Form(models.TextChoices):
    """In which form it was done; `Kept.forms` says in which register."""

    ATTENDED = "attended", _("邀请列席")
    LIVE = "live", _("网络直播")
    ILLUSTRATED = "illustrated", _("图文实录")
    OUTCOMES = "outcomes", _("会后公开议定事项")
    BUDGET = "budget", _("部门预算")
    ACCOUNTS = "accounts", _("部门决算")
    PRESS = "press", _("新闻发布会")
    INTERVIEW = "interview", _("在线访谈")
    QUESTIONS = "questions", _("政策问答")
    LECTURE = "lecture", _("宣讲")
    MEDIA = "media", _("媒体解读")
    WECHAT = "wechat", _("微信公众号")
    WEIBO = "weibo", _("微博")
    VIDEO = "video", _("短视频账号")
    APPLICATION = "application", _("移动客户端")
    ON_SITE = "on_site", _("线下集中")
    ONLINE = "online", _("线上")
    ONE_TO_ONE = "one_to_one", _("一对一辅导")
    THEME_DAY = "theme_day", _("主题日")
    OPEN_DAY = "open_day", _("开放日")
    CONSULTATION = "consultation", _("座谈、征集")
    PATROL = "patrol", _("网上巡查")
    MONTHLY = "monthly", _("月度监测")
    SAMPLE = "sample", _("随机抽查")
    CONVENED = "convened", _("会议调度")
    VISIT = "visit", _("调研检查")
    ASSESSED = "assessed", _("督查考核")
    ANSWERED = "answered", _("网站、新媒体答复")
    RELEASED = "released", _("发布情况说明")
    JOINT = "joint", _("联合开展")
    EXCHANGE = "exchange", _("学习交流")
    THIRD_PARTY = "third_party", _("委托第三方")
    OTHER = "other", _("其他")


class Asked(NamedTuple):
    """A field of a register: the column it is kept in, its label, and what to mind.

    ``least`` is the smallest number that makes sense of a field that takes numbers.
    """

    column: str
    label: _StrPromise
    required: bool = False
    help: _StrPromise | str = ""
    least: int = 0


class Counted(NamedTuple):
    """A figure of a register: what is counted, in which unit.

    ``of`` is the column that is summed up, blank where entries themselves are counted;
    ``lacks`` says of entries that the figure does not know what they lack.
    """

    id: str
    label: _StrPromise
    unit: _StrPromise
    of: str = ""
    lacks: _StrPromise = _("没有填写")


class Kept(NamedTuple):
    """A register: how its entries are named, its forms, fields and figures, its basis.

    ``title`` is what an entry is called by, ``day`` the day by which it counts.
    """

    prefix: str
    title: _StrPromise
    day: _StrPromise
    forms: tuple[Form, ...]
    fields: tuple[Asked, ...]
    figures: tuple[Counted, ...]
    basis: _StrPromise
    form: _StrPromise | str = _("形式")


ENTRIES = "entries"
LATE, WAITING = "late", "waiting"
IN_USE, OPENED, CLOSED, FILED = "in_use", "opened", "closed", "filed"
WATCHED, SILENT, BULLETINS = "watched", "silent", "bulletins"
_ADDRESS = Asked("address", _("网址"), help=_("公开页面的地址，照浏览器里的样子粘贴"))
_REMARK = Asked("remark", _("备注"), help=_("不写姓名和号码"))
_TIMES, _PEOPLE = _("次"), _("人次")
_LOCAL = _("没有见到要求登记这一项的规定，是各地编写年报时的通行做法。")

REGISTERS = {
    Register.MEETING: Kept(
        "会议",
        _("会议名称"),
        _("会议日期"),
        (Form.ATTENDED, Form.LIVE, Form.ILLUSTRATED, Form.OUTCOMES, Form.OTHER),
        (Asked("people", _("受邀列席人数")), _ADDRESS, _REMARK),
        (
            Counted(ENTRIES, _("公开会议"), _TIMES),
            Counted("people", _("受邀列席"), _PEOPLE, "people"),
        ),
        _LOCAL,
    ),
    Register.BUDGET: Kept(
        "预决算",
        _("标题"),
        _("公开日期"),
        (Form.BUDGET, Form.ACCOUNTS),
        (
            Asked("year", _("预算、决算年度"), required=True),
            Asked(
                "approved", _("批复日期"), help=_("财政部门批复之日，公开期限从这天起算")
            ),
            _ADDRESS,
            _REMARK,
        ),
        (
            Counted(ENTRIES, _("已公开"), _("份")),
            Counted(LATE, _("逾期公开"), _("份"), lacks=_("不能判断是否逾期")),
            Counted(WAITING, _("批复而未公开"), _("份")),
        ),
        _(
            "政府信息公开条例（2019年修订）第二十条第七项：预算、决算主动公开。批复后二十日内公开，"
            "依据是预算法（2014年修正）第十四条第二款，凭记忆，须核对原文。"
        ),
        _("种类"),
    ),
    Register.INTERPRETATION: Kept(
        "解读",
        _("解读的题目"),
        _("开展日期"),
        (Form.PRESS, Form.INTERVIEW, Form.QUESTIONS, Form.LECTURE, Form.MEDIA, Form.OTHER),
        (
            Asked("about", _("被解读的文件"), help=_("文件名称、文号")),
            _ADDRESS,
            _REMARK,
        ),
        (Counted(ENTRIES, _("解读活动"), _TIMES),),
        _(
            "只登记不以文件发布的解读；随文件发布的解读材料不在这里登记，以免重复计数。各地通行做法。"
        ),
    ),
    Register.ACCOUNT: Kept(
        "账号",
        _("账号名称"),
        _("开设日期"),
        (Form.WECHAT, Form.WEIBO, Form.VIDEO, Form.APPLICATION, Form.OTHER),
        (
            Asked("party", _("运维单位"), help=_("本机关哪个内设机构，或者受托的单位")),
            Asked("filed", _("备案日期")),
            Asked("ended", _("注销日期")),
            _ADDRESS,
            _REMARK,
        ),
        (
            Counted(IN_USE, _("期末在用"), _("个")),
            Counted(OPENED, _("新开设"), _("个")),
            Counted(CLOSED, _("已注销"), _("个")),
            Counted(FILED, _("期末在用且已备案"), _("个"), lacks=_("没有备案日期")),
            Counted(WATCHED, _("巡查过"), _("个")),
            Counted(SILENT, _("巡查发现两周未更新"), _("个")),
        ),
        _(
            "两周无更新是网站和新媒体检查的单项否决情形，见于各地按国办秘函〔2019〕19号所作的通报；"
            "全国指标此后有没有换版未查到，各地可能不同。"
        ),
        _("平台"),
    ),
    Register.TRAINING: Kept(
        "培训",
        _("培训名称"),
        _("培训日期"),
        (Form.ON_SITE, Form.ONLINE, Form.ONE_TO_ONE, Form.OTHER),
        (
            Asked("sessions", _("场次"), required=True, least=1),
            Asked("people", _("参训人次")),
            _REMARK,
        ),
        (
            Counted("sessions", _("培训"), _("场"), "sessions"),
            Counted("people", _("参训"), _PEOPLE, "people"),
        ),
        _LOCAL,
    ),
    Register.OUTREACH: Kept(
        "活动",
        _("活动名称"),
        _("活动日期"),
        (Form.THEME_DAY, Form.OPEN_DAY, Form.CONSULTATION, Form.OTHER),
        (Asked("people", _("参加人次")), _ADDRESS, _REMARK),
        (
            Counted(ENTRIES, _("活动"), _TIMES),
            Counted("people", _("参加"), _PEOPLE, "people"),
        ),
        _LOCAL,
    ),
    Register.INSPECTION: Kept(
        "检查",
        _("检查名称"),
        _("检查日期"),
        (
            Form.PATROL,
            Form.MONTHLY,
            Form.SAMPLE,
            Form.CONVENED,
            Form.VISIT,
            Form.ASSESSED,
            Form.OTHER,
        ),
        (
            Asked("sites", _("检查的网站、账号、单位数"), least=1),
            Asked("findings", _("发现问题数")),
            Asked("rectified", _("已整改数"), help=_("以后整改的，用“补充或者更正”登记")),
            Asked("bulletin", _("通报"), help=_("列入哪一期通报；没有通报的不填")),
            _ADDRESS,
            _REMARK,
        ),
        (
            Counted(ENTRIES, _("检查"), _TIMES),
            Counted("sites", _("检查网站、账号、单位"), _("个次"), "sites"),
            Counted("findings", _("发现问题"), _("个"), "findings"),
            Counted("rectified", _("已整改"), _("个"), "rectified"),
            Counted(BULLETINS, _("列入通报"), _TIMES),
        ),
        _LOCAL,
        _("方式"),
    ),
    Register.RESPONSE: Kept(
        "回应",
        _("关切的事项"),
        _("回应日期"),
        (Form.ANSWERED, Form.RELEASED, Form.PRESS, Form.INTERVIEW, Form.OTHER),
        (_ADDRESS, _REMARK),
        (Counted(ENTRIES, _("回应"), _TIMES),),
        _LOCAL,
    ),
    Register.COOPERATION: Kept(
        "协作",
        _("事项"),
        _("开展日期"),
        (Form.JOINT, Form.EXCHANGE, Form.THIRD_PARTY, Form.OTHER),
        (Asked("party", _("协作单位"), required=True), _ADDRESS, _REMARK),
        (Counted(ENTRIES, _("协作"), _TIMES),),
        _LOCAL,
    ),
}
PRACTICES = {
    Register.MEETING: (16,),
    Register.BUDGET: (15,),
    Register.INTERPRETATION: (13,),
    Register.ACCOUNT: (24,),
    Register.TRAINING: (31,),
    Register.OUTREACH: (17,),
    Register.INSPECTION: (25, 26, 27, 28),
    Register.RESPONSE: (33,),
    Register.COOPERATION: (),
}
"""The practices named in real reports (the design's list by number) that each answers."""


def kept(register: Register | str) -> Kept:
    """Return what there is to know of a register."""
    return REGISTERS[Register(register)]
