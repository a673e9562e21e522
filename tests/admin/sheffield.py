"""Sheffield's line in the tests of versions: a small plan, which is proved in a moment."""

from app import Application
from ivr.plan import Plan
from ivr.reading import plan_from
from telephone import Call
from tests.admin.desk_client import Holder, dials
from tests.conftest import HOME

LINE, NUMBER = "sheffield-cpet", "+442079460106"
PRINTED = "Sheffield Child Protection Enquiry Team, for professionals."
EDITED = "The enquiry team, with another opening."
RUNG, OTHER = "0114 273 4925", "0114 496 0301"
"""The team's number, and one for a change."""

NIGHT = "sheffield-night"
NIGHT_NODE = f'do = "ring"\nteam = "{NIGHT}"\nsay = "The enquiry team is closed now."\nnamed = "the night team"'


def text(before: str = "", after: str = "", opening: str = EDITED) -> str:
    """The bundled plan with another opening, and with one thing more replaced."""
    bundled = (HOME / "plans" / "sheffield" / f"{LINE}.toml").read_text(encoding="utf-8")
    edited = bundled.replace(PRINTED, opening)
    if before and before not in edited:
        raise ValueError(before)
    return edited.replace(before, after) if before else edited


def with_night() -> str:
    """The plan with a night that it declares, and leads to."""
    declared = text('night = "none-printed"', f'night = "edt"\nnight_team = "{NIGHT}"')
    return declared.replace('do = "message"\nsay = "The enquiry team is closed now."\ngo = "safe"', NIGHT_NODE)


def digest(toml: str) -> str:
    """A plan's digest."""
    plan = plan_from(toml)
    return plan.digest if isinstance(plan, Plan) else ""


def night_team(admin: Holder, *numbers: str) -> None:
    """A team for the night, with these numbers."""
    duty = [{"number": number} for number in numbers]
    body = {"authority": "sheffield", "name": "Night", "slug": NIGHT, "duty_numbers": duty, "why": "tests"}
    if admin.sends("POST", "/teams", body).status_code != 201:
        reply = admin.changes("PATCH", f"/teams/{NIGHT}", {"duty_numbers": duty, "why": "tests"})
        assert reply.status_code == 200, reply.get_json()


def rings(application: Application) -> Call:
    """A new call to the line."""
    return dials(application, NUMBER)
