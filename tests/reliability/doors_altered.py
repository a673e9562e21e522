"""Is a number that stands in a file of ours, put there by hand with everything else in order, rung all the same?"""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from cli.worlds import fixed_of
from desk import callback_bookings, meeting_ladders
from desk.callback_deeds import NEVER
from directory.documents import document
from directory.model import Accept
from ivr.position import Position, Stage
from ivr.record import Record
from store.callbacks import ACTIVE
from store.callbacks import those as call_backs
from store.drain import drain
from store.frames import framed
from store.journal import JournalFile
from store.publication import OVERRIDE, Publication
from tests.desk.stage import BEGAN
from tests.reliability.ground import Door, Ground
from tests.reliability.listening import OPEN, Line
from webhooks.failover import failover_files
from webhooks.failover_check import folder_verdict
from webhooks.failover_index import INDEX
from webhooks.links import path_of

FIRST, LAST = OPEN - timedelta(hours=2), OPEN + timedelta(hours=8)
DAY = {"since": FIRST.isoformat(), "until": LAST.isoformat()}
ROOT = "/webhooks/voice"
Bodies = Callable[[int, str], Mapping[str, Mapping[str, Any]]]


class StateFolder:
    """A copy of what a deployment has published, into which somebody writes by hand."""

    def __init__(self, ground: Ground, name: str) -> None:
        config = ground.stage.config
        self.folder = ground.folder / name
        ground.stage.application.publication.publish()
        shutil.copytree(config.state / "published", self.folder)
        self.publication = Publication(self.folder, ground.stage.application.database, fixed_of(config))
        self._stamp = json.loads((self.folder / "stamp").read_text(encoding="utf-8"))

    def change(self, *bodies: tuple[str, Mapping[str, Any]]) -> None:
        """One more change, as a publisher would have written it."""
        changes = [{"kind": kind, "slug": body["slug"], "body": body} for kind, body in bodies]
        self._stamp["version"] += 1
        whole = {"epoch": self._stamp["epoch"], "body": {"changes": changes}}
        (self.folder / f"change-{self._stamp['version']:09}.json").write_text(json.dumps(whole), encoding="utf-8")
        self.stamped()

    def override(self, number: str) -> None:
        """A number that stands in for Devon's line."""
        known = {"line": "devon", "number": number, **DAY, "who": "somebody", "why": ""}
        (self.folder / "overrides.json").write_text(json.dumps({"overrides": [known]}), encoding="utf-8")
        self.stamped()

    def stamped(self) -> None:
        """The stamp anew, so that workers look."""
        beside = self.folder / "stamp.new"
        beside.write_text(json.dumps(self._stamp), encoding="utf-8")
        beside.rename(self.folder / "stamp")


def _team(place: int, **more: Any) -> dict[str, Any]:
    return {"slug": f"x-{place}", "name": f"Team {place}", "authority": "devon", **more}


def _person(place: int, **more: Any) -> dict[str, Any]:
    whole = {"slug": f"xw-{place}", "name": f"Somebody {place}", "team": f"x-{place}", "accept": "key", "listed": "yes"}
    return {**whole, "extension": f"7{place:05}", **more}


KEPT: Mapping[str, Bodies] = {
    "duty number": lambda place, text: {"team": _team(place, duty_numbers=[{"number": text, "accept": "key"}]),
                                        "person": _person(place)},
    "turn on a rota": lambda place, text: {"team": _team(place, rota=[{**DAY, "number": text}]), "person": _person(place)},
    "person's number": lambda place, text: {"team": _team(place), "person": _person(place, numbers=[text])},
    "person's extension": lambda place, text: {"team": _team(place), "person": _person(place, extension=text)},
}  # fmt: skip


