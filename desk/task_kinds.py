"""Which tasks does the desk know, whose are they, and by when are they due? One row per kind, with its line of the procedure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

DAY, FOUR_HOURS, AT_ONCE = timedelta(days=1), timedelta(hours=4), timedelta(0)


@dataclass(frozen=True, slots=True)
class TaskKind:
    """A kind of task. ``role`` is a code of a named role without its authority; empty: any handler.

    ``within``: how long it may take; none: no time is printed, and none is invented. ``working``: a day of it is a working
    day; otherwise the clock is the target, and working time the later reading. ``also``: the longer time where two are printed.
    ``recurs``: once done it begins anew, until its record no longer asks for it.
    """

    code: str
    words: str
    role: str
    source: str
    within: timedelta | None = None
    working: bool = False
    also: timedelta | None = None
    recurs: bool = False


def _rows(*rows: TaskKind) -> Mapping[str, TaskKind]:
    return {row.code: row for row in rows}


KINDS: Mapping[str, TaskKind] = _rows(
    TaskKind("decision", "Decide what response this contact needs.", "team-manager", "C:38", DAY),
    TaskKind("decision-endorsed", "Decide what response this contact needs; a Team Manager endorses it.", "", "B:49", DAY,
             working=True),
    TaskKind("endorsement", "Endorse the decision on this contact.", "team-manager", "B:49", DAY, working=True),
    TaskKind("family-notice", "Tell the child and the family what was decided.", "", "B:45"),
    TaskKind("outcome-notice", "Tell the referrer, a professional, what was decided.", "", "B:45, C:167"),
    TaskKind("police", "A crime may have been committed: tell the police.", "", "B:37", AT_ONCE),
    TaskKind("form-101", "Get the police's Form 101.", "", "C:44"),
    TaskKind("dash", "Get the DASH form, which must be attached.", "", "C:44"),
    TaskKind("referral-form", "Get the Board's referral form; an Early Help Assessment may support it.", "", "C:44"),
    TaskKind("mash-enquiries", "High risk of domestic abuse: make MASH enquiries.", "mash-navigator", "C:50"),
    TaskKind("head-of-service", "A member of staff or their family: say whether another area or authority acts.",
             "head-of-service", "C:58"),
    TaskKind("second-record", "The parent is under 18: have a colleague make a linked record, or write why it was declined.", "",
             "C:66"),
    TaskKind("open-case-message", "The child is open: send what matters to the three roles that work with them.", "", "C:42"),
    TaskKind("message-social-worker", "Read a message on a child with whom you work.", "social-worker", "C:42"),
    TaskKind("message-consultant", "Read a message on a child with whom your unit works.", "consultant-social-worker", "C:42"),
    TaskKind("message-coordinator", "Read a message on a child with whom your unit works; a case note belongs on ICS.",
             "unit-coordinator", "C:42"),
    TaskKind("who-attends", "Write down whether MASH or the Initial Response Team attends.", "", "D:24"),
    TaskKind("authorisation", "Authorise speaking to agencies without the parents' knowledge, or refuse it; with reasons.",
             "team-manager", "B:47"),
    TaskKind("written-request", "A written request is awaited, with its purpose and with consent or the attempts to get it.", "",
             "C:98"),
    TaskKind("consent-return", "Ring the referrer: they speak to the parent or child, and come back to us.", "", "C:125"),
    TaskKind("consent-decision", "No consent and no concern: agree on the Early Help Hub or on closing the case.",
             "team-manager", "C:127"),
    TaskKind("team-manager-now", "A safeguarding concern: discuss it with the Team Manager now.", "team-manager", "C:131",
             AT_ONCE),
    TaskKind("consent-again", "There is no consent yet: would asking for it be safe for the child by now?", "team-manager",
             "C:131", DAY, recurs=True),
    TaskKind("amber-action", "Rated Amber: MASH enquiries, or a strategy meeting.", "mash-navigator", "C:135, C:146", FOUR_HOURS,
             also=DAY),
    TaskKind("red-action", "Rated Red: urgent MASH action.", "mash-navigator", "C:136", FOUR_HOURS),
    TaskKind("amber-partners", "Rated Amber: ask the partner agencies what they know.", "mash-navigator", "C:139", FOUR_HOURS,
             also=DAY),
    TaskKind("red-partners", "Rated Red: ask the partner agencies what they know.", "mash-navigator", "C:139", FOUR_HOURS),
    TaskKind("early-help", "Rated Green: take it to the Early Help Hub.", "early-help-area-manager", "C:121"),
    TaskKind("unit-hand-over", "Hand the case over to the local social work Unit.", "", "C:147"),
    TaskKind("basic-check", "Answer a basic check, once it is established who asks.", "", "C:85"),
    TaskKind("consultation-navigator", "Advise on a consultation, and write down what you advised.", "mash-navigator", "C:111"),
    TaskKind("consultation-early-help", "Advise on a consultation, and write down what you advised.",
             "early-help-area-manager", "C:111"),
    TaskKind("consultation-filing", "File the form of a consultation.", "business-support", "C:111"),
    TaskKind("move-form", "Another authority told of a family who moves in: wait for its Form SOC 1233.", "", "C:176"),
    TaskKind("move-decision", "The Form SOC 1233 is here: discuss it, and say whether the family stays.", "team-manager",
             "C:178"),
    TaskKind("move-records", "The family is here: create its records on ICS, and add the form.", "", "C:180, C:186"),
    TaskKind("move-conference", "Arrange a Transfer-In Conference, or say that none is needed.", "pqa", "C:180"),
    TaskKind("move-allocation", "The conference is accepted: allocate the case.", "district", "C:182"),
    TaskKind("responsibility-managers", "Agree with the other authority whose case it is.", "team-manager", "C:186"),
    TaskKind("responsibility-protection", "The managers could not agree: determine whose case it is.",
             "child-protection-manager", "C:186"),
    TaskKind("responsibility-senior", "Still no agreement: settle whose case it is, before delay harms the child.",
             "senior-manager", "C:186", AT_ONCE),
    TaskKind("hand-back", "The night team has acted: read what it did, and take over.", "", "B:63", AT_ONCE, working=True),
    TaskKind("late-alert", "A late alert: read it, so that it is not missed.", "out-of-hours-team-manager", "B:68", AT_ONCE),
    TaskKind("staff-alert", "An alert for tonight: read it, and put it in its place among the work.",
             "out-of-hours-team-manager", "B:64", AT_ONCE),
    TaskKind("minutes", "Send the minutes of the strategy meeting to those who attended.", "", "C:158", DAY),
    TaskKind("call-back-escalated", "A call back is about to be late: see that it is made.", "team-manager", "B:72", AT_ONCE),
    TaskKind("call-back-restored", "After a restore this call back counts as made, since a call to its number was answered: see that "
             "it was, or book it again.", "team-manager", "B:72", AT_ONCE),
    TaskKind("number-changed", "A duty number was changed: ring the old one, and ask whether they know of it.", "team-manager",
             "D:20", DAY),
    TaskKind("number-unanswered", "A duty number does not answer its test calls: ask the team, and correct it.", "team-manager",
             "D:20", AT_ONCE),
    TaskKind("refer-to-area-team", "Refer this child to the area team: a second enquiry came within two years.",
             "list-custodian", "S:45"),
    TaskKind("cetr-reply", "Answer this CETR request.", "", "D:8"),
)  # fmt: skip
