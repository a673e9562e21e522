"""How does a waiting caller come to a handler? One is offered, their phone rings, and key 1 accepts; never two at once."""

from uuid import uuid4

from desk.scene import Scene
from store import conversations, parties, presence
from store.conversations import Conversation
from store.parties import Party, Role
from store.presence import Present, Status


def offer(scene: Scene, handler: Present) -> bool:
    """Ring this handler for the caller, unless either is taken meanwhile; whether it was so."""
    talk, key = scene.talk, uuid4().hex[:16]
    if talk.dialled is None or not conversations.offer(scene.connection, scene.call, handler.who, key, scene.now):
        return False
    free = presence.change(scene.connection, handler.who, (Status.AVAILABLE,), Status.RINGING, scene.now)
    if not free:
        conversations.take_back(scene.connection, scene.call, key)
        return False
    who, phone, shown = handler.name, handler.phone, talk.dialled
    new = Party(key, scene.call, Role.HANDLER, who, phone, shown, scene.now, handler.who, generation=talk.generation)
    parties.add(scene.connection, new)
    scene.asks("ring", key, urgency=0 if talk.priority == conversations.RISK else 1)
    return True


def accept(scene: Scene, party: Party) -> bool:
    """The handler has pressed 1: the caller is theirs, and is fetched from the queue. False where it is too late."""
    talk = scene.talk
    if not conversations.talk(scene.connection, scene.call, party.id, scene.now):
        return False
    parties.enters(scene.connection, party.id, talk.generation)
    if party.handler:
        presence.change(scene.connection, party.handler, (Status.RINGING,), Status.ON_CALL, scene.now)
    scene.asks("dequeue", body={"queue": talk.queue, "generation": talk.generation})
    return True


def whisper(scene: Scene, talk: Conversation) -> str:
    """What the handler hears before they accept: what was chosen, and the line; never the caller (ruling 4)."""
    plan = scene.world.plans.of_line(talk.line)
    words = ", ".join((*talk.chosen, plan.name if plan else talk.line))
    return f"Press 1 to accept: {words}."
