//! Booked money: sources, projects, allocations, claims, batches, under an invented regulation.

use app::Who;
use app::command::money::*;
use app::password::COST_SETTING;
use app::signin::Secret;
use kernel::Money;
use kernel::id::{AllocationId, BatchId, ClaimId, ProjectId, SourceId};

use super::form::controls;
use super::{Desk, Row, Seen};
use crate::money::world::{Ready, World, yuan};

const PASSWORD: &str = "一渠清水-2019:甲";

/// The desk of a world whose people have passwords.
fn desk(world: &World) -> Desk {
    world.app.house.put_setting(COST_SETTING, "quick").unwrap();
    for (_, who) in &world.people {
        let Who::Person { person, .. } = who else { panic!() };
        world.app.set_password(*person, Secret(PASSWORD)).unwrap();
    }
    Desk::over(&world.app, PASSWORD)
}

/// All of them.
pub async fn rows() -> Vec<Seen> {
    let mut seen = sources().await;
    seen.extend(projects().await);
    seen.extend(stale_projects().await);
    seen.extend(allocations().await);
    seen.extend(claims().await);
    seen.extend(batches().await);
    seen
}

const NEW_SOURCE: [(&str, &str); 9] = [
    ("kind", "district"),
    ("level", "county"),
    ("document", "津财农〔2019〕7号"),
    ("purpose", "种养业"),
    ("code", "2130505"),
    ("year", "2019"),
    ("on", "2019-03-01"),
    ("budget", "300.00"),
    ("act", "save"),
];

/// A form with some fields otherwise.
fn but<'t>(form: &[(&'t str, &'t str)], other: &[(&'t str, &'t str)]) -> Vec<(&'t str, &'t str)> {
    let kept = form.iter().filter(|(name, _)| !other.iter().any(|(changed, _)| changed == name));
    kept.chain(other).copied().collect()
}

const TABLE: &str = "资金,来源类别,级次,指标文号,发文日期,用途,功能科目,到账日期,金额（元）,凭证号,备注\n";

async fn sources() -> Vec<Seen> {
    let world = World::new();
    let desk = desk(&world);
    let new = |code, other: &[(&'static str, &'static str)]| {
        Row::new(code, "finance", "/sources/new?fund=main").types(&but(&NEW_SOURCE, other))
    };
    let row = new("R804", &[("level", "province")]);
    desk.refuses(row.at("level").says(&["“区级资金”不是省级资金", "（三（二）2（1））"])).await;
    let row = new("R805", &[("document", "津财农2019年7号")]);
    desk.refuses(row.at("document").says(&["文号无法识别"])).await;
    let row = new("R807", &[("budget", "1,000.01")]);
    desk.refuses(row.at("budget").says(&["预算1,000.01元", "余额1,000.00元", "（三（二）2（1））"])).await;
    let first = SourceId(world.does("finance", world.source(7, "300.00")));
    let row = new("R806", &[]);
    desk.refuses(row.at("document").says(&["津财农〔2019〕7号（种养业）"])).await;

    let cash = [("amount", "300.01"), ("on", "2019-03-01"), ("voucher", "收1"), ("act", "save")];
    let row = Row::new("R808", "finance", format!("/sources/{first}/cash")).types(&cash);
    desk.refuses(row.at("amount").says(&["到账300.01元", "尚未到账的300.00元"])).await;
    world.does("finance", world.cash(first, "100.00"));
    let cut = [("amount", "200.01"), ("document", "津财农〔2019〕9号"), ("why", "压减")];
    let row = Row::new("R809", "finance", format!("/sources/{first}/cut")).types(&cut);
    desk.refuses(row.at("amount").says(&["调减200.01元", "可以调减的200.00元"])).await;

    // A table: what a row says is shown at its cell before anything is booked.
    let line = |kind: &str, level: &str, no: u32| {
        format!("{TABLE}帮扶资金,{kind},{level},津财农〔2019〕{no}号,2019-02-01,种养业,2130505,,5.00,,\n")
    };
    let row = Row::new("R802", "finance", "/sources/import");
    desk.shows(row.file("file", "来源.csv", line("社会捐赠", "其他", 1).as_bytes()).says(&["B2"])).await;
    // Looked at, registered by a colleague meanwhile, confirmed.
    let row = Row::new("R810", "finance", "/sources/import");
    let file = row.file("file", "来源.csv", line("区级资金", "县级", 8).as_bytes());
    let form = desk.form("finance", "/sources/import").await;
    let (_, html) = desk.send("zh-CN", &form, &file).await;
    let form = controls(&html, "/sources/import");
    world.does("finance", world.source(8, "5.00"));
    let row = Row::new("R810", "finance", "/sources/import").types(&[("act", "import")]);
    desk.refuses_on(&form, row.says(&["第2行", "R806", "津财农〔2019〕8号"])).await;
    desk.seen.into_inner()
}

