//! Money of places: nothing moves without the place's consent on file; households are paid by list; others do not see it.

use super::story::payer;
use super::world::*;
use app::command::money::*;
use app::payout::FileForm;
use app::view::money::ProjectQuery;
use kernel::Money;
use kernel::id::{AllocationId, BatchId, ClaimId, ProjectId, SourceId};

fn village_source(world: &World) -> MoneyCommand {
    let MoneyCommand::RegisterSource(new) = world.source(5, "90.00") else { panic!("another command") };
    MoneyCommand::RegisterSource(NewSource { fund: "village".into(), ..new })
}

fn village_project(world: &World) -> MoneyCommand {
    let MoneyCommand::OpenProject(new) = world.project("护林补贴") else { panic!("another command") };
    MoneyCommand::OpenProject(NewProject {
        fund: "village".into(),
        side: "all".into(),
        spending: "upkeep".into(),
        village: "120119-1".into(),
        ..new
    })
}

fn allocation(world: &World, project: ProjectId, amount: &str) -> MoneyCommand {
    let MoneyCommand::DraftAllocation(mut new) = world.allocation("all", &[(project, amount)]) else {
        panic!("another command")
    };
    new.fund = "village".into();
    new.text.lines[0].place = "120119-1".into();
    MoneyCommand::DraftAllocation(new)
}

fn consent(world: &World) -> MoneyCommand {
    let consent = FileConsent {
        place: "120119-1".into(),
        name: "某村".into(),
        demand: "consent".into(),
        document: "村民会议纪要".into(),
        on: world.app.today(),
        papers: vec![paper("consent")],
    };
    MoneyCommand::FileConsent { pack: "money".into(), consent }
}

#[test]
fn a_villages_money_waits_for_its_consent_and_goes_to_its_households() {
    let world = World::new();
    let source = SourceId(world.does("finance", village_source(&world)));
    world.does("finance", world.cash(source, "90.00"));
    let project = ProjectId(world.does("town", village_project(&world)));
    world.does("town", world.lines(project, &[("a", "护林员补贴", "household", "90.00")]));
    world.does("town", world.letter());
    let id = AllocationId(world.does("finance", allocation(&world, project, "90.00")));
    let refusal = world.refuses("leaders", world.approval(id), "PaperDemanded");
    assert!(!refusal.cite.is_empty());
    world.does("town", consent(&world));
    let revoke =
        RevokeConsent { demand: "consent".into(), why: "程序有误".into(), on: world.app.today() };
    let revoke = MoneyCommand::RevokeConsent { pack: "money".into(), place: "120119-1".into(), revoke };
    world.does("town", revoke);
    world.refuses("leaders", world.approval(id), "PaperDemanded");
    assert!(world.app.reads.consents("money").unwrap().iter().any(|row| row.revoked.is_some()));
    world.does("town", consent(&world));
    world.does("leaders", world.approval(id));
    let page = world.app.project_page(&world.viewer("town"), project).unwrap();
    assert!(page.demands.iter().all(|demand| demand.filed.is_some()), "{:?}", page.demands);
    assert_eq!(page.ledger.last().unwrap().allotted, yuan("90.00"));

    let mut bill = world.bill(1, "a", "表1", "list", "90.00");
    bill.voucher = "roster".into();
    bill.code = String::new();
    bill.list = Some(ListDigest { rows: 3, total: yuan("90.00"), digest: "ab".into() });
    let text = ClaimText { purpose: Purpose::Subsidy, lines: vec![bill] };
    let claim = ClaimId(world.does("town", MoneyCommand::FileClaim { project, text }));
    world.does("finance", world.check(claim, &[(1, "90.00", "")]));
    world.does("leaders", world.grant(claim));
    let account = PayeeAccount {
        name: "某镇代发户".into(),
        account: world.app.seal_account("62220200000000777").unwrap(),
        bank: "某农商银行".into(),
    };
    let pick = |account| Pick { claim, payee: "list".into(), account };
    let make = |account| MoneyCommand::MakeBatch {
        pack: "money".into(),
        fund: "village".into(),
        picks: vec![pick(account)],
    };
    let open = PayeeAccount { account: "62220200000000777".into(), ..account.clone() };
    world.refuses("finance", make(Some(open)), "NotFound");
    let batch = BatchId(world.does("finance", make(Some(account))));
    payer(&world);
    let leaders = world.viewer("leaders");
    assert!(
        world.app.release_batch(&leaders, batch, FileForm::Csv, "").is_err(),
        "nobody pays for this fund yet"
    );
    let payer = world.app.payer("money", "main").unwrap().unwrap();
    world.app.set_payer(&leaders, "village", &payer).unwrap();
    world.app.release_batch(&leaders, batch, FileForm::Csv, "").unwrap();
    world.does("leaders", world.results(batch, vec![world.paid("1-1", "90.00")]));
    assert_eq!(world.app.reads.claim(claim).unwrap().unwrap().standing, "paid");
    let row = world.app.reads.project(project).unwrap().unwrap();
    assert_eq!((row.spent, row.held, row.left()), (yuan("90.00"), Money::ZERO, Money::ZERO));
    assert!(world.app.todo(&leaders).unwrap().is_empty(), "nothing is left to do");
}

#[test]
fn another_township_sees_nothing_and_reaches_nothing() {
    let mut ready = Ready::new();
    let claim = ready.approved("001", "10.00");
    ready.world.office("邻镇人民政府", "120118", &["town"], "other");
    let world = &ready.world;
    let other = world.viewer("other-town");
    assert!(world.app.project_page(&other, ready.project).is_err());
    assert!(world.app.claim_page(&other, claim).is_err());
    assert_eq!(world.app.project_list(&other, &ProjectQuery::default()).unwrap().total, 0);
    assert_eq!(world.app.claim_list(&other, &app::view::money::ClaimQuery::default()).unwrap().total, 0);
    let bill = world.bill(1, "a", "009", "c1", "1.00");
    world.refuses("other-town", world.claim(ready.project, vec![bill]), "NotFound");
    world.refuses("other-town", world.lines(ready.project, &[("a", "设备", "", "1.00")]), "NotFound");
    let own = world.app.project_list(&world.viewer("town"), &ProjectQuery::default()).unwrap();
    assert_eq!((own.total, own.may_open), (1, true));
}

#[test]
fn a_cut_takes_only_what_nobody_has() {
    let ready = Ready::new();
    let world = &ready.world;
    let cut = |source, amount: &str| MoneyCommand::CutSource {
        source,
        cut: Cut { amount: yuan(amount), document: "津财农〔2019〕9号".into(), why: "调减".into() },
    };
    // All cash of both sources has arrived: nothing can be cut from what is there.
    assert!(world.submit("finance", cut(ready.second, "0.02")).is_err());
    let third = SourceId(world.does("finance", world.source(3, "100.00")));
    world.refuses("town", cut(third, "1.00"), "NotAllowed");
    world.does("finance", cut(third, "100.00"));
    let row = world.app.reads.source(third).unwrap().unwrap();
    assert_eq!((row.budget, row.cut, row.stands()), (yuan("100.00"), yuan("100.00"), Money::ZERO));
    assert_eq!(world.balance(&format!("quota:money:main:ours:s{third}")), Money::ZERO);
}
