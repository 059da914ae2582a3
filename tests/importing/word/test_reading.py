"""Word files to documents: what their paragraphs, runs, fields, lists and tables become, and what is reported."""

from __future__ import annotations

import pytest

from cstprint.diagnostics import Severity
from tests.support.projects import picture_bytes
from tests.support.word_files import (
    Made,
    field_of,
    heads,
    level,
    markdown,
    numbered,
    numbering,
    p,
    picture,
    pictures,
    run,
    said,
    style,
    table,
    tc,
    tr,
    xml,
)

TEXT = "正文写在这里，一段一段地写下去，直到这一段写完为止。"
BULLETS = {"word/numbering.xml": numbering(level(0, "bullet", "●"), level(1, "decimal", "%2."))}


def written(body: str, **made: object) -> str:
    return markdown(Made(body, **made).document())  # type: ignore[arg-type]


# ── heads ──


def test_word_names_its_styles_in_english_whatever_their_ids_are() -> None:
    styles = style("1", "heading 1") + style("2", "heading 2") + style("a3", "Title")
    made = Made(p("刊名", "a3") + p("文章", "1") + p("小节", "2") + p(TEXT), styles)
    assert heads(made.document()) == [(1, "刊名"), (2, "文章"), (3, "小节")]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("heading 3", 3), ("标题 2", 2), ("标题2", 2), ("標題 1", 1), ("二级标题", 2), ("Überschrift 1", 1),
        ("見出し 2", 2), ("Normal", 0), ("标题栏说明", 0), ("TOC Heading", 0),
    ],
)  # fmt: skip
def test_a_style_says_by_its_name_what_is_a_head(name: str, found: int) -> None:
    made = heads(Made(p("栏目", "x") + p(TEXT), style("x", name)).document())
    assert made == ([(found, "栏目")] if found else [])


def test_a_style_of_ones_own_is_what_it_is_based_on() -> None:
    styles = style("1", "heading 1") + style("m", "我的大题", based_on="1") + style("n", "再改", based_on="m")
    assert heads(Made(p("甲", "n") + p(TEXT), styles).document()) == [(1, "甲")]


def test_an_outline_level_makes_a_head_of_a_paragraph_and_takes_it_from_a_style() -> None:
    outline = '<w:outlineLvl w:val="{}"/>'
    styles = style("1", "heading 1") + style("o", "要点", f"<w:pPr>{outline.format(1)}</w:pPr>")
    body = (
        p("甲", properties=outline.format(0)) + p("乙", "o") + p("不是题，是正文。", "1", outline.format(9))
    )
    document = Made(body, styles).document()
    assert heads(document) == [(1, "甲"), (2, "乙")]
    assert "不是题" in markdown(document)


def test_without_styles_heads_are_short_paragraphs_of_bold_or_larger_type() -> None:
    large, bold = '<w:b/><w:sz w:val="36"/>', "<w:b/>"
    centred = '<w:jc w:val="center"/>'
    body = (
        p(run("秋天的版面", large), properties=centred) + p(run("一、字体", bold)) + p(TEXT)
        + p(run("宋体", bold)) + p(TEXT) + p(run("二、字号", bold)) + p(TEXT) + p(run("这一句是加粗的正文。", bold))
    )  # fmt: skip
    document = Made(body).document()
    assert heads(document) == [(1, "秋天的版面"), (2, "一、字体"), (3, "宋体"), (2, "二、字号")]
    assert "**这一句是加粗的正文。**" in markdown(document)
    assert "CST-I005 1 Short paragraphs in bold or larger type are read as headings: 4." in said(document)


def test_numbers_that_word_makes_for_heads_are_text_as_its_reader_sees_it() -> None:
    levels = level(0, "chineseCounting", "%1、"), level(1, "decimal", "%1.%2", inside="<w:isLgl/>")
    numbers = f"<w:pPr>{numbered()}</w:pPr>"
    styles = style("1", "heading 1", numbers) + style("2", "heading 2", f"<w:pPr>{numbered(1, 1)}</w:pPr>")
    body = p("甲", "1") + p("子", "2") + p("丑", "2") + p("乙", "1") + p("寅", "2") + p(TEXT)
    document = Made(body, styles, {"word/numbering.xml": numbering(*levels)}).document()
    assert [text for _, text in heads(document)] == ["一、甲", "1.1 子", "1.2 丑", "二、乙", "2.1 寅"]


