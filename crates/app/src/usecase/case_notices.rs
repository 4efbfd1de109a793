//! Notices on one case: posted, objected to, answered, ended.

use super::cases::{no_article, of_step, on_case};
use super::{made, not_found};
use crate::command::{Answer, Command, Failure};
use crate::desk::Desk;
use domain::Stream;
use domain::case::{self, Object, Post, Step};
use kernel::id::ObjectionId;

/// Carries out a command about a notice on a case.
pub fn carry_out(desk: &mut Desk<'_>, command: Command) -> Result<Answer, Failure> {
    match command {
        Command::PostOnCase { case, step, on, postings, fields, papers } => {
            on_case(desk, case, of_step(&step), |desk, state, ctx| {
                let applicant = desk.org(state.applicant)?.map_or_else(String::new, |org| org.name.clone());
                let seq = desk.book.next(&format!("notice:{}:{}", ctx.pack.id, desk.today.year()))?;
                let number = format!("公示-{}-{seq:04}", desk.today.year());
                let post = Post { step, number, on, postings, fields, papers };
                Ok(case::post(state, post, &applicant, ctx)?)
            })
        }
        Command::ObjectToCase { case, notice, text, from, receipt } => {
            let id = ObjectionId(desk.book.next("objection")?);
            let state = desk.case(case)?.ok_or_else(|| not_found("公示"))?;
            let pack = desk.edition(&state.pack, &state.edition)?;
            let command = Object { notice, text, from, receipt: receipt.clone() };
            let events = case::object(&state, id, command, &pack, desk.today)?;
            drop(state);
            desk.emit_all(Some(&pack), &Stream::Case(case), "", events)?;
            Ok(made(id.get(), receipt))
        }
        Command::AnswerOnCase { case, objection, upheld, answer } => {
            let command = case::Answer { objection, upheld, answer };
            on_case(desk, case, no_article, |_, state, ctx| Ok(case::answer(state, command, ctx)?))
        }
        Command::EndOnCase { case, step, outcome, to, opinion } => {
            on_case(desk, case, of_step(&step), |desk, state, ctx| {
                let command = Step { step, outcome, to, opinion, on: desk.today, ..Step::default() };
                Ok(case::end(state, command, ctx)?)
            })
        }
        _ => Err(not_found("办理事项")),
    }
}
