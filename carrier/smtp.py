"""How is an e-mail sent? By SMTP, in one conversation with a deadline over all; what may have been taken is never sent a second time.

The letter is handed over only when the server has taken the sender and the address: until then every fault is one after which it may be
tried again. (RFC 5321; RFC 3207 for STARTTLS; RFC 8314 for TLS from the first byte)
"""

import base64
import smtplib
import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from carrier.letters import Address, Declined, InDoubt, Later, Left, Letter, Mails, Outcome, Taken
from carrier.mail_server import MailServer, Tls
from routing.clock import Clock

SECONDS, STEP_SECONDS = 20.0, 10.0
"""For the whole conversation, and for the server to say something within it."""

PLAIN = SMTP.clone(cte_type="7bit")
"""Seven bits a byte: not every server takes eight."""

LONGEST = 200
TAKES, REFUSES = range(200, 300), 500
TOO_SLOW = "the mail server did not come to an end within {seconds:.0f} seconds"
NO_CONNECTION = "no connection to the mail server ({why})"
NOT_UNDERSTOOD = "the mail server was not understood ({why})"
NOT_TRUSTED = "the mail server's certificate is not trusted ({why})"
NO_TLS = "the mail server offers no TLS, and nothing is sent without"
NOT_SIGNED_IN = "the mail server did not take the user and password ({code})"
HANGS_UP = "the mail server ended the connection"
NO_WORD = "it was handed over, and no word came whether it was taken"


class Smtp(Mails):
    """E-mail by one server, from one address. ``trust`` says whose certificates count: those of this machine where none is given."""

    def __init__(
        self, server: MailServer, sender: Address, clock: Clock, trust: ssl.SSLContext | None = None, seconds: float = SECONDS
    ) -> None:  # fmt: skip
        self._server, self._sender, self._clock, self._seconds = server, sender, clock, seconds
        self._trust = trust or ssl.create_default_context()

    def send(self, letter: Letter, hands_over: Callable[[], bool]) -> Outcome:
        """Send one; a server, or a look-up of its name, that hangs is left behind after so many seconds."""
        going = _Conversation(self._server, self._sender, self._trust, hands_over)
        message = message_of(letter, self._sender)
        message["Date"] = format_datetime(self._clock.now())
        speaking = threading.Thread(
            target=going.run, args=(letter.to, message.as_bytes(policy=PLAIN)), name="smtp", daemon=True
        )
        speaking.start()
        going.is_known.wait(self._seconds)
        return going.ends(self._seconds)


def message_of(letter: Letter, sender: Address) -> EmailMessage:
    """A letter with its parts: text, HTML, the file. It is marked as written by a machine, so that no machine answers it."""
    message = EmailMessage(policy=PLAIN)
    message["From"], message["To"], message["Subject"] = sender.text, letter.to.text, letter.subject
    message["Message-ID"] = f"<{letter.id}@{sender.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text, cte="quoted-printable")
    message.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    message.add_attachment(letter.attached.text, subtype="csv", filename=letter.attached.name, cte="quoted-printable")
    return message


