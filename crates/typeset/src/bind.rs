//! Files that are bound in, looked at before anything is set: what is damaged, locked or too large is named instead of printed.

use app::print::{AttachmentFile, BadFile, ImageFormat};
use hayro_syntax::{LoadPdfError, Pdf};
use image::ImageReader;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use typst::foundations::Bytes;
use typst::visualize::{ExchangeFormat, RasterImage};

/// The most pages of one attached PDF.
const PAGES_MAX: usize = 500;
/// The most points of one picture: a sheet at 600 points an inch, coloured, still decodes in 140 MB.
const POINTS_MAX: u64 = 40_000_000;

/// How a page lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lies {
    /// Upright.
    Tall,
    /// Across.
    Wide,
}

/// How each page of a file lies.
pub fn file(file: &AttachmentFile) -> Result<Vec<Lies>, BadFile> {
    match file {
        AttachmentFile::Pdf(bytes) => pdf(bytes),
        AttachmentFile::Image(bytes, format) => Ok(vec![picture(bytes, *format)?]),
    }
}

fn pdf(bytes: &Arc<[u8]>) -> Result<Vec<Lies>, BadFile> {
    let data = Arc::new(Arc::clone(bytes));
    // Reading a stranger's file may panic; it is then as unreadable as any other.
    let read = catch_unwind(AssertUnwindSafe(|| Pdf::new(data))).unwrap_or(Err(LoadPdfError::Invalid));
    let pdf = read.map_err(|error| match error {
        LoadPdfError::Decryption(_) => BadFile::Locked,
        LoadPdfError::Invalid => BadFile::Unreadable,
    })?;
    let pages = pdf.pages();
    match pages.len() {
        0 => return Err(BadFile::Empty),
        count if count > PAGES_MAX => return Err(BadFile::TooLarge),
        _ => {}
    }
    let lies = |page: &hayro_syntax::page::Page<'_>| {
        let (width, height) = page.render_dimensions();
        if width > height { Lies::Wide } else { Lies::Tall }
    };
    Ok(pages.iter().map(lies).collect())
}

/// How a picture lies.
pub fn picture(bytes: &Arc<[u8]>, format: ImageFormat) -> Result<Lies, BadFile> {
    let (format, exchange) = match format {
        ImageFormat::Png => (image::ImageFormat::Png, ExchangeFormat::Png),
        ImageFormat::Jpeg => (image::ImageFormat::Jpeg, ExchangeFormat::Jpg),
    };
    let reader = ImageReader::with_format(Cursor::new(bytes), format);
    let (width, height) = reader.into_dimensions().map_err(|_| BadFile::Unreadable)?;
    if u64::from(width) * u64::from(height) > POINTS_MAX {
        return Err(BadFile::TooLarge);
    }
    // The typesetter remembers what it decoded, so this is not done twice.
    RasterImage::plain(Bytes::new(Arc::clone(bytes)), exchange).map_err(|_| BadFile::Unreadable)?;
    Ok(if width > height { Lies::Wide } else { Lies::Tall })
}
