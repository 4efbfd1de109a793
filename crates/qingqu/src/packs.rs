//! The packs that are part of the program. A pack that does not load stops the program with its diagnostics.

use anyhow::{Result, anyhow};
use app::Packs;
use policy::pack::{Pack, Source};

/// File name and text of every pack in the program.
pub const BUILTIN: &[(&str, &str)] =
    &[("tianjin/2019.md", include_str!("../../../policies/tianjin/2019.md"))];

/// Loads every pack in the program.
pub fn builtin() -> Result<Packs> {
    let mut packs = Vec::new();
    for (name, text) in BUILTIN {
        packs.push(load(name, text)?);
    }
    Ok(Packs::new(packs))
}

/// Loads one pack.
pub fn load(name: &str, text: &str) -> Result<Pack> {
    Pack::load(Source { name: name.to_owned(), text: text.to_owned() }).map_err(|found| anyhow!("{found}"))
}
