//! Use cases: authorize, load, decide, append, post, project; the ports they need; read models in the words of the screen.
//!
//! A page or a command line asks an [`App`]: [`App::submit`] for an act, the functions of [`view`] for what a screen shows. One
//! writer thread owns the book; commands queue, are decided in turn in one transaction and answered together (group commit).

pub mod access;
pub mod accounts;
pub mod archive;
pub mod attach;
pub mod bank;
pub mod command;
mod desk;
pub mod drafts;
mod figures;
pub mod filings;
pub mod history;
pub mod lines;
pub mod packs;
pub mod papers;
pub mod password;
pub mod payout;
pub mod ports;
pub mod print;
mod project;
pub mod replay;
mod rosters;
pub mod rows;
mod secret;
pub mod signin;
pub mod tables;
pub mod time;
mod usecase;
pub mod vault;
pub mod view;
mod writer;

pub use command::{Answer, Command, Failure, Request, Seen, Who};
pub use packs::{PackGap, Packs};
pub use writer::{App, Ports};
