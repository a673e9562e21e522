"""What does the API of meetings let in, refuse and tell, and whom does it find for those whom the procedures name?"""

from typing import Any

from store import tables
from store.keys import Role
from tests.admin.desk_client import Holder, codes, holder
from tests.desk.convening import PRESET, arranged, enters, reads, seat
from tests.desk.stage import CALLER, Stage

CAMBRIDGESHIRE = "cambridgeshire-strategy-meeting"


def test_the_presets_are_those_of_the_procedures_and_name_their_gaps(stage: Stage, handler: Holder) -> None:
    editor = holder(stage.application, Role.EDITOR)
    assert editor.changes("DELETE", "/roles/derbyshire-detective-sergeant").status_code == 204
    shown = {one["code"]: one for one in handler.asks("/meeting-presets").get_json()["items"]}
    assert {(one["authority"], one["source"]) for one in shown.values()} == {
        ("cambridgeshire", "C:154"), ("derby", "Y:25"), ("derbyshire", "B:57")
    }  # fmt: skip
    named = {one["words"]: one for one in shown[PRESET]["invitees"]}
    assert list(named) == [
        "Starting Point Team Manager", "Detective Sergeant", "Named Nurse", "Social Worker",
        "Pod member who gathered the information", "Locality Team Manager or Practice Supervisor",
    ]  # fmt: skip
    assert named["Detective Sergeant"]["gap"] == (
        "No role “derbyshire-detective-sergeant” is in the directory: an editor enters it, with a number."
    )
    assert named["Starting Point Team Manager"]["gap"].startswith("Nobody can be rung for Starting Point Team Manager")


def test_everything_wrong_is_said_at_once(handler: Holder) -> None:
    wrong = {"preset": "tea", "call": "CA1", "contact": "x", "at": "later", "chair": {"team": "nowhere"}}
    reply = handler.sends("POST", "/meetings", wrong)
    assert (reply.status_code, codes(reply)) == (
        422,
        {"preset": "unknown", "call": "unknown", "contact": "either", "at": "moment", "chair.team": "unknown"},
    )
    assert codes(handler.sends("POST", "/meetings", {})) == {"preset": "missing"}
    assert codes(handler.sends("POST", "/meetings", {"preset": PRESET, "contact": "0" * 16})) == {"contact": "unknown"}


def test_a_meeting_is_arranged_with_its_time_and_names_whom_it_cannot_reach(stage: Stage, handler: Holder) -> None:
    enters(stage, "derbyshire-named-nurse", "020 7946 0403")
    made = arranged(handler, at="Fri 14:00")
    assert (made["state"], made["at"], made["can"]) == ("planned", "2026-11-27T14:00:00+00:00", ["start", "invite"])
    assert [one["code"] for one in made["seats"] if not one["gap"]] == ["named-nurse"]
    assert [one["id"] for one in handler.asks("/meetings").get_json()["items"]] == [made["id"]]


def test_it_does_not_start_without_somebody_to_chair_it(stage: Stage, handler: Holder) -> None:
    made = arranged(handler)
    refused = handler.sends("POST", f"/meetings/{made['id']}/start", {})
    assert refused.status_code == 409
    assert "an editor enters a number" in refused.get_json()["detail"]
    assert reads(handler, made["id"])["state"] == "planned"
    stage.exchange.advance(5)
    assert stage.exchange.legs == ()


def test_another_chair_is_named_and_the_preset_s_takes_part(handler: Holder) -> None:
    made = arranged(handler, chair={"person": "w-c5e812"})
    assert [(one["code"], one["chair"]) for one in made["seats"]][:2] == [("chair", True), ("team-manager", False)]
    same = arranged(handler, chair={"role": "derbyshire-locality-team-manager"})
    assert [(one["code"], one["chair"]) for one in same["seats"]][:2] == [("locality", True), ("team-manager", False)]


def test_derby_prints_no_chair_so_whoever_arranges_it_chairs_it_at_the_desk(stage: Stage, handler: Holder) -> None:
    elsewhere = holder(stage.application, Role.HANDLER, "Nora Nowhere")
    reply = elsewhere.sends("POST", "/meetings", {"preset": "derby-strategy-meeting"})
    assert codes(reply) == {"chair": "missing"}
    made = arranged(handler, preset="derby-strategy-meeting")
    assert (made["seats"][0]["code"], made["seats"][0]["gap"]) == ("chair", "")


