"""Why did a call join the desk's queue, leave it, or move between rooms?"""

from dataclasses import dataclass

from routing.reasons import Reason


@dataclass(frozen=True, slots=True)
class Queued(Reason):
    """Somebody at the desk answers this line."""

    code = "queued"
    words = "Somebody at the desk answers {line}: the caller waits in the queue {queue}."
    line: str
    queue: str


@dataclass(frozen=True, slots=True)
class NobodyAtDesk(Reason):
    """Nobody is signed in for the line, or nobody has been heard of for a minute (ruling 22)."""

    code = "nobody-at-the-desk"
    words = "Nobody at the desk answers {line} now: callers do not wait for it."
    line: str


@dataclass(frozen=True, slots=True)
class QueueFull(Reason):
    """More callers wait than the plan allows."""

    code = "queue-full"
    words = "As many callers wait already as the plan allows: the call goes on without waiting."


@dataclass(frozen=True, slots=True)
class WaitedLongest(Reason):
    """The bound of the plan."""

    code = "waited-longest"
    words = "The caller has waited {seconds} seconds, and the plan allows no more."
    seconds: int


@dataclass(frozen=True, slots=True)
class ClosedMeanwhile(Reason):
    """The day ended while the caller waited, and the plan hands waiting callers over."""

    code = "closed-while-waiting"
    words = "The line closed while the caller waited: on to whoever answers now."


@dataclass(frozen=True, slots=True)
class QueueFailed(Reason):
    """Twilio could not keep the caller in the queue."""

    code = "queue-failed"
    words = "The telephone company could not keep the caller in the queue: the call goes on without it."


@dataclass(frozen=True, slots=True)
class WantsCallBack(Reason):
    """The caller pressed 1 while they waited."""

    code = "queue-call-back"
    words = "The caller asked for a call back instead of waiting, after {seconds} seconds."
    seconds: int


@dataclass(frozen=True, slots=True)
class IntoRoom(Reason):
    """Somebody at the desk speaks with the caller."""

    code = "into-room"
    words = "The caller goes into a room with whoever answers at the desk."


@dataclass(frozen=True, slots=True)
class WaitsForDesk(Reason):
    """Somebody is on the way to the caller."""

    code = "waits-for-desk"
    words = "Somebody is on the way: the caller waits a moment, and the desk is asked again."


@dataclass(frozen=True, slots=True)
class SentOn(Reason):
    """A transfer without a conversation before it, or one whose handler has left."""

    code = "sent-on"
    words = "The desk sends the caller on to {where}."
    where: str


@dataclass(frozen=True, slots=True)
class LeftByAll(Reason):
    """Whoever spoke with the caller has hung up."""

    code = "left-alone"
    words = "Nobody is with the caller any more: they are told so, and put through again if they stay."


@dataclass(frozen=True, slots=True)
class DeskSilent(Reason):
    """The desk knows nothing of the call, or does not answer in time."""

    code = "desk-silent"
    words = "The desk cannot say where the caller belongs: the call goes on without it."
