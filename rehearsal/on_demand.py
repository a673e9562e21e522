"""What do others ask of a rehearsal now and then? Whoever does not, pays for no telephone at the start."""

from pathlib import Path

from admin.ports import KeptCall, NotExportedError
from ivr.moment import World
from ivr.proof.example import Example
from store.database import Database
from store.publication import Fixed, Publication


def told_example(world: World, example: Example) -> str:
    """A call that shows a refutation, played on the telephone of a rehearsal."""
    from rehearsal import examples  # noqa: PLC0415  # only who publishes pays for the telephone's import

    return examples.told_example(world, example)


def kept_call(
    database: Database, publication: Publication, fixed: Fixed, folders: tuple[Path, ...], sid: str
) -> KeptCall:
    """A past call as a golden test, played by the telephone of a rehearsal in what the folders hold. Raises NotExportedError."""
    from rehearsal import exporting  # noqa: PLC0415  # only who keeps a call pays for the telephone's import

    try:
        golden = exporting.exported(database, sid, publication.current().directory, fixed, folders)
    except exporting.NotGoldenError as refused:
        raise NotExportedError(str(refused)) from refused
    return KeptCall(golden.text, golden.name)
