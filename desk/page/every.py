"""Which routes does the page consist of?"""

from flask import Flask

from desk.page import (
    acts,
    bodies,
    call_backs,
    cases,
    cetr,
    checks,
    consultations,
    enquiries,
    enquiry_report,
    form_offer,
    front,
    meetings,
    messages,
    moves,
    now,
    pages,
    record,
    record_beside,
    record_by_id,
    records,
    retention,
    search,
    task_list,
    tone,
)

PARTS = (
    front,
    now,
    search,
    record,
    acts,
    tone,
    form_offer,
    call_backs,
    enquiries,
    enquiry_report,
    cetr,
    checks,
    bodies,
    cases,
    consultations,
    meetings,
    moves,
    retention,
    records,
    record_by_id,
    record_beside,
    messages,
    task_list,
)


def register(flask: Flask) -> None:
    """Put the page into the site."""
    flask.register_blueprint(pages.blueprint)
