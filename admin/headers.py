"""What may a browser do with our pages?"""

from flask import Flask, Response, request

from admin.problems import API

PAGE = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
DOCS_PATH = f"{API}/docs"
DOCS = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Swagger UI writes styles of its own into the page; its scripts come from us."""


def register(flask: Flask) -> None:
    """Put the headers on every reply of the site."""
    flask.after_request(_guarded)


def _guarded(reply: Response) -> Response:
    reply.headers.setdefault("Content-Security-Policy", DOCS if request.path == DOCS_PATH else PAGE)
    reply.headers.setdefault("X-Content-Type-Options", "nosniff")
    reply.headers.setdefault("Referrer-Policy", "no-referrer")
    reply.headers.setdefault("X-Frame-Options", "DENY")
    if request.path.startswith(API) and not request.path.startswith(DOCS_PATH):
        reply.headers.setdefault("Cache-Control", "private, no-cache")
        reply.headers.setdefault("Vary", "Authorization")
    return reply
