"""What do the tests share? A world, two real databases, and a running application on each."""

import gc
import hashlib
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import URL, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from admin.passwords import Effort
from admin.ports import Limits
from app import Application, Config, build, prepare
from ivr.moment import World
from routing.clock import FixedClock
from store.bundle import bundle, world_of
from store.database import Database
from tests.databases import Renewed
from tests.deploy.checkers import TOLD
from tests.rows import IS_FEW, SEED, few
from tests.telling import at

settings.register_profile("dutyline", deadline=None)  # a busy machine makes no example wrong
settings.load_profile("dutyline")

HOME = Path(__file__).parent.parent
SOCKET_URL = "postgresql+psycopg:///postgres"
TOKEN = "a-token-of-the-tests-only"
CHEAP = Effort(passes=1, kibibytes=8)
"""What the tests spend on a password; test_passwords.py holds what a deployment does."""

MEMORY, ROOM = Path("/dev/shm"), 2 << 30  # noqa: S108  # pytest makes a folder of its own there
if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))  # no test waits for a disk to write what nobody keeps

POSTGRES_URL = os.environ.get("DUTYLINE_TEST_POSTGRES_URL", "")


def answering_url() -> str:
    """The PostgreSQL to test on: the one that is named (and must answer), else one on the default socket, else none."""
    if POSTGRES_URL:
        return POSTGRES_URL
    engine = create_engine(SOCKET_URL, connect_args={"connect_timeout": 1})
    try:
        with engine.connect():
            return SOCKET_URL
    except OperationalError:
        return ""
    finally:
        engine.dispose()


POSTGRES = answering_url()
WEDNESDAY = FixedClock(at("Wed 10:00"))
DATABASES = ["sqlite", "postgresql"] if POSTGRES else ["sqlite"]


def pytest_report_header() -> list[str]:
    """Loud lines: which databases this run is on, which rows of each test, and which checkers are missing."""
    missing = "" if POSTGRES else "; NO POSTGRESQL ANSWERS: set DUTYLINE_TEST_POSTGRES_URL to test on it"
    rows = [
        f"ROWS: one of each test on one database, and a quarter of the long tests, by the seed {SEED}; DUTYLINE_TEST_ROWS=all runs all"
    ]
    return [f"DATABASES: {' and '.join(DATABASES)}{missing}", *(rows if IS_FEW else []), *TOLD]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The same at the end: a quiet run has no head."""
    for line in pytest_report_header():
        terminalreporter.write_line(line)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where few rows are wanted, the others are left out, and counted as such."""
    if IS_FEW:
        items[:], left_out = few(items, SEED)
        config.hook.pytest_deselected(items=left_out)


def pytest_collection_finish() -> None:
    """What was imported and collected stays: to look through it for garbage again and again is a third of a run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 100)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Whatever uses a database runs on each."""
    if "database_url" in metafunc.fixturenames:
        metafunc.parametrize("database_url", DATABASES, indirect=True)


@dataclass(frozen=True, slots=True)
class Databases:
    """One worker's databases of one kind: an empty one, or a copy of the one that was prepared once."""

    empty: Callable[[Path], str]
    prepared: Callable[[Path], str]


@pytest.fixture(scope="session")
def postgresql(worker_id: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """Databases of this worker's own on the PostgreSQL server, dropped afterwards."""
    name = f"dutyline_{worker_id}_{secrets.token_hex(4)}"
    empty, whole = (make_url(POSTGRES).set(database=f"{name}_{kind}") for kind in ("empty", "prepared"))
    server = create_engine(POSTGRES, isolation_level="AUTOCOMMIT")

    def made(url: URL) -> str:
        dropped(url)
        with server.connect() as connection:
            connection.execute(text(f'CREATE DATABASE "{url.database}" TEMPLATE template0'))
        return url.render_as_string(hide_password=False)

    def dropped(url: URL) -> None:
        with server.connect() as connection:
            connection.execute(text(f'DROP DATABASE IF EXISTS "{url.database}" WITH (FORCE)'))

    prepare(deployment(made(whole), tmp_path_factory.mktemp("prepared")), WEDNESDAY)
    renewed = Renewed(whole)
    yield Databases(lambda _: made(empty), lambda _: renewed.again())
    renewed.close()
    dropped(empty)
    dropped(whole)
    server.dispose()


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Databases:
    """SQLite files."""
    folder = tmp_path_factory.mktemp("prepared")
    prepare(deployment(f"sqlite:///{folder / 'test.db'}", folder), WEDNESDAY)

    def copy(place: Path) -> str:
        shutil.copy(folder / "test.db", place / "test.db")
        return f"sqlite:///{place / 'test.db'}"

    return Databases(lambda place: f"sqlite:///{place / 'test.db'}", copy)


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database, or one that holds what is bundled for those who have a deployment."""
    databases: Databases = request.getfixturevalue(request.param)
    return databases.prepared(tmp_path) if "config" in request.fixturenames else databases.empty(tmp_path)


def deployment(database_url: str, state: Path) -> Config:
    """A deployment with the bundled plans and the samples."""
    return Config(
        database_url=database_url,
        state=state,
        plans=HOME / "plans",
        public_url="http://127.0.0.1:8000",
        account="AC" + "0" * 32,
        tokens=(TOKEN,),
        secret="a secret of the tests only, long enough",
        local=True,
        limits=Limits(per_key=1_000_000, per_address=1_000_000),
        effort=CHEAP,
    )


@pytest.fixture
def config(database_url: str, tmp_path: Path) -> Config:
    """A deployment of its own."""
    return deployment(database_url, tmp_path / "state")


@pytest.fixture
def database(config: Config) -> Iterator[Database]:
    """The prepared database alone."""
    database = Database(config.database_url)
    yield database
    database.close()


@pytest.fixture
def application(config: Config) -> Iterator[Application]:
    """A whole application, on a Wednesday at ten."""
    built = build(config, FixedClock(at("Wed 10:00")))
    yield built
    built.close()


@pytest.fixture(scope="session")
def world() -> World:
    """The bundled plans and the samples, in memory."""
    return bundled_world()


@cache
def bundled_world() -> World:
    """The same, for those who are no test."""
    folders = (HOME / "plans", HOME / "samples")
    return world_of(bundle(folders), folders, hashed)


def hashed(text: str) -> str:
    """A keyed hash as good as any for a test."""
    return hashlib.sha256(text.encode()).hexdigest()
