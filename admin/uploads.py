"""What would a file change, and may it be written? Looked at first; written whole or not at all, after a second yes where it is much.

The API and the console's pages both stand on this.
"""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus

from admin.auth import caller
from admin.ports import desk, newest_world
from admin.problems import FieldProblem, ProblemError, invalid
from admin.scope import forbidden, outside
from admin.writing import written_together
from directory.authority_rows import unapproved
from directory.difference import Caution, Difference, cautions, difference
from directory.files import table_in
from directory.importing import Import, Rest, read_table
from directory.problems import Fault, Problem
from directory.references import place
from directory.snapshot import Change
from ivr.borders import border_of
from ivr.moment import World
from store.directory import Author

MOST_FAULTS = 2_000
NEEDS_CONFIRMATION = "needs-confirmation"
ASK_AGAIN = "Much would change at once. Look at it, and send the file again with the confirmation if it is meant."


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came, and what is to become of entries that it does not hold."""

    content: bytes
    rest: Rest = Rest.STAYS


@dataclass(frozen=True, slots=True)
class Judged:
    """What a file would do to the directory at ``version``; ``confirmation`` must come with it where there are cautions."""

    found: Import
    made: Difference
    cautions: tuple[Caution, ...]
    confirmation: str
    version: int


class ConfirmationError(ProblemError):
    """409: it must be asked for twice. Carries what the second request must bring."""

    def __init__(self, judged: Judged) -> None:
        errors = [_caution(caution) for caution in judged.cautions[:MOST_FAULTS]]
        super().__init__(HTTPStatus.CONFLICT, ASK_AGAIN, errors)
        self.confirmation = judged.confirmation


def preview(upload: Upload) -> Judged:
    """What the file would do now. Nothing is written."""
    return judged(upload, newest_world())


def judged(upload: Upload, world: World) -> Judged:
    """What the file would do in this world."""
    directory = world.directory
    border = border_of(world, lambda: f"p-{secrets.token_hex(4)}")
    found = _own(read_table(table_in(upload.content), directory, border, upload.rest), world)
    made = difference(found, directory)
    doubts = tuple(cautions(made, found.kind, directory))
    return Judged(found, made, doubts, _confirmation(upload, world) if doubts else "", directory.version)


def _own(found: Import, world: World) -> Import:
    """The import with a problem for every row that is not this caller's to write, or not theirs alone."""
    strange = [(one, Fault.OUTSIDE) for one in outside(found.asked, world)]
    strange += [(one, Fault.APPROVAL) for one in unapproved(found.asked, world.directory)]
    rows = [(f"row {found.at[one.slug]}" if one.slug in found.at else place(one), fault) for one, fault in strange]
    problems = (*found.problems, *(Problem(row, fault) for row, fault in rows))
    return replace(found, changes=() if rows else found.changes, problems=problems)


def imported(upload: Upload, confirmation: str, author: Author) -> tuple[Judged, World, str]:
    """Write the file: what it did, the world afterwards, and the group under which the trail keeps it."""
    grouped = replace(author, group=f"import-{secrets.token_hex(4)}")
    looked: list[Judged] = []

    def intent(world: World) -> Sequence[Change]:
        looked.append(judged(upload, world))
        return _changes(looked[-1], confirmation)

    world = written_together(intent, grouped)
    return looked[-1], world, grouped.group


def _changes(seen: Judged, confirmation: str) -> Sequence[Change]:
    problems = seen.found.problems
    if any(one.code is Fault.OUTSIDE for one in problems):
        raise forbidden(faults_of(problems))
    if problems:
        raise invalid(faults_of(problems))
    if seen.cautions and not hmac.compare_digest(seen.confirmation.encode(), confirmation.encode()):
        raise ConfirmationError(seen)
    return seen.found.changes


def _confirmation(upload: Upload, world: World) -> str:
    """Proves that this caller was shown what this file does to this version of the directory."""
    content = hashlib.sha256(upload.content).hexdigest()
    here = world.directory
    return desk().keyed(f"import {caller().id} {here.epoch} {here.version} {upload.rest} {content}")


def faults_of(problems: Sequence[Problem]) -> list[FieldProblem]:
    """Problems of a file as the API tells them."""
    return [FieldProblem(field=one.field, code=one.code.value, message=one.sentence) for one in problems[:MOST_FAULTS]]


def _caution(caution: Caution) -> FieldProblem:
    return FieldProblem(field="confirm", code=NEEDS_CONFIRMATION, message=caution.sentence)
