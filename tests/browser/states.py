"""In which states can a page be? Each as it opens, each after a form that was filled in wrongly, and those that nobody wants to see."""

from playwright.sync_api import Page

from store.keys import Role
from tests.browser.areas import AREAS
from tests.browser.state import ERROR, State, filled, opened, pressed, shown, with_file
from tests.browser.tasks.call_backs import CALL_BACK
from tests.browser.tasks.cases import looked_up
from tests.browser.tasks.desk import NAMELESS, TALKING
from tests.browser.tasks.meetings import ENDED, PLANNED, STARTED
from tests.browser.tasks.messages import ALERT, ALERTS, BACKS, CASES, DECISION, HAND_BACK, MESSAGE, READ_BACK
from tests.browser.tasks.moves import AWAITED, DISCUSSED, DISPUTED
from tests.browser.tasks.papers import ANSWERED, CHECK, CONSULTATION, DOUBTED, ENQUIRY, REQUEST
from tests.browser.tasks.records import NAMELESS_RECORD, RECORD
from tests.browser.tasks.retention import HOLD

TEAM, PERSON = "/admin/teams/devon-ir-north", "/admin/people/w-3f9a2c"
HEAD = "authority,team,slug,number\n"


def foreign(page: Page) -> None:
    """A form whose token is gone."""
    page.evaluate("document.querySelectorAll('[name=csrf_token]').forEach((one) => one.remove())")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="Bad Request").wait_for()


def too_long(page: Page) -> None:
    """A record with a name that is too long."""
    page.get_by_label("The caller's name").fill("x" * 301)
    page.locator("main").get_by_role("button", name="Save").click()
    page.locator(ERROR).wait_for()


def at_the_desk(page: Page) -> None:
    """Signed in at the desk, and away, so that nobody is put through."""
    if page.locator("#place").get_attribute("open") is not None:
        page.get_by_label("Your phone", exact=True).fill("020 7946 0201")
        page.get_by_label("Sheffield CPET").check()
        page.get_by_role("button", name="Sign in at the desk").click()
    page.locator("#panel-you").get_by_text("since").wait_for()


def behind(page: Page) -> None:
    """A form that was opened before somebody else wrote."""
    page.evaluate("document.querySelector('[name=seen]').value = 'v0'")
    page.locator("main [name=number]").fill("4050")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name="Somebody has changed it").wait_for()


def typed(page: Page) -> None:
    """What the first page finds as one types."""
    page.get_by_label("Any word, other name or number").press_sequentially("exeter")
    page.locator("#found").get_by_role("link").first.wait_for()


