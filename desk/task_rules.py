"""Which tasks does a contact record ask for? One row for each, from what stands in its fields; pure.

Where a sentence for the handler and a task have the same ground, the row names the sentence (``desk.prompts``), so that what is
said and what is to be done cannot differ.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from desk.fields import CAMBRIDGESHIRE, DERBYSHIRE, NOT_PROFESSIONAL
from desk.prompts import prompts

Values = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules look at: the fields, and the codes of the sentences that are said for them."""

    values: Values
    said: frozenset[str]


Ground = Callable[[Facts], bool]
"""Whether something holds of a record."""


class Since(Enum):
    """From when a task's clock runs."""

    CONTACT = "contact"
    NOW = "now"


@dataclass(frozen=True, slots=True)
class TaskRule:
    """A task is wanted while ``wanted`` holds, is done once ``met`` does, and is withdrawn where neither holds any more."""

    kind: str
    wanted: Ground
    met: Ground
    since: Since = Since.NOW
    authorities: tuple[str, ...] = ()


class Ask(Enum):
    """What a rule asks for."""

    BEGIN = "begin"
    DONE = "done"
    WITHDRAW = "withdraw"


def _is(code: str, *wanted: str) -> Ground:
    return lambda facts: facts.values.get(code, "") in wanted


def _said(code: str) -> Ground:
    return lambda facts: code in facts.said


def _given(*codes: str) -> Ground:
    return lambda facts: all(facts.values.get(code) for code in codes)


def _all(*grounds: Ground) -> Ground:
    return lambda facts: all(ground(facts) for ground in grounds)


def _any(*grounds: Ground) -> Ground:
    return lambda facts: any(ground(facts) for ground in grounds)


def _no(ground: Ground) -> Ground:
    return lambda facts: not ground(facts)


def _never(_: Facts) -> bool:
    return False


URGENT = _is("rating", "amber", "red")
CONCERN = _any(_is("protection_now", "yes"), URGENT)
"""A safeguarding concern, as far as fields can say so: protection at once, or rated Amber or Red (C:131)."""

NO_CONSENT = _is("consent", "refused", "not-asked")
PROFESSIONAL = _no(_is("caller", *NOT_PROFESSIONAL))
DECIDED = _any(_given("outcome"), _is("rating", "blue", "green"))
CONTACT = _is("purpose", "", "contact")

RULES: Sequence[TaskRule] = (
    TaskRule("decision", CONTACT, _never, Since.CONTACT, CAMBRIDGESHIRE),
    TaskRule("decision-endorsed", _no(_never), _given("outcome"), Since.CONTACT, DERBYSHIRE),
    TaskRule("endorsement", _given("outcome"), _never, Since.CONTACT, DERBYSHIRE),
    TaskRule("family-notice", _given("outcome"), _never, Since.NOW, DERBYSHIRE),
    TaskRule("police", _said("police"), _never),
    TaskRule("form-101", _said("form-101"), _never),
    TaskRule("dash", _said("dash"), _never),
    TaskRule("referral-form", _all(CONTACT, _said("referral-form")), _never),
    TaskRule("mash-enquiries", _said("mash"), _never),
    TaskRule("head-of-service", _said("head-of-service"), _never),
    TaskRule("second-record", _said("second-record"), _given("declined")),
    TaskRule("open-case-message", _said("open-message"), _never),
    TaskRule("who-attends", _said("who-attends"), _given("attends")),
    TaskRule("authorisation", _said("authorise"), _given("authorised_by", "authorised_why")),
    TaskRule("written-request", _said("written-request"), _never),
    TaskRule("consent-return", _all(_said("consent"), _no(CONCERN)), _is("referrer_returns", "yes")),
    TaskRule("consent-decision", _all(NO_CONSENT, _no(CONCERN), PROFESSIONAL), _is("consent", "given"), Since.NOW,
             CAMBRIDGESHIRE),
    TaskRule("team-manager-now", CONCERN, _never, Since.NOW, CAMBRIDGESHIRE),
    TaskRule("consent-again", _all(CONCERN, _is("consent", "refused", "not-asked", "not-sought")), _is("consent", "given"),
             Since.NOW, CAMBRIDGESHIRE),
    TaskRule("outcome-notice", _all(DECIDED, PROFESSIONAL), _never, Since.NOW, (*CAMBRIDGESHIRE, *DERBYSHIRE)),
)  # fmt: skip


def asked(values: Values, authority: str) -> Iterator[tuple[TaskRule, Ask]]:
    """What each rule of an authority asks for, given the fields."""
    facts = Facts(values, frozenset(prompt.code for prompt in prompts(values, authority)))
    for rule in RULES:
        if not rule.authorities or authority in rule.authorities:
            yield rule, _asked(rule, facts)


def _asked(rule: TaskRule, facts: Facts) -> Ask:
    if rule.met(facts):
        return Ask.DONE
    return Ask.BEGIN if rule.wanted(facts) else Ask.WITHDRAW
