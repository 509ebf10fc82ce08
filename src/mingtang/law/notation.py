"""The notation of the law's data files: YAML without floats and double keys.

It stands apart from `sheet` so that YAML is loaded with the first data file and
not with the first import.
"""

from __future__ import annotations

from typing import Any

import yaml

from mingtang.law.sheet import InvalidDataError

_Base: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _StrictLoader(_Base):  # type: ignore[misc]
    """A YAML loader that refuses floats and keys given twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> Any:  # noqa: ANN401, FBT001, FBT002
        """Return the mapping of a node whose keys are all different."""
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                message = f"键“{key.value}”出现了两次（第{key.start_mark.line + 1}行）"
                raise InvalidDataError(message)
            seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


def _refuse_float(_: _StrictLoader, node: yaml.ScalarNode) -> object:
    line = node.start_mark.line + 1
    message = f"第{line}行的小数 {node.value} 须加引号写成文字，以免失真"
    raise InvalidDataError(message)


_StrictLoader.add_constructor("tag:yaml.org,2002:float", _refuse_float)


def value(text: str) -> object:
    """Return what a text in this notation says; raises `InvalidDataError`.

    >>> value("{from: 2019-05-15, value: 20}")
    {'from': datetime.date(2019, 5, 15), 'value': 20}
    """
    try:
        return yaml.load(text, Loader=_StrictLoader)  # noqa: S506
    except yaml.YAMLError as fault:
        message = f"不是合乎格式的 YAML：{fault}"
        raise InvalidDataError(message) from fault
