"""To which authorities and teams is a key or an account limited? Boxes for the few authorities, fields for the many teams."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import request

from admin.console.forms import Wrong
from admin.console.picking import A_TEAM, Asked, Option, picked
from admin.ports import newest_world

MOST_TEAMS = 50
ANOTHER = "another"
"""The step that adds a field for one more team."""

AUTHORITIES, TEAMS = "authorities", "teams"


@dataclass(frozen=True, slots=True)
class Limiting:
    """The limits of a form: the authorities that are ticked, what stands in each field for a team, and the teams meant."""

    authorities: Sequence[str]
    teams: Mapping[str, str]
    slugs: Sequence[str] = ()
    several: Mapping[str, tuple[Option, ...]] | None = None
    faults: tuple[Wrong, ...] = ()

    @property
    def body(self) -> dict[str, list[str]]:
        """The limits as the API reads them."""
        return {AUTHORITIES: list(self.authorities), TEAMS: list(self.slugs)}

    @property
    def boxes(self) -> list[dict[str, object]]:
        """The authorities to tick."""
        known = newest_world().directory.authorities.values()
        return [{"value": one.slug, "text": one.name, "checked": one.slug in self.authorities} for one in known]

    def beside(self, wrong: Sequence[Wrong]) -> tuple[Wrong, ...]:
        """Every fault of the page: ours in place of what others say of the teams."""
        others = (one for one in wrong if not (self.faults and one.field == TEAMS))
        return (*(Wrong(_field(0), one.text) if one.field == TEAMS else one for one in others), *self.faults)


def limited_to(authorities: Sequence[str] = (), teams: Sequence[str] = ()) -> Limiting:
    """The limits that stand there, with a free field."""
    directory = newest_world().directory
    return Limiting(authorities, _rows([A_TEAM.text(slug, directory) for slug in teams]))


def limits_given() -> Limiting:
    """The limits of the form that was sent."""
    typed = [request.form.get(_field(place), "").strip() for place in range(MOST_TEAMS)]
    rows = {_field(place): text for place, text in enumerate(typed) if text}
    asked = [Asked(name, _label(name), A_TEAM) for name in rows]
    found = picked(asked, rows, newest_world().directory)
    slugs = tuple(dict.fromkeys(found.slugs.values()))
    shown = _rows(list(rows.values())) if adds_another() else rows or _rows([])
    return Limiting(request.form.getlist(AUTHORITIES), shown, slugs, found.several, found.faults)


def adds_another() -> bool:
    """Whether only a field for one more team is asked for."""
    return request.form.get("step") == ANOTHER


def _rows(texts: Sequence[str]) -> dict[str, str]:
    """The fields, in order, and a free one behind them."""
    return {_field(place): text for place, text in enumerate([*texts, ""][:MOST_TEAMS])}


def _field(place: int) -> str:
    return f"team-{place}"


def _label(name: str) -> str:
    return f"Team {int(name.partition('-')[2]) + 1}"
