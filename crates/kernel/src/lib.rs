//! Money, ratios, dates and working days, regions, identity numbers: the values everything is said in. Pure.
//!
//! What is deliberately absent: no clock (today is an argument), no file or network (the region table and the
//! calendar notices are embedded), no locale, no float, no randomness. Core types are not `Serialize`: every edge
//! has its own stored or wire form.
//!
//! Each parser refuses with the byte range that it could not read, and says in Chinese and in English what is
//! wrong and how to mend it ([`explain::Explain`]).

pub mod amount;
pub mod calendar;
pub mod credit;
pub mod date;
pub mod deadline;
pub mod docno;
pub mod explain;
pub mod hex;
pub mod id;
pub mod money;
mod numeral;
pub mod ratio;
pub mod region;
pub mod resident;
pub mod rounding;
pub mod term;
#[cfg(test)]
mod testing;

pub use jiff::civil::Date;
pub use money::Money;
