//! Papers: files that prove what a form says. Bytes lie in the house under their SM3 digest; drafts and acts hold the digest.
//! What a file is, its content says, never its name.

use crate::access::Right;
use crate::command::Failure;
use crate::drafts::FilingDraft;
use crate::rows::CaseFilter;
use crate::view::Viewer;
use crate::writer::App;
use domain::Reason;
use domain::case::{Case, Paper};
use journal::HashKind;
use kernel::id::{CaseId, PaperHash};
use policy::pack::Words;

/// The most bytes of one file.
pub const FILE_MAX: usize = 20 * 1024 * 1024;
/// The most files for one paper.
pub const FILES_MAX: usize = 20;
/// The most letters of a file's name.
const NAME_MAX: usize = 120;
/// How many cases one page of the search for a paper reads.
const PAGE: usize = 200;

/// The media types that are taken, with the endings that a browser may offer.
pub const ACCEPT: &str = ".pdf,.png,.jpg,.jpeg,.ofd,.xlsx,.docx";

const PDF: &str = "application/pdf";
const PNG: &str = "image/png";
const JPEG: &str = "image/jpeg";
const OFD: &str = "application/ofd";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// Why a file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaperFault {
    /// It has no content.
    Empty,
    /// It is too large.
    TooLarge,
    /// It is none of the kinds taken.
    Kind,
    /// It carries macros.
    Macros,
    /// The paper has too many files.
    TooMany,
    /// The same file is there already.
    Twice,
    /// The step does not ask for such a paper.
    NoSuchPaper,
}

impl PaperFault {
    /// What is wrong and what to do.
    pub fn words(self) -> Words {
        let (zh, en) = match self {
            Self::Empty => ("文件没有内容，请重新选择", "the file is empty; choose it again"),
            Self::TooLarge => (
                "文件超过20 MB，请压缩或分成几个文件后再上传",
                "the file is larger than 20 MB; compress or split it",
            ),
            Self::Kind => (
                "不能识别的文件，只收 PDF、PNG、JPEG、OFD、XLSX、DOCX；请另存为其中一种后再上传",
                "only PDF, PNG, JPEG, OFD, XLSX and DOCX are taken; save it as one of these",
            ),
            Self::Macros => (
                "文件带有宏，为安全起见不能接收；请另存为不带宏的文件",
                "the file carries macros; save it without them",
            ),
            Self::TooMany => {
                ("这项材料已有20个文件，请合并后再上传", "this paper has 20 files already; merge some")
            }
            Self::Twice => ("这项材料里已有内容相同的文件", "this paper has the same file already"),
            Self::NoSuchPaper => ("本事项不需要这项材料", "this procedure does not ask for this paper"),
        };
        Words::new(zh, en)
    }
}

/// The media type that the content of a file shows, or why it is not taken.
pub fn sniff(bytes: &[u8]) -> Result<&'static str, PaperFault> {
    if bytes.is_empty() {
        return Err(PaperFault::Empty);
    }
    if bytes.len() > FILE_MAX {
        return Err(PaperFault::TooLarge);
    }
    let begins = |magic: &[u8]| bytes.starts_with(magic);
    if begins(b"%PDF-") {
        return Ok(PDF);
    }
    if begins(b"\x89PNG\r\n\x1a\n") {
        return Ok(PNG);
    }
    if begins(b"\xff\xd8\xff") {
        return Ok(JPEG);
    }
    if begins(b"PK\x03\x04") {
        return office(&entries(bytes));
    }
    Err(PaperFault::Kind)
}

/// What an archive of these entries is.
fn office(names: &[String]) -> Result<&'static str, PaperFault> {
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    if names.iter().any(|name| name.ends_with("vbaProject.bin")) {
        return Err(PaperFault::Macros);
    }
    match () {
        () if has("OFD.xml") => Ok(OFD),
        () if has("[Content_Types].xml") && has("xl/workbook.xml") => Ok(XLSX),
        () if has("[Content_Types].xml") && has("word/document.xml") => Ok(DOCX),
        () => Err(PaperFault::Kind),
    }
}

