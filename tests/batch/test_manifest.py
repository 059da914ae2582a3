"""The manifest survives what happens to a run, and lets one in at a time."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from cstprint.batch.inputs import Inputs, InputSet
from cstprint.batch.manifest import NAME, SUMS, UNFINISHED, Manifest, Output, Record
from cstprint.batch.verify import verify, verify_folder
from cstprint.diagnostics import UsageError

FONTS = InputSet("fonts", {"Song.ttf": "f1"})
RECORD = Record(
    "one",
    Inputs({"issue.yaml": "i1", "a.png": None}, {"fonts": FONTS.digest}),
    "base",
    Output("one.pdf", "ab" * 32, 5),
    2,
    0.5,
    90,
    1,
    ({"code": "CST-P010", "severity": "note"},),
)
FAILED = replace(RECORD, id="two", output=None)


def written(folder: Path, *records: Record) -> None:
    with Manifest(folder, to_write=True) as manifest:
        for record in records:
            manifest.add(record, {"fonts": FONTS})


def codes(folder: Path, *, to_write: bool = True) -> list[str]:
    with pytest.raises(UsageError) as raised:
        Manifest(folder, to_write=to_write)
    return [found.code for found in raised.value.diagnostics]


def kinds(folder: Path) -> list[str]:
    return [json.loads(line)["kind"] for line in (folder / NAME).read_text("utf-8").splitlines()]


def test_what_is_added_is_there_for_the_next_run(tmp_path: Path) -> None:
    written(tmp_path, RECORD, FAILED)
    with Manifest(tmp_path, to_write=True) as manifest:
        assert manifest.records == {"one": RECORD, "two": FAILED}
        assert manifest.sets == {FONTS.digest: FONTS}


def test_a_line_has_what_programs_want(tmp_path: Path) -> None:
    written(tmp_path, RECORD)
    line = json.loads((tmp_path / NAME).read_text("utf-8").splitlines()[-1])
    assert line["id"] == "one"
    assert line["inputs_sha256"] == RECORD.inputs.digest
    assert line["output_sha256"] == "ab" * 32
    assert (line["pages"], line["seconds"], line["peak_memory_mb"]) == (2, 0.5, 90)
    assert line["diagnostics"] == [{"code": "CST-P010", "severity": "note"}]


def test_at_the_end_each_issue_has_one_line_and_what_is_used_no_more_is_gone(tmp_path: Path) -> None:
    with Manifest(tmp_path, to_write=True) as manifest:
        older = replace(RECORD, inputs=Inputs({}, {"fonts": InputSet("fonts", {}).digest}))
        manifest.add(older, {"fonts": InputSet("fonts", {})})
        for record in (FAILED, RECORD):
            manifest.add(record, {"fonts": FONTS})
        assert kinds(tmp_path) == ["manifest", "set", "issue", "set", "issue", "issue"]
        manifest.finish()
    assert kinds(tmp_path) == ["manifest", "set", "issue", "issue"]
    assert (tmp_path / SUMS).read_text() == f"{'ab' * 32}  one.pdf\n"


def test_sha256sum_reads_the_sums(tmp_path: Path) -> None:
    import hashlib

    digest = hashlib.sha256(b"%PDF-").hexdigest()
    with Manifest(tmp_path, to_write=True) as manifest:
        for name in ("one.pdf", "two\\lines\n.pdf"):
            (tmp_path / name).write_bytes(b"%PDF-")
            manifest.add(replace(RECORD, id=name, output=Output(name, digest, 5)), {"fonts": FONTS})
        manifest.finish()
    done = subprocess.run(
        ["sha256sum", "--check", SUMS], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "one.pdf: OK\n\\two\\\\lines\\n.pdf: OK\n")


@pytest.mark.parametrize("missing", [1, 5, 200])
def test_a_torn_last_line_is_cut_off_and_the_next_stands_on_its_own(missing: int, tmp_path: Path) -> None:
    written(tmp_path, RECORD, FAILED)
    data = (tmp_path / NAME).read_bytes()
    (tmp_path / NAME).write_bytes(data[:-missing])
    with Manifest(tmp_path, to_write=True) as manifest:
        assert manifest.records == {"one": RECORD}
        manifest.add(FAILED, {})
    assert (tmp_path / NAME).read_bytes() == data


@pytest.mark.parametrize("length", [0, 1, 20])
def test_a_run_killed_at_its_first_line_leaves_nothing_in_the_way(length: int, tmp_path: Path) -> None:
    written(tmp_path)
    head = (tmp_path / NAME).read_bytes()
    (tmp_path / NAME).write_bytes(head[:length])
    written(tmp_path)
    assert (tmp_path / NAME).read_bytes() == head


@pytest.mark.parametrize("content", [b"{}\n", b"a list of mine", b"\n", b'{"kind": "manifest"}\n', b"\xff\n"])
def test_a_file_that_is_not_ours_is_left_as_it_is(content: bytes, tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(content)
    assert codes(tmp_path) == ["CST-B002"]
    assert (tmp_path / NAME).read_bytes() == content


def test_a_damaged_line_in_the_middle_is_told(tmp_path: Path) -> None:
    written(tmp_path, RECORD, FAILED)
    data = (tmp_path / NAME).read_bytes()
    (tmp_path / NAME).write_bytes(data.replace(b'"pages":2', b'"pages":x', 1))
    assert codes(tmp_path) == ["CST-B002"]


def test_files_that_say_what_they_said_are_not_written_again(tmp_path: Path) -> None:
    written(tmp_path, RECORD)
    stamps = []
    for _run in range(2):
        with Manifest(tmp_path, to_write=True) as manifest:
            manifest.finish()
        stamps.append([(path.stat().st_ino, path.stat().st_mtime_ns) for path in sorted(tmp_path.iterdir())])
    assert stamps[0] == stamps[1]


def test_one_writes_at_a_time(tmp_path: Path) -> None:
    with Manifest(tmp_path, to_write=True):
        assert codes(tmp_path) == ["CST-B001"]
        assert codes(tmp_path, to_write=False) == ["CST-B001"]
    with Manifest(tmp_path, to_write=False), Manifest(tmp_path, to_write=False):
        pass
    written(tmp_path)


def test_a_manifest_written_anew_while_another_opens_it_is_opened_again(tmp_path: Path) -> None:
    with Manifest(tmp_path, to_write=True) as first:
        for record in (FAILED, RECORD):
            first.add(record, {"fonts": FONTS})
        first.finish()  # the lock is on the old file now
        with Manifest(tmp_path, to_write=True) as second:
            assert second.records == {"one": RECORD, "two": FAILED}


def test_what_a_killed_run_left_unfinished_is_removed_and_nothing_else(tmp_path: Path) -> None:
    for name in (f"{UNFINISHED}abc", ".cstprint.render", "one.pdf"):
        (tmp_path / name).touch()
    written(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".cstprint.render", NAME, "one.pdf"]


def test_a_manifest_that_is_a_link_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text("mine")
    (tmp_path / NAME).symlink_to(tmp_path / "elsewhere")
    assert codes(tmp_path) == ["CST-U007"]
    assert (tmp_path / "elsewhere").read_text() == "mine"


def test_to_read_one_it_must_be_there(tmp_path: Path) -> None:
    assert codes(tmp_path / "none", to_write=False) == ["CST-B002"]
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"pages":2', '"pages":1e400'),
        ('"bytes":5', '"bytes":-1e999'),
        ('"seconds":0.5', '"seconds":1e400'),
        ('"seconds":0.5', '"seconds":NaN'),
        ('"diagnostics":[{', '"diagnostics":[1,{'),
        ('"a.png":null', '"a.png":{}'),
        ('"sets":{"fonts":', '"sets":{"x":[],"fonts":'),
        ('"items":{', '"items":{"y":7,'),
    ],
)
def test_a_line_with_values_that_no_run_writes_is_damaged(tmp_path: Path, before: str, after: str) -> None:
    written(tmp_path, RECORD)
    text = (tmp_path / NAME).read_text("utf-8")
    assert before in text
    (tmp_path / NAME).write_text(text.replace(before, after), "utf-8")
    assert codes(tmp_path) == ["CST-B002"]


def test_a_pipe_in_the_place_of_the_manifest_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / NAME)
    assert codes(tmp_path) == ["CST-B002"]
    assert codes(tmp_path, to_write=False) == ["CST-B002"]


def test_a_pipe_in_the_place_of_the_sums_is_not_waited_for(tmp_path: Path) -> None:
    written(tmp_path, replace(RECORD, output=None))
    (tmp_path / SUMS).unlink(missing_ok=True)
    os.mkfifo(tmp_path / SUMS)
    with Manifest(tmp_path, to_write=False) as manifest:
        found = [*(problem for one in verify(manifest) for problem in one.found), *verify_folder(manifest)]
    assert [str(one.subject).rpartition("/")[2] for one in found] == ["None", SUMS]
