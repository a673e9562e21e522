"""Does the desk work with the carrier that deployments have, over a real socket?"""

from app import Config, build
from carrier.account import Account
from carrier.twilio import Twilio
from telephone import Person
from tests.admin.desk_client import Holder
from tests.desk.stage import ACCOUNT, CONSULTED, HANDLER, Stage


def test_queue_consultation_and_hand_over_by_rest(stage: Stage, handler: Holder, config: Config) -> None:
    with stage.exchange.served() as base_url:
        carrier = Twilio(Account(ACCOUNT.sid, (ACCOUNT.token,), base_url))
        stage.moves_to(build(config, stage.hand, carrier))
        here = stage.with_key(handler)
        caller = stage.talking()
        stage.exchange.phone(CONSULTED).will(Person("1", after=3))
        transfer = stage.transfer(caller, here)
        stage.until(lambda: stage.state(transfer["id"]) == "consulting", 30)
        stage.exchange.advance(2)
        assert stage.hears(stage.exchange.phone(CONSULTED).leg) == {HANDLER}
        assert caller.is_held
        stage.commands(here, transfer["id"], "complete")
        stage.until(lambda: stage.hears(caller) == {CONSULTED}, 20)
        stage.until(lambda: stage.exchange.phone(HANDLER).leg.is_over, 10)
        assert stage.exchange.warnings == ()
        carrier.close()
