"""A POST that is sent twice under one key is done once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from werkzeug.test import TestResponse

from app import Application, Config, build
from routing.clock import FixedClock
from store import tables
from store.keys import Role
from store.repeats import Asked, claimed
from tests.admin.desk_client import CLOCK, Holder, codes, holder
from tests.store.recording import rows

TEAM = {"authority": "devon", "name": "Sent Twice"}
KEY = "5c7c1f0e-2d0b-4c19-9a53-1f2f6f0a3b77"


def sent(holder: Holder, body: object = TEAM, path: str = "/teams", key: str = KEY) -> TestResponse:
    return holder.sends("POST", path, body, Idempotency_Key=key)


def test_the_same_request_is_answered_the_same_and_done_once(application: Application, editor: Holder) -> None:
    first, again = sent(editor), sent(editor)
    assert (first.status_code, again.status_code) == (201, 201)
    assert "Idempotent-Replayed" not in first.headers
    assert again.headers["Idempotent-Replayed"] == "true"
    assert again.data == first.data
    assert [again.headers[name] for name in ("ETag", "Location", "Content-Type")] == [
        first.headers[name] for name in ("ETag", "Location", "Content-Type")
    ]
    assert "devon-sent-twice-2" not in application.publication.current().directory.teams


def test_another_request_under_the_same_key_is_refused(editor: Holder) -> None:
    sent(editor)
    assert codes(sent(editor, {**TEAM, "name": "Another"})) == {"Idempotency-Key": "idempotency-key"}
    assert sent(editor, TEAM, "/people").status_code == 422


def test_a_key_belongs_to_its_caller(application: Application, editor: Holder) -> None:
    sent(editor)
    other = sent(holder(application, Role.EDITOR), {**TEAM, "name": "Somebody Else's"})
    assert (other.status_code, "Idempotent-Replayed" in other.headers) == (201, False)


def test_a_refusal_frees_the_key_for_the_corrected_request(editor: Holder) -> None:
    assert sent(editor, {"authority": "devon"}).status_code == 422
    assert sent(editor).status_code == 201


def test_of_twins_at_the_same_moment_one_is_done(application: Application, editor: Holder) -> None:
    path = "/closures"
    body = {"effect": "closed", "from": "2026-12-24T12:00", "until": "2026-12-24T17:00", "reason": "Christmas Eve"}
    twins = [Holder(application.flask.test_client(), editor.key) for _ in range(4)]
    with ThreadPoolExecutor(4) as crowd:
        statuses = list(crowd.map(lambda twin: sent(twin, body, path).status_code, twins))
    assert set(statuses) <= {201, 409}
    assert len(editor.asks(path).get_json()["items"]) == 1


def test_a_first_one_that_was_never_answered_is_not_done_again(application: Application, editor: Holder) -> None:
    owner = editor.sends("POST", "/teams", TEAM, Idempotency_Key="other").get_json()
    assert owner["slug"] == "devon-sent-twice"
    who = rows(application.database, tables.repeat)[0]["who"]
    asked = replace_hash(application, who)
    with application.database.write() as connection:
        assert claimed(connection, asked, CLOCK.now())
    assert sent(editor).status_code == 409


def replace_hash(application: Application, who: str) -> Asked:
    """What a request would leave behind that died in the middle."""
    hash_of_twin = rows(application.database, tables.repeat)[0]["asked"]
    return Asked(who, KEY, hash_of_twin)


def test_a_new_key_of_the_api_is_shown_again_but_kept_sealed(application: Application, admin: Holder) -> None:
    body = {"name": "duty desk", "role": "editor"}
    secret = sent(admin, body, "/keys").get_json()["key"]
    assert sent(admin, body, "/keys").get_json()["key"] == secret
    assert secret not in str(rows(application.database, tables.repeat))


def test_a_day_later_the_key_is_free(editor: Holder, config: Config) -> None:
    sent(editor)
    late = build(replace(config, state=config.state / "late"), FixedClock(CLOCK.now() + timedelta(days=1)))
    try:
        again = sent(Holder(late.flask.test_client(), editor.key))
        assert "Idempotent-Replayed" not in again.headers
        assert again.status_code == 422
    finally:
        late.close()


@pytest.mark.parametrize("key", ["", "a b", "x" * 129, "é"])
def test_a_key_that_cannot_be_kept_is_refused(editor: Holder, key: str) -> None:
    assert codes(sent(editor, key=key)) == {"Idempotency-Key": "idempotency-key"}
