"""Which resources does the desk add to the site?"""

from flask_openapi3.openapi import OpenAPI

from desk import contact_records, contacts, me, music, queue, transfers

RESOURCES = (me, queue, transfers, contacts, contact_records)


def register(flask: OpenAPI) -> None:
    """Add them; who may use them stands in the one table of roles (``admin.roles``)."""
    flask.register_blueprint(music.blueprint)
    for resource in RESOURCES:
        flask.register_api(resource.api)