def test_a_head_of_two_lines_is_one_line() -> None:
    body = p("<w:r><w:t>上半句</w:t><w:br/><w:t>下半句</w:t></w:r>", "1") + p(
        "<w:r><w:t>part</w:t><w:br/><w:t>two</w:t></w:r>", "1"
    )
    assert heads(Made(body, style("1", "heading 1")).document()) == [(1, "上半句下半句"), (1, "part two")]


def test_the_type_of_a_subtitle_is_no_emphasis() -> None:
    """Word's own style of subtitles is italic."""
    italic = style("s", "Subtitle", "<w:rPr><w:i/></w:rPr>")
    made = Made(p("甲", "1") + p("副题在此", "s") + p(TEXT), style("1", "heading 1") + italic)
    assert "副题在此" in markdown(made.document()).split("\n\n")


def test_a_table_of_contents_that_never_ends_hides_nothing() -> None:
    open_field = field_of("TOC \\o", "目录").replace('<w:r><w:fldChar w:fldCharType="end"/></w:r>', "")
    assert TEXT in written(p(open_field) + p(TEXT))


def test_a_subtitle_and_a_standfirst_keep_what_they_are() -> None:
    styles = style("s", "Subtitle") + style("d", "导语")
    document = Made(p("副题", "s") + p("导语一句。", "d"), styles).document()
    assert [getattr(piece, "role", "") for piece in document.pieces] == ["subtitle", "standfirst"]


# ── running text ──


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (run("粗", "<w:b/>") + run("体", "<w:b/><w:rFonts/>") + run(" ") + run("字"), "**粗体** 字"),
        (run("一", "<w:b/>") + run(" ") + run("二。", "<w:b/>"), "**一 二。**"),
        (run("斜", "<w:i/>") + run("删", "<w:strike/>") + run("线", '<w:u w:val="single"/>'), "*斜*~~删~~<u>线</u>"),
        (run("重点", '<w:em w:val="dot"/>') + run("亮", '<w:highlight w:val="yellow"/>'), "*重点*==亮=="),
        (run("H") + run("2", '<w:vertAlign w:val="subscript"/>') + run("O"), "H~2~O"),
        (run("不粗", '<w:b w:val="0"/>') + run("无线", '<w:u w:val="none"/>'), "不粗无线"),
        (run("abc", "<w:caps/>"), "ABC"),
        ("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r>", "甲 乙\\\n丙"),
        ("<w:r><w:t>e</w:t><w:noBreakHyphen/><w:t>mail</w:t></w:r>", "e\u2011mail"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:t>完成</w:t></w:r>', "✓完成"),
        ('<w:r><w:sym w:font="Symbol" w:char="F061"/><w:t>粒子</w:t></w:r>', "α粒子"),
        (
            "<w:r><w:ruby><w:rt><w:r><w:t>かんじ</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>漢字</w:t></w:r></w:rubyBase></w:ruby></w:r>",
            "漢字（かんじ）",
        ),
        (field_of("EQ \\* jc2 \\* hps10 \\o\\ad(\\s\\up 9(かんじ),漢字)"), "漢字（かんじ）"),
        ("<w:smartTag><w:sdt><w:sdtContent>" + run("控件里") + "</w:sdtContent></w:sdt></w:smartTag>", "控件里"),
        (run("2*3=6，a_b 和 [1]"), "2*3=6，a_b 和 [1]"),
    ],
)  # fmt: skip
def test_runs_are_written_as_markdown(inside: str, text: str) -> None:
    assert written(p(inside)) == text


def test_a_style_of_characters_over_a_style_of_paragraphs_that_is_bold_too_is_not_bold() -> None:
    styles = style("b", "粗段", "<w:rPr><w:b/></w:rPr>") + style(
        "s", "Strong", "<w:rPr><w:b/></w:rPr>", kind="character"
    )
    assert (
        written(p(run("粗") + run("细", '<w:rStyle w:val="s"/>') + run("。"), "b"), styles=styles)
        == "**粗**细**。**"
    )


def test_a_big_first_letter_belongs_to_the_paragraph_after_it() -> None:
    assert written(p("春", properties='<w:framePr w:dropCap="drop"/>') + p("天来了。")) == "春天来了。"


