//! The life of a project: filing, rounds, approval, notices, and money that waits for it, under the policies of the repository.

use app::view::state::Aside;
use app::{Command, Request, Who};
use kernel::id::CaseId;
use policy::procedure::{Act, Subject};
use qingqu::demo::PASSWORD;
use qingqu::demo::cast::Cast;
use qingqu::demo::regimes::life::Life;
use qingqu::demo::regimes::stage::{Planned, Prj, Stage};
use qingqu::demo::regimes::way;

use super::form::Control;
use super::{Desk, Row, Seen};
use crate::years::Book;
use crate::years::scripts::{self, Script};

/// All of them.
pub async fn rows() -> Vec<Seen> {
    let mut seen = hunan().await;
    seen.extend(xinjiang().await);
    seen.extend(jizhou().await);
    seen
}

fn spec(script: &Script) -> Prj {
    let (spending, name, place) = script.project;
    let lines: Vec<Planned> =
        script.lines.iter().map(|(key, nature, amount)| (*key, *key, *nature, *amount)).collect();
    Prj {
        who: script.unit,
        money: (script.fund.0, script.fund.1, spending),
        name,
        place,
        village: "",
        year: script.source.3,
        link: "带动建档立卡贫困户86户",
        mechanism: "直接补助",
        levered: "0.00",
        lines: lines.leak(),
        contracts: &[],
    }
}

fn who(book: &Book, login: &str) -> Who {
    let row = book.app.reads.person_by_login(login).unwrap().unwrap();
    let held = row.roles.first().unwrap();
    Who::Person { person: row.person, org: held.org, role: held.role.clone() }
}

fn does(book: &Book, who: Who, command: Command) -> i64 {
    let request = Request { who, key: String::new(), command };
    book.app.submit(request).unwrap_or_else(|failure| panic!("{failure:?}")).id.unwrap_or_default()
}

/// What an open form leaves empty, filled in with anything.
fn anything(form: &[Control], starts: &[&str]) -> Vec<(String, String)> {
    let empty = form.iter().filter(|control| control.sent && control.value.is_empty());
    let meant = empty.filter(|control| starts.iter().any(|start| control.name.starts_with(start)));
    meant.map(|control| (control.name.clone(), "按规定办理".to_owned())).collect()
}

fn texts(of: &[(String, String)]) -> Vec<(&str, &str)> {
    of.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect()
}

async fn hunan() -> Vec<Seen> {
    let (script, book) = (&scripts::HUNAN, Book::begin("hunan", true));
    let cast = Cast::of(&book.app, &book.people).unwrap();
    let mut stage = Stage::new(&book.app, &book.clock, &cast);
    let desk = Desk::over(&book.app, PASSWORD);
    book.on(script.begins);
    let spec = spec(script);
    stage.approved(way("hunan").unwrap(), &[&spec]).unwrap();
    let (case, life) = stage.ready[spec.name].clone();
    alike(&book, &mut stage, &desk, &life).await;

    // The money of a project comes from an approved case, and from it once.
    let org = book.app.reads.person_by_login(script.unit).unwrap().unwrap().roles[0].org.to_string();
    let project = [
        ("money", "development:all"),
        ("year", "2018"),
        ("spending", "industry"),
        ("name", spec.name),
        ("unit", &org),
        ("place.province", "430000"),
        ("place.city", "433100"),
        ("place.county", "433101"),
        ("link", "带动86户"),
        ("act", "open"),
    ];
    let new = |code| Row::new(code, script.unit, "/projects/new?money=development:all").types(&project);
    desk.refuses(new("R991").types(&[("case", "")]).at("case").says(&["（第"])).await;
    let open = desk.form(script.unit, "/projects/new?money=development:all").await;
    let money = stage.project(&spec).unwrap();
    let number = book.app.reads.project(money).unwrap().unwrap().number;
    let id = case.to_string();
    let row = new("R994").types(&[("case", &id)]).gone("case").at("case");
    desk.refuses_on(&open, row.says(&[&number, "（第"])).await;

    // Before its plan is approved it is neither ordered to mend anything nor closed.
    let row = Row::new("R972", "office", format!("/begin/rectification?parent={case}"));
    desk.tells(row.says(&["第"])).await;
    let step = book.pack.step_on(Subject::Project, Act::Close).unwrap();
    let closer = book.people.iter().find(|one| one.role == step.by).unwrap().login.clone();
    let row = Row::new("R992", &closer, format!("/projects/{money}/close"));
    let row = row.types(&[("on", &book.app.today().to_string()), ("why", "完工")]);
    desk.refuses(row.says(&[&number, "（第"])).await;
    // Scores of a competition: one expert scored by one factor and not by the other.
    let draft =
        Row::new("R908", "office", "/allocations/new?money=development:all&year=2018&method=competition");
    let scores = [
        ("basis", "竞争立项"),
        ("total", "100000.00"),
        ("lines.0.project", number.as_str()),
        ("lines.0.asked", "100000.00"),
        ("lines.0.f0", "80 90"),
        ("lines.0.f1", "80"),
        ("lines.0.f2", "80 90"),
        ("act", "draft"),
    ];
    desk.refuses(draft.types(&scores).at("lines.0.f1").says(&["缺少坪上村黄金茶基地的“预期效益”", "（第"]))
        .await;
    notices(&book, &mut stage, &desk, (case, &life)).await;
    desk.restart();

    // Ordered to mend: its money stops.
    stage.goes(&[money], "start").unwrap();
    stage.about(money, "office", "rectification", "order").unwrap();
    desk.restart();
    let claim = [
        ("purpose", "progress"),
        ("bills.0.line", "seedlings"),
        ("bills.0.voucher", "invoice"),
        ("bills.0.number", "00000001"),
        ("bills.0.dated", "2018-03-12"),
        ("bills.0.payee", "c1"),
        ("bills.0.amount", "10.00"),
        ("act", "file"),
    ];
    let row = Row::new("R993", script.unit, format!("/claims/new?project={money}")).types(&claim);
    desk.refuses(row.pdf("bills.0.files").says(&["整改", "（第"])).await;
    desk.seen.into_inner()
}

