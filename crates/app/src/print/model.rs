//! A document: what is said about the whole, and its blocks in order.

use super::{Grid, Language, Signature, Table};
use kernel::Date;
use std::sync::Arc;

/// How a document looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// 公文 as GB/T 9704 sets it: title in 小标宋 二号, text in 仿宋 三号 on lines of 28 pt, page number between dashes.
    Official,
    /// A form or a list: smaller, gridded.
    Form,
    /// 公告牌: large type on a sheet laid across, to be read from two metres.
    Board,
    /// A bound file: a cover, contents, seal pages, attachments.
    File,
}

/// The sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// A4 upright.
    A4,
    /// A4 laid across.
    A4Wide,
}

/// What stands at the foot of each page; a cover has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Footer {
    /// `— 3 —`, at the outer edge.
    Dashes,
    /// 第 3 页　共 8 页
    PageOfPages,
    /// Nothing.
    None,
}

/// 一式六份，第 2 份
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Copies {
    /// How many copies there are.
    pub total: u32,
    /// Which one this is; none on an unnumbered copy.
    pub this: Option<u32>,
}

/// A document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// How it looks.
    pub look: Look,
    /// The sheet.
    pub paper: Paper,
    /// The language of the words that the press adds: page numbers, 附件, 年月日.
    pub language: Language,
    /// 发文机关标志 in red above everything, with the number under it; empty: none.
    pub letterhead: String,
    /// The title; `\n` breaks the line.
    pub title: String,
    /// Under the title; empty: none.
    pub subtitle: String,
    /// 文号, or the number of an official form (附件2); empty: none.
    pub number: String,
    /// Who issues it; stands on a cover and among the data of the file.
    pub issuer: String,
    /// Its day; also the time stamp inside the file.
    pub date: Date,
    /// Short facts as label and value: a line under the title, or the lines of a cover.
    pub facts: Vec<(String, String)>,
    /// At the head of each page; empty: none.
    pub header: String,
    /// The foot of each page.
    pub footer: Footer,
    /// How many copies there are and which this is.
    pub copies: Option<Copies>,
    /// What it says.
    pub blocks: Vec<Block>,
}

impl Document {
    /// An empty Chinese document on the sheet and with the foot of its look.
    pub fn new(look: Look, title: impl Into<String>, date: Date) -> Document {
        Document {
            look,
            paper: if look == Look::Board { Paper::A4Wide } else { Paper::A4 },
            language: Language::Zh,
            letterhead: String::new(),
            title: title.into(),
            subtitle: String::new(),
            number: String::new(),
            issuer: String::new(),
            date,
            facts: Vec::new(),
            header: String::new(),
            footer: match look {
                Look::Official => Footer::Dashes,
                Look::Form | Look::File => Footer::PageOfPages,
                Look::Board => Footer::None,
            },
            copies: None,
            blocks: Vec::new(),
        }
    }

    /// In this language.
    pub fn language(self, language: Language) -> Document {
        Document { language, ..self }
    }

    /// On this sheet.
    pub fn paper(self, paper: Paper) -> Document {
        Document { paper, ..self }
    }

    /// Under this 发文机关标志.
    pub fn letterhead(self, letterhead: impl Into<String>) -> Document {
        Document { letterhead: letterhead.into(), ..self }
    }

    /// With a line under the title.
    pub fn subtitle(self, subtitle: impl Into<String>) -> Document {
        Document { subtitle: subtitle.into(), ..self }
    }

    /// With this 文号.
    pub fn number(self, number: impl Into<String>) -> Document {
        Document { number: number.into(), ..self }
    }

    /// Issued by this office.
    pub fn issuer(self, issuer: impl Into<String>) -> Document {
        Document { issuer: issuer.into(), ..self }
    }

    /// With one more short fact.
    pub fn fact(mut self, label: impl Into<String>, value: impl Into<String>) -> Document {
        self.facts.push((label.into(), value.into()));
        self
    }

    /// With this text at the head of each page.
    pub fn header(self, header: impl Into<String>) -> Document {
        Document { header: header.into(), ..self }
    }

    /// With this foot.
    pub fn footer(self, footer: Footer) -> Document {
        Document { footer, ..self }
    }

    /// As one of so many copies.
    pub fn copies(self, total: u32, this: Option<u32>) -> Document {
        Document { copies: Some(Copies { total, this }), ..self }
    }

    /// With one more block.
    pub fn push(mut self, block: impl Into<Block>) -> Document {
        self.blocks.push(block.into());
        self
    }

    /// Whether a PDF is bound in. Such a file holds pages that others made, so it cannot be promised to be fit for archives.
    pub fn binds_pdf(&self) -> bool {
        let pdf = |attachment: &Attachment| matches!(attachment.file, AttachmentFile::Pdf(_));
        self.blocks.iter().any(|block| match block {
            Block::Attachment(attachment) => pdf(attachment),
            Block::Annex(annex) => annex.files.iter().any(pdf),
            _ => false,
        })
    }
}