async fn projects() -> Vec<Seen> {
    let world = World::new();
    let desk = desk(&world);
    let unit = world.town.to_string();
    let form = [
        ("money", "main:ours"),
        ("year", "2019"),
        ("spending", "farming"),
        ("name", "大棚"),
        ("unit", unit.as_str()),
        ("link", "带动20户"),
        ("mechanism", "补助"),
        ("act", "open"),
    ];
    let new = |code, other: &[(&'static str, &'static str)]| {
        Row::new(code, "town", "/projects/new?money=main:ours").types(&but(&form, other))
    };
    let row = new("R822", &[("money", "main:theirs")]);
    desk.refuses(row.at("spending").gone("spending").says(&["“种养业”不在", "（三（四）1）"])).await;
    let far = [("place.province", "130000"), ("place.city", "130100"), ("place.county", "130102")];
    let row = new("R824", &far);
    desk.refuses(row.at("place").says(&["“帮扶资金”支持的地区"])).await;

    let row = new("R825", &[("link", "")]);
    desk.refuses(row.at("link").says(&["没有填写与建档立卡贫困户的挂钩方式", "（三（四）1）"])).await;

    let project = ProjectId(world.does("town", world.project("大棚")));
    let lines = format!("/projects/{project}/lines");
    let row = Row::new("R829", "town", &lines);
    let none = [("lines.0.name", ""), ("lines.0.amount", ""), ("act", "save")];
    desk.refuses(row.types(&none).at("lines.0.name").says(&["没有预算项"])).await;
    world.does("town", world.lines(project, &[("a", "大棚设备", "", "200.00")]));
    world.does("town", world.contract(project, 1, "100.00"));

    let contract = [
        ("party", "供货2公司"),
        ("number", "合同2"),
        ("account", "622202000000002"),
        ("bank", "某农商银行"),
        ("amount", "100.00"),
        ("retention", "10.00"),
        ("on", "2019-03-01"),
    ];
    let of = |code, other: &[(&'static str, &'static str)]| {
        Row::new(code, "town", format!("/projects/{project}/contract")).types(&but(&contract, other))
    };
    let row = of("R831", &[("retention", "100.01")]);
    desk.refuses(row.at("retention").says(&["质量保证金100.01元", "合同金额100.00元"])).await;
    let row = of("R832", &[("amount", "100.01")]);
    desk.refuses(row.at("amount").says(&["合同金额100.01元", "余额100.00元"])).await;

    // No letter of the unit is on file yet: no field of the claim is wrong.
    let row = Row::new("R835", "town", format!("/claims/new?project={project}"));
    let row = row.types(&claim_of("001", "10.00")).pdf("bills.0.files");
    desk.refuses(row.says(&["“报账责任书”（实施单位）", "（三（四）3）"])).await;

    // A name that looks like a prohibited use waits; decided twice; refused.
    let doubted = ProjectId(world.does("town", world.project("购置车辆")));
    world.does("town", world.lines(doubted, &[("a", "设备", "", "200.00")]));
    let claim = |code| {
        let row = Row::new(code, "town", format!("/claims/new?project={doubted}"));
        row.types(&claim_of("002", "10.00")).pdf("bills.0.files").says(&["车辆", "（三（四）2）"])
    };
    desk.refuses(claim("R826")).await;
    let path = format!("/projects/{doubted}/doubt/0");
    let open = desk.form("leaders", &path).await;
    let clear = Clear { doubt: 0, allowed: false, opinion: "为公务用车".into() };
    world.does("leaders", MoneyCommand::ClearDoubt { project: doubted, clear });
    desk.refuses(claim("R827")).await;
    let row = Row::new("R828", "leaders", &path);
    desk.refuses_on(&open, row.types(&[("verdict", "allow"), ("opinion", "为农用运输车")])).await;
    desk.seen.into_inner()
}

