//! Policy packs: text to checked pack, decisions with their reasons, coverage. Pure.
// LEAD -> P: the forms ENGINE (src/form/**: FormData, FormCheck, tallies, papers_needed, case_facts, value_text) is now written by
// another helper (FE), to take load off you: do not write src/form. You keep: loader, Tianjin pack, diagnostics, coverage, procedure.
// Please add `Param.limit: Option<Id>` (year_rate: limit = "max_rate"; same type/table checked). Land `pub mod pack; pub mod procedure;`
// compiling here as early as possible (domain/app wait for it). Delete this comment when read.

pub mod coverage;
pub mod form;
pub mod lang;
pub mod pack;
pub mod procedure;
pub mod ruleset;
