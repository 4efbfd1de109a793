//! What PostgreSQL's failures mean to the program.

use std::error::Error as _;

use postgres::error::SqlState;

use crate::engine::{Fault, FaultKind};

/// The fault of a failure.
pub(super) fn of(place: &'static str, error: postgres::Error) -> Fault {
    let kind = match error.code() {
        Some(state) => of_state(state),
        None if error.is_closed() => FaultKind::Lost,
        None => match error.source().map(|source| source.is::<std::io::Error>()) {
            Some(true) => FaultKind::Lost,
            _ => FaultKind::Other,
        },
    };
    Fault::with(kind, place, error)
}

/// By class, and by state where the class says too little: 40 transaction rolled back, 55P03 the lock was not to be had, 57P0x
/// the server goes or comes, 08 connection, 53 resources, 23 constraints, XX damage.
fn of_state(state: &SqlState) -> FaultKind {
    let code = state.code();
    match (code.get(..2).unwrap_or_default(), code) {
        ("08", _) | (_, "57P01" | "57P02" | "57P03" | "57P05" | "25P03") => FaultKind::Lost,
        ("40", _) | (_, "55P03" | "53300" | "57014") => FaultKind::Busy,
        ("23", _) => FaultKind::Constraint,
        ("53" | "58", _) | (_, "25006") => FaultKind::Storage,
        (_, "XX001" | "XX002") => FaultKind::Damaged,
        ("28" | "3D" | "3F", _) => FaultKind::Setup,
        _ => FaultKind::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_failure_has_its_kind() {
        let cases = [
            ("40001", FaultKind::Busy),
            ("40P01", FaultKind::Busy),
            ("55P03", FaultKind::Busy),
            ("57P01", FaultKind::Lost),
            ("08006", FaultKind::Lost),
            ("23505", FaultKind::Constraint),
            ("23514", FaultKind::Constraint),
            ("23000", FaultKind::Constraint),
            ("53100", FaultKind::Storage),
            ("XX001", FaultKind::Damaged),
            ("3D000", FaultKind::Setup),
            ("42601", FaultKind::Other),
        ];
        for (code, kind) in cases {
            assert_eq!(of_state(&SqlState::from_code(code)), kind, "{code}");
        }
    }
}
