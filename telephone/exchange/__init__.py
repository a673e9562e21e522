"""What happens at Twilio when many telephones are in a call at once?

A Twilio account in miniature: any number of calls, queues and conferences in one virtual time, and the REST API that
changes them. It asks the application for its TwiML as Twilio would, over any `Transport`, and imports nothing of it::

    exchange = Exchange(WsgiTransport(app), Account("AC...", "token"), voice_url="http://127.0.0.1:8000/webhooks/voice",
                        owned=["+442079460101"], follow=lambda seconds: clock.move_to(began + seconds))
    exchange.between(worker.work_once)                      # the application's background work, between any two events
    exchange.phone("020 7946 0201").will(Person(presses="1", after=4))    # who answers there: see `personas`
    caller = exchange.dial(to="+442079460101", caller="+442079460999")    # a Leg; it rings now
    exchange.advance(20)                                    # virtual seconds; nothing moves otherwise
    exchange.until(lambda: caller.queue == "devon", within=60)
    caller.presses("1"), caller.hangs_up()                  # at this moment; what follows at once has happened on return

**Time.** `advance`, `until` and acts of people move it; `settle` lets what is due happen. `now` is seconds since the
exchange was made. `follow` is called whenever it moves, `between` hooks after each event and at least once a virtual
second. Everything random comes from `seed` (faults) and `delivery` (`InOrder`, `Unruly(seed)`): a run can be repeated.

**Telephones.** `exchange.phone(number)` is a `Phone`: `will(persona, ...)` (the last is repeated; without one it rings
until the test says `answers()` or Twilio gives up), `answers()`, `declines()`, `presses(keys)`, `hangs_up()`, `leg`
(the call it is in, else its last), `is_ringing`. Personas: `Person(presses, after, hesitates, talks)` and the outcomes
of `telephone.outcomes` (`NoAnswer`, `Busy`, `Declines`, `Fails`, `Voicemail`, `HangsUpInWhisper`, `PicksUp`, `Answers`).

**Legs.** Each call resource is a `Leg`: `sid caller called direction status parent answered_at ended_at duration token`
(`token` is the CallToken), `room` and `queue` (names, None outside), `is_held`, `is_muted`, `label`, `heard` (what was
heard: `Heard(at, kind, text, until)`), `has_heard(words)`, `hears_now`, `told()` (the transcript as text).
`exchange.legs` are all, `exchange.leg(sid)` one, `exchange.attempts` every webhook request with its answer,
`exchange.warnings` what Twilio's debugger would show, `exchange.rooms` and `exchange.queues` those that there were.

**REST.** `exchange.rest.request(method, url, data, auth, headers, timeout) -> (status, text)` in process (a custom
HttpClient of the twilio library calls it); `with exchange.served() as base_url:` over a real socket. Hung requests
raise TimeoutError, reset ones ConnectionResetError. Calls start at one a second (`calls_a_second`); the rest stay
`queued`. Faults: `exchange.rest.fails(RestFault(Fault.LOST_REPLY, method="POST", path=r"/Calls\\.json$", times=1))`,
with `probability` drawn from the seed. `exchange.rest.requests` records each: method, path, parameters, status, fault.

**Assertions.** `exchange.who_hears(leg)` (the legs whose voices it hears), `exchange.longest_silence(leg)` (a `Silence`
of at, seconds), `exchange.ringing(number)`, `exchange.left_on_hold()`, `exchange.ringing_after(leg)` (still ringing
although this caller has gone), `exchange.rung_twice_at_once()`; each returns what is wrong, so an empty one is well.
"""

from telephone.exchange.exchange import Exchange
from telephone.exchange.hearing import Heard, Silence
from telephone.exchange.leg import Leg
from telephone.exchange.personas import Person, Persona
from telephone.exchange.phone import Phone
from telephone.exchange.rest import Fault, Rest, RestFault, RestRequest

__all__ = [
    "Exchange",
    "Fault",
    "Heard",
    "Leg",
    "Person",
    "Persona",
    "Phone",
    "Rest",
    "RestFault",
    "RestRequest",
    "Silence",
]
