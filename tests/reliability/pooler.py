"""What stands between many workers and one PostgreSQL? A real PgBouncer that lends its few connections transaction by transaction."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
from sqlalchemy.engine import URL

from tests.reliability.postgres import free_port

POOLER = shutil.which("pgbouncer") or ""
LENT = 3
"""So many connections of the server for however many of ours."""

STARTS_SECONDS = 10.0
SETTINGS = """[databases]
* = host={host} port={port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {listens}
unix_socket_dir =
auth_type = trust
auth_file = {folder}/users
pool_mode = transaction
default_pool_size = {lent}
max_client_conn = 200
logfile = {folder}/log
"""


@contextmanager
def pooled(url: URL) -> Iterator[URL]:
    """The same database, through the pooler."""
    with TemporaryDirectory() as place:
        folder = Path(place)
        folder.chmod(0o755)
        yield from _pooled(url, folder)


def _pooled(url: URL, folder: Path) -> Iterator[URL]:
    listens, user = free_port(), url.username or "postgres"
    (folder / "users").write_text(f'"{user}" ""\n', encoding="utf-8")
    host = url.host or "/var/run/postgresql"
    settings = SETTINGS.format(host=host, port=url.port or 5432, listens=listens, folder=folder, lent=LENT)
    (folder / "pooler.ini").write_text(settings, encoding="utf-8")
    as_whom = ("runuser", "-u", "postgres", "--") if os.geteuid() == 0 else ()
    for path in (folder, *folder.iterdir()) if as_whom else ():
        shutil.chown(path, "postgres")
    running = subprocess.Popen(  # noqa: S603  # our own command
        [*as_whom, POOLER, "-q", str(folder / "pooler.ini")], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    through = url.set(host="127.0.0.1", port=listens, username=user)
    try:
        _wait_for(through)
        yield through
    finally:
        running.terminate()
        running.wait(STARTS_SECONDS)


def _wait_for(url: URL) -> None:
    latest = time.monotonic() + STARTS_SECONDS
    while time.monotonic() < latest:
        with suppress(psycopg.OperationalError):
            psycopg.connect(url.set(drivername="postgresql").render_as_string(hide_password=False)).close()
            return
        time.sleep(0.05)
    raise TimeoutError(f"no pooler answers on port {url.port}")
