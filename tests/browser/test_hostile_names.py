"""Hostile names in a real Chromium: nothing runs, nothing asks, and the policy for pages has nothing to stop."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Dialog, FilePayload, Page

from directory.exporting import csv_text
from store.keys import Role
from tests.admin.desk_client import holder
from tests.admin.sending import sends_file
from tests.browser.conftest import Seat
from tests.fuzz.hostile_pages import HOME, PLACE, TEAMS, team_line

RUN = "window.ran = 1"
NAMES = (
    f"<script>{RUN}</script>", f"<img src=x onerror='{RUN}'>", f"\"><svg onload='{RUN}'>", f"' autofocus onfocus='{RUN}",
    f'" autofocus onfocus="{RUN}', f"javascript:{RUN}", f"</title><script>{RUN}</script>", f"<iframe srcdoc='<script>{RUN}'>",
    "</textarea><img src=x onerror=window.ran=1>", "<meta http-equiv=refresh content=0;url=/admin/keys>",
    "<base href=//example.org>", f"<div hx-get=/admin hx-trigger=load hx-on::load='{RUN}'>", "{{7*7}}${7*7}<%= 7*7 %>",
    f"<a href='javascript:{RUN}' autofocus>x</a>", "<form action=//example.org><button>", "<style>@import '//example.org';</style>",
    "&lt;img src=x onerror=alert(1)&gt;", "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e", "\u202e<b>\u2066", "<!--", "]]>",
    "<plaintext>",
)  # fmt: skip
PEOPLE = ("authority", "team", "slug", "name", "extension")
WATCH = """window.stopped = [];
document.addEventListener("securitypolicyviolation", event => window.stopped.push(event.blockedURI));"""
STRANGE = "main iframe, main svg, main style, main base, main img, main script"
FOUND = f"[window.ran || 0, window.stopped.length, document.querySelectorAll('{STRANGE}').length]"
PATHS = (
    "",
    f"/teams?q={PLACE}",
    "/people",
    "/search?q=script",
    "/findings",
    "/gaps",
    "/audit",
    "/roles",
    "/closures/new",
)
OF_A_TEAM = ("", "/edit", "/duty-numbers/0/change", "/duty-numbers/0/remove", "/rota")
OF_A_PERSON = ("", "/edit", "/away", "/remove")
FULLY = 4


def entered(seat: Seat) -> str:
    """Teams and people with these names, through the API; the file of the teams."""
    caller = holder(seat.application, Role.ADMIN)
    teams = csv_text([TEAMS, *(team_line(at, name) for at, name in enumerate(NAMES))])
    people = [("devon", HOME, f"p-{at:03}", name, f"71{at:02}") for at, name in enumerate(NAMES)]
    for text in (teams, csv_text([PEOPLE, *people])):
        doubt = sends_file(caller, text)
        reply = (
            doubt
            if doubt.status_code == 200
            else sends_file(caller, text, f"?confirm={doubt.get_json()['confirmation']}")
        )
        assert reply.status_code == 200, reply.get_data(as_text=True)
    return teams


def of_each() -> Iterator[str]:
    """The pages of each team and person; of the first few, every one."""
    for at in range(len(NAMES)):
        most = None if at < FULLY else 2
        yield from (f"/teams/t-{at:03}{part}" for part in OF_A_TEAM[:most])
        yield from (f"/people/p-{at:03}{part}" for part in OF_A_PERSON[:most])


def looked_at(page: Page) -> list[object]:
    """Whether something ran, was stopped, or stands in the page that no page of ours has."""
    found: list[object] = page.evaluate(FOUND)
    return found


def previewed(page: Page, text: str) -> None:
    """The file chosen and looked at, not written."""
    page.goto("/admin/imports")
    file: FilePayload = {
        "name": "names.csv",
        "mimeType": "text/csv",
        "buffer": text.replace(PLACE, "Elsewhere").encode(),
    }
    page.locator("#file").set_input_files(file)
    page.get_by_role("button", name="Look at it").click()
    page.get_by_role("heading", name="What the file would do").wait_for()


@pytest.mark.browser
def test_no_name_runs_anywhere(seat: Seat) -> None:
    text, page = entered(seat), seat.signed_in(Role.ADMIN)
    asked: list[Dialog] = []
    page.on("dialog", lambda dialog: asked.append(dialog))
    page.add_init_script(WATCH)
    seen = {}
    for path in (*PATHS, *of_each()):
        page.goto(f"/admin{path}")
        seen[path] = looked_at(page)
    previewed(page, text)
    assert "<plaintext>" in page.inner_text("main")
    seen["the preview"] = looked_at(page)
    assert {path: found for path, found in seen.items() if found != [0, 0, 0]} == {}
    assert asked == []
