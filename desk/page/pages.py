"""What is alike in everything that /desk shows? Its templates, and refusals in words: on a page, or to the page's own script."""

from datetime import datetime
from http import HTTPStatus
from pathlib import Path

from flask import Blueprint, Response, render_template, request
from jinja2 import FileSystemLoader

from admin.console import pages
from admin.console.pages import around
from admin.problems import DATABASE_AWAY, ProblemError
from routing.clock import local
from store.database import AWAY

BY_SCRIPT = "X-Desk"
"""The header that the page's script sends: it wants the parts that changed, not a page."""

blueprint = Blueprint("desk_page", __name__, url_prefix="/desk")
blueprint.jinja_loader = FileSystemLoader(Path(__file__).parent / "templates")


def drawn(template: str, **shown: object) -> str:
    """A page or a part of one."""
    return render_template(f"desk/{template}.html", **around(), **shown)


def by_script() -> bool:
    """Whether the page's own script asks."""
    return BY_SCRIPT in request.headers


def hour(at: datetime) -> str:
    """``10:04``, on a clock on the wall."""
    return local(at).strftime("%H:%M")


def second(at: datetime) -> str:
    """``10:04:31``."""
    return local(at).strftime("%H:%M:%S")


@blueprint.errorhandler(ProblemError)
def refused(fault: ProblemError) -> Response:
    """Why not: a sentence for the script to show, or a page."""
    if by_script():
        return Response(drawn("told", wrong=[{"field": "", "text": fault.detail}]), fault.status)
    return pages.refused(fault)


def away(_: Exception) -> Response:
    """The database does not answer."""
    return refused(ProblemError(HTTPStatus.SERVICE_UNAVAILABLE, DATABASE_AWAY))


for _fault in AWAY:
    blueprint.register_error_handler(_fault, away)