def _kept(name: str) -> Callable[[Ground, Sequence[str]], Iterator[str]]:
    """Every number in the folder at once; then each of them is asked for by a caller who keys the extension that leads there."""

    def enter(ground: Ground, texts: Sequence[str]) -> Iterator[str]:
        folder = StateFolder(ground, f"kept {name}")
        bodies = [KEPT[name](place, text) for place, text in enumerate(texts)]
        folder.change(*(("team", body["team"]) for body in bodies), *(("person", body["person"]) for body in bodies))
        line = Line(folder.publication.freshest(), ground.heard)
        for place, text in enumerate(texts):
            yield from _asked_for(line, place, repr(text))

    return enter


def _asked_for(line: Line, place: int, text: str) -> Iterator[str]:
    """A worker is asked for; the ladder must say of them why nobody of theirs is rung, and no fault may have hidden it."""
    line.memory.records.clear()
    line.follows(path_of(_at(line, "worker", Stage.ENTER, subject=f"xw-{place}")))
    codes = {reason["code"] for record in line.memory.records for reason in record.body["reasons"]}
    if not codes & {"denied", "no-number"} or line.memory.faults:
        yield f"the folder with {text} was not used, so nothing was tried: {line.memory.faults}"
        line.memory.faults.clear()


def _at(line: Line, node: str, stage: Stage, **more: Any) -> Position:
    plan = line.memory.world.plans.of_line("devon")
    assert plan
    return Position(plan.digest, "devon", node, stage, hop=1, **more)


def _extension_rule(ground: Ground, texts: Sequence[str]) -> Iterator[str]:
    """The rule that makes numbers of extensions, altered: a known worker's extension is expanded by it."""
    folder = StateFolder(ground, "kept rule")
    authority = document(folder.publication.current().directory.authorities["devon"])
    for place, text in enumerate(texts):
        rule = {"digits": 4, "prefix": text[:-4]}
        folder.change(
            ("authority", {**authority, "extensions": rule}),
            ("team", _team(0)),
            ("person", _person(0, extension=text[-4:])),
        )
        yield from _asked_for(Line(folder.publication.freshest(), ground.heard), 0, f"{place}: {text!r}")


def _role(ground: Ground, texts: Sequence[str]) -> Iterator[str]:
    """A named role's own number: whom a transfer or a meeting would ring."""
    folder = StateFolder(ground, "kept role")
    folder.change(*(("role", {"slug": f"x-{place}", "name": "Fresh", "authority": "devon", "numbers": [text]})
                    for place, text in enumerate(texts)))  # fmt: skip
    world = folder.publication.freshest()
    with ground.stage.application.database.write() as connection:
        for place in range(len(texts)):
            rungs = meeting_ladders.phones(connection, world, {"kind": "role", "slug": f"x-{place}"}, OPEN)
            ground.heard.numbers += [rung.number.number.e164 for rung in rungs]
        for text in texts:
            target = {"kind": "number", "slug": text, "name": "that number", "accept": Accept.KEY.value}
            rungs = meeting_ladders.phones(connection, world, target, OPEN)
            ground.heard.numbers += [rung.number.number.e164 for rung in rungs]
    yield from ()


def _override(ground: Ground, texts: Sequence[str]) -> Iterator[str]:
    folder = StateFolder(ground, "overrides")
    for text in texts:
        folder.override(text)
        line = Line(folder.publication.freshest(), ground.heard)
        if "devon" not in line.memory.world.overrides:
            yield f"the file with {text!r} was not read, so nothing was tried"
        line.asks(ROOT)


def _journalled(ground: Ground, records: Sequence[Record]) -> None:
    """Another worker's journal, with right checksums, and drained."""
    place = ground.folder / f"journal {len(list(ground.folder.iterdir()))}"
    file = JournalFile(place)
    for record in records:
        file.write(framed(record.document()))
    file.close()
    drain(place, ground.stage.application.database, None)


