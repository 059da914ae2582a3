"""What is fetched from the web: public hosts only, within limits, whole or not at all."""

from __future__ import annotations

import itertools
import socket
import time
from collections.abc import Iterator

import pytest

from cstprint.web import NotFetchedError, Web, WebLimits
from tests.support.loopback import LoopbackServer, answer, loopback_server

SHORT = WebLimits(files=3, bytes_each=1000, bytes_all=1500, seconds_each=0.6, seconds_all=5.0)


@pytest.fixture(scope="module")
def server() -> Iterator[LoopbackServer]:
    with loopback_server() as server:
        yield server


def refused(web: Web, address: str) -> str:
    with pytest.raises(NotFetchedError) as raised:
        web.fetch(address)
    return str(raised.value)


def test_a_file_is_fetched_with_what_its_server_says_of_it(server: LoopbackServer) -> None:
    headers = {"Content-Type": "text/html; charset=GB2312"}
    server.answers["/%E5%9B%BE/a%20b.html?x=1&y=%E4%BA%8C"] = answer(b"page", headers=headers)
    fetched = Web(SHORT, server.place).fetch(server.address("/图/a b.html?x=1&y=二#end"))
    assert (fetched.data, fetched.charset) == (b"page", "GB2312")
    assert "Accept-Encoding: identity" in server.requests[-1]


def test_a_chunked_answer_is_whole(server: LoopbackServer) -> None:
    server.answers["/chunks"] = (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
    )
    assert Web(SHORT, server.place).fetch(server.address("/chunks")).data == b"abcde"


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/a.png",
        "http://localhost/a.png",
        "http://[::1]/a.png",
        "http://[::ffff:127.0.0.1]/a.png",
        "http://[64:ff9b::7f00:1]/a.png",
        "http://[2002:7f00:1::]/a.png",
        "http://10.0.0.1/a.png",
        "http://192.168.1.1/a.png",
        "http://169.254.169.254/latest/meta-data",
        "http://100.64.0.1/a.png",
        "http://0.0.0.0/a.png",
        "http://2130706433/a.png",
        "http://0x7f.1/a.png",
        "http://[fe80::1]/a.png",
        "http://224.0.0.1/a.png",
    ],
)
def test_no_host_of_this_machine_or_its_network_is_asked(address: str, server: LoopbackServer) -> None:
    """Also where a test may ask one other port of it."""
    assert "this computer" in refused(Web(SHORT, server.place), address)


def test_the_one_loopback_port_of_a_test_is_no_way_to_the_others(server: LoopbackServer) -> None:
    with loopback_server({"/": answer(b"secret")}) as other:
        assert "this computer" in refused(Web(SHORT, server.place), other.address("/"))
        assert other.requests == []


def test_a_name_is_asked_by_the_number_that_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name server may give another number a moment later."""
    numbers = itertools.cycle(["93.184.215.14", "127.0.0.1"])
    asked: list[object] = []

    def look_up(_host: str, port: int, **_: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(numbers), port))]

    def connect(place: object, **_: object) -> socket.socket:
        asked.append(place)
        raise ConnectionRefusedError

    monkeypatch.setattr("cstprint.web.socket.getaddrinfo", look_up)
    monkeypatch.setattr("cstprint.web.socket.create_connection", connect)
    assert "connection failed" in refused(Web(SHORT), "http://example.org/a.png")
    assert asked == [("93.184.215.14", 80)]


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("ftp://example.org/a.png", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("http:///a.png", "only http and https"),
        ("http://me:secret@example.org/a.png", "a user name or a password"),
        ("http://example.org:99999/a.png", "not a web address"),
        ("http://[::1/a.png", "not a web address"),
        (f"http://{'a' * 300}.example/a.png", "there is no host"),
    ],
)
def test_other_addresses_are_refused(address: str, reason: str) -> None:
    assert reason in refused(Web(SHORT), address)


def test_a_host_that_no_name_server_knows_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def look_up(*_: object, **__: object) -> list[object]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr("cstprint.web.socket.getaddrinfo", look_up)
    assert "there is no host “图片.example”" in refused(Web(SHORT), "http://图片.example/a.png")


def test_a_server_that_leads_on_is_followed_on_its_own_host_only(server: LoopbackServer) -> None:
    def led(to: str) -> bytes:
        return answer(b"", "302 Found", {"Location": to})

    server.answers |= {
        "/near": led("there"),
        "/there": answer(b"here"),
        "/loopback": led("http://127.0.0.2/a.png"),
        "/elsewhere": led("https://example.org/a.png"),
        "/file": led("file:///etc/passwd"),
        "/circle": led("/circle"),
        "/nowhere": answer(b"", "302 Found"),
    }
    limits = WebLimits(files=10)
    web = Web(limits, server.place)
    assert web.fetch(server.address("/near")).data == b"here"
    assert "another host: http://127.0.0.2/a.png" in refused(web, server.address("/loopback"))
    assert "another host: https://example.org" in refused(web, server.address("/elsewhere"))
    assert "only http and https" in refused(web, server.address("/file"))
    assert "redirects more than 5 times" in refused(web, server.address("/circle"))
    assert "redirects more than 5 times" in refused(web, server.address("/nowhere"))


def test_an_answer_that_is_no_file_is_refused(server: LoopbackServer) -> None:
    server.answers |= {
        "/broken": b"SSH-2.0-OpenSSH\r\n\r\n",
        "/empty": b"",
        "/short": answer(b"abc", headers={"Content-Length": "30"}),
        "/cut": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nabc",
        "/packed": answer(b"abc", headers={"Content-Encoding": "gzip"}),
        "/headers": b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 300 + b"\r\n",
    }
    web = Web(WebLimits(seconds_each=2.0), server.place)
    assert "the server answers 404 Not Found" in refused(web, server.address("/missing"))
    for path in ("/broken", "/empty", "/cut", "/headers"):
        assert "connection failed" in refused(web, server.address(path)), path
    assert "ended before the end of the file" in refused(web, server.address("/short"))
    assert "compressed" in refused(web, server.address("/packed"))


def test_files_bytes_and_time_have_limits(server: LoopbackServer) -> None:
    def stall(_: socket.socket) -> None:
        time.sleep(3)

    def drip(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        for _ in range(60):
            connection.sendall(b".")
            time.sleep(0.05)

    def drip_headers(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        for _ in range(60):
            connection.sendall(b"A: b\r\n")
            time.sleep(0.05)

    def endless(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            connection.sendall(b"0" * 65536)

    server.answers |= {
        "/stall": stall,
        "/drip": drip,
        "/headers": drip_headers,
        "/endless": endless,
        "/900": answer(b"0" * 900),
        "/1001": answer(b"0" * 1001),
    }
    for path in ("/stall", "/drip", "/headers"):
        began = time.monotonic()
        assert "took longer than 0.6 s" in refused(Web(SHORT, server.place), server.address(path)), path
        assert time.monotonic() - began < 2.5
    assert "larger than 0.0 MB" in refused(Web(SHORT, server.place), server.address("/endless"))
    assert "larger than 0.0 MB" in refused(Web(SHORT, server.place), server.address("/1001"))
    web = Web(SHORT, server.place)
    assert len(web.fetch(server.address("/900")).data) == 900
    assert "MB" in refused(web, server.address("/900"))  # 1,500 bytes are all that there is for both
    assert "404" in refused(web, server.address("/missing"))
    assert "more than 3 files" in refused(web, server.address("/900"))
    late = Web(WebLimits(seconds_all=0.0), server.place)
    assert "the downloads together took longer" in refused(late, server.address("/900"))
