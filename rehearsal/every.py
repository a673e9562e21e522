"""Which pages do rehearsals add to the site?"""

from flask import Flask

from rehearsal.page import pages, telephone

PARTS = (telephone,)


def register(flask: Flask) -> None:
    """Put the browser telephone into the site; who may use it stands in the one table of roles (``admin.roles``)."""
    flask.register_blueprint(pages.blueprint)
