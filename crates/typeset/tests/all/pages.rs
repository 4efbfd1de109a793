//! What stands on which page.

use crate::samples::{self, DAY};
use crate::support::{PRESS, close, pages, print, reader, written};
use app::print::{
    Attachment, AttachmentFile, BadFile, Block, Cell, Column, Document, Grid, ImageFormat, Language, Look,
    Paper, Press, Row, Signature, Table,
};

/// Where the head of a table stands.
const HEAD: &str = "序号项目名称实施单位";

#[test]
fn a_notice_says_all_and_repeats_the_head_of_its_table() {
    let pdf = print(&samples::notice());
    let (Some(pages), Some(all)) = (pages(&pdf), written(&pdf)) else { return };
    assert_eq!(pages.len(), 3);
    assert!(pages[0].contains("关于2019年度帮扶协作专项资金拟支持项目的公示"), "{}", pages[0]);
    assert!(pages[0].contains("某协作办公示〔2019〕12号"));
    let with_rows: Vec<&String> = pages.iter().filter(|page| page.contains("号村")).collect();
    assert!(with_rows.len() >= 2 && with_rows.iter().all(|page| page.contains("实施单位")), "{pages:?}");
    for part in ["青石镇30号村", "共30个项目", "9,074,046.45", "841,664.25", "2019年10月21日"] {
        assert!(all.contains(part), "{part}");
    }
    for (at, page) in pages.iter().enumerate() {
        assert!(page.ends_with(&format!("—{}—", at + 1)), "{page}");
    }
}

#[test]
fn who_signs_stands_at_the_right_of_the_sheet() {
    let document = Document::new(Look::Official, "公示", DAY)
        .push(Block::paragraph("现将有关内容予以公示，接受社会监督。"))
        .push(Block::closing(["柳河村村民委员会"], DAY));
    let Some(reader) = reader() else { return };
    let page = reader.pages(&print(&document)).unwrap().concat();
    let before = |part: &str| {
        page.lines().find_map(|line| line.find(part)).unwrap_or_else(|| panic!("{part}: {page}"))
    };
    assert_eq!(before("现将"), 0, "{page}");
    assert!(before("柳河村村民委员会") > 10 && before("2019") > 10, "{page}");
}

#[test]
fn who_signs_never_stands_on_a_sheet_without_text() {
    for lines in 8..32 {
        let text = (1..=lines).fold(Document::new(Look::Official, "公示", DAY), |document, at| {
            document.push(Block::paragraph(format!("第{at}项内容，予以公示。")))
        });
        let document = text.push(Block::closing(["柳河村村民委员会"], DAY));
        let Some(pages) = pages(&print(&document)) else { return };
        let last = pages.last().unwrap();
        assert!(last.contains("柳河村村民委员会") && last.contains("予以公示"), "{lines} lines: {last}");
    }
}

#[test]
fn a_board_is_one_sheet_however_much_it_says() {
    let board = |rows: usize| {
        let row = |at: usize| {
            let text =
                format!("第{at}项内容，写得长一些，一行放不下，要排到第二行上去才排得完，字也就小一些");
            Row::of([Cell::label(format!("第{at}项")), Cell::value(text)]).at_least(15)
        };
        let grid = (1..=rows).fold(Grid::new([5, 21]), |grid, at| grid.row(row(at)));
        Document::new(Look::Board, "青石镇柳河村帮扶项目公示牌", DAY)
            .push(grid)
            .push(Block::Note("有意见的，请打监督电话。".into()))
    };
    for (rows, sheets) in [(2, 1), (6, 1), (12, 1), (90, 2)] {
        let Some(pages) = pages(&print(&board(rows))) else { return };
        assert!(if sheets == 1 { pages.len() == 1 } else { pages.len() > 1 }, "{rows} rows: {}", pages.len());
        let all = pages.concat();
        assert!(all.contains(&format!("第{rows}项内容")) && all.contains("监督电话"), "{all}");
    }
}

