"""What the law does not let be done with a document, with the article."""

from __future__ import annotations


class RefusedError(ValueError):
    """Something cannot be done with a document as it stands (不得办理).

    `title` is what was attempted, `why` the reason, `cite` the source, all in
    Chinese.
    """

    def __init__(self, title: str, why: str, cite: str) -> None:
        self.title = title
        self.why = why
        self.cite = cite
        super().__init__(f"不能“{title}”：{why}（{cite}）")
