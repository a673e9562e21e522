"""How is a team added, renamed and removed?"""

from collections.abc import Mapping
from http import HTTPStatus

from flask import redirect, request, url_for
from werkzeug.wrappers import Response as Reply

from admin.console.done import finished
from admin.console.forms import Refusal, Wrong, asks_again, filled, given, refusal
from admin.console.pages import answer, blueprint, page
from admin.console.rebasing import rebased
from admin.console.stale import stale_page
from admin.console.team import team_at
from admin.ports import newest_world
from admin.teams import NewTeam, TeamFields, TeamPath, changed_team, gone_team, new_team
from directory.importing import slug_of
from directory.model import Team
from directory.snapshot import Kind

FIELDS = ("name", "area", "service", "aliases", "authority", "why")
LABELS = {"name": "Name", "area": "Area", "service": "Service", "aliases": "Other names", "authority": "Authority",
          "slug": "Name", "why": "Why", "team": "Still needed"}  # fmt: skip


@blueprint.get("/teams/new")
def new_team_page() -> str:
    """An empty form."""
    return _new_form({}, ())


@blueprint.post("/teams/new")
def add_team() -> Reply | str:
    """Make a team; numbers follow on its page."""
    fields = given(*FIELDS)
    body = NewTeam.model_validate(
        {**filled(fields, ("name", "area", "service", "authority", "why")), **_aliases(fields)}
    )
    refused = refusal(lambda: new_team(body=body))
    if refused is None:
        return redirect(finished(Kind.TEAM, slug_of(body.authority, body.name or "")), HTTPStatus.SEE_OTHER)
    return answer(refused.status, "team_form", **_shown(fields, refused.beside(LABELS)), team=None)


def _new_form(fields: Mapping[str, str], wrong: tuple[Wrong, ...]) -> str:
    return page("team_form", **_shown(fields, wrong), team=None)


def _shown(fields: Mapping[str, str], wrong: tuple[Wrong, ...]) -> dict[str, object]:
    choices = [{"value": one.slug, "text": one.name} for one in newest_world().directory.authorities.values()]
    return {"fields": fields, "wrong": wrong, "authorities": [{"value": "", "text": "Choose one"}, *choices]}


def _aliases(fields: Mapping[str, str]) -> dict[str, list[str]]:
    return {"aliases": [one.strip() for one in fields["aliases"].split(",") if one.strip()]}


@blueprint.get("/teams/<slug>/edit")
def edit_team(slug: str) -> str:
    """The form with what stands there."""
    team, at, _ = team_at(slug)
    return page("team_form", **_shown(_fields(team), ()), team=team, seen=f"v{at}")


def _fields(team: Team) -> dict[str, str]:
    """A team as the form holds it."""
    return {"name": team.name, "area": team.area, "service": team.service, "aliases": ", ".join(team.aliases)}


@blueprint.post("/teams/<slug>/edit")
def rename_team(slug: str) -> Reply | str:
    """Change names and places."""
    team, at, _ = team_at(slug)
    fields, seen = given(*FIELDS), request.form.get("seen", f"v{at}")
    if asks_again():
        return page("team_form", **_shown(fields, ()), team=team, seen=seen)
    known = {name: fields[name] for name in ("name", "area", "service", "why")}
    body = TeamFields.model_validate({**known, **_aliases(fields)})
    refused = refusal(lambda: changed_team(path=TeamPath(slug=slug), body=body))
    if refused is None:
        return redirect(finished(Kind.TEAM, slug), HTTPStatus.SEE_OTHER)
    if refused.is_stale:
        again = rebased(team, _kept(fields), LABELS, _fields)
        return stale_page(Kind.TEAM, slug, url_for("console.edit_team", slug=slug), again)
    return answer(refused.status, "team_form", **_shown(fields, refused.beside(LABELS)), team=team, seen=seen)


def _kept(fields: Mapping[str, str]) -> dict[str, str]:
    """What of the form can be changed; the authority stays."""
    return {name: fields[name] for name in ("name", "area", "service", "aliases", "why")}


@blueprint.get("/teams/<slug>/remove")
def remove_team(slug: str) -> str:
    """Ask once more."""
    team, at, _ = team_at(slug)
    return page("remove", **_removal(slug, team.name), seen=f"v{at}")


@blueprint.post("/teams/<slug>/remove")
def removed_team(slug: str) -> Reply:
    """Remove it, unless somebody still needs it."""
    team, at, _ = team_at(slug)
    refused = refusal(lambda: gone_team(path=TeamPath(slug=slug)))
    if refused is None:
        return redirect(finished(Kind.TEAM, slug), HTTPStatus.SEE_OTHER)
    if refused.is_stale:
        return stale_page(Kind.TEAM, slug, url_for("console.team", slug=slug))
    return _not_removed(refused, _removal(slug, team.name), at)


def _not_removed(refused: Refusal, shown: Mapping[str, object], at: int) -> Reply:
    return answer(refused.status, "remove", **shown, wrong=refused.beside(LABELS), seen=f"v{at}")


def _removal(slug: str, name: str) -> dict[str, object]:
    words = (
        "Callers who ask for it go to the line’s last resort. A team that people or a plan still name is not removed."
    )
    return {"title": f"Remove {name}", "words": words, "back": url_for("console.team", slug=slug)}
