//! The check of an archive by itself: nothing in it is believed, every digest and every proof is computed again. All differences
//! are named with their place; the first does not hide the others.

use super::{ACTS, FORMAT, File, HEAD, MANIFEST, MANIFEST_SM3, Manifest, Opened, PROOFS, Proof, VERSION};
use journal::proof::inclusion_holds;
use journal::{ActEnvelope, Checkpoint, Digest, HashKind};
use policy::pack::Words;
use sm3::{Digest as _, Sm3};
use std::collections::{BTreeMap, BTreeSet};

/// The most bytes of a file that is read as a whole.
const TEXT_MAX: u64 = 1 << 30;

/// Something that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Where: the path of a file, with the line.
    pub place: String,
    /// What.
    pub what: Words,
}

/// What a check found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// The number and the title of the project, as the archive says.
    pub project: (String, String),
    /// The head that the acts were proved to be under.
    pub head: Option<Checkpoint>,
    /// How many files were compared.
    pub files: usize,
    /// How many acts were proved.
    pub acts: usize,
    /// How many attachments the archive itself says that it lacks.
    pub absent: usize,
    /// What differs.
    pub differences: Vec<Difference>,
}

impl Checked {
    fn differs(&mut self, place: impl Into<String>, zh: impl Into<String>, en: impl Into<String>) {
        self.differences.push(Difference { place: place.into(), what: Words::new(zh, en) });
    }
}

/// Checks an archive.
pub fn check(archive: &mut dyn Opened) -> Checked {
    let mut checked = Checked::default();
    let Some(manifest) = manifest(archive, &mut checked) else { return checked };
    checked.project = (manifest.number.clone(), manifest.title.clone());
    checked.absent = manifest.absent.len();
    files(archive, &manifest, &mut checked);
    acts(archive, &manifest, &mut checked);
    checked
}

/// A file as a whole, or the difference that it cannot be read.
fn whole(archive: &mut dyn Opened, path: &str, checked: &mut Checked) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    match archive.read(path, TEXT_MAX, &mut |piece| bytes.extend_from_slice(piece)) {
        Ok(()) => Some(bytes),
        Err(error) => {
            checked.differs(path, format!("读不出来：{error}"), format!("cannot be read: {error}"));
            None
        }
    }
}

fn manifest(archive: &mut dyn Opened, checked: &mut Checked) -> Option<Manifest> {
    let bytes = whole(archive, MANIFEST, checked)?;
    let computed = format!("{}  {MANIFEST}\n", HashKind::Sm3.plain(&bytes));
    if whole(archive, MANIFEST_SM3, checked)? != computed.as_bytes() {
        let zh = "与 manifest.json 的内容不符";
        checked.differs(MANIFEST_SM3, zh, "is not the digest of manifest.json");
    }
    let read: Result<Manifest, _> = serde_json::from_slice(&bytes);
    match read {
        Ok(manifest) if manifest.format == FORMAT && manifest.version == VERSION => Some(manifest),
        Ok(other) => {
            let (format, version) = (other.format, other.version);
            checked.differs(
                MANIFEST,
                format!("不认识的档案格式 {format} {version}"),
                format!("unknown format {format} {version}"),
            );
            None
        }
        Err(error) => {
            checked.differs(MANIFEST, format!("无法识别：{error}"), format!("cannot be understood: {error}"));
            None
        }
    }
}

/// Every file against the manifest, and nothing beside it.
fn files(archive: &mut dyn Opened, manifest: &Manifest, checked: &mut Checked) {
    let mut known: BTreeSet<&str> = BTreeSet::from([MANIFEST, MANIFEST_SM3]);
    for file in &manifest.files {
        if !known.insert(&file.path) {
            checked.differs(&file.path, "在清单里列了两次", "stands twice in the manifest");
            continue;
        }
        checked.files += 1;
        one(archive, file, checked);
    }
    for path in archive.paths().iter().filter(|path| !known.contains(path.as_str())) {
        checked.differs(path, "不在清单里", "is not in the manifest");
    }
}

fn one(archive: &mut dyn Opened, file: &File, checked: &mut Checked) {
    let mut hasher = Sm3::new();
    let mut size = 0_u64;
    let read = archive.read(&file.path, file.size, &mut |piece| {
        hasher.update(piece);
        size += piece.len() as u64;
    });
    if let Err(error) = read {
        checked.differs(&file.path, format!("读不出来：{error}"), format!("cannot be read: {error}"));
        return;
    }
    if size != file.size {
        let of = file.size;
        checked.differs(
            &file.path,
            format!("大小是 {size} 字节，清单写的是 {of}"),
            format!("has {size} bytes where the manifest says {of}"),
        );
    }
    let computed = Digest::new(hasher.finalize().into()).to_string();
    if computed != file.sm3 {
        checked.differs(
            &file.path,
            format!("摘要是 {computed}，清单写的是 {}", file.sm3),
            format!("has the digest {computed} where the manifest says {}", file.sm3),
        );
    }
}

