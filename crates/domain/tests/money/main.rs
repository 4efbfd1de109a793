//! Booked money, driven through the decisions: given acts, when a command, then events or this refusal; and on the other side of
//! each threshold the same command is carried out. Histories at random are in `property`.

mod allocations;
mod batches;
mod claims;
#[path = "../common/covered.rs"]
mod covered;
mod distributing;
mod lots;
mod projects;
mod property;
mod sources;
mod world;

use covered::{covered, demand};

covered! {
    sources::fund_not_booked,
    sources::source_refused,
    sources::source_not_taken,
    sources::level_of_other_kind,
    sources::document_unreadable,
    sources::source_twice,
    sources::over_ceiling,
    sources::cash_over_budget,
    sources::cut_too_deep,
    sources::row_refused,
    projects::use_prohibited,
    projects::use_of_other_money,
    projects::side_unknown,
    projects::place_outside_fund,
    projects::link_missing,
    projects::doubt_open,
    projects::doubt_refused,
    projects::doubt_settled,
    projects::lines_unusable,
    projects::line_below_used,
    projects::retention_over_contract,
    projects::contract_over_budget,
    projects::contract_below_granted,
    projects::paper_not_demanded,
    projects::paper_demanded,
    projects::project_closed,
    projects::project_busy,
    projects::over_recovery,
    allocations::allocation_empty,
    allocations::line_twice,
    allocations::line_of_other_money,
    allocations::place_missing,
    allocations::over_quota,
    allocations::source_not_named,
    allocations::allocation_fixed,
    distributing::figure_missing,
    distributing::factor_empty,
    distributing::grade_unknown,
    distributing::distribution_unusable,
    claims::claim_empty,
    claims::budget_line_unknown,
    claims::voucher_not_allowed,
    claims::invoice_number_missing,
    claims::invoice_twice,
    claims::invoice_used,
    claims::payee_not_party,
    claims::attachments_missing,
    claims::list_differs,
    claims::over_budget_line,
    claims::over_contract,
    claims::over_allotted,
    claims::nothing_approved,
    claims::claim_being_paid,
    batches::batch_empty,
    batches::share_not_due,
    batches::payment_unclear,
    batches::claim_of_other_fund,
    batches::account_missing,
    batches::cash_missing,
    batches::file_released,
    batches::file_not_released,
    batches::payment_settled,
    batches::unclear_settled,
    claims::tie_missing,
    claims::tie_unknown,
    claims::tie_beyond,
    distributing::deduction_unfounded,
}

#[test]
fn every_code_of_booked_money_has_a_test_of_its_name() {
    demand(COVERED, |number| matches!(number, 800..970 | 1045..1050));
}
