"""Is there always somebody for a caller, however many clerks' pages ask, and whatever holds them up? (B22)"""

import threading
from collections import Counter

from flask import Flask

from admin import shedding
from admin.shedding import AT_ONCE, BUSY, WAITING
from cli.serve import THREADS

RESERVED = 8


def asked(flask: Flask, replies: list[tuple[int, str]], path: str = "/api/v1/hangs") -> threading.Thread:
    """Somebody who asks, in a thread of their own."""

    def asks() -> None:
        reply = flask.test_client().get(path)
        replies.append((reply.status_code, reply.get_data(as_text=True)))

    thread = threading.Thread(target=asks)
    thread.start()
    return thread


def test_those_whose_request_hangs_leave_threads_for_callers_and_the_rest_are_refused_in_words() -> None:
    flask, thaws, entered = Flask("herd"), threading.Event(), threading.Semaphore(0)
    shedding.register(flask)

    @flask.get("/api/v1/hangs")
    def hangs() -> str:
        entered.release()
        thaws.wait(10)
        return "thawed"

    @flask.get("/readyz")
    def ready() -> str:
        return "degraded"

    replies: list[tuple[int, str]] = []
    clerks = [asked(flask, replies) for _ in range(AT_ONCE)]
    assert all(entered.acquire(timeout=5) for _ in clerks)
    more = [asked(flask, replies) for _ in range(WAITING + 5)]
    for thread in more:
        thread.join()
    assert {status for status, _ in replies} == {503}
    assert BUSY in replies[0][1]
    assert flask.test_client().get("/readyz").text == "degraded"
    thaws.set()
    for thread in clerks:
        thread.join()
    assert Counter(status for status, _ in replies) == {503: WAITING + 5, 200: AT_ONCE}
    assert flask.test_client().get("/api/v1/hangs").text == "thawed"
    assert AT_ONCE + WAITING + RESERVED <= THREADS
