"""How often may somebody ask? So often per key, and per address for those without one; counted in memory by each worker."""

from flask import Flask, Response, g, request
from flask_limiter import Limiter, RateLimitExceeded

from admin.auth import caller
from admin.ports import Limits
from admin.problems import API, too_often


def register(flask: Flask, limits: Limits) -> None:
    """Count the requests of the API; to be registered when it is known whose request it is."""
    limiter = Limiter(
        _address, app=flask, storage_uri="memory://", strategy="moving-window",
        headers_enabled=True, retry_after="delta-seconds",
    )  # fmt: skip
    per_key = limiter.shared_limit(f"{limits.per_key}/minute", scope="key", key_func=_key)
    per_address = limiter.shared_limit(f"{limits.per_address}/minute", scope="address", key_func=_address)

    @flask.before_request
    def _count_the_known() -> None:
        if _is_counted() and "caller" in g:
            with per_key:
                pass

    @flask.after_request
    def _count_the_unknown(reply: Response) -> Response:
        if not _is_counted() or "caller" in g:
            return reply
        try:
            with per_address:
                return reply
        except RateLimitExceeded:
            return too_often()


def _is_counted() -> bool:
    return request.path.startswith(API)


def _key() -> str:
    return caller().id


def _address() -> str:
    """The address of the connection: a header that says another is not believed."""
    return request.remote_addr or "unknown"
