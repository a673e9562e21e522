"""How is the shipped server run so that it can be broken? ``dutyline serve`` in processes of its own, started, killed and started again."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from tests.conftest import HOME
from tests.reliability.postgres import free_port

STARTS_SECONDS = 180
"""On a machine that does much else at the time."""
ENDS_SECONDS = 30
SECRET = "a secret of the tests only, long enough"


THREADS = 8
"""Those of a worker that answers are more."""

SHIPPED = (str(Path(sys.executable).parent / "dutyline"), "serve")


@dataclass(slots=True)
class Service:
    """One deployment: its state folder, its database, its port. ``more`` are further settings of its environment, ``hands`` the
    open files that it inherits."""

    state: Path
    database_url: str
    workers: int = 1
    more: Mapping[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    program: Sequence[str] = SHIPPED
    hands: Sequence[int] = ()
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def token(self) -> str:
        """With which its webhooks are signed: that of its local account."""
        return (self.state / "token").read_text(encoding="utf-8").strip()

    @property
    def log(self) -> Path:
        """What it printed, all starts together."""
        return self.state.with_suffix(".log")

    def start(self) -> None:
        """Start it and wait until it answers."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("DUTYLINE_", "TWILIO_"))}
        settings = {
            "DUTYLINE_STATE_DIR": str(self.state), "DUTYLINE_DATABASE_URL": self.database_url,
            "DUTYLINE_SECRET_KEY": SECRET, "DUTYLINE_WORKERS": str(self.workers),
            "DUTYLINE_LIMIT_PER_KEY": "1000000", "DUTYLINE_LIMIT_PER_ADDRESS": "1000000",
        }  # fmt: skip
        command = [*self.program, "--port", str(self.port)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603  # our own command
                command,
                cwd=HOME,
                env={**kept, **settings, **self.more},
                stdout=log,
                stderr=log,
                start_new_session=True,
                pass_fds=self.hands,
            )
        self.answers()

    def answers(self, seconds: float = STARTS_SECONDS) -> None:
        """Wait until it answers."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            with suppress(OSError, HTTPException):
                if self.asks("/readyz")[0] == 200:
                    return
            time.sleep(0.05)
        raise AssertionError(f"the server does not answer; see {self.log}")

    def asks(self, path: str, timeout: float = 5) -> tuple[int, str]:
        """The status and the text of a GET."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    @property
    def worker_processes(self) -> tuple[int, ...]:
        """Its workers, without the process that watches over them."""
        assert self.process
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return tuple(map(int, children.read_text(encoding="utf-8").split()))

    def wait_for_workers(self, seconds: float = STARTS_SECONDS) -> None:
        """Wait until every worker has come so far that its threads run: they begin when everything else is there."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if sum(map(works, self.worker_processes)) >= self.workers:
                return
            time.sleep(0.1)
        raise AssertionError(f"not every worker has started; see {self.log}")

    def signals(self, which: signal.Signals) -> None:
        """Send the process that watches over the workers a signal."""
        assert self.process
        self.process.send_signal(which)

    def stop(self) -> None:
        """End it in good order, or by force where it does not end."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(ENDS_SECONDS)
        except subprocess.TimeoutExpired:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(ENDS_SECONDS)
        self.process = None


def works(process: int) -> bool:
    """Whether a worker answers."""
    with suppress(OSError):
        return len(list(Path(f"/proc/{process}/task").iterdir())) >= THREADS
    return False


@contextmanager
def service(state: Path, database_url: str, workers: int = 1, **more: str) -> Iterator[Service]:
    """A deployment that answers, gone afterwards."""
    made = Service(state, database_url, workers, more)
    try:
        made.start()
        yield made
    finally:
        made.stop()
