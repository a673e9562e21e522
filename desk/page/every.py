"""Which routes does the page consist of?"""

from flask import Flask

from desk.page import acts, cetr, checks, consultations, enquiries, front, now, pages, record, search, tone

PARTS = (front, now, search, record, acts, tone, enquiries, cetr, checks, consultations)


def register(flask: Flask) -> None:
    """Put the page into the site."""
    flask.register_blueprint(pages.blueprint)
