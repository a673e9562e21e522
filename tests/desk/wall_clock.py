"""How does time pass where nobody telephones? A clock on the wall that a test moves on, and what it asks and sends then."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tests.admin.desk_client import Holder
from tests.telling import at


@dataclass
class WallClock:
    """Stands still until it is moved."""

    at: datetime = field(default_factory=lambda: at("Wed 10:00"))

    def now(self) -> datetime:
        return self.at

    def passes(self, **much: float) -> None:
        self.at += timedelta(**much)

    def is_set(self, when: str) -> None:
        self.at = at(when)


def given(by: Holder, path: str, status: int = 200) -> dict[str, Any]:
    """What is read, which is there."""
    reply = by.asks(path)
    assert reply.status_code == status, reply.get_json()
    answer: dict[str, Any] = reply.get_json()
    return answer


def sent(by: Holder, method: str, path: str, body: Any, status: int = 200) -> dict[str, Any]:
    """What is answered to what is sent, which is taken."""
    reply = by.sends(method, path, body)
    assert reply.status_code == status, reply.get_json()
    answer: dict[str, Any] = reply.get_json()
    return answer


def contact(by: Holder, authority: str = "cambridgeshire", **fields: Any) -> str:
    """The id of a new record."""
    made = sent(by, "POST", "/contacts", {"fields": fields or {"concern": "Alone."}, "authority": authority}, 201)
    return str(made["id"])


def tasks_of(by: Holder, about: str) -> dict[str, dict[str, Any]]:
    """The open tasks of a record, by kind."""
    return {task["kind"]: task for task in given(by, f"/tasks?limit=200&about={about}")["items"]}
