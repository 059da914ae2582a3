"""How many lines each paragraph takes, ours beside headless Chromium's: same text, fonts and CSS.

Run as ``python -m tests.bench.chromium_lines [WIDTH ...]``, widths in em; needs Chromium. Its line setting is what it
does by default (``text-spacing-trim: normal``, ``text-autospace: normal``), in a page of ``lang="zh-Hans"``.
"""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.support import corpus
from tests.support.figures import WIDTHS
from tests.support.fonts import use_built_in_fonts
from tests.support.set_lines import set_plain

#: A run as root, with nothing of a person's profile, and nothing sent anywhere. On a screen of ordinary pixels
#: advances would be rounded to whole pixels, which no print does; at four times the scale they are not.
OPTIONS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--force-device-scale-factor=4", "--virtual-time-budget=10000", "--dump-dom",
)  # fmt: skip
#: For each section, the lines of every paragraph, by the rectangles of their characters.
SCRIPT = """
document.fonts.ready.then(() => {
  const range = document.createRange();
  const lines = paragraph => {
    const text = paragraph.firstChild, found = [];
    let bottom = -1e9, line = "";
    for (let at = 0; at < text.length; at++) {
      range.setStart(text, at); range.setEnd(text, at + 1);
      const box = [...range.getClientRects()].pop();
      if (box && box.width && box.bottom > bottom + 8) { if (line) found.push(line); line = ""; bottom = box.bottom; }
      line += text.data[at];
    }
    return [...found, line];
  };
  const told = [...document.querySelectorAll("section")].map(s => [...s.querySelectorAll("p")].map(lines));
  const probe = document.getElementById("probe").getBoundingClientRect().width;
  const data = document.createElement("pre");
  data.id = "told";
  data.textContent = JSON.stringify({probe, told});
  document.body.replaceChildren(data);
});
"""
#: Its width tells whether Chromium found our fonts.
PROBE = "COVID-19 mRNA 中文"


def page(texts: Sequence[str], widths: Sequence[float]) -> str:
    """Return a page with a section of all paragraphs for each width."""
    css = (
        f"html, body {{ margin: 0; {corpus.body_css()} }} p {{ margin: 0; text-indent: {corpus.INDENT:g}em }}"
        "#probe { font-size: 100px; font-kerning: none; text-autospace: no-autospace; white-space: nowrap }"
    )
    inner = "".join(f"<p>{html.escape(text, quote=False)}</p>" for text in texts)
    sections = "".join(f'<section style="width: {width:g}em">{inner}</section>' for width in widths)
    return (
        f'<!DOCTYPE html><html lang="zh-Hans"><meta charset="utf-8"><style>{css}</style><body>'
        f'<span id="probe">{PROBE}</span>{sections}<script>{SCRIPT}</script>'
    )


def chromium_lines(
    browser: str, texts: Sequence[str], widths: Sequence[float], fontconfig: Path
) -> list[list[list[str]]]:
    """Return the lines of each paragraph at each width, as Chromium sets them."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "page.html")
        file.write_text(page(texts, widths), "utf-8")
        command = [browser, *OPTIONS, f"--user-data-dir={folder}/profile", file.as_uri()]
        environment = {**os.environ, "FONTCONFIG_FILE": str(fontconfig)}
        done = subprocess.run(
            command, capture_output=True, text=True, env=environment, timeout=300, check=False
        )
    match = re.search(r'<pre id="told">(.*?)</pre>', done.stdout, re.DOTALL)
    if match is None:
        sys.exit(f"Chromium gave no lines (status {done.returncode}): {done.stderr[-500:]}")
    found = json.loads(html.unescape(match[1]))
    expected = probe_width() * 100
    if abs(found["probe"] - expected) > 0.5:
        sys.exit(f"Chromium has other fonts: the probe is {found['probe']:.1f} px wide, not {expected:.1f}.")
    told: list[list[list[str]]] = found["told"]
    return told


def probe_width() -> float:
    """Return how wide the probe is (em) by the font files' own advances, without kerning."""
    from fontTools.ttLib import TTFont

    folder = Path(__file__).resolve().parents[2] / "fonts"
    fonts = [TTFont(folder / name) for name in ("CSTLatinSerif-Regular.ttf", "CSTSong-Regular.ttf")]
    total = 0.0
    for character in PROBE:
        font = next(font for font in fonts if ord(character) in font.getBestCmap())
        total += font["hmtx"][font.getBestCmap()[ord(character)]][0] / font["head"].unitsPerEm
    return total


def our_counts(texts: list[str], width: float, *, stock: bool = False) -> list[int]:
    """Return how many lines each paragraph takes in our setting, or in WeasyPrint's own."""
    count = Counter(line.paragraph for line in set_plain(texts, width, stock=stock))
    return [count[number] for number in range(len(texts))]


def main(widths: Sequence[float]) -> None:
    """Print a row a width, then the paragraphs of which ours takes more lines."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        sys.exit("Chromium is not installed; on Debian: apt-get install chromium")
    texts = corpus.paragraphs()
    fontconfig = use_built_in_fonts()
    theirs = chromium_lines(browser, texts, widths, fontconfig)
    longer: list[str] = []
    sys.stdout.write("em\tours\tChromium\tstock\tours more in\tours fewer in\n")
    for width, lines in zip(widths, theirs, strict=True):
        ours, stock = our_counts(texts, width), our_counts(texts, width, stock=True)
        counts = [len(paragraph) for paragraph in lines]
        more = [number for number, (a, b) in enumerate(zip(ours, counts, strict=True)) if a > b]
        fewer = sum(a < b for a, b in zip(ours, counts, strict=True))
        sys.stdout.write(f"{width:g}\t{sum(ours)}\t{sum(counts)}\t{sum(stock)}\t{len(more)}\t{fewer}\n")
        longer += [
            f"{width:g} em ¶{number}: ours {ours[number]}, Chromium {counts[number]}, which ends with: {lines[number][-1]}"
            for number in more
        ]
    sys.stdout.write("\n".join(["", *longer]) + "\n")


if __name__ == "__main__":
    main([float(argument) for argument in sys.argv[1:]] or WIDTHS)
