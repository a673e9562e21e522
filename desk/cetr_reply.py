"""What is answered to a CETR request? One of the two templates (D:12-D:16), drawn from what the look-up gave and the directory."""

from datetime import datetime

from admin.problems import Faults
from admin.shapes import number_in, office_number
from desk.case_answers import OpenTo, Reached, answer_not_open, answer_open
from desk.case_systems import SYSTEMS
from desk.cetr_shapes import CetrAnswerBody, CetrWorker
from directory.snapshot import Snapshot

MASH, NIGHT = "MASH", "Out of Hours"
"""The services of the directory to which a child who is not open is referred, by day and at night (D:24, D:79)."""

WEB_PAGE = "http://www.devon.gov.uk/child-protection"
"""Where MASH is reached on the web (D:24)."""

NOT_SAID = "nothing is given; fill it in."
NO_SYSTEM = f"use one of {', '.join(SYSTEMS)}."
NOT_OPEN = "the child is not open: leave worker, manager and team out."
NO_MAIL = "“{given}” is not an e-mail address; correct it, or leave it out."


def reply_of(body: CetrAnswerBody, authority: str, directory: Snapshot, at: datetime, faults: Faults) -> str:
    """The reply's text; whatever is wrong with the look-up's values is noted."""
    if body.open is None:
        faults.say("open", "missing", NOT_SAID)
        return ""
    if body.open:
        return _open(body, authority, directory, faults)
    if any((body.team, body.system, *body.worker.model_dump().values(), *body.manager.model_dump().values())):
        faults.say("open", "not-open", NOT_OPEN)
    return answer_not_open(list(SYSTEMS.values())) + where_to_refer(authority, directory, at)


def where_to_refer(authority: str, directory: Snapshot, at: datetime) -> str:
    """How MASH is reached, and at night the out-of-hours team, as the directory has them now."""
    day, night = (_numbers(service, authority, directory, at) for service in (MASH, NIGHT))
    lines = [f"MASH: {day or 'no number is entered'}, or {WEB_PAGE}"]
    return "\n".join([*lines, f"Outside office hours: {night or 'no number is entered'}"]) + "\n"


def _open(body: CetrAnswerBody, authority: str, directory: Snapshot, faults: Faults) -> str:
    if body.system not in SYSTEMS:
        faults.say("system", "choice", NO_SYSTEM)
    for field, value in (("worker.name", body.worker.name), ("manager.name", body.manager.name), ("team", body.team)):
        if not value:
            faults.say(field, "missing", NOT_SAID)
    worker = _reached("worker", body.worker, authority, directory, faults)
    manager = _reached("manager", body.manager, authority, directory, faults)
    return answer_open([OpenTo(SYSTEMS.get(body.system, ""), worker, manager, body.team)])


def _reached(field: str, given: CetrWorker, authority: str, directory: Snapshot, faults: Faults) -> Reached:
    def national(name: str, text: str) -> str:
        found = number_in(f"{field}.{name}", text, authority, directory, faults) if text else None
        return found.national if found else ""

    office, mobile = national("office_number", given.office_number), national("mobile", given.mobile)
    if given.email and given.email.count("@") != 1:
        faults.say(f"{field}.email", "email", NO_MAIL.format(given=given.email[:40]))
    return Reached(given.name, office, mobile, given.email)


def _numbers(service: str, authority: str, directory: Snapshot, at: datetime) -> str:
    teams = (team for team in directory.teams.values() if team.authority == authority and team.service == service)
    duty = (one.number for team in teams for one in team.duty_numbers if one.in_force(at))
    shown = (office_number(number, directory.authorities.get(authority)) for number in duty)
    return ", ".join(number.national for number in shown if number)
