//! Claims: bills, vouchers, payees, limits, and two people.

use crate::world::*;
use domain::claim::{self, Purpose, Standing, TurnDown};
use domain::{Refusal, Stream};
use kernel::id::ClaimId;
use std::collections::BTreeMap;

#[test]
pub fn claim_empty() {
    let (mut world, _, project) = World::funded(1_000);
    assert_eq!(name(world.claim(project, Purpose::Progress, vec![])), "ClaimEmpty");
}

/// One bill, bent; what a claim with it answers.
fn bent(change: impl FnOnce(&mut claim::ClaimLine)) -> &'static str {
    let (mut world, _, project) = World::funded(1_000);
    let mut bill = world.bill(100);
    change(&mut bill);
    name(world.claim(project, Purpose::Progress, vec![bill]))
}

#[test]
pub fn budget_line_unknown() {
    assert_eq!(bent(|bill| bill.budget_line = "none".into()), "BudgetLineUnknown");
    assert_eq!(bent(|bill| bill.budget_line = "aid".into()), "carried out");
}

#[test]
pub fn voucher_not_allowed() {
    let (mut world, _, project) = World::funded(1_000);
    let mut roster = World::roster(100);
    roster.budget_line = "works".into();
    assert_eq!(name(world.claim(project, Purpose::Subsidy, vec![roster])), "VoucherNotAllowed");
    assert_eq!(name(world.claim(project, Purpose::Subsidy, vec![World::roster(100)])), "carried out");
}

#[test]
pub fn invoice_number_missing() {
    assert_eq!(bent(|bill| bill.number = " ".into()), "InvoiceNumberMissing");
    assert_eq!(bent(|bill| bill.code = String::new()), "carried out", "newer invoices have no code");
}

#[test]
pub fn invoice_twice() {
    let (mut world, _, project) = World::funded(1_000);
    let bill = world.bill(100);
    let again = claim::ClaimLine { no: 2, number: format!(" {}", bill.number), ..bill.clone() };
    assert_eq!(name(world.claim(project, Purpose::Progress, vec![bill.clone(), again])), "InvoiceTwice");
    let other = claim::ClaimLine { no: 2, code: "0121".into(), ..bill.clone() };
    assert_eq!(name(world.claim(project, Purpose::Progress, vec![bill, other])), "carried out");
}

#[test]
pub fn invoice_used() {
    let (mut world, _, project) = World::funded(1_000);
    let bill = world.bill(100);
    let first = world.claim(project, Purpose::Progress, vec![bill.clone()]).unwrap();
    let refusal = world.claim(project, Purpose::Progress, vec![bill.clone()]).unwrap_err();
    assert_eq!(refusal.reason.name(), "InvoiceUsed");
    assert!(refusal.to_string().contains(&format!("C{first}")), "{refusal}");
    world.withdraw(first).unwrap();
    assert_eq!(name(world.claim(project, Purpose::Progress, vec![bill])), "carried out");
}

/// One bill, tied so; what a claim with it answers.
fn tied(overhead: bool, tie: Option<(&str, i64)>) -> Result<ClaimId, Refusal> {
    let (mut world, project) = World::tied(1_000, overhead);
    let tie = tie.map(|(kind, households)| claim::Tie { kind: kind.into(), households });
    let bill = claim::ClaimLine { tie, ..world.bill(100) };
    world.claim(project, Purpose::Progress, vec![bill])
}

#[test]
pub fn tie_missing() {
    let refusal = tied(false, None).unwrap_err();
    assert_eq!((refusal.reason.name(), refusal.cite.as_str()), ("TieMissing", "三（四）1"));
    assert_eq!(name(tied(false, Some(("", 0)))), "carried out", "as the project is tied");
    assert_eq!(name(tied(true, None)), "carried out", "what overheads cost is tied to nobody");
    assert_eq!(bent(|bill| bill.tie = None), "carried out", "no pack asks for it by itself");
}

#[test]
pub fn tie_unknown() {
    assert_eq!(name(tied(false, Some(("job", 3)))), "TieUnknown", "a kind that the project does not list");
    assert_eq!(name(tied(false, Some(("", 3)))), "TieUnknown", "households of no link");
    assert_eq!(name(tied(true, Some(("order", 3)))), "TieUnknown", "an overhead has no links");
    assert_eq!(name(tied(false, Some(("order", 3)))), "carried out");
    let tie = Some(claim::Tie { kind: String::new(), households: 0 });
    assert_eq!(bent(|bill| bill.tie = tie), "TieUnknown", "nobody asked how it is tied");
}