OPEN = [
    *shown(None, "/", "/admin/sign-in"),
    *shown(Role.ADMIN, "/admin", "/admin/search?q=north", "/admin/teams", TEAM, f"{TEAM}/edit", f"{TEAM}/remove", "/admin/teams/new",
           f"{TEAM}/duty-numbers/0/change", f"{TEAM}/duty-numbers/0/details", f"{TEAM}/duty-numbers/0/remove",
           f"{TEAM}/duty-numbers/0/later", f"{TEAM}/duty-numbers/add", f"{TEAM}/rota", f"{TEAM}/rota/add",
           f"{TEAM}/rota/upload", f"{TEAM}/rota/0/remove", "/admin/teams/derby-empty/rota", "/admin/people", PERSON, f"{PERSON}/edit",
           f"{PERSON}/remove", f"{PERSON}/away", "/admin/people/new", "/admin/roles", "/admin/roles/devon-drama-lead",
           "/admin/roles/new", "/admin/roles/devon-drama-lead/edit", "/admin/roles/devon-drama-lead/remove", "/admin/gaps",
           "/admin/closures", "/admin/closures/early", "/admin/closures/new", "/admin/findings", "/admin/imports",
           "/admin/approvals", "/admin/authorities/devon/exceptions", "/admin/keys", "/admin/users", "/admin/audit",
           "/admin/account", "/admin/nowhere"),
    *shown(Role.HANDLER, "/desk", f"/desk?call={TALKING}", f"/desk?call={NAMELESS}"),
    *shown(Role.ADMIN, f"/desk?call={TALKING}"),
    *shown(Role.HANDLER, "/desk/call-backs", "/desk/call-backs/new", f"/desk/call-backs/{CALL_BACK}"),
    *shown(Role.HANDLER, "/desk/enquiries", "/desk/enquiries/new", f"/desk/enquiries/{ENQUIRY}"),
    *shown(Role.HANDLER, "/desk/cetr", "/desk/cetr/new", "/desk/cetr/mail", f"/desk/cetr/{REQUEST}", f"/desk/cetr/{ANSWERED}"),
    *shown(Role.HANDLER, "/desk/checks", "/desk/checks/new", f"/desk/checks/{CHECK}", f"/desk/checks/{DOUBTED}"),
    *shown(Role.HANDLER, "/desk/consultations", "/desk/consultations/new", f"/desk/consultations/{CONSULTATION}"),
    *shown(Role.HANDLER, "/desk/records", "/desk/records/new", f"/desk/records/{NAMELESS_RECORD}",
           *(f"/desk/records/{RECORD}{at}" for at in ("", "/rating", "/access", "/hand-over"))),
    *shown(Role.HANDLER, "/desk/meetings", "/desk/meetings/new", "/desk/meetings/new?preset=cambridgeshire-strategy-meeting",
           *(f"/desk/meetings/{key}" for key in (PLANNED, STARTED, ENDED))),
    *shown(Role.HANDLER, "/desk/moves", "/desk/moves/new", *(f"/desk/moves/{key}" for key in (AWAITED, DISCUSSED, DISPUTED))),
    *shown(Role.HANDLER, "/desk/cases", "/desk/bodies"),
    *shown(Role.ADMIN, "/desk/bodies", "/desk/bodies/cafcass/switchboard"),
    *shown(Role.HANDLER, *(f"{at}{form}" for at in (CASES, BACKS, ALERTS) for form in ("", "/new")), f"{BACKS}?state=read",
           f"{CASES}/{MESSAGE}", f"{BACKS}/{HAND_BACK}", f"{BACKS}/{READ_BACK}", f"{ALERTS}/{ALERT}", f"{BACKS}/morning",
           f"{BACKS}/morning?authority=derbyshire"),
    *shown(Role.HANDLER, "/desk/tasks", "/desk/tasks?show=alerts", "/desk/tasks?show=mine", f"/desk/tasks/{DECISION}"),
    *shown(Role.HANDLER, "/desk/enquiries/report"),
    *shown(Role.AUDITOR, "/desk/enquiries/report?authority=derby"),
    *shown(Role.VIEWER, "/admin", "/admin/search?q=2301", TEAM, "/admin/people", PERSON, "/admin/roles/devon-drama-lead", "/admin/keys"),
    *shown(Role.AUDITOR, "/admin/approvals", "/admin/audit", "/desk/retention"),
    *shown(Role.ADMIN, "/desk/retention", "/desk/retention/purge", "/desk/retention/holds/new", f"/desk/retention/holds/{HOLD}"),
]  # fmt: skip

EMPTY = shown(Role.ADMIN, "/desk?q=zzz", "/desk/enquiries?state=answered",
              "/admin/search?q=zzz", "/admin/teams?q=zzz", "/admin/people?q=zzz", "/admin/roles?q=zzz",
              "/admin/findings?q=zzz", "/admin/audit?q=zzz", "/admin/teams/derby-empty")  # fmt: skip

LED_TO = [
    State("at the desk", Role.HANDLER, "/desk?q=north", at_the_desk),
    State("found as one types", Role.HANDLER, "/admin", typed),
    State("who works with a child", Role.HANDLER, "/desk/cases", looked_up),
    State("a closure to remove", Role.EDITOR, "/admin/closures", pressed("Remove “Training”")),
    State("an account to change", Role.ADMIN, "/admin/users", pressed("Test Auditor")),
    State("one change", Role.AUDITOR, "/admin/audit?q=devon-ir-north", pressed("devon-ir-north")),
    State("the trail, unfolded", Role.AUDITOR, "/admin/audit?q=devon-ir-north", lambda page: page.locator("summary").first.click()),
    State("the list, unfolded", Role.EDITOR, f"{TEAM}/duty-numbers/0/remove", lambda page: page.locator("summary").first.click()),
    State("the dates, unfolded", Role.EDITOR, f"{TEAM}/duty-numbers/0/change", lambda page: page.locator("summary").first.click()),
    State("a file that would be written", Role.EDITOR, "/admin/imports", with_file(f"{HEAD}devon,Night,,020 7946 0300\n")),
    State("a file with problems", Role.EDITOR, "/admin/imports", with_file(f"{HEAD}narnia,Night,,999\n")),
    State("sent to sign in", None, "/admin/teams"),
    State("not for this role", Role.EDITOR, "/admin/users"),
    State("a form of another site", Role.EDITOR, f"{TEAM}/edit", foreign),
    State("somebody was quicker", Role.EDITOR, f"{TEAM}/duty-numbers/0/change", behind),
]  # fmt: skip

