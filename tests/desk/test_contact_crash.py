"""A worker is killed while somebody types: what was answered is there, whole, and another worker goes on."""

import os
import signal
import subprocess
import sys

from app import Application, Config
from store.keys import Role
from tests.admin.desk_client import holder
from tests.conftest import HOME
from tests.desk.test_contacts import CALL, reads, saves

SAVES = 25


def test_what_was_saved_outlives_the_worker(application: Application, config: Config) -> None:
    hanna = holder(application, Role.HANDLER, "Hanna Handler")
    given = config.database_url, str(config.state), config.secret, hanna.key, CALL.split("/")[2]
    worker = subprocess.Popen(  # noqa: S603 - our own worker
        [sys.executable, "-m", "tests.desk.typing_on", *given], cwd=HOME, stdout=subprocess.PIPE, text=True
    )
    assert worker.stdout is not None
    answered = [worker.stdout.readline().strip() for _ in range(SAVES)]
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    answered += worker.stdout.read().splitlines()
    worker.stdout.close()
    assert answered == [str(count) for count in range(len(answered))]
    read = reads(hanna)
    typed = read["fields"]["concern"]
    assert read["fields"]["events"] == typed, "a save is there whole or not at all"
    assert typed in (f"typed {len(answered) - 1}", f"typed {len(answered)}"), (
        "at most the one under way is beyond the last answer"
    )
    assert saves(hanna, needs="written on another worker")["version"] == read["version"] + 1
