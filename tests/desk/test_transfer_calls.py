"""The transfer on the telephone: caller, handler and consulted party at once, as the emulator hears them."""

from telephone import Person
from tests.admin.desk_client import Holder
from tests.desk.stage import CALLER, CONSULTED, HANDLER, Stage


def test_a_caller_is_answered_consulted_about_and_handed_over(stage: Stage, handler: Holder) -> None:
    caller = stage.talking()
    stage.exchange.phone(CONSULTED).will(Person("1", after=4))
    transfer = stage.transfer(caller, handler)
    assert (transfer["state"], transfer["can"]) == ("ringing", ["cancel"])
    stage.until(lambda: stage.state(transfer["id"]) == "consulting")
    stage.exchange.advance(3)
    consulted = stage.exchange.phone(CONSULTED).leg
    assert (stage.hears(caller), stage.hears(consulted)) == (set(), {HANDLER})
    assert caller.is_held
    stage.commands(handler, transfer["id"], "complete")
    stage.until(lambda: stage.hears(caller) == {CONSULTED}, 10)
    stage.until(lambda: stage.exchange.phone(HANDLER).leg.is_over, 10)
    stage.exchange.advance(30)
    assert stage.hears(consulted) == {CALLER}
    consulted.hangs_up()
    stage.exchange.advance(10)
    assert caller.has_heard("The person you were speaking to has left the call")
