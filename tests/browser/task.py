"""What is a task? What somebody of a role comes to some pages for, and how they do it by keyboard."""

from collections.abc import Callable
from dataclasses import dataclass

from app import Application
from store.keys import Role
from tests.browser.hands import Hands


def nothing(_: Application) -> None:
    """No preparation."""


@dataclass(frozen=True, slots=True)
class Task:
    """Its name, whose it is (``None``: nobody is signed in), how it is done, the routes that it reaches, what is there before."""

    name: str
    role: Role | None
    does: Callable[[Hands], None]
    reaches: tuple[str, ...]
    before: Callable[[Application], object] = nothing
