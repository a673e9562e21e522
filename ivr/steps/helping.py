"""What do the helping keys do, wherever a caller is asked for keys? 0 helps, # goes back, * says it again."""

from dataclasses import replace

from ivr.events import Event, Keyed
from ivr.moment import Moment
from ivr.outcome import Onward
from ivr.reasons import AskedForHelp

HELP = frozenset(("0", "0#"))
BACK = frozenset(("#",))
AGAIN = frozenset(("*", "*#"))


def helped(moment: Moment) -> Onward | None:
    """Where 0 and # lead; any other event is the verb's own."""
    keys = moment.event.keys if isinstance(moment.event, Keyed) else ""
    if keys in HELP:
        return Onward(moment.entering(moment.plan.otherwise), trace=(AskedForHelp(),))
    return back(moment) if keys in BACK and moment.position.back else None


def back(moment: Moment) -> Onward:
    """The menu before this node."""
    *rest, last = moment.position.back
    return Onward(replace(moment.entering(moment.plan.order[last]), back=tuple(rest)))


def wants_it_again(event: Event) -> bool:
    """Whether the caller asked to hear the prompt again; at the first menu # does so, too."""
    return isinstance(event, Keyed) and event.keys in AGAIN | BACK
