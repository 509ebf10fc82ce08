"""What the values that events carry are called in Chinese."""

from __future__ import annotations

APPLICANTS = {
    "person": "自然人",
    "company": "商业企业",
    "research": "科研机构",
    "charity": "社会公益组织",
    "legal_service": "法律服务机构",
    "other": "其他",
}
"""The kinds of applicant: the columns of table three, all but the total."""
CAUSES = {"review": "行政复议", "judgment": "行政诉讼", "own": "自行纠正"}
"""Why an answer is given anew."""
STANCES = {"consents": "同意公开", "objects": "不同意公开"}
"""What an opinion can say."""
ROLES = {
    "third_party": "第三方",
    "co_author": "共同制作机关",
    "other_body": "其他机关",
}
"""Whom a body consults: the role of a consultation, and what it is called."""
OVERRIDES = {
    "unsound": "第三方不同意公开的理由不合理",
    "public_interest": "不公开会对公共利益造成重大影响",
}
"""Why something is disclosed although a third party refuses (条例第十五条、第三十二条)."""
