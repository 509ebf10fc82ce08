"""Hand-made sheets: a report of one's own with the faults that a test needs."""

from __future__ import annotations

from datetime import date

from mingtang.document import Document, Grid, Paragraph
from mingtang.finding import Change, Equation, Finding, Remedy, Rule, Weight
from mingtang.form.loading import edition
from mingtang.place import Place
from mingtang.report import Claim, Fact, Label, Report, Section, Signature, State
from mingtang.writing.sheet import Sheet

HEADINGS = {
    1: "一、总体情况",
    2: "二、主动公开政府信息情况",
    3: "三、收到和处理政府信息公开申请情况",
    4: "四、政府信息公开行政复议、行政诉讼情况",
    5: "存在的主要问题及改进情况",
    6: "六、其他需要报告的事项",
}
WORDS = {
    1: (
        "2024年，本局认真贯彻落实《中华人民共和国政府信息公开条例》，全年公开信息 372 条。",
        "全年没有收到政府信息公开申请，答复率100%。",
    ),
    2: (),
    3: (),
    4: (),
    5: (
        "存在的主要问题：一是公开的及时性还需要提高；二是解读形式单一。[bookmark: _GoBack]",
    ),
    6: ("无。",),
}
TABLES = {"disclosure": 1, "requests": 2, "disputes": 3}


def rule(code: str, name: str, weight: Weight, title: str = "标题") -> Rule:
    basis = "政府信息公开工作年度报告格式（国办公开办函〔2021〕30号）三"
    return Rule(code, name, title, weight, basis, "{}", f"{title}。\n\n查什么：……")


ROW_TOTAL = rule(
    "S303", "row-total-differs", Weight.CONTRADICTION, "六类申请人之和不等于本行总计"
)
RESULTS = rule(
    "S302",
    "results-total-differs",
    Weight.CONTRADICTION,
    "各项办理结果之和不等于“（七）总计”",
)
FEE = rule("F601", "fee-statement-missing", Weight.BREACH, "第六部分没有写信息处理费")
DENIES = rule("T101", "prose-denies-table", Weight.CONTRADICTION, "正文称没有，表中却有")
RESIDUE = rule("E101", "word-residue", Weight.DOUBT, "留有文字处理软件的残留")
UNIT = rule("R105", "unit-in-cell", Weight.NOTE, "格中印有单位")
LABEL = rule("F210", "label-altered", Weight.BREACH, "表头与规定的表式不同")
STRAY = rule("R110", "row-unplaced", Weight.NOTE, "多出的一行没有归处")


def facts(changes: dict[str, Fact] | None = None) -> dict[str, Fact]:
    made = {}
    for order, cell in enumerate(edition("2021").cell_ids()):
        table = TABLES[cell.split("/")[0]]
        place = Place(table=table, row=order + 1, column=2)
        made[cell] = Fact(cell, State.NUMBER, 0, "0", place)
    return made | (changes or {})


def faulty_facts() -> dict[str, Fact]:
    base = facts()

    def fact(cell: str, state: State, value: int | None, raw: str, unit: str = "") -> Fact:
        return Fact(cell, state, value, raw, base[cell].place, unit or None)

    number, held = State.NUMBER, "requests/unavailable_not_held"
    made = [
        fact("requests/received/person", number, 3, "3"),
        fact("requests/received/total", number, 3, "3"),
        fact(f"{held}/person", number, 3, "3"),
        fact("requests/concluded/person", number, 3, "3"),
        fact("requests/concluded/total", number, 3, "3"),
        fact("requests/carried_in/person", State.BLANK, None, ""),
        fact("requests/carried_in/total", State.BLANK, None, ""),
        fact("disclosure/administrative_fees/amount", number, 251000, "251000元", "元"),
        fact("disputes/review/upheld", State.NOT_APPLICABLE, None, "/"),
        fact("disputes/review/corrected", State.UNREADABLE, None, "1 2"),
    ]
    absent = Fact("disputes/review/other", State.ABSENT)
    return base | {one.cell: one for one in made} | {absent.cell: absent}


