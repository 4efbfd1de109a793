//! What screens show, in the words of the screen. A view loads, folds and shapes; it decides nothing and writes nothing.
//!
//! Pages see this crate and the kernel only. The types of the pack, of forms and of states that a screen needs are re-exported
//! here, without the functions that decide.

pub mod case;
pub mod cases;
pub mod desk;
pub mod duties;
pub mod filing;
pub mod handover;
pub mod inbox;
mod journal;
mod letter;
pub mod library;
pub mod money;
mod notices;
mod notices_case;
mod notices_list;
mod notices_mask;
mod notices_object;
pub mod people;
mod plans;
mod plans_judge;
mod plans_letter;
mod plans_rank;
mod plans_step;
mod plans_try;
mod policy;
mod policy_clauses;
mod policy_front;
mod qualify;
mod qualify_ask;
mod qualify_places;
mod qualify_words;
pub mod registers;
pub mod reports;
pub mod rosters;
pub mod together;
mod viewer;
mod years;

pub use journal::{
    ACTS_A_PAGE, ActLine, ActPage, ActProof, CHECKED_MAX, Checked, JournalPage, LogHead,
    Subject as ActSubject, TREE_MAX,
};
pub use letter::{LetterPage, LetterTable};
pub use money::{
    AccountLine, AccountPage, AccountSaid, FundNow, LedgerLine, MoneyPage, MonthPaid, YearMoney, month_label,
};
pub use notices::{NoticeCell, NoticeColumn, NoticeItem, NoticePage, ObjectionSaid, Running, notice_page};
pub use notices_case::case_notice_page;
pub use notices_list::{NOTICES_MAX, NoticeLine, NoticeList, NoticeQuery};
pub use notices_mask::mask_digits;
pub use notices_object::{CONTACT_CHARS_MAX, OBJECTION_CHARS_MAX, Objecting, Receipt};
pub use plans::{PlanLine, PlanList, PlanMoney, PlanPage, PlanTask, Waiting, typed_words};
pub use plans_judge::ItemJudged;
pub use plans_rank::RankReason;
pub use plans_step::{Conflict, NoticeDraft, NoticeRunning, ObjectionPage, StepItem, StepNeeds, StepPage};
pub use plans_try::{Tried, TriedLine};
pub use policy::{
    ArticleLine, ArticlePage, CaseLine, EditionLine, Entry, PolicyPage, Prose, Side, article_page,
    policy_page, preset,
};
pub use policy_clauses::{ClauseShown, ClauseState};
pub use policy_front::{Front, Intake, WayStep, YearNow};
pub use qualify::{
    AsOf, Lacking, PaperSaid, PapersOf, Qualified, RuleSaid, Typed, ValueUsed, as_of, ceiling, qualify,
};
pub use qualify_ask::{Asked, AskedGroup, AskedKind};
pub use qualify_places::{PlaceLevel, PlaceOption, Places};
pub use qualify_words::{money_words, place_name, term_words, value_words};
pub use viewer::{Viewer, role_name};
pub use years::{
    AreaCity, AreaProvince, FirmLine, IntakeState, ParamKind, YearForm, YearHappened, YearLine, YearPage,
    YearParam, areas, intake_state, year_params,
};

/// The pack's data that screens render.
pub mod pack {
    pub use policy::coverage;
    pub use policy::form::{FindingKind, FormCheck, FormContext, FormData, How, PartState, ROWS_CAP};
    pub use policy::pack::*;
    pub use policy::procedure::{Act, OutcomeKind as StepOutcomeKind, Procedure, Step, StepOutcome, Subject};
    pub use policy::ruleset::{
        AmountTerm, AmountTrace, Explanation, MissingFact, Operand, OperandKind, Outcome3, RuleResult,
        Verdict,
    };
}

/// States of cases, plans and years, as folded from the journal.
pub mod state {
    pub use domain::case::{
        Aside, Award, Case, Check, Declaration, Done, DutyDue, Inspection, Judgement, LineFinding, Meta,
        Objection as CaseObjection, OutcomeKind, Paper, PaperFinding, Proposal, Record, RefusedCase, Shown,
        Standing, Step as DoStep, declared_lines,
    };
    pub use domain::identity::{Membership, Org, OrgKind, Person};
    pub use domain::plan::{
        Item, Letter, Minutes, NoticeRow as ShownRow, Objection, OpenPlanStep, Plan, Posted, Posting, Verdict,
    };
    pub use domain::refusal::REFERENCE as REFUSALS;
    pub use domain::report::Report;
    pub use domain::year::{Fee, Terms, Year};
    pub use domain::{Reason, Refusal};
}
