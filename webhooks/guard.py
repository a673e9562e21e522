"""Did Twilio send this? Its signature over the public URL and every field (Twilio: usage/webhooks/webhooks-security).

The same verdict as the library's own validator, which the tests hold it against, at a twentieth of its cost. Only the
configured public URL counts; what a proxy or a stranger puts into a header does not.
"""

import base64
import hmac
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

Pairs = Sequence[tuple[str, str]]
LEAST_TOKEN = 16
OURS = "dutyline round trip\n"


class TokenRefusedError(ValueError):
    """A token that is empty or too short to keep anybody out."""


class Guard:
    """Knows the account's tokens (any of them validates, ruling: overlap while one is rotated) and our public address."""

    def __init__(self, tokens: Iterable[str], public_url: str) -> None:
        self._tokens = [token.encode() for token in tokens]
        if not self._tokens or min(map(len, self._tokens)) < LEAST_TOKEN:
            raise TokenRefusedError(f"TWILIO_AUTH_TOKEN: every token needs at least {LEAST_TOKEN} characters.")
        self.public_url = public_url
        self._bases = _bases(public_url)

    def admits(self, signature: str, path_and_query: str, pairs: Pairs) -> bool:
        """Whether one of our tokens made this signature for this request."""
        return self.signed(signature, path_and_query, joined(pairs))

    def signed(self, signature: str, path_and_query: str, form: str) -> bool:
        """The same of a form that is joined already."""
        if not signature:
            return False
        given = signature.encode("utf-8", "replace")
        rest = f"{path_and_query}{form}"
        return any(self._made(base, rest, token, given) for base in self._bases for token in self._tokens)

    @staticmethod
    def _made(base: str, rest: str, token: bytes, given: bytes) -> bool:
        text = f"{base}{rest}".encode("utf-8", "surrogatepass")
        return hmac.compare_digest(given, base64.b64encode(hmac.digest(token, text, "sha1")))

    def signature(self, path_and_query: str, pairs: Pairs) -> str:
        """The signature that we would put on such a request: the round trip of a preflight."""
        text = f"{self._bases[0]}{path_and_query}{joined(pairs)}".encode()
        return base64.b64encode(hmac.digest(self._tokens[0], text, "sha1")).decode()

    def proof(self, text: str) -> str:
        """What shows that somebody holds our token although their signature is for another address: no signature of Twilio's is
        made of the same words, nor in the same way."""
        return _proof(self._tokens[0], text)

    def proves(self, proof: str, text: str) -> bool:
        """Whether one of our tokens made this proof."""
        given = proof.encode("utf-8", "replace")
        return any(hmac.compare_digest(given, _proof(token, text).encode()) for token in self._tokens)


def _proof(token: bytes, text: str) -> str:
    return base64.b64encode(hmac.digest(token, f"{OURS}{text}".encode("utf-8", "surrogatepass"), "sha256")).decode()


def joined(pairs: Pairs) -> str:
    """What is signed of a form: names and values in the order of the names; of a name that stands twice the different values."""
    return "".join([name + value for name, value in sorted(set(pairs))])


def _bases(public_url: str) -> tuple[str, ...]:
    """Twilio drops the port of an https voice URL before it signs, and the library tries both forms."""
    url = urlsplit(public_url.rstrip("/"))
    address = url.netloc.rpartition("@")[2]
    host = address[: -len(f":{url.port}")] if url.port else address
    default = 443 if url.scheme == "https" else 80
    bare, with_port = f"{url.scheme}://{host}{url.path}", f"{url.scheme}://{host}:{url.port or default}{url.path}"
    return (with_port, bare) if url.port else (bare, with_port)
