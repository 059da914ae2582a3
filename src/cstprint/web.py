"""Files from the web, for ``cstprint import`` where it is asked to fetch: the only file that knows the network.

An address comes from a document of strangers. It may be meant to make this machine ask for something that only this
machine can reach (CWE-918), or to keep it busy. So only public hosts are asked, by the very address that was checked;
no other host is followed to; and count, size and time have limits.
"""

from __future__ import annotations

import http.client
import ipaddress
import re
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from cstprint.diagnostics import Message, msg
from cstprint.version import __version__

_CHUNK = 65536
_REDIRECTS = (301, 302, 303, 307, 308)
#: Characters that stand for themselves in the path and the query of a request (RFC 3986, 2 and 3.3).
_SAFE = "/:?#[]@!$&'()*+,;=%-._~"
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_IS_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


class NotFetchedError(Exception):
    """A file that was not fetched, and why."""

    def __init__(self, reason: Message):
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True, slots=True)
class WebLimits:
    """What one import may fetch: files, bytes of each and of all, seconds for each and for all, redirects of each."""

    files: int = 300
    bytes_each: int = 50_000_000
    bytes_all: int = 500_000_000
    seconds_each: float = 30.0
    seconds_all: float = 600.0
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server gave: the bytes, and the character encoding that it names or nothing."""

    data: bytes
    charset: str


@dataclass(slots=True)
class Web:
    """Fetches files within its limits, which hold for all of them together.

    ``loopback`` is the one host and port on this machine that may be asked. Only tests give it: no option, setting or
    file can.
    """

    limits: WebLimits = WebLimits()
    loopback: tuple[str, int] | None = None
    asked: int = 0
    received: int = 0
    _began: float = field(default_factory=time.monotonic)

    def fetch(self, address: str) -> Fetched:
        """Return the file at ``address``; raises ``NotFetchedError``."""
        if self.asked >= self.limits.files:
            raise NotFetchedError(msg("more than {count} files", count=self.limits.files))
        left = self._began + self.limits.seconds_all - time.monotonic()
        if left <= 0:
            raise NotFetchedError(
                msg("the downloads together took longer than {count} s", count=round(self.limits.seconds_all))
            )
        self.asked += 1
        until = time.monotonic() + min(left, self.limits.seconds_each)
        where = address
        for _ in range(self.limits.redirects + 1):
            parts = _parts(where)
            with self._asked(parts, until) as response:
                if response.status in _REDIRECTS:
                    where = _followed(where, response.getheader("Location", ""))
                    continue
                if response.status != http.client.OK:
                    answer = f"{response.status} {response.reason}".strip()
                    raise NotFetchedError(msg("the server answers {answer}", answer=answer[:80]))
                data = self._read(response)
            charset = _CHARSET.search(response.getheader("Content-Type", ""))
            return Fetched(data, charset[1] if charset else "")
        raise NotFetchedError(msg("it redirects more than {count} times", count=self.limits.redirects))

    def _read(self, response: http.client.HTTPResponse) -> bytes:
        """Return the body, which may not be longer than there is room for; nor packed, which could hide its size."""
        if response.getheader("Content-Encoding", "identity").lower() != "identity":
            raise NotFetchedError(msg("the server sends it compressed, which was not requested"))
        room = min(self.limits.bytes_each, self.limits.bytes_all - self.received)
        body = bytearray()
        while len(body) <= room and (chunk := response.read(_CHUNK)):
            body += chunk
        if len(body) > room:
            raise NotFetchedError(msg("it is larger than {count} MB", count=round(room / 1e6, 1)))
        if response.length:
            raise NotFetchedError(msg("the connection ended before the end of the file"))
        self.received += len(body)
        return bytes(body)

    @contextmanager
    def _asked(self, parts: SplitResult, until: float) -> Iterator[http.client.HTTPResponse]:
        """Ask for a file, and give the answer; the connection is closed when the time is up, whatever it does."""
        usual_port = 443 if parts.scheme == "https" else 80
        host, port = parts.hostname or "", parts.port or usual_port
        path = quote(parts.path or "/", safe=_SAFE) + (
            f"?{quote(parts.query, safe=_SAFE)}" if parts.query else ""
        )
        ran_out = threading.Event()
        try:
            plain = _connected(self._public(host, port), port, until)
        except OSError as problem:
            raise NotFetchedError(_reason(problem)) from None

        def end() -> None:
            ran_out.set()
            with suppress(OSError):  # it has ended by itself
                plain.shutdown(socket.SHUT_RDWR)

        clock = threading.Timer(max(0.0, until - time.monotonic()), end)
        clock.daemon = True
        clock.start()
        connection = http.client.HTTPConnection(host, port)
        try:
            connection.sock = plain
            if parts.scheme == "https":
                connection.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=host)
            shown = f"[{host}]" if ":" in host else host
            headers = {
                "Host": shown if port == usual_port else f"{shown}:{port}",
                "User-Agent": f"cstprint/{__version__}",
                "Accept": "*/*",
                "Accept-Encoding": "identity",
                "Connection": "close",
            }
            connection.request("GET", path, headers=headers)
            with closing(connection.getresponse()) as response:
                yield response
            if ran_out.is_set():
                raise TimeoutError
        except (OSError, http.client.HTTPException, ValueError, NotFetchedError) as problem:
            if ran_out.is_set():
                seconds = f"{self.limits.seconds_each:g}"
                raise NotFetchedError(msg("it took longer than {count} s", count=seconds)) from None
            if isinstance(problem, NotFetchedError):
                raise
            raise NotFetchedError(_reason(problem)) from None
        finally:
            clock.cancel()
            connection.close()
            plain.close()

    def _public(self, host: str, port: int) -> list[str]:
        """Return the numbers of a host, which are asked and no others; all of them have to be public."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            raise NotFetchedError(msg("there is no host “{host}”", host=host[:80])) from None
        numbers = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        if (host, port) != self.loopback and not all(map(_is_public, numbers)):
            raise NotFetchedError(
                msg("“{host}” is this computer, or is in its local network", host=host[:80])
            )
        return numbers