def test_the_referrer_is_invited_only_where_the_record_says_they_are_a_professional(
    stage: Stage, handler: Holder
) -> None:
    with stage.application.database.write() as connection:
        connection.execute(tables.call.insert().values(sid="CA" + "1" * 32, line="cambridgeshire-ifd", caller=CALLER))
    call = "CA" + "1" * 32
    gaps = [referrer(handler, call)]
    for who in ("family", "school"):
        handler.sends("PUT", f"/calls/{call}/contact", {"fields": {"caller": who}, "authority": "cambridgeshire"})
        gaps.append(referrer(handler, call))
    assert [bool(one) for one in gaps] == [True, True, False]
    assert "Only a professional who made the referral is invited" in gaps[0]
    handler.sends("PUT", f"/calls/{call}/contact", {"fields": {"anonymous": "yes"}})
    assert "not to be used" in referrer(handler, call)
    auditor = holder(stage.application, Role.AUDITOR, "Audrey Auditor")
    rows = auditor.asks("/audit").get_json()["items"]
    assert "looked at for a meeting" in {row["what"] for row in rows}


def referrer(handler: Holder, call: str) -> str:
    shown: dict[str, Any] = arranged(handler, preset=CAMBRIDGESHIRE, call=call)
    gap: str = seat(shown, "referrer")["gap"]
    return gap


def test_a_meeting_about_a_closed_record_is_closed_too(stage: Stage, handler: Holder) -> None:
    saved = handler.sends(
        "POST", "/contacts", {"fields": {"staff_family": "yes"}, "authority": "derbyshire"}
    ).get_json()
    made = arranged(handler, contact=saved["id"])
    other = holder(stage.application, Role.HANDLER, "Otto Other")
    assert other.asks(f"/meetings/{made['id']}").status_code == 403
    assert other.asks("/meetings").get_json()["items"] == []
    assert other.sends("POST", "/meetings", {"preset": PRESET, "contact": saved["id"]}).status_code == 403
    assert handler.asks(f"/meetings/{made['id']}").status_code == 200


def test_only_whoever_arranged_it_commands_it(stage: Stage, handler: Holder) -> None:
    made = arranged(handler)
    other = holder(stage.application, Role.HANDLER, "Otto Other")
    for command in ("start", "lock", "unlock", "end", "invite", "mute"):
        body = {"to": {"person": "w-c5e812"}} if command == "invite" else {}
        assert other.sends("POST", f"/meetings/{made['id']}/{command}", body).status_code == 403
    assert other.asks(f"/meetings/{made['id']}").status_code == 200
    assert (
        holder(stage.application, Role.ADMIN, "Ada Admin").sends("POST", f"/meetings/{made['id']}/end", {}).status_code
        == 409
    )
    assert handler.sends("POST", "/meetings/none-such/start", {}).status_code == 404


def test_what_cannot_be_is_refused_in_words(handler: Holder) -> None:
    key = arranged(handler)["id"]
    assert codes(handler.sends("POST", f"/meetings/{key}/invite", {"to": {"line": "devon"}})) == {
        "to.line": "not-a-person"
    }
    assert codes(handler.sends("POST", f"/meetings/{key}/invite", {"to": {"number": "999"}})) == {
        "to.number": "emergency"
    }
    refused = handler.sends("POST", f"/meetings/{key}/mute", {"seat": "x"})
    assert (refused.status_code, "start it first" in refused.get_json()["detail"]) == (409, True)


def test_every_command_stands_in_the_trail(stage: Stage, handler: Holder) -> None:
    key = arranged(handler, why="a child is at risk")["id"]
    handler.sends("POST", f"/meetings/{key}/invite", {"to": {"person": "w-c5e812"}})
    auditor = holder(stage.application, Role.AUDITOR, "Audrey Auditor")
    rows = [row for row in auditor.asks("/audit").get_json()["items"] if row["kind"] == "meeting"]
    assert [(row["what"], row["slug"]) for row in sorted(rows, key=lambda row: row["sequence"])] == [
        ("arrange", key), ("invite", key)
    ]  # fmt: skip
