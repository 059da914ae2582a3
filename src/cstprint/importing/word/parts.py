"""The parts of a Word file that belong to its text: notes, comments, headers and footers, styles, numbers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element

from cstprint.diagnostics import msg
from cstprint.importing.html_blocks import markdown_of
from cstprint.importing.word.drawings import Drawings
from cstprint.importing.word.fields import forget_open_fields
from cstprint.importing.word.inline import Bit, Inline, elements_of, plain_text
from cstprint.importing.word.media import Media
from cstprint.importing.word.package import Package, document_of
from cstprint.importing.word.revisions import Revisions
from cstprint.importing.word.styles import Styles
from cstprint.importing.word.tally import Tally, shortened, tally_of, text_within
from cstprint.importing.word.xml import at, descendants

_NOTES = {"w:footnoteReference": ("footnotes", "w:footnote"), "w:endnoteReference": ("endnotes", "w:endnote")}


class Parts:
    """The parts of a package, tracked changes in them accepted. Raises ``UnreadableError``."""

    def __init__(self, package: Package, path: Path, prefix: str) -> None:
        self.package = package
        self.name = document_of(package)
        root = package.tree(self.name)
        self._revisions = Revisions()
        body = at(root, "w:body")
        self.body = body if body is not None else Element("w:body")
        self._revisions.accept(self.body)
        forget_open_fields(self.body)
        self._notes = {tag: self._tree(kind) for tag, (kind, _) in _NOTES.items()}
        self._comments = self._tree("comments")
        for tree in self._notes.values():
            self._revisions.accept(tree)
            forget_open_fields(tree)
        self.tally = tally_of(path, [self.body, *self._notes.values()])
        self.styles = Styles(self._tree("styles"))
        self.numbering = self._tree("numbering")
        self.media = Media(package, self.tally, prefix)
        self._labels: dict[tuple[str, str], str] = {}

    def _tree(self, kind: str) -> Element:
        name = self.package.related(self.name, kind)
        root = self.package.tree(name) if name else None
        return root if root is not None else Element(f"w:{kind}")

    def inline(self, part: str) -> Inline:
        """Return a reader of the running text in a part."""
        drawings = Drawings(self.package, part, self.media, self.tally)
        return Inline(self.package, part, self.styles, drawings, self.tally, self._label, self._comment)

    # ── notes and comments ──

    def _label(self, call: Element) -> str:
        """Return the label of the note that is called; empty where there is no such note."""
        identity = call.get("w:id", "")
        key = (str(call.tag), identity)
        if key not in self._labels and self._note(*key) is not None:
            self._labels[key] = str(len(self._labels) + 1)
        return self._labels.get(key, "")

    def _note(self, tag: str, identity: str) -> Element | None:
        notes = descendants(self._notes[tag], _NOTES[tag][1])
        return next((one for one in notes if one.get("w:id") == identity), None)

    def definitions(self) -> dict[str, str]:
        """Return the notes that were called, as Markdown, by the labels that call them."""
        found: dict[str, str] = {}
        readers = {
            tag: self.inline(self.package.related(self.name, kind) or "") for tag, (kind, _) in _NOTES.items()
        }
        for (tag, identity), label in list(self._labels.items()):
            note = self._note(tag, identity)
            texts = []
            for paragraph in descendants(note, "w:p") if note is not None else ():
                items = readers[tag].items(paragraph)
                if any(not isinstance(item, Bit) for item in items):
                    message = msg("Left out: drawings in a footnote.")
                    self.tally.warn("CST-I013", message, paragraph, msg("Put it into the text."))
                bits = [item for item in items if isinstance(item, Bit)]
                texts.append(markdown_of(elements_of(bits), inline=True))
            text = "\n\n".join(one for one in texts if one).replace("\n", "\n    ")
            found[f"[^{label}]"] = f"[^{label}]: {text}".replace("\n    \n", "\n\n")
        return found

    def _comment(self, identity: str, paragraph: Element) -> None:
        for node in descendants(self._comments, "w:comment"):
            if node.get("w:id") == identity:
                message = msg(
                    "Left out: a comment by {author}: “{text}”.",
                    author=node.get("w:author") or "?",
                    text=shortened(text_within(node), 200),
                )
                self.tally.note("CST-I015", message, paragraph)

    # ── around the text ──

    def around(self) -> tuple[str, ...]:
        """Return the texts of headers and footers, each once, and report them as left out."""
        relations = self.package.relations(self.name)
        texts: dict[str, None] = {}
        pictures = False
        for node in descendants(self.body, "w:headerReference", "w:footerReference"):
            relation = relations.get(node.get("r:id", ""))
            tree = None if relation is None or relation.external else self.package.tree(relation.target)
            if relation is not None and tree is not None and (text := self._frame(relation.target, tree)):
                texts[text] = None
            if tree is not None and next(descendants(tree, "a:blip", "v:imagedata"), None) is not None:
                pictures = True
        if pictures:
            self.tally.note("CST-I006", msg("Left out: pictures in headers or footers."), None)
        for text in texts:
            self.tally.note(
                "CST-I006", msg("Left out: a header or footer: “{text}”.", text=shortened(text, 200)), None
            )
        return tuple(texts)

    def _frame(self, part: str, tree: Element) -> str:
        """Return the text of a header or footer without the numbers of pages in it."""
        Revisions().accept(tree)
        aside = Tally(self.tally.file, {})  # nothing in it is in the text
        reader = replace(
            self.inline(part),
            drawings=Drawings(self.package, part, Media(self.package, aside, ""), aside),
            tally=aside,
        )
        texts = []
        for paragraph in descendants(tree, "w:p"):
            texts.append(plain_text([item for item in reader.items(paragraph) if isinstance(item, Bit)]))
        return " ".join(" ".join(texts).split())

    def report(self) -> None:
        """Report what concerns the whole package: tracked changes, macros, parts that are broken."""
        for kind in ("inserted", "deleted", "formatted"):
            for paragraph in getattr(self._revisions, kind):
                self.tally.count(kind, paragraph if paragraph.tag == "w:p" else None)
        if any(name.lower().endswith(("vbaproject.bin", "vbadata.xml")) for name in self.package.names()):
            self.tally.note("CST-I006", msg("Left out: macros; they are not run, and not read."), None)
        for name, reason in self.package.broken.items():
            message = msg("A part of the Word file is not read: {part}: {reason}.", part=name, reason=reason)
            self.tally.warn("CST-I012", message, None, msg("Open it in Word, save it again, and compare."))