#[test]
fn a_letter_has_its_head_its_seal_and_who_receives_a_copy_on_one_page() {
    let pdf = print(&samples::letter());
    let Some(pages) = pages(&pdf) else { return };
    assert_eq!(pages.len(), 1);
    let page = &pages[0];
    let parts = [
        "某市帮扶协作工作领导小组办公室某协作办函〔2019〕31号",
        "青石镇人民政府：",
        "请在＿＿＿＿＿＿之前",
        "特此通知。某市帮扶协作工作领导小组办公室2019年10月21日",
        "抄送：某市财政局，青石镇柳河村村民委员会。",
    ];
    let mut from = 0;
    for part in parts {
        let at = page[from..].find(part).unwrap_or_else(|| panic!("{part}: {page}"));
        from += at + part.len();
    }
    // The title stands on two lines of about one length.
    let Some(lines) = reader().map(|reader| reader.pages(&pdf).unwrap().concat()) else { return };
    let of_title = |line: &&str| line.contains("青石镇柳河村") && !line.contains("抄送");
    let first = lines.lines().find(of_title).unwrap().trim();
    let second = lines.lines().skip_while(|line| line.trim() != first).nth(1).unwrap().trim();
    let (first, second) = (first.chars().count(), second.chars().count());
    assert!(first.abs_diff(second) <= 3, "{first} and {second} characters");
}

#[test]
fn a_head_of_one_row_is_repeated_on_each_page_and_the_totals_stand_once() {
    let mut table = Table::new([
        Column::short("序号"),
        Column::text("项目名称"),
        Column::text("实施单位"),
        Column::amount("金额"),
    ]);
    for at in 0..120 {
        table = table.row([at.to_string(), format!("项目{at}"), "镇政府".to_owned(), "1.00".to_owned()]);
    }
    let document = Document::new(Look::Form, "清单", DAY).push(table.totals(["合计", "", "", "120.00"]));
    let Some(pages) = pages(&print(&document)) else { return };
    assert!(pages.len() >= 3);
    for (at, page) in pages.iter().enumerate() {
        assert_eq!(page.matches(HEAD).count(), 1, "{page}");
        assert!(page.ends_with(&format!("第{}页共{}页", at + 1, pages.len())), "{page}");
        assert_eq!(page.contains("120.00"), at + 1 == pages.len());
    }
}

#[test]
fn a_form_shows_labels_answers_and_who_signs() {
    let pdf = print(&samples::form());
    let (Some(pages), Some(all)) = (pages(&pdf), written(&pdf)) else { return };
    assert_eq!(pages.len(), 1);
    for part in [
        "附件2",
        "事前申报表",
        "一式六份，第2份",
        "统一社会信用代码",
        "91120104MA05XXXX1A",
        "1,860.50万元",
        "受理单位（盖章）：",
        "负责人（签字）：",
        "年月日",
        "第1页共1页",
    ] {
        assert!(all.contains(part), "{part}: {all}");
    }
}

#[test]
fn a_board_is_one_sheet_laid_across() {
    let pdf = print(&samples::board());
    let Some(poppler) = reader() else { return };
    assert_eq!(poppler.said(&pdf, "Pages").unwrap().unwrap(), "1");
    assert_eq!(poppler.said(&pdf, "Page size").unwrap().unwrap(), "841.89 x 595.276 pts (A4)");
    assert!(close(&poppler.text(&pdf).unwrap()).contains("865,000.00元"));
}

