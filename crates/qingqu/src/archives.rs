//! The port of archives, on the crate that packs and reads them.

use app::archive::{Archives, Entry, Opened};
use app::ports::Fault;
use documents::archive::{Packer, Unpacker};
use kernel::Date;
use std::io::{self, Read, Seek, Write};

/// Packs archives.
#[derive(Debug, Clone, Copy, Default)]
pub struct Zip;

impl Archives for Zip {
    fn pack(
        &self,
        day: Date,
        next: &mut dyn FnMut() -> Result<Option<Entry>, Fault>,
        out: &mut dyn Write,
    ) -> Result<(), Fault> {
        // Nobody may be listening any longer: that ends the packing and is nobody's fault.
        let unwritten = |error: io::Error| Fault::passing(format!("an archive was not written: {error}"));
        let mut packer = Packer::new(out, day);
        while let Some(entry) = next()? {
            packer.put(&entry.path, &entry.bytes).map_err(unwritten)?;
        }
        packer.finish().map_err(unwritten)
    }
}

/// An archive in a file.
pub struct Unzipped<R: Read + Seek>(Unpacker<R>);

impl<R: Read + Seek> Unzipped<R> {
    /// Opens it.
    pub fn open(from: R) -> io::Result<Unzipped<R>> {
        Unpacker::open(from).map(Unzipped)
    }
}

impl<R: Read + Seek> Opened for Unzipped<R> {
    fn paths(&self) -> Vec<String> {
        self.0.paths().to_vec()
    }

    fn read(&mut self, path: &str, most: u64, each: &mut dyn FnMut(&[u8])) -> io::Result<()> {
        self.0.read(path, most, each)
    }
}
