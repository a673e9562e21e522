"""What may a browser do with our pages?"""

from flask import Flask, Response, request

from admin.problems import API

PAGE = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
CONSOLE_PATHS = ("/admin", "/desk", "/phone", "/wallboard")
CONSOLE = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
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
    reply.headers.setdefault("Content-Security-Policy", _policy(request.path))
    reply.headers.setdefault("X-Content-Type-Options", "nosniff")
    reply.headers.setdefault("Referrer-Policy", "no-referrer")
    reply.headers.setdefault("X-Frame-Options", "DENY")
    if request.path.startswith(API) and not request.path.startswith(DOCS_PATH):
        reply.headers.setdefault("Cache-Control", "private, no-cache")
        reply.headers.setdefault("Vary", "Authorization")
    if _is_console(request.path):
        reply.headers.setdefault("Cache-Control", "no-store")
    return reply


def _policy(path: str) -> str:
    return DOCS if path == DOCS_PATH else CONSOLE if _is_console(path) else PAGE


def _is_console(path: str) -> bool:
    return any(path == root or path.startswith(f"{root}/") for root in CONSOLE_PATHS)
