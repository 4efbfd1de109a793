//! The bank's file and its answer: two people, one file, nothing booked by guess.

use super::story::payer;
use super::world::*;
use app::App;
use app::command::money::*;
use app::payout::FileForm;
use app::view::money::Effect;
use kernel::Money;
use kernel::id::BatchId;

fn batch(ready: &Ready) -> BatchId {
    let world = &ready.world;
    let one = ready.approved("001", "80.00");
    let two = ready.approved("002", "20.05");
    payer(world);
    BatchId(world.does("finance", world.batch(&[(one, "c1"), (two, "c1")])))
}

#[test]
fn the_file_is_released_once_and_comes_out_the_same_again() {
    let ready = Ready::new();
    let world = &ready.world;
    let batch = batch(&ready);
    assert!(world.app.release_batch(&world.viewer("finance"), batch, FileForm::Csv, "").is_err());
    assert!(world.app.release_batch(&world.viewer("town"), batch, FileForm::Csv, "").is_err());
    let leaders = world.viewer("leaders");
    let file = world.app.release_batch(&leaders, batch, FileForm::Pain001, "").unwrap();
    let text = String::from_utf8(file.bytes.clone()).unwrap();
    let names = [world.name("1-1"), world.name("1-2")];
    for expected in ["<CtrlSum>100.05</CtrlSum>", &names[0], &names[1], "622202000000001", "供货1公司"] {
        assert!(text.contains(expected), "{expected}");
    }
    let head = world.app.reads.head().unwrap();
    world.does("leaders", world.results(batch, vec![world.paid("1-1", "80.00")]));
    let again = world.app.release_batch(&leaders, batch, FileForm::Csv, "").unwrap();
    assert_eq!(again, file, "in the form of the release, whatever happened since");
    assert!(world.app.reads.head().unwrap().0 > head.0);
    let other = MoneyCommand::ReleaseBatch { batch, digest: "pain.001:00".into() };
    world.refuses("leaders", other, "FileReleased");
    let row = world.app.reads.batch(batch).unwrap().unwrap();
    assert_eq!(row.digest, format!("pain.001:{}", file.digest));
    let acts = world.app.reads.stream(&format!("batch:{batch}")).unwrap();
    assert!(acts.iter().all(|act| !act.body.contains("622202000000001")), "no account in the journal");
}

#[test]
fn what_does_not_match_is_listed_and_not_booked() {
    let ready = Ready::new();
    let world = &ready.world;
    let batch = batch(&ready);
    let leaders = world.viewer("leaders");
    world.refuses("leaders", world.results(batch, vec![world.paid("1-1", "80.00")]), "FileNotReleased");
    world.app.release_batch(&leaders, batch, FileForm::Csv, "").unwrap();
    let (one, two) = (world.name("1-1"), world.name("1-2"));
    let file = format!(
        "端到端编号,金额,结果,日期,流水号,原因\n\
         {one},80.01,成功,2019-03-01,R1,\nX9,5.00,成功,2019-03-01,R2,\n{two},20.05,处理中,,,\n"
    );
    let lines = App::read_bank_file(file.as_bytes()).unwrap();
    world.app.book_bank_lines(&leaders, batch, &lines, "").unwrap();
    let found = world.app.exceptions(&world.viewer("finance")).unwrap();
    assert_eq!((found.failed.len(), found.open.len(), found.unclear.len()), (0, 2, 3), "{found:?}");
    assert_eq!(world.balance(&format!("payee:p{}:c1:s{}", ready.project, ready.first)), Money::ZERO);
    // The same file again adds nothing.
    world.app.book_bank_lines(&leaders, batch, &lines, "").unwrap();
    assert_eq!(world.app.exceptions(&world.viewer("finance")).unwrap().unclear.len(), 3);
    let settle = Settle { unclear: 1, found: Found::Nothing, why: "他行款项".into() };
    world.does("leaders", MoneyCommand::SettleUnclear { batch, settle });
    let page = world.app.batch_page(&leaders, batch).unwrap();
    assert_eq!(page.unclear.iter().filter(|u| u.settled.is_empty()).count(), 2);
    assert_eq!(page.payments[0].account, "****0001");
}

#[test]
fn a_line_of_another_batch_is_booked_there() {
    let ready = Ready::new();
    let world = &ready.world;
    let first = batch(&ready);
    let three = ready.approved("003", "7.00");
    let second = BatchId(world.does("finance", world.batch(&[(three, "c1")])));
    let leaders = world.viewer("leaders");
    for batch in [first, second] {
        world.app.release_batch(&leaders, batch, FileForm::Pain001, "").unwrap();
    }
    let lines = vec![world.paid("2-1", "7.00"), world.paid("1-1", "80.00"), world.failed("1-2", "20.05")];
    world.does("leaders", world.results(first, lines));
    let state = |batch| world.app.reads.batch(batch).unwrap().unwrap();
    assert_eq!((state(first).paid, state(first).failed), (yuan("80.00"), yuan("20.05")));
    assert_eq!((state(second).standing.as_str(), state(second).paid), ("settled", yuan("7.00")));
    let clearing = format!("clearing:p{}:s{}", ready.project, ready.first);
    assert_eq!(world.balance(&clearing), Money::ZERO);
}