#[test]
fn contents_name_the_page_on_which_each_part_stands() {
    let form = print(&samples::form());
    let Some(pages) = pages(&print(&samples::file(form))) else { return };
    assert!(
        pages[0].contains("申报材料") && !pages[0].contains("共7页"),
        "a cover has no number: {}",
        pages[0]
    );
    let contents = &pages[1];
    assert!(contents.contains("目录"), "{contents}");
    for part in [
        "一、企业概况",
        "（一）经营情况",
        "二、项目方案",
        "申报承诺书",
        "附件1事前申报表",
        "附件2营业执照副本",
    ] {
        let at = pages.iter().skip(2).position(|page| page.contains(part)).unwrap() + 3;
        let entry = contents.split(part).nth(1).unwrap();
        let number: String =
            entry.chars().skip_while(|c| *c == '.').take_while(char::is_ascii_digit).collect();
        assert_eq!(number, at.to_string(), "{part}: {contents}");
    }
    for (at, page) in pages.iter().enumerate().skip(1) {
        assert!(page.ends_with(&format!("第{}页共{}页", at + 1, pages.len())), "{page}");
    }
}

#[test]
fn an_annex_lies_behind_a_divider_that_says_what_is_there_and_what_is_missing() {
    let document = samples::bound(&print(&samples::form()));
    assert!(document.binds_pdf());
    let pdf = print(&document);
    let Some(pages) = pages(&pdf) else { return };
    let at = |text: &str| pages.iter().rposition(|page| page.contains(text)).unwrap();
    assert!(pages[0].contains("一式六份，第2份"), "{}", pages[0]);
    for (entry, first) in [
        ("附件1实施方案", "附件1实施方案文件：方案.pdf"),
        ("附件2区域位置图", "附件2区域位置图文件：位置图.png"),
        ("附件3投资一览表", "没有装入本册"),
        ("附件4建设示意图（缺）", "本件没有报送"),
        ("盖章页", "盖章处"),
    ] {
        let number = pages[1].split(entry).nth(1).unwrap().trim_start_matches('.');
        let number: String = number.chars().take_while(char::is_ascii_digit).collect();
        assert_eq!(number, (at(first) + 1).to_string(), "{entry}: {}", pages[1]);
    }
    assert!(pages[at("附件1实施方案文件") + 1].contains("事前申报表"), "the form bound in as a PDF");
    let pictures =
        pages.iter().filter(|page| page.starts_with("产业帮扶") && page.contains("附件2区域位置图"));
    assert_eq!(pictures.count(), 4, "the contents, the divider and two pictures");
    for (at, page) in pages.iter().enumerate().skip(1) {
        assert!(page.ends_with(&format!("第{}页共{}页", at + 1, pages.len())), "{page}");
    }
    let wide = at("各月投入");
    assert!(pages[wide].contains("10,000.00"), "a wide table has a page of its own: {}", pages[wide]);
}

#[test]
fn a_file_says_how_many_pages_it_has_or_why_it_cannot_be_bound() {
    let form = print(&samples::form());
    let pdf = |bytes: &[u8]| AttachmentFile::Pdf(bytes.to_vec().into());
    assert_eq!(PRESS.pages(&pdf(&form)), Ok(1));
    assert_eq!(PRESS.pages(&AttachmentFile::Image(samples::png(), ImageFormat::Png)), Ok(1));
    assert_eq!(PRESS.pages(&pdf(b"%PDF-1.4 and nothing more")), Err(BadFile::Unreadable));
    let jpeg = AttachmentFile::Image(samples::png(), ImageFormat::Jpeg);
    assert_eq!(PRESS.pages(&jpeg), Err(BadFile::Unreadable));
}

#[test]
fn the_pages_of_an_attached_pdf_are_bound_in_with_their_text() {
    let mut inner = Document::new(Look::Form, "三页的附件", DAY).paper(Paper::A4Wide);
    for at in 1..=3 {
        inner = inner.push(Block::paragraph(format!("附件正文第{at}段"))).push(Block::PageBreak);
    }
    let file = AttachmentFile::Pdf(print(&inner).into());
    let document = Document::new(Look::File, "装订", DAY)
        .push(Block::Contents)
        .push(Attachment { title: "三页".into(), file })
        .push(Block::heading(1, "之后"));
    let pdf = print(&document);
    let Some(pages) = pages(&pdf) else { return };
    assert_eq!(pages.len(), 6, "cover, contents, three pages, one after");
    for at in 1..=3 {
        assert!(pages[1 + at].contains(&format!("附件正文第{at}段")), "{}", pages[1 + at]);
        assert!(pages[1 + at].contains(&format!("第{at}页，共3页")), "{}", pages[1 + at]);
    }
    let info = reader().unwrap().said(&pdf, "Page size").unwrap().unwrap();
    assert!(info.contains("A4"), "{info}");
    assert!(pages[5].contains("之后第6页共6页"), "{}", pages[5]);
}

