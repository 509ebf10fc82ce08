"""Mingtang 明堂: reads, checks, compiles and combines government disclosure reports.

The engine knows no framework, database, network or clock. Its verbs are
offered here by name and loaded when first asked for, so that importing the
package costs next to nothing (``docs/decisions/0003``).

>>> sorted(name for name in __all__ if name.islower() and not name.startswith("_"))
['check', 'combine', 'compile_report', 'mark', 'read', 'write']
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.registry import load

if TYPE_CHECKING:
    from mingtang.checking import check
    from mingtang.combining import combine
    from mingtang.compiling import compile_report
    from mingtang.document import Document
    from mingtang.finding import Finding
    from mingtang.marking import mark
    from mingtang.place import Place
    from mingtang.reading import Reading, read
    from mingtang.reading.source import Source, UnreadableSourceError
    from mingtang.report import Fact, Report, State
    from mingtang.writing import write

__version__ = "0.1.0.dev0"

__all__ = [
    "Document",
    "Fact",
    "Finding",
    "Place",
    "Reading",
    "Report",
    "Source",
    "State",
    "UnreadableSourceError",
    "__version__",
    "check",
    "combine",
    "compile_report",
    "mark",
    "read",
    "write",
]

_HOMES = {
    "Document": "document",
    "Fact": "report",
    "Finding": "finding",
    "Place": "place",
    "Reading": "reading",
    "Report": "report",
    "Source": "reading.source",
    "State": "report",
    "UnreadableSourceError": "reading.source",
    "check": "checking",
    "combine": "combining",
    "compile_report": "compiling",
    "mark": "marking",
    "read": "reading",
    "write": "writing",
}


def __getattr__(name: str) -> object:
    """Return a public name of the engine, loading its room on first use."""
    home = _HOMES.get(name)
    if home is None:
        message = f"module 'mingtang' has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(load(home), name)
