//! From bytes to a workbook, or to a finding that says why not. Nothing here trusts the file: its size is limited before
//! and while it is unpacked, and a fault inside the libraries that read old formats becomes a finding too.

mod other;
mod text;
mod xlsx;

use crate::finding::{Code, Finding};
use crate::grid::Book;
use crate::place::Place;
use crate::words::Words;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The largest file that is read.
pub(crate) const BYTES_MAX: usize = 20 * 1024 * 1024;

/// The largest old or open-document file; its reader holds whole sheets in memory.
const BYTES_MAX_OTHER: usize = 5 * 1024 * 1024;

/// The most that a compressed workbook may grow to.
const UNPACKED_MAX: u64 = 200 * 1024 * 1024;

/// The most cells of all sheets.
const CELLS_MAX: usize = 1_000_000;

/// Why a file could not be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Closed {
    TooBig,
    Empty,
    Password,
    Encoding,
    Unreadable,
    TooManyCells,
}

/// Opens a file by what its bytes are; the name only decides where the bytes do not.
pub(crate) fn open(bytes: &[u8], file_name: &str) -> Result<Book, Box<Finding>> {
    let opened = catch_unwind(AssertUnwindSafe(|| sort_out(bytes, file_name)));
    match opened.unwrap_or(Err(Closed::Unreadable)) {
        Ok(book) if book.sheets.iter().all(crate::grid::Sheet::is_empty) => {
            Err(Box::new(Closed::Empty.finding()))
        }
        Ok(book) => Ok(book),
        Err(closed) => Err(Box::new(closed.finding())),
    }
}

fn sort_out(bytes: &[u8], file_name: &str) -> Result<Book, Closed> {
    let of_zip = bytes.starts_with(b"PK\x03\x04");
    let of_old = bytes.starts_with(b"\xD0\xCF\x11\xE0");
    if bytes.len() > BYTES_MAX || (of_old && bytes.len() > BYTES_MAX_OTHER) {
        return Err(Closed::TooBig);
    }
    if bytes.is_empty() {
        return Err(Closed::Empty);
    }
    if of_old {
        return if other::is_encrypted(bytes) { Err(Closed::Password) } else { other::xls(bytes) };
    }
    if of_zip {
        let names = xlsx::unpack_check(bytes, UNPACKED_MAX)?;
        if names.iter().any(|name| name == "content.xml") {
            return if bytes.len() > BYTES_MAX_OTHER { Err(Closed::TooBig) } else { other::ods(bytes) };
        }
        return xlsx::read(bytes);
    }
    text::read(bytes, file_name)
}

impl Closed {
    fn finding(self) -> Finding {
        let (code, what, mend) = match self {
            Self::TooBig => (
                Code::FileTooBig,
                Words::new("文件太大", "the file is too big"),
                Words::new(
                    "请删去图片和无关的工作表，或分成几个文件上传（最大 20 MB）",
                    "remove pictures and other sheets, or send it in parts (20 MB at most)",
                ),
            ),
            Self::Empty => (
                Code::FileEmpty,
                Words::new("文件里没有内容", "there is nothing in the file"),
                Words::new("请核对是否选错了文件", "check that this is the right file"),
            ),
            Self::Password => (
                Code::PasswordProtected,
                Words::new("文件设有打开密码", "the file is protected by a password"),
                Words::new(
                    "请在电子表格软件中取消密码，另存后再上传",
                    "remove the password in the spreadsheet program and save it again",
                ),
            ),
            Self::Encoding => (
                Code::Encoding,
                Words::new("看不懂文件的文字编码", "the encoding of the text is not known"),
                Words::new(
                    "请另存为 Excel 工作簿（.xlsx），或 UTF-8 编码的 CSV",
                    "save it as a workbook (.xlsx) or as CSV in UTF-8",
                ),
            ),
            Self::Unreadable => (
                Code::FileUnreadable,
                Words::new(
                    "打不开这个文件，可能已损坏或不是电子表格",
                    "the file is damaged or no spreadsheet",
                ),
                Words::new(
                    "请用电子表格软件打开，另存为 Excel 工作簿（.xlsx）后再上传",
                    "open it in a spreadsheet program and save it as a workbook (.xlsx)",
                ),
            ),
            Self::TooManyCells => (
                Code::TooManyRows,
                Words::new("表格太大，单元格超过一百万个", "the table has more than a million cells"),
                Words::new("请分成几个文件上传", "send it in parts"),
            ),
        };
        Finding::error(code, Place::file(), what, mend)
    }
}
