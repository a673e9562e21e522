"""In which ways is a webhook answered? What the answering path counts of itself: no line, no number, no call."""

from enum import StrEnum


class Answering(StrEnum):
    """How a webhook was answered."""

    STEP = "step"
    """A step of a call, by its plan."""

    LEG = "leg"
    """A leg that the desk has placed."""

    STATUS = "status"
    """A status callback."""

    RESCUE = "rescue"
    """A fault of ours, or Twilio's fallback: the last resort."""

    TEST = "test"
    """A test call of our own, or the doctor's round trip."""

    REFUSED = "refused"
    """A wrong signature, or no webhook at all."""
