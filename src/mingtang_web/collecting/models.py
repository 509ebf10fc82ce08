"""A season of reports, the bodies asked for one, and every version they hand in."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mingtang_web.annual.models import Annual
from mingtang_web.bodies.models import Body
from mingtang_web.files.models import StoredFile


class Season(models.Model):
    """The reports on one year that an office collects (年报收集).

    ``due`` is the day by which bodies hand in, the law's or the office's own, ``notice``
    what an earlier day rests on; ``whole_due`` that of the government's own report.
    ``government`` is whose report sums all up, ``own`` the body whose report holds what
    was asked of the government itself: so that it is counted once.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("年度"))
    due = models.DateField(_("报送期限"))
    whole_due = models.DateField(_("本级政府年报公布期限"))
    notice = models.CharField(_("提前报送的依据"), max_length=200, blank=True)
    government = models.CharField(_("本级政府"), max_length=100)
    own = models.ForeignKey(Body, models.PROTECT, related_name="+")
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField()

    class Meta:
        """The newest first; one a year."""

        ordering = ("-year", "body__path")
        verbose_name = _("年报收集")
        verbose_name_plural = _("年报收集")
        constraints = (
            models.UniqueConstraint(fields=("body", "year"), name="season_once_a_year"),
        )

    def __str__(self) -> str:
        return f"{self.body_id} {self.year}"


class Member(models.Model):
    """A body in a season: whether it must report, by which day, and how far it has come.

    ``version`` counts the acts done in it; ``published_on`` is the day its report was
    made public, as somebody entered it. ``sums`` says that its report already holds what
    the bodies below it report: theirs are then not added once more.
    """

    season = models.ForeignKey(Season, models.PROTECT, related_name="members")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    expected = models.BooleanField(_("应报"), default=True)
    due = models.DateField(_("报送期限"))
    published_on = models.DateField(_("公布日期"), null=True)
    sums = models.BooleanField(_("报告已含下级机关的数"), default=False)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        """In the order of the tree; a body once."""

        ordering = ("season", "body__path")
        verbose_name = _("报送机关")
        verbose_name_plural = _("报送机关")
        constraints = (
            models.UniqueConstraint(fields=("season", "body"), name="member_once"),
        )

    def __str__(self) -> str:
        return f"{self.season_id} {self.body_id}"


class State(models.TextChoices):
    """Where a version stands."""

    READING = "reading", _("正在读")
    UNREADABLE = "unreadable", _("读不出")
    HELD = "held", _("待核对")
    READ = "read", _("已报送")
    REPLACED = "replaced", _("已由新的一版代替")
    RETURNED = "returned", _("已退回")
    ACCEPTED = "accepted", _("已接受")
    WITHDRAWN = "withdrawn", _("已撤回")
    RECALLED = "recalled", _("报告已由机关撤回")


HANDED = frozenset(
    {State.READ, State.REPLACED, State.RETURNED, State.ACCEPTED, State.RECALLED}
)
"""The states of what was handed in for good, whatever became of it."""
LEFT = frozenset(
    {State.UNREADABLE, State.HELD, State.RETURNED, State.WITHDRAWN, State.RECALLED}
)
"""The states after which another version is awaited."""


