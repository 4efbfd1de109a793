//! People and organisations: who exists, who belongs where, who is related to whom.
//!
//! Passwords are not here: a credential is house-keeping outside the journal; only the fact of a change is an act.

mod command;
mod decide;
mod event;
mod hand_over;
mod lend;
mod state;

pub use command::{AddPerson, DeclareRelation, GrantRole, HandOver, LendRole, RegisterOrg, WithdrawRole};
pub use decide::{
    add_person, change_password, declare_relation, disable_person, enable_person, grant_role, register_org,
    rename_org, reset_password, withdraw_role,
};
pub use event::{Event, Waiting};
pub use hand_over::hand_over;
pub use lend::{Lent, lend_role, take_back};
pub use state::{Lending, Membership, Org, OrgKind, Person};
