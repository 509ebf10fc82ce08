"""Writes the generated reference pages from the code and data they describe.

``python -m tools.docs`` writes what differs; ``--check`` writes nothing, names
what differs and returns 1. A page is text made from the catalogue, the form's
editions, the law's data and the command's own parser, so it cannot say
anything else than they do.
"""

from __future__ import annotations

import argparse
import sys
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

from mingtang.case.act import acts
from mingtang.case.outcome import PROCEDURES, outcomes
from mingtang.case.state import PHASE_NAMES, Phase
from mingtang.catalogue import rules
from mingtang.checking.rule import page_sections
from mingtang.cli import law
from mingtang.cli.program import COMMANDS, overview
from mingtang.form.loading import editions
from mingtang.law import deliveries, grounds, holidays_years, options, parameters
from mingtang.law.delivery import receipts
from mingtang.publication.completeness import (
    catalogue_items,
    document_items,
    guide_items,
)
from mingtang.publication.indexing import DEFAULT, FIELDS
from mingtang.publication.matters import Level, genres, matters, means, topics
from mingtang.registry import load
from tools.conformance import dictionary, tidy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mingtang.finding import Rule
    from mingtang.form.edition import Edition, Table
    from mingtang.form.sums import Identity
    from mingtang.law.calendar import HolidayYear
    from mingtang.law.grounds import Ground
    from mingtang.law.parameter import Parameter

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "docs" / "reference"
MADE = "<!-- 由 make docs 生成，请勿手改 -->\n\n"
FAMILIES = {
    "R": "读取",
    "F": "格式与用语",
    "S2": "表二：主动公开",
    "S3": "表三：申请办理",
    "S4": "表四：复议和诉讼",
    "T": "正文与表格",
    "Y": "本年与上年",
    "P": "汇总与组成",
    "L": "法律：日期与公布",
}
DATA = ROOT / "src" / "mingtang_web" / "static" / "mingtang" / "data"
NUMERALS = "〇一二三四五六"


def pages() -> dict[Path, str]:
    """Return every generated page: its path under ``docs/reference`` and its text."""
    made = {Path("rules", f"{rule.code}.md"): rule_page(rule) for rule in rules().values()}
    made[Path("rules", "README.md")] = rule_index()
    for edition in editions():
        made[Path("form", f"{edition.id}.md")] = form_page(edition)
    made[Path("form", "README.md")] = form_index()
    made[Path("law.md")] = law_page()
    made[Path("grounds.md")] = grounds_page()
    made[Path("acts.md")] = acts_page()
    made[Path("holidays.md")] = holidays_page()
    made[Path("publication.md")] = publication_page()
    made[Path("cli.md")] = cli_page()
    return {path: MADE + text.rstrip() + "\n" for path, text in made.items()}


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a Markdown table."""
    listed = [list(heads), *map(list, rows)]
    listed.insert(1, ["---"] * len(listed[0]))
    lines = (" | ".join(_in_cell(cell) for cell in row) for row in listed)
    return "".join(f"| {line} |\n" for line in lines)


def _in_cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", "<br>")


# Rules ---------------------------------------------------------------------


def rule_page(rule: Rule) -> str:
    """Return the page of one rule: its identity and what its author wrote."""
    _, sections = page_sections(rule.page)
    identity = table(
        ("代码", "名称", "轻重", "自版本"),
        [
            (
                rule.code,
                f"`{rule.name}`",
                f"{rule.weight.label}（`{rule.weight}`）",
                rule.since,
            )
        ],
    )
    body = "\n".join(f"## {head}\n\n{text}\n" for head, text in sections.items())
    return (
        f"# {rule.code} {rule.title}\n\n{identity}\n"
        f"{body}\n## 消息的样式\n\n```text\n{rule.message}\n```\n\n"
        f"命令行里看本页：`mingtang rule {rule.code}` · [全部规则](README.md)\n"
    )


def rule_index() -> str:
    """Return the list of all rules, by family."""
    out = "# 规则一览\n\n每条规则一页。代码一经使用，含义不变；轻重见每页。\n"
    ordered = sorted(
        rules().values(), key=lambda rule: (list(FAMILIES).index(family(rule)), rule.code)
    )
    for name, members in groupby(ordered, key=family):
        rows = [
            (
                f"[{rule.code}]({rule.code}.md)",
                rule.title,
                f"`{rule.name}`",
                rule.weight.label,
            )
            for rule in members
        ]
        out += (
            f"\n## {FAMILIES[name]}\n\n{table(('代码', '查出什么', '名称', '轻重'), rows)}"
        )
    return out


def family(rule: Rule) -> str:
    """Return the family a rule's code belongs to (``S3``, ``F``)."""
    return rule.code[:2] if rule.code[0] == "S" else rule.code[0]


