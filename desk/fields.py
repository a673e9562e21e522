"""What does a contact record ask? One row per field, each with the line of the procedure that wants it.

The form, the checks of what is typed, the hand-over and ``docs/records.md`` are drawn from this table. A field without
authorities belongs to every one; an authority that needs another field gets a row here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How a field is filled in."""

    TEXT = "text"
    LONG = "long"
    CHOICE = "choice"
    PEOPLE = "people"


class Part(StrEnum):
    """Where on the form a field stands."""

    REFERRER = "Who is calling"
    CHILD = "The child and the family"
    CONCERN = "The concern"
    RISKS = "To be asked of every caller"
    DECISION = "What was decided"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a closed choice."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to write down. ``source`` is document and line (``docs/index.md`` says which letter is whose)."""

    code: str
    label: str
    kind: Kind
    part: Part
    source: str
    choices: tuple[Choice, ...] = ()
    authorities: tuple[str, ...] = ()
    names_referrer: bool = False

    def is_of(self, authority: str) -> bool:
        """Whether an authority uses it; where nobody knows the authority yet, every field may be filled in."""
        return not authority or not self.authorities or authority in self.authorities


YES_NO = (Choice("yes", "Yes"), Choice("no", "No"), Choice("unknown", "Not known"))
CALLERS = (
    Choice("public", "Member of the public"),
    Choice("family", "Family member"),
    Choice("young-person", "Child or young person"),
    Choice("police", "Police"),
    Choice("school", "School or nursery"),
    Choice("gp", "GP"),
    Choice("nhs", "NHS trust, hospital or community health"),
    Choice("child-health", "Department of Child Health"),
    Choice("cafcass", "CAFCASS"),
    Choice("youth-offending", "Youth Offending Service"),
    Choice("probation", "National Probation Service or community rehabilitation company"),
    Choice("emergency-duty-team", "Emergency duty team"),
    Choice("other-authority", "Another local authority"),
    Choice("own-staff", "Our own staff"),
    Choice("other-professional", "Another professional"),
)
PURPOSES = (
    Choice("contact", "To tell us of a child"),
    Choice("consultation", "Consultation, without a referral"),
    Choice("check", "A basic check"),
)
NOT_PROFESSIONAL = frozenset({"public", "family", "young-person", ""})
OUTCOMES = (
    Choice("strategy-discussion", "Strategy discussion"),
    Choice("single-assessment", "Single Assessment (section 17)"),
    Choice("early-help", "Early Help Team, other targeted service or Vulnerable Children's Meeting"),
    Choice("signposting", "Signposting to another agency or service"),
    Choice("no-further-action", "No further action by Children's Social Care"),
)
RATINGS = (
    Choice("blue", "Blue: information, no further action"),
    Choice("green", "Green: Early Help Hub"),
    Choice("amber", "Amber: MASH action"),
    Choice("red", "Red: immediate"),
)
CONSENTS = (
    Choice("given", "Given"),
    Choice("refused", "Refused"),
    Choice("not-asked", "Not asked yet"),
    Choice("not-sought", "Not sought: it could put the child at risk"),
)
SCALE = tuple(Choice(str(step), f"Scale {step}") for step in range(1, 5))
ATTENDS = (Choice("mash", "MASH"), Choice("initial-response", "Initial Response Team"))

DEVON, DERBYSHIRE, CAMBRIDGESHIRE = ("devon",), ("derbyshire",), ("cambridgeshire",)
TEXT, LONG, CHOICE, PEOPLE = Kind.TEXT, Kind.LONG, Kind.CHOICE, Kind.PEOPLE
WHO, CHILD, CONCERN, RISKS, DECISION = Part

