"""What the site tells its operator at every start: ``manage.py check``.

E001 next year's holidays are not entered, from 1 December on; E002 the
database lacks the ledger's guards; W001 a key may be read by others; W002 the
site is open to others without HTTPS; W003 debugging is on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.checks import Error, Warning
from django.db import connections

from mingtang.law import holidays_years
from mingtang_web import clock, keys
from mingtang_web.ledger import guards

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.apps import AppConfig
    from django.core.checks import CheckMessage

    Apps = Sequence[AppConfig] | None
DECEMBER = 12
HERE = {"127.0.0.1", "localhost", "::1", "testserver"}


def holidays_entered(app_configs: Apps, **_: object) -> list[CheckMessage]:  # noqa: ARG001 - Django's signature
    """E001: without next year's holidays no deadline that runs into it can be told."""
    return missing_holidays(clock.today(), {year.year for year in holidays_years()})


def missing_holidays(today: date, entered: set[int]) -> list[CheckMessage]:
    """Return what is to be said on a day, with the years that are entered."""
    wanted = [today.year] + ([today.year + 1] if today.month == DECEMBER else [])
    return [
        Error(
            f"{year}年的放假安排尚未录入，跨入该年的期限都显示“待定”，不判逾期",
            hint=f"按国务院办公厅通知新增 law/parameters/holidays/{year}.yaml，再重新启动",
            id="mingtang.E001",
        )
        for year in wanted
        if year not in entered
    ]


def keys_kept_close(app_configs: Apps, **_: object) -> list[CheckMessage]:  # noqa: ARG001 - Django's signature
    """W001: whoever reads the master key reads every applicant's data."""
    files = (settings.MASTER_KEY, settings.INDEX_KEY, settings.DATA / "secret.key")
    return [
        Warning(
            f"密钥文件 {file} 可以被其他用户读取",
            hint=f"运行 chmod 600 {file}；如已有他人读过，主密钥用 rotate_master_key 更换",
            id="mingtang.W001",
        )
        for file in files
        if keys.readable_by_others(file)
    ]


def reached_safely(app_configs: Apps, **_: object) -> list[CheckMessage]:  # noqa: ARG001 - Django's signature
    """W002 and W003: what must not be when others can reach the site."""
    found: list[CheckMessage] = []
    if not settings.HTTPS and set(settings.ALLOWED_HOSTS) - HERE:
        hint = "设 MINGTANG_ADDRESS=https://…，由前面的代理提供证书"
        said = "网站可从别的机器访问，却没有使用 HTTPS，口令会在网上明文传送"
        found.append(Warning(said, hint=hint, id="mingtang.W002"))
    if settings.DEBUG:
        hint = "去掉环境变量 MINGTANG_DEBUG"
        found.append(
            Warning("调试模式已打开，出错页会泄露数据", hint=hint, id="mingtang.W003")
        )
    return found


def ledger_guarded(
    app_configs: Apps,  # noqa: ARG001 - Django's signature
    databases: Sequence[str] | None = None,
    **_: object,
) -> list[CheckMessage]:
    """E002: a table remade by hand loses its triggers without a word."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        made = guards.TABLE in connection.introspection.table_names()
        missing = sorted(guards.GUARDS - guards.standing(connection)) if made else []
        if missing:
            said = f"台账缺少防改触发器：{'、'.join(missing)}"
            hint = "运行 manage.py guard 重新装上，再运行 manage.py verify，并查明原因"
            found.append(Error(said, hint=hint, id="mingtang.E002"))
    return found
