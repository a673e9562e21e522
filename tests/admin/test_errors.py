"""What does somebody hear who sends something wrong?"""

from typing import NoReturn

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError
from werkzeug.test import TestResponse

from admin import problems
from tests.admin.desk_client import Holder, codes

PROBLEM = "application/problem+json"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/nowhere", 404), ("GET", "/teams/nobody", 404), ("GET", "/people/%00", 404), ("GET", "/closures/%ED%A0%80", 404),
     ("POST", "/lines", 405), ("GET", "/teams?limt=1", 422),
     ("GET", "/teams?limit=201", 422), ("GET", "/teams?cursor=%25", 422)],
)  # fmt: skip
def test_a_wrong_request_is_answered_with_a_problem_document(
    admin: Holder, method: str, path: str, status: int
) -> None:
    reply = admin.sends(method, path)
    assert (reply.status_code, reply.content_type) == (status, PROBLEM)
    assert reply.get_json().keys() == {"type", "title", "status", "detail", "errors"}
    assert reply.get_json()["status"] == status


@pytest.mark.parametrize(
    ("data", "content_type", "status"),
    [("{", "application/json", 400), ("[" * 100_000, "application/json", 400), ("a=b", "text/plain", 415),
     ('"' + "x" * (1 << 20) + '"', "application/json", 413)],
)  # fmt: skip
def test_a_body_that_cannot_be_read_is_refused_before_it_is_looked_at(
    admin: Holder, data: str, content_type: str, status: int
) -> None:
    headers = {"Authorization": f"Bearer {admin.key}"}
    reply = admin.client.post("/api/v1/teams", data=data, content_type=content_type, headers=headers)
    assert (reply.status_code, reply.content_type) == (status, PROBLEM)


def test_every_fault_is_named_at_once_whoever_found_it(admin: Holder) -> None:
    body = {"name": 5, "authority": "nowhere", "slug": "Not A Slug", "colour": "red",
            "duty_numbers": [{"number": "999", "accept": "shout"}, {"number": "0909 8790000", "from": "soon"}, {}]}  # fmt: skip
    reply = admin.sends("POST", "/teams", body)
    assert reply.status_code == 422
    assert codes(reply) == {
        "name": "text",
        "colour": "unknown-field",
        "duty_numbers.0.accept": "choice",
        "authority": "unknown",
        "slug": "slug",
        "duty_numbers.0.number": "number-short-code",
        "duty_numbers.1.number": "destination-premium",
        "duty_numbers.1.from": "moment",
        "duty_numbers.2.number": "number-empty",
    }


@pytest.mark.parametrize(
    "body", ["null", "5", '"text"', '[1, "a"]', '{"name": "a\\u0000b"}', '{"name": ["x"]}', '{"name": "\\ud800"}']
)
def test_a_body_of_any_shape_is_refused_and_never_breaks(admin: Holder, body: str) -> None:
    headers = {"Authorization": f"Bearer {admin.key}"}
    for path in ("/teams", "/people", "/closures", "/keys"):
        reply = admin.client.post(f"/api/v1{path}", data=body, content_type="application/json", headers=headers)
        assert reply.status_code == 422, (path, reply.get_data(as_text=True))


def answer_to(fault: Exception) -> TestResponse:
    """What a resource answers that meets this fault."""

    def view() -> NoReturn:
        raise fault

    flask = Flask("a site with a fault")
    problems.register(flask)
    flask.add_url_rule("/api/v1/teams", view_func=view)
    return flask.test_client().get("/api/v1/teams")


def test_a_fault_of_ours_tells_no_details() -> None:
    reply = answer_to(ZeroDivisionError("secret"))
    assert (reply.status_code, reply.content_type) == (500, PROBLEM)
    assert "secret" not in reply.get_data(as_text=True)


def test_a_database_that_is_away_is_said_so() -> None:
    reply = answer_to(OperationalError("SELECT 1", {}, OSError("no route to the database")))
    assert (reply.status_code, reply.content_type) == (503, PROBLEM)
    assert reply.headers["Retry-After"] == "2"
