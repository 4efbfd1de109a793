//! Packing: the files one after another, each hashed as it goes out, the manifest last.

use super::{
    ACTS, Entry, FORMAT, File, HEAD, MANIFEST, MANIFEST_SM3, Manifest, PROOFS, Proof, README, VERSION, readme,
};
use crate::ports::Fault;
use crate::writer::App;
use journal::{ActEnvelope, Checkpoint, Digest, HashKind};
use kernel::Date;
use kernel::id::PaperHash;
use std::collections::VecDeque;
use std::io::Write;

/// An attachment to be packed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Attached {
    /// Its path in the archive.
    pub path: String,
    /// Its digest.
    pub hash: PaperHash,
    /// Its size, as the act says.
    pub size: u64,
    /// The act that names it.
    pub act: u64,
}

/// What an archive will hold: everything but the bytes of attachments, which are read one by one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    pub(crate) number: String,
    pub(crate) title: String,
    pub(crate) made: Date,
    pub(crate) acts: Vec<ActEnvelope>,
    pub(crate) left_out: u64,
    pub(crate) paths: Vec<Vec<Digest>>,
    pub(crate) head: Checkpoint,
    pub(crate) attached: Vec<Attached>,
}

impl Plan {
    /// The number of the project.
    pub fn number(&self) -> &str {
        &self.number
    }

    /// The paths of the attachments, in order.
    pub fn attachments(&self) -> impl Iterator<Item = &str> {
        self.attached.iter().map(|file| file.path.as_str())
    }
}

impl App {
    /// Writes an archive: the documents, then what the plan says.
    pub fn write_archive(&self, plan: Plan, documents: Vec<Entry>, out: &mut dyn Write) -> Result<(), Fault> {
        let made = plan.made;
        let mut packing = Packing::of(self, plan, documents)?;
        self.archives.pack(made, &mut || packing.next(), out)
    }
}

struct Packing<'a> {
    app: &'a App,
    manifest: Manifest,
    ready: VecDeque<Entry>,
    attached: VecDeque<Attached>,
    closing: VecDeque<Entry>,
    ended: bool,
}

impl<'a> Packing<'a> {
    fn of(app: &'a App, plan: Plan, documents: Vec<Entry>) -> Result<Packing<'a>, Fault> {
        let mut manifest = Manifest {
            format: FORMAT.to_owned(),
            version: VERSION,
            number: plan.number,
            title: plan.title,
            made: plan.made.to_string(),
            streams: std::collections::BTreeMap::new(),
            left_out: plan.left_out,
            files: Vec::new(),
            absent: Vec::new(),
        };
        let kind = plan.head.kind;
        let (mut acts, mut proofs) = (Vec::new(), Vec::new());
        for (act, path) in plan.acts.iter().zip(&plan.paths) {
            *manifest.streams.entry(act.stream.clone()).or_default() += 1;
            let line = act.to_bytes().map_err(|e| Fault::lasting(format!("act {}: {e}", act.seq)))?;
            let path = path.iter().map(Digest::to_string).collect();
            let proof = Proof { seq: act.seq, leaf: kind.leaf(&line).to_string(), path };
            acts.extend([line.as_slice(), b"\n"].concat());
            proofs.extend([json(&proof)?.as_slice(), b"\n"].concat());
        }
        let file = |path: &str, bytes: Vec<u8>| Entry { path: path.to_owned(), bytes };
        let readme = readme::text(&manifest, &plan.head);
        let mut ready = VecDeque::from([file(README, readme.into_bytes())]);
        ready.extend(documents);
        let closing =
            [file(ACTS, acts), file(PROOFS, proofs), file(HEAD, plan.head.to_string().into_bytes())];
        Ok(Packing {
            app,
            manifest,
            ready,
            attached: plan.attached.into(),
            closing: closing.into(),
            ended: false,
        })
    }

    fn next(&mut self) -> Result<Option<Entry>, Fault> {
        if let Some(entry) = self.ready.pop_front() {
            // The manifest and its digest are no part of the list.
            if !self.ended {
                self.note(&entry, None);
            }
            return Ok(Some(entry));
        }
        while let Some(wanted) = self.attached.pop_front() {
            if let Some(bytes) = self.app.house.paper(&wanted.hash)? {
                let entry = Entry { path: wanted.path, bytes };
                self.note(&entry, Some(wanted.act));
                return Ok(Some(entry));
            }
            let Attached { path, hash, size, act } = wanted;
            self.manifest.absent.push(File { path, size, sm3: hash.to_string(), act: Some(act) });
        }
        if let Some(entry) = self.closing.pop_front() {
            self.note(&entry, None);
            return Ok(Some(entry));
        }
        if self.ended {
            return Ok(None);
        }
        self.ended = true;
        let bytes = serde_json::to_vec_pretty(&self.manifest).map_err(unwritten)?;
        let digest = format!("{}  {MANIFEST}\n", HashKind::Sm3.plain(&bytes));
        self.ready.push_back(Entry { path: MANIFEST_SM3.to_owned(), bytes: digest.into_bytes() });
        Ok(Some(Entry { path: MANIFEST.to_owned(), bytes }))
    }

    fn note(&mut self, entry: &Entry, act: Option<u64>) {
        let size = u64::try_from(entry.bytes.len()).unwrap_or(u64::MAX);
        let sm3 = HashKind::Sm3.plain(&entry.bytes).to_string();
        self.manifest.files.push(File { path: entry.path.clone(), size, sm3, act });
    }
}

fn json(proof: &Proof) -> Result<Vec<u8>, Fault> {
    serde_json::to_vec(proof).map_err(unwritten)
}

fn unwritten(error: serde_json::Error) -> Fault {
    Fault::lasting(format!("a line of the archive: {error}"))
}
