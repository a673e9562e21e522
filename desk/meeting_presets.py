"""Who takes part in a strategy meeting? As the procedures name them, each with its line; their numbers are the directory's."""

from collections.abc import Mapping
from dataclasses import dataclass

REFERRER = "referrer"
"""A target that is nobody of the directory: the professional who rang about the child."""


@dataclass(frozen=True, slots=True)
class Invitee:
    """One of those who are named. ``kind`` and ``slug`` say whom of the directory it means, whether or not they are entered."""

    code: str
    words: str
    source: str
    kind: str
    slug: str = ""
    chair: bool = False


@dataclass(frozen=True, slots=True)
class Preset:
    """A kind of meeting of one authority. ``assumed`` is what its source leaves open."""

    code: str
    name: str
    authority: str
    source: str
    invitees: tuple[Invitee, ...]
    assumed: str = ""


def _rows(*rows: Preset) -> Mapping[str, Preset]:
    return {row.code: row for row in rows}


PRESETS: Mapping[str, Preset] = _rows(
    Preset(
        "derbyshire-strategy-discussion", "Strategy discussion at Starting Point", "derbyshire", "B:57",
        (
            Invitee("team-manager", "Starting Point Team Manager", "B:57", "role", "derbyshire-team-manager", chair=True),
            Invitee("detective-sergeant", "Detective Sergeant", "B:57", "role", "derbyshire-detective-sergeant"),
            Invitee("named-nurse", "Named Nurse", "B:57", "role", "derbyshire-named-nurse"),
            Invitee("social-worker", "Social Worker", "B:57", "role", "derbyshire-social-worker"),
            Invitee("pod", "Pod member who gathered the information", "B:57", "team", "derbyshire-starting-point"),
            Invitee("locality", "Locality Team Manager or Practice Supervisor", "B:57", "role",
                    "derbyshire-locality-team-manager"),
        ),
        "who chairs is not printed: the Team Manager is taken for it",
    ),
    Preset(
        "cambridgeshire-strategy-meeting", "Strategy meeting", "cambridgeshire", "C:154",
        (
            Invitee("team-manager", "Team Manager", "C:156", "role", "cambridgeshire-team-manager", chair=True),
            Invitee("social-worker", "Social Worker", "C:154", "role", "cambridgeshire-social-worker"),
            Invitee("business-support", "Business Support, who takes the minutes", "C:154", "team",
                    "cambridgeshire-business-support"),
            Invitee("referrer", "Professional who made the referral", "C:154", REFERRER),
        ),
        "which partners are invited is not printed: whoever arranges it invites them by name",
    ),
    Preset(
        "derby-strategy-meeting", "Child Protection Strategy Meeting", "derby", "Y:25",
        (
            Invitee("social-care", "Social care", "Y:25", "team", "derby-initial-response"),
            Invitee("police", "Police", "Y:25", "role", "derby-police"),
            Invitee("health", "Health", "Y:25", "role", "derby-health"),
            Invitee("education", "Education", "Y:25", "role", "derby-education"),
        ),
        "who chairs is not printed: whoever arranges it, unless somebody else is named",
    ),
)  # fmt: skip
