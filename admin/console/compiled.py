"""Which pages are compiled already? Every application of a process shares them: a rehearsal is one of its own (ruling 25)."""

from types import CodeType

from jinja2.bccache import Bucket, BytecodeCache


class Compiled(BytecodeCache):
    """What Jinja made of each template, for as long as the process lives; a template that was changed is another."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Hand over what was made."""
        bucket.code = self._made.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was made."""
        self._made[bucket.key, bucket.checksum] = bucket.code


COMPILED = Compiled()
