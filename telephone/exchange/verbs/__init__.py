"""Which verbs may a document use, in which place of a call? One file tells what each does."""

from telephone.exchange.documents import Verb
from telephone.exchange.verbs.dial import dial
from telephone.exchange.verbs.enqueue import enqueue, leave
from telephone.exchange.verbs.gather import gather
from telephone.exchange.verbs.moving import hangup, redirect, reject
from telephone.exchange.verbs.speaking import pause, play, say

SPEAKING: dict[str, Verb] = {"Pause": pause, "Play": play, "Redirect": redirect, "Say": say}
"""What a conference's wait and hold documents and an announcement may do."""

SCREENING: dict[str, Verb] = {**SPEAKING, "Gather": gather, "Hangup": hangup}
"""What a document for a person called may do."""

WAITING: dict[str, Verb] = {**SCREENING, "Leave": leave}
"""What a queue's wait document may do."""

CALLER: dict[str, Verb] = {**SCREENING, "Dial": dial, "Enqueue": enqueue, "Reject": reject}