#[test]
pub fn tie_beyond() {
    for (households, answer) in [(0, "TieBeyond"), (1, "carried out"), (12, "carried out"), (13, "TieBeyond")]
    {
        assert_eq!(name(tied(false, Some(("order", households)))), answer, "{households}");
    }
}

#[test]
fn the_links_of_a_form_add_up_by_kind() {
    let (world, _) = World::tied(1_000, false);
    let step = world.pack.step_on(policy::procedure::Subject::Claim, policy::procedure::Act::Claim).unwrap();
    let mut form = policy::form::FormData::default();
    for (at, (kind, tied)) in
        [("order", "7"), ("job", " 3 "), ("order", "5"), ("", "9")].into_iter().enumerate()
    {
        assert!(
            form.set("links", Some(at + 1), "link", kind) && form.set("links", Some(at + 1), "tied", tied)
        );
    }
    let links = claim::links_of(&form, step.ties.as_ref().unwrap());
    assert_eq!(links.into_iter().collect::<Vec<_>>(), [("job".to_owned(), 3), ("order".to_owned(), 12)]);
}

#[test]
pub fn payee_not_party() {
    for payee in ["c2", "list", "unit", "x"] {
        assert_eq!(bent(|bill| bill.payee = payee.into()), "PayeeNotParty", "{payee}");
    }
    let order =
        |payee: &'static str| bent(move |bill| (bill.voucher, bill.payee) = ("order".into(), payee.into()));
    assert_eq!((order("c1"), order("unit")), ("PayeeNotParty", "carried out"));
}

#[test]
pub fn attachments_missing() {
    assert_eq!(bent(|bill| bill.papers.clear()), "AttachmentsMissing");
}

#[test]
pub fn list_differs() {
    let (mut world, _, project) = World::funded(1_000);
    let mut roster = World::roster(100);
    roster.amount = fen(101);
    assert_eq!(name(world.claim(project, Purpose::Subsidy, vec![roster.clone()])), "ListDiffers");
    roster.list = None;
    assert_eq!(name(world.claim(project, Purpose::Subsidy, vec![roster])), "ListDiffers");
}

#[test]
pub fn over_budget_line() {
    let (mut world, _, project) = World::funded(1_500);
    world.contract(project, |c| c.amount = fen(1_500)).unwrap();
    world.granted(project, 400);
    for (amount, said) in [(601, "OverBudgetLine"), (600, "carried out")] {
        let bill = world.bill(amount);
        assert_eq!(name(world.claim(project, Purpose::Progress, vec![bill])), said);
    }
}

#[test]
pub fn over_contract() {
    let (mut world, _, project) = World::funded(1_000);
    world.granted(project, 900);
    for (purpose, amount, said) in [
        (Purpose::Progress, 51, "OverContract"),
        (Purpose::Advance, 51, "OverContract"),
        (Purpose::Progress, 50, "carried out"),
        (Purpose::Retention, 100, "carried out"),
        (Purpose::Final, 100, "carried out"),
        (Purpose::Final, 101, "OverBudgetLine"),
    ] {
        let bill = world.bill(amount);
        assert_eq!(name(world.claim(project, purpose, vec![bill])), said, "{purpose:?} {amount}");
    }
}

#[test]
pub fn over_allotted() {
    let (mut world, _, project) = World::funded(300);
    for (amount, said) in [(301, "OverAllotted"), (300, "carried out")] {
        let bill = world.bill(amount);
        assert_eq!(name(world.claim(project, Purpose::Progress, vec![bill])), said);
    }
    // Two claims for the last money: the second approval finds it gone.
    let claims: Vec<ClaimId> = (0..2)
        .map(|_| {
            let bill = world.bill(300);
            let claim = world.claim(project, Purpose::Progress, vec![bill]).unwrap();
            world.check(claim, &[300], &finance()).unwrap();
            claim
        })
        .collect();
    assert_eq!(name(world.grant(claims[0], &leader())), "carried out");
    assert_eq!(name(world.grant(claims[1], &leader())), "OverAllotted");
}

