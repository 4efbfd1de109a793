//! Pack text to checked pack: one Markdown file of articles, our own words under each, and under those TOML blocks with
//! what the article becomes. Loading reports every fault at once, each at its place; a pack with a fault does not load.

mod agree;
mod bound;
mod cases;
mod clauses;
mod codes;
mod context;
mod diag;
mod draft;
mod fields;
mod figures;
mod flow;
mod forms;
mod given;
mod letters;
mod life;
mod load;
mod locate;
mod lookup;
mod markdown;
mod model;
mod money;
pub(crate) mod numeral;
mod once;
mod params;
mod reader;
#[cfg(test)]
mod reference;
mod registers;
mod rosters;
mod ruling;
mod section;
mod steps;
mod symbols;
mod tallies;
mod things;
mod thresholds;
mod ties;
mod together;
mod tree;
mod ways;

pub use crate::form::PaperNeed;
pub use codes::{CODES, CodeInfo};
pub use diag::{Diagnostic, Diagnostics, Language, Related};
pub use model::*;
