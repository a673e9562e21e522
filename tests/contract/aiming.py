"""How does a made-up request reach what is really there? Most names in it are exchanged for known ones; the rest goes as it was made."""

import json
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from itertools import count
from random import Random
from typing import Any

from schemathesis import Case
from schemathesis.core import NotSet
from schemathesis.core.parameters import ParameterLocation

from desk.enquiry_rules import AGENCIES, REASON_CODES
from desk.meeting_presets import PRESETS
from tests.admin.desk_client import Holder
from tests.conftest import HOME

Made = Case[Any]
Item = dict[str, Any]
PREFIX = "/api/v1"
IDS = {"slug": "slug", "id": "id", "sid": "sid", "sequence": "sequence", "code": "code"}
PLAN_DRAFTS = "/plans/devon/drafts"
AIMED = 0.7
ANOTHER = "the made-up"
"""What is another word in every request that holds it."""

EXCEPTION = {"exceptions": [{"number": "0844 496 0000", "reason": "the printed line"}], "why": "X99 was answered"}
KNOWN: Mapping[str, tuple[object, ...]] = {
    "authority": ("devon", "derby", "cambridgeshire", "sheffield", ""), "team": ("devon-ir-north", "devon-ir-south"),
    "person": ("w-3f9a2c",),
    "holder": ("w-3f9a2c",), "manager": (None, "w-3f9a2c"), "cover": (None, "w-3f9a2c"), "line": ("devon", "derby", ""),
    "number": ("020 7946 0171", "8481"), "from": ("2026-12-01T09:00", "Fri 17:00"), "until": ("2026-12-05T09:00",),
    "at": ("", "Fri 16:05"), "effect": ("closed", "open"), "rrule": (None, "FREQ=WEEKLY;COUNT=3"), "note": (None, "a note"),
    "expires_at": (None, "2027-01-01T00:00"), "numbers": (["020 7946 0171"], []), "deputies": (None, []), "teams": ([],),
    "authorities": ([], ["devon"]), "aliases": (None, ["Another name"]), "away": (None, []), "duty_numbers": (None, []),
    "reason": ("a reason", REASON_CODES[0]), "why": ("", "told"),
    "born": ("2019-05-31", ""), "rating": ("amber", "red", "green"), "how": ("identity", "not-established"), "known": ("yes", "no"),
    "case": ("", "open"), "stays": ("permanent", "temporary"), "conference": ("accepted", "not-needed"),
    "whose": ("ours", "theirs"), "wants": ("conference", "information"), "system": ("eclipse",), "state": ("not-open", "unknown"),
    "children": ([{"name": "Ann Example", "born": "2019-05-31"}], []), "body": ("", "cafcass"), "call": ("",), "check": ("",),
    "agency": AGENCIES[:3], "kind": ("plain",), "urgency": ("normal", "red"), "contact": ("",), "preset": tuple(PRESETS),
    "chair": (None,), "within": (None, 24), "fields": ({"relationship": "a friend"}, {}),
    "about": ("",), "to_unit": (False,), "in_doubt": (False,), "somebody_leaves": (False,),
    "exceptions": (EXCEPTION["exceptions"], []), "role": ("handler", "auditor"), "date": ("2027-12-27", "2028-12-25"),
}  # fmt: skip
DRAFT = {"changes": [{"kind": "team", "slug": "devon-ir-north", "body": {"area": f"{ANOTHER} area"}}], "why": "told"}
PLAN = {"text": (HOME / "plans" / "devon" / "devon.toml").read_text(encoding="utf-8") + f"# {ANOTHER}\n"}
MADE: Mapping[str, Item] = {
    "/contacts": {"authority": "cambridgeshire", "fields": {"relationship": "a neighbour"}},
    "/closures": {"authority": "devon", "effect": "closed", "from": "2026-12-24T12:00", "until": "2026-12-25T00:00",
                  "reason": "Christmas"},
    "/consultations": {"authority": "cambridgeshire", "professional": "Perry", "question": "?"},
    "/checks": {"authority": "cambridgeshire", "body": "cafcass", "enquirer": "Cass", "involvement": "a report",
                "children": [{"name": "Ann Example"}]},
    "/enquiries": {"authority": "sheffield", "agency": AGENCIES[0], "reason": REASON_CODES[0],
                   "children": [{"name": "Ann Example", "born": "2019-05-31"}]},
    "/callbacks": {"line": "devon", "number": "020 7946 0999"},
    "/meetings": {"preset": next(iter(PRESETS))},
    "/moves": {"authority": "cambridgeshire", "from_authority": "Another", "wants": "conference"},
    "/users": {"email": "made@example.org", "name": "Somebody Made", "role": "handler"},
    "/report-mails": {"recipients": ["made@example.org"]},
    "/drafts": DRAFT, "/drafts/{id}": DRAFT, PLAN_DRAFTS: PLAN, "/plans/{line}/drafts/{id}": PLAN,
}  # fmt: skip
"""What is made where a collection is empty, or has no list, and what is sent now and then as it stands."""

WHOLE = 0.3

EITHER = ("line", "authority")
"""Whose closure it is: one of them, not both."""

CALLED_BACK = {"authority": "", "body": "", "person": ""}
"""What a call-back of a line leaves open: its authority is the line's, and only a check has a body."""

USES = 8
"""So often a list is drawn from before it is read anew."""

