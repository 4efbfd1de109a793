//! Names of the pack's things, as the acts use them. All are identifiers of one pack.

use policy::pack::Id;

/// A role.
pub type RoleId = Id;
/// A step.
pub type StepId = Id;
/// An outcome of a step.
pub type OutcomeId = Id;
/// A paper.
pub type PaperId = Id;
/// A procedure.
pub type ProcedureId = Id;
/// A fact.
pub type FactId = Id;
/// A duty.
pub type DutyId = Id;
