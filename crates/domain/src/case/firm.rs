//! A firm is assigned to a case: appointed for the year, related to none of its parties.

use super::{Case, Event, Standing};
use crate::identity::Org;
use crate::refusal::{Reason, Refusal};
use crate::year::{Year, related};

/// Assign a firm to a case.
#[derive(Debug, Clone, Copy)]
pub struct Assign<'a> {
    /// The firm.
    pub firm: &'a Org,
    /// The parties it must not be related to.
    pub parties: &'a [Org],
}

/// Assigns a firm appointed for the year, never one related to a party of the case.
pub fn assign(case: &Case, command: Assign<'_>, year: &Year, cite: &str) -> Result<Vec<Event>, Refusal> {
    if case.standing() != Standing::Open {
        return Err(Reason::StepNotOpen { step: "指派专业机构".into(), open: "无".into() }.into());
    }
    if case.inspection.is_some() {
        return Err(Reason::StepNotOpen {
            step: "指派专业机构".into(), open: "无，现场核查已完成".into()
        }
        .into());
    }
    if !year.firms.contains_key(&command.firm.id) {
        return Err(Refusal::under(cite, Reason::AdviserNotAppointed { firm: command.firm.name.clone() }));
    }
    independent(command.firm, command.parties, cite)?;
    Ok(if case.firm == Some(command.firm.id) {
        Vec::new()
    } else {
        vec![Event::Assigned { firm: command.firm.id }]
    })
}

/// A firm is related to no party of the case, also when the relation became known after it was assigned.
pub fn independent(firm: &Org, parties: &[Org], cite: &str) -> Result<(), Refusal> {
    match parties.iter().find(|party| related(firm, party)) {
        Some(party) => {
            let (firm, applicant) = (firm.name.clone(), party.name.clone());
            Err(Refusal::under(cite, Reason::AdviserRelated { firm, applicant }))
        }
        None => Ok(()),
    }
}
