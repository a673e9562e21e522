"""Does a caller get on whose handler has taken them, and has never heard of it?"""

import pytest

from ivr.legs import LegStage
from store.conversations import At
from telephone import Person
from tests.desk.stage import HANDLER, Stage


@pytest.mark.usefixtures("handler")
def test_a_caller_is_fetched_out_of_a_room_into_which_their_handler_never_came(stage: Stage) -> None:
    stage.gate.breaks_at = LegStage.ACCEPT
    stage.exchange.phone(HANDLER).will(Person("1", after=3))
    caller = stage.queued()
    stage.until(lambda: caller.room is not None, 30)
    stage.until(lambda: caller.room is None and caller.queue is not None, 30)
    assert stage.talk(caller).state is At.WAITING
    stage.gate.breaks_at = None
    stage.available()
    stage.until(lambda: stage.hears(caller) == {HANDLER}, 60)
