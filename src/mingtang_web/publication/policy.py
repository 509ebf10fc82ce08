"""Who may do what with a document: who writes it does not review it.

Whose turn it is of those who may, `mingtang_web.publication.chains` says.
"""

from __future__ import annotations

from mingtang_web.bodies.models import Role
from mingtang_web.bodies.policy import Act
from mingtang_web.publication.models import Stage

_WRITERS = frozenset({Role.CLERK, Role.HANDLER})
_OFFICERS = _WRITERS | {
    Role.LEGAL_REVIEWER,
    Role.APPROVER,
    Role.SECRECY_REVIEWER,
    Role.PUBLISHER,
}
_LEADERS = frozenset({Role.APPROVER})

SEE = Act(
    "publication.see", "查看信息发布", _OFFICERS | {Role.ADMINISTRATOR}, from_above=True
)
WRITE = Act("publication.write", "起草、修改文件", _WRITERS)
WAIVE = Act("publication.waive", "说明筛查所见不改的理由", _WRITERS)
PUBLISH = Act("publication.publish", "发布文件", frozenset({Role.PUBLISHER}))
WITHDRAW = Act("publication.withdraw", "撤下文件", _LEADERS | {Role.PUBLISHER})
SET_CHAIN = Act(
    "publication.set_chain", "设定审核环节、索引号规则", frozenset({Role.ADMINISTRATOR})
)
RECORD_FORCE = Act(
    "publication.record_force",
    "登记规章、规范性文件的有效性变动",
    frozenset({Role.HANDLER}),
)
CONFIRM_FORCE = Act("publication.confirm_force", "确认、撤销有效性变动的登记", _LEADERS)
CLEAN_UP = Act("publication.clean_up", "开展文件清理", frozenset({Role.HANDLER}))
SIGN_CLEAN_UP = Act("publication.sign_clean_up", "签发文件清理结果", _LEADERS)
LINK = Act("publication.link", "登记政策解读", _WRITERS)
REVIEWING = {
    Stage.SECTION: Act(
        "publication.review_section",
        "审核文件（承办机构）",
        frozenset({Role.HANDLER, Role.LEGAL_REVIEWER, Role.APPROVER}),
    ),
    Stage.OFFICE: Act(
        "publication.review_office",
        "审核文件（公开工作机构）",
        frozenset({Role.LEGAL_REVIEWER, Role.APPROVER}),
    ),
    Stage.SECRECY: Act(
        "publication.review_secrecy", "保密审查", frozenset({Role.SECRECY_REVIEWER})
    ),
    Stage.LEADER: Act("publication.review_leader", "签发文件（负责人）", _LEADERS),
    Stage.CHIEF: Act("publication.review_chief", "签发文件（主要负责人）", _LEADERS),
}
"""Whose turn each stage of the review is."""
