//! Whose turn it is to write. The database lets one connection write at a time, but waits by polling and without order; in one
//! process the writers stand in line here, so that a sign-in is never starved by a busy book.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

/// The line of writers of one database.
#[derive(Default)]
pub struct Gate {
    turn: Mutex<Turn>,
    moved: Condvar,
}

#[derive(Default)]
struct Turn {
    next_ticket: u64,
    serving: u64,
}

/// The right to write; given back when dropped.
pub struct Pass {
    gate: Arc<Gate>,
}

impl Gate {
    /// Waits for one's turn, in the order of arrival.
    pub fn enter(self: &Arc<Self>) -> Pass {
        let mut turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let ticket = turn.next_ticket;
        turn.next_ticket += 1;
        while turn.serving != ticket {
            turn = self.moved.wait(turn).unwrap_or_else(PoisonError::into_inner);
        }
        Pass { gate: Arc::clone(self) }
    }
}

impl Drop for Pass {
    fn drop(&mut self) {
        self.gate.turn.lock().unwrap_or_else(PoisonError::into_inner).serving += 1;
        self.gate.moved.notify_all();
    }
}
