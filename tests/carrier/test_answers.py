"""What does each answer come to, whatever its status and body?"""

import pytest

from carrier.answers import WORDS, Resource, failure, refusal
from carrier.port import Busy, Gone, Refused, Result, Unknown


def coded(code: int) -> Resource:
    return {"code": code, "message": "The phone number +442079460201 is not for us", "status": 400}


@pytest.mark.parametrize(
    ("status", "body", "result"),
    [
        (400, coded(21211), Refused(21211, WORDS[21211])),
        (400, coded(21220), Gone()),
        (401, coded(20003), Refused(20003, WORDS[20003])),
        (403, coded(20005), Refused(20005, WORDS[20005])),
        (404, coded(20404), Gone()),
        (404, None, Unknown()),
        (404, {"error": "no such page"}, Unknown()),
        (400, {"code": "odd"}, Unknown()),
        (429, coded(20429), Busy()),
        (429, None, Busy()),
        (400, coded(20429), Busy()),
        (500, coded(20500), Unknown()),
        (503, coded(20503), Unknown()),
        (502, None, Unknown()),
        (200, None, Unknown()),
        (302, None, Unknown()),
        (302, coded(20404), Unknown()),
        (400, coded(29999), refusal(29999)),
    ],
)
def test_every_kind_of_answer_has_its_result(status: int, body: Resource | None, result: Result) -> None:
    assert failure(status, body) == result


def test_a_server_that_fails_has_perhaps_done_it() -> None:
    assert {failure(status, coded(code)) for status in range(500, 600) for code in (*WORDS, 21220)} == {Unknown()}


def test_nobody_is_refused_by_a_stranger() -> None:
    assert {failure(status, None) for status in range(100, 600) if status != 429} == {Unknown()}


@pytest.mark.parametrize("code", [*WORDS, 29999])
def test_the_words_of_a_refusal_are_ours_and_hold_no_number(code: int) -> None:
    words = refusal(code).words
    assert words.endswith(".")
    assert "4420" not in words


def test_a_code_without_words_of_its_own_is_named() -> None:
    assert "29999" in refusal(29999).words
