"""How does a file come from its preview to the page that writes it? In a field of the form: nothing lies about in between."""

import base64
import binascii
import zlib

from admin.body import MOST_BYTES

MOST_CARRIED = 450_000
"""A form's field may hold half a megabyte (Werkzeug)."""


def packed(content: bytes) -> str:
    """A file as a form's field."""
    return base64.b64encode(zlib.compress(content, 9)).decode()


def unpacked(carried: str) -> bytes | None:
    """The file as the preview carried it, never more than a request may hold; nothing where it did not come back whole."""
    try:
        reader = zlib.decompressobj()
        content = reader.decompress(base64.b64decode(carried, validate=True), MOST_BYTES)
    except (binascii.Error, zlib.error, ValueError):
        return None
    return content if reader.eof and content else None
