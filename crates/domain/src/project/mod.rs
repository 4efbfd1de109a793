//! A project: what allotted money is spent on. It carries its budget lines, contracts, papers and its money by source.

mod event;
mod life;
mod open;
mod paper;
mod settle;
mod state;

pub use event::{BudgetLine, Doubt, Event, Use};
pub use life::{Life, flowing, of_case, ready};
pub use open::{Clear, Open, clear, doubts_in, open, plan};
pub use paper::{FilePaper, RecordContract, contract, file, payee_of};
pub use settle::{Close, Recover, close, recover};
pub use state::{Contract, Doubted, FiledPaper, Hold, OnTheWay, Project, Purse, Ruling, total};