/// The names in the central directory of a ZIP archive; none when it is broken.
fn entries(bytes: &[u8]) -> Vec<String> {
    const END: &[u8] = b"PK\x05\x06";
    let from = bytes.len().saturating_sub(65_557);
    let Some(end) = bytes[from..].windows(4).rposition(|four| four == END).map(|at| at + from) else {
        return Vec::new();
    };
    let number = |at: usize, len: usize| -> Option<usize> {
        let cells = bytes.get(at..at.checked_add(len)?)?;
        Some(cells.iter().rev().fold(0_usize, |sum, byte| sum << 8 | usize::from(*byte)))
    };
    let (Some(count), Some(mut at)) = (number(end + 10, 2), number(end + 16, 4)) else { return Vec::new() };
    let mut names = Vec::new();
    for _ in 0..count {
        if bytes.get(at..at.saturating_add(4)) != Some(b"PK\x01\x02") {
            return Vec::new();
        }
        let (Some(name), Some(extra), Some(comment)) =
            (number(at + 28, 2), number(at + 30, 2), number(at + 32, 2))
        else {
            return Vec::new();
        };
        let Some(text) = bytes.get(at + 46..at + 46 + name) else { return Vec::new() };
        names.push(String::from_utf8_lossy(text).into_owned());
        at += 46 + name + extra + comment;
    }
    names
}

/// A file's name as it is kept: no folders, no control characters, not too long.
pub(crate) fn clean_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or("");
    let plain: String = last.chars().filter(|c| !c.is_control()).collect();
    let plain = plain.trim();
    let over = plain.chars().count().saturating_sub(NAME_MAX);
    let name: String = plain.chars().skip(over).collect();
    if name.is_empty() { "未命名文件".to_owned() } else { name }
}

/// A file to be sent to a reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperBytes {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

impl App {
    /// Keeps a file and puts it into a draft as one of the step's papers; the caller writes the draft.
    pub fn add_paper(
        &self,
        viewer: &Viewer,
        draft: &mut FilingDraft,
        paper: &str,
        file: (&str, &[u8]),
    ) -> Result<Result<(), PaperFault>, Failure> {
        let (name, bytes) = file;
        let media = match sniff(bytes) {
            Ok(media) => media,
            Err(fault) => return Ok(Err(fault)),
        };
        let pack = self.draft_pack(viewer, draft)?;
        let asked = draft.place(&pack).is_some_and(|(_, step, _)| step.papers.iter().any(|id| id == paper));
        if !asked {
            return Ok(Err(PaperFault::NoSuchPaper));
        }
        let of: Vec<&Paper> = draft.papers.iter().filter(|held| held.paper == paper).collect();
        let hash = PaperHash(*HashKind::Sm3.plain(bytes).as_bytes());
        if of.iter().any(|held| held.hash == hash) {
            return Ok(Err(PaperFault::Twice));
        }
        if of.len() >= FILES_MAX {
            return Ok(Err(PaperFault::TooMany));
        }
        self.house.put_paper(&hash, bytes)?;
        draft.papers.push(Paper {
            paper: paper.to_owned(),
            name: clean_name(name),
            hash,
            size: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
            media: media.to_owned(),
        });
        Ok(Ok(()))
    }

    /// The bytes of a paper, for those who may see a case that holds it, or whose own draft does. `case` is where the reader
    /// comes from; without it, drafts and cases in the viewer's scope are searched.
    pub fn paper_bytes(
        &self,
        viewer: &Viewer,
        hash: &PaperHash,
        case: Option<CaseId>,
    ) -> Result<PaperBytes, Failure> {
        let missing = || Failure::from(Reason::NotFound { what: "该材料".into() });
        let held = match case {
            Some(id) => in_case(&self.case_read(viewer, id)?, hash),
            None => self.search_paper(viewer, hash)?,
        };
        let paper = held.ok_or_else(missing)?;
        let bytes = self.house.paper(hash)?.ok_or_else(missing)?;
        Ok(PaperBytes { name: paper.name, media: paper.media, bytes })
    }

