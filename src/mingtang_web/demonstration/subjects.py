"""What people ask an invented district for: its own officers' short wording of it.

A request is worded by whom it is addressed to, and where the answer rests on a
ground that only some matters have, by that ground.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

PLACES = (
    "青云小区", "清河家园", "石桥新村", "柳林苑", "南关里片区", "学府花园", "水岸人家",
    "西山大道", "清河路", "柳林工业园", "石桥水库", "东门市场",
)  # fmt: skip
OFFICE = (
    "{year}年区政府常务会议议定的民生实事项目清单及完成情况",
    "{place}征收补偿方案及区政府批准文件",
    "{place}房屋征收决定公告及社会稳定风险评估结论",
    "{year}年区政府重大行政决策事项目录",
    "区政府与{place}建设单位签订的投资协议",
    "{year}年区级“三公”经费支出汇总情况",
    "{place}改造项目专题会议纪要",
    "关于{place}征地报批的请示及批复",
    "{year}年区领导干部接访日程安排",
    "{place}历史遗留问题处置工作方案",
)
TOWNSHIP = (
    "{place}宅基地审批材料",
    "{year}年本村低保户名单及公示记录",
    "{place}土地流转合同备案材料",
    "{year}年村级集体“三资”清查结果",
    "{place}人居环境整治资金使用明细",
    "{year}年高标准农田建设项目验收材料",
    "{place}危房改造补助对象名单",
    "{year}年防汛抢险物资采购清单",
    "{place}征地补偿款分配方案",
    "{year}年耕地地力保护补贴发放表",
)
OF_BODIES: dict[str, tuple[str, ...]] = {
    "区政府办": OFFICE,
    "区发改局": (
        "{place}配套停车场收费标准批复",
        "{place}改造工程可行性研究报告批复",
        "{year}年区级重点项目名单及投资完成情况",
        "{place}充电设施项目备案证",
        "{year}年居民阶梯水价成本监审报告",
        "{place}污水提标项目节能审查意见",
        "{year}年价格临时补贴发放情况",
        "{place}招标方案核准意见",
    ),
    "区教育局": (
        "{year}年义务教育阶段学校招生划片方案",
        "{place}配建幼儿园移交协议及办园批复",
        "{year}年中小学教师公开招聘成绩及递补情况",
        "{year}年课后服务经费收支情况",
        "{place}民办培训机构办学许可审批材料",
        "{year}年校园食堂大宗食材采购结果",
        "{year}年区级示范幼儿园评估结果",
        "{place}中学扩建工程选址论证报告",
    ),
    "区民政局": (
        "{year}年城乡低保审核确认名册（公示部分）",
        "{place}社区居家养老服务中心运营合同",
        "{year}年福利彩票公益金使用情况",
        "{place}公益性公墓建设批准文件",
        "{year}年社会组织年度检查结果",
        "{place}地名命名更名批复",
        "{year}年临时救助资金发放统计",
        "{place}社区居民委员会选举结果备案材料",
    ),
    "区财政局": (
        "{year}年部门预算绩效评价报告",
        "{place}改造项目资金拨付情况",
        "{year}年政府采购投诉处理决定",
        "{year}年政府债券资金安排使用情况",
        "{place}地块土地出让收支情况",
        "{year}年惠民惠农“一卡通”补贴目录及标准",
        "{year}年行政事业性收费项目目录",
        "{place}会计服务机构检查结论",
    ),
    "区住建局": (
        "{place}竣工验收备案表",
        "{place}住宅专项维修资金使用明细",
        "{place}物业服务合同备案材料",
        "{place}老旧小区改造工程设计图审查意见",
        "{place}商品房预售许可证及预售方案",
        "{place}施工许可证及施工图审查合格书",
        "{year}年公共租赁住房配租结果",
        "{place}房屋征收补偿分户评估结果",
        "{place}业主大会成立备案材料",
        "{place}燃气管道改造施工合同",
        "{year}年危旧房屋安全鉴定结论汇总",
        "{place}加装电梯备案意见",
    ),
    "区水务局": (
        "{place}取水许可证及水资源论证批复",
        "{place}河道清淤工程招标文件和合同",
        "{year}年农村饮水安全水质检测结果",
        "{place}排水许可证核发材料",
        "{place}水土保持方案批复",
        "{year}年水资源费征收明细",
        "{place}汛期调度方案",
        "{place}河道管理范围划定公告及附图",
    ),
    "区卫健局": (
        "{year}年公立医院药品集中采购价格",
        "{place}社区卫生服务中心设置批准书",
        "{year}年饮用水卫生监督抽检结果",
        "{place}诊所执业登记及校验记录",
        "{year}年医疗纠纷人民调解统计",
        "{year}年计划生育家庭奖励扶助资金发放情况",
        "{place}医疗机构放射诊疗许可材料",
        "{year}年家庭医生签约服务经费使用情况",
    ),
    "区市监局": (
        "{place}食品经营许可现场核查记录",
        "{year}年电梯定期检验不合格名单",
        "{place}市场消费投诉办理情况统计",
        "{year}年产品质量监督抽查结果",
        "{place}药店经营许可变更材料",
        "{year}年行政处罚案件公示清单",
        "{place}特种设备使用登记信息",
        "{year}年价格违法案件办理统计",
    ),
}
OF_GROUNDS: dict[str, tuple[str, ...]] = {
    "N1": ("涉密地形图中{place}范围的测绘成果", "{place}人防工程布局资料"),
    "N2": ("{place}统计调查对象填报的原始报表", "他人婚姻登记档案", "他人信访事项办理材料"),
    "N3": ("{place}供水管网压力监测点位和应急预案", "重点要害部位安防方案"),
    "N4": ("{place}建设单位报送的成本核算材料", "{place}中标单位投标文件全文"),
    "N5": ("{year}年本机关内部考勤和值班安排", "{place}项目组人员分工通知"),
    "N6": ("{place}改造方案的讨论记录和征求意见稿", "{year}年局长办公会议记录"),
    "N7": ("{place}违法建设案件执法案卷", "{place}消费投诉举报调查笔录"),
    "N8": ("企业登记档案查询", "不动产登记簿查询", "{place}房屋权属登记资料查询"),
    "U1a": ("{place}一九九八年建设时的规划许可材料", "{place}历年道路养护台账"),
    "U1b": ("{place}不动产登记办理情况", "{place}交通信号灯配时方案"),
    "U2": ("{year}年各街道同类事项办理数量对比分析", "{place}近十年投入产出测算"),
    "U3": ("关于{place}的全部材料", "历年所有有关文件"),
    "X1": ("{place}物业不作为问题的调查处理", "举报{place}施工扰民并要求查处"),
    "X2": ("{place}竣工验收备案表（再次申请）", "{year}年补贴发放表（再次申请）"),
    "X3": ("{year}年区志、统计年鉴", "{year}年政府公报合订本"),
    "X4": ("{place}改造项目全部往来文件", "{year}年全部会议纪要及签到表"),
    "X5": ("确认{place}批复文件的真实性并重新出具", "重新出具已提供的{place}合同复印件"),
    "O3": ("{place}改造政策咨询", "{place}移交档案馆的批复文件"),
}
WORDS = (
    "申请公开{subject}，请提供复印件并加盖公章。",
    "请依法公开{subject}。所需信息用于了解本人居住地情况，望在法定期限内答复。",
    "本人因生产生活需要，申请获取{subject}，希望以纸质方式提供。",
    "根据政府信息公开条例，申请公开{subject}。如不予公开，请说明理由和依据。",
    "申请{subject}。请以电子邮件方式提供扫描件；电子件无法提供的，提供纸质复印件。",
)

OF_ANY_MATTER = ("U1a", "U1b", "N6")
"""Grounds that a matter of any kind may turn out to have."""
HALF = 0.5


class Search(NamedTuple):
    """How a body looked for something and found nothing."""

    scope: str
    method: str
    result: str


SEARCHES = (
    Search(
        "本机关办公自动化系统、业务股档案室、机关综合档案室",
        "按名称、文号、年份逐项检索，并向经办人询问",
        "未检索到所申请的信息，也未发现制作或者获取的记录",
    ),
    Search(
        "机关综合档案室目录、业务系统、历年收发文登记簿",
        "以申请中的项目名称及曾用名检索，人工翻查相应年份案卷",
        "相应年份案卷齐全，其中没有所申请的信息",
    ),
    Search(
        "业务股在办和已办案卷、移交档案馆的目录",
        "按项目和时间检索，并向原承办人核实",
        "经核实本机关没有制作，也没有从其他机关获取",
    ),
)
REASONS = (
    "拟按所附意见办理，请审核。",
    "检索情况和依据已经核对，请审批。",
    "申请事项已会业务股研究，意见一致，请审核。",
)
ONE_REQUEST = "同一申请人就同一文件先后提出两次，所要的内容相同，拟并案办理。"
"""Why two requests of the demonstration are one."""
OPINIONS = ("依据适当，同意。", "事实清楚，条款正确，同意。", "同意，文书注明救济途径。")

LATE = (
    ("search", "档案分散在三处库房，检索、整理用时较长，已建立电子目录。"),
    ("consulting", "内部会办往返两次，送审时已临近期限，已改为并行会办。"),
    ("staff", "承办人请假，交接不及时，已指定代办人员。"),
    ("delivery", "答复作出后未及时交邮，已对寄发环节提出要求。"),
)
"""Why answers were late: the kind of cause, and what was said."""


def subject(random: Random, body: str, ground: str, year: int) -> str:
    """Return what a request to a body, with its answer's ground, may have asked for."""
    own, special = OF_BODIES.get(body, TOWNSHIP), OF_GROUNDS.get(ground, ())
    if ground in OF_ANY_MATTER and random.random() < HALF:
        special = ()
    return _worded(random, special or own, year)


def _worded(random: Random, choices: Sequence[str], year: int) -> str:
    chosen = random.choice(choices)
    asked = year - random.choice((0, 1, 1, 2))
    return chosen.format(place=random.choice(PLACES), year=asked)


def words(random: Random, asked: str) -> str:
    """Return the applicant's own words for a matter."""
    return random.choice(WORDS).format(subject=asked)
