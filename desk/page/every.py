"""Which routes does the page consist of?"""

from flask import Flask

from desk.page import acts, front, now, pages, record, search, tone

PARTS = (front, now, search, record, acts, tone)


def register(flask: Flask) -> None:
    """Put the page into the site."""
    flask.register_blueprint(pages.blueprint)
