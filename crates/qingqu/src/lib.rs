//! The program: the only crate that knows all others. Opens the book, starts the application, serves pages, runs commands.

pub mod archives;
pub mod cli;
pub mod clock;
pub mod cmd;
pub mod demo;
pub mod packs;
pub mod randomness;
pub mod site;
pub mod workbooks;

/// An act is made of many small parts that live as long as its batch: this allocator gives and takes them back in less time than
/// the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
