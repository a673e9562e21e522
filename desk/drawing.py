"""What does the table of the warm transfer look like on a page? The rows of ``docs/desk.md``, drawn from the table itself."""

from desk.transfer import COMMANDS, TABLE, Event, State

EVENTS = {
    Event.COMPLETE: "the handler completes",
    Event.JOIN: "the handler joins all three",
    Event.CANCEL: "the handler cancels",
    Event.ACCEPTED: "the other presses 1",
    Event.UNREACHED: "a phone is not answered; more to try",
    Event.NOBODY_LEFT: "nobody is left to try",
    Event.CONSULTED_LEFT: "the other hangs up",
    Event.HANDLER_LEFT: "the handler hangs up",
    Event.CALLER_LEFT: "the caller hangs up",
}
STATES = {State.LEFT: "ringing, handler gone", State.ADDING: "ringing, to join at once"}


def rows() -> str:
    """The table in Markdown: state, what happens, state afterwards, what is done about it."""
    lines = ["| state | what happens | then | what is done |", "|---|---|---|---|"]
    lines += [
        f"| {_word(state)} | {EVENTS[event]} | {_word(step.to)} | {'; '.join(step.deeds) or '–'} |"
        for (state, event), step in TABLE.items()
    ]
    return "\n".join(lines)


def drawing() -> str:
    """The same as a drawing in Mermaid's language: only what leads on, a handler's commands in capitals."""
    arrows = [
        f"    {state.name} --> {step.to.name}: {event.value.upper() if event in COMMANDS else event.value}"
        for (state, event), step in TABLE.items()
        if step.to is not state
    ]
    return "\n".join(["stateDiagram-v2", f"    [*] --> {State.RINGING.name}", *arrows])


def _word(state: State) -> str:
    return STATES.get(state, state.value)
