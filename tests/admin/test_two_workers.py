"""Does what one worker writes hold on another one of the same machine?"""

from app import Application, Config, build
from store.keys import Role
from tests.admin.desk_client import CLOCK, dials, holder


def test_a_number_written_on_one_worker_rings_on_the_other(application: Application, config: Config) -> None:
    other = build(config, CLOCK)
    editor = holder(application, Role.EDITOR)
    team = "/teams/devon-ir-north"
    editor.changes("PUT", f"{team}/duty-numbers", [{"number": "4050"}], seen_at=team)
    dials(other, "+442079460101").presses("2").presses("1").presses("1").rings("01392 384050")
    assert holder(other, Role.VIEWER).asks(team).get_json()["version"] == 2
    other.close()


def test_a_call_under_way_on_the_other_worker_rings_the_corrected_number_at_its_next_step(
    application: Application, config: Config
) -> None:
    other = build(config, CLOCK)
    other.upkeep.end()
    call = dials(other, "+442079460101").presses("2").presses("1")
    team = "/teams/devon-ir-north"
    holder(application, Role.EDITOR).changes("PUT", f"{team}/duty-numbers", [{"number": "4050"}], seen_at=team)
    call.presses("1").rings("01392 384050")
    other.close()