#[test]
fn a_failed_payment_needs_a_person_until_it_is_made_again() {
    let ready = Ready::new();
    let world = &ready.world;
    let first = batch(&ready);
    let leaders = world.viewer("leaders");
    world.app.release_batch(&leaders, first, FileForm::Csv, "").unwrap();
    let lines = vec![world.paid("1-1", "80.00"), world.failed("1-2", "20.05")];
    world.does("leaders", world.results(first, lines));
    let exceptions = || world.app.exceptions(&world.viewer("finance")).unwrap();
    let failed = || world.app.batch_page(&leaders, first).unwrap().payments.remove(1);
    let [waits] = exceptions().failed.try_into().unwrap();
    assert_eq!((waits.row.line, waits.again), (2, None));
    assert_eq!(failed().again, None);
    let again =
        BatchId(world.does("finance", world.batch(&[(failed().row.claim, failed().row.payee.as_str())])));
    assert_eq!(exceptions().failed, []);
    assert_eq!(
        failed().again.map(|(batch, line, _)| (batch, line)),
        Some((again, 1)),
        "the old batch leads on"
    );
    // The claim is found by the number on its paper, and shows the payment that is under way.
    let found = world.app.trace_find(&world.viewer("finance"), &waits.claim).unwrap();
    assert_eq!(found.claims.iter().map(|(id, ..)| *id).collect::<Vec<_>>(), [waits.row.claim]);
    let claim = world.app.claim_page(&world.viewer("finance"), waits.row.claim).unwrap();
    assert_eq!(claim.shares[0].made, Some((again, 1)));
    let project = world.app.project_page(&world.viewer("finance"), waits.row.project).unwrap();
    let states: Vec<&str> = project.payments.iter().map(|row| row.state.as_str()).collect();
    assert_eq!(states, ["paid", "failed", "made"]);
    // What comes back a second time needs a person again, once.
    world.app.release_batch(&leaders, again, FileForm::Csv, "").unwrap();
    world.does("leaders", world.results(again, vec![world.failed("2-1", "20.05")]));
    let [waits] = exceptions().failed.try_into().unwrap();
    assert_eq!((waits.row.batch, waits.row.line), (again, 1));
}

#[test]
fn the_preview_says_where_each_line_goes() {
    let ready = Ready::new();
    let world = &ready.world;
    let first = batch(&ready);
    let three = ready.approved("003", "7.00");
    let second = BatchId(world.does("finance", world.batch(&[(three, "c1")])));
    let leaders = world.viewer("leaders");
    for batch in [first, second] {
        world.app.release_batch(&leaders, batch, FileForm::Csv, "").unwrap();
    }
    let other = world.name("2-1");
    let read = |said: &str| {
        App::read_bank_file(format!("端到端编号,金额,结果,日期\n{other},7.00,{said}\n").as_bytes())
    };
    let effect = |said: &str| {
        let preview = world.app.preview_results(&leaders, first, &read(said).unwrap()).unwrap();
        preview.lines[0].effect.clone()
    };
    let elsewhere = world.app.reads.batch(second).unwrap().unwrap().number;
    assert_eq!(effect("成功,2019-03-01"), Effect::Elsewhere(elsewhere));
    // A line that is not clear is listed with the batch whose answer it came in, and so it is booked.
    assert_eq!(effect("处理中,"), Effect::Unclear("结果无法识别".into()));
    world.app.book_bank_lines(&leaders, first, &read("处理中,").unwrap(), "").unwrap();
    let unclear = world.app.exceptions(&world.viewer("finance")).unwrap().unclear;
    assert_eq!(unclear.iter().map(|(_, row)| row.batch).collect::<Vec<_>>(), [first]);
}

#[test]
fn cash_that_has_not_arrived_is_not_paid() {
    let world = World::new();
    let source = kernel::id::SourceId(world.does("finance", world.source(1, "200.00")));
    let project = kernel::id::ProjectId(world.does("town", world.project("大棚")));
    world.does("town", world.lines(project, &[("a", "设备", "", "100.00")]));
    world.does("town", world.contract(project, 1, "100.00"));
    world.does("town", world.letter());
    let id = world.does("finance", world.allocation("ours", &[(project, "100.00")]));
    world.does("leaders", world.approval(kernel::id::AllocationId(id)));
    let allocation = kernel::id::AllocationId(id);
    let ready = Ready { world, first: source, second: source, project, allocation };
    let claim = ready.approved("001", "100.00");
    let world = &ready.world;
    // Half of the cash is the other side's: 199.99 brings 99.99 to ours.
    world.does("finance", world.cash(source, "199.99"));
    world.refuses("finance", world.batch(&[(claim, "c1")]), "CashMissing");
    world.does("finance", world.cash(source, "0.01"));
    world.does("finance", world.batch(&[(claim, "c1")]));
}
