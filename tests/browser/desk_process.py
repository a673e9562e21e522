"""A deployment in a process of its own, at ten on a Wednesday, whose telephone company is an emulator: for a day at the desk.

Its arguments are a folder, a socket that listens and its port, the emulator's address, and the moment of the machine's clock that
is ten o'clock. It says when it is ready.
"""

import sys
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic

from werkzeug.serving import make_server

from app import Config, build, prepare
from store.accounts import create, new_account
from store.directory import Author
from store.keys import Role
from tests.admin.desk_client import holder
from tests.admin.visitor import HASH
from tests.conftest import HOME, TOKEN
from tests.telling import at

BEGAN = at("Wed 10:00")
PACE = 3
"""Seconds of the desk's day in a second of ours."""

HANDLERS = {"hanna@example.org": "Hanna Handler", "hugo@example.org": "Hugo Handler"}
TEAM, CONSULTED = "derbyshire-safeguarding", "+442079460301"


@dataclass(frozen=True, slots=True)
class Brisk:
    """A clock that goes faster than ours."""

    started: float

    def now(self) -> datetime:
        """The moment of the day."""
        return BEGAN + timedelta(seconds=PACE * (monotonic() - self.started))


def config(folder: Path, port: int, api_url: str) -> Config:
    """The deployment's settings."""
    return Config(
        database_url=f"sqlite:///{folder / 'test.db'}", state=folder / "state", plans=HOME / "plans",
        public_url=f"http://127.0.0.1:{port}", account="AC" + "0" * 32, tokens=(TOKEN,),
        secret="a secret of the tests only, long enough", local=True, twilio_api_url=api_url,
    )  # fmt: skip


def serve(here: Config, socket: int, clock: Brisk) -> None:
    """Until it is told to end."""
    prepare(here, clock)
    application = build(here, clock)
    with application.database.write_in_order() as connection:
        for email, name in HANDLERS.items():
            fresh = new_account(email, name, Role.HANDLER, clock.now())
            create(connection, replace(fresh, password=HASH), Author("tests"), clock.now())
    editor, there = holder(application, Role.EDITOR), f"/teams/{TEAM}"
    body = {"duty_numbers": [{"number": CONSULTED, "accept": "key"}]}
    assert editor.changes("PUT", f"{there}/duty-numbers", body, seen_at=there).status_code == 200
    server = make_server("127.0.0.1", 0, application.flask, threaded=True, fd=socket)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    place, listening, port, address, started = sys.argv[1:]
    serve(config(Path(place), int(port), address), int(listening), Brisk(float(started)))
