"""What is written before WeasyPrint is imported."""

from __future__ import annotations

from pathlib import Path

from cstprint.engine.environment import _write_fontconfig
from cstprint.fonts import FontLibrary


def test_the_fontconfig_file_is_not_written_through_a_link(tmp_path: Path) -> None:
    precious = tmp_path / "precious.txt"
    precious.write_text("precious")
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "fonts.conf").symlink_to(precious)
    path = _write_fontconfig(FontLibrary((), ()), tmp_path / "cache")
    assert precious.read_text() == "precious"
    assert not path.is_symlink()
    assert "<fontconfig>" in path.read_text("utf-8")


def test_the_fontconfig_file_stays_as_it_is_where_nothing_changed(tmp_path: Path) -> None:
    first = _write_fontconfig(FontLibrary((), ()), tmp_path).stat().st_ino
    assert _write_fontconfig(FontLibrary((), ()), tmp_path).stat().st_ino == first
