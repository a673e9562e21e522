"""What should a handler be told, given what stands on the contact record? One rule per sentence, each with its source.

Pure: values by field code in, sentences out. The authority decides which rules speak.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from desk.fields import CAMBRIDGESHIRE, DERBYSHIRE, DEVON, NOT_PROFESSIONAL

Values = Mapping[str, object]
SHEFFIELD = ("sheffield",)


@dataclass(frozen=True, slots=True)
class Prompt:
    """A sentence for the handler, with its code for machines and its source."""

    code: str
    words: str
    source: str


@dataclass(frozen=True, slots=True)
class Rule:
    """When a sentence is said, and in which authorities (none: in all)."""

    prompt: Prompt
    holds: Callable[[Values], bool]
    authorities: tuple[str, ...] = ()


def _is(code: str, *wanted: str) -> Callable[[Values], bool]:
    return lambda values: values.get(code, "") in wanted


def _all(*tests: Callable[[Values], bool]) -> Callable[[Values], bool]:
    return lambda values: all(test(values) for test in tests)


def _lacks(code: str) -> Callable[[Values], bool]:
    return lambda values: not values.get(code)


def _professional(values: Values) -> bool:
    return values.get("caller", "") not in NOT_PROFESSIONAL


def _private(values: Values) -> bool:
    return bool(values.get("caller")) and not _professional(values)


def _is_high(values: Values) -> bool:
    return values.get("caada_high") == "yes" or values.get("barnardo_scale") in ("3", "4")


def _decided(values: Values) -> bool:
    return bool(values.get("outcome") or values.get("rating"))


def _say(
    code: str, words: str, source: str, holds: Callable[[Values], bool], authorities: tuple[str, ...] = ()
) -> Rule:
    return Rule(Prompt(code, words, source), holds, authorities)


RULES: Sequence[Rule] = (
    _say("protect", "The child needs protection at once: get help to the child first, then go on writing.", "B:28",
         _is("protection_now", "yes")),
    _say("police", "A crime may have been committed: tell the police at once.", "B:37", _is("crime", "yes")),
    _say("anonymity", "Say: “We would not give the family your name, but we cannot guarantee that you stay anonymous.”",
         "C:46", _is("anonymous", "yes")),
    _say("do-not-disclose", "Do not give this caller's details to parents or other agencies without their consent.", "B:46",
         lambda values: _private(values) or values.get("anonymous") == "yes"),
    _say("full-details", "Take as much about the family and the concern as you can, using the referral form as a guide.",
         "C:46", _private),
    _say("consultation", "Say: “This does not go on social care records. We keep a note of it on a confidential list, and the "
         "form is filed.” It may become a referral.", "X37", _is("purpose", "consultation"), CAMBRIDGESHIRE),
    _say("check", "A basic check is not a contact: answer it only for the bodies of the list.", "C:71", _is("purpose", "check"),
         CAMBRIDGESHIRE),
    _say("form-101", "Ask the police for their Form 101.", "C:44", _is("caller", "police"), CAMBRIDGESHIRE),
    _say("dash", "The police report domestic abuse: the DASH form must be attached; ask for it where it is missing.", "C:44",
         _all(_is("caller", "police"), _is("domestic_abuse", "yes")), CAMBRIDGESHIRE),
    _say("referral-form", "Ask for the Board's referral form; an Early Help Assessment may support it.", "C:44",
         _all(_professional, lambda values: values.get("caller") != "police"), CAMBRIDGESHIRE),
    _say("online-form", "If no child is at risk of significant harm, ask the caller to fill in the online request for support.",
         "B:34", _professional, DERBYSHIRE),
    _say("safeguarding-lead", "Ask whether they have spoken to their own safeguarding lead first.", "B:72", _professional,
         DERBYSHIRE),
    _say("may-not-be-told", "Schools and GPs are not among those whom checks are answered for: say so kindly, and offer to "
         "take a referral.", "X38", _is("caller", "school", "gp"), CAMBRIDGESHIRE),
    _say("domestic-abuse", "This record is flagged as domestic abuse.", "C:48", _is("domestic_abuse", "yes"), CAMBRIDGESHIRE),
    _say("mash", "High risk of domestic abuse: MASH makes enquiries. Pass it to MASH now.", "C:50", _is_high, CAMBRIDGESHIRE),
    _say("head-of-service", "A member of staff or their family: the Head of Service is consulted, another area may act, and "
         "the record is open only to those who are named.", "C:56", _is("staff_family", "yes")),
    _say("second-record", "The parent is under 18 and may be assessed too, by another worker: make a linked record, or write "
         "down why it was declined.", "C:66", _all(_is("parent_under_18", "yes"), _lacks("declined")), CAMBRIDGESHIRE),
    _say("open-worker", "The child is open: this goes to the allocated worker, not to Starting Point.", "B:16",
         _is("open_case", "yes"), DERBYSHIRE),
    _say("open-message", "The child is open: send what matters to the Social Worker, the Consultant Social Worker and the Unit "
         "Coordinator.", "C:42", _is("open_case", "yes"), CAMBRIDGESHIRE),
    _say("who-attends", "Write down whether MASH or the Initial Response Team attends; the procedure leaves it open.", "D:24",
         _all(_is("open_case", "no"), _lacks("attends")), DEVON),
    _say("enquiry", "Say: “An enquiry is not a referral.” If the caller wants to refer a child, take a referral.", "S:47",
         _professional, SHEFFIELD),
    _say("authorise", "Without the parents' knowledge a manager must authorise it: write down who, and why.", "B:47",
         lambda values: values.get("without_parents") == "yes"
         and not (values.get("authorised_by") and values.get("authorised_why"))),
    _say("consent", "Without consent and without a safeguarding concern this is not accepted: ask the caller to return with "
         "consent, or ask the Team Manager.", "C:125", _all(_professional, _is("consent", "refused", "not-asked")), CAMBRIDGESHIRE),
    _say("written-request", "More is told only in writing, with purpose and consent; the request is awaited.", "C:94",
         _is("written_request", "yes"), CAMBRIDGESHIRE),
    _say("urgent-advice", "Very urgent: take advice from Legal Services and the Data Protection Team on what may be told. No number of "
         "either is printed; the gap report says whether one is entered.", "C:102",
         _all(_is("protection_now", "yes"), lambda values: values.get("purpose") == "check"
              or values.get("written_request") == "yes"), CAMBRIDGESHIRE),
    _say("escalation", "The caller disagrees: first their own manager or safeguarding lead, then the partnership's escalation "
         "process.", "B:45", _is("disagrees", "yes")),
    _say("tell-professional", "Tell the caller, a professional, what was decided.", "B:45", _all(_decided, _professional)),
    _say("tell-nobody", "Do not send the outcome to this caller: only professionals are told.", "C:167",
         _all(_decided, _private), CAMBRIDGESHIRE),
)  # fmt: skip


def prompts(values: Values, authority: str) -> tuple[Prompt, ...]:
    """The sentences for a record, the most urgent first."""
    return tuple(
        rule.prompt for rule in RULES if (not rule.authorities or authority in rule.authorities) and rule.holds(values)
    )
