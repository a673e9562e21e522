"""How are people's accounts made and closed from a shell?"""

import secrets
from dataclasses import replace

import click

from admin.passwords import Passwords, weaknesses
from cli.opened import opened
from routing.clock import SystemClock
from store.accounts import (
    ONCE,
    Account,
    LastAdminError,
    TakenError,
    by_email,
    create,
    disable,
    enable,
    every,
    new_account,
    set_password,
)
from store.directory import Author
from store.keys import Role

DOER = Author("command line")
GIVEN = "A password for one sign-in, shown this once: {}"
LAST = "{} is the last administrator without limits; make another one first."
ROLES = click.Choice([role.value for role in Role])


@click.group(help="Make, list and close the accounts of people who sign in.")
def command() -> None:
    """The group."""


@command.command("create", help="Make an account; prints a password for one sign-in, or asks for a lasting one.")
@click.option("--role", type=ROLES, required=True)
@click.option("--email", required=True)
@click.option("--name", required=True, help="Who it is, for the audit trail.")
@click.option("--authority", "authorities", multiple=True, help="Limit changes to this authority (may be repeated).")
@click.option("--team", "teams", multiple=True, help="Limit changes to this team (may be repeated).")
@click.option("--ask-password", is_flag=True, help="Ask for a password instead of making one.")
def create_account(  # click hands over one argument for each option
    role: str, email: str, name: str, authorities: tuple[str, ...], teams: tuple[str, ...], ask_password: bool
) -> None:
    """Keep a new account."""
    at = SystemClock().now()
    fresh = replace(new_account(email, name, Role(role), at), authorities=authorities, teams=teams)
    if "@" not in fresh.email or len(fresh.email) > 254 or not fresh.email.isprintable():
        raise click.ClickException(f"“{email}” is not an e-mail address; write it as name@example.org.")
    kept, told = _asked(fresh) if ask_password else _made()
    with opened() as here, here.database.write_in_order() as connection:
        try:
            create(connection, replace(fresh, password=kept), DOER, at)
        except TakenError as fault:
            raise click.ClickException(f"There is an account {fault} already; see “dutyline account list”.") from fault
    click.echo(told)


@command.command("list", help="Show every account.")
def list_accounts() -> None:
    """One line for each."""
    with opened() as here, here.database.read() as connection:
        accounts = every(connection)
    for account in accounts:
        limits = ", ".join((*account.authorities, *account.teams))
        state = "disabled" if account.disabled_at else f"only {limits}" if limits else ""
        click.echo(f"{account.email:<40} {account.role:<8} {account.name}{f' ({state})' if state else ''}")


@command.command("disable", help="Let nobody in by the account of EMAIL any more, and end its sessions.")
@click.argument("email")
def disable_account(email: str) -> None:
    """From the next request on."""
    with opened() as here, here.database.write_in_order() as connection:
        try:
            done = disable(connection, _account(by_email(connection, email), email), DOER, SystemClock().now())
        except LastAdminError as fault:
            raise click.ClickException(LAST.format(email)) from fault
    click.echo(f"{email} is disabled and signed out." if done else f"{email} was disabled already.")


@command.command("enable", help="Let somebody in again by the account of EMAIL.")
@click.argument("email")
def enable_account(email: str) -> None:
    """From the next request on."""
    with opened() as here, here.database.write_in_order() as connection:
        done = enable(connection, _account(by_email(connection, email), email), DOER, SystemClock().now())
    click.echo(f"{email} may sign in again." if done else f"{email} is not disabled.")


@command.command(
    "reset-password", help="Give the account of EMAIL a new password for one sign-in, and end its sessions."
)
@click.argument("email")
def reset_password(email: str) -> None:
    """For somebody who forgot theirs."""
    kept, told = _made()
    with opened() as here, here.database.write_in_order() as connection:
        set_password(connection, _account(by_email(connection, email), email), kept, DOER, SystemClock().now())
    click.echo(told)


def _made() -> tuple[str, str]:
    """A password for one sign-in: what is kept of it, and the line that shows it."""
    password = secrets.token_urlsafe(12)
    return f"{ONCE}{Passwords().hash_of(password)}", GIVEN.format(password)


def _asked(account: Account) -> tuple[str, str]:
    password: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    wrong = weaknesses(password, account.email, account.name)
    if wrong:
        raise click.ClickException("\n".join(wrong))
    return Passwords().hash_of(password), f"{account.email} may sign in."


def _account(found: Account | None, email: str) -> Account:
    if found is None:
        raise click.ClickException(f"There is no account “{email}”; see “dutyline account list”.")
    return found