#[test]
pub fn nothing_approved() {
    let (mut world, _, project) = World::funded(1_000);
    let bill = world.bill(100);
    let claim = world.claim(project, Purpose::Progress, vec![bill]).unwrap();
    assert_eq!(name(world.check(claim, &[0], &finance())), "NothingApproved");
    assert_eq!(name(world.check(claim, &[], &finance())), "FindingsIncomplete");
    assert_eq!(name(world.check(claim, &[101], &finance())), "LineAboveDeclared");
    assert_eq!(name(world.check(claim, &[-1], &finance())), "LineAboveDeclared");
    assert_eq!(name(world.check(claim, &[1], &finance())), "carried out");
    world.grant(claim, &leader()).unwrap();
    assert_eq!(world.projects[&project].used_on("works"), fen(1), "partly approved, partly used");
}

#[test]
pub fn claim_being_paid() {
    let (mut world, source, project) = World::funded(1_000);
    let claim = world.granted(project, 300);
    let batch = world.make("named", vec![World::pick(claim)]).unwrap();
    assert_eq!(name(world.withdraw(claim)), "ClaimBeingPaid");
    world.take_out(batch, 1).unwrap();
    assert_eq!(name(world.withdraw(claim)), "carried out");
    assert_eq!(world.balance(&format!("allotted:p{project}:s{source}")), fen(1_000));
    assert_eq!(world.projects[&project].used_on("works"), fen(0), "the line is free again");
    assert_eq!(name(world.withdraw(claim)), "StepNotOpen");
}

#[test]
fn maker_checker_and_approver_are_three_acts_of_two_people() {
    let (mut world, _, project) = World::funded(1_000);
    let bill = world.bill(100);
    let claim = world.claim(project, Purpose::Progress, vec![bill]).unwrap();
    assert_eq!(name(world.check(claim, &[100], &who(3, "finance"))), "MakerIsChecker", "the filer");
    assert_eq!(
        name(world.check(claim, &[100], &lent_to(3, finance()))),
        "MakerIsChecker",
        "the filer for another"
    );
    assert_eq!(
        name(world.check(claim, &[100], &lent_to(7, who(3, "finance")))),
        "MakerIsChecker",
        "for the filer"
    );
    let own = domain::Actor { belongs: [UNIT].into(), ..finance() };
    assert_eq!(name(world.check(claim, &[100], &own)), "OwnFirm");
    assert_eq!(name(world.grant(claim, &leader())), "StepNotOpen");
    world.check(claim, &[100], &lent_to(7, finance())).unwrap();
    assert_eq!(name(world.grant(claim, &who(1, "leaders"))), "MakerIsChecker", "whose desk checked");
    assert_eq!(name(world.grant(claim, &lent_to(7, leader()))), "MakerIsChecker", "who checked");
    assert_eq!(name(world.grant(claim, &leader())), "carried out");
}

#[test]
fn a_returned_claim_is_filed_again_and_a_refused_one_is_over() {
    let (mut world, _, project) = World::funded(1_000);
    let turn = |world: &mut World, id: ClaimId, outcome: &str, opinion: &str| -> Result<(), Refusal> {
        let command = TurnDown { step: "check".into(), outcome: outcome.into(), opinion: opinion.into() };
        let (claim, project) = (&world.claims[&id], &world.projects[&project]);
        let events = claim::turn_down(claim, command, project, world.ctx(&finance()))?;
        world.append_all(Stream::Claim(id), events, &finance());
        Ok(())
    };
    let bill = world.bill(100);
    let claim = world.claim(project, Purpose::Progress, vec![bill.clone()]).unwrap();
    assert_eq!(name(turn(&mut world, claim, "ok", "好")), "OutcomeUnknown", "passing is a check");
    assert_eq!(name(turn(&mut world, claim, "back", " ")), "ReasonMissing");
    turn(&mut world, claim, "back", "缺页").unwrap();
    assert_eq!(world.claims[&claim].standing(), Standing::Returned);
    let consents = world.on_file();
    let none = BTreeMap::new();
    let figures = claim::Figures {
        project: &world.projects[&project],
        invoices: &none,
        consents: &consents,
        links: &world.links,
    };
    let text = claim::Text { purpose: Purpose::Progress, lines: vec![bill] };
    let events = claim::refile(&world.claims[&claim], text.clone(), figures, world.ctx(&town())).unwrap();
    world.append_all(Stream::Claim(claim), events, &town());
    let figures = claim::Figures {
        project: &world.projects[&project],
        invoices: &none,
        consents: &consents,
        links: &world.links,
    };
    assert_eq!(name(claim::refile(&world.claims[&claim], text, figures, world.ctx(&town()))), "StepNotOpen");
    turn(&mut world, claim, "no", "与项目无关").unwrap();
    assert_eq!(world.claims[&claim].standing(), Standing::Refused);
    assert!(!world.claims[&claim].is_live());
}
