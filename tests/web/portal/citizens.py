"""A citizen at a browser without scripts: fills in the pages, follows, acts."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from django.test import Client

from mingtang_web.asking.questions import Question
from mingtang_web.cases.models import Case
from tests.web.asking.test_gate import answer_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from mingtang_web.bodies.models import Body

WORDS = "芦苇边上晾着三件蓝布衫子"
"""What opens the account."""
WHO = {
    "name": "何小满",
    "identity_kind": "身份证",
    "identity_number": "110101199003070134",
    "phone": "13700137000",
}
WHAT = {
    "subject": "青云小区一号楼的竣工验收备案表",
    "description": "请提供2025年3月区住建局关于青云小区一号楼竣工验收备案的备案表。",
}
HOW = {"delivery": "electronic", "email": "he@example.cn", "form": "electronic"}
ORDER = ("kind", "who", "agent", "what", "how")
PAGES = {"kind": {"kind": "person"}, "who": WHO, "what": WHAT, "how": HOW}


class Citizen:
    """One browser, one address of the network."""

    def __init__(self, address: str = "192.0.2.7", **more: object) -> None:
        self.client = Client(REMOTE_ADDR=address, **more)
        self.door = "ask"

    def chooses(self, body: Body) -> HttpResponse:
        return self.client.post(f"/{self.door}/bodies/{body.code}/choose/")

    def fills(self, body: Body, **other: dict[str, str]) -> HttpResponse:
        """Everything up to the last page; ``other`` is said instead, by page."""
        self.chooses(body)
        pages = {**PAGES, **other}
        for page, said in sorted(pages.items(), key=lambda each: ORDER.index(each[0])):
            answer = self.client.post(f"/{self.door}/{page}/", said)
            assert answer.status_code == 302, (page, faults(answer))
        return self.client.get(f"/{self.door}/check/")

    def sends(self, **said: str) -> HttpResponse:
        """Send off what the last page shows now, or once showed as ``seen``."""
        page = self.client.get(f"/{self.door}/check/")
        seen = {"seen": typed(page, "seen")} if page.status_code == 200 else {}
        return self.client.post(f"/{self.door}/check/", {**seen, **said})

    def asks(self, body: Body, **other: dict[str, str]) -> tuple[Case, str]:
        """File a request and return its case and the code on the receipt."""
        self.fills(body, **other)
        answer = self.sends()
        assert answer.status_code == 302, faults(answer)
        return self.receives()

    def receives(self) -> tuple[Case, str]:
        text = self.client.get(f"/{self.door}/receipt/").text
        number, code = re.findall(r'<dd class="big[^"]*">([^<]+)</dd>', text)
        return Case.objects.get(number=number), code

    def opens(self, number: str, code: str, **more: str) -> HttpResponse:
        return self.client.post("/follow/", {"number": number, "code": code, **more})

    def signs_up(self, name: str, password: str = WORDS, **more: str) -> HttpResponse:
        """Make an account, as one who reads the question."""
        form = self.client.get("/follow/mine/new/").context["form"]
        question = Question(str(form.fields["answer"].label), form.initial["token"])
        answer = {"token": question.token, "answer": answer_of(question)}
        said = {"name": name, "new": password, "again": password, **answer, **more}
        return self.client.post("/follow/mine/new/", said)

    def signs_in(self, name: str, password: str = WORDS, **more: str) -> HttpResponse:
        said = {"name": name, "password": password, **more}
        return self.client.post("/follow/mine/enter/", said)

    def keeps(self, number: str, **more: str) -> HttpResponse:
        return self.client.post("/follow/mine/keep/", {"number": number, **more})

    def picks(self, place: object) -> HttpResponse:
        """Open a case of the own account."""
        return self.client.post("/follow/mine/open/", {"place": place})

    def does(self, act: str, **said: object) -> HttpResponse:
        """Open an act's page and send its form."""
        page = self.client.get(f"/follow/{act}/")
        assert page.status_code == 200, (act, page.status_code)
        hidden = {name: typed(page, name) for name in ("key", "version")}
        if 'name="on"' in page.text:
            hidden["on"] = typed(page, "on")
        return self.client.post(f"/follow/{act}/", {**hidden, **said})


def typed(page: HttpResponse, name: str) -> str:
    """What a page's field holds."""
    for tag in re.findall(r"<input[^>]*>", page.text):
        if f'name="{name}"' in tag:
            found = re.search(r'value="([^"]*)"', tag)
            return unescape(found[1]) if found else ""
    raise AssertionError(name)


def faults(page: HttpResponse) -> list[str]:
    """What a page finds wrong."""
    return re.findall(r'<p class="error-text">([^<]+)</p>', page.text) + re.findall(
        r'<div class="summary".*?</div>', page.text, re.DOTALL
    )
