"""Does virtual time go from one event to the next, in their order, and no further than it is moved?"""

import pytest

from telephone import Circling, OutOfTurn
from telephone.exchange.task import Interruption, Sleep, Steps, Task, Wait
from telephone.exchange.timeline import Timeline


def test_what_happens_at_one_moment_happens_in_the_order_it_was_asked_for() -> None:
    timeline, seen = Timeline(), list[str]()
    timeline.after(2, lambda: seen.append("late"))
    timeline.after(1, lambda: seen.append("first"))
    timeline.after(1, lambda: seen.append("second"))
    timeline.advance(1.5)
    assert (seen, timeline.now) == (["first", "second"], 1.5)


def test_whoever_follows_is_told_of_every_step() -> None:
    moments: list[float] = []
    timeline = Timeline(moments.append)
    timeline.after(2.5, lambda: None)
    timeline.advance(4)
    assert moments == [2.5, 4.0]


def test_background_work_is_done_between_events_and_every_second() -> None:
    timeline, seen = Timeline(), list[float]()
    timeline.hooks.append(lambda: seen.append(timeline.now))
    timeline.after(1.5, lambda: None)
    timeline.advance(3)
    assert seen == [1.0, 1.5, 1.5, 2.5, 3.0]


def test_time_is_not_moved_from_within() -> None:
    timeline = Timeline()
    timeline.soon(lambda: timeline.advance(1))
    with pytest.raises(OutOfTurn):
        timeline.advance(1)


def test_events_without_end_in_one_instant_are_said_so() -> None:
    timeline = Timeline()

    def again() -> None:
        timeline.soon(again)

    again()
    with pytest.raises(Circling):
        timeline.settle()


def test_a_condition_is_looked_at_after_each_event() -> None:
    timeline, seen = Timeline(), list[int]()
    for second in range(5):
        timeline.after(second, lambda second=second: seen.append(second))  # type: ignore[misc]
    assert timeline.until(lambda: 2 in seen, within=10)
    assert (seen, timeline.now) == ([0, 1, 2], 2.0)
    assert not timeline.until(lambda: False, within=1)


class Bell(Interruption):
    """Something that happens to a task."""


def test_a_sleeping_task_is_not_woken_but_interrupted() -> None:
    timeline, seen = Timeline(), list[object]()

    def steps() -> Steps[None]:
        try:
            yield Sleep(10)
            seen.append("slept")
        except Bell:
            seen.append(timeline.now)

    task = Task(timeline, steps()).start()
    timeline.after(3, task.wake)
    timeline.after(4, lambda: task.interrupt(Bell()))
    timeline.advance(20)
    assert (seen, task.is_over) == ([4.0], True)


def test_a_waiting_task_is_woken_once_and_its_old_alarm_does_not_ring_again() -> None:
    timeline, seen = Timeline(), list[float]()

    def steps() -> Steps[None]:
        yield Wait(5)
        seen.append(timeline.now)
        yield Wait(10)
        seen.append(timeline.now)

    task = Task(timeline, steps()).start()
    timeline.after(2, task.wake)
    timeline.advance(30)
    assert seen == [2.0, 12.0]


def test_an_interruption_whose_reason_has_gone_is_dropped() -> None:
    timeline, seen = Timeline(), list[str]()

    def steps() -> Steps[None]:
        yield Sleep(5)
        seen.append("slept")

    Task(timeline, steps()).start().interrupt(Bell(), only_if=lambda: False)
    timeline.advance(6)
    assert seen == ["slept"]
