"""Changes of the directory that are prepared, published together, never over somebody else's, and the way back to a version."""

from admin.due import Due
from admin.press import Press
from app import Application
from rehearsal.on_demand import told_example
from routing.clock import FixedClock
from store import tables
from store.keys import Role
from tests.admin.desk_client import Holder, codes, holder
from tests.admin.sending import exported, sends_file
from tests.admin.sheffield import LINE, NIGHT, OTHER, RUNG, night_team, rings, with_night
from tests.store.recording import rows
from tests.telling import at

TEAM = "/teams/sheffield-cpet"
MOVED = {"kind": "team", "slug": "sheffield-cpet", "body": {"duty_numbers": [{"number": OTHER}]}}
AREA = {"kind": "team", "slug": "sheffield-area-team", "body": {"area": "All of it"}}
CLOSURE = {"effect": "closed", "from": "2026-12-24T12:00", "until": "2026-12-24T17:00", "reason": "Christmas Eve"}


def prepared(caller: Holder, *changes: object, **fields: object) -> str:
    """A new draft's path."""
    given = {"changes": list(changes)} if changes else {}
    reply = caller.sends("POST", "/drafts", {**given, "title": "Moves", "why": "the move to Exeter", **fields})
    assert reply.status_code == 201, reply.get_json()
    return str(reply.headers["Location"].removeprefix("/api/v1"))


def entries(caller: Holder) -> list[bytes]:
    """Every row of the directory's files."""
    return sorted(row for name in ("teams.csv", "people.csv") for row in exported(caller, name).splitlines())


def test_changes_are_prepared_and_come_into_force_together(editor: Holder, application: Application) -> None:
    new = {"kind": "team", "slug": "sheffield-night-desk", "body": {"authority": "sheffield", "name": "Night Desk"}}
    nora = {"kind": "person", "body": {"name": "Nora Inventling", "team": "sheffield-night-desk"}}
    path = prepared(editor, nora, new, MOVED, {"kind": "closure", "body": {**CLOSURE, "line": LINE}})
    rings(application).presses("1").rings(RUNG)
    before = len(rows(application.database, tables.change))
    assert editor.sends("POST", f"{path}/publish", {}).get_json()["in_force"] is True
    assert len(rows(application.database, tables.change)) == before + 1
    rings(application).presses("1").rings(OTHER)
    assert [one["name"] for one in editor.asks("/people?q=inventling").get_json()["items"]] == ["Nora Inventling"]
    deed = rows(application.database, tables.audit)[-1]
    assert (deed["why"], deed["what"].partition(" in ")[2]) == ("the move to Exeter", f"draft-{path.split('/')[-1]}")
    assert editor.sends("POST", f"{path}/publish", {}).status_code == 409


def test_a_published_draft_is_undone_whole(admin: Holder) -> None:
    path = prepared(admin, MOVED, AREA)
    admin.sends("POST", f"{path}/publish", {})
    last = admin.asks("/audit?limit=1").get_json()["items"][0]["sequence"]
    assert admin.sends("POST", f"/audit/{last}/undo", {}).get_json()["undone"] == 2
    assert admin.asks("/teams/sheffield-area-team").get_json()["area"] == ""


def test_every_problem_of_every_change_is_told_and_nothing_is_kept(editor: Holder) -> None:
    reply = editor.sends("POST", "/drafts", {"changes": [
        {"kind": "team", "slug": "devon-mash", "body": {"name": "", "duty_numbers": [{"number": "999"}], "colour": "red"}},
        {"kind": "closure", "body": {"effect": "closed", "from": "2026-12-24T12:00", "reason": "no end"}},
        {"kind": "person", "slug": "p-nobody", "body": {"name": "N"}},
        {"kind": "holidays", "slug": "england-and-wales", "body": {}},
        {"kind": "team", "slug": "devon-gone"},
    ]})  # fmt: skip
    assert codes(reply) == {
        "changes.0.name": "missing", "changes.0.duty_numbers.0.number": "number-short-code",
        "changes.0.colour": "unknown-field", "changes.1.until": "missing", "changes.2.slug": "unknown",
        "changes.3.kind": "choice", "changes.4.slug": "unknown",
    }  # fmt: skip
    assert codes(editor.sends("POST", "/drafts", {})) == {"changes": "one-of"}
    assert editor.asks("/drafts").get_json()["items"] == []


