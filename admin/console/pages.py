"""What is alike in every page of the console?"""

from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, Response, render_template, request, url_for
from jinja2 import ChainableUndefined, ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader

from admin.auth import caller
from admin.console.compiled import COMPILED
from admin.problems import DATABASE_AWAY, ProblemError
from admin.roles import may
from directory.rows import UNKEEPABLE
from routing.clock import local
from routing.reasons import clock_time
from store.database import AWAY

ADMIN = "/admin"
MOST_ASKED = 500
PAGES = Path(__file__).parents[1] / "pages"
GOVUK = "govuk_frontend_jinja"
VENDOR = Path(__file__).parents[1] / "static" / "vendor" / "govuk-frontend.min.css"
MENU = (
    ("Desk", "/desk"),
    ("Plans", "/admin/plans"),
    ("Telephone", "/phone"),
    ("Who rings", "/admin/route"),
    ("What changes", "/admin/changes"),
    ("Teams", "/admin/teams"),
    ("People", "/admin/people"),
    ("Roles", "/admin/roles"),
    ("Closures", "/admin/closures"),
    ("Calls", "/admin/calls"),
    ("Reports", "/admin/reports"),
    ("Findings", "/admin/findings"),
    ("Alarms", "/admin/alarms"),
    ("Gaps", "/admin/gaps"),
    ("Paper pack", "/admin/paper-pack"),
    ("Import", "/admin/imports"),
    ("Approvals", "/admin/approvals"),
    ("Keys", "/admin/keys"),
    ("Users", "/admin/users"),
    ("Retention", "/desk/retention"),
    ("Audit", "/admin/audit"),
)

blueprint = Blueprint("console", __name__, url_prefix=ADMIN)
blueprint.jinja_loader = ChoiceLoader(
    [FileSystemLoader(PAGES), PrefixLoader({GOVUK: PackageLoader(GOVUK)})],
)


def register(flask: Flask) -> None:
    """Put the pages into the site. The Design System's templates read parameters that nobody gave (ChainableUndefined)."""
    flask.jinja_env.undefined = ChainableUndefined
    flask.jinja_env.bytecode_cache = COMPILED
    flask.jinja_env.filters["moment"] = lambda at: clock_time(at) if at else ""
    flask.jinja_env.filters["iso"] = lambda text: clock_time(datetime.fromisoformat(text)) if text else ""
    flask.jinja_env.filters["clock"] = lambda text: f"{local(datetime.fromisoformat(text)):%H:%M:%S}"
    flask.register_blueprint(blueprint)


def asked(name: str) -> str:
    """What the address asks for under this name: one line that a search can take, however it was typed."""
    return UNKEEPABLE.sub(" ", request.args.get(name, ""))[:MOST_ASKED].strip()


def page(template: str, **shown: object) -> str:
    """A page with what every page shows: the menu of what this person may do, and whether the style sheet is there."""
    return render_template(f"console/{template}.html", **around(), **shown)


def answer(status: HTTPStatus, template: str, **shown: object) -> Response:
    """A page with another status than 200."""
    return Response(page(template, **shown), status)


def allowed(path: str, method: str = "GET") -> bool:
    """Whether whoever asks may use a page, by its rule in the table of roles."""
    return may(caller().role, (method, path))


def around() -> Mapping[str, Any]:
    """What every page shows: the menu of what this person may do, who they are, and whether the style sheet is there."""
    here = _here()
    shown = [{"text": text, "href": path, "active": path == here} for text, path in MENU if allowed(path)]
    return {"menu": shown, "styled": VENDOR.is_file(), "allowed": allowed, "asking": caller().name}


def _here() -> str:
    """The entry of the menu that the page belongs to: of two, the one that says more of its address."""
    return max((path for _, path in MENU if f"{request.path}/".startswith(f"{path}/")), key=len, default="")


@blueprint.errorhandler(ProblemError)
def refused(fault: ProblemError) -> Response:
    """A page that says why not, and where to go on."""
    shown = {"title": fault.status.phrase, "detail": fault.detail, "home": url_for("console.front")}
    return Response(render_template("console/refusal.html", **shown, styled=VENDOR.is_file()), fault.status)


def away(_: Exception) -> Response:
    """The database does not answer."""
    return refused(ProblemError(HTTPStatus.SERVICE_UNAVAILABLE, DATABASE_AWAY))


for _fault in AWAY:
    blueprint.register_error_handler(_fault, away)
