"""Dump and load the database, each vendor by its own means."""

import os
import sqlite3
import subprocess
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from shuzhi.kernel.errors import RefusedError
from shuzhi.kernel.models import Account, AuditEvent


def dump(target: Path) -> None:
    """Write the database as it is at one moment to `target`; others may go on writing."""
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        copy = sqlite3.connect(target)
        try:
            connection.connection.backup(copy)
        finally:
            copy.close()
    else:
        _postgres("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")


def load(source: Path) -> None:
    """Put the dumped database in place of this one, whole or not at all."""
    if connection.vendor == "sqlite":
        _load_sqlite(source)
        return
    connection.close()
    clean = ("--clean", "--if-exists", "--single-transaction", "--exit-on-error")
    name = f"--dbname={connection.settings_dict['NAME']}"
    _postgres("pg_restore", "--no-owner", "--no-privileges", *clean, name, str(source))


def _load_sqlite(source: Path) -> None:
    copy = sqlite3.connect(f"file:{source}?mode=ro", uri=True)
    try:
        if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise RefusedError(_("备份里的数据库已损坏，没有恢复。"))
        connection.ensure_connection()
        copy.backup(connection.connection)
    except sqlite3.DatabaseError as error:
        raise RefusedError(_("备份里的数据库已损坏，没有恢复。")) from error
    finally:
        copy.close()
    connection.close()


def _server() -> dict[str, str]:
    """Name the server to PostgreSQL's tools; the password goes by the environment alone."""
    database: dict[str, Any] = settings.DATABASES["default"]
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    given = {name: str(database[key]) for name, key in names.items() if database.get(key)}
    return os.environ | given | {"PGDATABASE": str(connection.settings_dict["NAME"])}


def _postgres(*command: str) -> None:
    try:
        done = subprocess.run(  # noqa: S603 (PostgreSQL's own tools, no shell)
            command, env=_server(), capture_output=True, text=True, check=False
        )
    except FileNotFoundError as error:
        words = _("没有找到 %(tool)s，请先安装 PostgreSQL 客户端。")
        raise RefusedError(words % {"tool": command[0]}) from error
    if done.returncode != 0:
        words = _("%(tool)s 未能完成：%(why)s")
        raise RefusedError(words % {"tool": command[0], "why": done.stderr.strip()[-500:]})


def applied_migrations() -> list[str]:
    """Return the migrations that the database has, as "app.name"."""
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied)


def holds_data() -> bool:
    """Tell whether anybody has worked in this database."""
    tables = connection.introspection.table_names()
    return any(
        model._meta.db_table in tables and model._base_manager.exists()
        for model in (Account, AuditEvent)
    )
