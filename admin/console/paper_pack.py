"""Which sheet of paper goes into the drawer? Who to ring, authority by authority, to be printed; and the file that belongs to it."""

from flask import Response, url_for

from admin.auth import sees_personal_data
from admin.console.pages import allowed, asked, blueprint, page
from admin.paper_pack import PaperPack, Printed, paper_pack, teams_file
from admin.ports import newest_world, now
from admin.problems import missing
from admin.shapes import office_number
from directory.model import Authority
from ivr.moment import World
from routing.clock import LONDON
from routing.ladder import Rung

FILE = "/admin/paper-pack/<authority>.csv"


@blueprint.get("/paper-pack")
def paper_packs() -> str:
    """Choose an authority."""
    known = sorted(newest_world().directory.authorities.values(), key=lambda one: one.name)
    return page("paper_packs", authorities=known)


@blueprint.get("/paper-pack/<authority>")
def one_paper_pack(authority: str) -> str:
    """The sheet of one authority; workers' own phones only for who may see them and asks for them."""
    world = newest_world()
    found, own = _authority(world, authority), bool(asked("own")) and sees_personal_data()
    pack = paper_pack(world, found, now(), _printed(found, own=own))
    file = url_for("console.paper_pack_file", authority=authority) if allowed(FILE) else ""
    return page("paper_pack", pack=pack, areas=_areas(pack), own=own, may_own=sees_personal_data(), file=file)


@blueprint.get("/paper-pack/<authority>.csv")
def paper_pack_file(authority: str) -> Response:
    """The authority's teams, in the form that an import reads: on the same version it makes no difference."""
    world = newest_world()
    found = _authority(world, authority)
    reply = Response(teams_file(world, found), content_type="text/csv; charset=utf-8")
    day = now().astimezone(LONDON).date().isoformat()
    reply.headers["Content-Disposition"] = f'attachment; filename="paper-pack-{found.slug}-{day}.csv"'
    return reply


def _authority(world: World, slug: str) -> Authority:
    found = world.directory.authorities.get(slug)
    if found is None:
        raise missing("such authority")
    return found


def _printed(authority: Authority, *, own: bool) -> Printed:
    def printed(rung: Rung) -> str:
        if rung.is_personal:
            return rung.number.number.national if own else ""
        shown = office_number(rung.number.number, authority)
        return shown.national if shown else ""

    return printed


def _areas(pack: PaperPack) -> list[tuple[str, list[object]]]:
    """The teams by area, in the directory's order; those without one last."""
    areas: dict[str, list[object]] = {}
    for team in pack.teams:
        areas.setdefault(team.area, []).append(team)
    return sorted(areas.items(), key=lambda one: not one[0])
