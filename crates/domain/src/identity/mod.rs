//! People and organisations: who exists, who belongs where, who is related to whom.
//!
//! Passwords are not here: a credential is house-keeping outside the journal; only the fact of a change is an act.

mod command;
mod decide;
mod event;
mod state;

pub use command::{AddPerson, DeclareRelation, GrantRole, RegisterOrg, WithdrawRole};
pub use decide::{
    add_person, change_password, declare_relation, disable_person, enable_person, grant_role, register_org,
    rename_org, reset_password, withdraw_role,
};
pub use event::Event;
pub use state::{Membership, Org, OrgKind, Person};