/// A second project of the same name on its way: a look-alike that nobody compared, rules that say no, somebody who stands aside.
async fn alike(book: &Book, stage: &mut Stage<'_>, desk: &Desk, life: &Life) {
    let entry = stage.files(life, "library", None).unwrap();
    stage.walk(&[(entry, life.clone())], "library_check").unwrap();
    desk.restart();
    let enter = book.pack.steps.get("library_enter").unwrap();
    let mut row = Row::new("R977", "office", format!("/cases/{entry}/do/library_enter"));
    for item in &enter.checklist {
        row = row.types(&[(&format!("check.{}", item.id), "yes")]);
    }
    for note in &enter.notes {
        row = row.types(&[(&format!("note.{}", note.id), "同意入库")]);
    }
    let outcome = format!("outcome:{}", enter.outcomes[0].id);
    let row = row.types(&[("opinion", "同意"), ("act", &outcome)]);
    desk.refuses(row.at("outcome").says(&["还有1个相近项目", "（第"])).await;
    stage.walk(&[(entry, life.clone())], "library_enter").unwrap();
    let case = stage.files(life, "flow", Some(entry)).unwrap();
    desk.restart();
    let assess = [
        ("fact.false_or_split", "true"),
        ("fact.same_content", "false"),
        ("fact.offence", "none"),
        ("note.way", "现场勘察"),
        ("assessors.0.name", "罗教授"),
        ("assessors.0.unit", "评审公司"),
        ("assessors.0.title", "高级农艺师"),
        ("assessors.0.opinion", "可行"),
        ("opinion", "建议立项"),
        ("act", "outcome:pass"),
    ];
    let row = Row::new("R973", "office", format!("/cases/{case}/do/assess")).types(&assess);
    desk.refuses(row.pdf("file.assessment").at("outcome").says(&["（第"])).await;

    stage.walk(&[(case, life.clone())], "assess").unwrap();
    desk.restart();
    let aside = Aside::Recuse { why: "实施单位负责人是其兄弟".into() };
    does(book, who(book, "office-2"), Command::Aside { case, aside });
    let row = Row::new("R976", "office-2", format!("/cases/{case}/do/select"));
    let row = row.types(&[("opinion", "同意入选"), ("act", "outcome:pass")]);
    desk.refuses(row.at("outcome").says(&["实施单位负责人是其兄弟", "（第"])).await;
}

