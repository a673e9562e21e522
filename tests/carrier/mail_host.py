"""What is a mail server to the tests? A small one on this machine that speaks SMTP, keeps what it takes, and fails where it is told to."""

import base64
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from carrier.letters import Address, Attachment, Letter
from carrier.mail_server import MailServer, Tls
from routing.clock import SystemClock
from tests.cli.doctor.servers import Certificate, certificate

USER, PASSWORD = "dutyline", "p@ss/w:rd#1"
SENDER = Address("calls@example.org")
NOW = SystemClock().now


@dataclass(frozen=True, slots=True)
class Came:
    """One letter as it came."""

    sender: str
    to: str
    raw: bytes
    encrypted: bool

    @property
    def message(self) -> EmailMessage:
        """With its parts."""
        read = message_from_bytes(self.raw, policy=SMTP)
        assert isinstance(read, EmailMessage)
        return read

    def part(self, kind: str) -> str:
        """The text of its part of a type."""
        return next(str(part.get_content()) for part in self.message.walk() if part.get_content_type() == kind)


@dataclass
class MailHost:
    """``says``: by the first word of a command (or ``.`` for the letter itself) another reply than usual, ``""`` for none at all and
    ``"hang up"`` for the end; ``extensions``: what it offers; ``when``: called before it replies to a command."""

    server: MailServer
    made: Certificate
    came: list[Came] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    says: dict[str, str] = field(default_factory=dict)
    extensions: tuple[str, ...] = ("AUTH PLAIN LOGIN",)
    when: dict[str, Callable[[], object]] = field(default_factory=dict)
    ended: threading.Event = field(default_factory=threading.Event)

    @property
    def trust(self) -> ssl.SSLContext:
        """For whoever trusts its certificate."""
        return self.made.trust()

    def reply(self, word: str, usual: str) -> str | None:
        """What it says to a command; none: nothing."""
        self.heard.append(word)
        if word in self.when:
            self.when[word]()
        said = self.says.get(word, usual)
        if not said:
            self.ended.wait(10)
        return said or None


class _Spoken(socketserver.StreamRequestHandler):
    """One conversation."""

    def handle(self) -> None:
        host: MailHost = self.server.host  # type: ignore[attr-defined]  # ours
        self.encrypted = False
        with suppress(OSError):
            if host.server.tls is Tls.WHOLE:
                self._encrypts(host)
            if self._say(host.reply("", "220 ready")):
                self._converse(host)

    def finish(self) -> None:
        """The connection that TLS has put in the place of the first one is ours to close."""
        with suppress(OSError):
            super().finish()
        self.connection.close()

    def _encrypts(self, host: MailHost) -> None:
        self.connection = host.made.server().wrap_socket(self.connection, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", 0)
        self.encrypted = True

    def _converse(self, host: MailHost) -> None:
        sender = to = ""
        while line := self.rfile.readline().decode().strip():
            word = line.partition(" ")[0].upper()
            sender = line[10:].partition(">")[0].lstrip("<") if word == "MAIL" else sender
            to = line[8:].partition(">")[0].lstrip("<") if word == "RCPT" else to
            if not self._say(host.reply(word, self._usual(host, word, line))):
                return
            if word == "STARTTLS" and word not in host.says:
                self._encrypts(host)
            if word == "DATA" and word not in host.says:
                raw = b"".join(iter(self.rfile.readline, b".\r\n"))
                said = host.reply(".", "250 taken")
                if said == "hang up" or (said or "").startswith("2"):
                    host.came.append(Came(sender, to, raw.replace(b"\n..", b"\n."), self.encrypted))
                if not self._say(said):
                    return
            if word == "QUIT":
                return

    def _usual(self, host: MailHost, word: str, line: str) -> str:
        if word == "EHLO":
            started = ("STARTTLS",) if host.server.tls is Tls.STARTED and not self.encrypted else ()
            offers = ("mail.example.org", *host.extensions, *started)
            return "\r\n".join(f"250{' ' if one is offers[-1] else '-'}{one}" for one in offers)
        if word == "AUTH":
            expected = base64.b64encode(f"\0{USER}\0{PASSWORD}".encode()).decode()
            return "235 welcome" if line.rpartition(" ")[2] == expected else "535 who are you?"
        return {"DATA": "354 go on", "QUIT": "221 bye", "STARTTLS": "220 go on"}.get(word, "250 fine")

    def _say(self, reply: str | None) -> bool:
        if reply is None or reply == "hang up":
            return False
        self.wfile.write(f"{reply}\r\n".encode())
        return True


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads, allow_reuse_address, block_on_close = True, True, False
    host: MailHost


@contextmanager
def mail_host(folder: Path, tls: Tls = Tls.WHOLE, user: str = USER, password: str = PASSWORD) -> Iterator[MailHost]:
    """A mail server that listens; ``user`` and ``password`` are what its clients are told."""
    made = certificate(folder / "mail.pem", begins=NOW() - timedelta(days=1), ends=NOW() + timedelta(days=9))
    with _Server(("127.0.0.1", 0), _Spoken) as server:
        server.host = MailHost(MailServer(tls, "127.0.0.1", server.server_address[1], user, password), made)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server.host
        finally:
            server.host.ended.set()
            server.shutdown()
            thread.join()


def a_letter(to: str = "board@example.org", **beside: str) -> Letter:
    """A letter with a line that begins with a dot, an umlaut and a long line."""
    text = beside.get("text", ".one\n..two\nü – " + "long " * 400)
    attached = Attachment("calls.csv", "line,offered\r\n=devon,5\r\n")
    return Letter("a1b2c3", Address(to), "Calls, October 2026: Devon – all", text, f"<p>{text}</p>", attached)