#[test]
fn no_text_is_a_command() {
    let texts = [
        "#panic(\"a\")",
        "#sys.inputs",
        "*粗* _斜_ $x^2$",
        "= 不是标题",
        "- 不是列项",
        "#read(\"/look.typ\")",
        "<label> @ref",
        "\\u{41}",
        "#set text(fill: white)",
        "// 不是注释",
        "`raw`",
        "]#pagebreak()[",
        "${7*7}",
        "https://example.invalid/x",
    ];
    let mut document = Document::new(Look::Official, texts[0], DAY)
        .number(texts[1])
        .header(texts[5])
        .fact(texts[6], texts[7]);
    for text in texts {
        document = document
            .push(Block::heading(1, text))
            .push(Block::paragraph(text))
            .push(Block::counted([text]))
            .push(Block::closing([text], DAY))
            .push(Table::new([Column::text(text)]).caption(text).row([text]).totals([text]).note(text))
            .push(Grid::new([1]).row(Row::of([Cell::value(text).hint(text)])).row(Row::of([Cell::opinion(
                text,
                text,
                Signature::default().line(text, text),
            )])));
    }
    let Some(pages) = pages(&print(&document)) else { return };
    let all = pages.concat();
    for text in texts {
        let count = all.matches(&close(text)).count();
        assert!(count >= 15, "{text}: {count}");
    }
}

#[test]
fn an_english_document_speaks_english() {
    let mut table = Table::new([Column::text("Project"), Column::amount("Amount")]);
    table = table.row(["Cold store", "1,200.00"]);
    let document = Document::new(Look::Form, "List of projects", DAY)
        .language(Language::En)
        .copies(6, Some(2))
        .push(table)
        .push(Block::Signatures(vec![Signature::default().line("Office", "").on(DAY)]));
    let Some(poppler) = reader() else { return };
    let text = poppler.text(&print(&document)).unwrap();
    for part in ["List of projects", "In 6 copies, no. 2", "21 October 2019", "Page 1 of 1"] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let form = print(&samples::form());
    assert_eq!(form, print(&samples::form()));
    assert_eq!(print(&samples::file(form.clone())), print(&samples::file(form.clone())));
    assert_ne!(form, print(&samples::form().fact("第", "二")));
    let again = std::thread::scope(|scope| {
        let two = [(); 2].map(|()| scope.spawn(|| print(&samples::notice())));
        two.map(|one| one.join().unwrap())
    });
    assert_eq!(again[0], again[1]);
    let Some(poppler) = reader() else { return };
    assert_eq!(poppler.said(&form, "CreationDate").unwrap().unwrap(), "D:20191021000000Z");
}

#[test]
fn a_file_is_fit_for_archives_unless_a_pdf_is_bound_in() {
    let claims = |pdf: &[u8]| {
        let text = String::from_utf8_lossy(pdf);
        text.contains("<pdfaid:part>2</pdfaid:part>")
            && text.contains("<pdfaid:conformance>A</pdfaid:conformance>")
    };
    for document in [samples::board(), samples::notice(), samples::form()] {
        assert!(!document.binds_pdf() && claims(&print(&document)), "{}", document.title);
    }
    let bound = samples::file(print(&samples::form()));
    assert!(bound.binds_pdf() && !claims(&print(&bound)));
}
