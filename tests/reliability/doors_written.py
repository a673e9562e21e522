"""Is a number that must not be rung refused where it is written: by the API, the console's forms, files, plans and drafts?"""

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from werkzeug.test import TestResponse

from routing.ladder import numbers_of
from tests.admin.desk_client import Holder
from tests.admin.sending import sends_file
from tests.conftest import HOME
from tests.reliability.ground import Door, Ground

TEAM, PERSON = "devon-ir-north", "w-3f9a2c"
FROM, UNTIL = "2026-11-25T08:00", "2026-11-25T18:00"
SHARED = re.compile(r"\+448[47]")
Bodies = Callable[[Sequence[str]], Any]


@dataclass(frozen=True, slots=True)
class Written:
    """A request that takes texts, ``most`` at a time, and under which field it tells what is wrong with the first, second, ..."""

    method: str
    path: str
    body: Bodies
    field: str
    most: int = 1
    at_desk: bool = False

    def __call__(self, ground: Ground, texts: Sequence[str]) -> Iterator[str]:
        by = ground.handler if self.at_desk else ground.admin
        path = self.path.format(call=ground.caller.sid, meeting=ground.meeting) if self.at_desk else self.path
        for first in range(0, len(texts), self.most):
            yield from self._refused(by, path, texts[first : first + self.most])

    def _refused(self, by: Holder, path: str, batch: Sequence[str]) -> Iterator[str]:
        """Each of a batch is told of; one that is not is sent alone, since a text that is too long hides the rest."""
        reply = self._sent(by, path, batch)
        told = {error["field"] for error in reply.get_json().get("errors", ())} if reply.status_code == 422 else set()
        for place, text in enumerate(batch):
            if any(field.startswith(self.field.format(place)) for field in told):
                continue
            if len(batch) > 1:
                yield from self._refused(by, path, [text])
            else:
                yield f"{self.method} {self.path}: {reply.status_code} for {text!r}"

    def _sent(self, by: Holder, path: str, batch: Sequence[str]) -> TestResponse:
        body = self.body(batch)
        if self.method == "POST" or self.at_desk or path.startswith("/bodies"):
            return by.sends(self.method, path, body)
        return by.sends(
            self.method, path, body, If_Match=_seen(by, path.removesuffix("/duty-numbers").removesuffix("/numbers"))
        )


def _seen(by: Holder, path: str) -> str:
    return by.asks(path).headers["ETag"]


def _duties(texts: Sequence[str]) -> Any:
    return {"duty_numbers": [{"number": text} for text in texts]}


def _draft(texts: Sequence[str]) -> Any:
    return {"changes": [{"kind": "team", "body": {"name": f"Team {place}", "authority": "devon", **_duties([text])}}
                        for place, text in enumerate(texts)]}  # fmt: skip


def _extensions(ground: Ground, texts: Sequence[str]) -> Iterator[str]:
    """A few digits are an extension like any other; whoever keys it hears that no number is known for the worker."""
    for text in texts:
        reply = ground.admin.sends("POST", "/people", {"name": "Nora Inventling", "team": TEAM, "extension": text})
        if reply.status_code == 201:
            world = ground.stage.application.publication.publish()
            person = world.directory.people[reply.get_json()["slug"]]
            ground.heard.numbers += [number.e164 for number in numbers_of(person, world.directory)]
            ground.admin.changes("DELETE", f"/people/{person.slug}")
        elif reply.status_code != 422:
            yield f"{reply.status_code} for the extension {text!r}"


def _exceptions(ground: Ground, texts: Sequence[str]) -> Iterator[str]:
    """084 and 087 may be asked for; that is all, and nothing is in force by it."""
    for text in texts:
        body = {"exceptions": [{"number": text, "reason": "printed"}], "why": "printed"}
        reply = ground.admin.changes("PATCH", "/authorities/devon", body)
        asked = reply.get_json()
        if reply.status_code == 202 and SHARED.match(asked["exceptions"][0]["number"]["e164"]):
            alone = ground.admin.sends("POST", f"/approvals/{asked['id']}/approve", {})
            if alone.status_code != 403:
                yield f"whoever asked for {text!r} agreed alone"
        elif reply.status_code != 422:
            yield f"an exception was asked for {text!r}: {reply.status_code}"
    if ground.admin.asks("/authorities/devon").get_json()["exceptions"]:
        yield "an exception is in force that one person asked for"


