"""Which call is a handler in, by their own telephone?"""

from sqlalchemy import Connection, select

from store.parties import ALIVE, Role
from store.tables_desk import conversation, party


def own_call(connection: Connection, handler: str) -> str | None:
    """The call for which their telephone rings, or in which they are; the newest where an old one has not been tidied up."""
    alive = party.c.state.in_([state.value for state in ALIVE])
    theirs = (party.c.handler == handler) & (party.c.role == Role.HANDLER.value) & alive
    calls = select(party.c.call).join(conversation, conversation.c.call == party.c.call).where(theirs)
    return connection.scalars(calls.order_by(party.c.asked_at.desc(), party.c.id).limit(1)).first()