NUMBER = "/admin/teams/<slug>/duty-numbers/<int:place>/<deed>"
REFUSED = [
    State("sign-in, empty", None, "/admin/sign-in", filled("Sign in"), "POST /admin/sign-in"),
    State("sign-in, wrong", None, "/admin/sign-in", filled("Sign in", email="nobody@example.org", password="wrong"),
          "POST /admin/sign-in"),
    State("another number, refused", Role.EDITOR, f"{TEAM}/duty-numbers/0/change", filled("Continue", number="999"), f"POST {NUMBER}"),
    State("details, refused", Role.EDITOR, f"{TEAM}/duty-numbers/0/details", filled("Continue"), f"POST {NUMBER}"),
    State("one more number, refused", Role.EDITOR, f"{TEAM}/duty-numbers/add", filled("Continue", number="0909 879 0000", at_once="x"),
          "POST /admin/teams/<slug>/duty-numbers/add"),
    State("a new team, refused", Role.EDITOR, "/admin/teams/new", filled("Save"), "POST /admin/teams/new"),
    State("a turn, refused", Role.EDITOR, f"{TEAM}/rota/add", filled("Continue", who="zzz"), "POST /admin/teams/<slug>/rota/add"),
    State("no calendar file", Role.EDITOR, f"{TEAM}/rota/upload", filled("Look at it"), "POST /admin/teams/<slug>/rota/upload"),
    State("a team's name, refused", Role.EDITOR, f"{TEAM}/edit", filled("Save"), "POST /admin/teams/<slug>/edit"),
    State("a team that is needed", Role.EDITOR, "/admin/teams/devon-edt/remove", filled("Remove"), "POST /admin/teams/<slug>/remove"),
    State("a new person, refused", Role.EDITOR, "/admin/people/new", filled("Save"), "POST /admin/people/new"),
    State("a person's name, refused", Role.EDITOR, f"{PERSON}/edit", filled("Save", numbers="999"), "POST /admin/people/<slug>/edit"),
    State("a person who is needed", Role.EDITOR, "/admin/people/w-b81d07/remove", filled("Remove"),
          "POST /admin/people/<slug>/remove"),
    State("an absence, refused", Role.EDITOR, f"{PERSON}/away", filled("Save"), "POST /admin/people/<slug>/away"),
    State("a new role, refused", Role.EDITOR, "/admin/roles/new", filled("Save", holder="zzz"), "POST /admin/roles/new"),
    State("a role's name, refused", Role.EDITOR, "/admin/roles/devon-drama-lead/edit", filled("Save", numbers="999"),
          "POST /admin/roles/<slug>/edit"),
    State("closing early, refused", Role.EDITOR, "/admin/closures/early", filled("Close early today"), "POST /admin/closures/early"),
    State("a closure, refused", Role.EDITOR, "/admin/closures/new", filled("Save"), "POST /admin/closures/new"),
    State("an exception, refused", Role.ADMIN, "/admin/authorities/devon/exceptions", filled("Ask"),
          "POST /admin/authorities/<slug>/exceptions"),
    State("a rejection without a reason", Role.ADMIN, "/admin/approvals", filled("Reject"), "POST /admin/approvals/<slug>/<verdict>"),
    State("a key, refused", Role.ADMIN, "/admin/keys", filled("Make a key"), "POST /admin/keys"),
    State("an account, refused", Role.ADMIN, "/admin/users", filled("Make an account", email="nobody"), "POST /admin/users"),
    State("an account's change, refused", Role.ADMIN, "/admin/users",
          lambda page: (pressed("Test Auditor")(page), filled("Save")(page))[-1], "POST /admin/users/<slug>"),
    State("at the desk, without a phone", Role.ADMIN, "/desk", filled("Sign in at the desk", phone="999"), "POST /desk/me"),
    State("a record, refused", Role.HANDLER, f"/desk?call={TALKING}", too_long, "POST /desk/calls/<call>/record"),
    State("a name, without a reason", Role.HANDLER, f"/desk?call={NAMELESS}", filled("Show the name"), "POST /desk/calls/<call>/name"),
    State("a call back, refused", Role.HANDLER, "/desk/call-backs/new", filled("Book it"), "POST /desk/call-backs/new"),
    State("an outcome, refused", Role.HANDLER, f"/desk/call-backs/{CALL_BACK}", filled("Note it"),
          "POST /desk/call-backs/<key>/<deed>"),
    State("an enquiry, refused", Role.HANDLER, "/desk/enquiries/new", filled("Log it"), "POST /desk/enquiries/new"),
    State("an enquirer who is not established", Role.HANDLER, f"/desk/enquiries/{ENQUIRY}", filled("It is established"),
          "POST /desk/enquiries/<key>/<deed>"),
    State("a CETR request, refused", Role.HANDLER, "/desk/cetr/new", filled("Take it down"), "POST /desk/cetr/new"),
    State("a CETR mail, refused", Role.HANDLER, "/desk/cetr/mail", filled("Take it in"), "POST /desk/cetr/mail"),
    State("a CETR answer, refused", Role.HANDLER, f"/desk/cetr/{REQUEST}", filled("Answer by template"),
          "POST /desk/cetr/<key>/answer"),
    State("a check, refused", Role.HANDLER, "/desk/checks/new", filled("Take it down"), "POST /desk/checks/new"),
    State("a check's answer, refused", Role.HANDLER, f"/desk/checks/{CHECK}", filled("Note what was told"),
          "POST /desk/checks/<key>/<deed>"),
    State("a consultation, refused", Role.HANDLER, "/desk/consultations/new", filled("Take it down"),
          "POST /desk/consultations/new"),
    State("a child, half known", Role.HANDLER, "/desk/records", filled("Find their records", name="Ann Example"), "POST /desk/records"),
    State("a record of nothing", Role.HANDLER, "/desk/records/new", filled("Begin it"), "POST /desk/records/new"),
    State("a record by its id, refused", Role.HANDLER, f"/desk/records/{RECORD}", too_long, "POST /desk/records/<key>"),
    State("a record's name, without a reason", Role.HANDLER, f"/desk/records/{NAMELESS_RECORD}", filled("Show the name"),
          "POST /desk/records/<key>/name"),
    State("a link to nothing", Role.HANDLER, f"/desk/records/{RECORD}", filled("Link it"), "POST /desk/records/<key>/link"),
    State("a rating without a reason", Role.HANDLER, f"/desk/records/{RECORD}/rating", filled("Rate it"),
          "POST /desk/records/<key>/rating"),
    State("an access list, refused", Role.HANDLER, f"/desk/records/{RECORD}/access", filled("Change who may read it"),
          "POST /desk/records/<key>/access"),
    State("a chair whom nobody knows", Role.HANDLER, "/desk/meetings/new?preset=derby-strategy-meeting", filled("Arrange it", chair="zzz"),
          "POST /desk/meetings/new"),
    State("a chair who is one of several", Role.HANDLER, "/desk/meetings/new?preset=derby-strategy-meeting",
          filled("Arrange it", chair="team manager"), "POST /desk/meetings/new"),
    State("an invitation of nobody", Role.HANDLER, f"/desk/meetings/{STARTED}", filled("Invite them"),
          "POST /desk/meetings/<key>/<deed>"),
    State("a meeting that somebody else leads", Role.HANDLER, f"/desk/meetings/{STARTED}", filled("Lock"),
          "POST /desk/meetings/<key>/<deed>"),
    State("a move, refused", Role.HANDLER, "/desk/moves/new", filled("Take it down"), "POST /desk/moves/new"),
    State("a move's form, refused", Role.HANDLER, f"/desk/moves/{AWAITED}", filled("The form is here"),
          "POST /desk/moves/<key>/<deed>"),
    State("months in the wrong order", Role.HANDLER, "/desk/enquiries/report?from=2026-11&until=2026-10", opened,
          "GET /desk/enquiries/report"),
    State("an advice, refused", Role.HANDLER, f"/desk/consultations/{CONSULTATION}", filled("Note the advice"),
          "POST /desk/consultations/<key>/<deed>"),
    State("a child without a date of birth", Role.HANDLER, "/desk/cases", filled("Ask both systems", name="Ann Example"),
          "POST /desk/cases"),
    State("a case, refused", Role.HANDLER, "/desk/cases",
          lambda page: [act(page) for act in (looked_up, filled("Enter it", worker="sampling"))][-1],
          "POST /desk/cases/entry"),
    State("a switchboard, refused", Role.ADMIN, "/desk/bodies/cafcass/switchboard", filled("Enter it", number="999"),
          "POST /desk/bodies/<code>/switchboard"),
    State("a message, refused", Role.HANDLER, f"{CASES}/new", filled("Send it"), "POST /desk/messages/<shelf>/new"),
    State("an alert, refused", Role.HANDLER, f"{ALERTS}/new", filled("Pass it on"), "POST /desk/messages/<shelf>/new"),
    State("a morning of no authority", Role.HANDLER, f"{BACKS}/morning", filled("Read them"), "GET /desk/messages/hand-backs/morning"),
    State("a note that is too long", Role.HANDLER, f"/desk/tasks/{DECISION}", filled("It is done", note="x" * 20_001),
          "POST /desk/tasks/<key>"),
    State("a purge without a reason", Role.ADMIN, "/desk/retention/purge", filled("Take it away"), "POST /desk/retention/purge"),
    State("a hold on nothing", Role.ADMIN, "/desk/retention/holds/new", filled("Hold it"), "POST /desk/retention/holds/new"),
    State("a hold lifted without a reason", Role.ADMIN, f"/desk/retention/holds/{HOLD}", filled("Lift the hold"),
          "POST /desk/retention/holds/<key>/lift"),
    State("no file", Role.EDITOR, "/admin/imports", filled("Look at it"), "POST /admin/imports"),
    State("much at once, and no tick", Role.EDITOR, "/admin/imports",
          with_file(f"{HEAD}devon,Initial Response North,devon-ir-north,\n", "Write it all"),
          "POST /admin/imports/write"),
    State("a password, refused", Role.HANDLER, "/admin/account", filled("Change password", new="short"), "POST /admin/account/password"),
]  # fmt: skip

