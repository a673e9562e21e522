"""Is whoever held a duty number told that it was changed, by every door, once; and is the change taken back in one step?"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from sqlalchemy import select

from app import Application, Config, build
from carrier.port import Done, Result, Unknown
from carrier.texting import Texting
from desk.number_notices import KIND, notices
from directory.numbers import Number
from store import tables
from store.database import Database
from store.keys import Role
from store.papers import Pile, Wanted
from store.papers import those as papers
from store.tables_tasks import task
from tests.admin.desk_client import Holder, dials, holder
from tests.admin.sending import sends_file
from tests.desk.wall_clock import WallClock

TEAM, HELD, MOBILE = "devon-ir-north", "+441392388481", "07790 770713"
DUTY = f"/teams/{TEAM}/duty-numbers"


@dataclass
class Sent:
    """Text messages as they are asked for."""

    result: Result = field(default_factory=Done)
    asked: list[tuple[str, str]] = field(default_factory=list)

    def text(self, to: Number, words: str) -> Result:
        self.asked.append((to.e164, words))
        return self.result


@pytest.fixture
def sent() -> Sent:
    return Sent()


@pytest.fixture
def told(office: Application, wall: WallClock, sent: Sent) -> Callable[[Texting | None], None]:
    """The chore of a minute, done twice: who does it again does nothing."""

    def done(texting: Texting | None = Texting(sent, {})) -> None:  # noqa: B008  # the fixture's own
        for _ in range(2):
            notices(texting).work(office.database, office.publication.publish(), wall.now())

    return done


@pytest.fixture
def editor(office: Application) -> Holder:
    return holder(office, Role.EDITOR, "Edith Editor")


def changes(editor: Holder, *numbers: str) -> None:
    reply = editor.changes(
        "PUT", DUTY, {"duty_numbers": [{"number": one} for one in numbers]}, seen_at=f"/teams/{TEAM}"
    )
    assert reply.status_code == 200, reply.get_json()


def begun(database: Database) -> list[str]:
    with database.read() as connection:
        return [row.about for row in connection.execute(select(task).where(task.c.kind == KIND))]


def states(database: Database) -> list[str]:
    with database.read() as connection:
        return [paper.state for paper in papers(connection, Pile.MESSAGE, Wanted(kinds=[KIND]))]


def test_whoever_held_the_number_gets_a_message_and_a_manager_a_task(
    office: Application, editor: Holder, told: Callable[..., None], sent: Sent
) -> None:
    changes(editor, MOBILE)
    told()
    assert (sent.asked, begun(office.database), states(office.database)) == ([], [TEAM], ["not-sent"])
    changes(editor, "8483")
    told()
    ((to, words),) = sent.asked
    assert to == "+447790770713"
    assert words.startswith(
        "Devon: since Wed 25 Nov 2026 10:00 this phone is no longer the first duty number of Initial Response North."
    )
    assert begun(office.database) == [TEAM]
    assert states(office.database) == ["not-sent", "sent"]


def test_what_may_have_been_sent_is_not_sent_again(
    editor: Holder, told: Callable[..., None], sent: Sent, office: Application
) -> None:
    sent.result = Unknown()
    changes(editor, MOBILE)
    changes(editor, "8483")
    told()
    told()
    assert len(sent.asked) == 1
    assert states(office.database)[-1] == "unknown"


def test_without_text_messages_there_is_the_task(
    editor: Holder, told: Callable[..., None], office: Application
) -> None:
    changes(editor, "8483")
    told(None)
    assert begun(office.database) == [TEAM]


def test_a_number_that_stays_first_is_no_news_and_one_that_another_is_put_before_is(
    editor: Holder, told: Callable[..., None], office: Application
) -> None:
    changes(editor, HELD, "8483")
    told()
    assert begun(office.database) == []
    changes(editor, "8484", HELD, "8483")
    told()
    assert begun(office.database) == [TEAM]


def test_a_file_and_an_undo_are_doors_like_any_other(
    editor: Holder, told: Callable[..., None], office: Application
) -> None:
    row = "authority,team,slug,number\ndevon,Initial Response North,devon-ir-north,{}\n"
    assert sends_file(editor, row.format("8483")).status_code == 200
    told()
    assert begun(office.database) == [TEAM]
    assert states(office.database) == ["not-sent"]
    assert takes_back(office, editor) == 200
    told()
    assert states(office.database) == ["not-sent", "not-sent"]


def takes_back(office: Application, editor: Holder) -> int:
    reply = editor.sends("POST", f"/audit/{last(office.database)}/undo", {"why": "nobody at that phone knew"})
    return reply.status_code


def last(database: Database) -> int:
    audit = tables.audit
    with database.read() as connection:
        of_team = select(audit.c.sequence).where(audit.c.kind == "team").order_by(audit.c.sequence.desc())
        return int(connection.scalar(of_team) or 0)


def test_a_change_rings_at_once_and_is_taken_back_at_once(office: Application, editor: Holder) -> None:
    changes(editor, "8483")
    line = office.publication.current().directory.lines["devon"].numbers[0].e164
    dials(office, line).presses("2").presses("1").presses("1").rings("01392 388483")
    assert takes_back(office, editor) == 200
    dials(office, line).presses("2").presses("1").presses("1").rings("01392 388481")


@pytest.fixture
def served(config: Config, database: Database, wall: WallClock, sent: Sent) -> Iterator[Application]:  # noqa: ARG001  # prepares it
    built = build(config, wall, texting=Texting(sent, {}))
    built.desk.end()
    yield built
    built.close()


def test_the_desk_does_it_by_itself_within_two_minutes(served: Application, wall: WallClock, sent: Sent) -> None:
    editor = holder(served, Role.EDITOR)
    served.desk.once()
    changes(editor, MOBILE)
    changes(editor, "8483")
    wall.passes(minutes=2)
    served.desk.once()
    assert [to for to, _ in sent.asked] == ["+447790770713"]
