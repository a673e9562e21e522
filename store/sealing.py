"""How is personal text kept at rest? Sealed with AES-256-GCM under a key derived from the deployment's secret.

A sealed text names the key it was sealed with, so that a second secret can be introduced and the old one still opens
(first seals, any opens). ``purpose`` is bound in: a name does not open as a narrative. NIST SP 800-38D, RFC 5869.
"""

import base64
import hashlib
import hmac
import os
import unicodedata

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES, NONCE_BYTES, NAME_BYTES = 32, 12, 4


class SealError(ValueError):
    """A text that none of our keys opens: altered, or sealed under a secret that is gone."""


class Sealer:
    """Seals and opens texts; makes keyed hashes by which equal texts find each other without being readable."""

    def __init__(self, *secrets: str) -> None:
        derived = [_derived(secret, "dutyline seal") for secret in secrets]
        self._keys = {hashlib.sha256(key).digest()[:NAME_BYTES]: AESGCM(key) for key in derived}
        self._name = next(iter(self._keys))
        self._matching = _derived(secrets[0], "dutyline match")

    def seal(self, text: str, purpose: str) -> str:
        """The sealed form of a text, as URL-safe letters. An empty text stays empty."""
        if not text:
            return ""
        nonce = os.urandom(NONCE_BYTES)
        sealed = self._keys[self._name].encrypt(nonce, text.encode(), purpose.encode())
        return base64.urlsafe_b64encode(self._name + nonce + sealed).decode()

    def open(self, token: str, purpose: str) -> str:
        """The text of a sealed form. Raises SealError."""
        if not token:
            return ""
        try:
            raw = base64.urlsafe_b64decode(token.encode())
            name, nonce, sealed = raw[:NAME_BYTES], raw[NAME_BYTES : NAME_BYTES + NONCE_BYTES], raw[16:]
            return self._keys[name].decrypt(nonce, sealed, purpose.encode()).decode()
        except (KeyError, ValueError, InvalidTag) as fault:
            raise SealError(f"a sealed {purpose} cannot be opened with this deployment's secret") from fault

    def match(self, purpose: str, *parts: str) -> str:
        """A keyed hash of some texts, their accents, case, spaces and signs folded: 43 URL-safe letters."""
        folded = "\x1f".join((purpose, *map(folded_text, parts)))
        digest = hmac.digest(self._matching, folded.encode(), "sha256")
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def folded_text(text: str) -> str:
    """A text as it is compared: small letters and digits only, without accents."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in plain if sign.isalnum())


def _derived(secret: str, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose.encode()).derive(secret.encode())
