//! ZIP archives, written in one pass and read without trust. What the files mean is the caller's business.

use kernel::Date;
use std::io::{self, Read, Seek, Write};
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// The most files of an archive that is read.
const FILES_MAX: usize = 100_000;

/// An archive that is being written: nothing that was written is touched again, so it may go straight to a reader. The same files on
/// the same day give the same bytes.
pub struct Packer<W: Write> {
    zip: ZipWriter<StreamWriter<W>>,
    options: SimpleFileOptions,
}

impl<W: Write> Packer<W> {
    /// An empty archive whose files bear this day.
    pub fn new(out: W, day: Date) -> Packer<W> {
        let year = u16::try_from(day.year()).unwrap_or(1980);
        let (month, of_month) = (day.month().unsigned_abs(), day.day().unsigned_abs());
        let stamp = DateTime::from_date_and_time(year, month, of_month, 0, 0, 0).unwrap_or_default();
        Packer {
            zip: ZipWriter::new_stream(out),
            options: SimpleFileOptions::default()
                .compression_method(CompressionMethod::Deflated)
                .last_modified_time(stamp)
                .unix_permissions(0o644),
        }
    }

    /// Writes one more file.
    pub fn put(&mut self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.zip.start_file(path, self.options)?;
        self.zip.write_all(bytes)
    }

    /// Writes the directory at the end.
    pub fn finish(self) -> io::Result<()> {
        self.zip.finish()?.into_inner().flush()
    }
}

/// An archive that is being read.
pub struct Unpacker<R: Read + Seek> {
    zip: ZipArchive<R>,
    paths: Vec<String>,
}

impl<R: Read + Seek> Unpacker<R> {
    /// Reads the directory.
    pub fn open(from: R) -> io::Result<Unpacker<R>> {
        let zip = ZipArchive::new(from)?;
        if zip.len() > FILES_MAX {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "too many files"));
        }
        let paths = zip.file_names().map(|name| name.map(|name| name.into_owned()));
        let paths = paths.collect::<Result<Vec<String>, _>>()?;
        Ok(Unpacker { zip, paths })
    }

    /// The paths of its files, in the order of the directory.
    pub fn paths(&self) -> &[String] {
        &self.paths
    }

    /// Reads a file piece by piece, at most `most` bytes; its checksum is compared at the end.
    pub fn read(&mut self, path: &str, most: u64, each: &mut dyn FnMut(&[u8])) -> io::Result<()> {
        let mut file = self.zip.by_name(path)?;
        let mut piece = vec![0; 64 * 1024];
        let mut left = most;
        loop {
            let count = file.read(&mut piece)?;
            if count == 0 {
                return Ok(());
            }
            left = left
                .checked_sub(count as u64)
                .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "longer than it may be"))?;
            each(&piece[..count]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    const DAY: Date = Date::constant(2019, 10, 21);

    fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut packer = Packer::new(&mut bytes, DAY);
        for (path, content) in files {
            packer.put(path, content).unwrap();
        }
        packer.finish().unwrap();
        bytes
    }

    fn read(bytes: Vec<u8>, path: &str, most: u64) -> io::Result<Vec<u8>> {
        let mut content = Vec::new();
        Unpacker::open(Cursor::new(bytes))?
            .read(path, most, &mut |piece| content.extend_from_slice(piece))?;
        Ok(content)
    }

    #[test]
    fn what_is_packed_reads_back_with_its_chinese_name() {
        let long = vec![7; 300_000];
        let bytes = packed(&[("说明.txt", "你好".as_bytes()), ("附件/一.pdf", &long)]);
        let archive = Unpacker::open(Cursor::new(bytes.clone())).unwrap();
        assert_eq!(archive.paths(), ["说明.txt", "附件/一.pdf"]);
        assert_eq!(read(bytes.clone(), "说明.txt", 100).unwrap(), "你好".as_bytes());
        assert_eq!(read(bytes.clone(), "附件/一.pdf", 300_000).unwrap(), long);
        assert_eq!(bytes, packed(&[("说明.txt", "你好".as_bytes()), ("附件/一.pdf", &long)]));
    }

    #[test]
    fn what_is_too_long_damaged_or_absent_is_an_error() {
        let text = b"some text that is stored somehow";
        let bytes = packed(&[("a.txt", text)]);
        assert!(read(bytes.clone(), "a.txt", text.len() as u64).is_ok());
        assert!(read(bytes.clone(), "a.txt", text.len() as u64 - 1).is_err());
        assert!(read(bytes.clone(), "b.txt", 10).is_err());
        let data = 30 + "a.txt".len() + 4;
        let mut flipped = bytes.clone();
        flipped[data] ^= 1;
        assert!(read(flipped, "a.txt", 1000).is_err());
        assert!(Unpacker::open(Cursor::new(&bytes[..bytes.len() - 10])).is_err());
        assert!(Unpacker::open(Cursor::new(b"no archive")).is_err());
    }
}
