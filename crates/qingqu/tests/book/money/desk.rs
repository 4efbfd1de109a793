//! The reimbursement desk: invoices once over everything, lines and what is left, two people, scope.

use super::world::*;
use app::Failure;
use app::command::money::*;
use app::view::money::ClaimQuery;
use kernel::Money;
use kernel::id::ClaimId;
use std::sync::mpsc::channel;

#[test]
fn an_invoice_is_used_once_and_the_other_claim_is_named() {
    let ready = Ready::new();
    let world = &ready.world;
    let claim = |amount: &str| world.claim(ready.project, vec![world.bill(1, "a", "001", "c1", amount)]);
    let first = world.submit("town", claim("10.00")).unwrap();
    let refusal = world.refuses("town", claim("20.00"), "InvoiceUsed");
    assert!(refusal.to_string().contains(&first.number), "{refusal}");
    let row = world.app.reads.invoice("012001900", "001").unwrap().unwrap();
    assert_eq!((row.claim_number, row.amount), (first.number, yuan("10.00")));
    // Withdrawn, it may be used again.
    let claim_id = ClaimId(first.id.unwrap());
    world.does("town", MoneyCommand::WithdrawClaim { claim: claim_id, why: "填错".into() });
    assert_eq!(world.app.reads.invoice("012001900", "001").unwrap(), None);
    world.does("town", claim("20.00"));
}

#[test]
fn two_claims_with_one_invoice_at_the_same_moment_are_one() {
    let ready = Ready::new();
    let world = &ready.world;
    let (answer, answers) = channel();
    // All are queued before the first is answered, so that the writer takes them in one transaction.
    for n in 0..40 {
        let bill = world.bill(1, "a", &format!("{:03}", n / 2), "c1", "1.00");
        let request = world.request("town", &format!("k{n}"), world.claim(ready.project, vec![bill]));
        let answer = answer.clone();
        world.app.submit_then(request, move |result| answer.send(result).unwrap());
    }
    drop(answer);
    let (mut filed, mut refused) = (0, 0);
    for result in answers {
        match result {
            Ok(_) => filed += 1,
            Err(Failure::Refused(refusal)) => {
                assert_eq!(refusal.reason.name(), "InvoiceUsed");
                refused += 1;
            }
            Err(Failure::Fault(fault)) => panic!("{fault}"),
        }
    }
    assert_eq!((filed, refused), (20, 20));
}

#[test]
fn a_retry_gets_the_first_answer() {
    let ready = Ready::new();
    let world = &ready.world;
    let bill = || vec![world.bill(1, "a", "001", "c1", "10.00")];
    let once = world.app.submit(world.request("town", "key", world.claim(ready.project, bill()))).unwrap();
    let again = world.app.submit(world.request("town", "key", world.claim(ready.project, bill()))).unwrap();
    assert_eq!(once, again);
    let other = world.request("town", "key", world.claim(ready.project, vec![]));
    assert!(matches!(world.app.submit(other), Err(Failure::Refused(r)) if r.reason.name() == "KeyReused"));
}

#[test]
fn a_line_is_claimed_to_its_last_fen_and_no_further() {
    let ready = Ready::new();
    let world = &ready.world;
    ready.approved("001", "199.99");
    let claim = |amount: &str| world.claim(ready.project, vec![world.bill(1, "a", "002", "c1", amount)]);
    world.refuses("town", claim("0.02"), "OverBudgetLine");
    let last = ClaimId(world.does("town", claim("0.01")));
    let page = world.app.claim_page(&world.viewer("town"), last).unwrap();
    let left = page.bills[0].line.as_ref().unwrap();
    assert_eq!((left.approved, left.left), (yuan("199.99"), yuan("0.01")));
    world.does("finance", world.check(last, &[(1, "0.01", "")]));
    world.does("leaders", world.grant(last));
    assert_eq!(world.app.reads.project(ready.project).unwrap().unwrap().held, yuan("200.00"));
    assert_eq!(world.balance(&format!("allotted:p{}:s{}", ready.project, ready.first)), Money::ZERO);
}

#[test]
fn part_of_a_bill_is_approved_with_a_reason() {
    let ready = Ready::new();
    let world = &ready.world;
    let bills = vec![world.bill(1, "a", "001", "c1", "50.00"), world.bill(2, "a", "002", "c1", "30.00")];
    let claim = ClaimId(world.does("town", world.claim(ready.project, bills)));
    world.refuses("finance", world.check(claim, &[(1, "40.00", ""), (2, "30.00", "")]), "ReasonMissing");
    world.does("finance", world.check(claim, &[(1, "40.00", "单价偏高"), (2, "0.00", "不属本项目")]));
    world.does("leaders", world.grant(claim));
    let row = world.app.reads.claim(claim).unwrap().unwrap();
    assert_eq!((row.standing.as_str(), row.asked, row.approved), ("approved", yuan("80.00"), yuan("40.00")));
    // What was wholly struck out may be claimed elsewhere.
    assert!(world.app.reads.invoice("012001900", "001").unwrap().is_some());
    assert_eq!(world.app.reads.invoice("012001900", "002").unwrap(), None);
    let todo = world.app.todo(&world.viewer("finance")).unwrap();
    assert!(todo.iter().any(|todo| todo.place == app::view::inbox::Place::Batches), "{todo:?}");
}

#[test]
fn nobody_who_checked_decides_and_a_return_goes_back_to_the_unit() {
    let ready = Ready::new();
    let world = &ready.world;
    let bill = world.bill(1, "a", "001", "c1", "50.00");
    let claim = ClaimId(world.does("town", world.claim(ready.project, vec![bill.clone()])));
    world.refuses("finance", world.grant(claim), "StepNotOpen");
    let turn_down = TurnDown { step: "check".into(), outcome: "mend".into(), opinion: "缺验收单".into() };
    world.does("finance", MoneyCommand::TurnDownClaim { claim, turn_down });
    let tasks = world.app.reads.tasks(&world.viewer("town").task_scope(), 99).unwrap();
    assert!(tasks.iter().any(|t| t.subject == format!("claim:{claim}") && t.returned), "{tasks:?}");
    let text = ClaimText { purpose: Purpose::Progress, lines: vec![bill] };
    world.does("town", MoneyCommand::RefileClaim { claim, text });
    world.does("finance", world.check(claim, &[(1, "50.00", "")]));
    world.refuses("finance", world.grant(claim), "NotAllowed");
    world.does("leaders", world.grant(claim));
    let list = world.app.claim_list(&world.viewer("town"), &ClaimQuery::default()).unwrap();
    assert_eq!((list.total, list.lines[0].row.standing.as_str(), list.may_file), (1, "approved", true));
}

#[test]
fn each_right_of_booked_money_comes_from_a_step() {
    let pack = pack();
    let holds = |role: &str| crate::authorization::BOOKED.map(|right| app::access::may(&pack, role, right));
    for (role, expected) in [
        ("town", [false, true, false, true, false]),
        ("finance", [true, true, true, true, true]),
        ("leaders", [false, true, true, true, true]),
        (app::access::ADMINISTRATOR, [false; 5]),
        (app::access::AUDITOR, [false; 5]),
    ] {
        assert_eq!(holds(role), expected, "{role}");
    }
    // A step on money gives none of the rights over cases.
    for right in [app::access::Right::Review, app::access::Right::Decide, app::access::Right::Declare] {
        assert!(!app::access::may(&pack, "finance", right) && !app::access::may(&pack, "leaders", right));
    }
}
