"""Which resources does the desk add to the site?"""

from flask import Flask

from desk import (
    alerts,
    body_switchboards,
    callback_deeds,
    callbacks,
    case_look_up,
    cetr,
    checks,
    consultations,
    contact_records,
    contacts,
    enquiries,
    enquiry_report,
    enquiry_steps,
    form_offers,
    hand_backs,
    holds,
    me,
    meetings,
    messages,
    moves,
    music,
    queue,
    ratings,
    retention_api,
    staff_alerts,
    tasks,
    transfers,
    wallboard,
)
from desk.page import every as page

RESOURCES = (
    callbacks,
    callback_deeds,
    body_switchboards,
    meetings,
    me,
    queue,
    transfers,
    contacts,
    contact_records,
    tasks,
    alerts,
    ratings,
    messages,
    hand_backs,
    staff_alerts,
    consultations,
    moves,
    checks,
    case_look_up,
    form_offers,
    cetr,
    enquiries,
    enquiry_report,
    enquiry_steps,
    holds,
    retention_api,
)


def register(flask: Flask) -> None:
    """Add them; who may use them stands in the one table of roles (``admin.roles``)."""
    flask.register_blueprint(music.blueprint)
    page.register(flask)
    wallboard.register(flask)
    for resource in RESOURCES:
        flask.register_blueprint(resource.api)
