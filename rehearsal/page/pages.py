"""What is alike in everything that /phone shows? Its templates, and refusals on a page."""

from http import HTTPStatus
from pathlib import Path

from flask import Blueprint, Response, render_template
from jinja2 import FileSystemLoader

from admin.console import pages
from admin.console.pages import around
from admin.problems import DATABASE_AWAY, ProblemError
from store.database import AWAY

blueprint = Blueprint("phone", __name__, url_prefix="/phone")
blueprint.jinja_loader = FileSystemLoader(Path(__file__).parent / "templates")


def drawn(template: str, **shown: object) -> str:
    """A page."""
    return render_template(f"phone/{template}.html", **around(), **shown)


@blueprint.errorhandler(ProblemError)
def refused(fault: ProblemError) -> Response:
    """Why not."""
    return pages.refused(fault)


def away(_: Exception) -> Response:
    """The database does not answer."""
    return refused(ProblemError(HTTPStatus.SERVICE_UNAVAILABLE, DATABASE_AWAY))


for _fault in AWAY:
    blueprint.register_error_handler(_fault, away)
