"""Which picture shows which page? One of each page, drawn by `make screens` into docs/screens, shown by docs/console.md."""

from playwright.sync_api import Page

from store.keys import Role
from tests.browser.areas import AREAS
from tests.browser.state import State, filled, pressed, with_file
from tests.browser.states import HEAD, PERSON, TEAM, at_the_desk
from tests.browser.tasks.call_backs import CALL_BACK
from tests.browser.tasks.cases import looked_up as child_looked_up
from tests.browser.tasks.desk import NAMELESS, TALKING
from tests.browser.tasks.meetings import ENDED, STARTED
from tests.browser.tasks.messages import ALERTS, BACKS, CASES, DECISION, HAND_BACK, MESSAGE
from tests.browser.tasks.moves import AWAITED, DISCUSSED, DISPUTED
from tests.browser.tasks.papers import ANSWERED, CHECK, CONSULTATION, DOUBTED, ENQUIRY, REQUEST
from tests.browser.tasks.records import RECORD, found
from tests.browser.tasks.retention import HOLD

CHANGE = f"{TEAM}/duty-numbers/0/change"
ROLE = "/admin/roles/devon-drama-lead"
NEW_FILE = with_file(f"{HEAD}devon,Night Desk,,020 7946 0300\n")


def looked_up(page: Page) -> None:
    """The change of a number, up to the page before it is written."""
    page.locator("main [name=number]").fill("020 7946 0350")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name="Check what the next call would do").wait_for()


def documented(page: Page) -> None:
    """Until Swagger UI has drawn its page."""
    page.locator(".title[aria-level]").wait_for()


def quicker(page: Page) -> None:
    """Somebody else was quicker: the state of that name, with a number for drama."""
    page.evaluate("document.querySelector('[name=seen]').value = 'v0'")
    page.locator("main [name=number]").fill("020 7946 0350")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name="Somebody has changed it").wait_for()