    fn search_paper(&self, viewer: &Viewer, hash: &PaperHash) -> Result<Option<Paper>, Failure> {
        let drafts = self.drafts(viewer)?;
        let mut own = drafts.into_iter().flat_map(|draft| draft.papers);
        if let Some(paper) = own.find(|paper| paper.hash == *hash) {
            return Ok(Some(paper));
        }
        if !viewer.may(Right::SeeCases) {
            return Ok(None);
        }
        let mut filter = CaseFilter::within(viewer.scope.clone(), PAGE);
        loop {
            let page = self.reads.cases(&filter)?;
            for row in &page.rows {
                if let Some(paper) = in_case(&self.case(viewer, row.case)?, hash) {
                    return Ok(Some(paper));
                }
            }
            match page.next {
                Some(next) => filter.after = Some(next),
                None => return Ok(None),
            }
        }
    }
}

fn in_case(case: &Case, hash: &PaperHash) -> Option<Paper> {
    let filed = case.declared.iter().flat_map(|declared| &declared.papers);
    let added = case.trail.iter().flat_map(|done| &done.papers);
    let shown = case.notices.iter().flat_map(|notice| &notice.papers);
    filed.chain(added).chain(shown).find(|paper| paper.hash == *hash).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An archive of empty files with these names, stored.
    fn archive(names: &[&str]) -> Vec<u8> {
        let (mut out, mut directory) = (Vec::new(), Vec::new());
        for name in names {
            let offset = out.len() as u32;
            out.extend(b"PK\x03\x04");
            out.extend([0; 22]);
            out.extend((name.len() as u16).to_le_bytes());
            out.extend([0; 2]);
            out.extend(name.as_bytes());
            directory.extend(b"PK\x01\x02");
            directory.extend([0; 24]);
            directory.extend((name.len() as u16).to_le_bytes());
            directory.extend([0; 12]);
            directory.extend(offset.to_le_bytes());
            directory.extend(name.as_bytes());
        }
        let (at, len) = (out.len() as u32, directory.len() as u32);
        out.extend(directory);
        out.extend(b"PK\x05\x06\0\0\0\0");
        out.extend((names.len() as u16).to_le_bytes());
        out.extend((names.len() as u16).to_le_bytes());
        out.extend(len.to_le_bytes());
        out.extend(at.to_le_bytes());
        out.extend([0; 2]);
        out
    }

    #[test]
    fn the_content_says_what_a_file_is() {
        let types = "[Content_Types].xml";
        for (bytes, expected) in [
            (b"%PDF-1.7 ...".to_vec(), Ok(PDF)),
            (b"\x89PNG\r\n\x1a\n...".to_vec(), Ok(PNG)),
            (b"\xff\xd8\xff\xe0...".to_vec(), Ok(JPEG)),
            (archive(&["OFD.xml", "Doc_0/Document.xml"]), Ok(OFD)),
            (archive(&[types, "xl/workbook.xml"]), Ok(XLSX)),
            (archive(&[types, "word/document.xml"]), Ok(DOCX)),
            (archive(&[types, "xl/workbook.xml", "xl/vbaProject.bin"]), Err(PaperFault::Macros)),
            (archive(&["readme.txt"]), Err(PaperFault::Kind)),
            (b"PK\x03\x04 broken".to_vec(), Err(PaperFault::Kind)),
            (b"MZ\x90\0".to_vec(), Err(PaperFault::Kind)),
            (b"<html>".to_vec(), Err(PaperFault::Kind)),
            (Vec::new(), Err(PaperFault::Empty)),
        ] {
            assert_eq!(sniff(&bytes), expected, "{:?}", String::from_utf8_lossy(&bytes));
        }
    }

    #[test]
    fn the_limit_of_size_has_two_sides() {
        let mut bytes = b"%PDF-".to_vec();
        bytes.resize(FILE_MAX, 0);
        assert_eq!(sniff(&bytes), Ok(PDF));
        bytes.push(0);
        assert_eq!(sniff(&bytes), Err(PaperFault::TooLarge));
    }

    #[test]
    fn a_name_keeps_its_ending_and_no_folder() {
        assert_eq!(clean_name("C:\\桌面\\执照.pdf"), "执照.pdf");
        assert_eq!(clean_name("a\r\nSet-Cookie: x.pdf"), "aSet-Cookie: x.pdf");
        assert_eq!(clean_name(""), "未命名文件");
        let long = format!("{}.pdf", "长".repeat(200));
        let clean = clean_name(&long);
        assert!(clean.chars().count() == NAME_MAX && clean.contains("长.pdf"));
    }
}