# The form ------------------------------------------------------------------


def form_index() -> str:
    """Return the list of editions."""
    rows = [
        (f"[{made.id}]({made.id}.md)", made.name, made.cite, str(len(made.cell_ids())))
        for made in editions()
    ]
    heads = ("版本", "名称", "依据", "单元格")
    before = "2018年度及以前用2014年统计表，只认出，不读数。"
    return f"# 年度报告格式\n\n{table(heads, rows)}\n{before}\n"


def form_page(edition: Edition) -> str:
    """Return an edition: its years, sections, every cell, every sum."""
    until = f"至{edition.last_year}年度" if edition.last_year else "起"
    years = f"用于{edition.first_year}年度{until}的报告"
    sections = "".join(f"- {part.heading}\n" for part in edition.sections)
    tables = "".join(_form_table(made) for made in edition.tables)
    sums = table(
        ("规则", "表", "每一", "左边之和", "右边之和"),
        (_sum_row(edition, identity) for identity in edition.sums),
    )
    return (
        f"# {edition.name}\n\n依据：{edition.cite}。{years}。"
        f"共 {len(edition.cell_ids())} 个单元格。\n\n## 六个部分\n\n{sections}\n"
        f"总体情况应当写到：{'、'.join(edition.topics)}。\n\n{tables}## 勾稽关系\n\n{sums}"
    )


def _form_table(made: Table) -> str:
    rows = [
        (f"`{cell}`", block.caption or "", line.full_label, column.label)
        for cell, block, line, column in made.cells()
    ]
    cells = table(("单元格", "分块", "行", "列"), rows)
    return f"## 表{NUMERALS[made.section]}　{made.title}（`{made.id}`）\n\n{cells}\n"


def _sum_row(edition: Edition, identity: Identity) -> tuple[str, ...]:
    made = edition.table(identity.table)
    block = made.blocks[0]
    labels = {line.id: line.full_label for line in block.lines}
    if identity.each == "line":
        labels = {column.id: column.label for column in block.columns}
    left, right = (
        " + ".join(labels[term] for term in side)
        for side in (identity.left, identity.right)
    )
    each = "列" if identity.each == "column" else "行"
    code = f"[{identity.code}](../rules/{identity.code}.md)"
    return code, f"表{NUMERALS[made.section]}", each, left, right


# The law -------------------------------------------------------------------


def law_page() -> str:
    """Return every dated value of the law and every point it leaves open."""
    out = (
        "# 法定数值\n\n每个值写明自何日起有效、依据哪一条。没有值的日子不作推算。"
        "标“待核”的值须由法制人员对照原文确认。\n\n"
        "另见：[办理结果](grounds.md) · [放假安排](holidays.md) · "
        "[怎样改一个法定数值](../how-to/change-a-legal-value.md)\n"
    )
    for file, members in groupby(parameters(), key=lambda parameter: parameter.file):
        out += f"\n## `{file}`\n\n" + "\n".join(map(_parameter, members))
    out += "\n## 法律没有说清的口径\n\n由使用的地区统一选定；不选时用“缺省”一栏。\n\n"
    rows = [
        (
            f"`{made.id}`",
            made.what,
            "\n".join(f"{_default(made.default, key)}{text}" for key, text in made.choices),
            made.cite,
            made.unsettled,
        )
        for made in options()
    ]
    return out + table(("名称", "问题", "选项", "依据", "为何未定"), rows)


