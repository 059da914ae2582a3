"""Files that are not what their names say: links, pipes, devices, sockets, folders, planted caches."""

from __future__ import annotations

import json
import os
import shutil
import socket
from hashlib import sha256
from pathlib import Path

from tests.hostile.case import SECRET, Box, Ends, NotHereError, hostile, is_root
from tests.support.projects import ISSUE, REPOSITORY, picture_bytes


def _figure(box: Box, name: str = "images/1.png") -> Path:
    """Write an issue that shows a picture, and return where that would be."""
    box.figure(name)
    path = box.project.root / "issues" / "one" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _socket(path: Path, box: Box) -> None:
    """Leave a socket file at ``path``, whose name may be too long for a socket's own."""
    short = box.root / "s"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(short))
    short.rename(path)


def _issue_path(box: Box) -> Path:
    path = box.project.root / "issues" / "one" / "issue.yaml"
    path.parent.mkdir(parents=True)
    return path


@hostile(Ends.ERROR, "CST-P002", tells="issue.yaml:10")
def picture_links_to_hostname(box: Box) -> None:
    """a picture that is a link to /etc/hostname"""
    _figure(box).symlink_to("/etc/hostname")


@hostile(Ends.ERROR, "CST-P002", tells="issue.yaml:10")
def picture_links_to_a_picture(box: Box) -> None:
    """a picture that is a link to a picture outside"""
    (box.outside / "1.png").write_bytes(picture_bytes())
    _figure(box).symlink_to(box.outside / "1.png")


@hostile(Ends.ERROR, "CST-P002", tells="issue.yaml:10")
def picture_folder_is_a_link(box: Box) -> None:
    """a picture in a folder that is a link"""
    (box.outside / "1.png").write_bytes(picture_bytes())
    folder = _figure(box).parent
    folder.rmdir()
    folder.symlink_to(box.outside)


@hostile(Ends.ERROR, "CST-P001", "CST-P002", tells="issue.yaml:10")
def picture_links_to_itself(box: Box) -> None:
    """a picture that is a link to itself"""
    _figure(box).symlink_to("1.png")


@hostile(Ends.ERROR, "CST-P002", tells="issue.yaml:10")
def picture_links_to_zeros(box: Box) -> None:
    """a picture that is a link to /dev/zero"""
    _figure(box).symlink_to("/dev/zero")


@hostile(Ends.ERROR, "CST-P002", tells="issue.yaml:10")
def picture_is_a_pipe(box: Box) -> None:
    """a picture that is a pipe"""
    os.mkfifo(_figure(box))


@hostile(Ends.ERROR, "CST-P002", tells="issue.yaml:10")
def picture_is_a_socket(box: Box) -> None:
    """a picture that is a socket"""
    _socket(_figure(box), box)


@hostile(Ends.ERROR, "CST-P002", tells="issue.yaml:10")
def picture_is_a_device(box: Box) -> None:
    """a picture that is the device of endless zeros itself"""
    if not is_root():
        raise NotHereError("only root makes devices")
    try:
        os.mknod(_figure(box), 0o20666, os.makedev(1, 5))
    except OSError as exception:
        raise NotHereError(str(exception)) from None


@hostile(Ends.ERROR, "CST-P002", tells="issue.yaml:10")
def picture_is_a_folder(box: Box) -> None:
    """a picture that is a folder"""
    _figure(box).mkdir()


@hostile(Ends.ERROR, "CST-Y029", tells="issue.yaml:10")
def picture_above_the_folder(box: Box) -> None:
    """a picture's path with ../"""
    box.figure("images/../../../../outside/secret.png")


@hostile(Ends.ERROR, "CST-Y029", tells="issue.yaml:10")
def picture_with_an_absolute_path(box: Box) -> None:
    """a picture's absolute path"""
    box.figure("/etc/hostname")


@hostile(Ends.ERROR, "CST-Y029", tells="issue.yaml:10")
def picture_at_an_address(box: Box) -> None:
    """a picture's path that is an http address"""
    box.figure("http://127.0.0.1:9/x.png")


