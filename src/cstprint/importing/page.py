"""Where on a web page its article stands, and what the page says of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from cstprint.issue.markdown.html_tree import text_of

#: What pages call the element of their article: ids first, then elements, then classes.
_IDS = ("js_content", "article-content", "post-content", "content", "main-content")
_TAGS = ("article", "main")
_CLASSES = (
    "rich_media_content",
    "article-content",
    "post-content",
    "entry-content",
    "article-body",
    "markdown-body",
)
#: Elements that are no text of an article.
_AROUND = frozenset(
    """
    head script style noscript template nav aside footer form button iframe svg video audio
    """.split()  # noqa: SIM905 - words, to be read as such
)
#: The ids of what a page of a public account says of its article.
_ACCOUNT = {"title": "activity-name", "author": "js_author_name", "date": "publish_time", "source": "js_name"}
_META = {
    "title": ("og:title", "twitter:title"),
    "author": ("author", "article:author"),
    "date": ("article:published_time", "date", "pubdate"),
}


def article_of(root: Element) -> tuple[Element, Mapping[str, str]]:
    """Return the element of the article's text, and title, author, date and source as the page says them."""
    meta = dict(_said(root))
    body = root.find("body")
    body = root if body is None else body
    for node in list(body.iter()):
        for child in list(node):
            if isinstance(child.tag, str) and (child.tag in _AROUND or child.get("id") in _ACCOUNT.values()):
                _take_out(node, child)
    return next(_candidates(body), body), meta


def _candidates(body: Element) -> Iterator[Element]:
    nodes = [node for node in body.iter() if isinstance(node.tag, str)]
    for identity in _IDS:
        yield from (node for node in nodes if node.get("id") == identity and text_of(node).strip())
    for tag in _TAGS:
        found = [node for node in nodes if node.tag == tag and text_of(node).strip()]
        if len(found) == 1:
            yield found[0]
    for name in _CLASSES:
        yield from (node for node in nodes if name in node.get("class", "").split() and text_of(node).strip())


def _said(root: Element) -> Iterator[tuple[str, str]]:
    properties = {
        node.get("property") or node.get("name") or "": node.get("content") or ""
        for node in root.iter("meta")
    }
    by_id = {node.get("id"): node for node in root.iter() if isinstance(node.tag, str) and node.get("id")}
    for key, identity in _ACCOUNT.items():
        value = " ".join(text_of(by_id[identity]).split()) if identity in by_id else ""
        value = value or next((properties[name] for name in _META.get(key, ()) if properties.get(name)), "")
        if value:
            yield key, " ".join(value.split())
    title = root.find("head/title")
    known = "activity-name" in by_id or any(properties.get(name) for name in _META["title"])
    if title is not None and title.text and not known:
        yield "title", " ".join(title.text.split())


def _take_out(parent: Element, child: Element) -> None:
    """Take an element out, and leave the text after it."""
    place = list(parent).index(child)
    if child.tail:
        if place:
            parent[place - 1].tail = (parent[place - 1].tail or "") + child.tail
        else:
            parent.text = (parent.text or "") + child.tail
    parent.remove(child)
