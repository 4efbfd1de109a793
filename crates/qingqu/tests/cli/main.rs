//! The commands over text, on streams in memory and through the program itself; and the reference pages written from them.

mod binary;
mod calendar;
mod clauses;
mod decide;
mod policy;
mod reference;
mod run;
mod simulate;
mod survey;