def _default(default: str, key: str) -> str:
    return f"`{key}`（缺省）" if key == default else f"`{key}` "


def _parameter(parameter: Parameter) -> str:
    rows = [
        (
            value.period(),
            law.printed(parameter, value).replace("；", "\n"),
            value.cite,
            _doubt(value.unsettled),
        )
        for value in parameter.values
    ]
    heads = ("有效期", "值", "依据", "待核")
    return f"### `{parameter.id}`\n\n{parameter.what}\n\n{table(heads, rows)}"


def _doubt(text: str | None) -> str:
    return f"**待核**：{text}" if text else ""


REMEDIES = {
    "RF": "须先申请行政复议",
    "RS": "可以复议，也可以起诉",
    "NA": "单独没有",
    "BY_PART": "看剔除的部分依据哪一条",
    "BY_CASE": "看具体情形，由人选定",
}


LEVELS = {
    Level.CENTRAL: "国务院部门",
    Level.PROVINCE: "省级",
    Level.CITY: "设区的市级",
    Level.COUNTY: "县级",
    Level.TOWNSHIP: "乡镇",
}


def publication_page() -> str:
    """Return what is disclosed, how it is filed and numbered, and what it must have."""
    out = (
        "# 主动公开\n\n公开哪些事项、怎样分类编号、应当写些什么。有“依据”的是规定；"
        "没有的，“待核”一栏写明从哪里来，各机关可以另用自己的。\n\n## 事项\n\n"
    )
    out += table(
        ("名称", "栏目名", "条文", "层级", "依据"),
        (
            (
                f"`{each.id}`",
                each.label,
                each.full,
                "、".join(LEVELS[level] for level in Level if level in each.levels)
                or "各级",
                each.cite,
            )
            for each in matters()
        ),
    )
    lists = ("体裁", genres()), ("主题分类", topics()), ("解读方式", means())
    for title, listed in lists:
        doubt = _doubt(listed[0].unsettled)
        source = listed[0].cite or "没有见到规定"
        out += f"\n## {title}\n\n依据：{source}。{doubt}\n\n" + table(
            ("名称", "代码", "写作"),
            ((f"`{each.id}`", each.code, each.label) for each in listed),
        )
    out += f"\n## 索引号规则的字段\n\n缺省规则：`{DEFAULT}`。"
    out += "流水号可以写位数：`{serial:05}`。\n\n"
    out += table(
        ("字段", "意思"), ((f"`{{{name}}}`", what) for name, what in FIELDS.items())
    )
    owed = (
        ("一件公开的文件应有的信息元素", document_items()),
        ("公开指南的内容", guide_items()),
        ("公开目录的内容", catalogue_items()),
    )
    for title, items in owed:
        rows = (
            (f"`{each.id}`", each.label, each.cite or "", _doubt(each.unsettled))
            for each in items
        )
        out += f"\n## {title}\n\n" + table(("名称", "内容", "依据", "待核"), rows)
    return out


def acts_page() -> str:
    """Return the acts that can be done in a case, and how its disputes may end."""
    out = (
        "# 办理行为\n\n一件申请走到哪个环节，可以做什么、依据哪一条、做了会怎样。"
        "没有列出的就是不可以做的；日期、次数等条件逐项核对，不合的附条款拒绝。\n\n"
    )
    rows = (
        (
            f"`{known.id}`",
            known.title,
            "、".join(PHASE_NAMES[phase] for phase in Phase if phase in known.phases),
            known.cite,
            known.consequence,
        )
        for known in acts()
    )
    out += table(("代码", "行为", "在哪些环节", "依据", "做了会怎样"), rows)
    out += "\n## 环节\n\n"
    out += table(("代码", "环节"), ((f"`{phase}`", PHASE_NAMES[phase]) for phase in Phase))
    out += "\n## 复议和诉讼的结果\n\n记入表四哪一列；写“口径”的由本单位选定。\n\n"
    columns = {"upheld": "结果维持", "corrected": "结果纠正", "other": "其他结果"}
    ended = (
        (
            f"`{known.id}`",
            PROCEDURES[known.procedure],
            known.title,
            columns[known.column] if known.column else f"口径 `{known.option}`",
            known.cite,
        )
        for known in outcomes()
    )
    return out + table(("代码", "程序", "结果", "表四的列", "依据"), ended)


