//! Every refusal, driven through the real application over an embedded book: given acts, when a command, then this refusal
//! with its article and its sentence; and on the other side of each threshold and date the same command is carried out.

mod acting;
mod case;
mod evaluation;
mod histories;
mod money;
mod pages;
mod people;
mod plan;
mod reference;
mod world;
mod year;

use domain::refusal::CODES;

macro_rules! covered {
    ($($module:ident::$test:ident),* $(,)?) => {
        /// The test of each refusal, in the order of the codes.
        const COVERED: &[(&str, fn())] = &[$((stringify!($test), $module::$test)),*];
    };
}

covered! {
    people::not_allowed,
    people::not_found,
    people::stale,
    people::key_reused,
    people::name_missing,
    people::login_unusable,
    people::login_taken,
    people::credit_code_missing,
    people::credit_code_taken,
    people::last_administrator,
    people::reason_missing,
    case::date_in_future,
    case::date_too_early,
    money::amount_not_positive,
    year::year_already_open,
    year::year_outside_fund,
    year::budget_over_fund,
    year::budget_under_committed,
    year::rate_out_of_range,
    year::window_unusable,
    year::year_not_open,
    year::intake_closed,
    year::adviser_related,
    year::adviser_not_appointed,
    case::step_not_open,
    money::maker_is_checker,
    case::own_firm,
    case::not_declared_before,
    case::already_applied,
    case::form_faults,
    case::papers_missing,
    case::outcome_unknown,
    case::checklist_incomplete,
    case::checklist_failed,
    case::records_missing,
    case::record_unreadable,
    case::adviser_not_assigned,
    case::findings_incomplete,
    case::line_above_declared,
    money::amount_above_limit,
    case::not_grantable,
    plan::already_planned,
    plan::not_proposed,
    plan::plan_empty,
    plan::plan_fixed,
    plan::minutes_incomplete,
    money::over_year,
    plan::notice_incomplete,
    plan::posting_missing,
    plan::notice_not_ended,
    plan::objection_empty,
    plan::notice_closed,
    plan::objection_answered,
    plan::objection_open,
    plan::item_undecided,
    money::exception_unfounded,
    plan::letter_missing,
    money::over_grant,
    money::sum_differs,
    money::voucher_missing,
    acting::role_not_lent,
    acting::role_not_own,
    acting::not_colleague,
    acting::lending_not_needed,
    acting::lending_days,
    acting::nothing_to_hand_over,
    acting::successor_unfit,
}

#[test]
fn every_code_has_a_test_of_its_name() {
    // Those of booked money (R8, R9) and of a project's life (R97, R103 to R106) have theirs beside the decisions: crates/domain/tests.
    let wanted: Vec<String> = CODES
        .iter()
        .filter(|(code, _)| {
            code[1..].parse::<u32>().is_ok_and(|number| number < 800 || (1_000..1_030).contains(&number))
        })
        .map(|(_, name)| snake(name))
        .collect();
    let found: Vec<&str> = COVERED.iter().map(|(name, _)| *name).collect();
    assert_eq!(found, wanted);
}

/// `YearNotOpen` as `year_not_open`.
fn snake(name: &str) -> String {
    let mut snake = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}
