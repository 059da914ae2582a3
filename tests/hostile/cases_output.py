"""Names of issues, and places to write to that are something else."""

from __future__ import annotations

import os
import subprocess

from tests.hostile.case import Box, Ends, NotHereError, hostile, is_root


@hostile(Ends.ERROR, "CST-U001", arguments=("../../outside",))
def id_above_the_project(box: Box) -> None:
    """an issue's id that is a path above the project"""
    box.issue()


@hostile(Ends.ERROR, "CST-Y001", "CST-Y002", "CST-Y004", "CST-Y010", "CST-U001", arguments=("/dev/zero",))
def id_is_a_device(box: Box) -> None:
    """an issue's id that is a device"""
    box.issue()


@hostile(Ends.WHOLE, arguments=("CON",))
def id_of_a_device_on_windows(box: Box) -> None:
    """an issue named CON"""
    box.issue(name="CON")


@hostile(Ends.EITHER, arguments=("a\nb",))
def id_of_two_lines(box: Box) -> None:
    """an issue whose name has a line end"""
    box.issue(name="a\nb")


@hostile(Ends.EITHER, arguments=("a%00b",))
def id_with_an_encoded_nul(box: Box) -> None:
    """an issue whose name has %00"""
    box.issue(name="a%00b")


@hostile(Ends.EITHER, arguments=("issues/\x1b[31mred",))
def id_with_terminal_controls(box: Box) -> None:
    """an issue whose name colours the terminal"""
    box.issue(name="\x1b[31mred")


@hostile(Ends.EITHER, arguments=("issues/\udcff\udcfe",))
def id_that_is_no_text(box: Box) -> None:
    """an issue whose name is bytes that are no UTF-8"""
    try:
        box.issue(name="\udcff\udcfe")
    except (OSError, UnicodeError) as exception:
        raise NotHereError(str(exception)) from None


@hostile(Ends.ERROR, arguments=("x" * 255,))
def id_of_255_letters(box: Box) -> None:
    """an issue whose name leaves no room for .pdf"""
    box.issue(name="x" * 255)


@hostile(Ends.ERROR, arguments=("x" * 5000,))
def id_of_5_000_letters(box: Box) -> None:
    """an issue's id of 5,000 letters"""
    box.issue()


@hostile(Ends.ERROR, arguments=("",))
def id_of_nothing(box: Box) -> None:
    """an empty id"""
    box.issue()


@hostile(Ends.ERROR, arguments=("--layout-folder=/etc",))
def id_that_is_an_option(box: Box) -> None:
    """an issue whose name is an option that is not there"""
    box.issue(name="--layout-folder=")


@hostile(Ends.EITHER, outputs=("outside/one.pdf",), may_read=("outside",))
def output_folder_is_a_link(box: Box) -> None:
    """an output folder that is a link"""
    box.issue()
    (box.project.root / "dist").symlink_to(box.outside)


@hostile(Ends.EITHER, outputs=("project/dist/one.pdf",), may_read=("outside/old.pdf",))
def output_is_a_link(box: Box) -> None:
    """an output file that is a link to a PDF outside, which stays as it is"""
    box.issue()
    (box.outside / "old.pdf").write_bytes(b"%PDF-1.7 old")
    (box.project.root / "dist").mkdir()
    (box.project.root / "dist" / "one.pdf").symlink_to(box.outside / "old.pdf")


@hostile(Ends.ERROR, "CST-U007", "CST-U012", tells="one.pdf")
def output_is_a_folder(box: Box) -> None:
    """an output file that is a folder"""
    box.issue()
    box.project.write("dist/one.pdf/precious.txt", "x")


@hostile(Ends.ERROR, "CST-U012", tells="one.pdf")
def output_is_a_text(box: Box) -> None:
    """an output file that is somebody's text"""
    box.issue()
    box.project.write("dist/one.pdf", "precious")


@hostile(Ends.ERROR, "CST-U007", "CST-U012", tells="one.pdf")
def output_is_a_pipe(box: Box) -> None:
    """an output file that is a pipe"""
    box.issue()
    (box.project.root / "dist").mkdir()
    os.mkfifo(box.project.root / "dist" / "one.pdf")


@hostile(Ends.ERROR, "CST-U007", tells="dist")
def output_folder_is_a_file(box: Box) -> None:
    """an output folder that is a file"""
    box.issue()
    box.project.write("dist", "x")


@hostile(Ends.ERROR, "CST-U012", arguments=("one", "-o", "issues/one/issue.yaml"), tells="issue.yaml")
def output_is_the_issue(box: Box) -> None:
    """an output file that is the issue itself"""
    box.issue()


@hostile(Ends.ERROR, "CST-U007", "CST-U012", arguments=("one", "-o", "/dev/full"), tells="/dev/full")
def output_is_a_full_device(box: Box) -> None:
    """an output file that is the device that is always full"""
    box.issue()


@hostile(Ends.ERROR, "CST-U007", tells="one.pdf")
def output_folder_is_read_only(box: Box) -> None:
    """an output folder that may not be written"""
    if is_root():
        raise NotHereError("root ignores permissions")
    box.issue()
    folder = box.project.root / "dist"
    folder.mkdir()
    folder.chmod(0o500)
    box.undo.callback(folder.chmod, 0o700)


def _mount(box: Box, options: str) -> None:
    folder = box.project.root / "dist"
    folder.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], capture_output=True, check=False
    )
    if done.returncode:
        raise NotHereError("mounting is not allowed")
    box.undo.callback(subprocess.run, ["umount", str(folder)], check=True)


@hostile(Ends.ERROR, "CST-U007", tells="one.pdf")
def output_on_a_full_disk(box: Box) -> None:
    """an output folder on a disk of 8 kB"""
    box.issue()
    _mount(box, "size=8k")


@hostile(Ends.ERROR, "CST-U007", tells="one.pdf")
def output_on_a_read_only_disk(box: Box) -> None:
    """an output folder on a disk that is read-only"""
    box.issue()
    _mount(box, "ro")