def test_a_closure_without_an_end_is_refused_by_itself_in_a_draft_and_in_a_file(editor: Holder) -> None:
    endless = {name: value for name, value in CLOSURE.items() if name != "until"}
    assert codes(editor.sends("POST", "/closures", endless)) == {"until": "missing"}
    draft = {"changes": [{"kind": "closure", "body": {**endless, "until": None}}]}
    assert "changes.0.until" in codes(editor.sends("POST", "/drafts", draft))
    file = "effect,from,until,reason,line\nclosed,2026-12-24T12:00,,no end,devon\n"
    assert "row 2, until" in codes(sends_file(editor, file))
    assert "row 2, until" in codes(editor.sends("POST", "/drafts", {"csv": file}))
    forever = {**CLOSURE, "rrule": "FREQ=WEEKLY"}
    assert codes(editor.sends("POST", "/drafts", {"changes": [{"kind": "closure", "body": forever}]})) == {
        "changes.0.rrule": "rule"
    }


def test_what_still_refers_to_a_removed_entry_is_named(editor: Holder) -> None:
    reply = editor.sends("POST", "/drafts", {"changes": [{"kind": "team", "slug": "sheffield-cpet"}]})
    assert (reply.status_code, codes(reply)) == (422, {"team sheffield-cpet": "referred"})


def test_an_entry_that_somebody_changed_meanwhile_is_not_written_over_and_they_are_named(
    admin: Holder, editor: Holder
) -> None:
    path = prepared(editor, MOVED, AREA)
    admin.changes("PATCH", TEAM, {"area": "Up North"})
    reply = editor.sends("POST", f"{path}/publish", {})
    assert (reply.status_code, codes(reply)) == (409, {"team sheffield-cpet": "changed-since"})
    assert "Ada Admin" in reply.get_data(as_text=True)
    assert editor.changes("PUT", path, {"changes": [MOVED]}).status_code == 200
    assert editor.sends("POST", f"{path}/publish", {}).status_code == 200
    assert editor.asks(TEAM).get_json()["area"] == "Up North"


def test_a_file_is_prepared_as_an_import_takes_it(editor: Holder) -> None:
    path = prepared(
        editor, csv="authority,team,slug,area\nsheffield,Child Protection Enquiry Team,sheffield-cpet,Up North\n"
    )
    assert [one["slug"] for one in editor.asks(path).get_json()["changes"]] == ["sheffield-cpet"]
    assert "area “Up North”" in editor.asks(f"{path}/diff").get_json()["entries"][0]
    assert editor.sends("POST", f"{path}/publish", {}).status_code == 200
    assert editor.asks(TEAM).get_json()["area"] == "Up North"
    reply = editor.sends("POST", "/drafts", {"csv": "authority,team,slug,number\ndevon,Duty,devon-duty,999\n"})
    assert codes(reply) == {"row 2, number": "number-short-code"}


def test_what_would_make_a_promise_fail_is_not_published(admin: Holder) -> None:
    night_team(admin, OTHER)
    admin.sends("POST", f"/plans/{LINE}/publish", {"text": with_night(), "why": "tests"})
    path = prepared(admin, {"kind": "team", "slug": NIGHT, "body": {"duty_numbers": []}})
    reply = admin.sends("POST", f"{path}/publish", {})
    assert reply.status_code == 422
    assert {one["line"] for one in reply.get_json()["refuted"]} == {LINE}
    assert admin.asks(f"{path}/check").get_json()["sound"] is False


def test_a_scheduled_draft_is_written_at_its_moment_or_says_why_not(admin: Holder, application: Application) -> None:
    path, other = prepared(admin, MOVED), prepared(admin, MOVED)
    for each in (path, other):
        assert admin.sends("POST", f"{each}/publish", {"at": "Wed 12:00"}).get_json()["in_force"] is False
    alarms = list[str]()
    press = Press(application.database, application.publication, FixedClock(at("Wed 12:00")), told_example)
    assert Due(press, alarms.append).round() == 1
    rings(application).presses("1").rings(OTHER)
    states = {admin.asks(each).get_json()["state"] for each in (path, other)}
    assert states == {"published", "refused"}
    assert "the directory" in alarms[0]


