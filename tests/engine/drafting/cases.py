"""The golden letters of tests/golden/letters, and an office that signs them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import yaml

from mingtang.drafting import compose
from mingtang.drafting.fees import ItemFee, PageFee
from mingtang.drafting.setting import Office, Setting

FOLDER = Path(__file__).parents[2] / "golden" / "letters"
OFFICE = Office(
    name="清河市东湖区住房和城乡建设局",
    code_word="东建",
    section="政府信息公开工作办公室",
    address="清河市东湖区河滨路9号",
    telephone="010-00000000",
    review_organ="清河市东湖区人民政府",
    court="清河市东湖区人民法院",
    review_online="https://fy.example.gov.cn",
)
DAY = date(2026, 3, 12)
SECRETS = {"applicant": ("李四", "11010119900101001X", "13800000000")}
SETTING = Setting(OFFICE, DAY, 7, secrets=SECRETS)


def cases():
    """Return every golden letter by its kind."""
    found = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        case = yaml.safe_load(path.read_text("utf-8"))
        assert case["kind"] == path.stem
        found[path.stem] = case
    return found


CASES = cases()


def given(kind, **other):
    """Return the particulars of a golden letter, some of them changed."""
    told = {**CASES[kind]["given"], **other}
    fee = told.get("fee")
    if isinstance(fee, dict):
        told["fee"] = PageFee(**fee) if "pages" in fee else ItemFee(**fee)
    return told


def letter(kind, setting=None, **other):
    """Return a golden letter, some of its particulars changed."""
    return compose(kind, given(kind, **other), setting or at_home(kind))


def at_home(kind):
    """Return the setting of a golden letter: the office's, on the case's day."""
    return SETTING._replace(day=CASES[kind].get("day", DAY))


def whole(made):
    """Return everything that a letter says, in one text."""
    return "\n".join(made.manuscript().texts())


def passage(made, name):
    """Return the texts of the clauses that come from one passage."""
    return [clause.text for clause in made.clauses if clause.passage == name]
