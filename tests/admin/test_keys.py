"""Keys: shown once, revoked at once."""

from datetime import timedelta

from app import Config, build, prepare
from routing.clock import FixedClock
from store.keys import Role
from tests.admin.desk_client import CLOCK, Holder, codes, holder
from tests.admin.visitor import Hand
from tests.telling import at


def test_a_key_is_shown_in_the_reply_that_makes_it_and_never_again(admin: Holder) -> None:
    made = admin.sends("POST", "/keys", {"name": "Rota import", "role": "editor", "why": "for the rota"})
    assert made.status_code == 201
    secret = made.get_json()["key"]
    assert secret.startswith("dl_")
    assert secret not in admin.asks("/keys").get_data(as_text=True)
    assert [key["name"] for key in admin.asks("/keys?q=rota").get_json()["items"]] == ["Rota import"]
    assert admin.asks("/audit?limit=1").get_json()["items"][0]["why"] == "for the rota"


def test_a_key_needs_a_name_and_a_role_that_exists(admin: Holder) -> None:
    assert codes(admin.sends("POST", "/keys", {})) == {"name": "missing", "role": "missing"}
    assert codes(admin.sends("POST", "/keys", {"name": "x", "role": "king"})) == {"role": "choice"}


def test_a_key_is_revoked_once(admin: Holder) -> None:
    made = admin.sends("POST", "/keys", {"name": "x", "role": "viewer"})
    assert admin.sends("DELETE", f"/keys/{made.get_json()['id']}").status_code == 204
    assert admin.sends("DELETE", f"/keys/{made.get_json()['id']}").status_code == 404


def made(admin: Holder, **terms: object) -> Holder:
    reply = admin.sends("POST", "/keys", {"name": "Rota import", "role": "editor", **terms})
    assert reply.status_code == 201, reply.get_json()
    return Holder(admin.client, reply.get_json()["key"])


def test_a_key_expires(config: Config) -> None:
    prepare(config, CLOCK)
    early, late = build(config, CLOCK), build(config, FixedClock(at("Fri 16:05")))
    key = made(holder(early, Role.ADMIN), expires_at="Fri 16:05").key
    assert Holder(early.flask.test_client(), key).asks("/teams").status_code == 200
    assert Holder(late.flask.test_client(), key).asks("/teams").status_code == 401
    early.close()
    late.close()


def test_a_keys_last_use_is_shown_and_noted_at_most_once_a_minute(config: Config) -> None:
    prepare(config, CLOCK)
    clock = Hand(at("Wed 10:00"))
    application = build(config, clock)
    admin = holder(application, Role.ADMIN)
    robot = made(admin)
    shown = []
    for seconds in (0, 59, 1):
        clock.moment += timedelta(seconds=seconds)
        robot.asks("/teams")
        shown.append(admin.asks("/keys?q=rota").get_json()["items"][0]["last_used_at"])
    assert shown == ["2026-11-25T10:00:00+00:00", "2026-11-25T10:00:00+00:00", "2026-11-25T10:01:00+00:00"]
    application.close()


def test_a_keys_terms_are_shown_and_every_one_that_is_wrong_is_told(admin: Holder) -> None:
    made(admin, expires_at="2027-01-01T00:00", authorities=["devon"], teams=["devon-ir-north"])
    shown = admin.asks("/keys?q=rota").get_json()["items"][0]
    assert shown["expires_at"] == "2027-01-01T00:00:00+00:00"
    assert (shown["authorities"], shown["teams"]) == (["devon"], ["devon-ir-north"])
    wrong = {
        "name": "x",
        "role": "editor",
        "expires_at": "2020-01-01",
        "authorities": ["nowhere"],
        "teams": ["devon-ir-north", "y"],
    }
    assert codes(admin.sends("POST", "/keys", wrong)) == {
        "expires_at": "past", "authorities.0": "unknown", "teams.1": "unknown",
    }  # fmt: skip


def names(admin: Holder, query: str) -> list[str]:
    found = [key["name"] for key in admin.asks(f"/keys?{query}").get_json()["items"]]
    return sorted(set(found) - {"Ada Admin"})


def test_keys_are_found_by_the_words_of_name_and_role_and_by_the_authority_of_their_limit(admin: Holder) -> None:
    made(admin, name="Rota import", authorities=["devon"])
    made(admin, name="Wallboard north", role="viewer", authorities=["devon", "derby"])
    made(admin, name="Back-up", role="auditor", teams=["devon-ir-north"])
    assert names(admin, "authority=devon") == ["Rota import", "Wallboard north"]
    assert names(admin, "authority=derby") == ["Wallboard north"]
    assert names(admin, "authority=sheffield") == []
    assert names(admin, "q=WALL nor") == ["Wallboard north"]
    assert names(admin, "q=auditor") == ["Back-up"]
    assert names(admin, "q=rota&authority=derby") == []
    assert names(admin, "") == ["Back-up", "Rota import", "Wallboard north"]
