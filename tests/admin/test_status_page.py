"""The page that anybody may see."""

from pathlib import Path

from app import Application, build
from tests.admin.desk_client import CLOCK
from tests.conftest import deployment


def test_the_page_shows_lines_and_teams_but_no_number_of_a_destination(application: Application) -> None:
    reply = application.flask.test_client().get("/")
    page = reply.get_data(as_text=True)
    assert "Devon social care" in page
    assert "020 7946 0101" in page
    assert "MASH (the team&#39;s duty number)" in page
    assert "0345 155 1071" not in page
    assert "<script" not in page


def test_the_page_may_load_nothing_from_elsewhere(application: Application) -> None:
    headers = application.flask.test_client().get("/").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"


def test_a_service_without_a_line_says_what_to_do(database_url: str, tmp_path: Path) -> None:
    empty = build(deployment(database_url, tmp_path / "state"), CLOCK)
    client = empty.flask.test_client()
    assert "No line is loaded yet" in client.get("/").get_data(as_text=True)
    assert client.get("/readyz").status_code == 503
    empty.close()
