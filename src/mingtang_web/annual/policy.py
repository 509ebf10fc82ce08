"""Who may do what with a report: who writes it does not review or sign it.

Whose turn it is of those who may, `mingtang_web.annual.stages` says.
"""

from __future__ import annotations

from mingtang_web.annual.models import Stage
from mingtang_web.bodies.models import Role
from mingtang_web.bodies.policy import Act

_WRITERS = frozenset({Role.CLERK, Role.HANDLER})
_OFFICERS = _WRITERS | {Role.LEGAL_REVIEWER, Role.APPROVER}
_LEADERS = frozenset({Role.APPROVER})

SEE = Act("annual.see", "查看年度报告", _OFFICERS | {Role.ADMINISTRATOR}, from_above=True)
WRITE = Act("annual.write", "编制年度报告", _WRITERS)
SIGN_ADJUSTMENT = Act("annual.sign_adjustment", "签字确认人工调整", _LEADERS)
WAIVE = Act("annual.waive", "说明发现的问题不改的理由", _WRITERS)
SIGN = Act("annual.sign", "签发年度报告", _LEADERS)
PUBLISH = Act("annual.publish", "公布年度报告", _WRITERS | _LEADERS)
CORRECT = Act("annual.correct", "更正、撤回年度报告", _LEADERS)
REVIEWING = {
    Stage.SECTION: Act(
        "annual.review_section",
        "审核年度报告（承办机构）",
        frozenset({Role.HANDLER, Role.LEGAL_REVIEWER, Role.APPROVER}),
    ),
    Stage.OFFICE: Act(
        "annual.review_office",
        "审核年度报告（公开工作机构）",
        frozenset({Role.LEGAL_REVIEWER, Role.APPROVER}),
    ),
    Stage.LEADER: SIGN,
}
"""Whose turn each stage of the review is."""
