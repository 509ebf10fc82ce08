"""The rules of reading (family R): what the reader met and could not take as printed.

Each is data: the reader raises them where it meets them. Their pages are here
because they share one subject, the document as a thing to be read.
"""

from __future__ import annotations

from mingtang.finding import Rule, Weight

_FORM = "政府信息公开工作年度报告格式（国办公开办函〔2021〕30号）"


def _page(*sections: str) -> str:
    names = ("查什么", "依据", "为什么", "例", "何时不算错", "怎么改")
    title, *texts = sections
    lines = [f"{name}：{text}" for name, text in zip(names, texts, strict=True)]
    return "\n".join([title, "", *lines])


ROW_UNREADABLE = Rule(
    "R101",
    "row-unplaced",
    "行读不出",
    Weight.DOUBT,
    _FORM,
    "“{line}”一行读不出：{trouble}。所见：{seen}",
    _page(
        "行读不出。",
        "一行的行名认得出，数字却无法确定各属于哪一列。",
        _FORM,
        "数错一列就是另一个数。宁可说读不出，也不猜。",
        "“5.属于三类内部事务信息”后面只剩 5 个数，而表有 7 列。",
        "原文件完好、只是转成文本时丢了空格的，请直接检查原网页或原文件。",
        "对照原网页补齐这一行：表有几列就写几个数，没有发生的写0；文本里各数用制表符或“|”隔开，空着的格也留出位置。改好再检查一次；有原网页的，直接检查原网页。",
    ),
)
CELL_UNREADABLE = Rule(
    "R102",
    "cell-unparsed",
    "格里的内容不是一个数",
    Weight.DOUBT,
    _FORM,
    "“{line}·{column}”格读不出：“{seen}”不是一个数",
    _page(
        "格里的内容不是一个数。",
        "格里有内容，但不是一个完整的数，也不是空白或“/”“无”之类的记号。",
        _FORM,
        "“1 2”可能是 12，也可能是两格并成了一格，不能替填报人决定。",
        "格里印着“1 2”“00”“约5”。",
        "数字后带单位或注释的不在此列，照读并另行提示。",
        "格里只写一个数；说明写到正文里。",
    ),
)
ROW_UNMAPPED = Rule(
    "R103",
    "row-unmapped",
    "表式以外的行",
    Weight.DOUBT,
    _FORM,
    "{trouble}。所见：{seen}",
    _page(
        "表式以外的行。",
        "表里有数字的一行，在表式中找不到对应的行。",
        _FORM,
        "表式是全国统一的，自己加行会使数字无法汇总；把三行并成一行也一样。",
        "2021年版报告把“（六）其他处理”的三行并成一行；或多出“其他主动公开文件”一行。",
        "表下的注释行不算。",
        "先看这一行在表式里归哪里：表式分为几行的（如“（六）其他处理”分为3行），拆开分别填数；表式里没有的，删去这一行，内容写到正文里。改好再检查一次，合计才能核对。",
    ),
)
TABLE_UNMAPPED = Rule(
    "R104",
    "header-unmapped",
    "表头认不全",
    Weight.DOUBT,
    _FORM,
    "{table}的表头不能确定各列：{trouble}",
    _page(
        "表头认不全。",
        "一张表的列标题缺少、重复或认不出，因此下面的数字不能归到某一列。",
        _FORM,
        "列要靠列标题来认。没有列标题，只凭第几个数来猜，错了也看不出来。",
        "表三缺少“科研机构”这一列标题。",
        "表格跨页、后半张没有重复表头的，沿用前半张的表头，不算错。",
        "按表式补全列标题。",
    ),
)
LABEL_DAMAGED = Rule(
    "R201",
    "label-misprinted",
    "行名或列名与表式不符",
    Weight.DOUBT,
    _FORM,
    "“{printed}”应为“{expected}”",
    _page(
        "行名或列名与表式不符。",
        "行名、列名与表式的文字不同，但仍能确定指的是哪一行、哪一列。空格、全角半角、括号、繁简不计。",
        _FORM,
        "表式是固定的，错字会让读者和汇总程序认错。",
        "“本年废止件数”印成“本年度止件数”；“行政规范性文件”印成“规范性文件”。",
        "空格、换行、标点、繁体与表式不同的不算。",
        "把这个行名或列名改成引号里表式的原文，数字不动；整张表的名称都不同的，换用当年的表式重填。",
    ),
)
COLUMNS_MOVED = Rule(
    "R202",
    "columns-reordered",
    "列的顺序与表式不同",
    Weight.DOUBT,
    _FORM,
    "{table}的列顺序是{seen}，表式是{expected}；已按列名读取",
    _page(
        "列的顺序与表式不同。",
        "列标题的先后与表式不同。数字按列标题读取，不按位置。",
        _FORM,
        "换了顺序的表，人工抄录和汇总时极易抄错列。",
        "“科研机构”排在“商业企业”之前。",
        "没有例外。",
        "按表式的顺序排列。",
    ),
)
LINES_MOVED = Rule(
    "R203",
    "lines-reordered",
    "行的顺序与表式不同",
    Weight.DOUBT,
    _FORM,
    "{table}中“{line}”排在“{after}”之后，与表式的顺序不同；已按行名读取",
    _page(
        "行的顺序与表式不同。",
        "行的先后与表式不同。数字按行名读取，不按位置。",
        _FORM,
        "换了顺序的表，人工抄录和汇总时容易抄错行。",
        "“2.重复申请”排在“1.信访举报投诉类申请”之前。",
        "没有例外。",
        "按表式的顺序排列。",
    ),
)
ROW_SHIFTED = Rule(
    "R204",
    "row-shifted",
    "数字与列标题没有对齐",
    Weight.DOUBT,
    _FORM,
    "{table}有 {count} 行的数字没有对齐列标题，各行数字齐全，已按先后读取：{lines}",
    _page(
        "数字与列标题没有对齐。",
        "一行的数字个数齐全，但所在的列与列标题错开。数字按先后对应各列。",
        _FORM,
        "错列多半是合并单元格设错了；数字若缺一个，就再也看不出缺在哪里。",
        "列标题在第2至8列，“（七）总计”的数字在第1至7列。",
        "只是转成文本时错开、原网页对齐的，不必改。",
        "打开原文件的这张表，逐行看列出的这些行：每个数是否都在自己的列标题下面；多出的或合并错的单元格照表式改正，数字本身不动。",
    ),
)
CELL_TWICE = Rule(
    "R205",
    "cell-printed-twice",
    "同一格印了两次而数不同",
    Weight.CONTRADICTION,
    _FORM,
    "“{line}”在文中出现不止一次而数不同，无法确定以哪个为准：{seen}",
    _page(
        "同一格印了两次而数不同。",
        "同一行在文中出现两次以上，数字不一致。",
        _FORM,
        "两个数只能有一个对；不知道哪个对，就都不取。",
        "附了上年的表，没有标明年份。",
        "两处数字完全相同的不算。",
        "只保留本年度的一张表；需要对比时写到正文里。",
    ),
)
VALUE_DRESSED = Rule(
    "R301",
    "figure-with-extras",
    "数字带有单位、符号或注释",
    Weight.NOTE,
    _FORM,
    "“{line}·{column}”印作“{seen}”，读作 {value}{unit}",
    _page(
        "数字带有单位、符号或注释。",
        "格里除了数字还有单位、正负号或注释。照读数字，单位和注释原样保留，不换算。",
        _FORM,
        "表式规定了单位，格里再写单位容易与表式的单位混淆。",
        "“+19”读作 19；“减4”读作 −4；“22（其中修订16件）”读作 22。",
        "没有例外。",
        "格里只写数字，说明写到正文里。",
    ),
)
UNIT_DIFFERS = Rule(
    "R302",
    "unit-differs",
    "格里的单位不是表式的单位",
    Weight.DOUBT,
    _FORM,
    "“{line}·{column}”印作“{seen}”，单位“{unit}”与表式不同，未换算",
    _page(
        "格里的单位不是表式的单位。",
        "格里印的单位与表式规定的不同。数字照读，不换算。",
        _FORM,
        "“行政事业性收费”以万元为单位；写成元，汇总时会差一万倍。",
        "“70487元”写在以万元为单位的格里。",
        "表式没有规定单位的（如2019年版“采购总金额”），只作提示。",
        "换算成表式的单位，只写数字。",
    ),
)
EDITION_MIXED = Rule(
    "R401",
    "edition-mixed",
    "两个版本的表式混用",
    Weight.DOUBT,
    _FORM,
    "表格主要是{edition}年版，但有{other}年版的“{printed}”",
    _page(
        "两个版本的表式混用。",
        "同一份报告里，有的行名、列名属于2021年版，有的属于2019年版。",
        _FORM,
        "两版口径不同，混在一起的数字不可比。",
        "表二是“本年制发件数”，却有“政府集中采购”一行。",
        "没有例外。",
        "全部改用当年应当使用的表式。",
    ),
)
EDITION_WRONG = Rule(
    "R402",
    "edition-outdated",
    "用了不该用的表式版本",
    Weight.BREACH,
    _FORM,
    "{year}年度报告应当用{expected}年版表式，文中用的是{edition}年版",
    _page(
        "用了不该用的表式版本。",
        "报告年度与表式版本是否相符：2014至2018年度用2014年统计表，2019、2020年度用2019年版，2021年度起用2021年版。",
        _FORM,
        "旧表缺少新表的指标，数字无法汇总，也无法与上年衔接。",
        "2022年度报告仍用“本年新制作数量”的旧表。",
        "年度读不出时不作判断。",
        "改用当年的表式重新填报。",
    ),
)
OLD_SHEET = Rule(
    "R403",
    "statistics-sheet-2014",
    "2014年的统计表",
    Weight.NOTE,
    "国办发〔2014〕32号",
    "这是2014年起使用的《政府信息公开情况统计表》，此版本认得出，不读其中的数字",
    _page(
        "2014年的统计表。",
        "文中是不是2019年以前使用的《政府信息公开情况统计表》。",
        "国办发〔2014〕32号",
        "那张表的指标与现行六部分格式不同，不能当作现行的表来读。",
        "表中有“主动公开政府信息数”“回应公众关注热点或重大舆情数”。",
        "2018年度及以前的报告使用它是对的。",
        "不用改；2019年度起的报告应当用六部分格式。",
    ),
)
TEXT_DAMAGED = Rule(
    "R501",
    "text-damaged",
    "文字编码有损坏",
    Weight.DOUBT,
    _FORM,
    "{trouble}",
    _page(
        "文字编码有损坏。",
        "文件的文字编码是否完好。",
        _FORM,
        "乱码会吞掉数字和行名。",
        "UTF-8 的网页被当作 GBK 另存，成了“鏀垮簻”。",
        "没有例外。",
        "换用原始网页；能还原的已经还原，仍请核对。",
    ),
)

RULES: tuple[Rule, ...] = (
    ROW_UNREADABLE,
    CELL_UNREADABLE,
    ROW_UNMAPPED,
    TABLE_UNMAPPED,
    LABEL_DAMAGED,
    COLUMNS_MOVED,
    LINES_MOVED,
    ROW_SHIFTED,
    CELL_TWICE,
    VALUE_DRESSED,
    UNIT_DIFFERS,
    EDITION_MIXED,
    EDITION_WRONG,
    OLD_SHEET,
    TEXT_DAMAGED,
)
"""Every rule of reading, by code."""
