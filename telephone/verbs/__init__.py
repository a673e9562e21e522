"""Which verbs may a caller's document use? One file tells what each does."""

from telephone.leg import Verb
from telephone.verbs.dial import dial
from telephone.verbs.enqueue import enqueue
from telephone.verbs.gather import gather
from telephone.verbs.hangup import hangup
from telephone.verbs.pause import pause
from telephone.verbs.play import play
from telephone.verbs.redirect import redirect
from telephone.verbs.reject import reject
from telephone.verbs.say import say

CALLER_VERBS: dict[str, Verb] = {
    "Dial": dial,
    "Enqueue": enqueue,
    "Gather": gather,
    "Hangup": hangup,
    "Pause": pause,
    "Play": play,
    "Redirect": redirect,
    "Reject": reject,
    "Say": say,
}