FRESH = {"name": "Somebody {}", "slug": "made-{}", "email": "made{}@example.org", "extension": "7{:04}"}


class Aim:
    """What a hook of schemathesis does with each request. The keys that are there at the start outlive the run."""

    def __init__(self, caller: Holder, second: Holder, seed: int) -> None:
        self._caller, self._second, self._chance, self._fresh = caller, second, Random(seed), count(1)
        self._lists: dict[str, tuple[int, list[Item]]] = {}
        self._spared = {item["id"] for item in self._items("/keys")}

    def corrects(self, case: Made) -> None:
        """Exchange what was made up; what was made wrong on purpose stays wrong."""
        if case.meta is None or self._chance.random() > AIMED:
            self._spare(case)
            return
        if self._is_sound(case, ParameterLocation.PATH):
            case.path_parameters.update(self._found(case))
        if self._is_sound(case, ParameterLocation.QUERY) and case.path.endswith("/route"):
            case.query.update(self._known(dict(case.query)))
        is_form = case.media_type == "multipart/form-data"  # which would count as made wrong, once touched
        if self._is_sound(case, ParameterLocation.BODY) and not (is_form or isinstance(case.body, bytes | NotSet)):
            is_whole = case.method in ("POST", "PUT") and self._chance.random() < WHOLE
            whole = MADE.get(case.path.removeprefix(PREFIX)) if is_whole else None
            case.body = self._another(whole) if whole else self._known(case.body)
        if self._is_sound(case, ParameterLocation.HEADER) and "If-Match" in case.headers:
            case.headers["If-Match"] = self._seen(case)
        self._spare(case)

    def _is_sound(self, case: Made, where: ParameterLocation) -> bool:
        return case.meta is not None and where in case.meta.components and not case.meta.is_negative_at(where)

    def _found(self, case: Made) -> Iterator[tuple[str, Any]]:
        """For each name in the path something of that collection, if there is anything."""
        collection, name = case.path.removeprefix(PREFIX).partition("{")[::2]
        name = name.partition("}")[0]
        items = self._items(collection.rstrip("/")) if name in IDS else []
        if "/plans/{line}/drafts/{id}" in case.path and (drafts := self._items(PLAN_DRAFTS)):
            yield "line", PLAN_DRAFTS.split("/")[2]
            yield "id", self._chance.choice(drafts)["id"]
        if "/approve" in case.path or "/reject" in case.path:
            items = [self._asked()]
        if case.path.endswith("/acceptance") and case.method == "DELETE":
            items = [self._accepted()]
        if items:
            yield name, self._chance.choice(items)[IDS[name]]

    def _items(self, collection: str) -> list[Item]:
        used, items = self._lists.get(collection, (USES, []))
        if used >= USES or not items:
            used, items = 0, self._read(collection)
        self._lists[collection] = used + 1, items
        return items

    def _read(self, collection: str) -> list[Item]:
        items: list[Item] = self._caller.asks(f"{collection}?limit=20").get_json().get("items", [])
        if not items and collection in MADE:
            made = self._second.sends("POST", collection, self._another(MADE[collection]))
            items = [made.get_json()] if made.status_code < HTTPStatus.BAD_REQUEST else []
        if collection == "/calls":
            for item in items:
                self._second.sends("PUT", f"/calls/{item['sid']}/contact", MADE["/contacts"])
        return items

    def _another(self, body: Item) -> Item:
        another: Item = json.loads(json.dumps(body).replace(ANOTHER, f"made-up {next(self._fresh)}"))
        return another

    def _asked(self) -> Item:
        """What another administrator wants to be approved."""
        reply: Item = self._second.changes("PATCH", "/authorities/devon", EXCEPTION).get_json()
        return reply

    def _accepted(self) -> Item:
        """A finding that somebody has accepted for a time; what is refuted nobody can accept."""
        item: Item = self._chance.choice(self._caller.asks("/findings?limit=20&severity=serious").get_json()["items"])
        self._second.sends("POST", f"/findings/{item['id']}/acceptance", {"until": "2026-12-31T00:00", "why": "told"})
        return item

    def _seen(self, case: Made) -> str:
        path = case.path.format(**case.path_parameters).removeprefix(PREFIX).removesuffix("/duty-numbers")
        reply = self._caller.asks(path.removesuffix("/numbers"))
        return reply.headers.get("ETag", '"v0"')

    def _known(self, value: Any) -> Any:
        """The same value with known ones for the fields that name something."""
        if isinstance(value, list):
            return [self._known(one) for one in value]
        if not isinstance(value, dict):
            return value
        known = {name: self._of(name, one) for name, one in value.items()}
        if known.keys() >= {*EITHER, "effect"}:
            return known | {self._chance.choice(EITHER): None}
        return known | (CALLED_BACK if {"line", "urgency"} <= known.keys() else {})

    def _of(self, name: str, value: Any) -> Any:
        if name in FRESH and isinstance(value, str):
            return FRESH[name].format(next(self._fresh))
        if name not in KNOWN or (value is None and self._chance.random() > AIMED):
            return self._known(value)
        return self._chance.choice(KNOWN[name])

    def _spare(self, case: Made) -> None:
        if case.path == f"{PREFIX}/keys/{{id}}" and case.path_parameters.get("id") in self._spared:
            case.path_parameters["id"] = "k-nobody"
