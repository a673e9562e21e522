"""What can go wrong in a story about a telephone call?"""


class StoryError(AssertionError):
    """The call did not go as the story says. The message ends with the transcript."""


class Unheard(StoryError):  # noqa: N818 - named for what happened
    """Something expected was not said, or something unwanted was."""


class OutOfTurn(StoryError):  # noqa: N818 - named for what happened
    """Somebody acts who cannot act now, e.g. a caller presses a key when the call has ended."""


class Untaught(RuntimeError):  # noqa: N818 - named for what happened
    """The document uses a verb or noun of Twilio's that this telephone has not been taught."""


class Circling(RuntimeError):  # noqa: N818 - named for what happened
    """The documents lead to one another without end and without needing anybody."""


class CallerGone(Exception):  # noqa: N818 - named for what happened
    """The caller hung up: thrown into whatever the call is doing at that moment."""


class TakenFromQueue(Exception):  # noqa: N818 - named for what happened
    """Somebody answers the caller who waits in a queue: thrown into whatever the caller hears at that moment."""


class CalleeGone(Exception):  # noqa: N818 - named for what happened
    """The person called hung up before being connected."""
