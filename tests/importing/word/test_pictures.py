"""Pictures of Word files: where they stand, how large they are, what is cropped, and those that cannot be printed."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from cstprint.importing.captions import with_captions
from cstprint.importing.document import Document, Picture
from tests.support.projects import picture_bytes
from tests.support.word_files import Made, markdown, p, picture, pictures, run, said, style

TEXT = "正文写在这里，一段一段地写下去。"


def made(
    body: str, name: str = "image1.png", data: bytes | None = None, target: str = "", styles: str = ""
) -> Document:
    """A Word file with one picture, which is called rIdP."""
    parts: dict[str, str | bytes] = (
        {} if target else {f"word/media/{name}": data if data is not None else picture_bytes()}
    )
    return Made(body, styles, parts, {"rIdP": ("image", target or f"media/{name}")}).document()


def captioned(document: Document) -> list[Picture]:
    return [piece for piece in with_captions(document.pieces) if isinstance(piece, Picture)]


def test_a_picture_keeps_its_bytes_its_text_and_its_place() -> None:
    data = picture_bytes("JPEG")
    document = made(
        p("前。") + p(picture(alt="实验室里有两个人&#10;描述已自动生成")) + p("后。"), "photo.jpeg", data
    )
    assert [type(piece).__name__ for piece in document.pieces] == ["Text", "Picture", "Text"]
    assert pictures(document)[0].alt == "实验室里有两个人"
    assert document.files == {"photo.jpeg": data}


@pytest.mark.parametrize(("width_pt", "width"), [(400, ""), (380, ""), (200, "50%"), (136, "35%"), (600, "")])
def test_a_picture_clearly_narrower_than_the_measure_has_a_width(width_pt: float, width: str) -> None:
    assert pictures(made(p(picture(width_pt=width_pt))))[0].width == width


def test_a_small_picture_in_a_line_stays_there_and_a_large_one_parts_its_paragraph() -> None:
    small = made(p(run("按") + picture(alt="键", width_pt=12, height_pt=12) + run("继续。")))
    assert markdown(small) == "按![键](<image1.png>)继续。"
    large = made(p(run("前文。") + picture() + run("后文。")))
    assert [type(piece).__name__ for piece in large.pieces] == ["Text", "Picture", "Text"]


@pytest.mark.parametrize(
    ("below", "caption", "label", "credit"),
    [
        (p("图 1 实验室。", "c"), "实验室。", "图 1 ", ""),
        (p("没有编号的说明", "c"), "没有编号的说明", "", ""),
        (p("图为新实验室（张三 摄）"), "图为新实验室", "", "张三 摄"),
        (p("图 2　新实验室。摄影：李四", "c"), "新实验室。", "图 2　", "摄影：李四"),
        (p("说明", "c") + p("新华社记者 王五 摄"), "说明", "", "新华社记者 王五 摄"),
        (p("说明", "c") + p("（王五 摄）"), "说明", "", "（王五 摄）"),
        (p("图片来源：科技部"), "", "", "图片来源：科技部"),
    ],
)
def test_captions_and_credits_go_with_their_picture(
    below: str, caption: str, label: str, credit: str
) -> None:
    document = made(p(picture()) + below + p(TEXT), styles=style("c", "caption"))
    found = captioned(document)[0]
    assert (found.caption, found.label, found.credit) == (caption, label, credit)


def test_a_caption_above_its_picture_goes_with_it() -> None:
    document = made(p("说明在上", "c") + p(picture()) + p(TEXT), styles=style("c", "题注"))
    assert captioned(document)[0].caption == "说明在上"


def test_one_line_below_two_pictures_has_a_caption_for_each() -> None:
    both = p(picture(width_pt=190) + picture("rIdQ", width_pt=190)) + p("图1 左　　图2 右", "c")
    parts: dict[str, str | bytes] = {
        "word/media/a.png": picture_bytes(),
        "word/media/b.png": picture_bytes(size=(90, 90)),
    }
    relations = {"rIdP": ("image", "media/a.png"), "rIdQ": ("image", "media/b.png")}
    found = captioned(Made(both, style("c", "caption"), parts, relations).document())
    assert [(one.address, one.caption) for one in found] == [("a.png", "左"), ("b.png", "右")]


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_crop_is_applied_to_the_pixels(kind: str) -> None:
    crop = '<a:srcRect l="25000" t="10000" r="25000" b="0"/>'
    whole = picture_bytes(kind)
    document = made(p(picture(inside=crop)), f"a.{kind.lower()}", whole)
    address = pictures(document)[0].address
    data = document.files[address]
    assert data is not None
    with Image.open(io.BytesIO(data)) as image:
        assert (image.size, image.format) == ((450, 540), kind)
    assert said(document) == [f"CST-I012 1 A picture was cropped or turned as in Word: a.{kind.lower()}"]
    assert made(p(picture(inside=crop)), f"a.{kind.lower()}", whole).files == document.files


def test_a_crop_that_takes_everything_or_adds_is_none() -> None:
    for crop in ('l="60000" r="50000"', 'l="-20000"', 'l="x"'):
        assert list(made(p(picture(inside=f"<a:srcRect {crop}/>"))).files) == ["image1.png"]


EMF = b"\x01\0\0\0" + b"\0" * 36 + b" EMF" + b"\0" * 60
WMF = b"\xd7\xcd\xc6\x9a" + b"\0" * 60


@pytest.mark.parametrize(("name", "data"), [("image1.emf", EMF), ("image1.wmf", WMF), ("image1.png", b"")])
def test_a_picture_that_cannot_be_printed_is_reported_and_keeps_its_place(name: str, data: bytes) -> None:
    document = made(p("前。") + p(picture(alt="流程图")), name, data)
    assert [(one.address, one.alt) for one in pictures(document)] == [(name, "流程图")]
    assert document.files == {name: None}
    assert [one.code for one in document.found] == ["CST-I012"]
    assert document.found[0].span is not None
    assert document.found[0].span.line == 2
    assert "PNG" in str(document.found[0].hint)


@pytest.mark.parametrize(
    "target",
    ["media/nothing.png", "../../../etc/passwd", "../../secret.png", "/etc/passwd", "media/../../../x.png"],
)
def test_a_part_that_is_not_in_the_package_is_a_missing_picture(target: str) -> None:
    document = made(p(picture(alt="图")), target=target)
    assert set(document.files.values()) == {None}
    assert [one.code for one in document.found] == ["CST-I012"]


@pytest.mark.parametrize("address", ["file:///etc/passwd", "file:\\\\server\\a.png", "C:\\a.png"])
def test_a_linked_file_is_never_opened(address: str) -> None:
    document = made(p(picture()), target=address)
    assert document.files == {address: None}
    assert [one.code for one in document.found] == ["CST-I012"]


def test_a_picture_of_vml_is_read_with_its_size() -> None:
    shape = '<w:r><w:pict><v:shape style="width:100pt;height:50pt" alt="旧图"><v:imagedata r:id="rIdP"/></v:shape></w:pict></w:r>'
    found = pictures(made(p(shape)))[0]
    assert (found.address, found.alt, found.width) == ("image1.png", "旧图", "25%")


def test_the_same_name_in_two_folders_of_the_package_is_two_pictures() -> None:
    parts: dict[str, str | bytes] = {
        "word/media/a.png": picture_bytes(),
        "word/other/a.png": picture_bytes(size=(80, 80)),
    }
    relations = {"rIdP": ("image", "media/a.png"), "rIdQ": ("image", "other/a.png")}
    document = Made(p(picture()) + p(picture("rIdQ")), parts=parts, relations=relations).document()
    assert len(document.files) == 2
    assert len({one.address for one in pictures(document)}) == 2
