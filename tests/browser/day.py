"""What is a day at the desk played with? A server process, the telephone company's emulator at its pace, and browsers."""

import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from time import monotonic

from playwright.sync_api import Browser, Page, expect

from store.database import Database
from store.presence import signed_in
from store.tables_desk import presence
from telephone import Account, Exchange, HttpTransport, Leg
from tests.admin.visitor import PASSWORD
from tests.browser.desk_process import PACE, Brisk
from tests.browser.hands import Hands
from tests.conftest import HOME, TOKEN

LINE, NUMBER = "call-derbyshire", "+442079460102"
STEP = 0.05
LONGEST = 45.0
A_WHILE = timedelta(minutes=5)


@dataclass
class Day:
    """The server, the telephones, and everybody's windows."""

    base: str
    exchange: Exchange
    clock: Brisk
    database: Database
    browser: Browser
    moved: float
    pages: list[Page] = field(default_factory=list)

    def goes_on(self) -> None:
        """The telephones' time follows ours."""
        here = monotonic()
        self.exchange.advance(PACE * (here - self.moved))
        self.moved = here

    def until(self, condition: Callable[[], bool], words: str = "") -> None:
        """Until something is so."""
        began = monotonic()
        while not condition():
            assert monotonic() - began < LONGEST, f"{words}\n{self.exchange.told()}\n{self._read()}"
            self.goes_on()
            if self.pages:
                self.pages[0].wait_for_timeout(1000 * STEP)

    def _read(self) -> str:
        return "\n--\n".join(page.inner_text("main")[:1500] for page in self.pages)

    def sits_down(self, width: int = 1280) -> "Handler":
        """Somebody at a browser of their own."""
        context = self.browser.new_context(base_url=self.base, viewport={"width": width, "height": 900})
        context.set_default_timeout(1000 * LONGEST)
        page = context.new_page()
        self.pages.append(page)
        return Handler(page, self)

    def calls(self, caller: str = "+442079460999") -> Leg:
        """A caller who chooses the queue of those with a child at risk."""
        leg = self.exchange.dial(NUMBER, caller)
        self.until(lambda: leg.is_listened_to, "the menu")
        leg.presses("1")
        self.until(lambda: leg.queue is not None, "the queue")
        return leg

    def hears(self, leg: Leg) -> set[str]:
        """The numbers of those whom a leg hears."""
        return {other.person for other in self.exchange.who_hears(leg)}

    def is_there(self, name: str) -> bool:
        """Whether the desk has heard of a handler's page lately."""
        now = self.clock.now()
        with self.database.read() as connection:
            return any(one.name == name for one in signed_in(connection, now))

    def is_staffed_by_somebody_else(self) -> None:
        """Somebody is signed in for the line and writes up for a while, so that its callers wait."""
        now = self.clock.now()
        row = {"who": "k-bait", "name": "Bea Bait", "phone": "+442079460209", "lines": [LINE], "since": now}
        with self.database.write() as connection:
            connection.execute(presence.insert().values(**row, status="wrap-up", seen_at=now + A_WHILE))
        self.passes(2)  # until every worker knows

    def passes(self, seconds: float) -> None:
        """Some of our time."""
        began = monotonic()
        self.until(lambda: monotonic() - began > seconds)


class Handler(Hands):
    """A handler who has a keyboard and nothing else."""

    def __init__(self, page: Page, day: Day) -> None:
        super().__init__(page)
        self.day = day

    def presses(self, key: str) -> None:
        super().presses(key)
        self.day.goes_on()

    def reads_soon(self, text: str) -> None:
        """Some text of the page, once it is there."""
        self.day.until(lambda: text in " ".join(self.page.inner_text("main").split()), text)

    def has_title(self, title: str) -> None:
        """The window's title."""
        expect(self.page).to_have_title(title)

    def signs_in(self, email: str) -> None:
        """By the page that everybody signs in by; a handler's day begins at the desk."""
        self.opens("/admin/sign-in")
        self.fills("E-mail address", email)
        self.fills("Password", PASSWORD)
        self.leaves_by("Sign in", "Desk")

    def is_at_the_desk(self, phone: str, line: str) -> None:
        """On this phone, for this line."""
        self.fills("Your phone", phone)
        self.tabs_to(line)
        self.presses("Space")
        self.tabs_to("Sign in at the desk")
        self.presses("Enter")
        self.reads_soon("Available since")
        self.day.passes(2)  # until every worker knows


@contextmanager
def day(folder: Path, browser: Browser) -> Iterator[Day]:
    """From ten o'clock on."""
    clock = Brisk(monotonic())
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        base = f"http://127.0.0.1:{port}"
        exchange = Exchange(
            HttpTransport(), Account("AC" + "0" * 32, TOKEN), f"{base}/webhooks/voice",
            status_url=f"{base}/webhooks/status", owned=[NUMBER], began=clock.now(),
        )  # fmt: skip
        with exchange.served() as api_url:
            given = [str(folder), str(listening.fileno()), str(port), api_url, str(clock.started)]
            with _process(given, listening.fileno()):
                made = Day(base, exchange, clock, Database(f"sqlite:///{folder / 'test.db'}"), browser, monotonic())
                yield made
                for page in made.pages:
                    page.context.close()


@contextmanager
def _process(given: list[str], listening: int) -> Iterator[None]:
    words = [sys.executable, "-m", "tests.browser.desk_process", *given]
    with subprocess.Popen(  # noqa: S603  # our own
        words, cwd=HOME, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, pass_fds=[listening]
    ) as server:
        try:
            assert server.stdout
            assert server.stdout.readline() == b"ready\n"
            yield
        finally:
            server.terminate()