/// Every act: readable, of this book, proved to be under the head; and the attachments that acts name.
fn acts(archive: &mut dyn Opened, manifest: &Manifest, checked: &mut Checked) {
    let texts = [HEAD, ACTS, PROOFS].map(|path| whole(archive, path, checked));
    let [Some(head), Some(acts), Some(proofs)] = texts else { return };
    let head = match String::from_utf8_lossy(&head).parse::<Checkpoint>() {
        Ok(head) => head,
        Err(error) => {
            return checked.differs(HEAD, format!("无法识别：{error}"), error.to_string());
        }
    };
    let (acts, proofs) = (lines(&acts), lines(&proofs));
    if acts.len() != proofs.len() {
        let (of, found) = (acts.len(), proofs.len());
        checked.differs(
            PROOFS,
            format!("有 {found} 条证明，记录有 {of} 条"),
            format!("has {found} proofs where there are {of} acts"),
        );
    }
    let mut streams: BTreeMap<String, u64> = BTreeMap::new();
    let mut named: BTreeMap<u64, &[u8]> = BTreeMap::new();
    for (at, (line, proof)) in acts.iter().zip(&proofs).enumerate() {
        match proved(&head, line, proof) {
            Ok(act) => {
                checked.acts += 1;
                if named.insert(act.seq, line).is_some() {
                    checked.differs(place(ACTS, at), "这条记录出现了两次", "this act stands twice");
                }
                *streams.entry(act.stream).or_default() += 1;
            }
            Err((path, what)) => {
                checked.differences.push(Difference { place: place(path, at), what });
            }
        }
    }
    if streams != manifest.streams {
        let zh = "各流的记录数与清单不符";
        checked.differs(ACTS, zh, "the numbers of acts are not those of the manifest");
    }
    for file in manifest.files.iter().chain(&manifest.absent) {
        let Some(seq) = file.act else { continue };
        let says = |line: &&[u8]| line.windows(file.sm3.len()).any(|part| part == file.sm3.as_bytes());
        if !named.get(&seq).is_some_and(says) {
            checked.differs(
                &file.path,
                format!("第 {seq} 条记录没有登记这个文件"),
                format!("act {seq} does not name this file"),
            );
        }
    }
    checked.head = Some(head);
}

fn place(path: &str, at: usize) -> String {
    format!("{path}:{}", at + 1)
}

fn lines(bytes: &[u8]) -> Vec<&[u8]> {
    bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).collect()
}

/// The act of a line when its proof holds; else in which file it is wrong, and what.
fn proved(head: &Checkpoint, line: &[u8], proof: &[u8]) -> Result<ActEnvelope, (&'static str, Words)> {
    let unread = |path, error: &dyn std::fmt::Display| {
        (path, Words::new(format!("无法识别：{error}"), format!("cannot be understood: {error}")))
    };
    let wrong = |path, zh: String, en: String| (path, Words::new(zh, en));
    let act = ActEnvelope::from_bytes(line).map_err(|error| unread(ACTS, &error))?;
    let proof: Proof = serde_json::from_slice(proof).map_err(|error| unread(PROOFS, &error))?;
    let seq = act.seq;
    if act.book != head.book {
        let book = &act.book;
        return Err(wrong(
            ACTS,
            format!("第 {seq} 条记录出自另一账簿“{book}”"),
            format!("act {seq} is of another book, {book}"),
        ));
    }
    if proof.seq != seq {
        let other = proof.seq;
        return Err(wrong(
            PROOFS,
            format!("证明属于第 {other} 条，记录是第 {seq} 条"),
            format!("the proof is of act {other}, the act is {seq}"),
        ));
    }
    let leaf = head.kind.leaf(line);
    if proof.leaf != leaf.to_string() {
        return Err(wrong(
            ACTS,
            format!("第 {seq} 条记录的摘要是 {leaf}，证明写的是 {}", proof.leaf),
            format!("act {seq} has the hash {leaf} where the proof says {}", proof.leaf),
        ));
    }
    let path: Result<Vec<Digest>, _> = proof.path.iter().map(|one| one.parse()).collect();
    let path = path.map_err(|error| unread(PROOFS, &error))?;
    if !inclusion_holds(head.kind, leaf, seq, head.head.size, &path, head.head.root) {
        return Err(wrong(
            PROOFS,
            format!("第 {seq} 条记录的证明得不出日志头的根"),
            format!("the proof of act {seq} does not lead to the root of the head"),
        ));
    }
    Ok(act)
}