NEVER_REFUSED = {
    "POST /admin/sign-out": "a button",
    "POST /admin/sign-out-everywhere": "a button",
    "POST /admin/keys/<slug>/revoke": "a button",
    "POST /admin/users/<slug>/<deed>": "buttons; nobody is offered the one for themselves",
    "POST /admin/people/<slug>/away/<int:place>/remove": "a button; whoever is slower sees the page “somebody was quicker”",
    "POST /admin/teams/<slug>/rota/<int:place>/remove": "nothing needs a turn; whoever is slower sees “somebody was quicker”",
    "POST /admin/roles/<slug>/remove": "nothing needs a role",
    "POST /desk/queue/<call>/answer": "a button; whoever is slower is told (test_working_day.py)",
    "POST /desk/consult": "buttons, which are there while they lead on (tests/desk/test_page.py)",
    "POST /desk/hand-over": "buttons, which are there while they lead on (tests/desk/test_page.py)",
    "POST /desk/callbacks/<key>/<deed>": "buttons; whoever is slower is told (tests/desk/test_page_work.py)",
    "POST /desk/tasks/<key>/<deed>": "buttons; whoever is slower is told (tests/desk/test_page_work.py)",
    "POST /desk/calls/<call>/form-offer": "a button, where text messages are set up (tests/desk/test_page_form_offer.py)",
    "POST /desk/messages/<shelf>/<key>/acknowledge": "a button; whoever is slower is told (tests/desk/test_page_messages.py)",
    "POST /desk/transfers/<key>/<command>": "buttons, which are there while they lead on (tests/desk/test_page.py)",
    "POST /admin/closures/<slug>/remove": "nothing needs a closure",
    "POST /admin/audit/<int:sequence>/undo": "a refusal is a page of its own, as the one for an address that leads nowhere",
    **{form: why for area in AREAS for form, why in area.NEVER_REFUSED.items()},
}
"""Forms without a state of their own for errors, each with its reason."""

STATES = [*OPEN, *EMPTY, *LED_TO, *REFUSED, *(state for area in AREAS for state in area.STATES)]
