"""Is this process alive, and can it answer calls?"""

from http import HTTPStatus

from flask import Blueprint, Response, jsonify

from admin.ports import Desk, desk

blueprint = Blueprint("health", __name__)

NO_PLAN = "No plan is in memory: callers hear the safe message only."
NO_DATABASE = "The database does not answer: calls are answered from memory, and changes must wait."
FAILOVER = "The fail-over folder could not be written: another host may serve numbers that have changed."
OVERDUE = "{} events wait for the journal's disk: it is slow or full."


@blueprint.get("/healthz")
def alive() -> Response:
    """The process answers."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
def ready() -> tuple[Response, HTTPStatus]:
    """Whether calls can be answered, and what is amiss."""
    here = desk()
    if not here.publication.freshest().plans.current:
        return jsonify(status="unready", because=[NO_PLAN]), HTTPStatus.SERVICE_UNAVAILABLE
    because = list(_amiss(here))
    return jsonify(status="degraded" if because else "ready", because=because), HTTPStatus.OK


def _amiss(here: Desk) -> list[str]:
    overdue = here.journal.overdue
    found = [] if here.upkeep.database_answers else [NO_DATABASE]
    found += [FAILOVER] if here.upkeep.failover_is_behind else []
    return [*found, OVERDUE.format(overdue)] if overdue else found
