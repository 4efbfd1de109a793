//! Documents on paper: the neutral model of what an office prints, and the port to whatever typesets it. The program knows no
//! page description language; a document is plain data, and its texts are texts: nothing in them is a command.
//!
//! ```
//! use app::print::{Block, Cell, Column, Document, Grid, Look, Row, Signature, Table};
//! # let day: kernel::Date = "2019-10-21".parse().unwrap();
//! let notice = Document::new(Look::Official, "关于拟支持项目的公示", day)
//!     .number("某协作办〔2019〕12号")
//!     .issuer("某市协作办公室")
//!     .push(Block::paragraph("经评审，拟支持下列项目，现予公示。"))
//!     .push(Table::new([Column::text("项目"), Column::amount("金额")])
//!         .caption("项目清单").unit("单位：元")
//!         .row(["冷链仓库", "1,200.00"]).totals(["合计", "1,200.00"]))
//!     .push(Block::closing(["某市协作办公室"], day));
//! let form = Document::new(Look::Form, "事前申报表", day).push(
//!     Grid::new([1, 2, 1, 2])
//!         .row(Row::of([Cell::label("企业名称"), Cell::value("某公司").over(3)]))
//!         .row(Row::of([Cell::opinion("受理单位意见", "同意。", Signature::seal("受理单位")).over(4)]).at_least(60)));
//! ```

mod model;
mod of_table;
mod parts;
mod walk;

pub use crate::tables::Language;
pub use model::{
    Annex, Attachment, AttachmentFile, Block, Copies, Document, Footer, Image, ImageFormat, Look, Paper,
    SealPage,
};
pub use parts::{Align, Cell, CellKind, Column, Grid, Row, Signature, Table, Width};
pub use walk::{Part, Place};

use crate::ports::Fault;
use policy::pack::Words;

/// Who typesets. A document in, the bytes of a PDF out: the same document gives the same bytes, with no clock and no network.
pub trait Press: Send + Sync {
    /// The document as PDF.
    fn pdf(&self, document: &Document) -> Result<Vec<u8>, PressFault>;
    /// How many pages a file has that is to be bound in, or why it cannot be.
    fn pages(&self, file: &AttachmentFile) -> Result<usize, BadFile>;
}

/// What is wrong with a file that was to be bound in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadFile {
    /// It is not what its kind says, or it is damaged.
    Unreadable,
    /// It asks for a password.
    Locked,
    /// It has no page.
    Empty,
    /// It has more pages, or more points, than one file may.
    TooLarge,
}

/// Why a document was not printed.
#[derive(Debug, thiserror::Error)]
pub enum PressFault {
    /// No font with Chinese characters is installed.
    #[error("no font with Chinese characters; install {install}")]
    NoFont {
        /// The Debian package to install.
        install: String,
    },
    /// No installed font has this character.
    #[error("no font has U+{:04X}", u32::from(*.character))]
    MissingGlyph {
        /// The character.
        character: char,
        /// Where it stands.
        place: Words,
    },
    /// A picture or an attachment cannot be bound in.
    #[error("a file cannot be bound in: {why:?}")]
    BadAttachment {
        /// Its name or title, as the document has it.
        name: String,
        /// What is wrong.
        why: BadFile,
    },
    /// The world failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl PressFault {
    /// What happened and what to do, for the clerk. `Display` is for the operator and names no person and no file.
    pub fn clerk(&self) -> Words {
        match self {
            PressFault::NoFont { install } => Words::new(
                format!(
                    "服务器没有中文字体，不能生成 PDF。请管理员安装字体：{install}（Debian：apt-get install {install}），装好后无需重启。也可先用网页打印"
                ),
                format!(
                    "The server has no Chinese font, so no PDF can be made. Ask the administrator to install {install} (Debian: apt-get install {install}); no restart is needed. The page itself can be printed"
                ),
            ),
            PressFault::MissingGlyph { character, place } => {
                let code = format!("U+{:04X}", u32::from(*character));
                let shown = if character.is_control() {
                    code.clone()
                } else {
                    format!("“{character}”（{code}）")
                };
                let shown_en =
                    if character.is_control() { code.clone() } else { format!("{character} ({code})") };
                Words::new(
                    format!(
                        "{}有一个字 {shown}，已安装的字体都没有。请改用其他写法，或请管理员安装收有此字的字体",
                        place.zh
                    ),
                    format!(
                        "No installed font has the character {shown_en}, which stands in {}. Write it otherwise, or ask the administrator to install a font that has it",
                        place.en
                    ),
                )
            }
            PressFault::BadAttachment { name, why } => {
                let (zh, en) = why.words();
                Words::new(format!("“{name}”不能编入文件：{zh}"), format!("{name} cannot be bound in: {en}"))
            }
            PressFault::Fault(_) => Words::new(
                "文件没有生成，请稍后再试；仍不行时请联系管理员",
                "The document was not made. Try again later; if it fails again, call the administrator",
            ),
        }
    }
}

impl BadFile {
    /// What is wrong and what to do, in Chinese and in English.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            BadFile::Unreadable => (
                "文件已损坏，或者内容与类型不符，请重新上传",
                "it is damaged or not of its kind; upload it again",
            ),
            BadFile::Locked => {
                ("文件有密码，请去掉密码后重新上传", "it has a password; remove it and upload the file again")
            }
            BadFile::Empty => ("文件没有页", "it has no page"),
            BadFile::TooLarge => (
                "页数或尺寸超过上限，请拆分或缩小后重新上传",
                "it has too many pages or is too large; split or shrink it and upload it again",
            ),
        }
    }
}
