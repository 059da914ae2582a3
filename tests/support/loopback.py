"""A server on this machine that behaves as it is asked to: for what fetches from the web."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

#: What is sent for a path: bytes as they go over the line, or a function that has the connection.
Answer = bytes | Callable[[socket.socket], None]


@dataclass
class LoopbackServer:
    """Its host and port, the answers by path, and the requests that came."""

    place: tuple[str, int]
    answers: dict[str, Answer] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)

    def address(self, path: str) -> str:
        """The address of a path on this server."""
        return f"http://{self.place[0]}:{self.place[1]}{path}"


def answer(body: bytes, status: str = "200 OK", headers: Mapping[str, str] | None = None) -> bytes:
    """A whole answer of HTTP with its length."""
    said = {"Content-Length": str(len(body)), **(headers or {})}
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in said.items())]
    return "\r\n".join([*lines, "", ""]).encode() + body


@contextmanager
def loopback_server(answers: Mapping[str, Answer] | None = None) -> Iterator[LoopbackServer]:
    """Serve the answers until the context is left."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = LoopbackServer(listener.getsockname()[:2], dict(answers or {}))

    def serve(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            asked = b""
            while b"\r\n\r\n" not in asked and (data := connection.recv(4096)):
                asked += data
            path = asked.split(b" ", 2)[1].decode()
            server.requests.append(asked.decode("latin-1"))
            given = server.answers.get(path, answer(b"no", "404 Not Found"))
            if callable(given):
                given(connection)
            else:
                connection.sendall(given)

    def accept() -> None:
        with suppress(OSError):
            while True:
                threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield server
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
