"""What do the tests of enquiries send?"""

from typing import Any

from app import Application
from store import tables, tables_enquiries
from tests.admin.desk_client import Holder
from tests.desk.wall_clock import sent

ANN = {"name": "Ann Example", "born": "2019-05-31"}
BEN = {"name": "Ben Example", "born": "2021-02-01"}
ENQUIRER = {"name": "Hetty Visitor", "role": "health visitor", "contact": "020 7946 0640"}


def enquires(by: Holder, *children: dict[str, str], **more: Any) -> dict[str, Any]:
    """An enquiry, which is logged."""
    body = {
        "authority": "sheffield", "agency": "nhs", "reason": "child-protection-plan", "enquirer": ENQUIRER,
        "children": list(children), "concern": "Bruises twice this month.",
    }  # fmt: skip
    return sent(by, "POST", "/enquiries", body | more, 201)


def fired(enquiry: dict[str, Any]) -> dict[str, tuple[int, bool]]:
    """Each reading of the rule with its count, and whether it fired."""
    return {prompt["reading"]: (prompt["count"], prompt["fired"]) for prompt in enquiry["prompts"]}


def hashes(application: Application) -> set[tuple[str, str]]:
    """Every key by which an enquiry is found, with its enquiry."""
    with application.database.read() as connection:
        rows = connection.execute(tables_enquiries.enquiry_match.select()).all()
    return {(row.enquiry, row.key) for row in rows}


def readings(application: Application, key: str) -> list[str]:
    """What the audit trail has of readings of a record."""
    with application.database.read() as connection:
        wanted = (tables.audit.c.slug == key) & (tables.audit.c.kind == "reading")
        rows = connection.execute(tables.audit.select().where(wanted).order_by(tables.audit.c.sequence)).all()
    return [row.what for row in rows]