def findings(made: dict[str, Fact]) -> tuple[Finding, ...]:
    held = edition("2021").table("requests")
    row = tuple(
        f"requests/unavailable_not_held/{column.id}" for column in held.blocks[0].columns
    )
    sums = next(one for one in edition("2021").sums if one.code == "S302")
    column = tuple(f"requests/{line}/total" for line in (*sums.left, *sums.right))
    places = lambda cells: tuple(made[cell].place for cell in cells)  # noqa: E731
    terms = lambda cells: tuple((cell, made[cell].raw) for cell in cells)  # noqa: E731
    return (
        Finding(
            ROW_TOTAL,
            "表三“1.本机关不掌握相关政府信息”一行：六类申请人合计3，本行“总计”为0；相差3",
            row,
            places(row),
            equation=Equation("3", "0", "3", terms(row[:-1]), terms(row[-1:])),
            remedy=Remedy("likely", "若总计为 3 则相符", (Change(row[-1], "0", "3"),)),
        ),
        Finding(
            RESULTS,
            "表三“总计”一列：各项办理结果合计0，“（七）总计”为3；相差3",
            column,
            places(column),
            equation=Equation("0", "3", "-3", terms(column[:-1]), terms(column[-1:])),
            remedy=Remedy("ask", "逐件核对办理结果属于哪一行"),
        ),
        Finding(
            FEE,
            "第六部分只写“无。”，没有写收取信息处理费的情况",
            places=(Place(paragraph=10, start=0, end=2),),
            quote="无。",
            remedy=Remedy("ask", "写明发出收费通知的件数、总金额和实际收取的总金额"),
        ),
        Finding(
            DENIES,
            "正文称“没有收到政府信息公开申请”，而表三本年新收为 3",
            ("requests/received/total",),
            (Place(paragraph=4, start=2, end=15), *places(("requests/received/total",))),
            quote="没有收到政府信息公开申请",
        ),
        Finding(
            RESIDUE,
            "正文中留有“[bookmark: _GoBack]”",
            places=(Place(paragraph=9, start=32, end=51),),
            quote="[bookmark: _GoBack]",
            remedy=Remedy("certain", "删去这几个字符"),
        ),
        Finding(
            UNIT,
            "本年收费金额一格印作“251000元”，表式的单位是万元",
            ("disclosure/administrative_fees/amount",),
            places(("disclosure/administrative_fees/amount",)),
            quote="251000元",
        ),
        Finding(
            LABEL,
            "列名印作“本年度止件数”，应为“本年废止件数”",
            places=(Place(table=1, row=2, column=3),),
            quote="本年度止件数",
        ),
        Finding(
            STRAY,
            "第1个表第9行“其他主动公开文件 5”不是表式里的行",
            places=(Place(table=1, row=9, column=1),),
            quote="其他主动公开文件",
        ),
        Finding(
            ROW_TOTAL,
            "“二、上年结转”一行有空白，不作判断：自然人、总计",
            tuple(f"requests/carried_in/{column.id}" for column in held.blocks[0].columns),
            assessed=False,
        ),
    )


def words() -> dict[int, tuple[Paragraph, ...]]:
    made, number = {}, 1
    for section, texts in WORDS.items():
        number += 1
        made[section] = tuple(
            Paragraph(text, number + n) for n, text in enumerate(texts, 1)
        )
        number += len(texts)
    return made


def faulty_sheet(name: str = "某局2024.html") -> Sheet:
    prose, sections, every = words(), [], []
    title = Paragraph("某区某局2024年政府信息公开工作年度报告", 1)
    every.append(title)
    for number, heading in HEADINGS.items():
        at = Place(paragraph=every[-1].number + 1)
        every.append(Paragraph(heading, every[-1].number + 1))
        every += prose[number]
        sections.append(
            Section(
                number, heading, number, standard=True, place=at, paragraphs=prose[number]
            )
        )
    label = Label(
        "disclosure//repealed",
        "本年度止件数",
        "本年废止件数",
        exact=False,
        score=0.8,
        place=Place(table=1, row=2, column=3),
    )
    made = faulty_facts()
    claim = Claim("requests/received/total", 0, 0, "件", "没有收到", Place(paragraph=4))
    unknown = [["信息内容", "件数"], *[[""]] * 7, ["其他主动公开文件", "5"]]
    grid = Grid.plain(unknown, 1)
    report = Report(
        body="某区某局",
        year=2024,
        edition=edition("2021"),
        title=title.text,
        title_place=Place(paragraph=1),
        title_body="某区某局",
        title_year=2024,
        signature=Signature(day=date(2025, 2, 17)),
        facts=made,
        sections=tuple(sections),
        preface=(),
        paragraphs=tuple(every),
        labels=(label,),
        claims=(claim,),
    )
    return Sheet(name, "ab" * 32, Document("html", (*every, grid)), report, findings(made))


def lost_sheet(name: str = "残.txt") -> Sheet:
    """Return a sheet without title, headings or table 四, its finding without place."""
    sheet = faulty_sheet(name)
    kept = {cell: fact for cell, fact in facts().items() if "disputes" not in cell}
    report = sheet.report._replace(
        title=None, title_place=None, sections=(), facts=kept, labels=(), claims=()
    )
    return sheet._replace(report=report, findings=(Finding(FEE, "没有第六部分"),))


def clean_sheet(name: str = "清.txt") -> Sheet:
    sheet = faulty_sheet(name)
    report = sheet.report._replace(facts=facts(), labels=(), claims=())
    return sheet._replace(report=report, findings=())


def foreign_sheet(name: str = "通知.txt") -> Sheet:
    """Return a sheet of a text that is no report, faulted as if it were one."""
    sheet = clean_sheet(name)
    title = "关于做好2024年政府信息公开工作年度报告编制工作的通知"
    report = sheet.report._replace(
        title=title, title_body="做好", edition=None, facts={}, sections=()
    )
    return sheet._replace(report=report, findings=(Finding(FEE, "没有第六部分"),))