@hostile(Ends.ERROR, "CST-P001", tells="issue.yaml:10")
def picture_with_an_encoded_path(box: Box) -> None:
    """a picture's path with ..%2f"""
    box.figure("images/..%2f..%2fsecret.png")


@hostile(Ends.ERROR, "CST-P001", tells="issue.yaml:10")
def picture_with_a_name_too_long(box: Box) -> None:
    """a picture whose name has 5,000 characters"""
    box.figure("images/" + "a" * 5000 + ".png")


@hostile(Ends.ERROR, "CST-Y001")
def issue_is_a_pipe(box: Box) -> None:
    """an issue.yaml that is a pipe"""
    os.mkfifo(_issue_path(box))


@hostile(Ends.ERROR, "CST-Y001")
def issue_is_a_socket(box: Box) -> None:
    """an issue.yaml that is a socket"""
    _socket(_issue_path(box), box)


@hostile(Ends.ERROR, "CST-Y001")
def issue_links_to_zeros(box: Box) -> None:
    """an issue.yaml that is a link to /dev/zero"""
    _issue_path(box).symlink_to("/dev/zero")


@hostile(Ends.ERROR, "CST-Y001")
def issue_is_a_folder(box: Box) -> None:
    """an issue.yaml that is a folder"""
    _issue_path(box).mkdir()


@hostile(Ends.ERROR, "CST-Y001", "CST-Y002")
def issue_links_to_a_secret(box: Box) -> None:
    """an issue.yaml that is a link to a file outside, which would be quoted in the error"""
    box.canary.write_text(f"title: {SECRET}\nno {SECRET}: [\n", "utf-8")
    _issue_path(box).symlink_to(box.canary)


@hostile(Ends.ERROR)
def issue_folder_is_a_link(box: Box) -> None:
    """an issue's folder that is a link to a folder outside"""
    (box.outside / "one").mkdir()
    (box.outside / "one" / "issue.yaml").write_text(ISSUE, "utf-8")
    (box.project.root / "issues" / "one").symlink_to(box.outside / "one")


@hostile(Ends.ERROR)
def layout_folder_is_a_link(box: Box) -> None:
    """a layout's folder that is a link to a folder outside"""
    box.layout(html="<p>外</p>")
    folder = box.project.root / "layouts" / "hostile"
    shutil.move(folder, box.outside / "hostile")
    folder.symlink_to(box.outside / "hostile")


@hostile(Ends.ERROR)
def layouts_folder_is_a_link(box: Box) -> None:
    """a folder layouts/ that is a link to a folder outside"""
    box.layout(html="<p>外</p>")
    folder = box.project.root / "layouts"
    shutil.move(folder, box.outside / "layouts")
    folder.symlink_to(box.outside / "layouts")


@hostile(Ends.ERROR)
def manifest_links_to_a_secret(box: Box) -> None:
    """a layout.yaml that is a link to a file outside"""
    box.canary.write_text(f"title: {SECRET}\nno {SECRET}: [\n", "utf-8")
    path = box.layout() / "layout.yaml"
    path.unlink()
    path.symlink_to(box.canary)


@hostile(Ends.ERROR)
def template_links_to_a_secret(box: Box) -> None:
    """a template that is a link to a file outside, which would be printed"""
    folder = box.layout()
    (folder / "blocks").mkdir()
    (folder / "blocks" / "prose.html.j2").symlink_to(box.canary)


@hostile(Ends.ERROR)
def templates_folder_is_a_link(box: Box) -> None:
    """a folder of templates that is a link to a folder outside"""
    (box.outside / "prose.html.j2").write_text(SECRET, "utf-8")
    (box.layout() / "blocks").symlink_to(box.outside)


@hostile(Ends.ERROR, "CST-E003", tells="page.css")
def sheet_links_to_a_secret(box: Box) -> None:
    """a style sheet that is a link to a file outside"""
    (box.outside / "secret.css").write_text(f"p::after {{ content: '{SECRET}' }}", "utf-8")
    (box.layout() / "page.css").symlink_to(box.outside / "secret.css")


@hostile(Ends.ERROR)
def sheet_is_a_pipe(box: Box) -> None:
    """a style sheet that is a pipe, and would be missed"""
    os.mkfifo(box.layout() / "page.css")


