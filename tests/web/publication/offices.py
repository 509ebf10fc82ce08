"""A body whose people write, review and publish documents, for tests."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import date

from mingtang_web.bodies.models import Role
from mingtang_web.ledger.doing import Doing
from mingtang_web.publication import drafting, releasing, reviewing
from mingtang_web.publication.drafting import Draft
from mingtang_web.publication.models import Document, Stage
from mingtang_web.publication.reviewing import Judged
from mingtang_web.publication.screening import waived_ones
from tests.web.people import District, appointed, person

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
TODAY = date(2026, 3, 5)
TEXT = "<p>现将老旧小区加装电梯补助标准公布如下。</p><p>每台补助二十万元。</p>"
DRAFT = Draft(
    title="关于老旧小区加装电梯补助标准的通知",
    formed_on=date(2026, 3, 2),
    attribute="proactive",
    topic="construction",
    genre="notice",
    matter="a20_11",
    document_number="西政建〔2026〕7号",
    abstract="公布老旧小区加装电梯的补助标准。",
    html=TEXT,
)
PUBLIC = Judged("public", "不涉及国家秘密、工作秘密")


class Newsroom(District):
    """A housing bureau with one person for each stage, and one who publishes."""

    def __init__(self) -> None:
        super().__init__()
        self.writer = self._holds("writer", "何起草", Role.HANDLER)
        self.section = self._holds("section", "科长甲", Role.HANDLER)
        self.lawyer = self._holds("lawyer", "钱法制", Role.LEGAL_REVIEWER)
        self.secrecy = self._holds("secrecy", "孙保密", Role.SECRECY_REVIEWER)
        self.publisher = self._holds("publisher", "李发布", Role.PUBLISHER)

    def _holds(self, username: str, name: str, role: Role):
        user = person(username, name)
        appointed(user, self.housing, role)
        return user

    @property
    def reviewers(self):
        return {
            Stage.SECTION: self.section,
            Stage.OFFICE: self.lawyer,
            Stage.SECRECY: self.secrecy,
            Stage.LEADER: self.approver,
        }

    def doing(self, who, document: Document | None = None, note: str = "") -> Doing:
        version = document.version if document else 0
        return Doing(who, version, secrets.token_hex(16), note=note)

    def drafted(self, column: str = "statutory", **more) -> Document:
        draft = replace(DRAFT, **more)
        return drafting.begin(self.housing, column, draft, self.doing(self.writer))

    def revised(self, document: Document, html: str = "<p>改过的一句话。</p>") -> Document:
        draft = replace(drafting.as_draft(document.current), html=html)
        return drafting.revise(document, draft, self.doing(self.writer, document))

    def sent(self, document: Document | None = None, **more) -> Document:
        document = document or self.drafted(**more)
        return reviewing.send(document, self.doing(self.writer, document))

    def reviewed(self, document: Document, upto: Stage | None = None) -> Document:
        """Pass a document through its stages, up to one that it then waits for."""
        while document.stage and document.stage != upto:
            who = self.reviewers[Stage(document.stage)]
            document = self.passed(document, who)
        return document

    def passed(self, document: Document, who) -> Document:
        doing = self.doing(who, document)
        if document.stage == Stage.SECRECY:
            items = reviewing.items_of(document.current)
            seen = [each.fingerprint for each in waived_ones(document.current)]
            judged = dict.fromkeys(items, PUBLIC)
            return reviewing.clear_secrecy(document, judged, doing, seen)
        return reviewing.pass_on(document, doing)

    def cleared(self, **more) -> Document:
        return self.reviewed(self.sent(**more))

    def published(self, **more) -> Document:
        document = self.cleared(**more)
        return releasing.publish(document, self.doing(self.publisher, document))
