"""Which tasks come and go with a save of a contact record? Those of ``desk.task_rules``, in the save's own transaction."""

from collections.abc import Mapping

from admin.ports import now
from desk.contact_values import Value
from desk.new_tasks import begin, finish
from desk.task_rules import Ask, Since, TaskRule, asked
from store import tasks
from store.contacts import Contact
from store.database import Transaction
from store.tasks import TaskState

ABOUT = "contact"


def follow(connection: Transaction, record: Contact, values: Mapping[str, Value]) -> None:
    """Begin, end and withdraw the tasks of a record. What somebody has done already is not asked for again."""
    there = tasks.of_record(connection, ABOUT, record.id)
    is_open = {task.kind for task in there if task.state is TaskState.OPEN}
    done = {task.kind for task in there if task.state is TaskState.DONE}
    for rule, ask in asked(values, record.authority):
        if ask is not Ask.BEGIN:
            if rule.kind in is_open:
                state = TaskState.DONE if ask is Ask.DONE else TaskState.WITHDRAWN
                finish(connection, rule.kind, record.id, now(), state)
        elif rule.kind not in is_open | done:
            _begin(connection, record, rule)


def _begin(connection: Transaction, record: Contact, rule: TaskRule) -> None:
    since = record.made_at if rule.since is Since.CONTACT else now()
    begin(connection, rule.kind, record.authority, ABOUT, record.id, since)