/// A block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading of level 1 to 4, its number in the text: 一、; the first two levels stand in the contents.
    Heading {
        /// 1 to 4; others count as the nearest.
        level: u8,
        /// The text.
        text: String,
    },
    /// A paragraph whose first line is set in by two characters; `\n` begins another.
    Paragraph(String),
    /// A line without indent: 主送机关, a greeting.
    Flush(String),
    /// Small print.
    Note(String),
    /// Items with numbers or with marks.
    List {
        /// Whether the items are counted.
        counted: bool,
        /// The items.
        items: Vec<String>,
    },
    /// 落款: offices and day, at the right; kept together.
    Closing {
        /// The offices.
        issuers: Vec<String>,
        /// The day.
        date: Date,
        /// A seal goes over them.
        sealed: bool,
    },
    /// 抄送: who receives a copy, at the foot of the last page.
    Copied(Vec<String>),
    /// A form layout.
    Grid(Grid),
    /// A table.
    Table(Table),
    /// Signatures side by side.
    Signatures(Vec<Signature>),
    /// A page to be signed and sealed.
    SealPage(SealPage),
    /// The contents, on a page of its own.
    Contents,
    /// What follows begins a page.
    PageBreak,
    /// A picture.
    Image(Image),
    /// A file bound in, from a new page on.
    Attachment(Attachment),
    /// A divider page, and the files behind it.
    Annex(Annex),
}

impl Block {
    /// A heading.
    pub fn heading(level: u8, text: impl Into<String>) -> Block {
        Block::Heading { level, text: text.into() }
    }

    /// A paragraph.
    pub fn paragraph(text: impl Into<String>) -> Block {
        Block::Paragraph(text.into())
    }

    /// Counted items.
    pub fn counted<T: Into<String>>(items: impl IntoIterator<Item = T>) -> Block {
        Block::List { counted: true, items: items.into_iter().map(Into::into).collect() }
    }

    /// 落款.
    pub fn closing<T: Into<String>>(issuers: impl IntoIterator<Item = T>, date: Date) -> Block {
        Block::Closing { issuers: issuers.into_iter().map(Into::into).collect(), date, sealed: false }
    }

    /// 落款 with the place for the seal over it.
    pub fn sealed(issuer: impl Into<String>, date: Date) -> Block {
        Block::Closing { issuers: vec![issuer.into()], date, sealed: true }
    }
}

impl From<Grid> for Block {
    fn from(grid: Grid) -> Block {
        Block::Grid(grid)
    }
}

impl From<Table> for Block {
    fn from(table: Table) -> Block {
        Block::Table(table)
    }
}

impl From<SealPage> for Block {
    fn from(page: SealPage) -> Block {
        Block::SealPage(page)
    }
}

impl From<Image> for Block {
    fn from(image: Image) -> Block {
        Block::Image(image)
    }
}

impl From<Attachment> for Block {
    fn from(attachment: Attachment) -> Block {
        Block::Attachment(attachment)
    }
}

impl From<Annex> for Block {
    fn from(annex: Annex) -> Block {
        Block::Annex(annex)
    }
}

/// A page to be signed and sealed, with the places for the seals marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealPage {
    /// Its heading; stands in the contents.
    pub title: String,
    /// What is declared; `\n` begins a paragraph.
    pub text: String,
    /// Who signs and seals.
    pub signatures: Vec<Signature>,
}

/// How a picture is coded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImageFormat {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// Its bytes.
    pub bytes: Arc<[u8]>,
    /// How they are coded.
    pub format: ImageFormat,
    /// What it shows: printed under it, and read aloud instead of it.
    pub caption: String,
    /// Its width in percent of the text's, 1 to 100.
    pub width_percent: u8,
}

/// The file of an attachment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AttachmentFile {
    /// A PDF: each of its pages on a page.
    Pdf(Arc<[u8]>),
    /// A picture, on one page.
    Image(Arc<[u8]>, ImageFormat),
}

/// A file bound in: 附件 with its number and title at the head of its first page and in the contents. Page numbers run on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its title.
    pub title: String,
    /// The file.
    pub file: AttachmentFile,
}

/// A part of a bound file behind a page of its own that says what follows, or what is not there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Annex {
    /// Its number in words: 附件一; at the head of each of its pages, too.
    pub label: String,
    /// Its title; with the label it stands in the contents.
    pub title: String,
    /// What is known of it, as label and value: name of the file, size, digest.
    pub facts: Vec<(String, String)>,
    /// What the reader must know: that it is missing, or lies beside the volume; empty: nothing.
    pub note: String,
    /// The files behind the page, each from a new page on.
    pub files: Vec<Attachment>,
}