class _Conversation:
    """One connection, on a thread of its own: whoever waits for it no longer closes it."""

    def __init__(
        self, server: MailServer, sender: Address, trust: ssl.SSLContext, hands_over: Callable[[], bool]
    ) -> None:  # fmt: skip
        self._server, self._sender, self._trust, self._hands_over = server, sender, trust, hands_over
        self._lock, self.is_known = threading.Lock(), threading.Event()
        self._is_over = self._is_handed = False
        self._smtp: smtplib.SMTP | None = None
        self._outcome: Outcome | None = None

    def ends(self, seconds: float) -> Outcome:
        """What came of it until now; nothing is handed over any more."""
        with self._lock:
            self._is_over = True
            outcome, handed, smtp = self._outcome, self._is_handed, self._smtp
        if outcome is None and smtp and smtp.sock:
            with suppress(OSError):
                socket.socket.shutdown(smtp.sock, socket.SHUT_RDWR)  # past TLS, which would wait for the other side
        return outcome or (InDoubt(NO_WORD) if handed else Later(0, TOO_SLOW.format(seconds=seconds)))

    def run(self, to: Address, message: bytes) -> None:
        """Speak, and keep what came of it before taking leave, for which nobody waits."""
        found = self._spoken(to, message)
        with self._lock:
            self._outcome = found
        self.is_known.set()
        if self._smtp:
            with suppress(OSError, smtplib.SMTPException):
                self._smtp.quit()
            self._smtp.close()

    def _spoken(self, to: Address, message: bytes) -> Outcome:
        try:
            self._smtp = smtp = self._connected()
            return self._introduced(smtp) or self._delivered(smtp, to, message)
        except smtplib.SMTPResponseException as fault:
            return self._answer(fault.smtp_code, fault.smtp_error)
        except smtplib.SMTPServerDisconnected:
            return self._no_word(HANGS_UP)
        except ssl.SSLCertVerificationError as fault:
            return self._no_word(NOT_TRUSTED.format(why=fault.verify_message))
        except OSError as fault:
            return self._no_word(NO_CONNECTION.format(why=fault.strerror or type(fault).__name__))
        except (smtplib.SMTPException, ValueError) as fault:
            return self._no_word(NOT_UNDERSTOOD.format(why=type(fault).__name__))

    def _connected(self) -> smtplib.SMTP:
        server, name = self._server, self._sender.domain
        if server.tls is Tls.WHOLE:
            return smtplib.SMTP_SSL(server.host, server.port, name, timeout=STEP_SECONDS, context=self._trust)
        return smtplib.SMTP(server.host, server.port, name, timeout=STEP_SECONDS)

    def _introduced(self, smtp: smtplib.SMTP) -> Outcome | None:
        """Encrypted, and signed in; or why not."""
        if self._server.tls is Tls.STARTED:
            smtp.ehlo_or_helo_if_needed()
            if not smtp.has_extn("starttls"):
                return Declined(0, NO_TLS)
            smtp.starttls(context=self._trust)
        if self._server.user:
            try:
                smtp.login(self._server.user, self._server.password)
            except smtplib.SMTPAuthenticationError as fault:
                words = NOT_SIGNED_IN.format(code=fault.smtp_code)
                return Declined(fault.smtp_code, words) if fault.smtp_code >= REFUSES else Later(fault.smtp_code, words)
            except smtplib.SMTPNotSupportedError:
                return Declined(0, NOT_SIGNED_IN.format(code="it knows no way to"))
        smtp.ehlo_or_helo_if_needed()
        return None

    def _delivered(self, smtp: smtplib.SMTP, to: Address, message: bytes) -> Outcome:
        for code, said in (smtp.mail(self._sender.text), smtp.rcpt(to.text)):
            if code not in TAKES:
                return self._answer(code, said)
        with self._lock:
            self._is_handed = not self._is_over and self._hands_over()
        if not self._is_handed:
            return Left()
        code, said = smtp.data(message)
        return Taken() if code in TAKES else self._answer(code, said)

    def _answer(self, code: int, said: bytes | str) -> Outcome:
        """What the server's own reply means: it has not taken it."""
        if code <= 0:
            return self._no_word(HANGS_UP)
        words = f"{code} {_clean(said, self._server)}".strip()
        return Declined(code, words) if code >= REFUSES else Later(code, words)

    def _no_word(self, words: str) -> Outcome:
        return InDoubt(NO_WORD) if self._is_handed else Later(0, words)


def _clean(said: bytes | str, server: MailServer) -> str:
    """The server's words on one line, without the secret, should it repeat it."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    secrets = (server.password, _in_base64(server.password), _in_base64(f"\0{server.user}\0{server.password}"))
    for secret in secrets if server.password else ():
        text = text.replace(secret, "…")
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:LONGEST]


def _in_base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()
