"""What becomes of a spoilt file that is sent? It is only looked at, or written whole, or refused in words; what happened is judged."""

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app import Application
from directory.documents import document
from directory.exporting import csv_text, person_lines, role_lines, team_lines
from directory.snapshot import KINDS, Snapshot
from store import tables
from tests.admin.desk_client import Holder
from tests.fuzz.mutating import mutated

LINES = (team_lines, person_lines, role_lines)
KEPT_LINES = 6
LOOKED_AT = frozenset((200, 422))
"""422 where the body is no form or the file no file; what is wrong in a file is told with 200."""

WRITTEN = frozenset((200, 409, 422))
EMPTYING = 4
"""One look in so many asks what would go if the file were all there is."""

TYPES = ("text/csv", "text/csv", "text/plain", "application/octet-stream", "multipart/form-data")
Key = tuple[str, str]


@dataclass(slots=True)
class Sender:
    """Somebody with a key who sends files, and what came of them."""

    application: Application
    caller: Holder
    chance: Random
    answers: Counter[str] = field(default_factory=Counter)
    files: tuple[list[tuple[str, ...]], ...] = ()

    def __post_init__(self) -> None:
        here = self.here()
        self.files = tuple(list(lines(here)) for lines in LINES)

    def here(self) -> Snapshot:
        """The directory as callers are answered from it."""
        return self.application.publication.current().directory

    def looks(self) -> None:
        """A file is only looked at: nothing moves."""
        before = self.here()
        query = "?dry_run=true" + ("&replace=true" if self.chance.randrange(EMPTYING) == 0 else "")
        reply = self._sent(self._file(), query)
        self.answers[f"looked at: {reply.status_code}"] += 1
        assert reply.status_code in LOOKED_AT, reply.get_data(as_text=True)
        assert self.here() is before

    def writes(self) -> None:
        """A file is to be written: the version moves by one and exactly what is told is touched, or nothing is."""
        before, content = self.here(), self._file()
        reply = self._sent(content, "")
        if reply.status_code == 409 and "confirmation" in reply.get_json():
            assert self.here() is before
            reply = self._sent(content, f"?confirm={reply.get_json()['confirmation']}")
        self.answers[f"written: {reply.status_code}"] += 1
        assert reply.status_code in WRITTEN, reply.get_data(as_text=True)
        counts = reply.get_json()["counts"] if reply.status_code == 200 else {"adds": 0, "changes": 0}
        assert len(list(touched(before, self.here()))) == counts["adds"] + counts["changes"]
        assert self.here().version == before.version + bool(counts["adds"] + counts["changes"])
        assert self.here() is before or self._newest() == self.here().version

    def _file(self) -> bytes:
        lines = self.chance.choice(self.files)
        return mutated(
            csv_text([lines[0], *self.chance.sample(lines[1:], min(KEPT_LINES, len(lines) - 1))]), self.chance
        )

    def _sent(self, content: bytes, query: str) -> TestResponse:
        kind = self.chance.choice(TYPES)
        data = {"file": (io.BytesIO(content), "sent.csv")} if kind == TYPES[-1] else content
        headers = {"Authorization": f"Bearer {self.caller.key}"}
        return self.caller.client.post(f"/api/v1/imports{query}", data=data, content_type=kind, headers=headers)

    def _newest(self) -> int | None:
        with self.application.database.read() as connection:
            newest: int | None = connection.scalar(select(func.max(tables.change.c.version)))
        return newest

    def kept_as_told(self) -> bool:
        """Whether the database holds what callers are answered from, entry by entry."""
        with self.application.database.read() as connection:
            rows = connection.execute(select(tables.entry.c.kind, tables.entry.c.slug, tables.entry.c.body)).all()
        return {(row.kind, row.slug): row.body for row in rows} == {
            (KINDS[type(one)].value, one.slug): document(one) for one in self.here().entries()
        }


def touched(before: Snapshot, after: Snapshot) -> Iterator[Key]:
    """Every entry that is another one, new or gone."""
    was, now = ({(KINDS[type(one)].value, one.slug): one for one in each.entries()} for each in (before, after))
    return (key for key in was.keys() | now.keys() if was.get(key) != now.get(key))