def test_links_lead_where_relations_and_fields_say_and_text_stays_where_they_lead_into_files() -> None:
    body = p(
        f'<w:hyperlink r:id="rIdL">{run("网站", "<w:u/>")}</w:hyperlink>'
        + field_of('HYPERLINK "https://example.org/b" \\o "提示"', "另一个")
        + f'<w:hyperlink r:id="rIdF">{run("文件")}</w:hyperlink><w:hyperlink w:anchor="x">{run("上文")}</w:hyperlink>'
    )
    relations = {"rIdL": ("hyperlink", "https://example.org/a"), "rIdF": ("hyperlink", "file:///C:/a.xls")}
    document = Made(body, relations=relations).document()
    assert markdown(document) == "[网站](https://example.org/a)[另一个](https://example.org/b)文件上文"
    assert "CST-I006 1 Links into files, kept as text: 1." in said(document)


def test_fields_print_their_results_and_numbers_of_pages_are_left_out() -> None:
    body = p(run("见") + field_of("REF _Ref1 \\h", "图 1") + run("，第 ") + field_of("PAGE", "7") + run("页"))
    body += p(f'<w:fldSimple w:instr="SEQ 图 \\* ARABIC">{run("1")}</w:fldSimple>' + run("号"))
    document = Made(body).document()
    assert markdown(document) == "见图 1，第 页\n\n1号"
    assert "CST-I006 1 Left out: page numbers in the text (1)." in said(document)


def test_a_field_without_a_result_is_reported() -> None:
    document = Made(p(run("字") + field_of("AUTONUM"))).document()
    assert any("CST-I013 1 A field has no text: AUTONUM" in one for one in said(document))


