//! What keeps a document from being printed, and how it is named.

use crate::samples::{self, DAY, png};
use crate::support::{PRESS, print};
use app::print::{
    Attachment, AttachmentFile, BadFile, Block, Column, Document, Image, ImageFormat, Look, Press,
    PressFault, Table,
};
use std::sync::Arc;
use typeset::Typesetter;

fn refused(document: &Document) -> PressFault {
    match PRESS.pdf(document) {
        Err(fault) => fault,
        Ok(pdf) => panic!("{} bytes were printed", pdf.len()),
    }
}

#[test]
fn a_character_that_no_font_has_is_named_with_its_place() {
    let table = Table::new([Column::text("姓名"), Column::text("村")])
        .row(["王一", "柳河村"])
        .row(["王\u{e123}", "柳河村"]);
    let document = Document::new(Look::Form, "花名册", DAY).push(Block::paragraph("说明")).push(table);
    match refused(&document) {
        PressFault::MissingGlyph { character, place } => {
            assert_eq!(character, '\u{e123}');
            assert_eq!(place.zh, "第 2 部分（表格）第 2 行第 1 格");
            assert_eq!(place.en, "part 2 (table), row 2, cell 1");
        }
        other => panic!("{other:?}"),
    }
    for (character, shown) in [('\u{10FFFD}', "U+10FFFD"), ('\u{7}', "U+0007"), ('\u{12031}', "U+12031")] {
        let fault = refused(&Document::new(Look::Official, format!("标题{character}"), DAY));
        let clerk = fault.clerk();
        assert!(clerk.zh.contains(shown) && clerk.zh.starts_with("标题"), "{}", clerk.zh);
        assert!(clerk.en.contains(shown) && clerk.en.contains("the title"), "{}", clerk.en);
        assert_eq!(fault.to_string(), format!("no font has {shown}"));
    }
}

#[test]
fn marks_without_ink_are_no_missing_characters() {
    print(
        &Document::new(Look::Official, "标\u{200b}题\u{feff}", DAY)
            .push(Block::paragraph("一\u{3000}二\t三\u{a0}四\r\n五\u{feff}\u{202e}六")),
    );
}

#[test]
fn without_a_font_the_package_is_named_and_one_installed_later_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let press = Typesetter::in_folders([folder.path().to_owned()]);
    let document = samples::form();
    match press.pdf(&document) {
        Err(fault @ PressFault::NoFont { .. }) => {
            let clerk = fault.clerk();
            assert!(clerk.zh.contains("fonts-noto-cjk") && clerk.en.contains("fonts-noto-cjk"));
        }
        other => panic!("{:?}", other.map(|pdf| pdf.len())),
    }
    let font = std::path::Path::new("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc");
    if font.exists() {
        std::fs::copy(font, folder.path().join("a.ttc")).unwrap();
        assert!(press.pdf(&document).unwrap().starts_with(b"%PDF-"));
    }
}

#[test]
fn a_file_that_cannot_be_bound_in_is_named() {
    let attached =
        |file| Document::new(Look::File, "装订", DAY).push(Attachment { title: "营业执照".into(), file });
    let pdf = print(&samples::form());
    let cut: Arc<[u8]> = pdf[..200].into();
    let picture = png();
    let half: Arc<[u8]> = picture[..picture.len() / 2].into();
    let cases = [
        attached(AttachmentFile::Pdf(b"not a pdf".as_slice().into())),
        attached(AttachmentFile::Pdf(Arc::from([]))),
        attached(AttachmentFile::Pdf(cut)),
        attached(AttachmentFile::Image(Arc::clone(&half), ImageFormat::Png)),
        attached(AttachmentFile::Image(Arc::clone(&picture), ImageFormat::Jpeg)),
        Document::new(Look::File, "装订", DAY).push(Image {
            bytes: half,
            format: ImageFormat::Png,
            caption: "营业执照".into(),
            width_percent: 50,
        }),
    ];
    for document in cases {
        match refused(&document) {
            fault @ PressFault::BadAttachment { why: BadFile::Unreadable | BadFile::Empty, .. } => {
                assert!(fault.clerk().zh.contains("营业执照") && !fault.to_string().contains("营业执照"));
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn a_picture_beyond_the_limit_is_not_decoded() {
    let mut bytes = Vec::new();
    let picture = image::GrayImage::new(8000, 5001);
    picture.write_to(&mut std::io::Cursor::new(&mut bytes), image::ImageFormat::Png).unwrap();
    let file = AttachmentFile::Image(bytes.into(), ImageFormat::Png);
    let document =
        Document::new(Look::File, "装订", DAY).push(Attachment { title: "扫描件".into(), file });
    match refused(&document) {
        PressFault::BadAttachment { name, why } => {
            assert_eq!((name.as_str(), why), ("扫描件", BadFile::TooLarge));
        }
        other => panic!("{other:?}"),
    }
}
