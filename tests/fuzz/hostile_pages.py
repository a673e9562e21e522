"""How do hostile names come in, and where are they read? By files of teams and people; on every page that shows them."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from app import Application
from store.keys import Role
from tests.admin.desk_client import Holder, holder
from tests.admin.sending import sends_file
from tests.admin.visitor import Visitor, signed_in
from tests.fuzz.page_shapes import Shape

PLACE = "Fuzzland"
"""Another name by which the list finds these teams and nothing else."""

TEAMS = ("authority", "area", "service", "team", "slug", "aliases", "number", "note")
PEOPLE = ("authority", "team", "slug", "name", "numbers")
HOME = "devon-ir-north"
ROWS = 100
Line = tuple[str, ...]


def team_line(at: int, name: str) -> Line:
    return "devon", name, name, name, f"t-{at:03}", f"{PLACE}|{name}", "020 7946 0171", name


def person_line(at: int, name: str) -> Line:
    return "devon", HOME, f"p-{at:03}", name, "020 7946 0172"


FILES = ((TEAMS, team_line), (PEOPLE, person_line))


def quoted(lines: Sequence[Line]) -> str:
    """Lines as CSV in which even a lone carriage return stays within its cell; no text of ours has one, so our files need not."""
    file = io.StringIO(newline="")
    csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(lines)
    return file.getvalue()


@dataclass(slots=True)
class Reader:
    """Who sends files with names, and looks at the pages afterwards."""

    application: Application
    caller: Holder
    visitor: Visitor
    token: str
    refused: int = 0
    written: int = 0
    pages: int = 0

    def sent(self, names: Sequence[str]) -> Iterator[Shape]:
        """The names as teams and as people: each file looked at, and what is sound of it written whole."""
        for headings, line in FILES:
            rows = [line(at, name) for at, name in enumerate(names)]
            yield self._previewed(quoted([headings, *rows]), rows)
            wrong = self._wrong([headings, *rows])
            self.refused += len(wrong)
            self._written([headings, *(row for at, row in enumerate(rows, 2) if at not in wrong)])

    def _previewed(self, text: str, rows: Sequence[Line]) -> Shape:
        form = {"csrf_token": self.token, "file": (io.BytesIO(text.encode("utf-8", "surrogatepass")), "names.csv")}
        reply = self.visitor.client.post("/admin/imports", data=form, content_type="multipart/form-data")
        assert reply.status_code in (200, 422), (reply.status_code, rows)
        return self._shape(reply.get_data(as_text=True))

    def _wrong(self, lines: Sequence[Line]) -> set[int]:
        """The rows with a problem. A fault of the whole file would hide the names: there is none in these."""
        reply = sends_file(self.caller, quoted(lines).encode("utf-8", "surrogatepass"), "?dry_run=true")
        assert reply.status_code == 200
        fields = [one["field"] for one in reply.get_json()["problems"]]
        assert all(one.startswith("row ") for one in fields), fields
        return {int(one.split(",")[0].removeprefix("row ")) for one in fields}

    def _written(self, lines: Sequence[Line]) -> None:
        content, before = quoted(lines).encode(), self._version()
        reply = sends_file(self.caller, content)
        if reply.status_code == 409:
            assert self._version() == before
            reply = sends_file(self.caller, content, f"?confirm={reply.get_json()['confirmation']}")
        assert reply.status_code == 200, reply.get_data(as_text=True)[:2000]
        found = reply.get_json()
        touched = found["counts"]["adds"] + found["counts"]["changes"]
        assert self._version() == before + bool(touched)
        self.written += len(lines) - 1

    def _version(self) -> int:
        return self.application.publication.current().directory.version

    def opened(self, path: str) -> Shape:
        """A page of the console."""
        return self._shape(self._page(path))

    def _page(self, path: str) -> str:
        reply = self.visitor.opens(path)
        assert reply.status_code == 200, (path, reply.status_code)
        return reply.get_data(as_text=True)

    def _shape(self, page: str) -> Shape:
        self.pages += 1
        shape = Shape(page)
        assert shape.wild == []
        return shape

    def lists(self, *others: str) -> Iterator[Shape]:
        """Every page of the two lists that show these entries, or of others."""
        for first in others or (f"/admin/teams?q={PLACE}", "/admin/people"):
            path = first
            while path:
                yield self._shape(page := self._page(path))
                path = _next(page)

    def names(self) -> set[str]:
        """What the entries of these files are called now."""
        directory = self.application.publication.current().directory
        teams = {one.name for one in directory.teams.values() if one.slug.startswith("t-")}
        return teams | {one.name for one in directory.people.values() if one.slug.startswith("p-")}

    def others(self, name: str, at: int) -> Iterator[Shape]:
        """The other pages that show a name: the entry's own, its forms, the trail, the search, the first page."""
        team, person = f"/admin/teams/t-{at:03}", f"/admin/people/p-{at:03}"
        query = quote(name.encode("utf-8", "replace"))
        found = [f"/admin/search?q={query}", f"/admin/teams?q={query}"]
        found += (
            [f"/admin/audit?q={query}"] if at == 0 else []
        )  # the trail grows to 100,000 rows, and is searched through
        for path in (team, f"{team}/edit", f"{team}/duty-numbers/0/change", person, f"{person}/edit", "/admin", "/admin/audit",
                     *found):  # fmt: skip
            yield self.opened(path)


def _next(page: str) -> str:
    before, link, _ = page.partition('">Next page</a>')
    return before.rpartition('href="')[2].replace("&amp;", "&") if link else ""


def reader(application: Application) -> Reader:
    """Somebody with a key, and a browser in which an administrator is signed in."""
    visitor = signed_in(application, Role.ADMIN)
    token = visitor.opens("/admin/imports").get_data(as_text=True).partition('name="csrf_token" value="')[2]
    return Reader(application, holder(application, Role.ADMIN), visitor, token.partition('"')[0])
