//! The packs that are part of the program. A pack that does not load stops the program with its diagnostics.

use anyhow::{Result, anyhow, bail};
use app::Packs;
use policy::pack::{Pack, Source};
use std::sync::OnceLock;

/// File name and text of every pack in the program; the first is the one that a book runs when nothing else is said.
pub const BUILTIN: &[(&str, &str)] = &[
    ("tianjin/2019.md", include_str!("../../../policies/tianjin/2019.md")),
    ("tongzhou/2018.md", include_str!("../../../policies/tongzhou/2018.md")),
    ("jizhou/2018.md", include_str!("../../../policies/jizhou/2018.md")),
    ("xinjiang/2018.md", include_str!("../../../policies/xinjiang/2018.md")),
    ("hunan/2018.md", include_str!("../../../policies/hunan/2018.md")),
];

/// Every pack in the program; read once.
pub fn builtin() -> Result<Packs> {
    static READ: OnceLock<Packs> = OnceLock::new();
    if let Some(packs) = READ.get() {
        return Ok(packs.clone());
    }
    let mut packs = Vec::new();
    for (name, text) in BUILTIN {
        packs.push(load(name, text)?);
    }
    Ok(READ.get_or_init(|| Packs::new(packs)).clone())
}

/// The packs for a book that runs one of them: its editions come first.
pub fn running(id: &str) -> Result<Packs> {
    let packs = builtin()?;
    if !packs.iter().any(|pack| pack.id == id) {
        bail!("程序中没有“{id}”这套办法 / there is no policy {id}; there are: {}", ids(&packs).join(", "));
    }
    let (own, others): (Vec<_>, Vec<_>) = packs.iter().partition(|pack| pack.id == id);
    Ok(Packs::new(own.into_iter().chain(others).map(|pack| Pack::clone(pack)).collect()))
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
pub fn load(name: &str, text: &str) -> Result<Pack> {
    Pack::load(Source { name: name.to_owned(), text: text.to_owned() }).map_err(|found| anyhow!("{found}"))
}
