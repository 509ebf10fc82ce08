"""Letters (文书) as data, and their composing.

The kinds of letter are files in ``letters``; the words of law in them are
locked. A letter is composed from its kind, its particulars and its setting, and
is a frozen text that any writer can set:

>>> from datetime import date
>>> from mingtang.drafting.setting import Office, Setting
>>> office = Office("清河市档案局", "清档", "办公室", "清河市河滨路1号", "010-1")
>>> told = {
...     "addressee": "李四", "addressee_kind": "person", "received_on": date(2026, 3, 2),
...     "request_number": "2026-7", "request_summary": "2025年馆藏目录",
...     "consulted_reason": "third_party", "consult_sent_on": date(2026, 3, 6),
... }
>>> letter = compose("consultation_notice", told, Setting(office, date(2026, 3, 6), 3))
>>> letter.number, letter.addressee, letter.clauses[-1].text
('清档公开程〔2026〕第3号', '李四', '特此告知。')
"""

from __future__ import annotations

from mingtang.drafting.composing import ParticularsError, compose
from mingtang.drafting.letter import Letter
from mingtang.drafting.template import template, templates

__all__ = ["Letter", "ParticularsError", "compose", "template", "templates"]
