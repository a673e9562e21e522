"""How does an application know that a request is Twilio's?"""

import hashlib
import hmac
from base64 import b64encode
from collections.abc import Iterable
from urllib.parse import urlsplit, urlunsplit

Parameters = tuple[tuple[str, str], ...]


def signed_url(url: str) -> str:
    """The form of a URL that is signed: no fragment, no credentials and, for https voice, no port.

    Twilio: usage/webhooks/webhooks-security
    """
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    if parts.scheme == "https":
        host = _without_port(host)
    return urlunsplit((parts.scheme, host, parts.path, parts.query, ""))


def signature(token: str, url: str, posted: Iterable[tuple[str, str]] = ()) -> str:
    """The X-Twilio-Signature: base64(HMAC-SHA1(token, url + names and values, sorted by name)).

    Blank values count. Values of a repeated name are de-duplicated and sorted, as Twilio's own libraries do. A GET has
    nothing `posted`: its parameters stand in the URL already. Twilio: usage/webhooks/webhooks-security
    """
    signed = signed_url(url) + "".join(name + value for name, value in sorted(set(posted)))
    digest = hmac.new(token.encode(), signed.encode(), hashlib.sha1)
    return b64encode(digest.digest()).decode()


def _without_port(host: str) -> str:
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdigit() else host
