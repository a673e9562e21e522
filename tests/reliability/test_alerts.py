"""Does a real Prometheus that asks a real machine tell of a call that was rescued, and of a machine that stands still?"""

from pathlib import Path

import pytest

from tests.deploy.test_alerts import RULES
from tests.reliability.alerting.callers import dials_wrongly
from tests.reliability.alerting.machines import stopped
from tests.reliability.alerting.prometheus import PENDING, prometheus
from tests.reliability.answered import soon
from tests.reliability.figures.alerts import FULL, WHERE

OFTEN = "1s"


@pytest.mark.long
@pytest.mark.promtool
def test_a_rescued_call_is_told_at_once_and_a_machine_that_stands_still_is_noticed(tmp_path: Path) -> None:
    with (
        stopped(tmp_path / "there") as there,
        prometheus(tmp_path / "prometheus", [there.machines[0].port], OFTEN) as asking,
    ):
        asking.look_round()
        assert asking.states() == {}
        dials_wrongly(there.machines[0])
        assert soon(lambda: asking.firing() == {"DutylineCallsRescued"})
        (down,) = there.troubles
        down.begin()
        try:
            assert soon(lambda: PENDING in asking.states().get("DutylineDown", ()))
        finally:
            down.end()
        assert soon(lambda: "DutylineDown" not in asking.states())


def test_every_alert_that_is_shipped_is_made_to_fire_somewhere() -> None:
    assert set(WHERE) == {rule["alert"] for rule in RULES}
    assert len(RULES) == FULL
