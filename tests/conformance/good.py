"""A PDF that is both PDF/A-2a and PDF/UA-1, made without cstprint: what the broken ones are made from."""

from __future__ import annotations

import base64
import io
import warnings
from typing import Any

from pypdf import PdfWriter

from tests.support.projects import picture_bytes

#: What a PDF/UA-1 must say of itself; PDF/A wants every property described that it does not know.
PDFUA_DESCRIPTION = """\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
 <pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
 <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
  <pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
  <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
  <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
  <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
   <pdfaProperty:name>part</pdfaProperty:name>
   <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
   <pdfaProperty:category>internal</pdfaProperty:category>
   <pdfaProperty:description>Part of ISO 14289 to which the document conforms</pdfaProperty:description>
  </rdf:li></rdf:Seq></pdfaSchema:property>
 </rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""

PICTURE = "data:image/png;base64," + base64.b64encode(picture_bytes(size=(6, 4))).decode("ascii")

HTML = f"""\
<!doctype html>
<html lang="zh-Hans">
<head>
<title>示例通讯</title>
<meta name="author" content="示例编辑部">
<style>
  @page {{ size: 300pt 400pt; margin: 40pt; @bottom-center {{ content: counter(page) }} }}
  html {{ font: 12pt/20pt "CST Song" }}
  img {{ image-rendering: crisp-edges; width: 60pt }}
  h2 {{ break-before: page }}
</style>
</head>
<body>
<h1>一、通讯</h1>
<p>正文里有一个<a href="https://example.org/">链接</a>，后面是列表。</p>
<ul><li>甲项</li><li>乙项</li></ul>
<figure><img src="{PICTURE}" alt="一块灰色的杂点"><figcaption>图一</figcaption></figure>
<h2>二、表格</h2>
<table>
<thead><tr><th scope="col">年份</th><th scope="col">项目数</th></tr></thead>
<tbody><tr><td>2019</td><td>12</td></tr><tr><td>2020</td><td>15</td></tr></tbody>
</table>
<h3>三、结语</h3>
<p>完。</p>
</body>
</html>
"""


def render(html: str = HTML) -> bytes:
    """Return WeasyPrint's PDF/A-2a of ``html``, which also says that it is PDF/UA-1."""
    from cstprint.engine.weasy.environment import load_weasyprint

    load_weasyprint()
    import weasyprint

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # it leaves the file of its colour profile open
        data = weasyprint.HTML(string=html).write_pdf(pdf_variant="pdf/a-2a")
    writer = PdfWriter(clone_from=io.BytesIO(data))
    change_xmp(writer, "</rdf:RDF>", PDFUA_DESCRIPTION + "</rdf:RDF>")
    writer.pdf_header = "%PDF-1.7"  # pypdf would write 1.3
    return written(writer)


def change_xmp(writer: PdfWriter, old: str, new: str) -> None:
    """Replace a text of the XMP packet that must be there."""
    stream: Any = writer.root_object["/Metadata"]
    packet = stream.get_data().decode("utf-8")
    assert old in packet, old
    stream.set_data(packet.replace(old, new).encode("utf-8"))


def written(writer: PdfWriter) -> bytes:
    """Return what the writer holds as a file."""
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()
