"""Who is in a conference, and who hears whom there?

| it | when |
|---|---|
| starts | two are in it, and one of them entered with startConferenceOnEnter |
| ends | one with endConferenceOnExit leaves, the last one leaves, or the API ends it |

Its status callback, and the events it is told of, are those of the first who enters. (Twilio: voice/twiml/conference)
"""

from dataclasses import dataclass, field
from typing import Literal

from telephone.exchange.callbacks import Callbacks
from telephone.exchange.leg import Leg
from telephone.exchange.plant import Plant
from telephone.exchange.task import Interruption, Task
from telephone.fetching import Order
from telephone.signature import Parameters

RoomStatus = Literal["init", "in-progress", "completed"]
Leaving = Literal[
    "participant_hung_up",
    "participant_updated_via_api",
    "moderator_ended_conference",
    "conference_ended_via_api",
    "participant_add_failed",
]
Sounds = Literal["wait", "hold", "talk"]


class RoomChanged(Interruption):
    """What somebody in a conference is to hear has changed."""


class Removed(Interruption):
    """Somebody is no longer in the conference, though their call goes on."""


@dataclass(slots=True, eq=False)
class Member:
    """A participant. `hold` is what it hears on hold; None: Twilio's own music."""

    leg: Leg
    label: str = ""
    starts: bool = True
    ends_on_exit: bool = False
    is_muted: bool = False
    is_held: bool = False
    hold: Order | None = None
    is_present: bool = False
    is_attending: bool = False
    announcements: list[Task] = field(default_factory=list)

    def interrupt(self, what: Interruption) -> None:
        """Interrupt its attendance, and nothing that comes behind it."""
        self.leg.interrupt(what, lambda: self.is_attending)

    def parameters(self) -> Parameters:
        """What every event about a participant tells."""
        told: Parameters = (
            ("CallSid", self.leg.sid),
            ("Muted", _word(self.is_muted)),
            ("Hold", _word(self.is_held)),
            ("Coaching", "false"),
            ("EndConferenceOnExit", _word(self.ends_on_exit)),
            ("StartConferenceOnEnter", _word(self.starts)),
        )
        return (*told, ("ParticipantLabel", self.label)) if self.label else told


@dataclass(slots=True, eq=False)
class Room:
    """A conference. Its name may be used again once it has ended; its sid may not."""

    sid: str
    name: str
    plant: Plant
    created_at: float
    callbacks: Callbacks | None = None
    status: RoomStatus = "init"
    has_started: bool = False
    members: list[Member] = field(default_factory=list)
    ended_at: float | None = None
    ended_because: str = ""
    ended_by: str = ""

    def would_start(self, member: Member) -> bool:
        """Whether this one's entering starts it, or it has started already."""
        everybody = [*self.members, member]
        return self.has_started or (len(everybody) > 1 and any(each.starts for each in everybody))

    def enter(self, member: Member) -> None:
        """Somebody comes in; the conference may start by that."""
        starts = not self.has_started and self.would_start(member)
        self.status = "in-progress"
        self.members.append(member)
        member.is_present = True
        self._show(member)
        if starts:
            self._start()
        self.tell("join", "participant-join", member)

    def leave(self, member: Member, why: Leaving, *, is_kicked: bool = False) -> None:
        """Somebody goes; this may end it for all."""
        if not member.is_present:
            return
        self._go(member, why)
        how = "kicked" if is_kicked else "left"
        if member.ends_on_exit:
            self._end("moderator_ended_conference", f"participant-with-end-conference-on-exit-{how}", member)
        elif not self.members:
            self._end("moderator_ended_conference", f"last-participant-{how}", member)

    def end(self) -> None:
        """The API ends it. (Twilio: voice/api/conference-resource)"""
        if self.status != "completed":
            self._end("conference_ended_via_api", "conference-ended-via-api", None)

    def holds(self, member: Member, music: Order | None) -> None:
        """Somebody is put on hold: they neither hear the others nor are heard."""
        was_held, member.is_held, member.hold = member.is_held, True, music
        self._show(member)
        member.interrupt(RoomChanged())
        if not was_held:
            self.tell("hold", "participant-hold", member)

    def unholds(self, member: Member) -> None:
        """Somebody is back among the others."""
        if not member.is_held:
            return
        member.is_held = False
        self._show(member)
        member.interrupt(RoomChanged())
        self.tell("hold", "participant-unhold", member)

    def mutes(self, member: Member, *, is_muted: bool) -> None:
        """Somebody is no longer heard, or is again."""
        if member.is_muted == is_muted:
            return
        member.is_muted = is_muted
        self._show(member)
        self.tell("mute", "participant-mute" if is_muted else "participant-unmute", member)

    def modifies(self, member: Member, *, ends_on_exit: bool) -> None:
        """Whether its leaving ends the conference is changed."""
        member.ends_on_exit = ends_on_exit
        self.tell("modify", "participant-modify", member)

    def sounds(self, member: Member) -> Sounds:
        """What a participant is to hear: the wait document, the hold document, or the others."""
        if member.is_held:
            return "hold"
        return "talk" if self.has_started else "wait"

    def voices(self, leg: Leg) -> list[Leg]:
        """Whom a participant hears."""
        member = self.member(leg.sid)
        if member is None or self.sounds(member) != "talk":
            return []
        others = (each for each in self.members if each is not member)
        return [each.leg for each in others if not each.is_held and not each.is_muted]

    def member(self, name: str) -> Member | None:
        """The participant of this CallSid or label."""
        return next((each for each in self.members if name and name in {each.leg.sid, each.label}), None)

    def tell(self, group: str, event: str, member: Member | None = None, extra: Parameters = ()) -> None:
        """Send an event to whoever the first participant named."""
        if self.callbacks:
            known = (
                ("ConferenceSid", self.sid),
                ("FriendlyName", self.name),
                ("AccountSid", self.plant.account.sid),
                ("StatusCallbackEvent", event),
            )
            told = known + (member.parameters() if member else ()) + extra
            self.callbacks.tell_of_room(self.plant, group, told)

    def _start(self) -> None:
        self.has_started = True
        self.tell("start", "conference-start")
        for member in self.members:
            if not member.is_held:
                member.interrupt(RoomChanged())

    def _go(self, member: Member, why: Leaving) -> None:
        self.members.remove(member)
        member.is_present = False
        for announcement in member.announcements:
            announcement.interrupt(Removed())
        member.leg.room, member.leg.is_held, member.leg.is_muted = None, False, False
        member.interrupt(Removed())
        left = (("ParticipantCallStatus", member.leg.status), ("ReasonParticipantLeft", why))
        self.tell("leave", "participant-leave", member, left)

    def _end(self, others: Leaving, why: str, by: Member | None) -> None:
        self.status, self.ended_at, self.ended_because = "completed", self.plant.timeline.now, why
        for member in tuple(self.members):
            self._go(member, others)
        ended: Parameters = (("ReasonConferenceEnded", why), ("Reason", why.replace("-", " ")))
        if by:
            self.ended_by = by.leg.sid
            ended += (("CallSidEndingConference", by.leg.sid),)
            ended += (("ParticipantLabelEndingConference", by.label),) if by.label else ()
        self.tell("end", "conference-end", None, ended)

    def _show(self, member: Member) -> None:
        leg = member.leg
        leg.room, leg.label, leg.is_held, leg.is_muted = self.name, member.label, member.is_held, member.is_muted


def _word(yes: bool) -> str:  # noqa: FBT001 - it is what this function is about
    return "true" if yes else "false"