def is_address(text: str) -> bool:
    """Return whether a text is an address of the web."""
    return _IS_ADDRESS.match(text) is not None


def _parts(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        raise NotFetchedError(msg("it is not a web address")) from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise NotFetchedError(msg("only http and https are supported"))
    if parts.username or parts.password:
        raise NotFetchedError(msg("its address contains a user name or a password"))
    return parts


def _followed(address: str, location: str) -> str:
    """Return the address that a server leads to, which has to be on the same host."""
    target = urljoin(address, location.strip())
    here, there = _parts(address), _parts(target)
    if (here.hostname or "").lower() != (there.hostname or "").lower():
        raise NotFetchedError(msg("it redirects to another host: {address}", address=target[:200]))
    if here.scheme == "https" and there.scheme == "http":
        raise NotFetchedError(msg("it redirects from https to http: {address}", address=target[:200]))
    return target


def _is_public(number: str) -> bool:
    """Return whether an address is on the public network, also where it stands in one of IPv6 (RFC 6890, 6052)."""
    one: ipaddress.IPv4Address | ipaddress.IPv6Address = ipaddress.ip_address(number.partition("%")[0])
    if isinstance(one, ipaddress.IPv6Address):
        inner = one.ipv4_mapped or one.sixtofour or (one.teredo or (None, None))[1]
        if one in ipaddress.ip_network("64:ff9b::/96"):
            inner = ipaddress.IPv4Address(int(one) & 0xFFFFFFFF)
        one = inner or one
    return one.is_global and not one.is_multicast


def _connected(numbers: list[str], port: int, until: float) -> socket.socket:
    """Return a connection to the first of a host's numbers that answers."""
    failed: OSError = TimeoutError()
    for number in numbers:
        left = until - time.monotonic()
        if left <= 0:
            break
        try:
            made = socket.create_connection((number, port), timeout=left)
        except OSError as problem:
            failed = problem
        else:
            made.settimeout(None)  # from here on the clock ends it
            return made
    raise failed


def _reason(problem: Exception) -> Message:
    if isinstance(problem, ssl.SSLError):
        return msg(
            "its certificate or encryption is not accepted: {reason}", reason=problem.reason or problem
        )
    if isinstance(problem, TimeoutError):
        return msg("the server does not answer")
    return msg("the connection failed: {reason}", reason=getattr(problem, "strerror", None) or problem)
