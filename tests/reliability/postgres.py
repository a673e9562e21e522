"""What does PostgreSQL do when it is frozen, killed or locked? A cluster of our own, which may be treated so."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

STARTS_SECONDS = 30
POLL_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Cluster:
    """A PostgreSQL server in a folder, on a port of 127.0.0.1, owned by the user ``postgres`` where we are root."""

    folder: Path
    port: int

    @property
    def url(self) -> str:
        """Its database, for DUTYLINE_DATABASE_URL."""
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Start it, also after a crash, and wait until it answers."""
        _let_in(self.folder)  # another pytest that began meanwhile has closed its root folder again
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
        _run("pg_ctl", "-D", str(self.folder / "data"), "-l", str(self.folder / "log"), "-o", options, "-w", "start")

    def processes(self) -> tuple[int, ...]:
        """The postmaster first, then its children."""
        postmaster = int(self._lock.read_text(encoding="utf-8").split()[0])
        children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text(encoding="utf-8").split()
        return (postmaster, *map(int, children))

    def freeze(self) -> None:
        """Stop every process where it is: connections stay open and nothing answers."""
        for process in self.processes():
            _signal(process, signal.SIGSTOP)

    def thaw(self) -> None:
        """Let all of them go on."""
        for process in self.processes():
            _signal(process, signal.SIGCONT)

    def kill(self) -> None:
        """End it as a crash does. The postmaster is stopped first, since it could beget another child meanwhile."""
        _signal(self.processes()[0], signal.SIGSTOP)
        processes = self.processes()
        for process in processes:
            _signal(process, signal.SIGKILL)
        while any(Path(f"/proc/{process}/stat").exists() and not _is_zombie(process) for process in processes):
            time.sleep(POLL_SECONDS)
        self._lock.unlink()  # who begat it may not have noticed its end yet, and then the next start would think that it lives

    @property
    def _lock(self) -> Path:
        return self.folder / "data" / "postmaster.pid"

    def stop(self) -> None:
        """End it, whatever was done to it before."""
        if self._lock.exists():
            self.thaw()
            self.kill()


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    """A new cluster that answers, gone afterwards."""
    folder.mkdir(parents=True, exist_ok=True)
    _let_in(folder)
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    _run("initdb", "-D", str(folder / "data"), "-U", "postgres", "-A", "trust", "--no-locale", "-E", "UTF8")
    made = Cluster(folder, free_port())
    made.start()
    try:
        yield made
    finally:
        made.stop()


def _let_in(folder: Path) -> None:
    """The user ``postgres`` may pass through our folders."""
    for above in (folder, *folder.parents) if os.geteuid() == 0 else ():
        if above.stat().st_uid == 0 and not above.stat().st_mode & 1:
            above.chmod(above.stat().st_mode | 0o011)


def _run(command: str, *arguments: str) -> None:
    found = shutil.which(command) or next(
        map(str, sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{command}"))), command
    )
    whole = ["runuser", "-u", "postgres", "--", found] if os.geteuid() == 0 else [found]
    with tempfile.TemporaryFile() as said:  # not a pipe: a server that stays would keep it open
        done = subprocess.run(  # noqa: S603  # our own command
            [*whole, *arguments], cwd="/", stdout=said, stderr=said, check=False, timeout=STARTS_SECONDS * 2
        )
        said.seek(0)
        if done.returncode:
            raise RuntimeError(f"{command} failed: {said.read().decode()}")


def _signal(process: int, which: signal.Signals) -> None:
    try:
        os.kill(process, which)
    except ProcessLookupError:
        return


def _is_zombie(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
