//! Who may come in, what the address names, and the way of an act to the application.

use app::access::Right;
use app::command::money::MoneyCommand;
use app::{Command, Failure};

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::state::{AppState, Seat, fresh_key, web_error};
use crate::submitted::Submitted;

/// Only those with one of these rights go on.
pub fn require(seat: &Seat, rights: &[Right]) -> Result<(), WebError> {
    if rights.iter().any(|right| seat.viewer.may(*right)) { Ok(()) } else { Err(WebError::Forbidden) }
}

/// An id of the address; what is none leads nowhere.
pub fn id<T: std::str::FromStr>(text: &str) -> Result<T, WebError> {
    text.parse().map_err(|_| WebError::NotFound)
}

/// An answer of a view, or the page that says what went wrong.
pub fn shown<T>(ctx: &Ctx, answer: Result<T, impl Into<Failure>>) -> Result<T, WebError> {
    answer.map_err(|failure| web_error(ctx, failure.into()))
}

/// A command about booked money.
pub fn money_command(money: MoneyCommand) -> Command {
    Command::Money(Box::new(money))
}

/// The key of the only form on a page: the one it was sent with, or a fresh one.
pub fn key_of(seat: &Seat, form: &Submitted) -> String {
    let kept = form.get("key");
    if kept.is_empty() { fresh_key(seat.app()) } else { kept.to_owned() }
}

/// The key of one of several forms on a page: the form sent with the button `act` keeps its own, the others get fresh ones.
pub fn key_of_act(state: &AppState, form: &Submitted, act: &str) -> String {
    let kept = form.get("key");
    if form.act() == act && !kept.is_empty() { kept.to_owned() } else { fresh_key(&state.app) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_without_an_id_leads_nowhere() {
        assert!(matches!(id::<u64>("x"), Err(WebError::NotFound)));
        assert!(matches!(id::<u64>("7"), Ok(7)));
    }
}