@hostile(Ends.ERROR)
def template_is_a_pipe(box: Box) -> None:
    """a template that is a pipe, and would be missed"""
    folder = box.layout()
    os.mkfifo(folder / "issue.html.j2")


@hostile(Ends.ERROR, "CST-Y001", "CST-L001")
def manifest_is_a_pipe(box: Box) -> None:
    """a layout.yaml that is a pipe"""
    path = box.layout() / "layout.yaml"
    path.unlink()
    os.mkfifo(path)


@hostile(Ends.ERROR, "CST-E003", tells="pipe.css")
def imported_sheet_is_a_pipe(box: Box) -> None:
    """an imported style sheet that is a pipe"""
    os.mkfifo(box.layout(css="@import 'pipe.css';") / "pipe.css")


@hostile(Ends.EITHER, slow=True)
def font_is_a_pipe(box: Box) -> None:
    """a font of the project's that is a pipe"""
    box.issue()
    (box.project.root / "fonts").mkdir()
    os.mkfifo(box.project.root / "fonts" / "x.otf")


@hostile(Ends.ERROR)
def font_links_outside(box: Box) -> None:
    """a font of the project's that is a link to a font outside"""
    box.issue()
    (box.project.root / "fonts").mkdir()
    font = next(path for path in (REPOSITORY / "fonts").iterdir() if path.suffix in (".otf", ".ttf"))
    shutil.copy(font, box.outside / "x.otf")
    (box.project.root / "fonts" / "x.otf").symlink_to(box.outside / "x.otf")


@hostile(Ends.ERROR)
def coverage_links_outside(box: Box) -> None:
    """a fonts/coverage.json that is a link to a file outside"""
    box.issue()
    (box.project.root / "fonts").mkdir()
    (box.project.root / "fonts" / "coverage.json").symlink_to(box.canary)


@hostile(Ends.ERROR, "CST-F001")
def font_is_noise(box: Box) -> None:
    """a font of the project's that is noise"""
    box.issue()
    box.project.write("fonts/x.otf", b"OTTO" + bytes(range(256)) * 400)


@hostile(Ends.ERROR, "CST-F001")
def coverage_is_nested(box: Box) -> None:
    """a fonts/coverage.json of 100,000 open brackets"""
    box.issue()
    box.project.write("fonts/coverage.json", "[" * 100_000)


@hostile(Ends.ERROR, "CST-U003")
def configuration_links_outside(box: Box) -> None:
    """a cstprint.toml that is a link to a file outside"""
    box.issue()
    (box.project.root / "cstprint.toml").symlink_to(box.canary)


@hostile(Ends.ERROR, "CST-U003")
def configuration_is_nested(box: Box) -> None:
    """a cstprint.toml of 50,000 open brackets"""
    box.issue()
    box.project.write("cstprint.toml", "output = " + "[" * 50_000)


@hostile(Ends.ERROR, "CST-U003")
def configuration_writes_outside(box: Box) -> None:
    """a cstprint.toml whose output folder is outside"""
    box.issue()
    box.project.write("cstprint.toml", 'output = "../outside"\n')


@hostile(Ends.EITHER)
def cache_links_outside(box: Box) -> None:
    """a folder .cstprint that is a link to a folder outside"""
    box.picture(picture_bytes())
    (box.project.root / ".cstprint").symlink_to(box.outside)


@hostile(Ends.EITHER)
def cached_fontconfig_links_outside(box: Box) -> None:
    """a cached fontconfig file that is a link to a file outside, which would be written over"""
    box.issue()
    folder = box.project.root / ".cstprint" / "fontconfig"
    folder.mkdir(parents=True)
    (folder / "fonts.conf").symlink_to(box.canary)


@hostile(Ends.ERROR, "CST-P003", tells="issue.yaml:10")
def cache_vouches_for_a_broken_picture(box: Box) -> None:
    """a planted cache that says a truncated picture decodes"""
    data = picture_bytes("JPEG", (600, 400))[:9000]
    box.picture(data, "images/1.jpg")
    said = {"format": "JPEG", "width_px": 600, "height_px": 400}
    box.project.write(f".cstprint/pictures/{sha256(data).hexdigest()}.json", json.dumps(said))