def grounds_page() -> str:
    """Return the closed list of results an answer may have, and which day counts."""
    heads = ("代码", "办理结果", "依据", "表三的行", "救济途径", "自", "待核")
    out = (
        "# 办理结果\n\n答复一件申请，结果只能是下面之一；"
        "选定结果，就定了它记入年度报告哪一行。\n\n" + table(heads, map(_ground, grounds()))
    )
    sent = {"dispatched": "发出之日", "received": "收到之日", None: "没有规定"}
    out += "\n## 送达：哪一日算数\n\n"
    out += table(
        ("代码", "方式", "机关是否按期", "申请人期限起算", "依据", "待核"),
        (
            (
                f"`{made.mode}`",
                made.what,
                sent[made.answered],
                sent[made.remedy],
                made.cite,
                _doubt(made.unsettled),
            )
            for made in deliveries()
        ),
    )
    rows = [(f"`{made.mode}`", made.what, made.counted, made.cite) for made in receipts()]
    out += "\n## 收到申请之日\n\n"
    return out + table(("代码", "渠道", "以哪一日为准", "依据"), rows)


def _ground(made: Ground) -> tuple[str, ...]:
    line = f"`{made.line}`"
    if made.line_2019 != made.line:
        line += f"\n（2019年版 `{made.line_2019}`）"
    remedy = f"{REMEDIES[made.remedy]}（`{made.remedy}`）"
    doubt = _doubt(made.unsettled)
    return f"`{made.code}`", made.title, made.cite, line, remedy, f"{made.since}", doubt


def holidays_page() -> str:
    """Return every year's holidays and make-up days, with their notices."""
    years = "".join(f"\n{_year(year)}" for year in reversed(holidays_years()))
    return (
        "# 放假安排\n\n工作日按国务院办公厅每年的通知计算。没有录入的年份不作推算。"
        f"怎样录入新的一年，见[录入一年的放假安排](../how-to/enter-a-years-holidays.md)。\n{years}"
    )


def _year(year: HolidayYear) -> str:
    notices = "".join(
        f"- {notice}{'' if notice.verified else '（文号待核）'}\n"
        for notice in year.notices
    )
    several = len(year.notices) > 1
    rows = [
        (
            f"{festival.name}（{festival.notice.title}）" if several else festival.name,
            _span(festival.off),
            "、".join(map(_short, festival.worked)),
        )
        for festival in year.festivals
    ]
    doubt = f"\n{_doubt(year.unsettled)}\n" if year.unsettled else ""
    heads = ("节日", "放假", "调休上班")
    return f"## {year.year}年\n\n{notices}{doubt}\n{table(heads, rows)}"


def _short(day: object) -> str:
    return f"{day:%m-%d}"


def _span(days: tuple[object, ...]) -> str:
    if len(days) < 2:  # noqa: PLR2004 - a span has two ends
        return "".join(map(_short, days))
    return f"{_short(days[0])} 至 {_short(days[-1])}（{len(days)}天）"


# The command ---------------------------------------------------------------


class _ParserBuiltError(Exception):
    """Carries the parser that a command builds out of it, before any work is done."""


def cli_page() -> str:
    """Return every command and option, from the parsers themselves."""
    out = f"# 命令行\n\n```text\n{overview()}```\n"
    for command in commands():
        out += f"\n## `{command.prog}`\n\n{command.description}\n\n"
        out += _synopsis(command) + (f"\n{_options(command)}" if arguments(command) else "")
        out += f"\n```text\n{command.epilog}\n```\n" if command.epilog else ""
    return out


