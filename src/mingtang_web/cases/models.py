"""Cases as lists show them; what they are stands in the ledger.

Every column of `Case` that says where it stands, or by when it is due, is a
cache made from its entries by `mingtang_web.cases.bridge` and by nothing else.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mingtang.case.deadlines import Running, Timeliness
from mingtang.case.state import PHASE_NAMES, Phase
from mingtang_web.applicants.models import Applicant, Kind
from mingtang_web.bodies.models import Body, Section
from mingtang_web.cases.attachments import Attachment
from mingtang_web.cases.exchanges import Comment, Explanation, SectionOpinion, Urging
from mingtang_web.cases.kept import KeptFigures
from mingtang_web.letters.models import Letter

__all__ = [
    "UNTOLD",
    "Attachment",
    "Case",
    "Channel",
    "Choice",
    "Comment",
    "Consultation",
    "Delivery",
    "Explanation",
    "Form",
    "KeptFigures",
    "Proposal",
    "SearchRecord",
    "SectionOpinion",
    "Urging",
]

UNTOLD = 200
"""Characters of the reason why one letter does not go out."""
OPEN_PHASES = (
    Phase.SUBMITTED,
    Phase.IN_HAND,
    Phase.CORRECTION,
    Phase.REASON,
    Phase.CONSULTING,
    Phase.FEE,
    Phase.DECIDED,
    Phase.DISPATCHED,
)


class Channel(models.TextChoices):
    """How a request arrives (条例第三十一条)."""

    IN_PERSON = "in_person", _("当面提交")
    SIGNED_POST = "signed_post", _("邮寄（需签收）")
    PLAIN_POST = "plain_post", _("平常信函")
    ONLINE = "online", _("互联网渠道")
    FAX = "fax", _("传真")
    ORAL = "oral", _("口头提出（代为填写）")

    @property
    def received_as(self) -> str:
        """The channel of ``law.delivery.receipts`` that settles the day of receipt.

        条例第二十九条: an oral request is written down before the applicant and is
        handed in there and then.
        """
        return Channel.IN_PERSON.value if self is Channel.ORAL else self.value


class Delivery(models.TextChoices):
    """How the applicant wants the answer (条例第二十九条)."""

    DIRECT = "direct", _("当面领取")
    POST = "post", _("邮寄")
    ELECTRONIC = "electronic", _("电子送达")
    FAX = "fax", _("传真")


class Form(models.TextChoices):
    """In what form the information is wanted (形式要求; 条例第二十九条第二款第三项).

    Blank is none of them: the request does not say. ``OTHER`` is said in the
    applicant's own words.
    """

    ANY = "any", _("不限，按机关保存的形式")
    PAPER = "paper", _("纸质复制件")
    ELECTRONIC = "electronic", _("电子文档")
    DISC = "disc", _("光盘等存储介质")
    INSPECTION = "inspection", _("当场查阅、抄录")
    OTHER = "other", _("其他形式")


class Case(models.Model):
    """A request for information (依申请公开案件) of one body.

    ``description`` is sealed under the applicant's key; ``subject`` is the
    officer's own short wording and holds no personal data. ``version`` is how
    many events the history has: an act names the version it was decided on, so
    that of two acts at once one is refused.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    number = models.CharField(_("编号"), max_length=30)
    applicant = models.ForeignKey(Applicant, models.PROTECT, related_name="cases")
    applicant_kind = models.CharField(_("申请人类型"), max_length=16, choices=Kind)
    channel = models.CharField(_("收到渠道"), max_length=12, choices=Channel)
    subject = models.CharField(_("申请内容摘要"), max_length=200)
    description = models.BinaryField()
    delivery = models.CharField(_("送达方式"), max_length=12, choices=Delivery)
    form = models.CharField(
        _("形式要求"), max_length=12, choices=Form, blank=True, default=""
    )
    section = models.ForeignKey(
        Section, models.PROTECT, verbose_name=_("承办机构"), null=True, related_name="+"
    )
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("承办人"),
        null=True,
        related_name="+",
    )
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    created_at = models.DateTimeField()

    version = models.PositiveIntegerField(default=0)
    phase = models.CharField(
        _("环节"), max_length=12, choices=[(p.value, _(PHASE_NAMES[p])) for p in Phase]
    )
    submitted = models.DateField(_("提交日期"))
    received = models.DateField(_("收到日期"), null=True)
    due = models.DateField(_("到期日"), null=True)
    running = models.CharField(
        max_length=10, choices=[(each.value, each.value) for each in Running], blank=True
    )
    kept = models.CharField(
        max_length=10, choices=[(each.value, each.value) for each in Timeliness]
    )
    ground = models.CharField(_("办理结果"), max_length=4, blank=True)
    decided = models.DateField(_("决定日期"), null=True)
    net_days = models.PositiveSmallIntegerField(_("净工作日"), null=True)
    unserved_since = models.DateField(_("征求意见书未登记送达"), null=True)
    counted_by = models.CharField(max_length=16, blank=True)

    class Meta:
        """What is due first comes first; what cannot be said comes last."""

        ordering = (F("due").asc(nulls_last=True), "id")
        verbose_name = _("案件")
        verbose_name_plural = _("案件")
        constraints = (
            models.UniqueConstraint(fields=("body", "number"), name="case_numbered_once"),
        )
        indexes = (
            models.Index(fields=("body", "phase", "due"), name="case_by_due"),
            models.Index(fields=("body", "handler", "due"), name="case_of_handler"),
            models.Index(
                fields=("body", "received", "applicant_kind"), name="case_by_receipt"
            ),
            # What a year's figures are made of, and nothing else is read for them.
            models.Index(
                fields=("body", "decided", "kept", "ground", "net_days"),
                name="case_by_decision",
            ),
            models.Index(fields=("body", "-submitted", "-id"), name="case_by_arrival"),
            models.Index(
                fields=("unserved_since", "body"),
                name="case_unserved",
                condition=Q(unserved_since__isnull=False),
            ),
            models.Index(fields=("applicant", "received"), name="case_of_applicant"),
            # Who supervises a province reads the last of all cases, whosever they are.
            models.Index(fields=("-submitted", "-id"), name="case_last_of_all"),
            # What is behind a figure of a whole province: a year's cases by the day that
            # put them there, the last first.
            models.Index(
                fields=("-decided", "-id", "body", "kept", "ground", "net_days"),
                name="case_last_decided",
            ),
            models.Index(
                fields=("-received", "-id", "body", "applicant_kind"),
                name="case_last_received",
            ),
            # Few of all cases are open, and the figures above a list ask for no more.
            models.Index(
                fields=("body", "due", "phase", "kept", "handler", "running", "id"),
                name="case_open",
                condition=Q(phase__in=OPEN_PHASES),
            ),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        """Whether anything is still to be done."""
        return self.phase in OPEN_PHASES


class Proposal(models.Model):
    """An act waiting for a second person (送审): what is proposed, and how it went.

    ``event`` is the event as it will be recorded, ``version`` the version of the
    case it was proposed on: when the case has moved on, it must be proposed anew.
    ``letters`` are the drafts that go out with it, ``no_letter`` why none does. One
    that issues a letter anew ``replaces`` it; its event is the one the letter went
    out with, and stays as it is. One that corrects who asks has no event: what it
    ``amends`` is sealed under the applicant's key.
    """

    class Stage(models.TextChoices):
        """Where a proposal stands."""

        LEGAL = "legal", _("待法制审核")
        APPROVAL = "approval", _("待审批")
        APPROVED = "approved", _("已批准")
        RETURNED = "returned", _("已退回")
        WITHDRAWN = "withdrawn", _("已撤回")
        OVERTAKEN = "overtaken", _("已失效")

    case = models.ForeignKey(Case, models.PROTECT, related_name="proposals")
    act = models.CharField(max_length=40)
    event = models.JSONField()
    reason = models.TextField(_("说明"), blank=True)
    version = models.PositiveIntegerField()
    proposer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    stage = models.CharField(max_length=10, choices=Stage)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    review = models.TextField(_("法制审核意见"), blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True)
    answer = models.TextField(_("审批意见"), blank=True)
    letters = models.ManyToManyField(Letter, related_name="+")
    replaces = models.ForeignKey(Letter, models.PROTECT, null=True, related_name="+")
    amends = models.BinaryField(null=True)
    no_letter = models.TextField(_("不发文书的理由"), blank=True)

    class Meta:
        """At most one proposal of a case waits at a time."""

        ordering = ("-id",)
        verbose_name = _("送审")
        verbose_name_plural = _("送审")
        constraints = (
            models.UniqueConstraint(
                fields=("case",),
                name="proposal_one_at_a_time",
                condition=Q(stage__in=("legal", "approval")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.act} {self.stage}"

    @property
    def is_waiting(self) -> bool:
        """Whether somebody is still to decide on it."""
        return self.stage in {self.Stage.LEGAL, self.Stage.APPROVAL}


class SearchRecord(models.Model):
    """How a body looked for what was asked (检索记录): required for "does not exist"."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="searches")
    scope = models.TextField(_("检索范围"))
    method = models.TextField(_("检索方式"))
    on = models.DateField(_("检索日期"))
    result = models.TextField(_("检索结果"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        """In the order they were made."""

        ordering = ("id",)
        verbose_name = _("检索记录")
        verbose_name_plural = _("检索记录")

    def __str__(self) -> str:
        return f"{self.case_id} {self.on}"


class Consultation(models.Model):
    """Whom a consultation is sent to; the event names the party by a number only."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="consultations")
    party = models.CharField(max_length=10)
    person = models.ForeignKey(Applicant, models.PROTECT, related_name="+")

    class Meta:
        """One person a party."""

        constraints = (
            models.UniqueConstraint(fields=("case", "party"), name="party_once"),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.party}"


class Choice(models.Model):
    """What a body, and those below it, chose on a point the law leaves open (口径)."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    option = models.CharField(max_length=40)
    choice = models.CharField(max_length=40)

    class Meta:
        """One choice a body and point."""

        verbose_name = _("口径")
        verbose_name_plural = _("口径")
        constraints = (
            models.UniqueConstraint(fields=("body", "option"), name="choice_once"),
        )

    def __str__(self) -> str:
        return f"{self.body_id} {self.option}={self.choice}"
