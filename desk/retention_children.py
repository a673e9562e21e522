"""About which children are papers that were written before their keys were kept? Opened once, batch by batch, when it matters."""

from contextlib import suppress

from admin.problems import ProblemError
from desk.paperwork import name_children
from store import papers
from store.database import Database, Transaction
from store.papers import Pile

BATCH = 200


def know_children(database: Database) -> None:
    """Keep the keys of every child that such a paper names. One that cannot be opened stays held with every child."""
    for pile in papers.OF_CHILDREN:
        with database.read() as connection:
            waiting = papers.of_unknown_children(connection, pile)
        for begin in range(0, len(waiting), BATCH):
            with database.write_in_order() as connection:
                for key in waiting[begin : begin + BATCH]:
                    _know(connection, pile, key)


def _know(connection: Transaction, pile: Pile, key: str) -> None:
    paper = papers.one(connection, pile, key)
    if paper:
        with suppress(ProblemError):
            name_children(connection, pile, paper)