FIELDS: Sequence[Field] = (
    Field("caller", "What the caller is to the child, or which body they are from", CHOICE, WHO, "C:44", CALLERS),
    Field("purpose", "What the caller wants", CHOICE, WHO, "C:107", PURPOSES, CAMBRIDGESHIRE),
    Field("referrer_name", "The caller's name", TEXT, WHO, "C:46", names_referrer=True),
    Field("referrer_contact", "How the caller can be reached", TEXT, WHO, "C:46", names_referrer=True),
    Field("anonymous", "The caller asks not to be named", CHOICE, WHO, "C:46", YES_NO),
    Field("relationship", "How the caller knows the child and family", LONG, WHO, "B:30"),
    Field("parents_know", "What the parents know of this call", LONG, WHO, "B:32"),
    Field("children", "Each child: full name, date of birth, gender", PEOPLE, CHILD, "B:18"),
    Field("address", "Family address; school or nursery", LONG, CHILD, "B:19"),
    Field("parental_responsibility", "Who has parental responsibility", LONG, CHILD, "B:20"),
    Field("household", "Everybody in the household: name, date of birth", PEOPLE, CHILD, "B:21"),
    Field("background", "Ethnicity, first language and religion, of children and parents", LONG, CHILD, "B:22"),
    Field("nationality", "Nationality and immigration status", LONG, CHILD, "B:23"),
    Field("needs", "Additional needs, and how the children communicate", LONG, CHILD, "B:24"),
    Field("events", "Significant events, recent or past", LONG, CHILD, "B:25"),
    Field("agencies", "Other agencies known to be involved", LONG, CHILD, "B:31"),
    Field("open_case", "The child is open to Children's Services", CHOICE, CHILD, "B:16", YES_NO),
    Field("parent_under_18", "A parent or carer is under 18", CHOICE, CHILD, "C:66", YES_NO, CAMBRIDGESHIRE),
    Field("staff_family", "The child is of a member of staff or their family", CHOICE, CHILD, "C:56", YES_NO),
    Field("concern", "Cause for concern: what, who said it, when and where", LONG, CONCERN, "B:26"),
    Field("condition", "Where the child is now, and how they are", LONG, CONCERN, "B:27"),
    Field("protection_now", "The child needs protection at once", CHOICE, CONCERN, "B:28", YES_NO),
    Field("perpetrator", "Details of any alleged perpetrator", LONG, CONCERN, "B:29"),
    Field("crime", "A crime may have been committed", CHOICE, CONCERN, "B:37", YES_NO),
    Field("domestic_abuse", "Difficulties due to domestic abuse", CHOICE, RISKS, "B:33", YES_NO),
    Field("mental_illness", "Difficulties due to mental illness", CHOICE, RISKS, "B:33", YES_NO),
    Field("substance_misuse", "Difficulties due to substance misuse", CHOICE, RISKS, "B:33", YES_NO),
    Field("learning_difficulties", "Difficulties due to learning difficulties", CHOICE, RISKS, "B:33", YES_NO),
    Field("caada_high", "High risk by the CAADA checklist", CHOICE, RISKS, "C:50", YES_NO, CAMBRIDGESHIRE),
    Field("barnardo_scale", "Barnardo's matrix", CHOICE, RISKS, "C:50", SCALE, CAMBRIDGESHIRE),
    Field("consent", "Consent of the family (of a young person over 16, their own)", CHOICE, DECISION, "C:125", CONSENTS),
    Field("rating", "Rating", CHOICE, DECISION, "C:118", RATINGS, CAMBRIDGESHIRE),
    Field("outcome", "Outcome", CHOICE, DECISION, "B:39", OUTCOMES, DERBYSHIRE),
    Field("attends", "Who attends", CHOICE, DECISION, "D:24", ATTENDS, DEVON),
    Field("disagrees", "The caller does not agree with the decision", CHOICE, DECISION, "B:45", YES_NO),
    Field("without_parents", "Agencies are spoken to without the parents' knowledge", CHOICE, DECISION, "B:47", YES_NO),
    Field("authorised_by", "Manager who authorised that", TEXT, DECISION, "B:47"),
    Field("authorised_why", "The manager's reasons", LONG, DECISION, "B:47"),
    Field("written_request", "A written request is awaited", CHOICE, DECISION, "C:94", YES_NO, CAMBRIDGESHIRE),
    Field("referrer_returns", "The caller was asked to return with consent", CHOICE, DECISION, "C:127", YES_NO, CAMBRIDGESHIRE),
    Field("declined", "Why a second assessment was declined", LONG, DECISION, "C:66", (), CAMBRIDGESHIRE),
)  # fmt: skip

BY_CODE = {field.code: field for field in FIELDS}


def fields_of(authority: str) -> tuple[Field, ...]:
    """The fields that an authority's form asks, in their order."""
    return tuple(field for field in FIELDS if field.is_of(authority))


def label_of(field: Field, code: str) -> str:
    """A choice in words."""
    return next((choice.label for choice in field.choices if choice.code == code), code)
