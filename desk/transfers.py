"""How does a handler pass a caller on? Warm: speak to the next person first; cold: the caller goes to the next ladder; or all
three speak together as soon as the other answers."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Literal
from uuid import uuid4

from flask import Response
from pydantic import BaseModel, Field

from admin.auth import caller
from admin.blueprints import resource_api
from admin.body import Body, Strict
from admin.calls import SID
from admin.ports import desk, now
from admin.problems import API, Faults, ProblemError, missing
from admin.versions import created_as
from desk.happening import end_leg, happened, ring_next
from desk.scene import CALLER, Scene, scene_of
from desk.targets import TargetIn, target_of
from desk.transfer import Event, RefusedError, State, offered
from store import conversations, parties, transfers
from store.conversations import At
from store.database import Transaction
from store.keys import Role
from store.transfers import Transfer

NOT_TALKING = "Nobody is talking to this caller, so there is nobody to pass them on."
NOT_YOURS = "Another handler is talking to this caller; only they can pass the caller on."
UNDER_WAY = "A transfer of this call is under way; complete or cancel it first."
BEGINS = {"warm": State.RINGING, "join": State.ADDING, "cold": State.COMPLETED}

api = resource_api("transfers", "Passing a caller on, warm or cold, and adding a third party.")


class CallPath(Strict):
    """Which call."""

    sid: str


class TransferPath(Strict):
    """Which transfer."""

    id: str


class NewTransfer(Body):
    """To whom, and how."""

    to: TargetIn = TargetIn()
    mode: Literal["warm", "cold", "join"] = Field(
        "warm", description="Police join at once unless another mode is named; everybody else is consulted first."
    )

    @property
    def wanted(self) -> str:
        """The mode, which for the police is to join at once (B:37)."""
        return "join" if self.to.police and "mode" not in self.model_fields_set else self.mode


class Command(Body):
    """Nothing but a reason, if there is one."""


class TriedOut(BaseModel):
    """Somebody who was tried."""

    who: str
    outcome: str = Field(examples=["no answer", "engaged", "not accepted", "not reachable"])


class TransferOut(BaseModel):
    """A transfer."""

    id: str
    call: str
    mode: str
    to: Mapping[str, str]
    state: str = Field(examples=["ringing", "consulting", "joined", "completed", "cancelled", "failed"])
    reason: str = Field(description="Why it came to nothing, for the handler.")
    tried: list[TriedOut]
    ringing: str | None = Field(description="Whose phone rings now.")
    can: list[str] = Field(description="What can be done with it now.", examples=[["complete", "join", "cancel"]])


@api.post("/calls/<sid>/transfers", responses={201: TransferOut})
def new_transfer(path: CallPath, body: NewTransfer) -> Response:
    """Begin a transfer: the caller is put on hold, and the next person's phone rings. Whoever is to join at once holds nobody."""
    sites, faults = desk(), Faults()
    world = sites.publication.current()
    target = target_of(world, body.to, faults)
    body.refuse(faults)
    with sites.database.write() as connection:
        scene = scene_of(connection, world, now(), path.sid) if SID.fullmatch(path.sid) else None
        if scene is None:
            raise missing(f"call “{path.sid}” at the desk")
        _check(scene)
        begun = _begun(scene, body.wanted, target or {})
        shown = _shown(scene, begun)
    return created_as(shown, f"{API}/transfers/{begun}")


@api.get("/transfers/<id>", responses={200: TransferOut})
def one_transfer(path: TransferPath) -> Mapping[str, object]:
    """A transfer: its state, whom it was tried with, and what can be done."""
    return _with(path.id, lambda _: None)


@api.post("/transfers/<id>/complete", responses={200: TransferOut})
def complete(path: TransferPath, body: Command) -> Mapping[str, object]:
    """The caller is left with the other person."""
    return _commanded(path, body, Event.COMPLETE)


@api.post("/transfers/<id>/cancel", responses={200: TransferOut})
def cancel(path: TransferPath, body: Command) -> Mapping[str, object]:
    """Back to the caller, without the other person."""
    return _commanded(path, body, Event.CANCEL)


@api.post("/transfers/<id>/join", responses={200: TransferOut})
def join(path: TransferPath, body: Command) -> Mapping[str, object]:
    """All three speak together."""
    return _commanded(path, body, Event.JOIN)


def _check(scene: Scene) -> None:
    talk = scene.talk
    if talk.state is not At.TALKING or talk.party is None:
        raise ProblemError(HTTPStatus.CONFLICT, NOT_TALKING)
    if caller().role is not Role.ADMIN and talk.handler != caller().id:
        raise ProblemError(HTTPStatus.FORBIDDEN, NOT_YOURS)


def _begun(scene: Scene, mode: str, target: Mapping[str, str]) -> str:
    key, state = uuid4().hex[:16], BEGINS[mode]
    owner = scene.owner
    if owner is None or owner.state not in parties.ALIVE or owner.transfer:
        raise ProblemError(HTTPStatus.CONFLICT, NOT_TALKING)
    if not conversations.engage(scene.connection, scene.call, key):
        raise ProblemError(HTTPStatus.CONFLICT, UNDER_WAY)
    new = Transfer(key, scene.call, mode, target, state.value, caller().id, scene.now)
    transfers.add(scene.connection, new)
    if mode == "warm":
        scene.asks("hold", body={"room": scene.talk.room, "who": CALLER, "transfer": key})
    if mode != "cold":
        ring_next(scene, new)
    else:
        conversations.disengage(scene.connection, scene.call, key)
        conversations.send_on(scene.connection, scene.call, target)
        end_leg(scene, owner, "handed over")
    return key


def _commanded(path: TransferPath, body: Command, event: Event) -> Mapping[str, object]:
    body.refuse(Faults())
    return _with(path.id, lambda scene: _happens(scene, path.id, event))


def _happens(scene: Scene, key: str, event: Event) -> None:
    """A command of whoever talks, or of whoever began it: a hand-over that is asked for twice is one."""
    known = transfers.one(scene.connection, key)
    if caller().role is not Role.ADMIN and caller().id not in (scene.talk.handler, known.by if known else None):
        raise ProblemError(HTTPStatus.FORBIDDEN, NOT_YOURS)
    try:
        happened(scene, key, event)
    except RefusedError as refused:
        raise ProblemError(HTTPStatus.CONFLICT, str(refused)) from refused


def _with(key: str, act: Callable[[Scene], None]) -> Mapping[str, object]:
    sites = desk()
    with sites.database.write() as connection:
        known = transfers.one(connection, key)
        scene = scene_of(connection, sites.publication.current(), now(), known.call) if known else None
        if scene is None:
            raise missing(f"transfer “{key}”")
        act(scene)
        return _shown(scene, key)


def _shown(scene: Scene, key: str) -> dict[str, object]:
    known = transfers.one(scene.connection, key)
    if known is None:
        raise missing(f"transfer “{key}”")
    return transfer_out(scene.connection, known).model_dump(mode="json")


def transfer_out(connection: Transaction, known: Transfer) -> TransferOut:
    """A transfer as it stands: whose phone rings, whom it was tried with, and what can be done."""
    state = State(known.state)
    coming = parties.of_call(connection, known.call, parties.COMING)
    rings = next((party.who for party in coming if party.transfer == known.id), None)
    target = {known.target["kind"]: known.target["slug"]}
    return TransferOut(
        id=known.id, call=known.call, mode=known.mode, to=target, state=state.word, reason=known.reason,
        tried=[TriedOut(**one) for one in known.tried], ringing=rings, can=[event.value for event in offered(state)],
    )  # fmt: skip
