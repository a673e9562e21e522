"""Does each alert that is shipped fire for real, and fall silent again? A real Prometheus, the rules as they are, real trouble."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.deploy.shipped import read
from tests.reliability.alerting.callers import callers
from tests.reliability.alerting.machines import forgotten, frozen, hung, locked, stopped, stuttering
from tests.reliability.alerting.prometheus import RULES
from tests.reliability.alerting.trouble import Place, Told, Watched, watched
from tests.reliability.figure import Figure, Value

WHERE: Mapping[str, Place] = {
    "DutylineCallsRescued": callers,
    "DutylineAlarm": callers,
    "DutylineDown": stopped,
    "DutylineDatabaseAway": frozen,
    "DutylineReadingOld": frozen,
    "DutylineDatabaseTakesNothing": locked,
    "DutylineJournalWaits": locked,
    "DutylineVersionsDiffer": hung,
    "DutylineSnapshotOld": hung,
    "DutylineWebhooksSlow": stuttering,
    "DutylineNobodyReached": callers,
    "DutylineQueueWaits": callers,
    "DutylineCallBacksLate": forgotten,
    "DutylineFailoverOld": forgotten,
    "DutylinePersonLate": callers,
}
"""Where each alert is made to fire, the sooner ones first; those of one place all at once."""

FULL = len(WHERE)


def figure(size: int, seed: int) -> Figure:  # noqa: ARG001  # nothing is left to chance
    """Make trouble for the first ``size`` alerts, everywhere at once."""
    wanted = tuple(WHERE)[:size]
    places = tuple(dict.fromkeys(WHERE[name] for name in wanted))
    with TemporaryDirectory() as folder, ThreadPoolExecutor(len(places)) as pool:
        begun = {place.__name__: pool.submit(watched, place, Path(folder) / place.__name__, wanted) for place in places}
        faults = tuple(_faults(begun))
    there = {name: found.result() for name, found in begun.items() if not found.exception()}
    told = {one.alert: one for found in there.values() for one in found.told}
    values: dict[str, Value] = {
        "alerts": len(wanted), "fired": sum(_has_fired(told, name) for name in wanted),
        "silent_again": sum(name in told and told[name].silent is not None for name in wanted),
        "not_fired": " ".join(name for name in wanted if not _has_fired(told, name)),
        **{f"{name}_after": _rounded(told[name].fired) for name in wanted if name in told},
        "beside": "; ".join(f"{name}: {' '.join(sorted(found.beside))}" for name, found in there.items() if found.beside),
    }  # fmt: skip
    return Figure(values, (*faults, *_missed(wanted, told, there)))


def _has_fired(told: Mapping[str, Told], name: str) -> bool:
    return name in told and told[name].fired is not None


def _rounded(seconds: float | None) -> Value:
    return None if seconds is None else round(seconds)


def _faults(begun: Mapping[str, "Future[Watched]"]) -> Iterator[str]:
    """Places that could not be broken, or not be mended."""
    for name, found in begun.items():
        if fault := found.exception():
            sys.stderr.write(f"{name}: {fault!r}\n")
            yield f"{name}: {type(fault).__name__}: {str(fault)[:200]}"


def _missed(wanted: Sequence[str], told: Mapping[str, Told], there: Mapping[str, Watched]) -> Iterator[str]:
    shipped = {rule["alert"] for group in read(RULES)["groups"] for rule in group["rules"]}
    yield from (f"{name} is tried nowhere" for name in sorted(shipped - set(WHERE)))
    yield from (f"{name} has not fired" for name in wanted if not _has_fired(told, name))
    yield from (
        f"{one.alert} does not fall silent" for one in told.values() if one.fired is not None and one.silent is None
    )
    yield from (
        f"{place}: {name} was not silent before" for place, found in there.items() for name in sorted(found.early)
    )