/// A claim of one invoice.
fn claim_of<'t>(number: &'t str, amount: &'t str) -> Vec<(&'t str, &'t str)> {
    vec![
        ("purpose", "progress"),
        ("bills.0.line", "a"),
        ("bills.0.voucher", "invoice"),
        ("bills.0.code", "012001900"),
        ("bills.0.number", number),
        ("bills.0.dated", "2019-03-01"),
        ("bills.0.payee", "c1"),
        ("bills.0.amount", amount),
        ("act", "file"),
    ]
}

/// A batch of one claim, with what the bank said about it.
fn paid(ready: &Ready, claim: ClaimId, amount: &str) -> BatchId {
    let world = &ready.world;
    let batch = BatchId(world.does("finance", world.batch(&[(claim, "c1")])));
    released(ready, batch);
    world.does("leaders", world.results(batch, vec![world.paid(&format!("{batch}-1"), amount)]));
    batch
}

fn released(ready: &Ready, batch: BatchId) {
    let viewer = ready.world.viewer("leaders");
    ready.world.app.release_batch(&viewer, batch, app::payout::FileForm::Pain001, "").unwrap();
}

/// What was open on the screen when somebody else went on.
async fn stale_projects() -> Vec<Seen> {
    let ready = Ready::new();
    let (world, project) = (&ready.world, ready.project);
    crate::money::story::payer(world);
    let desk = desk(world);
    let claim = ready.approved("001", "80.00");
    let row = Row::new("R830", "town", format!("/projects/{project}/lines"));
    let row = row.types(&[("lines.0.amount", "79.99"), ("act", "save")]).at("lines.0.amount");
    desk.refuses(row.says(&["“大棚设备”", "已核定报账80.00元"])).await;
    let row = Row::new("R833", "town", format!("/projects/{project}/contract?n=1"));
    let row = row.types(&[("amount", "79.99")]).at("amount");
    desk.refuses(row.says(&["合同金额79.99元", "已核定支付的80.00元"])).await;
    let close = [("on", "2019-03-01"), ("why", "完工")];
    let row = Row::new("R837", "town", format!("/projects/{project}/close")).types(&close);
    desk.refuses(row.says(&["报账2019-0001", "（三（四））"])).await;
    paid(&ready, claim, "80.00");
    let recover =
        [("payee", "c1"), ("amount", "80.01"), ("on", "2019-03-01"), ("voucher", "退1"), ("why", "审计核减")];
    let row = Row::new("R838", "finance", format!("/projects/{project}/recover")).types(&recover);
    desk.refuses(row.at("amount").says(&["追回80.01元", "实际收到的80.00元"])).await;

    let lines = [("lines.0.amount", "210.00"), ("act", "save")];
    let rows = [
        Row::new("R836", "town", format!("/projects/{project}/lines")).types(&lines),
        Row::new("R836", "town", format!("/projects/{project}/contract?n=1")).types(&[("amount", "190.00")]),
        Row::new("R836", "town", format!("/projects/{project}/close")).types(&close),
        Row::new("R836", "town", format!("/claims/new?project={project}"))
            .types(&claim_of("002", "10.00"))
            .pdf("bills.0.files"),
    ];
    let mut open = Vec::new();
    for row in rows {
        open.push((desk.form("town", &row.path).await, row));
    }
    let closed = Close { on: world.app.today(), why: "完工".into() };
    world.does("town", MoneyCommand::CloseProject { project, close: closed });
    let number = world.app.reads.project(project).unwrap().unwrap().number;
    for (form, row) in open {
        desk.refuses_on(&form, row.says(&[&number])).await;
    }
    desk.seen.into_inner()
}

