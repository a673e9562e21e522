"""Which commands are there? Each lives in a module of its own, read only when it is used, so that ``--help`` is instant."""

import gc
import importlib
import os

import click

from cli import log_lines

COMMANDS = {
    "serve": ("cli.serve", "Migrate, load what is missing, and answer calls."),
    "key": ("cli.key", "Make API keys."),
    "account": ("cli.account", "Make, list and close the accounts of people who sign in."),
    "dial": ("cli.dial", "Phone a line, in process, and print the call in plain English."),
    "rota": ("cli.rota", "Read a team's rota in from a calendar, or write it out."),
    "plan": ("cli.plan", "List, prepare, compare, publish and take back plans."),
    "route": ("cli.route", "Say who would ring at a moment, and why."),
    "failover": ("cli.failover", "Write the files that answer calls from another host while nothing of ours does."),
    "paper-pack": (
        "cli.paper_pack",
        "Print who to ring now, tonight, at the weekend and on bank holidays, for one authority.",
    ),
    "changes": ("cli.changes", "Say what changes soon in who rings, and why."),
    "override": ("cli.override", "Put a number in front of a line for a while, without the database."),
    "doctor": ("cli.doctor.command", "Say everything that would make calls fail, now or soon, each with its remedy."),
    "twilio": ("cli.at_twilio", "Set the account's numbers as the lines need them."),
    "numbers": ("cli.numbers", "Say which duty numbers are called for a test, when, and why not the others."),
    "check": ("cli.check", "Say whether plans and directory are sound, and what deserves a second look."),
    "explain": ("cli.explain", "Say why a past call went where it did."),
    "replay": ("cli.replay", "Say whether past calls are answered today as they were, or would be by a draft."),
    "import": ("cli.importing", "Read a directory file in, after showing what it changes."),
    "export": ("cli.exporting", "Write the directory as CSV."),
    "export-events": ("cli.events", "Write the calls' events as JSON lines."),
    "audit": ("cli.audit", "Check the audit trail."),
    "alarms": ("cli.alarms", "Say what is amiss; the exit code is for monitoring."),
    "journal": ("cli.journal", "Move the journal to the database now."),
    "backup": ("cli.backup", "Put everything into one file, while calls go on."),
    "restore": ("cli.restore", "Put everything back from a backup."),
    "erase": ("cli.erase", "Take a caller's number out of calls and journals."),
    "purge": ("cli.purge", "Take away records that are past their time, with a report."),
    "staff-pin": ("cli.staff_pin", "Set the PIN by which an authority's staff are known."),
}


class Lazy(click.Group):
    """A group that imports a command as it is run."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's own signature
        """Every command's name."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:  # noqa: ARG002  # click's own signature
        """The command of a name."""
        if name not in COMMANDS:
            return None
        gc.disable()  # to look through what is imported, and stays, would be a sixth of the start
        try:
            command: click.Command = importlib.import_module(COMMANDS[name][0]).command
        finally:
            gc.enable()
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  # click's
        """The list in ``--help``, without importing any command."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.command(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="dutyline")
def dutyline() -> None:
    """Dutyline answers a council's duty line and rings the right person."""
    os.umask(0o077)
    log_lines.begin()


if __name__ == "__main__":
    dutyline()
