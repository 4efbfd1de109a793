//! The application on a real book: views, scopes, people, papers, money. One binary, so that the program is linked once.

mod authorization;
mod commission;
mod desk;
mod filing;
mod house;
mod http;
mod limits;
mod money;
mod people;
mod probes;
mod public;
mod regimes;
mod vault;
mod years;