class Delivery(models.Model):
    """One version of a body's report, as it was handed in (报送).

    ``facts`` are its cells as they were read (state, number as text, unit, as printed),
    ``found`` how often each rule found something. Neither is ever altered: a report
    that is wrong is returned, and another version comes. ``trouble`` says in Chinese
    why it could not be read, or what must be looked at first. ``source`` is what a day
    rests on that somebody else than the clock gave, ``dated`` the day the report itself
    bears. ``fees`` are the information processing fees as text, in pieces and yuan: what
    the ledger of the desk kept, of a file what its section six states; what nothing says
    is not there.
    """

    class Way(models.TextChoices):
        """How it came."""

        DESK = "desk", _("本机关在系统内编制")
        FILE = "file", _("本机关上传")
        BEHALF = "behalf", _("收集机关代为上传")

    member = models.ForeignKey(Member, models.PROTECT, related_name="deliveries")
    number = models.PositiveSmallIntegerField(_("第几次报送"))
    way = models.CharField(_("来源"), max_length=6, choices=Way)
    annual = models.ForeignKey(Annual, models.PROTECT, null=True, related_name="+")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    handed_on = models.DateField(_("报送日期"))
    source = models.CharField(_("收到日期的依据"), max_length=200, blank=True)
    dated = models.DateField(_("报告自己的日期"), null=True)
    state = models.CharField(_("状态"), max_length=10, choices=State)
    trouble = models.TextField(blank=True)
    named = models.CharField(_("报告所写机关"), max_length=200, blank=True)
    year = models.PositiveSmallIntegerField(_("报告所写年度"), null=True)
    edition = models.CharField(max_length=4, blank=True)
    facts = models.JSONField(default=dict)
    found = models.JSONField(default=dict)
    fees = models.JSONField(default=dict)

    class Meta:
        """In the order they came; each number once."""

        ordering = ("member", "number")
        verbose_name = _("报送")
        verbose_name_plural = _("报送")
        constraints = (
            models.UniqueConstraint(
                fields=("member", "number"), name="delivery_numbered_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.member_id}#{self.number}"


class Receipt(models.Model):
    """A day of receipt entered afterwards (补录的收到日期), until another person vouches.

    ``on`` is the day on which a version reached the office as its incoming post says, by
    the version's ``source``; ``by`` entered it, ``entered_on`` when. Once ``seen_by``,
    another person, has ``holds`` it true, the version counts as handed in ``on`` that
    day; until then, and where it is not true, on the day it was entered.
    """

    delivery = models.OneToOneField(
        Delivery, models.PROTECT, related_name="receipt", verbose_name=_("报送")
    )
    on = models.DateField(_("收到日期"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_on = models.DateField(_("补录日期"))
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    seen_on = models.DateField(null=True)
    holds = models.BooleanField(null=True)

    class Meta:
        """In the order they were entered."""

        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.delivery_id} {self.on}"

    @property
    def is_pending(self) -> bool:
        """Whether nobody else has looked yet."""
        return self.holds is None


class Product(models.Model):
    """What was made of a version: its paper, its findings, the copy with the marks."""

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="products")
    what = models.CharField(max_length=8)
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        """Each once."""

        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("delivery", "what"), name="product_once"),
        )

    def __str__(self) -> str:
        return f"{self.delivery_id} {self.what}"


class Step(models.Model):
    """A step of a body's collecting: what was done, by whom (nobody: the site), why."""

    class Verdict(models.TextChoices):
        """What was done."""

        ASKED = "asked", _("要求报送")
        HANDED = "handed", _("报送")
        READ = "read", _("读完")
        CONFIRMED = "confirmed", _("核对无误，仍然报送")
        WITHDRAWN = "withdrawn", _("撤回报送")
        RETURNED = "returned", _("退回修改")
        ACCEPTED = "accepted", _("接受")
        TAKEN_BACK = "taken_back", _("撤销接受")
        PUBLISHED = "published", _("登记公布日期")
        URGED = "urged", _("催报")
        AGAIN = "again", _("再读一次")
        RECALLED = "recalled", _("机关撤回了报告")
        SUMMED = "summed", _("标明报告已含下级机关的数")
        APART = "apart", _("标明报告只含本机关的数")
        VOUCHED = "vouched", _("核实补录的收到日期")
        DENIED = "denied", _("补录的收到日期不实")

    member = models.ForeignKey(Member, models.PROTECT, related_name="steps")
    delivery = models.ForeignKey(Delivery, models.PROTECT, null=True, related_name="steps")
    verdict = models.CharField(max_length=10, choices=Verdict)
    reason = models.CharField(_("意见"), max_length=1000, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        """In the order they were done."""

        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.member_id} {self.verdict}"