def _journal_override(ground: Ground, texts: Sequence[str]) -> Iterator[str]:
    publication, line = ground.stage.application.publication, "devon"
    for place, text in enumerate(texts):
        at = OPEN + timedelta(seconds=place)
        body = {"line": line, "number": text, **DAY, "set_at": at.isoformat(), "who": "somebody", "why": ""}
        _journalled(ground, [Record(f"override-{place}", "", at.isoformat(), OVERRIDE, at, body)])
        world = publication.publish()
        if world.overrides[line].number.e164 != text:
            yield f"the journal with {text!r} was not read, so nothing was tried"
        Line(world, ground.heard).asks(ROOT)


def _journal_booking(ground: Ground, texts: Sequence[str]) -> Iterator[str]:
    """A booking that nobody made; a handler takes it and has it dialled."""
    stage, due = ground.stage, (BEGAN + timedelta(hours=4)).isoformat()
    known = {one["id"] for one in _active(ground)}
    _journalled(ground, [_booking(place, text[:20], due) for place, text in enumerate(texts)])
    callback_bookings.follow(stage.application.database, stage.application.publication.current(), stage.hand.now())
    fresh = [one for one in _active(ground) if one["id"] not in known]
    if not fresh:
        yield "no booking of the journal was read, so nothing was tried"
    for one in fresh:
        reply = ground.handler.sends("POST", f"/callbacks/{one['id']}/dial", {})
        stage.work()
        if reply.status_code != 409 or reply.get_json()["detail"] != NEVER:
            yield f"a call-back to {one['number']!r} is not refused for its number: {reply.status_code}"


def _active(ground: Ground) -> list[dict[str, Any]]:
    with ground.stage.application.database.read() as connection:
        return [{"id": one.id, "number": one.number} for one in call_backs(connection, ACTIVE)]


def _booking(place: int, text: str, due: str) -> Record:
    request = {
        "do": "book",
        "node": "call-back",
        "hop": 3,
        "number": text,
        "about": "",
        "promise": due,
        "target": due,
        "readings": {},
    }
    body = {"line": "devon", "reasons": [], "requests": [request], "ending": None}
    return Record(f"CA{place:032x}", "", "h3", "step", BEGAN, body)


def _failover(ground: Ground, texts: Sequence[str]) -> Iterator[str]:
    """Another host's folder, altered with its sums: a check finds it. What we make ourselves of a spoilt directory rings nothing."""
    world = ground.stage.application.publication.current()
    files = dict(failover_files(world, OPEN))
    for text in texts:
        page = files["devon.xml"].replace(b"<Response>", f"<Response><Dial>{text}</Dial>".encode("utf-8", "replace"), 1)
        index = json.loads(files[INDEX])
        index["files"]["devon.xml"] = hashlib.sha256(page).hexdigest()
        spoilt = {**files, "devon.xml": page, INDEX: json.dumps(index).encode()}
        if not folder_verdict(spoilt, world, OPEN).problems:
            yield f"a folder that dials {text!r} passes for ours"


def _failover_made(ground: Ground, texts: Sequence[str]) -> Iterator[str]:
    folder = StateFolder(ground, "made into a failover folder")
    for text in texts:
        number = {"number": text, "accept": "connect"}
        teams = folder.publication.current().directory.teams
        folder.change(
            *(("team", {**document(teams[slug]), "duty_numbers": [number]}) for slug in ("devon-mash", "devon-edt"))
        )
        folder.override(text)
        for name, content in failover_files(folder.publication.freshest(), OPEN):
            if Path(name).suffix == ".xml":
                ground.heard.document(content)
    yield from ()


DOORS = (
    *(Door(f"state folder: {name}", _kept(name)) for name in KEPT),
    Door("state folder: extension rule", _extension_rule, 20),
    Door("state folder: role and chosen number", _role),
    Door("state folder: number that stands in", _override),
    Door("journal: number that stands in", _journal_override, 20),
    Door("journal: booked call-back", _journal_booking, 2),
    Door("failover folder: altered", _failover, 200),
    Door("failover folder: made", _failover_made, 200),
)