async fn allocations() -> Vec<Seen> {
    let ready = Ready::new();
    let (world, project) = (&ready.world, ready.project);
    let desk = desk(world);
    let number = world.app.reads.project(project).unwrap().unwrap().number;
    let number = number.as_str();
    let draft = |code, method: &str| {
        let path = format!("/allocations/new?money=main:ours&year=2019&method={method}");
        Row::new(code, "finance", path).types(&[("basis", "领导小组会议"), ("act", "draft")])
    };
    let row = draft("R901", "direct").types(&[("lines.0.project", ""), ("lines.0.amount", "")]);
    desk.refuses(row.at("lines.0.project")).await;
    let twice = [
        ("lines.0.project", number),
        ("lines.0.amount", "10.00"),
        ("lines.1.project", number),
        ("lines.1.amount", "20.00"),
    ];
    desk.refuses(draft("R902", "direct").types(&twice).at("lines.0.project").says(&[number])).await;
    let row = draft("R905", "direct").types(&[("lines.0.project", number), ("lines.0.amount", "50.01")]);
    desk.refuses(row.at("lines.0.amount").says(&["分配50.01元", "余额50.00元", "（三（二）2（1））"])).await;

    // Computed by factors: the figure, the factor, the grade that is meant.
    let second = ProjectId(world.does("town", world.project("养鸡场")));
    let other = world.app.reads.project(second).unwrap().unwrap().number;
    let figures = |code, of: [[&'static str; 3]; 2]| {
        let mut typed = vec![("total".to_owned(), "40.00".to_owned())];
        for (row, (number, cells)) in [number, other.as_str()].iter().zip(of).enumerate() {
            for (key, text) in
                ["project", "f0", "f1", "grade"].iter().zip([*number, cells[0], cells[1], cells[2]])
            {
                typed.push((format!("lines.{row}.{key}"), text.to_owned()));
            }
        }
        let typed: Vec<(&str, &str)> = typed.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        draft(code, "weights").types(&typed)
    };
    let row = figures("R909", [["30", "0", ""], ["10", "0", ""]]).at("lines.0.f1");
    desk.refuses(row.says(&["因素“村数”全部为0"])).await;
    let row = figures("R910", [["30", "1", ""], ["10", "1", "差"]]).at("lines.1.grade");
    desk.refuses(row.says(&["养鸡场的评价等次“差”"])).await;
    let nobody: Vec<(String, &str)> = (0..2)
        .flat_map(|row| ["project", "f0", "f1"].map(|key| (format!("lines.{row}.{key}"), "")))
        .collect();
    let nobody: Vec<(&str, &str)> = nobody.iter().map(|(name, text)| (name.as_str(), *text)).collect();
    let row = draft("R911", "weights").types(&[("total", "40.00")]).types(&nobody);
    desk.refuses(row.at("lines.0.project").says(&["没有参加分配的项目"])).await;

    // A plan that was approved while it was being changed.
    let plan = AllocationId(world.does("finance", world.allocation("ours", &[(second, "20.00")])));
    let path = format!("/allocations/{plan}/edit");
    let open = desk.form("finance", &path).await;
    world.does("leaders", world.approval(plan));
    let row = Row::new("R907", "finance", &path);
    let typed = [("basis", "再次研究"), ("lines.0.amount", "30.00"), ("act", "draft")];
    desk.refuses_on(&open, row.types(&typed).says(&["方案已进入后续环节"])).await;

    // Pooled money of villages names the village.
    let mut source = world.source(3, "100.00");
    let MoneyCommand::RegisterSource(new) = &mut source else { panic!() };
    new.fund = "village".into();
    world.does("finance", source);
    let mut project = world.project("村里的渠");
    let MoneyCommand::OpenProject(new) = &mut project else { panic!() };
    (new.fund, new.side, new.spending) = ("village".into(), "all".into(), "upkeep".into());
    let project = ProjectId(world.does("town", project));
    let number = world.app.reads.project(project).unwrap().unwrap().number;
    let row = Row::new("R904", "finance", "/allocations/new?money=village:all&year=2019&method=direct");
    let typed = [
        ("basis", "村民会议"),
        ("lines.0.project", number.as_str()),
        ("lines.0.amount", "10.00"),
        ("act", "draft"),
    ];
    desk.refuses(row.types(&typed).at("lines.0.place").says(&[&number, "（三（二）2（2））"])).await;
    desk.seen.into_inner()
}

async fn claims() -> Vec<Seen> {
    let ready = Ready::new();
    let (world, project) = (&ready.world, ready.project);
    let desk = desk(world);
    world.does("town", world.contract(project, 2, "100.00"));
    let path = format!("/claims/new?project={project}");
    let new = |code, other: &[(&'static str, &'static str)]| {
        Row::new(code, "town", &path).types(&but(&claim_of("009", "10.00"), other)).pdf("bills.0.files")
    };
    let none = [("bills.0.line", ""), ("purpose", "progress"), ("act", "file")];
    desk.refuses(Row::new("R921", "town", &path).types(&none).at("bills.0.line")).await;
    let open = desk.form("town", &path).await;
    desk.refuses_on(&open, new("R922", &[("bills.0.line", "z")]).at("bills.0.line").says(&["第1张"])).await;
    let roster = [("bills.0.voucher", "roster"), ("bills.0.roster", "张三\t\t10.00")];
    let row = new("R923", &roster).at("bills.0.voucher").gone("bills.0.roster");
    desk.refuses(row.says(&["“花名册”", "（三（四）3）"])).await;
    desk.refuses(new("R924", &[("bills.0.number", "")]).at("bills.0.number").says(&["第1张"])).await;
    let second = [
        ("bills.1.line", "a"),
        ("bills.1.voucher", "invoice"),
        ("bills.1.code", "012001900"),
        ("bills.1.number", "009"),
        ("bills.1.dated", "2019-03-01"),
        ("bills.1.payee", "c1"),
        ("bills.1.amount", "20.00"),
    ];
    let row = new("R925", &second).pdf("bills.1.files").at("bills.1.number");
    desk.refuses(row.says(&["发票009", "（三（四）3）"])).await;
    desk.refuses(new("R927", &[("bills.0.payee", "c9")]).at("bills.0.payee").says(&["第1张"])).await;
    let mut row = new("R928", &[]).at("bills.0.files").says(&["第1张没有附件"]);
    row.files.clear();
    desk.refuses(row).await;
    let roster = [
        ("bills.0.line", "b"),
        ("bills.0.voucher", "roster"),
        ("bills.0.number", "花1"),
        ("bills.0.roster", "张三\t\t10.00\n李四\t\t20.00"),
        ("bills.0.amount", "30.01"),
    ];
    let row = new("R929", &roster).at("bills.0.amount").gone("bills.0.roster").gone("bills.0.payee");
    desk.refuses(row.says(&["花名册合计30.00元", "报账金额30.01元"])).await;
    let row = new("R930", &[("bills.0.amount", "200.01")]).at("bills.0.amount");
    desk.refuses(row.says(&["“大棚设备”只剩200.00元", "本次200.01元"])).await;
    let row = new("R931", &[("bills.0.payee", "c2"), ("bills.0.amount", "100.01")]).at("bills.0.amount");
    desk.refuses(row.says(&["与“供货2公司”的合同可付余额100.00元", "本次100.01元"])).await;

    // Used by another claim, which is named; nothing of it is allowed; it is on its way to the bank.
    let claim =
        ClaimId(world.does("town", world.claim(project, vec![world.bill(1, "a", "001", "c1", "80.00")])));
    let number = world.app.reads.claim(claim).unwrap().unwrap().number;
    let row = new("R926", &[("bills.0.number", "001")]).at("bills.0.number");
    desk.refuses(row.says(&["发票001", &number, "（三（四）3）"])).await;
    let nothing = [("approved.1", "0.00"), ("reason.1", "不属本项目"), ("opinion", "不符"), ("act", "check")];
    let row = Row::new("R933", "finance", format!("/claims/{claim}/do/check")).types(&nothing);
    desk.refuses(row.at("approved.1").says(&["核定金额合计为0", "（三（四））"])).await;
    world.does("finance", world.check(claim, &[(1, "80.00", "")]));
    world.does("leaders", world.grant(claim));
    let path = format!("/claims/{claim}/withdraw");
    let open = desk.form("town", &path).await;
    world.does("finance", world.batch(&[(claim, "c1")]));
    let row = Row::new("R934", "town", &path).types(&[("why", "填错")]);
    desk.refuses_on(&open, row.says(&[&number])).await;

    // A project to which nothing was allotted.
    let poor = ProjectId(world.does("town", world.project("养鸡场")));
    world.does("town", world.lines(poor, &[("a", "鸡舍", "", "200.00")]));
    world.does("town", world.contract(poor, 1, "200.00"));
    let row = Row::new("R932", "town", format!("/claims/new?project={poor}"));
    let row = row.types(&claim_of("010", "10.00")).pdf("bills.0.files").at("bills.0.amount");
    desk.refuses(row.says(&["本次10.00元", "可用资金0.00元"])).await;
    desk.seen.into_inner()
}

async fn batches() -> Vec<Seen> {
    let ready = Ready::new();
    let (world, project) = (&ready.world, ready.project);
    crate::money::story::payer(world);
    let desk = desk(world);
    let new = |code| Row::new(code, "finance", "/batches/new?fund=main").types(&[("act", "make")]);

    // Picked on two screens: the second finds it in the first one's batch.
    let one = ready.approved("001", "80.00");
    let number = world.app.reads.claim(one).unwrap().unwrap().number;
    let pick = format!("pick.{one}.c1");
    let open = desk.form("finance", "/batches/new?fund=main").await;
    let batch = BatchId(world.does("finance", world.batch(&[(one, "c1")])));
    let row = new("R952").types(&[(&pick, "yes")]).gone(&pick);
    desk.refuses_on(&open, row.says(&[&number])).await;

    // Released on two screens; between them the account that pays was changed, so that the file would be another.
    let page = format!("/batches/{batch}");
    let open = desk.form("leaders", &page).await;
    let takes = format!("/batches/{batch}/release-line/1");
    let take = desk.form("leaders", &takes).await;
    released(&ready, batch);
    let payer = app::payout::Payer {
        name: "扶贫资金专户".into(),
        account: world.app.seal_account("12000000000000017").unwrap(),
        bank: "某农商银行".into(),
    };
    world.app.set_payer(&world.viewer("leaders"), "main", &payer).unwrap();
    let row = Row::new("R957", "leaders", &page).types(&[("form", "pain.001"), ("act", "release")]);
    desk.refuses_on(&open, row.gone("form").says(&["本批次的支付文件已经发出", "（三（四））"])).await;

    // The bank names the payment with another amount: unclear; taken out, it is not paid again before that is settled.
    world.does("leaders", world.results(batch, vec![world.paid(&format!("{batch}-1"), "79.00")]));
    let out = MoneyCommand::TakeOut { batch, line: 1, why: "金额不符".into() };
    world.does("leaders", out);
    let row = Row::new("R959", "leaders", &takes).types(&[("why", "金额不符")]);
    desk.refuses_on(&take, row.says(&["第1笔"])).await;
    desk.refuses(new("R953").types(&[(&pick, "yes")]).at(&pick).says(&[&number])).await;
    let settles = format!("/batches/{batch}/unclear/1");
    let found = [("found", "failed"), ("line", "1"), ("reason", "户名不符"), ("why", "银行来电")];
    let row = Row::new("R959", "leaders", &settles).types(&found);
    desk.refuses(row.at("line").says(&["第1笔"])).await;
    let open = desk.form("leaders", &settles).await;
    let settle = Settle { unclear: 0, found: Found::Nothing, why: "他行款项".into() };
    world.does("leaders", MoneyCommand::SettleUnclear { batch, settle });
    let row = Row::new("R960", "leaders", &settles).types(&[("found", "nothing"), ("why", "他行款项")]);
    desk.refuses_on(&open, row).await;

    // Nothing was picked; nothing is left in the batch to pay.
    let row = new("R951").types(&[(&pick, "")]).gone(&pick);
    desk.refuses(row.at("picks").says(&["支付批次没有款项"])).await;
    let empty = BatchId(world.does("finance", world.batch(&[(one, "c1")])));
    let out = MoneyCommand::TakeOut { batch: empty, line: 1, why: "暂缓".into() };
    world.does("leaders", out);
    let row = Row::new("R951", "leaders", format!("/batches/{empty}"));
    desk.refuses(row.types(&[("form", "csv"), ("act", "release")]).says(&["（三（四））"])).await;

    // A party whose account nobody recorded.
    let mut nameless = world.contract(project, 2, "50.00");
    let MoneyCommand::RecordContract { contract, .. } = &mut nameless else { panic!() };
    contract.account = None;
    world.does("town", nameless);
    let two =
        ClaimId(world.does("town", world.claim(project, vec![world.bill(1, "a", "002", "c2", "20.00")])));
    world.does("finance", world.check(two, &[(1, "20.00", "")]));
    world.does("leaders", world.grant(two));
    let pick = format!("pick.{two}.c2");
    let other = format!("pick.{one}.c1");
    let row = new("R955").types(&[(&pick, "yes"), (&other, "")]).gone(&other);
    desk.refuses(row.at(&pick).says(&["“供货2公司”"])).await;

    // Allotted before the cash came.
    let world = World::new();
    let desk_of_poor = self::desk(&world);
    let source = SourceId(world.does("finance", world.source(1, "100.00")));
    world.does("finance", world.cash(source, "20.00"));
    let project = ProjectId(world.does("town", world.project("大棚")));
    world.does("town", world.lines(project, &[("a", "设备", "", "50.00")]));
    world.does("town", world.contract(project, 1, "50.00"));
    world.does("town", world.letter());
    let plan = AllocationId(world.does("finance", world.allocation("ours", &[(project, "50.00")])));
    world.does("leaders", world.approval(plan));
    let claim =
        ClaimId(world.does("town", world.claim(project, vec![world.bill(1, "a", "001", "c1", "30.00")])));
    world.does("finance", world.check(claim, &[(1, "30.00", "")]));
    world.does("leaders", world.grant(claim));
    let pick = format!("pick.{claim}.c1");
    let short = yuan("30.00").checked_sub(yuan("10.00")).unwrap_or(Money::ZERO).grouped();
    let row = new("R956").types(&[(&pick, "yes")]).at("cash");
    desk_of_poor.refuses(row.says(&[&format!("缺{short}元"), "津财农〔2019〕1号", "（三（四））"])).await;
    let mut seen = desk.seen.into_inner();
    seen.extend(desk_of_poor.seen.into_inner());
    seen
}
