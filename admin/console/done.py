"""What was just done, from when does it hold, and how is it taken back? The confirmation, read from the audit trail."""

from flask import url_for

from admin.auth import author, caller
from admin.console.next_call import next_call
from admin.console.pages import allowed, blueprint, page
from admin.console.told import told
from admin.ports import desk, newest_world, now
from admin.problems import missing
from directory.snapshot import Kind
from store.audit import alone
from store.deeds import newest, one
from store.keys import Role

READERS = (Role.ADMIN, Role.AUDITOR)
BACK = {"team": "console.team", "person": "console.person", "role": "console.named_role"}
NOUNS = {"create": "added", "change": "changed", "delete": "removed", "revoke": "revoked"}


def finished(kind: Kind, slug: str) -> str:
    """Where the confirmation of the change stands that was just made to an entry."""
    with desk().database.read() as connection:
        deed = newest(connection, kind, slug)
    return url_for("console.done", sequence=deed.sequence if deed else 0)


@blueprint.get("/done/<int:sequence>")
def done(sequence: int) -> str:
    """One change, for whoever made it and for those who read the trail."""
    with desk().database.read() as connection:
        deed = one(connection, sequence)
    if deed is None or (deed.who != author().who and caller().role not in READERS):
        raise missing("such change of yours")
    world = newest_world()
    team = world.directory.teams.get(deed.slug) if deed.kind == Kind.TEAM else None
    return page(
        "done",
        deed=deed,
        noun=NOUNS.get(alone(deed.what), deed.what),
        name=_name(deed.after or deed.before or {}, deed.slug),
        rows=told(deed.before, deed.after),
        next=next_call(team, world, now()) if team else None,
        back=url_for(BACK[deed.kind], slug=deed.slug) if deed.kind in BACK and deed.after else None,
        may_undo=deed.kind in list(Kind) and allowed("/admin/audit/<int:sequence>/undo", "POST"),
    )


def _name(document: dict[str, object], slug: str) -> str:
    return str(document.get("name") or document.get("reason") or slug)