def test_limits_hold_in_drafts(admin: Holder, viewer: Holder, application: Application) -> None:
    limited = admin.sends("POST", "/keys", {"name": "Derby's", "role": "editor", "authorities": ["derby"]}).get_json()
    derby = Holder(admin.client, limited["key"])
    assert derby.sends("POST", "/drafts", {"changes": [MOVED]}).status_code == 403
    path = prepared(admin, MOVED)
    assert derby.sends("POST", f"{path}/publish", {}).status_code == 403
    assert derby.changes("DELETE", path).status_code == 403
    assert viewer.asks("/drafts").status_code == 403
    line = {"kind": "line", "slug": LINE, "body": {"numbers": ["020 7946 0111"]}}
    assert holder(application, Role.EDITOR).sends("POST", "/drafts", {"changes": [line]}).status_code == 403
    assert admin.sends("POST", "/drafts", {"changes": [line]}).status_code == 201


def test_the_directory_returns_to_a_version_as_one_new_version(admin: Holder, application: Application) -> None:
    whole = entries(admin)
    to = application.publication.current().directory.version
    admin.changes("PATCH", TEAM, {"area": "Up North", "duty_numbers": [{"number": OTHER}]})
    admin.sends("POST", "/teams", {"authority": "sheffield", "name": "Night Desk"})
    admin.sends("POST", "/people", {"name": "Nora Inventling", "team": "sheffield-night-desk"})
    admin.changes("DELETE", "/people/w-0cf593")
    shown = admin.asks(f"/directory/versions/{to}/diff").get_json()
    assert len(shown["entries"]) == 4
    assert codes(admin.sends("POST", "/directory/rollback", {"to": to})) == {"why": "why-missing"}
    reply = admin.sends("POST", "/directory/rollback", {"to": to, "why": "a bad day", "seen": shown["seen"]})
    assert (reply.status_code, reply.get_json()["entries"]) == (200, 4)
    assert entries(admin) == whole
    rings(application).presses("1").rings(RUNG)
    newest = admin.asks("/directory/versions?limit=1").get_json()["items"][0]
    assert (newest["entries"], newest["why"], newest["version"]) == (4, "a bad day", to + 5)
    assert admin.sends("POST", "/directory/rollback", {"to": to, "why": "x"}).status_code == 422
    assert admin.sends("POST", "/directory/rollback", {"to": 999, "why": "x"}).status_code == 404


def test_nobody_goes_back_past_what_they_have_not_seen(admin: Holder, editor: Holder) -> None:
    admin.changes("PATCH", TEAM, {"area": "One"})
    seen = admin.asks("/directory/versions").get_json()["items"][0]["version"]
    admin.changes("PATCH", TEAM, {"area": "Two"})
    body = {"to": seen, "why": "x", "seen": seen}
    assert admin.sends("POST", "/directory/rollback", body).status_code == 409
    assert editor.sends("POST", "/directory/rollback", body).status_code == 403


def test_policy_exceptions_and_pins_stay_as_they_are(admin: Holder, application: Application) -> None:
    to = application.publication.current().directory.version
    asked = admin.changes("PATCH", "/authorities/devon", {
        "exceptions": [{"number": "0844 496 0000", "reason": "their only number"}], "why": "tests"})  # fmt: skip
    other = holder(application, Role.ADMIN, "Otto Other")
    assert other.sends("POST", f"/approvals/{asked.get_json()['id']}/approve", {"why": "yes"}).status_code == 200
    admin.changes("PATCH", TEAM, {"area": "One"})
    shown = admin.asks(f"/directory/versions/{to}/diff").get_json()
    assert (shown["left"], len(shown["entries"])) == (["authority devon"], 1)
    assert admin.sends("POST", "/directory/rollback", {"to": to, "why": "x"}).status_code == 200
    assert len(admin.asks("/authorities/devon").get_json()["exceptions"]) == 1
