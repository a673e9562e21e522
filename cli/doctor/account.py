"""Is the account at Twilio in good standing, does it take our tokens, and where does it let us ring?"""

import hmac
import re
from collections.abc import Iterator
from decimal import Decimal

from carrier.answers import Failure
from carrier.inspecting import Country, Standing
from carrier.port import Refused
from cli.doctor.findings import CannotLookError, Findings, Found, Grade, Kind
from cli.doctor.patient import AtTwilio, Patient
from directory.findings import listed

NOT_AUTHENTICATED = 20003
WHOLE_TOKEN = re.compile(r"[0-9a-f]{32}")
"""Elsewhere Twilio shows no token, or a part of one."""

LITTLE = Decimal(20)
HOME = "GB"

NONE_TAKEN = Kind(
    "token-refused",
    Grade.FAILS,
    "Twilio takes none of the tokens in TWILIO_AUTH_TOKEN: it signs with one that we do not know, and every call gets 403.",
    "Copy the account's primary token into TWILIO_AUTH_TOKEN, see that TWILIO_ACCOUNT_SID is its account, and restart.",
)
NOT_CURRENT = Kind(
    "token-not-primary",
    Grade.FAILS,
    "The account's primary token is none of ours: Twilio signs with it, and every call gets 403.",
    "Put the primary token first in TWILIO_AUTH_TOKEN, and restart.",
)
LEFT_BEHIND = Kind(
    "token-left-behind",
    Grade.KNOW,
    "Twilio does not take the {which} token any more: it lets in nobody but whoever kept it.",
    "Take it out of TWILIO_AUTH_TOKEN, and restart.",
)
BOTH_TAKEN = Kind(
    "tokens-two",
    Grade.KNOW,
    "Twilio takes {count} of our tokens: a change of token is under way.",
    "Make the new one primary at Twilio, then take the old one out of TWILIO_AUTH_TOKEN.",
)
SUSPENDED = Kind(
    "account-inactive",
    Grade.FAILS,
    "The account at Twilio is {status}: no call comes in and none goes out.",
    "See in Twilio's console what it asks for, often a payment.",
)
TRIAL = Kind(
    "account-trial",
    Grade.FAILS,
    "The account at Twilio is a trial: callers hear Twilio's own words first, and only verified numbers can be rung.",
    "Upgrade the account.",
)
EMPTY = Kind(
    "balance-none",
    Grade.FAILS,
    "The account's balance is {left} {currency}: Twilio suspends it, and calls with it.",
    "Pay in, and switch automatic recharge on.",
)
LOW = Kind(
    "balance-low",
    Grade.SOON,
    "The account's balance is {left} {currency}: at nought Twilio suspends it, and calls with it.",
    "Pay in, and switch automatic recharge on.",
)
PARENTS = Kind(
    "balance-of-parent",
    Grade.KNOW,
    "The account belongs to another one, whose balance it uses, and that cannot be seen from here.",
    "Watch the balance of the account above it.",
)
HOME_OFF = Kind(
    "geo-home-off",
    Grade.FAILS,
    "The account may not ring ordinary numbers of the United Kingdom: no duty number can be reached.",
    "Allow the United Kingdom, low risk, in Twilio's voice geographic permissions.",
)
OTHERS_ON = Kind(
    "geo-others-on",
    Grade.KNOW,
    "The account may ring {count} other countries ({names}), and Dutyline never does: whoever gets hold of the token could.",
    "Leave only the United Kingdom, low risk, in Twilio's voice geographic permissions.",
)
RISKY_ON = Kind(
    "geo-high-risk-on",
    Grade.KNOW,
    "The account may ring numbers of high risk ({names}): toll fraud can empty it in a night, and an empty account takes no calls.",
    "Switch special services and toll fraud numbers off in Twilio's voice geographic permissions.",
)


def look(patient: Patient) -> Findings:
    """Tokens, standing and balance."""
    twilio = patient.at_twilio
    yield from _of_tokens(twilio, patient.config.tokens)
    standing = twilio.standing()
    if standing.status not in ("active", ""):
        yield SUSPENDED.found(status=standing.status)
    if standing.kind == "Trial":
        yield TRIAL.found()
    yield from _of_balance(twilio, standing, patient.config.account)


def _of_tokens(twilio: AtTwilio, ours: tuple[str, ...]) -> Iterator[Found]:
    standings = twilio.standings()
    refused = [count for count, one in enumerate(standings) if _is_refused(one)]
    if len(refused) == len(standings):
        yield NONE_TAKEN.found()
        raise CannotLookError("Twilio does not take our token.")
    for count in refused:
        yield LEFT_BEHIND.found(which=("first", "second")[count] if count < 2 else f"{count + 1}th")
    taken = [one for one in standings if isinstance(one, Standing)]
    if len(taken) > 1:
        yield BOTH_TAKEN.found(count=len(taken))
    shown = next((one.token for one in taken if WHOLE_TOKEN.fullmatch(one.token)), "")
    if shown and not any(hmac.compare_digest(shown.encode(), token.encode()) for token in ours):
        yield NOT_CURRENT.found()


def _is_refused(one: Standing | Failure) -> bool:
    return isinstance(one, Refused) and one.code == NOT_AUTHENTICATED


def _of_balance(twilio: AtTwilio, standing: Standing, account: str) -> Iterator[Found]:
    if standing.owner not in ("", account):
        yield PARENTS.found()
        return
    balance = twilio.balance()
    if balance.left <= 0:
        yield EMPTY.found(left=balance.left, currency=balance.currency)
    elif balance.left < LITTLE:
        yield LOW.found(left=balance.left, currency=balance.currency)


def look_at_permissions(patient: Patient) -> Findings:
    """Where the account may ring: the United Kingdom's ordinary numbers and nothing else."""
    countries = patient.at_twilio.countries()
    if not any(one.ordinary for one in countries if one.code == HOME):
        yield HOME_OFF.found()
    others = [one for one in countries if one.code != HOME and one.ordinary]
    if others:
        yield OTHERS_ON.found(count=len(others), names=_names(others))
    risky = [one for one in countries if one.special or one.fraudulent]
    if risky:
        yield RISKY_ON.found(names=_names(risky))


def _names(countries: list[Country]) -> str:
    return listed([one.name or one.code for one in countries])
