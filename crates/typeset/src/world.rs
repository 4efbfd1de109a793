//! What the typesetter sees of the world: the template, one document as data, its files, the fonts. No folder, no network, no clock.

use crate::fonts::Fonts;
use crate::wire::Wire;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock};
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

/// The look of every document.
const TEMPLATE: &str = include_str!("look.typ");
/// Where the template finds the document.
const DATA: &str = "/document.json";

static LIBRARY: LazyLock<LazyHash<Library>> =
    LazyLock::new(|| LazyHash::new(<Library as LibraryExt>::default()));
static MAIN: LazyLock<Option<Source>> =
    LazyLock::new(|| Some(Source::new(file_id("/look.typ")?, TEMPLATE.to_owned())));

fn file_id(path: &str) -> Option<FileId> {
    Some(RootedPath::new(VirtualRoot::Project, VirtualPath::new(path).ok()?).intern())
}

/// One document and its files.
pub struct DocumentWorld {
    data: Bytes,
    files: Vec<Bytes>,
    fonts: Arc<Fonts>,
}

impl DocumentWorld {
    /// The world of a document.
    pub fn new(wire: Wire, fonts: Arc<Fonts>) -> DocumentWorld {
        let Wire { json, files } = wire;
        DocumentWorld { data: Bytes::new(json), files, fonts }
    }
}

impl World for DocumentWorld {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        MAIN.as_ref().map_or(FileId::from_raw(std::num::NonZeroU16::MIN), Source::id)
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        MAIN.as_ref().filter(|main| main.id() == id).cloned().ok_or_else(|| unknown(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let path = id.get().vpath().get_with_slash();
        if path == DATA {
            return Ok(self.data.clone());
        }
        let number = path.strip_prefix("/file/").and_then(|number| number.parse::<usize>().ok());
        number.and_then(|number| self.files.get(number)).cloned().ok_or_else(|| unknown(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.face(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn unknown(id: FileId) -> FileError {
    FileError::NotFound(PathBuf::from(id.get().vpath().get_with_slash()))
}
