"""How many lines are bad on paragraphs that are hard to set, ours beside those of four other programs.

Run by `make bench`, or as ``python -m tests.bench.line_peers [--lines] [WIDTH ...]``, widths in em; ``--lines`` prints
each bad line as well. A program that is not installed is left out, with a word about how to install it. All set the
same plain text in the same font files at 10.5 pt, with an indent of 2 em, justified, in a page a paragraph.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tests.support.corpus import INDENT, LEADING, MARGIN, SIZE
from tests.support.fonts import ROOT, use_built_in_fonts
from tests.support.hard_lines import MEASURES, HardLine, page, paragraphs, read_hard_lines
from tests.support.line_rules import OPENING, TRAILING, splits_number

FONTS = ROOT / "fonts"
LATIN, SONG = "CSTLatinSerif-Regular.ttf", "CSTSong-Regular.ttf"
#: What makes Chromium's lines best, by CSS Text 4.
_CHROMIUM_CSS = (
    "p { text-autospace: normal; text-spacing-trim: trim-start; line-break: strict; hyphens: auto }"
)
_CHROMIUM_OPTIONS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-pdf-header-footer",
)  # fmt: skip
#: What xeCJK knows as a mark by itself.
_MARKS = frozenset(OPENING + TRAILING + "—…·～")


@dataclass(frozen=True)
class Peer:
    """A program that sets lines: ``version`` is ``None`` where it is not installed, and ``hint`` says what to do."""

    name: str
    version: Callable[[], str | None]
    hint: str
    #: Makes a PDF of paragraphs at a measure (em) in a folder of its own.
    to_pdf: Callable[[Sequence[str], float, Path], bytes]


def _ours(texts: Sequence[str], measure: float, _folder: Path) -> bytes:
    from tests.support.set_lines import to_pdf

    return to_pdf(page(texts, measure))


def _our_version() -> str:
    done = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return f"{importlib.metadata.version('cstprint')} {done.stdout.strip()}"


def _typst_version() -> str | None:
    return importlib.metadata.version("typst") if importlib.util.find_spec("typst") else None


def _typst(texts: Sequence[str], measure: float, folder: Path) -> bytes:
    Path(folder, "texts.json").write_text(json.dumps(list(texts)), "utf-8")
    source = Path(folder, "lines.typ")
    source.write_text(
        f"#set page(width: {measure * SIZE + 2 * MARGIN:g}pt, height: 800pt, margin: {MARGIN:g}pt)\n"
        f'#set text(font: ("CST Latin Serif", "CST Song"), size: {SIZE}pt, lang: "zh", region: "cn", overhang: false)\n'
        f"#set par(justify: true, leading: {LEADING - SIZE:g}pt, first-line-indent: (amount: {INDENT:g}em, all: true))\n"
        '#for one in json("texts.json") [\n#par(one)\n#pagebreak(weak: true)\n]\n',
        "utf-8",
    )
    target = Path(folder, "lines.pdf")
    code = (
        "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]],"
        "ignore_system_fonts=True)"
    )
    subprocess.run([sys.executable, "-c", code, source, target, FONTS], check=True)
    return target.read_bytes()


def _browser() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def _chromium_version() -> str | None:
    return _first_version(_browser())


def _chromium(texts: Sequence[str], measure: float, folder: Path) -> bytes:
    source, target = Path(folder, "lines.html"), Path(folder, "lines.pdf")
    source.write_text(page(texts, measure, _CHROMIUM_CSS), "utf-8")
    command = [
        str(_browser()),
        *_CHROMIUM_OPTIONS,
        f"--user-data-dir={folder}/profile",
        f"--print-to-pdf={target}",
        source.as_uri(),
    ]
    environment = {**os.environ, "FONTCONFIG_FILE": str(use_built_in_fonts())}
    subprocess.run(command, check=True, capture_output=True, env=environment, timeout=300)
    return target.read_bytes()


def _package(name: str, engine: str) -> str | None:
    """Return the version of a TeX package and of its engine, ``None`` where one of them is not installed."""
    if shutil.which(engine) is None or shutil.which("kpsewhich") is None:
        return None
    done = subprocess.run(["kpsewhich", f"{name}.sty"], capture_output=True, text=True, check=False)
    if not done.stdout.strip():
        return None
    text = Path(done.stdout.strip()).read_text("utf-8", "replace")
    version = re.search(r"\{\\ExplFileDate\}\{([\d.]+)\}|_version_tl \{([\d.]+)\}", text)
    number = (version[1] or version[2]) if version else "unknown"
    return f"{number} ({engine} {_first_version(shutil.which(engine))})"


def _xecjk_version() -> str | None:
    return _package("xeCJK", "xelatex")


def _luatexcn_version() -> str | None:
    return _package("luatex-cn", "lualatex")


def _xecjk(texts: Sequence[str], measure: float, folder: Path) -> bytes:
    return _by_tex("xelatex", texts, measure, folder, _xecjk_head(texts))


def _luatexcn(texts: Sequence[str], measure: float, folder: Path) -> bytes:
    head = (
        r"\usepackage{fontspec}",
        # Han and their marks are what the Latin font has not. luaotfload finds files by their names only.
        rf'\directlua{{luaotfload.add_fallback("han", {{"file:{SONG}:mode=node;"}})}}',
        rf"\setmainfont{{{LATIN}}}[RawFeature={{fallback=han}},Ligatures=TeXOff]",
        r"\usepackage[paragraph-indent=keep]{luatex-cn}",
    )
    return _by_tex("lualatex", texts, measure, folder, head)


def _by_tex(engine: str, texts: Sequence[str], measure: float, folder: Path, head: Sequence[str]) -> bytes:
    Path(folder, "lines.tex").write_text(_tex(texts, measure, head), "utf-8")
    command = [engine, "-interaction=nonstopmode", "-halt-on-error", "lines.tex"]
    environment = {**os.environ, "TTFONTS": f"{FONTS}:"}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    if done.returncode:
        sys.exit(f"{engine} failed: {done.stdout[-1500:]}")
    return Path(folder, "lines.pdf").read_bytes()


def _xecjk_head(texts: Sequence[str]) -> Sequence[str]:
    from fontTools.ttLib import TTFont

    known = TTFont(FONTS / LATIN).getBestCmap()
    # xeCJK takes what is no Han for Latin; what the Latin font has not is the Chinese font's.
    chinese = sorted({ord(one) for text in texts for one in text if one not in _MARKS} - set(known))
    classes = ",".join(f'"{code:04X}' for code in chinese)
    return (
        r"\usepackage{xeCJK}",
        rf"\setmainfont{{{LATIN}}}[Path={FONTS}/,Ligatures=TeXOff]",
        rf"\setCJKmainfont{{{SONG}}}[Path={FONTS}/]",
        r"\xeCJKsetup{PunctStyle=hangmobanjiao,CheckSingle=true}",
        rf"\xeCJKDeclareCharClass{{CJK}}{{{classes}}}",
    )


def _tex(texts: Sequence[str], measure: float, head: Sequence[str]) -> str:
    width = measure * SIZE
    lines = (
        r"\documentclass{article}",
        rf"\usepackage[paperwidth={width + 2 * MARGIN:g}bp,paperheight=800bp,left={MARGIN:g}bp,textwidth={width:g}bp,"
        rf"top={MARGIN:g}bp,textheight=700bp,noheadfoot]{{geometry}}",
        *head,
        r"\pagestyle{empty}\frenchspacing\begin{document}",
        rf"\fontsize{{{SIZE}bp}}{{{LEADING:g}bp}}\selectfont\parindent={INDENT * SIZE:g}bp\emergencystretch=2em",
        *(_escaped(text) + r"\par\newpage" for text in texts),
        r"\end{document}",
    )
    return "\n".join(lines)


def _escaped(text: str) -> str:
    special = {"\\": r"\textbackslash{}", "~": r"\char`\~{}", "^": r"\char`\^{}"}
    return "".join(special.get(one, f"\\{one}" if one in "#$%&_{}" else one) for one in text)


def _first_version(command: str | None) -> str | None:
    """Return the version that a program prints first, ``None`` where there is no program."""
    if command is None:
        return None
    done = subprocess.run([command, "--version"], capture_output=True, text=True, check=False)
    version = re.search(r"\d+(\.\d+)+(-[\d.]+)?", done.stdout)
    return version[0] if version else "unknown"


PEERS = (
    Peer("cstprint", _our_version, "", _ours),
    Peer("Typst", _typst_version, "pip install typst", _typst),
    Peer("Chromium", _chromium_version, "apt-get install chromium", _chromium),
    Peer("xeCJK", _xecjk_version, "apt-get install texlive-xetex texlive-lang-chinese", _xecjk),
    Peer(
        "luatex-cn",
        _luatexcn_version,
        "tlmgr install luatex-cn, or its tex/ in TEXINPUTS and LUAINPUTS",
        _luatexcn,
    ),
)


def cell(lines: Sequence[HardLine], measure: float) -> str:
    """Return how many lines are bad, and of what kinds, and where numbers were parted."""
    bad = [line.faults(measure) for line in lines if line.faults(measure)]
    kinds = Counter(fault.split()[0] for faults in bad for fault in faults)
    parted = sum(not line.last and splits_number(line.source, line.stop) for line in lines)
    return f"{len(bad)} ({kinds['ragged']}+{kinds['Han']}+{kinds['space']}+{kinds['beyond']}) · {parted} · {len(lines)}"


def main(arguments: list[str]) -> None:
    """Print a table: a row a measure, a column a program."""
    shown = "--lines" in arguments
    measures = [float(one) for one in arguments if one != "--lines"] or MEASURES
    use_built_in_fonts()
    found = {}
    for peer in PEERS:
        version = peer.version()
        if version is None:
            sys.stdout.write(f"{peer.name} is not installed: {peer.hint}\n")
        else:
            found[peer] = version
    texts = paragraphs()
    versions = ", ".join(f"{peer.name} {version}" for peer, version in found.items())
    sys.stdout.write(
        f"{date.today()}, {versions}\nbad lines (ragged + Han + space + beyond) · numbers parted · lines\n\n"
        f"| em | {' | '.join(peer.name for peer in found)} |\n|---|{'---|' * len(found)}\n"
    )
    told: list[str] = []
    for measure in measures:
        cells = []
        for peer in found:
            with tempfile.TemporaryDirectory() as folder:
                lines = read_hard_lines(peer.to_pdf(texts, measure, Path(folder)), texts)
            cells.append(cell(lines, measure))
            told += [
                f"{peer.name} {measure:g} em ¶{line.paragraph + 1} {', '.join(faults)}: {line.text}"
                for line in lines
                if (faults := line.faults(measure))
            ]
        sys.stdout.write(f"| {measure:g} | {' | '.join(cells)} |\n")
        sys.stdout.flush()
    if shown:
        sys.stdout.write("\n".join(["", *told]) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
