"""What is ours compared with? The same step done by nothing, by the documentation's way, and by a naive design with an ORM."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime, time
from typing import Any

from flask import Flask, Response, request
from sqlalchemy import ForeignKey, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from twilio.request_validator import RequestValidator
from twilio.twiml.voice_response import Gather, VoiceResponse

from bench.asked import LINE, TOKEN
from routing.clock import SystemClock

XML = "application/xml"
OPTIONS = (
    "a child at risk",
    "a family you know",
    "the duty worker",
    "an extension",
    "another council",
    "to hear this again",
)
CLOCK = SystemClock()


def bare(base: str, database: str) -> Flask:  # noqa: ARG001  # all peers are made alike
    """A Flask view that says a constant."""
    flask = Flask("bare")
    said = _menu(OPTIONS)

    @flask.post("/voice")
    def voice() -> Response:
        return Response(said, mimetype=XML)

    return flask


def documented(base: str, database: str) -> Flask:  # noqa: ARG001  # all peers are made alike
    """As the documentation shows it: the library's validator, the library's builder, no memory at all."""
    flask, validator = Flask("documented"), RequestValidator(TOKEN)

    @flask.post("/voice")
    def voice() -> Response:
        if not validator.validate(f"{base}/voice", request.form, request.headers.get("X-Twilio-Signature", "")):
            return Response(status=403)
        return Response(_menu(OPTIONS), mimetype=XML)

    return flask


class Base(DeclarativeBase):
    """The naive design's tables."""


class Team(Base):
    """A team with its hours."""

    __tablename__ = "team"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    number: Mapped[str]
    opens: Mapped[time]
    closes: Mapped[time]


class Line(Base):
    """A line that answers a number."""

    __tablename__ = "line"
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(index=True)


class Option(Base):
    """A choice of a line's menu."""

    __tablename__ = "option"
    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("line.id"), index=True)
    key: Mapped[str]
    words: Mapped[str]
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))


class Call(Base):
    """A call."""

    __tablename__ = "call"
    sid: Mapped[str] = mapped_column(primary_key=True)
    line_id: Mapped[int]
    caller: Mapped[str]


class Event(Base):
    """Something that happened on a call."""

    __tablename__ = "event"
    id: Mapped[int] = mapped_column(primary_key=True)
    call_sid: Mapped[str] = mapped_column(ForeignKey("call.sid"), index=True)
    at: Mapped[datetime]
    body: Mapped[str]


def naive(base: str, database: str) -> Flask:
    """Line, menu, hours and team are looked up and the call and its event kept by an ORM, in one transaction a request."""
    flask, validator, engine = Flask("naive"), RequestValidator(TOKEN), create_engine(database)
    if database.startswith("sqlite"):
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA journal_mode=WAL")
    Base.metadata.create_all(engine)
    _filled(engine)

    @flask.post("/voice")
    def voice() -> Response:
        if not validator.validate(f"{base}/voice", request.form, request.headers.get("X-Twilio-Signature", "")):
            return Response(status=403)
        with Session(engine) as session:
            said = _kept(session, request.form)
            session.commit()
        return Response(said, mimetype=XML)

    return flask


def _kept(session: Session, form: Any) -> str:
    line = session.scalars(select(Line).where(Line.number == form["To"])).one()
    call = session.get(Call, form["CallSid"])
    if call is None:
        session.add(call := Call(sid=form["CallSid"], line_id=line.id, caller=form["From"]))
    options = session.scalars(select(Option).where(Option.line_id == line.id).order_by(Option.key)).all()
    now = CLOCK.now()
    session.add(Event(call_sid=call.sid, at=now, body=json.dumps({"digits": form.get("Digits", "")})))
    chosen = next((option for option in options if option.key == form.get("Digits")), None)
    if chosen is None:
        return _menu(tuple(option.words for option in options))
    team = session.get_one(Team, chosen.team_id)
    response = VoiceResponse()
    if team.opens <= now.time() < team.closes:
        response.dial(team.number, timeout=20)
    else:
        response.say("We are closed. If a child is in danger now, hang up and dial 9 9 9.")
    return str(response)


def _filled(engine: Any) -> None:
    with Session(engine) as session:
        if session.scalars(select(Line)).first():
            return
        session.add(Line(id=1, number=LINE))
        for at, words in enumerate(OPTIONS, 1):
            session.add(Team(id=at, name=words, number=f"+4420794602{at:02}", opens=time(0, 0), closes=time(23, 59)))
            session.flush()
            session.add(Option(line_id=1, key=str(at), words=words, team_id=at))
        session.commit()


def _menu(options: tuple[str, ...]) -> str:
    response, gather = VoiceResponse(), Gather(num_digits=1, action="/voice", method="POST", timeout=6)
    for line in _lines(options):
        gather.say(line, language="en-GB")
    response.append(gather)
    response.redirect("/voice", method="POST")
    return str(response)


def _lines(options: tuple[str, ...]) -> Iterator[str]:
    for key, words in enumerate(options, 1):
        yield f"For {words}, press {key}."


PEERS: dict[str, Callable[[str, str], Flask]] = {"bare": bare, "documented": documented, "naive": naive}
