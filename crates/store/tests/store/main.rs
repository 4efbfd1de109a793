//! The tests of the store, on files of its embedded engine.

mod backup;
mod book;
mod crash;
mod damage;
mod house;
mod migrations;
mod rows;
mod samples;
mod statements;
mod support;
