"""How is a whole file kept from eyes that have no passphrase? In pieces, each sealed with AES-256-GCM, so that no piece can be altered,
moved, left out or cut off unseen. (RFC 7914 for the key; the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015.)
"""

import io
import os
import struct
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

MAGIC = b"dutyline sealed 1\n"
SALT_BYTES, PREFIX_BYTES, TAG_BYTES = 16, 7, 16
PIECE = 1 << 18
LAST, MORE = b"\x01", b"\x00"
COST = 1 << 15


class UnsealError(ValueError):
    """A file that this passphrase does not open, or that was altered or cut off."""


def is_sealed(path_start: bytes) -> bool:
    """Whether a file that begins so is sealed."""
    return path_start.startswith(MAGIC)


def _cipher(passphrase: str, salt: bytes) -> AESGCM:
    return AESGCM(Scrypt(salt=salt, length=32, n=COST, r=8, p=1).derive(passphrase.encode()))


class Sealing(io.RawIOBase):
    """What is written here goes sealed into a file; ``close`` seals the end and leaves the file open."""

    def __init__(self, file: IO[bytes], passphrase: str) -> None:
        salt, self._prefix = os.urandom(SALT_BYTES), os.urandom(PREFIX_BYTES)
        self._file, self._cipher = file, _cipher(passphrase, salt)
        self._waiting, self._count = bytearray(), 0
        file.write(MAGIC + salt + self._prefix)

    def writable(self) -> bool:
        """It is written."""
        return True

    def write(self, content: object) -> int:
        """Seal whole pieces of it; the rest waits."""
        taken = bytes(content)  # type: ignore[call-overload]  # anything with bytes, as io says
        self._waiting += taken
        while len(self._waiting) > PIECE:
            self._seal(bytes(self._waiting[:PIECE]), MORE)
            del self._waiting[:PIECE]
        return len(taken)

    def close(self) -> None:
        """Seal the last piece."""
        if not self.closed:
            self._seal(bytes(self._waiting), LAST)
            super().close()

    def _seal(self, piece: bytes, which: bytes) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._prefix, self._count, which), piece, None))
        self._count += 1


class Unsealing(io.RawIOBase):
    """What a sealed file holds, from its beginning to its end. Raises ``UnsealError`` where it is not as it was sealed."""

    def __init__(self, file: IO[bytes], passphrase: str) -> None:
        head = file.read(len(MAGIC) + SALT_BYTES + PREFIX_BYTES)
        salt = head[len(MAGIC) : -PREFIX_BYTES]
        if len(salt) != SALT_BYTES:
            raise UnsealError("the file ends before it begins")
        self._prefix = head[-PREFIX_BYTES:]
        self._file, self._cipher = file, _cipher(passphrase, salt)
        self._open, self._count = bytearray(), 0
        self._next = self._piece()

    def readable(self) -> bool:
        """It is read."""
        return True

    def readinto(self, buffer: object) -> int:
        """As much as there is room for."""
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]  # anything with room, as io says
        while not self._open and self._next:
            self._unseal()
        taken = self._open[: len(view)]
        view[: len(taken)] = taken
        del self._open[: len(taken)]
        return len(taken)

    def _piece(self) -> bytes:
        return self._file.read(PIECE + TAG_BYTES)

    def _unseal(self) -> None:
        piece, self._next = self._next, self._piece()
        which = MORE if self._next else LAST
        try:
            self._open += self._cipher.decrypt(_nonce(self._prefix, self._count, which), piece, None)
        except InvalidTag as fault:
            words = (
                "the passphrase is not the one it was sealed with" if not self._count else "it was altered or cut off"
            )
            raise UnsealError(f"the file cannot be opened: {words}") from fault
        self._count += 1


def _nonce(prefix: bytes, count: int, which: bytes) -> bytes:
    return prefix + struct.pack(">I", count) + which