def test_a_table_of_contents_is_left_out_whichever_way_it_was_made() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o "1-3"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    block = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{p('目录')}{p('甲 1')}</w:sdtContent></w:sdt>"
    )
    body = p(begin + run("甲……1")) + p("乙……2") + p('<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    body += p("丙……3", "t") + block + p(TEXT)
    document = Made(body, style("t", "toc 1")).document()
    assert markdown(document) == TEXT
    assert any("tables of contents that Word made (3)" in one for one in said(document))


def test_hidden_text_is_left_out_and_reported_with_its_words() -> None:
    document = Made(p(run("看得见") + run("看不见", "<w:vanish/>"))).document()
    assert markdown(document) == "看得见"
    assert said(document) == ["CST-I006 1 Left out: hidden text: “看不见”."]


def test_tracked_changes_are_accepted_and_counted() -> None:
    body = (
        p(run("留") + f"<w:ins>{run('加')}</w:ins><w:del><w:r><w:delText>减</w:delText></w:r></w:del>")
        + p("一段的前半", properties="<w:rPr><w:del/></w:rPr>")
        + p("和后半")
        + table(tr(tc("留"), tc("下")), tr(tc("删"), tc("掉"), properties="<w:del/>"))
        + p(run("字。", "<w:b/><w:rPrChange><w:rPr><w:i/></w:rPr></w:rPrChange>"))
    )
    document = Made(body).document()
    text = markdown(document)
    assert text.startswith("留加\n\n一段的前半和后半")
    assert "减" not in text
    assert "删" not in text
    assert text.endswith("**字。**")
    assert [one for one in said(document) if "CST-I014" in one] == [
        "CST-I014 1 Tracked insertions, accepted: 1.",
        "CST-I014 1 Tracked deletions, accepted: 3.",
        "CST-I014 5 Tracked changes of format, accepted: 1.",
    ]


def test_notes_stand_in_the_text_with_their_paragraphs() -> None:
    body = p(
        run("甲")
        + '<w:r><w:footnoteReference w:id="2"/></w:r>'
        + run("乙")
        + '<w:r><w:endnoteReference w:id="2"/></w:r>'
    )
    parts = {
        "word/footnotes.xml": xml("w:footnotes", f'<w:footnote w:id="2">{p("<w:r><w:footnoteRef/></w:r>" + run(" 脚注"))}{p("第二段")}</w:footnote>'),
        "word/endnotes.xml": xml("w:endnotes", f'<w:endnote w:id="2">{p("尾注")}</w:endnote>'),
    }  # fmt: skip
    document = Made(body, parts=parts).document()  # type: ignore[arg-type]
    assert markdown(document) == "甲[^1]乙[^2]"
    assert document.definitions == {"[^1]": "[^1]: 脚注\n\n    第二段", "[^2]": "[^2]: 尾注"}


def test_comments_are_reported_with_their_authors_and_not_printed() -> None:
    comments = xml("w:comments", f'<w:comment w:id="0" w:author="王编辑">{p("核对数字")}</w:comment>')
    document = Made(
        p("零") + p(run("数字") + '<w:r><w:commentReference w:id="0"/></w:r>'),
        parts={"word/comments.xml": comments},
    ).document()
    assert markdown(document) == "零\n\n数字"
    assert said(document) == ["CST-I015 2 Left out: a comment by 王编辑: “核对数字”."]


def test_headers_and_footers_are_reported_and_their_words_kept_for_date_and_number() -> None:
    header = xml("w:hdr", p(run("科技通讯 2024年5月 第 3 期　") + field_of("PAGE", "9")))
    section = p("", properties='<w:sectPr><w:headerReference r:id="rIdH"/></w:sectPr>')
    document = Made(
        p(TEXT) + section, parts={"word/header1.xml": header}, relations={"rIdH": ("header", "header1.xml")}
    ).document()
    assert document.around == ("科技通讯 2024年5月 第 3 期",)
    assert "CST-I006 1 Left out: a header or footer: “科技通讯 2024年5月 第 3 期”." in said(document)


def test_a_picture_in_a_header_is_reported() -> None:
    header = xml("w:hdr", p(picture("rId1")))
    section = p("", properties='<w:sectPr><w:headerReference r:id="rIdH"/></w:sectPr>')
    document = Made(
        p(TEXT) + section, parts={"word/header1.xml": header}, relations={"rIdH": ("header", "header1.xml")}
    ).document()
    assert said(document) == ["CST-I006 1 Left out: pictures in headers or footers."]
    assert document.files == {}


def test_a_box_is_read_once_and_stands_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{p('盒中字')}</w:txbxContent>"
    drawn = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wp:extent/><a:graphic><a:graphicData>'
        f"<wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    document = Made(p(drawn + run("锚段")) + p("下一段")).document()
    assert markdown(document) == "锚段\n\n盒中字\n\n下一段"
    assert any(one.startswith("CST-I016 1 The text of a text box") for one in said(document))


def test_charts_diagrams_objects_and_formulas_are_not_lost_in_silence() -> None:
    def drawing(inside: str) -> str:
        return f"<w:r><w:drawing><wp:inline><wp:extent/><a:graphic><a:graphicData>{inside}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"

    parts: dict[str, str | bytes] = {
        "word/chart1.xml": xml("c:chartSpace", "<a:t>产量</a:t>"),
        "word/data1.xml": xml(
            "dgm:dataModel", "<dgm:t><a:t>设计</a:t></dgm:t><dgm:t><a:t>排印</a:t></dgm:t>"
        ),
    }
    formula = "<m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>b</m:t></m:r></m:den></m:f></m:oMath>"
    body = (
        p(drawing('<c:chart r:id="rIdC"/>')) + p(drawing('<dgm:relIds r:dm="rIdD"/>')) + p(run("比 ") + formula)
        + p('<w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r>')
    )  # fmt: skip
    document = Made(
        body, parts=parts, relations={"rIdC": ("chart", "chart1.xml"), "rIdD": ("diagramData", "data1.xml")}
    ).document()
    assert [one.alt for one in pictures(document)] == ["产量"]
    assert markdown(document) == "- 设计\n- 排印\n\n比 $\\frac{a}{b}$"
    found = [one for one in document.found if one.code == "CST-I013"]
    assert [(one.severity, one.span.line if one.span else 0) for one in found] == [
        (Severity.WARNING, 1), (Severity.WARNING, 2), (Severity.NOTE, 3), (Severity.WARNING, 4),
    ]  # fmt: skip


# ── lists ──


def test_lists_by_their_levels() -> None:
    body = (
        p("甲", properties=numbered())
        + p("子", properties=numbered(1, 1))
        + p("丑", properties=numbered(1, 1))
        + p("乙", properties=numbered())
    )
    assert written(body, parts=BULLETS) == "- 甲\n  1. 子\n  2. 丑\n- 乙"


def test_numbers_begin_anew_where_another_list_says_so_and_go_on_where_none_does() -> None:
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    parts = {"word/numbering.xml": numbering(level(0, "decimal", "%1."), lists={1: "", 2: again})}
    body = (
        p("一", properties=numbered())
        + p("二", properties=numbered())
        + p("再一", properties=numbered(2))
        + p("段")
        + p("再二", properties=numbered(2))
    )
    assert written(body, parts=parts) == "1. 一\n2. 二\n\n<!-- -->\n\n1. 再一\n\n段\n\n2. 再二"


@pytest.mark.parametrize(
    ("form", "pattern", "labels"),
    [
        ("chineseCountingThousand", "（%1）", "（一）甲\n\n（二）乙"),
        ("lowerLetter", "%1)", "a) 甲\n\nb) 乙"),
        ("upperRoman", "%1.", "I. 甲\n\nII. 乙"),
        ("decimalEnclosedCircleChinese", "%1", "①甲\n\n②乙"),
        ("ideographTraditional", "%1、", "甲、甲\n\n乙、乙"),
        ("decimal", "第%1条", "第1条甲\n\n第2条乙"),
    ],
)
def test_labels_that_lists_of_ours_do_not_have_are_text(form: str, pattern: str, labels: str) -> None:
    body = p("甲", properties=numbered()) + p("乙", properties=numbered())
    assert written(body, parts={"word/numbering.xml": numbering(level(0, form, pattern))}) == labels


def test_a_paragraph_that_takes_itself_out_of_its_styles_list_has_no_label() -> None:
    styles = style("l", "List Bullet", f"<w:pPr>{numbered()}</w:pPr>")
    assert (
        written(
            p("甲", "l") + p("乙", "l", '<w:numPr><w:numId w:val="0"/></w:numPr>'),
            styles=styles,
            parts=BULLETS,
        )
        == "- 甲\n\n乙"
    )


# ── tables ──


def test_a_table_with_a_head_of_bold_type() -> None:
    rows = tr(tc(p(run("年", "<w:b/>"))), tc(p(run("数", "<w:b/>")))), tr(tc("2020"), tc("7"))
    assert written(table(*rows)) == "| 年 | 数 |\n| --- | --- |\n| 2020 | 7 |"


def test_merged_cells_and_repeated_heads_are_kept() -> None:
    begin, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = (
        tr(tc("表头", '<w:gridSpan w:val="2"/>'), properties="<w:tblHeader/>"),
        tr(tc("甲", begin), tc("1")),
        tr(tc("", on), tc("2")),
    )
    text = written(table(*rows))
    assert '<th colspan="2">表头</th>' in text
    assert '<td rowspan="2">甲</td>' in text
    assert text.count("<tr>") == 3


def test_a_table_in_a_cell_becomes_lines_and_is_reported() -> None:
    inner = table(tr(tc("内一"), tc("内二")), tr(tc("内三"), tc("内四")))
    document = Made(table(tr(tc("外"), tc(p("前") + inner + p())), tr(tc("下"), tc("右")))).document()
    assert all(word in markdown(document) for word in ("前", "内一 内二", "内三 内四"))
    assert any(one.startswith("CST-I016") and "inside table cells" in one for one in said(document))


def test_a_table_of_one_cell_is_what_stands_in_it() -> None:
    document = Made(table(tr(tc(p("框里的题", "1") + p(TEXT)))), style("1", "heading 1")).document()
    assert heads(document) == [(1, "框里的题")]
    assert markdown(document) == TEXT


def test_pictures_side_by_side_in_a_table_have_the_captions_of_the_row_below() -> None:
    rows = tr(tc(p(picture("rIdA"))), tc(p(picture("rIdB")))), tr(tc("左图说明"), tc("右图说明"))
    document = Made(
        table(*rows), parts={"word/media/a.png": picture_bytes(), "word/media/b.png": picture_bytes(size=(300, 300))},
        relations={"rIdA": ("image", "media/a.png"), "rIdB": ("image", "media/b.png")},
    ).document()  # fmt: skip
    found = pictures(document)
    assert [(one.address, one.caption) for one in found] == [("a.png", "左图说明"), ("b.png", "右图说明")]
    assert found[0].group == found[1].group != ""
    assert markdown(document) == ""
