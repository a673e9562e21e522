"""May an editor who is limited to an authority or to teams change only those, by key and in person?"""

import pytest

from app import Application
from store.keys import Role, Terms, create
from tests.admin.desk_client import CLOCK, Holder

NEW_TEAM = {"name": "Night Desk", "authority": "devon"}


def limited(application: Application, role: Role = Role.EDITOR, *, authorities: tuple[str, ...] = (),
            teams: tuple[str, ...] = ()) -> Holder:  # fmt: skip
    terms = Terms(authorities=authorities, teams=teams)
    with application.database.write_in_order() as connection:
        _, secret = create(connection, "a limited key", role, "tests", CLOCK.now(), terms=terms)
    return Holder(application.flask.test_client(), secret)


def test_an_editor_of_an_authority_changes_what_belongs_to_it(application: Application) -> None:
    devon = limited(application, authorities=("devon",))
    team = "/teams/devon-ir-north"
    assert devon.changes("PATCH", team, {"area": "Far North"}).status_code == 200
    assert devon.changes("PUT", f"{team}/duty-numbers", [{"number": "4050"}], seen_at=team).status_code == 200
    assert devon.sends("POST", "/teams", NEW_TEAM).status_code == 201
    person = {"name": "Nora Inventling", "team": "devon-ir-north"}
    assert devon.sends("POST", "/people", person).status_code == 201


def test_an_editor_of_an_authority_changes_nothing_of_another(application: Application) -> None:
    derby = limited(application, authorities=("derby",))
    reply = derby.changes("PATCH", "/teams/devon-ir-north", {"area": "Far North"})
    assert reply.status_code == 403
    assert "the authority derby" in reply.get_json()["detail"]
    assert derby.sends("POST", "/teams", NEW_TEAM).status_code == 403
    assert derby.sends("POST", "/people", {"name": "Nora Inventling", "team": "devon-ir-north"}).status_code == 403
    assert derby.asks("/teams/devon-ir-north").get_json()["version"] == 1


@pytest.mark.parametrize(("scope", "status"), [
    ({"authority": "devon"}, 201), ({"line": "devon"}, 201), ({"line": "derby"}, 403), ({}, 403),
])  # fmt: skip
def test_a_closure_for_all_is_not_for_an_editor_of_one_authority(
    application: Application, scope: dict[str, str], status: int
) -> None:
    devon = limited(application, authorities=("devon",))
    closure = {"effect": "closed", "from": "Fri 15:00", "until": "Fri 17:00", "reason": "training", **scope}
    assert devon.sends("POST", "/closures", closure).status_code == status


def test_an_editor_of_a_team_changes_that_team_and_its_people_only(application: Application) -> None:
    own = limited(application, teams=("devon-ir-north",))
    assert own.changes("PATCH", "/teams/devon-ir-north", {"area": "Far North"}).status_code == 200
    assert own.changes("PATCH", "/teams/devon-cf-exeter-4", {"area": "Far North"}).status_code == 403
    assert own.sends("POST", "/people", {"name": "Nora Inventling", "team": "devon-ir-north"}).status_code == 201
    assert own.sends("POST", "/people", {"name": "Nora Inventling", "team": "devon-cf-exeter-4"}).status_code == 403
    assert own.sends("POST", "/teams", NEW_TEAM).status_code == 403


def test_nobody_is_moved_out_of_a_team_that_is_not_ones_own_nor_into_one(application: Application) -> None:
    everywhere, own = limited(application), limited(application, teams=("devon-ir-north",))
    made = everywhere.sends("POST", "/people", {"name": "Nora Inventling", "team": "devon-cf-exeter-4"}).get_json()
    assert own.changes("PATCH", f"/people/{made['slug']}", {"team": "devon-ir-north"}).status_code == 403
    mine = own.sends("POST", "/people", {"name": "Otto Inventling", "team": "devon-ir-north"}).get_json()
    assert own.changes("PATCH", f"/people/{mine['slug']}", {"team": "devon-cf-exeter-4"}).status_code == 403


def test_a_limit_binds_whatever_the_role(application: Application) -> None:
    admin = limited(application, Role.ADMIN, authorities=("derby",))
    assert admin.changes("PUT", "/lines/devon/numbers", {"numbers": []}, seen_at="/lines/devon").status_code == 403


def test_a_limited_editor_reads_everything(application: Application) -> None:
    assert limited(application, authorities=("derby",)).asks("/teams/devon-ir-north").status_code == 200
