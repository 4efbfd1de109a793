//! The store's faults as the use cases know them: whether to try again, and one line for the operator.

use std::error::Error;

use app::ports;

use crate::engine::{Fault, FaultKind};

impl From<Fault> for ports::Fault {
    fn from(fault: Fault) -> Self {
        let mut operator = fault.to_string();
        let mut cause = fault.source();
        while let Some(error) = cause {
            operator.push_str(": ");
            operator.push_str(&error.to_string());
            cause = error.source();
        }
        Self { retry: matches!(fault.kind, FaultKind::Busy | FaultKind::Lost), operator }
    }
}
