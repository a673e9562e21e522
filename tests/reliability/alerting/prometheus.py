"""What does a real Prometheus say of our machines? Its own program, with the rules and the settings that are shipped; only whom it asks is
put in."""

import json
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import quote

import yaml

from tests.deploy.shipped import DEPLOY, read
from tests.reliability.postgres import free_port

PROGRAM = "prometheus"
MISSING = f"There is no {PROGRAM} on the path; the package of that name brings it, and promtool with it."
SETTINGS, RULES = "prometheus/prometheus.yml", "prometheus/alerts.yml"
STARTS_SECONDS = 120
ENDS_SECONDS = 30
LOOKS_SECONDS = 180
"""Four of its rounds would do where the machine does nothing else: by then it has asked everybody, and looked at its rules."""

FIRING, PENDING = "firing", "pending"


@dataclass(frozen=True, slots=True)
class Prometheus:
    """One that runs, and asks ``machines`` machines."""

    port: int
    machines: int

    def states(self) -> Mapping[str, frozenset[str]]:
        """Each alert that is not silent, and in which states it is."""
        found: dict[str, frozenset[str]] = {}
        for alert in self._told("/api/v1/alerts")["alerts"]:
            name = alert["labels"]["alertname"]
            found[name] = found.get(name, frozenset()) | {alert["state"]}
        return found

    def firing(self) -> frozenset[str]:
        """The alerts that fire."""
        return frozenset(name for name, states in self.states().items() if FIRING in states)

    def look_round(self) -> None:
        """Wait until every machine has answered it, and it has looked at its rules since."""
        until = time.monotonic() + LOOKS_SECONDS
        while self._answering() < self.machines:
            _wait(until, "prometheus has not asked every machine")
        seen = self._looked_at()
        while self._looked_at() == seen:
            _wait(until, "prometheus does not look at its rules")

    def _answering(self) -> int:
        found = self._told(f"/api/v1/query?query={quote('count(up == 1)')}")["result"]
        return int(found[0]["value"][1]) if found else 0

    def _looked_at(self) -> str:
        return str(self._told("/api/v1/rules")["groups"][0]["lastEvaluation"])

    def _told(self, path: str) -> Any:
        status, text = self._answer(path)
        assert status == 200, text
        return json.loads(text)["data"]

    def is_ready(self) -> bool:
        """Whether it answers."""
        with suppress(OSError, HTTPException):
            return self._answer("/-/ready")[0] == 200
        return False

    def _answer(self, path: str) -> tuple[int, str]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("GET", path)
            reply = connection.getresponse()
            return reply.status, reply.read().decode()
        finally:
            connection.close()


@contextmanager
def prometheus(folder: Path, ports: Sequence[int], every: str = "") -> Iterator[Prometheus]:
    """One that asks these ports of this machine, gone afterwards; ``every`` is how often, instead of as shipped. Raises where there is no
    such program."""
    program = shutil.which(PROGRAM)
    if program is None:
        raise FileNotFoundError(MISSING)
    folder.mkdir(parents=True)
    _set_up(folder, ports, every)
    made = Prometheus(free_port(), len(ports))
    listens = f"--web.listen-address=127.0.0.1:{made.port}"
    command = [program, "--config.file=prometheus.yml", "--storage.tsdb.path=data", listens]
    with (folder / "log").open("wb") as log:
        running = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)  # noqa: S603  # our own command
    try:
        until = time.monotonic() + STARTS_SECONDS
        while not made.is_ready():
            _wait(until, f"prometheus does not answer; see {folder / 'log'}")
        yield made
    finally:
        running.terminate()
        running.wait(ENDS_SECONDS)


def _set_up(folder: Path, ports: Sequence[int], every: str) -> None:
    """The shipped rules, byte for byte, and the shipped settings with our machines in them."""
    shutil.copyfile(DEPLOY / RULES, folder / "alerts.yml")
    settings = read(SETTINGS)
    settings["scrape_configs"][0]["static_configs"] = [{"targets": [f"127.0.0.1:{port}" for port in ports]}]
    if every:
        settings["global"] = dict.fromkeys(settings["global"], every)
        settings["scrape_configs"][0]["scrape_timeout"] = every
    (folder / "prometheus.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")


def _wait(until: float, otherwise: str) -> None:
    assert time.monotonic() < until, otherwise
    time.sleep(0.2)