def _sheet(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    made = io.StringIO()
    csv.writer(made).writerows([heading, *rows])
    return made.getvalue()


SHEETS: dict[str, tuple[Sequence[str], Callable[[int, str], Sequence[str]]]] = {
    "teams": (("authority", "team", "number"), lambda place, text: ("devon", f"Team {place}", text)),
    "people": (("authority", "team", "name", "numbers"), lambda place, text: ("devon", TEAM, f"Somebody {place}", text)),
    "roles": (("authority", "role", "team", "slug", "holder", "deputies", "numbers"),
              lambda place, text: ("devon", f"Role {place}", "", "", "", "", text)),
    "authorities": (("authority", "name", "exceptions"), lambda _, text: ("devon", "Devon", f"{text} = printed")),
}  # fmt: skip
AT_ONCE = 100


def _file(kind: str) -> Callable[[Ground, Sequence[str]], Iterator[str]]:
    heading, row = SHEETS[kind]

    def enter(ground: Ground, texts: Sequence[str]) -> Iterator[str]:
        """Several numbers stand in one cell with a semicolon between, so a text with one is several."""
        before = ground.admin.asks("/directory/versions?limit=1").get_json()
        step = 1 if kind == "authorities" else AT_ONCE
        for first in range(0, len(texts), step):
            rows = [row(place, text) for place, text in enumerate(texts[first : first + step])]
            reply = sends_file(ground.admin, _sheet(heading, rows).encode("utf-8", "replace"), "?dry_run=true")
            shown = reply.get_json()
            faults = len({error["field"].partition(",")[0] for error in shown.get("problems", shown.get("errors", ()))})
            if reply.status_code == 200 and faults < len(rows):
                yield from _each(ground, kind, texts[first : first + step])
            written = sends_file(ground.admin, _sheet(heading, rows).encode("utf-8", "replace"))
            if written.status_code < 300:
                yield f"a file of {kind} was written"
        if ground.admin.asks("/directory/versions?limit=1").get_json() != before:
            yield f"a file of {kind} changed the directory"

    return enter


def _each(ground: Ground, kind: str, texts: Sequence[str]) -> Iterator[str]:
    heading, row = SHEETS[kind]
    for text in texts:
        reply = sends_file(ground.admin, _sheet(heading, [row(0, text)]).encode("utf-8", "replace"), "?dry_run=true")
        if reply.status_code == 200 and not reply.get_json()["problems"]:
            yield f"a file of {kind} takes {text!r}"


PLAN = (HOME / "plans" / "devon" / "devon.toml").read_text(encoding="utf-8")
PLACES = ('last_resort = ["devon-mash"]', 'night = "devon-edt"', 'team = "devon-mash"')


def plans_naming(text: str) -> Iterator[str]:
    """Devon's plan with a text where the name of a team stands."""
    quoted = "".join(f"\\u{ord(sign):04x}" if ord(sign) < 0x10000 else sign for sign in text)
    for line in PLAN.splitlines():
        found = re.match(r'(team|night_team|last_resort|go|otherwise|line) = (\[?)"[^"]*"(\]?)$', line)
        if found:
            yield PLAN.replace(line, f'{found[1]} = {found[2]}"{quoted}"{found[3]}', 1)


def _plans(ground: Ground, texts: Sequence[str]) -> Iterator[str]:
    """As a draft, and at once into force."""
    for text in texts:
        for plan in plans_naming(text):
            made = ground.admin.sends("POST", "/plans/devon/drafts", {"text": plan})
            if made.status_code != 201:
                continue
            key, seen = made.get_json()["id"], made.headers["ETag"]
            told = ground.admin.sends("POST", f"/plans/devon/drafts/{key}/publish", {"why": "a plan"}, If_Match=seen)
            if told.status_code < 300:
                yield f"a plan that names {text!r} is in force"


API = {
    "API: duty numbers": Written("PUT", f"/teams/{TEAM}/duty-numbers", _duties, "duty_numbers.{}.number", 20),
    "API: team": Written("PATCH", f"/teams/{TEAM}", _duties, "duty_numbers.{}.number", 20),
    "API: new team": Written("POST", "/teams", lambda texts: {"name": "Fresh", "authority": "devon", **_duties(texts)},
                             "duty_numbers.{}.number", 20),
    "API: person": Written("PATCH", f"/people/{PERSON}", lambda texts: {"numbers": list(texts)}, "numbers.{}", 5),
    "API: new person": Written("POST", "/people", lambda texts: {"name": "Nora Inventling", "team": TEAM, "numbers": list(texts)},
                               "numbers.{}", 5),
    "API: role": Written("POST", "/roles", lambda texts: {"name": "Fresh", "authority": "devon", "numbers": list(texts)},
                         "numbers.{}", 5),
    "API: rota": Written("PUT", f"/teams/{TEAM}/rota", lambda texts: {"shifts": [
        {"from": FROM, "until": UNTIL, "number": text} for text in texts]}, "shifts.{}", 20),
    "API: draft of the directory": Written("POST", "/drafts", _draft, "changes.{}.", 20),
    "API: a check's switchboard": Written("PUT", "/bodies/cafcass/switchboard", lambda texts: {"number": texts[0], "why": "printed"},
                                          "number"),
    "desk: call-back": Written("POST", "/callbacks", lambda texts: {"line": "devon", "number": texts[0]}, "number", at_desk=True),
    "desk: own phone": Written("PUT", "/desk/me", lambda texts: {"lines": ["devon"], "phone": texts[0]}, "phone", at_desk=True),
    "desk: transfer": Written("POST", "/calls/{call}/transfers", lambda texts: {"to": {"number": texts[0]}, "mode": "warm"},
                              "to.number", at_desk=True),
    "desk: cold transfer": Written("POST", "/calls/{call}/transfers", lambda texts: {"to": {"number": texts[0]}, "mode": "cold"},
                                   "to.number", at_desk=True),
    "desk: invitation": Written("POST", "/meetings/{meeting}/invite", lambda texts: {"to": {"number": texts[0]}}, "to.number",
                                at_desk=True),
    "desk: chair": Written("POST", "/meetings", lambda texts: {"preset": "derbyshire-strategy-discussion",
                                                               "chair": {"number": texts[0]}}, "chair.number", at_desk=True),
}  # fmt: skip
DOORS = (
    Door("API: extension", _extensions),
    *(Door(name, written) for name, written in API.items()),
    Door("API: policy exceptions", _exceptions),
    *(Door(f"file: {kind}", _file(kind), 10 if kind == "authorities" else 1) for kind in SHEETS),
    Door("plan: text and draft", _plans, 100),
)
