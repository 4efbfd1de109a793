//! The packs that a book may run: those that are part of the program, and those of a folder that is named when it starts. A pack
//! that does not load stops the program with its diagnostics.

use crate::cli::pack::folder;
use anyhow::{Context as _, Result, anyhow, bail};
use app::Packs;
use app::ports::Reads;
use clap::Args;
use policy::pack::{Pack, Source};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// File name and text of every pack in the program; the first is the one that a book runs when nothing else is said.
pub const BUILTIN: &[(&str, &str)] = &[
    ("tianjin/2019.md", include_str!("../../../policies/tianjin/2019.md")),
    ("tongzhou/2018.md", include_str!("../../../policies/tongzhou/2018.md")),
    ("jizhou/2018.md", include_str!("../../../policies/jizhou/2018.md")),
    ("xinjiang/2018.md", include_str!("../../../policies/xinjiang/2018.md")),
    ("hunan/2018.md", include_str!("../../../policies/hunan/2018.md")),
];

/// Where further packs are: `--policies`.
#[derive(Clone, Debug, Default, Args)]
pub struct Policies {
    /// 另放政策包的文件夹：其中每个 .md（README 除外）是一个政策包，名称是文件里的 id；不需要改程序。账簿记下用过的文本的指纹，用过的版本不能再改
    /// / a folder of further policy packs: each .md in it (but a README) is one, called by the id in the file; the program is not changed.
    /// The book keeps the digest of the text that it used, and an edition in use may not be edited
    #[arg(long = "policies", value_name = "DIR", env = "QINGQU_POLICIES", global = true)]
    pub folder: Option<PathBuf>,
}

impl Policies {
    /// Every pack there is: those in the program, then those of the folder.
    pub fn all(&self) -> Result<Packs> {
        with(self.folder.as_deref())
    }
}

/// Every pack in the program; read once.
pub fn builtin() -> Result<Packs> {
    static READ: OnceLock<Packs> = OnceLock::new();
    if let Some(packs) = READ.get() {
        return Ok(packs.clone());
    }
    let mut packs = Vec::new();
    for (name, text) in BUILTIN {
        packs.push(load(Source { name: (*name).to_owned(), text: (*text).to_owned() })?);
    }
    Ok(READ.get_or_init(|| Packs::new(packs)).clone())
}

/// Every pack in the program and of a folder; no edition is there twice.
pub fn with(of: Option<&Path>) -> Result<Packs> {
    let packs = builtin()?;
    let Some(of) = of else { return Ok(packs) };
    let mut given: Vec<Pack> = Vec::new();
    for source in folder(of).map_err(|trouble| anyhow!("{trouble}"))? {
        let name = source.name.clone();
        let pack = load(source)?;
        let twice = given.iter().any(|other| (&other.id, &other.edition) == (&pack.id, &pack.edition));
        if twice || packs.edition(&pack.id, &pack.edition).is_some() {
            let (id, edition) = (&pack.id, &pack.edition);
            bail!(
                "{name}：政策包 {id}/{edition} 已经有了，请换一个 id 或 edition / \
                 there is a pack {id}/{edition} already; give this one another id or edition"
            );
        }
        given.push(pack);
    }
    Ok(packs.with_given(given))
}

/// The packs for a book that runs one of them: its editions come first.
pub fn running(packs: &Packs, id: &str) -> Result<Packs> {
    if !packs.iter().any(|pack| pack.id == id) {
        let there = ids(packs).join(", ");
        bail!(
            "没有“{id}”这套办法；另写的政策包用 --policies 指明文件夹 / \
             there is no policy {id}; a pack of your own is found by --policies. There are: {there}"
        );
    }
    Ok(packs.led_by(id))
}

/// A book is kept on with the texts that it was kept with: an edition of a folder that it used was not edited since.
pub fn unchanged(reads: &dyn Reads, packs: &Packs, id: &str) -> Result<()> {
    const PAGE: usize = 1_000;
    let (mut unseen, mut from): (BTreeSet<&str>, u64) = (packs.given(id).collect(), 0);
    while !unseen.is_empty() {
        let acts = reads.acts(from, PAGE).context("reading the log")?;
        let Some(last) = acts.last() else { break };
        from = last.seq + 1;
        for said in acts.iter().filter_map(|act| act.pack.as_ref()).filter(|said| said.id == id) {
            packs.serves(said)?;
            unseen.remove(said.edition.as_str());
        }
    }
    Ok(())
}

/// The ids of the packs, each once, in order.
pub fn ids(packs: &Packs) -> Vec<&str> {
    let mut ids: Vec<&str> = Vec::new();
    for pack in packs.iter() {
        if !ids.contains(&pack.id.as_str()) {
            ids.push(&pack.id);
        }
    }
    ids
}

/// Loads one pack.
pub fn load(source: Source) -> Result<Pack> {
    Pack::load(source).map_err(|found| anyhow!("{found}"))
}
