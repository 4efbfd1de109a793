//! Documents typeset in the process: `app`'s model of a document in, the bytes of a PDF out. The look is one template compiled into the
//! program; a document reaches it as values, so no text of a user is ever read as a command. It asks no clock and no network.
//!
//! Files are PDF/A-2a: tagged, all fonts embedded, fit for archives. Where a PDF of somebody else is bound in, nobody can promise
//! that for its pages, and the file is a tagged PDF 1.7.

mod bind;
mod fonts;
mod wire;
mod world;

pub use fonts::INSTALL;

use app::ports::Fault;
use app::print::{AttachmentFile, BadFile, Document, Press, PressFault};
use fonts::Fonts;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use typst::diag::{SourceDiagnostic, Warned};
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};
use wire::Wire;
use world::DocumentWorld;

/// For how many documents the typesetter remembers what it computed. Memory grows without bound if nothing is forgotten.
const REMEMBERED: usize = 5;

/// The press. Fonts are looked for at the first document, and again at the next one as long as none was found.
#[derive(Default)]
pub struct Typesetter {
    /// Where fonts are looked for; none: where the system keeps them.
    folders: Option<Vec<PathBuf>>,
    fonts: Mutex<Option<Arc<Fonts>>>,
}

impl Typesetter {
    /// A press on the fonts of the system.
    pub fn system() -> Typesetter {
        Typesetter::default()
    }

    /// A press on the fonts in these folders and nothing else.
    pub fn in_folders(folders: impl IntoIterator<Item = PathBuf>) -> Typesetter {
        Typesetter { folders: Some(folders.into_iter().collect()), ..Typesetter::default() }
    }

    fn fonts(&self) -> Result<Arc<Fonts>, PressFault> {
        let mut kept = self.fonts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(fonts) = &*kept {
            return Ok(Arc::clone(fonts));
        }
        let found = Fonts::find(self.folders.as_deref())
            .ok_or_else(|| PressFault::NoFont { install: INSTALL.to_owned() })?;
        Ok(Arc::clone(kept.insert(Arc::new(found))))
    }
}

impl Press for Typesetter {
    fn pdf(&self, document: &Document) -> Result<Vec<u8>, PressFault> {
        let fonts = self.fonts()?;
        for (place, text) in document.texts() {
            if let Some(character) = text.chars().find(|c| !fonts.cover(*c)) {
                return Err(PressFault::MissingGlyph { character, place: place.words() });
            }
        }
        // What reads files that strangers made may have faults of its own; such a fault ends this document and nothing else.
        let made = catch_unwind(AssertUnwindSafe(|| set(document, fonts)));
        typst::comemo::evict(REMEMBERED);
        made.unwrap_or_else(|_| Err(Fault::lasting("the typesetter panicked").into()))
    }

    fn pages(&self, file: &AttachmentFile) -> Result<usize, BadFile> {
        bind::file(file).map(|pages| pages.len())
    }
}

fn set(document: &Document, fonts: Arc<Fonts>) -> Result<Vec<u8>, PressFault> {
    let wire = Wire::of(document, &fonts)?;
    let options = options(document, &wire)?;
    let world = DocumentWorld::new(wire, fonts);
    let Warned { output, .. } = typst::compile::<PagedDocument>(&world);
    let pages = output.map_err(|errors| unset(&errors))?;
    typst_pdf::pdf(&pages, &options).map_err(|errors| unset(&errors))
}

/// The same document gives the same bytes: its time stamp is its day, its identity a hash of what it says.
fn options(document: &Document, wire: &Wire) -> Result<PdfOptions, Fault> {
    let standard = if document.binds_pdf() { PdfStandard::V_1_7 } else { PdfStandard::A_2a };
    let standards =
        PdfStandards::new(&[standard]).map_err(|error| Fault::lasting(error.message().as_str()))?;
    let (year, month, day) = wire::ymd(document.date);
    let midnight = Datetime::from_ymd_hms(year, month, day, 0, 0, 0);
    Ok(PdfOptions {
        ident: Smart::Custom(format!("{:032x}", wire.hash())),
        creator: Smart::Custom(Some("Qingqu".to_owned())),
        timestamp: midnight.map(Timestamp::new_utc),
        standards,
        ..PdfOptions::default()
    })
}

/// Diagnostics of the template or of the writer of the PDF: both are for the operator. They may quote a text, so only the first
/// line of each is kept, and nothing in quotes.
fn unset(errors: &[SourceDiagnostic]) -> PressFault {
    let said = errors.iter().map(|error| {
        let line = error.message.lines().next().unwrap_or_default();
        line.split(['"', '`']).step_by(2).collect::<Vec<_>>().join("…")
    });
    Fault::lasting(format!("not typeset: {}", said.collect::<Vec<_>>().join("; "))).into()
}