def commands() -> tuple[argparse.ArgumentParser, ...]:
    """Return the parser of every command, as the command itself builds it."""
    calls = [[name] for name in COMMANDS]
    calls += [["law", topic] for topic in law._TOPICS if topic]
    return tuple(_parser(words) for words in calls)


def _parser(words: list[str]) -> argparse.ArgumentParser:
    def stop(parser: argparse.ArgumentParser, _: object = None) -> None:
        raise _ParserBuiltError(parser)

    with patch.object(argparse.ArgumentParser, "parse_args", stop):
        try:
            load(f"cli.{words[0]}").run(words[1:])
        except _ParserBuiltError as found:
            made: argparse.ArgumentParser = found.args[0]
            return made
    message = f"mingtang {' '.join(words)} reads its words without a parser"
    raise LookupError(message)


def arguments(command: argparse.ArgumentParser) -> list[argparse.Action]:
    """Return the arguments and options of one command, help left out."""
    return [
        action
        for action in command._actions
        if not isinstance(action, argparse._HelpAction)
        and action.help is not argparse.SUPPRESS
    ]


def _synopsis(command: argparse.ArgumentParser) -> str:
    words = [_metavar(action) for action in arguments(command) if not action.option_strings]
    options_too = any(action.option_strings for action in arguments(command))
    line = " ".join([command.prog, *words, *(["[选项]"] if options_too else [])])
    return f"```text\n{line}\n```\n"


def _metavar(action: argparse.Action) -> str:
    name = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
    if action.choices is not None and action.metavar is None:
        name = "{" + ",".join(map(str, action.choices)) + "}"
    if action.nargs in {"+", "*"}:
        name += "..."
    return f"[{name}]" if action.nargs in {"*", "?"} else name


def _options(command: argparse.ArgumentParser) -> str:
    rows = []
    for action in arguments(command):
        takes = action.nargs != 0
        names = "、".join(f"`{name}`" for name in action.option_strings)
        value = f"`{_metavar(action)}`" if takes else ""
        default = _default_of(action) if takes else ""
        rows.append((names or value, value if names else "", action.help or "", default))
    return table(("参数", "值", "作用", "缺省"), rows) if rows else ""


def _default_of(action: argparse.Action) -> str:
    given = action.default
    return "" if given in (None, (), [], "") or not action.option_strings else f"`{given}`"


# Writing and checking ------------------------------------------------------


def stale() -> list[Path]:
    """Return generated pages that nothing generates any more."""
    made = set(pages())
    return [
        path
        for path in sorted(REFERENCE.rglob("*.md"))
        if path.relative_to(REFERENCE) not in made
        and path.read_text("utf-8").startswith(MADE.strip())
    ]


def tables() -> dict[Path, str]:
    """Return the tables that the portal gives out: their path and their text."""
    return {DATA / "samples.csv": tidy(), DATA / "dictionary.csv": dictionary()}


def different() -> dict[Path, str]:
    """Return the pages and tables whose file is missing or says something else."""
    made = {REFERENCE / path: text for path, text in pages().items()} | tables()
    return {
        path: text
        for path, text in made.items()
        if not path.is_file() or path.read_text("utf-8") != text
    }


def main(words: list[str] | None = None) -> int:
    """Write the pages that differ, or with ``--check`` name them."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument(
        "--check", action="store_true", help="write nothing; 1 if any differs"
    )
    check = asked.parse_args(words).check
    changed, gone = different(), stale()
    for path in [*changed, *gone]:
        print(
            f"{'differs' if check else 'wrote' if path in changed else 'removed'}: "
            f"{path.relative_to(ROOT)}"
        )
    if check:
        if changed or gone:
            print("Run `make docs` and commit what it writes.")
        return 1 if changed or gone else 0
    for path, text in changed.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    for path in gone:
        path.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
