"""Who knows of a number that stands in for a line, and when?"""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from app import Config
from directory.numbers import Number
from ivr.override import Override
from ivr.record import Record
from store import tables
from store.database import Database
from store.drain import drain
from store.frames import framed
from store.journal import JournalFile
from store.publication import OVERRIDE
from tests.reliability.faults import FileLocked, TablesLocked
from tests.store.publishing import publication
from tests.store.recording import away_url
from tests.telling import at

HERE = Override("devon", Number("+442079460300"), at("Wed 09:00"), at("Wed 12:00"), "command line (test)", "storm")


def journalled(folder: Path, override: Override) -> None:
    file = JournalFile(folder)
    record = Record("override-devon", "", override.moment.isoformat(), OVERRIDE, override.moment, override.document())
    file.write(framed(record.document()))
    file.close()


def test_other_workers_of_the_machine_know_at_once_without_the_database(
    tmp_path: Path, database: Database, config: Config
) -> None:
    publication(tmp_path / "published", database, config).publish()
    away = Database(away_url(database, tmp_path))
    here, beside = (publication(tmp_path / "published", away, config) for _ in range(2))
    here.override(HERE)
    assert beside.freshest().overrides == {"devon": HERE}
    assert publication(tmp_path / "published", away, config).current().overrides == {"devon": HERE}
    away.close()


def test_while_somebody_publishes_from_a_database_that_hangs_a_number_can_be_put_there_at_once(
    tmp_path: Path, database: Database, config: Config
) -> None:
    here, other = (publication(tmp_path / "published", database, config) for _ in range(2))
    here.publish()
    url = config.database_url
    lock = FileLocked(Path(make_url(url).database or "")) if database.is_sqlite else TablesLocked(url)
    lock.begin()
    with closing(lock), ThreadPoolExecutor(1) as publishing:
        hangs = publishing.submit(other.publish)
        time.sleep(0.2)
        began = time.monotonic()
        here.override(HERE)
        assert time.monotonic() - began < 1
        assert hangs.done() == database.is_sqlite
        lock.close()
    assert hangs.result().directory.version == here.current().directory.version
    assert other.freshest().overrides == {"devon": HERE}


def test_the_journal_tells_the_audit_trail_once_and_other_machines(
    tmp_path: Path, database: Database, config: Config
) -> None:
    elsewhere = publication(tmp_path / "elsewhere", database, config)
    elsewhere.publish()
    for _ in range(2):
        journalled(tmp_path / "journal", HERE)
        drain(tmp_path / "journal", database, None)
    with database.read() as connection:
        audited = [row for row in connection.execute(tables.audit.select()) if row.what == OVERRIDE]
    assert [(row.who, row.slug, row.why, row.after["number"]) for row in audited] == [
        ("command line (test)", "devon", "storm", "+442079460300")
    ]
    assert elsewhere.behind()
    assert elsewhere.publish().overrides == {"devon": HERE}


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_an_end_within_the_same_minute_counts_on_other_machines_in_whatever_order_it_is_told(
    tmp_path: Path, database: Database, config: Config, order: tuple[int, ...]
) -> None:
    begun = replace(HERE, set_at=HERE.since + timedelta(seconds=20))
    ended = replace(HERE, until=HERE.since, set_at=HERE.since + timedelta(seconds=40))
    elsewhere = publication(tmp_path / "elsewhere", database, config)
    elsewhere.publish()
    for place in order:
        journalled(tmp_path / "journal", (begun, ended)[place])
        drain(tmp_path / "journal", database, None)
    assert elsewhere.publish().overrides == {"devon": ended}
