"""A strategy meeting on the telephone: the chair first, then everybody, each by key; heard by all, and over for all."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from app import Config, build
from carrier.account import Account
from carrier.twilio import Twilio
from store.presence import Status
from telephone import Declines, NoAnswer, Person, Voicemail
from tests.admin.desk_client import Holder
from tests.desk.convening import (
    CHAIR,
    EVERYBODY,
    NURSE,
    SERGEANT,
    WORKER,
    arranged,
    begun,
    commands,
    convened,
    enters,
    is_together,
    leg_of,
    reads,
    seat,
    states,
)
from tests.desk.stage import ACCOUNT, HANDLER, Stage


def test_the_chair_is_rung_first_and_waits_with_words_and_music(stage: Stage, handler: Holder) -> None:
    convened(stage)
    key = arranged(handler)["id"]
    assert reads(handler, key)["can"] == ["start", "invite"]
    commands(stage, handler, key, "start")
    commands(stage, handler, key, "start")
    stage.until(lambda: stage.exchange.phone(CHAIR).is_ringing, 10)
    assert [leg.called for leg in stage.exchange.legs] == [CHAIR]
    stage.until(lambda: leg_of(stage, CHAIR).has_heard("You are the first in this meeting."), 20)
    chair = leg_of(stage, CHAIR)
    assert chair.has_heard("Press 1 to accept: a strategy meeting, Derbyshire, as Starting Point Team Manager.")
    stage.until(lambda: is_together(stage, *EVERYBODY), 60)
    starts = [request.at for request in stage.exchange.rest.requests if request.path == "/Calls.json"]
    assert all(later - sooner >= 1 for sooner, later in pairwise(starts))
    assert stage.exchange.longest_silence(chair).seconds <= 5
    assert stage.exchange.warnings == ()


def test_who_was_in_when_is_kept_and_the_minutes_are_due_a_day_after_the_end(stage: Stage, handler: Holder) -> None:
    key = begun(stage, handler)
    stage.exchange.advance(60)
    leg_of(stage, NURSE).hangs_up()
    stage.exchange.advance(30)
    commands(stage, handler, key, "end")
    stage.until(lambda: all(leg.is_over for leg in stage.exchange.legs), 30)
    shown = reads(handler, key)
    assert shown["state"] == "ended"
    stays = {stay["words"]: span(stay) for stay in shown["attendance"]}
    assert set(stays) == {"Starting Point Team Manager", "Detective Sergeant", "Named Nurse", "Social Worker"}
    assert 60 <= stays["Named Nurse"].total_seconds() < 80
    assert stays["Detective Sergeant"] - stays["Named Nurse"] >= timedelta(seconds=25)
    assert leg_of(stage, SERGEANT).has_heard("The meeting has ended. Goodbye.")
    ended, due = (datetime.fromisoformat(shown[name]) for name in ("ended_at", "minutes_due"))
    assert due - ended == timedelta(hours=24)
    (task,) = (one for one in handler.asks("/tasks").get_json()["items"] if one["kind"] == "minutes")
    assert task["about"] == key
    stage.exchange.advance(10)
    assert len([one for one in handler.asks("/tasks").get_json()["items"] if one["kind"] == "minutes"]) == 1


def span(stay: Mapping[str, Any]) -> timedelta:
    return datetime.fromisoformat(stay["until"]) - datetime.fromisoformat(stay["since"])


def test_whoever_is_muted_hears_and_is_not_heard(stage: Stage, handler: Holder) -> None:
    key = begun(stage, handler)
    nurse = seat(reads(handler, key), "named-nurse")["id"]
    assert seat(commands(stage, handler, key, "mute", seat=nurse), "named-nurse")["muted"]
    stage.until(lambda: NURSE not in stage.hears(leg_of(stage, CHAIR)), 10)
    assert CHAIR in stage.hears(leg_of(stage, NURSE))
    commands(stage, handler, key, "unmute", seat=nurse)
    stage.until(lambda: is_together(stage, *EVERYBODY), 10)


def test_whoever_is_removed_is_told_so_and_is_not_rung_again(stage: Stage, handler: Holder) -> None:
    key = begun(stage, handler)
    shown = commands(stage, handler, key, "remove", seat=seat(reads(handler, key), "social-worker")["id"])
    assert states(shown)["social-worker"] == "removed"
    stage.until(lambda: leg_of(stage, WORKER).is_over, 20)
    assert leg_of(stage, WORKER).has_heard("You have been taken out of the meeting. Goodbye.")
    stage.exchange.advance(30)
    assert len(stage.exchange.phone(WORKER).calls) == 1
    assert is_together(stage, CHAIR, SERGEANT, NURSE)


def test_a_locked_meeting_lets_nobody_in_who_is_still_being_rung(stage: Stage, handler: Holder) -> None:
    convened(stage)
    stage.exchange.phone(NURSE).will(Person("1", after=15))
    key = arranged(handler)["id"]
    commands(stage, handler, key, "start")
    stage.until(lambda: is_together(stage, CHAIR, SERGEANT, WORKER), 40)
    shown = commands(stage, handler, key, "lock")
    assert (shown["locked"], "unlock" in shown["can"], "invite" in shown["can"]) == (True, True, False)
    refused = handler.sends("POST", f"/meetings/{key}/invite", {"to": {"person": "w-c5e812"}})
    assert (refused.status_code, "closed to others" in refused.get_json()["detail"]) == (409, True)
    stage.until(lambda: leg_of(stage, NURSE).is_over, 40)
    assert leg_of(stage, NURSE).has_heard("The meeting is closed to others now. Goodbye.")
    assert states(reads(handler, key))["named-nurse"] == "unreached"
    assert is_together(stage, CHAIR, SERGEANT, WORKER)
    assert not commands(stage, handler, key, "unlock")["locked"]


def test_somebody_else_is_invited_while_it_goes_on(stage: Stage, handler: Holder) -> None:
    key = begun(stage, handler)
    stage.exchange.phone("+442079460231").will(Person("1", after=3))
    shown = commands(stage, handler, key, "invite", to={"person": "w-c5e812"}, words="Head teacher")
    assert shown["seats"][-1]["words"] == "Head teacher"
    again = handler.sends("POST", f"/meetings/{key}/invite", {"to": {"person": "w-c5e812"}})
    assert again.status_code == 409
    stage.until(lambda: is_together(stage, *EVERYBODY, "+442079460231"), 30)
    assert leg_of(stage, "+442079460231").has_heard("Derbyshire, as Head teacher.")


@pytest.mark.parametrize("persona", [Voicemail(), NoAnswer(), Declines(), Person("", after=2)])
def test_a_mailbox_never_joins_and_whoever_is_not_reached_is_named(
    stage: Stage, handler: Holder, persona: Voicemail | NoAnswer | Declines | Person
) -> None:
    convened(stage)
    stage.exchange.phone(NURSE).will(persona)
    key = arranged(handler)["id"]
    commands(stage, handler, key, "start")
    stage.until(lambda: states(reads(handler, key))["named-nurse"] == "unreached", 60)
    stage.exchange.advance(10)
    assert is_together(stage, CHAIR, SERGEANT, WORKER)
    shown = reads(handler, key)
    assert seat(shown, "named-nurse")["tried"]
    assert "Named Nurse" not in {stay["words"] for stay in shown["attendance"]}
    assert seat(shown, "pod")["gap"].startswith("Nobody can be rung for Pod member")


def test_a_chair_who_is_not_reached_keeps_everybody_else_from_being_rung(stage: Stage, handler: Holder) -> None:
    convened(stage)
    stage.exchange.phone(CHAIR).will(NoAnswer(), Person("1", after=2))
    key = arranged(handler)["id"]
    commands(stage, handler, key, "start")
    stage.until(lambda: reads(handler, key)["state"] == "planned", 60)
    assert "Nobody was reached who is to chair it" in reads(handler, key)["reason"]
    assert {leg.called for leg in stage.exchange.legs} == {CHAIR}
    commands(stage, handler, key, "start")
    stage.until(lambda: is_together(stage, *EVERYBODY), 60)


def test_nobody_is_left_alone_in_silence_and_the_last_one_ends_it(stage: Stage, handler: Holder) -> None:
    key = begun(stage, handler)
    for number in (CHAIR, SERGEANT, WORKER):
        leg_of(stage, number).hangs_up()
        stage.exchange.advance(2)
    stage.exchange.advance(60)
    alone = leg_of(stage, NURSE)
    assert alone.has_heard("Nobody else is in this meeting at the moment.")
    assert stage.exchange.longest_silence(alone).seconds <= 6
    assert reads(handler, key)["state"] == "started"
    stage.exchange.phone(SERGEANT).will(Person("1", after=2))
    commands(stage, handler, key, "invite", to={"role": "derbyshire-detective-sergeant"})
    stage.until(lambda: is_together(stage, NURSE, SERGEANT), 30)
    for number in (SERGEANT, NURSE):
        leg_of(stage, number).hangs_up()
    stage.until(lambda: reads(handler, key)["state"] == "ended", 20)
    stage.until(lambda: reads(handler, key)["minutes_due"] is not None, 5)


def test_a_handler_who_chairs_it_at_the_desk_is_offered_no_caller_meanwhile(stage: Stage, handler: Holder) -> None:
    enters(stage, "derby-police", SERGEANT)
    stage.exchange.phone(SERGEANT).will(Person("1", after=3))
    stage.exchange.phone(HANDLER).will(Person("1", after=3))
    made = arranged(handler, preset="derby-strategy-meeting")
    assert [one["chair"] for one in made["seats"]] == [True, False, False, False, False]
    commands(stage, handler, made["id"], "start")
    assert stage.status(handler) is Status.RINGING
    stage.until(lambda: is_together(stage, HANDLER, SERGEANT), 40)
    assert stage.status(handler) is Status.ON_CALL
    waiting = stage.queued()
    stage.exchange.advance(10)
    assert waiting.queue is not None
    commands(stage, handler, made["id"], "end")
    stage.until(lambda: stage.status(handler) is Status.WRAP_UP, 20)


def test_it_is_held_with_the_carrier_that_deployments_have(stage: Stage, handler: Holder, config: Config) -> None:
    with stage.exchange.served() as base_url:
        carrier = Twilio(Account(ACCOUNT.sid, (ACCOUNT.token,), base_url))
        stage.moves_to(build(config, stage.hand, carrier))
        here = stage.with_key(handler)
        key = begun(stage, here)
        shown = reads(here, key)
        commands(stage, here, key, "mute", seat=seat(shown, "named-nurse")["id"])
        stage.until(lambda: NURSE not in stage.hears(leg_of(stage, CHAIR)), 10)
        commands(stage, here, key, "remove", seat=seat(shown, "social-worker")["id"])
        stage.until(lambda: leg_of(stage, WORKER).is_over, 20)
        commands(stage, here, key, "end")
        stage.until(lambda: all(leg.is_over for leg in stage.exchange.legs), 30)
        carrier.close()
