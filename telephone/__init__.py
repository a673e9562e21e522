"""What does a caller hear?

A telephone that executes TwiML exactly as Twilio would. It speaks HTTP only and knows nothing of the application::

    phone = Telephone(WsgiTransport(app), Account("AC...", "token"), "http://127.0.0.1:8000/webhooks/voice")
    call = phone.dial(to="+442079460101").hears("Devon").presses("1")
    call.rings("01392 388481").answers(presses="1").whispers("press 1 to accept").talks(60).callee_hangs_up()

Read on in `story` (a whole call), `program` (how documents are worked through) and `verbs` (one file each).
"""

from telephone.account import Account, Numbered, Sids, Unique
from telephone.call import Call
from telephone.delivery import Delivery, InOrder, Unruly
from telephone.english import told
from telephone.errors import Circling, OutOfTurn, StoryError, Unheard, Untaught
from telephone.exchange import (
    Exchange,
    Fault,
    Heard,
    Leg,
    Person,
    Persona,
    Phone,
    Rest,
    RestFault,
    RestRequest,
    Silence,
)
from telephone.fetching import Attempt, Failure
from telephone.numbers import e164, is_dialable, national
from telephone.outcomes import (
    Answers,
    Busy,
    Declines,
    Fails,
    HangsUpInWhisper,
    NoAnswer,
    Outcome,
    OutcomeWord,
    PicksUp,
    Voicemail,
)
from telephone.script import play
from telephone.signature import signature
from telephone.states import Ended, Gathering, Listening, Queued, Ringing, State, Talking, Whispering
from telephone.switchboard import ScreeningFailure
from telephone.telephone import Telephone
from telephone.transcript import Line, Warned
from telephone.transport import (
    BrokenOff,
    HttpTransport,
    Request,
    Response,
    TimedOut,
    Transport,
    Unreachable,
    WsgiTransport,
)

__all__ = [
    "Account",
    "Answers",
    "Attempt",
    "BrokenOff",
    "Busy",
    "Call",
    "Circling",
    "Declines",
    "Delivery",
    "Ended",
    "Exchange",
    "Fails",
    "Failure",
    "Fault",
    "Gathering",
    "HangsUpInWhisper",
    "Heard",
    "HttpTransport",
    "InOrder",
    "Leg",
    "Line",
    "Listening",
    "NoAnswer",
    "Numbered",
    "OutOfTurn",
    "Outcome",
    "OutcomeWord",
    "Person",
    "Persona",
    "Phone",
    "PicksUp",
    "Queued",
    "Request",
    "Response",
    "Rest",
    "RestFault",
    "RestRequest",
    "Ringing",
    "ScreeningFailure",
    "Sids",
    "Silence",
    "State",
    "StoryError",
    "Talking",
    "Telephone",
    "TimedOut",
    "Transport",
    "Unheard",
    "Unique",
    "Unreachable",
    "Unruly",
    "Untaught",
    "Voicemail",
    "Warned",
    "Whispering",
    "WsgiTransport",
    "e164",
    "is_dialable",
    "national",
    "play",
    "signature",
    "told",
]
