//! The program: the only crate that knows all others. Opens the book, starts the application, serves pages, runs commands.

pub mod cli;
pub mod clock;
pub mod cmd;
pub mod demo;
pub mod packs;
pub mod randomness;
pub mod site;
pub mod workbooks;
