"""Rules about the file as a whole: its edition, its text, how it was read (R4, R5)."""

from __future__ import annotations

from mingtang.finding import Rule, Weight
from mingtang.reading.rules.wording import FORM, page

EDITION_MIXED = Rule(
    "R401",
    "edition-mixed",
    "两个版本的表式混用",
    Weight.DOUBT,
    FORM,
    "表格主要是{edition}年版，但有{other}年版的“{printed}”",
    page(
        "两个版本的表式混用。",
        "同一份报告里，有的行名、列名属于2021年版，有的属于2019年版。",
        FORM,
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
    FORM,
    "{year}年度报告应当用{expected}年版表式，文中用的是{edition}年版",
    page(
        "用了不该用的表式版本。",
        "报告年度与表式版本是否相符：2014至2018年度用2014年统计表，2019、2020年度用2019年版，2021年度起用2021年版。",
        FORM,
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
    page(
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
    FORM,
    "{trouble}",
    page(
        "文字编码有损坏。",
        "文件的文字编码是否完好。",
        FORM,
        "乱码会吞掉数字和行名。",
        "UTF-8 的网页被当作 GBK 另存，成了“鏀垮簻”。",
        "没有例外。",
        "换用原始网页；能还原的已经还原，仍请核对。",
    ),
)
PICTURE_READ = Rule(
    "R502",
    "recognised-from-picture",
    "由图像识别读出",
    Weight.NOTE,
    FORM,
    "{which}是扫描件或图片，文字由图像识别得出：{seen}",
    page(
        "由图像识别读出。",
        "文件里没有文字，只有图像；有框线的表逐格识别，没有框线的只能按行识别。",
        FORM,
        "识别可能看错；看不清的格不当作数，也不参加勾稽，没有框线的格须有合计证明才算。图上没有读到表的，多半是漏扫、放歪或太淡。",
        "盖章后扫描成 PDF 的年报。",
        "没有例外；有文字版的，以文字版为准。",
        "用有文字的原件（Word、网页或直接导出的 PDF）再检查一次；"
        "只有扫描件的，对照原件核对看不清的格。",
    ),
)
FILE_EMBEDDED = Rule(
    "R503",
    "file-embedded",
    "文件里套着别的文件",
    Weight.DOUBT,
    FORM,
    "{trouble}",
    page(
        "文件里套着别的文件。",
        "Word 文档里是否嵌入了另一个文档，其内容要由 Word 打开才看得见。",
        FORM,
        "嵌入的部分读不到，里面可能有表格和数字。",
        "把各科室交来的文档整个插入成一个。",
        "嵌入的只是附件，与年报正文无关。",
        "用 Word 打开后另存一次，再检查；或者把嵌入部分的内容粘贴到正文里。",
    ),
)
