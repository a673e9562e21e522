"""What does a round of the desk cost where there is nothing to do? One look at the database, since every worker makes four a second."""

from sqlalchemy import event

from tests.admin.desk_client import Holder
from tests.desk.stage import Stage


def test_a_round_that_finds_nothing_asks_the_database_once(stage: Stage, handler: Holder) -> None:  # noqa: ARG001  # somebody is there
    stage.exchange.advance(5)
    asked: list[str] = []
    stage.application.desk.once()
    event.listen(stage.application.database.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    stage.application.desk.once()
    assert len([one for one in asked if not one.startswith("BEGIN")]) == 1
