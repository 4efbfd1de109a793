//! One press for all tests, and the second reader.

use app::print::{Document, Press};
use std::sync::LazyLock;
use testkit::poppler::Poppler;
use typeset::Typesetter;

pub static PRESS: LazyLock<Typesetter> = LazyLock::new(Typesetter::system);

pub fn print(document: &Document) -> Vec<u8> {
    PRESS.pdf(document).unwrap_or_else(|fault| panic!("{}: {fault}", fault.clerk().zh))
}

/// The texts of the pages, without spaces, as the reader finds them; `None` when the reader is left out.
pub fn pages(pdf: &[u8]) -> Option<Vec<String>> {
    let poppler = reader()?;
    let pages = poppler.pages(pdf).unwrap();
    assert_eq!(poppler.said(pdf, "Pages").unwrap().unwrap(), pages.len().to_string());
    Some(pages.into_iter().map(|page| close(&page)).collect())
}

/// The text of the whole file without spaces, cell after cell.
pub fn written(pdf: &[u8]) -> Option<String> {
    Some(close(&reader()?.written(pdf).unwrap()))
}

pub fn reader() -> Option<Poppler> {
    Poppler::found().unwrap_or_else(|unread| panic!("{unread}"))
}

/// A text without spaces: how much room lies between characters is the typesetter's matter.
pub fn close(text: &str) -> String {
    text.split_whitespace().collect()
}
