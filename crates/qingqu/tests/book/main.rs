//! The application on a real book: views, scopes, people, papers, money. One binary, so that the program is linked once.

mod approvals;
mod authorization;
mod commission;
mod desk;
mod exports;
mod filing;
mod gates;
mod habits;
mod hands;
mod house;
mod http;
mod letters;
mod limits;
mod money;
mod people;
mod probes;
mod public;
mod published;
mod refused;
mod regimes;
mod registers;
mod sixth;
mod together;
mod vault;
mod volumes;
mod years;