SCREENS = [
    State("lines", None, "/"),
    State("api", None, "/api/v1/docs", documented),
    State("sign-in", None, "/admin/sign-in"),
    State("front", Role.EDITOR, "/admin"),
    State("search", Role.EDITOR, "/admin/search?q=north"),
    State("teams", Role.EDITOR, "/admin/teams"),
    State("team", Role.EDITOR, TEAM),
    State("team-new", Role.EDITOR, "/admin/teams/new"),
    State("team-edit", Role.EDITOR, f"{TEAM}/edit"),
    State("team-remove", Role.EDITOR, f"{TEAM}/remove"),
    State("change", Role.EDITOR, CHANGE),
    State("number-new", Role.EDITOR, f"{TEAM}/duty-numbers/add"),
    State("error", Role.EDITOR, f"{TEAM}/duty-numbers/add", filled("Continue", number="999")),
    State("check", Role.EDITOR, CHANGE, looked_up),
    State("stale", Role.EDITOR, CHANGE, quicker),
    State("done", Role.AUDITOR, "/admin/audit?q=devon-ir-north", pressed("devon-ir-north")),
    State("rota", Role.EDITOR, f"{TEAM}/rota"),
    State("turn", Role.EDITOR, f"{TEAM}/rota/add"),
    State("turn-remove", Role.EDITOR, f"{TEAM}/rota/0/remove"),
    State("rota-upload", Role.EDITOR, f"{TEAM}/rota/upload"),
    State("people", Role.EDITOR, "/admin/people"),
    State("person", Role.EDITOR, PERSON),
    State("person-new", Role.EDITOR, "/admin/people/new"),
    State("person-edit", Role.EDITOR, f"{PERSON}/edit"),
    State("person-remove", Role.EDITOR, f"{PERSON}/remove"),
    State("away", Role.EDITOR, f"{PERSON}/away"),
    State("roles", Role.EDITOR, "/admin/roles"),
    State("role", Role.EDITOR, ROLE),
    State("role-new", Role.EDITOR, "/admin/roles/new"),
    State("role-edit", Role.EDITOR, f"{ROLE}/edit"),
    State("role-remove", Role.EDITOR, f"{ROLE}/remove"),
    State("gaps", Role.EDITOR, "/admin/gaps"),
    State("closures", Role.EDITOR, "/admin/closures"),
    State("early", Role.EDITOR, "/admin/closures/early"),
    State("closure-new", Role.EDITOR, "/admin/closures/new"),
    State("closure-remove", Role.EDITOR, "/admin/closures", pressed("Remove “Training”")),
    State("findings", Role.EDITOR, "/admin/findings"),
    State("imports", Role.EDITOR, "/admin/imports"),
    State("preview", Role.EDITOR, "/admin/imports", NEW_FILE),
    State("approvals", Role.ADMIN, "/admin/approvals"),
    State("exceptions", Role.ADMIN, "/admin/authorities/devon/exceptions"),
    State("keys", Role.ADMIN, "/admin/keys"),
    State("users", Role.ADMIN, "/admin/users"),
    State("user", Role.ADMIN, "/admin/users", pressed("Test Auditor")),
    State("audit", Role.AUDITOR, "/admin/audit"),
    State("desk", Role.HANDLER, "/desk?q=north", at_the_desk),
    State("desk-call", Role.ADMIN, f"/desk?call={TALKING}"),
    State("desk-record", Role.HANDLER, f"/desk?call={NAMELESS}"),
    State("call-backs", Role.HANDLER, "/desk/call-backs"),
    State("call-back-new", Role.HANDLER, "/desk/call-backs/new"),
    State("call-back", Role.HANDLER, f"/desk/call-backs/{CALL_BACK}"),
    State("enquiries", Role.HANDLER, "/desk/enquiries"),
    State("enquiry-new", Role.HANDLER, "/desk/enquiries/new"),
    State("enquiry", Role.HANDLER, f"/desk/enquiries/{ENQUIRY}"),
    State("cetr-requests", Role.HANDLER, "/desk/cetr"),
    State("cetr-new", Role.HANDLER, "/desk/cetr/new"),
    State("cetr-mail", Role.HANDLER, "/desk/cetr/mail"),
    State("cetr", Role.HANDLER, f"/desk/cetr/{REQUEST}"),
    State("cetr-answered", Role.HANDLER, f"/desk/cetr/{ANSWERED}"),
    State("checks", Role.HANDLER, "/desk/checks"),
    State("check-new", Role.HANDLER, "/desk/checks/new"),
    State("check-in-doubt", Role.HANDLER, f"/desk/checks/{DOUBTED}"),
    State("check-answer", Role.HANDLER, f"/desk/checks/{CHECK}"),
    State("consultations", Role.HANDLER, "/desk/consultations"),
    State("consultation-new", Role.HANDLER, "/desk/consultations/new"),
    State("consultation", Role.HANDLER, f"/desk/consultations/{CONSULTATION}"),
    State("records", Role.HANDLER, "/desk/records", found),
    State("record-new", Role.HANDLER, "/desk/records/new"),
    State("record", Role.HANDLER, f"/desk/records/{RECORD}"),
    State("record-rating", Role.HANDLER, f"/desk/records/{RECORD}/rating"),
    State("record-access", Role.HANDLER, f"/desk/records/{RECORD}/access"),
    State("record-hand-over", Role.HANDLER, f"/desk/records/{RECORD}/hand-over"),
    State("meetings", Role.HANDLER, "/desk/meetings"),
    State("meeting-kinds", Role.HANDLER, "/desk/meetings/new"),
    State("meeting-new", Role.HANDLER, "/desk/meetings/new?preset=cambridgeshire-strategy-meeting"),
    State("meeting", Role.HANDLER, f"/desk/meetings/{STARTED}"),
    State("meeting-ended", Role.HANDLER, f"/desk/meetings/{ENDED}"),
    State("moves", Role.HANDLER, "/desk/moves"),
    State("move-new", Role.HANDLER, "/desk/moves/new"),
    State("move-form", Role.HANDLER, f"/desk/moves/{AWAITED}"),
    State("move-decision", Role.HANDLER, f"/desk/moves/{DISCUSSED}"),
    State("move-dispute", Role.HANDLER, f"/desk/moves/{DISPUTED}"),
    State("case-look-up", Role.HANDLER, "/desk/cases", child_looked_up),
    State("bodies", Role.ADMIN, "/desk/bodies"),
    State("body", Role.ADMIN, "/desk/bodies/cafcass/switchboard"),
    State("messages", Role.HANDLER, CASES),
    State("message-new", Role.HANDLER, f"{CASES}/new?authority=cambridgeshire&about={RECORD}"),
    State("message", Role.HANDLER, f"{CASES}/{MESSAGE}"),
    State("hand-backs", Role.HANDLER, BACKS),
    State("hand-back-morning", Role.HANDLER, f"{BACKS}/morning?authority=derbyshire"),
    State("hand-back", Role.HANDLER, f"{BACKS}/{HAND_BACK}"),
    State("staff-alert-new", Role.HANDLER, f"{ALERTS}/new"),
    State("task-list", Role.HANDLER, "/desk/tasks"),
    State("task-list-one", Role.HANDLER, f"/desk/tasks/{DECISION}"),
    State("enquiry-report", Role.HANDLER, "/desk/enquiries/report"),
    State("retention", Role.ADMIN, "/desk/retention"),
    State("retention-purge", Role.ADMIN, "/desk/retention/purge"),
    State("retention-hold-new", Role.ADMIN, "/desk/retention/holds/new"),
    State("retention-hold", Role.ADMIN, f"/desk/retention/holds/{HOLD}"),
    State("account", Role.HANDLER, "/admin/account"),
    State("nowhere", Role.HANDLER, "/admin/nowhere"),
    *(screen for area in AREAS for screen in area.SCREENS),
]
