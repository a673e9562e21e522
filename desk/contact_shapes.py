"""How are contact records written and read over the API?"""

from typing import Any

from pydantic import BaseModel, Field, JsonValue

from admin.body import Body, Id, Name, Slug, Strict, Text

SEQUENCE_MOST = 2**53


class CallPath(Strict):
    """Which call."""

    sid: str


class ContactPath(Strict):
    """Which record."""

    id: str


class FormQuery(Strict):
    """Whose form."""

    authority: Slug = ""


class ContactBody(Body):
    """The fields that were typed since the last save; the others stay as they are, and an empty value empties a field."""

    fields: dict[str, JsonValue] = Field({}, max_length=100, examples=[{"concern": "..."}])
    authority: Slug = Field("", description="Where no call says it yet; it cannot be changed once it is known.")
    page: Id = Field("", description="Any text of this page's own, with which its saves are told apart.")
    sequence: int = Field(0, ge=0, le=SEQUENCE_MOST, description="Rises with every save of a page: a late one loses.")


class AccessBody(Body):
    """Who is let in, and whom the record is closed to, by id of key or account. Nobody let in: open to every handler."""

    allowed: list[Id] = Field([], max_length=100)
    blocked: list[Id] = Field([], max_length=100)


class LinkBody(Body):
    """Which record belongs to this one, and why."""

    other: Slug = ""
    as_: Slug = Field("same-family", alias="as", examples=["parent-under-18", "same-family"])


class ChildBody(Body):
    """A child, as exactly as they are known; it is asked in a body because names do not belong in addresses."""

    name: Name = ""
    born: Text = Field("", examples=["2019-05-31"])


class ChoiceOut(BaseModel):
    """One answer of a closed choice."""

    code: str
    label: str


class FieldOut(BaseModel):
    """A field of the form."""

    code: str
    label: str
    kind: str = Field(examples=["text", "long", "choice", "people"])
    part: str
    source: str = Field(description="Document and line of the procedure.", examples=["B:18"])
    choices: list[ChoiceOut]


class FormOut(BaseModel):
    """The form of an authority."""

    authority: str
    fields: list[FieldOut]


class PromptOut(BaseModel):
    """What the handler should do or say now."""

    code: str
    words: str
    source: str


class SavedOut(BaseModel):
    """A save that is on the disk."""

    id: str
    version: int
    saved_at: str | None
    locked: bool
    prompts: list[PromptOut]


class LinkOut(BaseModel):
    """Another record that belongs to this one."""

    id: str
    why: str


class ContactOut(SavedOut):
    """A record with what it holds."""

    call: str | None
    authority: str
    made_at: str | None
    fields: dict[str, Any]
    anonymous: bool
    hidden: list[str] = Field(description="Fields that are kept from you because the caller asks not to be named.")
    linked: list[LinkOut]


class VersionOut(BaseModel):
    """One save."""

    version: int
    at: str | None
    who: str
    fields: list[str]


class AccessOut(BaseModel):
    """Who may read a record, by id of key or account."""

    locked: bool
    allowed: list[str]
    blocked: list[str]
    version: int = Field(description="Changes with the lists, not with what is typed.")


class HistoryOut(BaseModel):
    """Every save of a record, and who may read it."""

    items: list[VersionOut]
    locked: bool
    allowed: list[str]
    blocked: list[str]


class FoundOut(BaseModel):
    """A record of the child that was asked for."""

    id: str
    call: str | None
    authority: str
    made_at: str | None
    locked: bool


class FoundList(BaseModel):
    """The records of a child, newest first; records that are closed to you are left out."""

    items: list[FoundOut]
