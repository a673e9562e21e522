"""How does a record lie in a journal file, and what of a torn or damaged file can still be read?

Each frame is eight bytes (length and CRC-32 of the content, big-endian) and the content, UTF-8 JSON.
"""

import json
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

HEAD = struct.Struct(">II")
LARGEST = 1 << 20
RECORD = b'{"call":'
"""How the content of every frame begins."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame as read: where the next begins, and its record; without a record the content is damaged."""

    ends: int
    record: dict[str, Any] | None
    raw: bytes


def framed(record: dict[str, Any]) -> bytes:
    """A record as a frame."""
    content = json.dumps(record, separators=(",", ":")).encode()
    return HEAD.pack(len(content), zlib.crc32(content)) + content


def frames(content: bytes, start: int = 0) -> Iterator[Frame]:
    """Every whole frame of a content that begins ``start`` bytes into its file; a torn tail ends the reading."""
    at = 0
    while at + HEAD.size <= len(content):
        length, checksum = HEAD.unpack_from(content, at)
        ends = at + HEAD.size + length
        if length > LARGEST or ends > len(content):
            return
        raw = content[at + HEAD.size : ends]
        yield Frame(start + ends, _record(raw) if zlib.crc32(raw) == checksum else None, raw)
        at = ends


def is_damaged(rest: bytes) -> bool:
    """Whether a rest that holds no whole frame is more than a torn tail: another frame's beginning stands in it, or its
    length is one that we never write."""
    length, _ = HEAD.unpack_from(rest, 0)
    return length > LARGEST or rest.find(RECORD, HEAD.size + 1) > 0


def _record(raw: bytes) -> dict[str, Any] | None:
    try:
        read = json.loads(raw)
    except ValueError:
        return None
    return read if isinstance(read, dict) else None
