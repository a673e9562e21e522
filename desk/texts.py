"""How is a longer text taken from a request's body? With its line breaks, and without what cannot be kept."""

from typing import Annotated

from pydantic import AfterValidator, StringConstraints

from admin.body import BAD_CHARACTERS
from desk.contact_values import LONGEST, UNKEEPABLE
from desk.fields import Kind


def _kept(text: str) -> str:
    if UNKEEPABLE.search(trimmed := text.strip()):
        raise ValueError(BAD_CHARACTERS)
    return trimmed


Long = Annotated[str, StringConstraints(max_length=LONGEST[Kind.LONG]), AfterValidator(_kept)]
"""Some paragraphs."""
