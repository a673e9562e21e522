"""Does a request reach an application, in process and over a real socket?"""

import socket
import threading
from collections.abc import Iterator
from wsgiref.simple_server import WSGIRequestHandler, make_server
from wsgiref.validate import validator

import pytest

from telephone import BrokenOff, HttpTransport, Request, Telephone, TimedOut, Unreachable, WsgiTransport
from tests.telephone.canned_twiml import ACCOUNT, LINE, Application, Canned, Reply

DOCUMENTS: dict[str, Canned] = {
    "/voice": '<Response><Gather numDigits="1" action="/menu?a=b%20c"><Say>Hello</Say></Gather></Response>',
    "/menu": Reply("<Response><Say>Pressed</Say></Response>", "application/xml"),
}


class Quiet(WSGIRequestHandler):
    """A server that writes no log."""

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def server() -> Iterator[str]:
    with make_server("127.0.0.1", 0, Application(DOCUMENTS), handler_class=Quiet) as httpd:
        thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{httpd.server_port}"
        httpd.shutdown()
        thread.join()


@pytest.fixture
def mute() -> Iterator[socket.socket]:
    """A port where connections are taken and nothing is said."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener


def request(url: str) -> Request:
    return Request("POST", url, (), b"a=1", connect_seconds=0.2, read_seconds=0.05)


def test_a_call_over_a_real_socket(server: str) -> None:
    call = Telephone(HttpTransport(), ACCOUNT, voice_url=f"{server}/voice#rt=2000").dial(LINE)
    call.hears("Hello").presses("1").hears("Pressed").has_ended()
    assert call.exchanges[1].request.url == f"{server}/menu?a=b%20c"


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(Unreachable) as refused:
        HttpTransport().send(request(f"http://127.0.0.1:{port}/"))
    assert refused.value.code == 11205


def test_no_such_host() -> None:
    with pytest.raises(Unreachable) as unknown:
        HttpTransport().send(request("http://nobody.invalid/"))
    assert unknown.value.code == 11210


def test_no_answer_in_time(mute: socket.socket) -> None:
    with pytest.raises(TimedOut):
        HttpTransport().send(request(f"http://127.0.0.1:{mute.getsockname()[1]}/"))


def test_tls_fails_where_nobody_speaks_it(server: str) -> None:
    with pytest.raises(Unreachable) as broken:
        HttpTransport().send(request(server.replace("http:", "https:")))
    assert broken.value.code == 11220


def test_the_connection_breaks_off(mute: socket.socket) -> None:
    def cut() -> None:
        connection, _ = mute.accept()
        connection.recv(1024)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort")
        connection.close()

    thread = threading.Thread(target=cut)
    thread.start()
    with pytest.raises(BrokenOff):
        HttpTransport().send(request(f"http://127.0.0.1:{mute.getsockname()[1]}/"))
    thread.join()


def test_in_process_the_environment_is_what_wsgi_says() -> None:
    call = Telephone(WsgiTransport(validator(Application(DOCUMENTS))), ACCOUNT, "http://127.0.0.1:8000/voice").dial(
        LINE
    )
    assert call.hears("Hello").warnings == ()


def test_an_application_that_crashes_is_a_500_with_its_traceback() -> None:
    def crashes(*_: object) -> list[bytes]:
        raise KeyError("To")

    response = WsgiTransport(crashes).send(request("http://127.0.0.1/voice"))
    assert response.status == 500
    assert b"KeyError: 'To'" in response.body
