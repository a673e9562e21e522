"""How do the tests arrange a strategy meeting? Roles get numbers of drama, and people wait at those phones."""

from typing import Any

from store.keys import Role
from telephone import Leg, Person
from tests.admin.desk_client import Holder, holder
from tests.desk.stage import Stage

PRESET = "derbyshire-strategy-discussion"
CHAIR, SERGEANT, NURSE, WORKER = "+442079460401", "+442079460402", "+442079460403", "+442079460404"
ROLES = {
    "derbyshire-team-manager": CHAIR,
    "derbyshire-detective-sergeant": SERGEANT,
    "derbyshire-named-nurse": NURSE,
    "derbyshire-social-worker": WORKER,
}
EVERYBODY = frozenset(ROLES.values())


def enters(stage: Stage, slug: str, *numbers: str) -> None:
    """A named role with numbers of its own, whether or not it was bundled vacant."""
    editor = holder(stage.application, Role.EDITOR, "Edith Editor")
    if editor.asks(f"/roles/{slug}").status_code == 200:
        reply = editor.changes("PATCH", f"/roles/{slug}", {"numbers": list(numbers)})
    else:
        role = {
            "slug": slug,
            "authority": slug.partition("-")[0],
            "name": slug.partition("-")[2],
            "numbers": list(numbers),
        }
        reply = editor.sends("POST", "/roles", role)
    assert reply.status_code in (200, 201), reply.get_json()


def convened(stage: Stage) -> None:
    """Those whom Derbyshire names can be rung, and would come, each a little later than the one before."""
    for after, (slug, number) in enumerate(ROLES.items(), 2):
        enters(stage, slug, number)
        stage.exchange.phone(number).will(Person("1", after=after))


def arranged(by: Holder, **body: Any) -> dict[str, Any]:
    reply = by.sends("POST", "/meetings", {"preset": PRESET} | body)
    assert reply.status_code == 201, reply.get_json()
    answer: dict[str, Any] = reply.get_json()
    return answer


def commands(stage: Stage, by: Holder, key: str, command: str, **body: Any) -> dict[str, Any]:
    reply = by.sends("POST", f"/meetings/{key}/{command}", body)
    assert reply.status_code == 200, reply.get_json()
    stage.exchange.settle()
    answer: dict[str, Any] = reply.get_json()
    return answer


def reads(by: Holder, key: str) -> dict[str, Any]:
    answer: dict[str, Any] = by.asks(f"/meetings/{key}").get_json()
    return answer


def seat(shown: dict[str, Any], code: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in shown["seats"] if one["code"] == code)
    return found


def states(shown: dict[str, Any]) -> dict[str, str]:
    return {one["code"]: one["state"] for one in shown["seats"]}


def leg_of(stage: Stage, number: str) -> Leg:
    """The call that somebody is in."""
    return stage.exchange.phone(number).leg


def is_together(stage: Stage, *numbers: str) -> bool:
    """Whether these people, and nobody else, hear each other."""
    return all(
        stage.exchange.phone(one).calls and stage.hears(leg_of(stage, one)) == set(numbers) - {one} for one in numbers
    )


def begun(stage: Stage, by: Holder, **body: Any) -> str:
    """A meeting in which all four are."""
    convened(stage)
    key: str = arranged(by, **body)["id"]
    commands(stage, by, key, "start")
    stage.until(lambda: is_together(stage, *EVERYBODY), 60)
    return key