/// A notice that a colleague has posted already; an objection that was upheld.
async fn notices(book: &Book, stage: &mut Stage<'_>, desk: &Desk, (case, life): (CaseId, &Life)) {
    let path = format!("/cases/{case}/do/portal_notice");
    let open = desk.form("office", &path).await;
    stage.step_of_life(case, life, "portal_notice", None).unwrap();
    let typed = anything(&open, &["field.", "posting."]);
    let mut row = Row::new("R979", "office", &path).types(&texts(&typed)).types(&[("act", "post")]);
    row.gone.extend(typed.iter().map(|(name, _)| name.clone()));
    desk.refuses_on(&open, row.says(&["公示正在进行", "（第"])).await;

    let running = stage.state(case).unwrap();
    let running = running.running("portal_notice").unwrap().clone();
    let object = Command::ObjectToCase {
        case,
        notice: running.number.clone(),
        text: "名单不实".into(),
        from: None,
        receipt: "异-1".into(),
    };
    does(book, Who::Program, object);
    let objection = *stage.state(case).unwrap().objections.keys().next().unwrap();
    let answer = Command::AnswerOnCase { case, objection, upheld: true, answer: "属实".into() };
    does(book, who(book, "office"), answer);
    book.clock.advance_to_day(running.window.last.tomorrow().unwrap());
    desk.restart();
    let row = Row::new("R981", "office", &path).types(&[("opinion", "无异议"), ("act", "outcome:clear")]);
    desk.refuses(row.at("outcome").says(&["异-1", "（第"])).await;
}

async fn xinjiang() -> Vec<Seen> {
    let (script, book) = (&scripts::XINJIANG, Book::begin("xinjiang", true));
    let cast = Cast::of(&book.app, &book.people).unwrap();
    let mut stage = Stage::new(&book.app, &book.clock, &cast);
    let desk = Desk::over(&book.app, PASSWORD);
    book.on(script.begins);
    let spec = spec(script);
    stage.approved(way("xinjiang").unwrap(), &[&spec]).unwrap();
    let (_, life) = stage.ready[spec.name].clone();
    let case = stage.files(&life, "two_up_two_down", None).unwrap();
    stage.walk(&[(case, life)], "second_review").unwrap();
    let path = format!("/cases/{case}/do/line_review");
    let typed = [("opinion", "同意"), ("act", "outcome:pass")];
    let form = desk.form("line", &path).await;
    let row = Row::new("R974", "line", &path).types(&typed);
    let (status, html) = desk.send("zh-CN", &form, &row).await;
    assert_eq!(status, axum::http::StatusCode::SEE_OTHER, "{}", super::form::plain(&html));
    desk.refuses(row.at("outcome").says(&["（"])).await;
    desk.seen.into_inner()
}

async fn jizhou() -> Vec<Seen> {
    let (script, book) = (&scripts::JIZHOU, Book::begin("jizhou", true));
    let desk = Desk::over(&book.app, PASSWORD);
    // Money of another kind, in a table: said at its cell.
    let head = "资金,来源类别,级次,指标文号,发文日期,用途,功能科目,到账日期,金额（元）,凭证号,备注\n";
    let line = "困难村产业带动帮扶资金,镇乡上缴的项目利润,乡级,蓟财农〔2018〕1号,2018-10-29,产业,,,5.00,,\n";
    let row = Row::new("R803", "finance", "/sources/import");
    desk.shows(row.file("file", "来源.csv", format!("{head}{line}").as_bytes()).says(&["B2"])).await;

    // A declaration written in time and sent after the last day, without a reason.
    let cast = Cast::of(&book.app, &book.people).unwrap();
    let mut stage = Stage::new(&book.app, &book.clock, &cast);
    let spec = spec(script);
    stage.approved(way("jizhou").unwrap(), &[&spec]).unwrap();
    let (case, _) = stage.ready[spec.name].clone();
    desk.restart();
    let state = stage.state(case).unwrap();
    let filed = state.current().unwrap();
    let viewer = stage.viewer(script.unit).unwrap();
    let key = book.app.begin_draft(&viewer, "declaration", None, "late").unwrap();
    let mut draft = book.app.filing_draft(&viewer, &key).unwrap();
    draft.data = filed.form.clone();
    draft.data.set("", None, "late", "");
    draft.data.set("", None, "program", "y2018");
    draft.papers = filed.papers.clone();
    book.app.save_draft(&viewer, &draft).unwrap();
    let row = Row::new("R971", script.unit, format!("/drafts/{key}/check"));
    let row = row.types(&[("declare", "1"), ("act", "submit")]).gone("declare").at("declare");
    desk.refuses(row.says(&["2018年度的申报已于", "（"])).await;
    desk.seen.into_inner()
}
