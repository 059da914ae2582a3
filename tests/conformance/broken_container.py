"""What a program can do wrong to the file around the objects: identifier, encryption, filters, bytes."""

from __future__ import annotations

import re

from pypdf import PdfWriter
from pypdf.constants import UserAccessPermissions

from tests.conformance.breaking import in_bytes, in_objects, replaced
from tests.conformance.objects import catalogue, first_page, put, stream


@in_objects("2a 6.1.3-1")
def no_identifier(writer: PdfWriter) -> None:
    """no file identifier."""
    writer._ID = None


@in_objects("2a 6.1.3-2")
def encrypted(writer: PdfWriter) -> None:
    """encryption."""
    writer.encrypt("", "owner", algorithm="RC4-128")


@in_objects("2a 6.1.3-2", "ua1 7.16-1")
def closed_to_readers(writer: PdfWriter) -> None:
    """encryption that keeps screen readers out."""
    writer.encrypt("", "owner", algorithm="RC4-128", permissions_flag=UserAccessPermissions.PRINT)


@in_objects("2a 6.1.7.1-3")
def external_stream(writer: PdfWriter) -> None:
    """a page that is in another file."""
    put(first_page(writer)["/Contents"], F="page.bin")


@in_objects("2a 6.1.7.2-1")
def lzw(writer: PdfWriter) -> None:
    """a page in LZW."""
    #: Clear, end of data: an empty page.
    put(first_page(writer), Contents=stream(writer, b"\x80\x40\x40", Filter="/LZWDecode"))


@in_objects("2a 6.1.13-4")
def long_name(writer: PdfWriter) -> None:
    """a name of more than 127 bytes."""
    put(catalogue(writer), Long="/" + "a" * 128)


@in_objects("2a 6.1.13-1")
def huge_number(writer: PdfWriter) -> None:
    """an integer of more than 32 bits."""
    put(catalogue(writer), Huge=2**31)


@in_bytes("2a 6.1.2-1")
def bytes_before(good: bytes) -> bytes:
    """a line before its header."""
    return b"\n" + good


@in_bytes("2a 6.1.3-3")
def bytes_after(good: bytes) -> bytes:
    """a line after its end."""
    return good + b"more\n"


@in_bytes("2a 6.1.2-1", "ua1 6.1-1")
def version_two(good: bytes) -> bytes:
    """a header of PDF 2.0."""
    return replaced(good, b"%PDF-1.7", b"%PDF-2.0")


@in_bytes("2a 6.1.2-2")
def no_binary_mark(good: bytes) -> bytes:
    """a header that does not say that it is binary."""
    return replaced(good, b"%\xe2\xe3\xcf\xd3", b"%abcd")


@in_bytes("2a 6.1.7.1-1")
def wrong_length(good: bytes) -> bytes:
    """a stream that is longer than it says."""
    return re.sub(
        rb"/Length \d+", lambda said: said[0][:-1] + b"%d" % ((said[0][-1] - 1) % 10), good, count=1
    )
