"""How is something announced to people in a conference, over what they hear already?"""

from collections.abc import Sequence

from telephone.exchange.documents import run
from telephone.exchange.floor import Floor
from telephone.exchange.leg import LegEnded
from telephone.exchange.room import Member, Removed, Room
from telephone.exchange.task import Steps, Task
from telephone.fetching import Order
from telephone.flow import DocumentFailed


def announce(floor: Floor, room: Room, members: Sequence[Member], order: Order) -> None:
    """Play a document to these participants; nobody's place changes. (Twilio: voice/api/conference-participant)"""
    for member in members:
        task = Task(floor.plant.timeline, _speaks(floor, room, member, order))
        member.announcements.append(task)
        task.start()


def _speaks(floor: Floor, room: Room, member: Member, order: Order) -> Steps[None]:
    try:
        yield from run(member.leg, order, floor.speaking)
    except DocumentFailed as failed:
        told = (("ReasonAnnouncementFailed", failed.failure.reason), ("AnnounceUrl", order.url))
        room.tell("announcement", "announcement-fail", member, told)
    except (LegEnded, Removed):
        return
    else:
        room.tell("announcement", "announcement-end", member, (("AnnounceUrl", order.url),))
