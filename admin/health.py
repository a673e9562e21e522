"""Is this process alive, and can it answer calls?"""

from http import HTTPStatus

from flask import Blueprint, Response, jsonify

from admin.ports import desk, now

blueprint = Blueprint("health", __name__)

NO_PLAN = "No plan is in memory: callers hear the safe message only."


@blueprint.get("/healthz")
def alive() -> Response:
    """The process answers."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
def ready() -> tuple[Response, HTTPStatus]:
    """Whether calls can be answered, and what is amiss: the alarms that last, but those that somebody has acknowledged."""
    here, at = desk(), now()
    if not here.publication.freshest().plans.current:
        return jsonify(status="unready", because=[NO_PLAN]), HTTPStatus.SERVICE_UNAVAILABLE
    standing = here.alarms.standing(at)
    because = [one.alarm.words for one in standing if not one.is_quiet(at)]
    known = [one.alarm.words for one in standing if one.is_quiet(at)]
    told = {"acknowledged": known} if known else {}
    return jsonify(status="degraded" if because else "ready", because=because, **told), HTTPStatus.OK
