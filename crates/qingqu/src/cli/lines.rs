//! Lines of input in chunks, with their numbers, in bounded memory: a line longer than any case is not kept, only told.

use std::io::{self, BufRead as _, BufReader, Read};
use std::ops::Range;

/// Bytes of the longest line that is read; a case has a few hundred.
pub const LINE_MAX: usize = 1 << 20;
/// Lines that are decided together.
const CHUNK_LINES: usize = 256;
/// Bytes after which a chunk is closed.
const CHUNK_BYTES: usize = 1 << 18;
const BOM: &[u8] = b"\xef\xbb\xbf";

/// One line of a chunk.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Place {
    number: u64,
    bytes: Range<usize>,
    whole: bool,
}

/// Some lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chunk {
    text: Vec<u8>,
    places: Vec<Place>,
}

/// One line: its number from 1 and its bytes without the line's end; `None` when it was too long to be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'c> {
    /// From 1.
    pub number: u64,
    /// The bytes.
    pub bytes: Option<&'c [u8]>,
}

impl Chunk {
    /// The lines in order.
    pub fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        self.places.iter().map(|place| Line {
            number: place.number,
            bytes: place.whole.then(|| self.text.get(place.bytes.clone()).unwrap_or_default()),
        })
    }
}

/// A source of lines. Blank lines are counted and left out; a byte order mark at the beginning is taken off.
pub struct Lines<'r> {
    reader: BufReader<&'r mut dyn Read>,
    number: u64,
}

impl<'r> Lines<'r> {
    /// The lines of a reader.
    pub fn new(source: &'r mut dyn Read) -> Self {
        Self { reader: BufReader::with_capacity(1 << 16, source), number: 0 }
    }

    /// The first bytes, without taking them.
    pub fn peek(&mut self) -> io::Result<&[u8]> {
        let bytes = self.reader.fill_buf()?;
        Ok(bytes.strip_prefix(BOM).unwrap_or(bytes))
    }

    /// The next line alone.
    pub fn one(&mut self) -> io::Result<Option<Chunk>> {
        self.take(1)
    }

    /// The next lines.
    pub fn chunk(&mut self) -> io::Result<Option<Chunk>> {
        self.take(CHUNK_LINES)
    }

    fn take(&mut self, most: usize) -> io::Result<Option<Chunk>> {
        let mut chunk = Chunk::default();
        while chunk.places.len() < most && chunk.text.len() < CHUNK_BYTES {
            if !self.line(&mut chunk)? {
                break;
            }
        }
        Ok(if chunk.places.is_empty() { None } else { Some(chunk) })
    }

    /// Appends one line, unless it is blank; answers whether there was one.
    fn line(&mut self, chunk: &mut Chunk) -> io::Result<bool> {
        let start = chunk.text.len();
        let read = (&mut self.reader).take(LINE_MAX as u64 + 1).read_until(b'\n', &mut chunk.text)?;
        if read == 0 {
            return Ok(false);
        }
        self.number += 1;
        let ended = chunk.text.last() == Some(&b'\n');
        let whole = ended || read <= LINE_MAX;
        if !whole {
            chunk.text.truncate(start);
            self.skip()?;
        }
        let mut bytes = chunk.text.get(start..).unwrap_or_default();
        let mut from = start;
        if self.number == 1 && bytes.starts_with(BOM) {
            (bytes, from) = (&bytes[BOM.len()..], start + BOM.len());
        }
        let kept = bytes.trim_ascii_end().len();
        if kept == 0 && whole {
            chunk.text.truncate(start);
        } else {
            chunk.places.push(Place { number: self.number, bytes: from..from + kept, whole });
        }
        Ok(true)
    }

    /// Passes over the rest of a line.
    fn skip(&mut self) -> io::Result<()> {
        loop {
            let bytes = self.reader.fill_buf()?;
            match bytes.iter().position(|byte| *byte == b'\n') {
                Some(at) => {
                    self.reader.consume(at + 1);
                    return Ok(());
                }
                None if bytes.is_empty() => return Ok(()),
                None => {
                    let n = bytes.len();
                    self.reader.consume(n);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &[u8]) -> Vec<(u64, Option<String>)> {
        let mut source = text;
        let mut lines = Lines::new(&mut source);
        let mut found = Vec::new();
        while let Some(chunk) = lines.chunk().unwrap() {
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            found.extend(chunk.lines().map(|line| (line.number, line.bytes.map(text))));
        }
        found
    }

    #[test]
    fn blank_lines_count_and_are_left_out_and_the_mark_goes() {
        let text = "\u{feff}a\r\n\n  \nb".as_bytes();
        assert_eq!(read(text), [(1, Some("a".to_owned())), (4, Some("b".to_owned()))]);
        assert!(read(b"").is_empty() && read("\u{feff}".as_bytes()).is_empty());
    }

    #[test]
    fn a_line_of_the_greatest_length_is_read_and_a_longer_one_is_only_told() {
        for (length, whole) in [(LINE_MAX, true), (LINE_MAX + 1, false), (3 * LINE_MAX, false)] {
            let mut text = vec![b'x'; length];
            text.extend(b"\nnext\n");
            let found = read(&text);
            assert_eq!((found.len(), found[0].1.is_some()), (2, whole), "{length}");
            assert_eq!(found[1], (2, Some("next".to_owned())));
        }
    }

    #[test]
    fn many_lines_come_in_chunks_and_in_order() {
        let text: String = (1..=1_000).flat_map(|n| [n.to_string(), "\n".to_owned()]).collect();
        let found = read(text.as_bytes());
        assert!(found.iter().all(|(n, text)| text.as_deref() == Some(n.to_string().as_str())));
        assert_eq!(found.len(), 1_000);
    }
}
