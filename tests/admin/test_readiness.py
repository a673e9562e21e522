"""Does whoever searches first after a start or a change wait for anything?"""

from admin.findings import COMPUTING, findings_at
from admin.readiness import make_ready
from app import Application
from directory.search import FINDERS
from store.keys import Role
from tests.admin.desk_client import CLOCK, holder
from tests.admin.visitor import signed_in


def made(application: Application) -> int:
    """How many shelves of words had to be made for the present directory."""
    shelves: list[None] = []
    for finder in FINDERS:
        finder.ready(application.publication.current().directory, between=lambda: shelves.append(None))
    return len(shelves)


def test_words_and_findings_of_a_world_are_there_before_anybody_asks(application: Application) -> None:
    world = application.publication.current()
    make_ready(world, CLOCK)
    assert made(application) == 0
    assert findings_at(world, CLOCK.now()) is findings_at(world, CLOCK.now())


def test_a_change_is_found_at_once_whether_or_not_it_was_made_ready(application: Application) -> None:
    editor = holder(application, Role.EDITOR)
    reply = editor.sends("POST", "/people", {"name": "Zebedee Sampleton", "team": "devon-ir-north"})
    assert reply.status_code == 201
    found = editor.asks("/people?q=zebedee").get_json()["items"]
    assert [one["slug"] for one in found] == [reply.get_json()["slug"]]


def test_the_first_page_waits_for_no_findings_that_are_still_being_worked_out(application: Application) -> None:
    admin = signed_in(application, Role.ADMIN)
    with COMPUTING:
        meanwhile = admin.opens("/admin").get_data(as_text=True)
    assert "are being counted" in meanwhile
    assert "things to look at" in admin.opens("/admin").get_data(as_text=True)
