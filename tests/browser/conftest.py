"""What do the browser tests share? One Chromium, and a served application in which somebody of a role is signed in."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from werkzeug.serving import BaseWSGIServer, make_server

from admin.mail_settings import Mailing
from app import Application, Config, build, prepare
from carrier.letters import Address
from carrier.mail_server import MailServer, Tls
from routing.clock import FixedClock
from store.keys import Role
from tests.admin.visitor import PASSWORD, person
from tests.browser.furnished import furnish
from tests.conftest import CHEAP, HOME, TOKEN
from tests.telling import at

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
LONGEST = 15_000


def chromium() -> str:
    """Debian's Chromium. Without it the tests fail, loudly: nobody has looked at the pages then."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    assert found, "CHROMIUM IS NOT HERE: run “make browser”, which installs it, or “apt-get install chromium”"
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of this worker."""
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield started
        started.close()


def whole(site: "WSGIApplication") -> "WSGIApplication":
    """A site whose replies are read to their end before they are sent: werkzeug's server leaves a file open where a browser that
    goes on to another page resets the connection."""

    def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> list[bytes]:
        parts = site(environ, start_response)
        try:
            return [b"".join(parts)]
        finally:
            getattr(parts, "close", lambda: None)()

    return answer


@contextmanager
def serving(folder: Path, plans: Path = HOME / "plans") -> Iterator[tuple[Application, str]]:
    """An application on a Wednesday at ten, and its address."""
    clock = FixedClock(at("Wed 10:00"))
    server = make_server("127.0.0.1", 0, lambda *_: iter(()), threaded=True)
    config = _config(folder, plans)
    prepare(config, clock)
    application = build(config, clock)
    server.app = whole(application.flask)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield application, f"http://127.0.0.1:{server.server_port}"
    _ended(server, thread, application)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Application, str]]:
    """An application of a test's own."""
    with serving(tmp_path) as here:
        yield here


def _config(folder: Path, plans: Path) -> Config:
    return Config(
        database_url=f"sqlite:///{folder / 'test.db'}",
        state=folder / "state",
        plans=plans,
        public_url="http://127.0.0.1:8000",
        account="AC" + "0" * 32,
        tokens=(TOKEN,),
        secret="a secret of the tests only, long enough",
        local=True,
        effort=CHEAP,
        mailing=Mailing(MailServer(Tls.NONE, "127.0.0.1", 9), Address("calls@example.org")),  # where nobody listens
    )


def _ended(server: BaseWSGIServer, thread: threading.Thread, application: Application) -> None:
    server.shutdown()
    thread.join()
    server.server_close()
    application.close()


@dataclass(frozen=True, slots=True)
class Glass:
    """What somebody looks through: the window in CSS pixels, device pixels for each, and whether scripts run."""

    width: int = 1280
    height: int = 900
    scale: float = 1
    script: bool = True


WIDE = Glass()
NARROW = Glass(320, 640)
ZOOMED = Glass(640, 512, 2)
"""1280 by 1024 at 200 %."""

PLAIN = Glass(script=False)


class Seat:
    """Somebody at a browser, who may sign in."""

    def __init__(self, browser: Browser, served: tuple[Application, str]) -> None:
        self._browser, (self.application, self.base) = browser, served
        self._contexts: list[BrowserContext] = []
        self._open: dict[tuple[Role | None, Glass], Page] = {}

    def window(self, glass: Glass = WIDE) -> Page:
        """A new browser's window, in which nobody is signed in."""
        context = self._browser.new_context(
            java_script_enabled=glass.script,
            base_url=self.base,
            viewport={"width": glass.width, "height": glass.height},
            device_scale_factor=glass.scale,
        )
        context.set_default_timeout(LONGEST)
        self._contexts.append(context)
        return context.new_page()

    def signed_in(self, role: Role, glass: Glass = WIDE) -> Page:
        """A page of a new browser's window, after signing in by the form."""
        email = f"{role}{len(self._contexts)}@example.org"
        person(self.application, role, email)
        page = self.window(glass)
        page.goto("/admin")
        page.get_by_label("E-mail address").fill(email)
        page.get_by_label("Password").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="Find a team or a number").wait_for()
        return page

    def shared(self, role: Role | None, glass: Glass) -> Page:
        """The window that everything of this role is looked at in."""
        if (role, glass) not in self._open:
            self._open[role, glass] = self.signed_in(role, glass) if role else self.window(glass)
        return self._open[role, glass]

    def end(self) -> None:
        """Close every window."""
        for context in self._contexts:
            context.close()


@pytest.fixture
def seat(browser: Browser, served: tuple[Application, str]) -> Iterator[Seat]:
    """Somebody who can sign in."""
    here = Seat(browser, served)
    yield here
    here.end()


@pytest.fixture(scope="module")
def gallery(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seat]:
    """A furnished application whose pages are looked at, and not changed."""
    with serving(tmp_path_factory.mktemp("gallery")) as here:
        furnish(here[0])
        seat = Seat(browser, here)
        yield seat
        seat.end()
