//! The file of a whole project as one archive that anybody can check alone: documents, attachments, the acts of the project's
//! streams as they are stored, each with the proof that it is in the log, and a list of all files with their digests.
//!
//! ```text
//! README.txt              how to check it, in Chinese and English
//! 项目全过程.pdf           what happened, for reading
//! 公示/…                   each notice as the public read it, with the answers to objections
//! 附件/…                   the files that were handed in, a folder a case
//! 日志/acts.jsonl          stored acts, a line each, byte for byte
//! 日志/proofs.jsonl        for each of these lines: place, hash of the line, audit path (RFC 9162)
//! 日志/head.txt            the head that the paths lead to: book, size, root
//! manifest.json           every file with size and SM3; attachments with the act that names their digest
//! manifest.sm3            the digest of the manifest
//! ```
//!
//! What identifies a person or an account stays sealed: acts hold references into the vault, and no key leaves the house.

pub mod check;
mod readme;
pub(crate) mod write;

pub use write::Plan;

use crate::ports::Fault;
use kernel::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// What every manifest calls itself.
pub const FORMAT: &str = "qingqu-project-archive";
/// The layout that is written.
pub const VERSION: u32 = 1;
/// The list of files.
pub const MANIFEST: &str = "manifest.json";
/// Its digest.
pub const MANIFEST_SM3: &str = "manifest.sm3";
/// The acts.
pub const ACTS: &str = "日志/acts.jsonl";
/// Their proofs.
pub const PROOFS: &str = "日志/proofs.jsonl";
/// The head of the log.
pub const HEAD: &str = "日志/head.txt";
/// How to check it.
pub const README: &str = "README.txt";
/// The most letters of a name in a path.
const NAME_MAX: usize = 80;
/// The folder of notices.
pub const NOTICES: &str = "公示";
/// The folder of attachments.
pub const ATTACHMENTS: &str = "附件";

/// The path of a file of this name in a folder.
pub fn archived(folder: &str, name: &str) -> String {
    format!("{folder}/{}", plain(name))
}

/// A name that every system takes as one part of a path.
pub(crate) fn plain(name: &str) -> String {
    let taken = |c: char| c.is_control() || r#"/\:*?"<>|"#.contains(c);
    let text: String = name.chars().map(|c| if taken(c) { '_' } else { c }).collect();
    let text = text.trim_matches(|c: char| c == '.' || c.is_whitespace());
    let over = text.chars().count().saturating_sub(NAME_MAX);
    // The ending tells what a file is, so a long name loses its beginning.
    let short: String = text.chars().skip(over).collect();
    if short.is_empty() { "_".to_owned() } else { short }
}

/// One file on its way into an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its path, with `/`.
    pub path: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Who writes archives. One file is in memory at a time.
pub trait Archives: Send + Sync {
    /// Writes the files that `next` gives, in order, all with this day.
    fn pack(
        &self,
        day: Date,
        next: &mut dyn FnMut() -> Result<Option<Entry>, Fault>,
        out: &mut dyn Write,
    ) -> Result<(), Fault>;
}

/// An archive that was opened.
pub trait Opened {
    /// The paths of its files.
    fn paths(&self) -> Vec<String>;
    /// Reads a file piece by piece, at most `most` bytes of it.
    fn read(&mut self, path: &str, most: u64, each: &mut dyn FnMut(&[u8])) -> io::Result<()>;
}

/// `manifest.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// [`FORMAT`].
    pub format: String,
    /// [`VERSION`].
    pub version: u32,
    /// The project's number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// The day on which the archive was made.
    pub made: String,
    /// How many acts of each stream are in it.
    pub streams: BTreeMap<String, u64>,
    /// How many acts of these streams are not, because the one who made it may not read them.
    pub left_out: u64,
    /// Every other file.
    pub files: Vec<File>,
    /// Attachments that acts name and whose bytes were not there.
    pub absent: Vec<File>,
}

/// A file of the manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// Its path.
    pub path: String,
    /// Its size in bytes.
    pub size: u64,
    /// Its SM3 in hexadecimal.
    pub sm3: String,
    /// The place in the log of the act that names this digest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub act: Option<u64>,
}

/// A line of the proofs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Proof {
    /// The place in the log.
    seq: u64,
    /// The hash of the line.
    leaf: String,
    /// The audit path, from the leaf upward.
    path: Vec<String>,
}
