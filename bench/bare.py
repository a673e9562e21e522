"""What is the least that could be started? Nothing but Flask: ``gunicorn bench.bare:flask``."""

from flask import Flask

flask = Flask("bare")


@flask.get("/healthz")
def healthy() -> str:
    """It answers."""
    return "ok"
