//! Official letters as a browser gets them: what a step wrote is filled in from the journal, a later name changes nothing, and those
//! who do not see the case do not get it. And the orders and registers that offices begin without a form.

use std::collections::BTreeMap;

use app::rows::{CaseFilter, Scope};
use app::view::Viewer;
use app::view::state::DoStep;
use app::{Command, Failure, Request};
use axum::http::StatusCode;
use kernel::Date;
use kernel::id::{CaseId, OrgId};

use crate::volumes::{Site, pages, pdf};

const DUE: &str = "2018-12-20";

/// What is written into a step, its paper's number, its outcome.
type Wrote<'w> = (&'w str, &'w [(&'w str, &'w str)], &'w str, Option<&'w str>);

impl Site {
    fn step(&self, (step, notes, document, outcome): Wrote<'_>) -> DoStep {
        let notes = notes.iter().map(|(id, text)| ((*id).to_owned(), (*text).to_owned()));
        DoStep {
            step: step.to_owned(),
            notes: notes.collect::<BTreeMap<_, _>>(),
            outcome: outcome.map(str::to_owned),
            document: Some(document.to_owned()).filter(|text| !text.is_empty()),
            on: self.told.app.today(),
            ..DoStep::default()
        }
    }

    fn submit(&self, viewer: &Viewer, command: Command) -> Result<i64, Failure> {
        let answer = self.told.app.submit(Request { who: viewer.who(), key: String::new(), command });
        answer.map(|answer| answer.id.unwrap_or_default())
    }

    fn begins(
        &self,
        viewer: &Viewer,
        procedure: &str,
        parent: Option<CaseId>,
        wrote: Wrote<'_>,
    ) -> Result<CaseId, Failure> {
        let step = Box::new(self.step(wrote));
        let (pack, procedure) = (viewer.pack.id.clone(), procedure.to_owned());
        self.submit(viewer, Command::Begin { pack, procedure, parent, step }).map(CaseId)
    }

    fn does(&self, viewer: &Viewer, case: CaseId, wrote: Wrote<'_>) {
        let DoStep { step, outcome, to, opinion, checks, records, notes, papers, form, document, on } =
            self.step(wrote);
        let command = Command::Step {
            case,
            step,
            outcome,
            to,
            opinion,
            checks,
            records,
            notes,
            papers,
            form,
            document,
            on,
        };
        self.submit(viewer, command).unwrap();
    }

    /// Renames an organisation.
    fn renames(&self, org: OrgId, name: &str) {
        let admin = self.told.viewer(self.login("administrator"));
        self.submit(&admin, Command::RenameOrg { org, name: name.to_owned() }).unwrap();
    }

    /// The text of the pages of a letter, close together.
    async fn reads(&self, cookie: &str, address: &str) -> Option<String> {
        let got = self.get(cookie, address).await;
        pages(pdf(&got)).map(|pages| pages.concat())
    }
}

fn holds(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part}: {text}");
    }
}

/// An order to mend: its letter goes to the unit of the project, and says what the office wrote.
async fn an_order_to_mend(policy: &str, office: &str, (procedure, step): (&str, &str), what: &str) {
    let site = Site::of(policy);
    let viewer = site.told.viewer(site.login(office));
    // Where the reason is a note of its own, what is to be mended stands beside it.
    let notes = [
        ("what", "返工重砌"),
        ("clause", "施工合同"),
        ("due", DUE),
        (what, "北侧挡墙有两处裂缝，\n没有报告。"),
    ];
    let notes: Vec<(&str, &str)> = notes
        .into_iter()
        .filter(|(id, _)| viewer.pack.steps.get(step).unwrap().notes.iter().any(|note| note.id == *id))
        .collect();
    let number = "某函〔2018〕7号";
    let filter = CaseFilter::within(Scope::All, 500);
    let all = site.told.app.reads.cases(&filter).unwrap().rows;
    let mut orders = all.iter().filter_map(|row| {
        let made = site.begins(&viewer, procedure, Some(row.case), (step, &notes, number, None));
        made.ok().map(|case| (row, case))
    });
    let (parent, case) = orders.next().expect("a project that an order may be about");
    let unit = site.told.app.reads.org(parent.applicant).unwrap().unwrap().name;
    let cookie = site.cookie(site.login(office)).await;
    let address = format!("/cases/{case}/steps/0/letter.pdf");
    let page = site.get(&cookie, &format!("/cases/{case}?tab=timeline")).await;
    assert!(String::from_utf8(page.bytes).unwrap().contains(&address));

    let before = site.get(&cookie, &address).await;
    let issuer = site.told.app.reads.org(viewer.org).unwrap().unwrap().name;
    if let Some(text) = site.reads(&cookie, &address).await {
        let close = |text: &str| text.split_whitespace().collect::<String>();
        holds(&text, &[&close(&parent.title), &close(&parent.number), &close(&unit), &close(&issuer)]);
        holds(&text, &["北侧挡墙有两处裂缝", "2018年12月20日", "特此通知", number, "抄送："]);
    }
    site.renames(parent.applicant, "改了名称的单位");
    site.renames(viewer.org, "改了名称的机关");
    assert_eq!(site.get(&cookie, &address).await.bytes, before.bytes, "a new name changes no letter");

    // The day that the order fixes is the deadline of whoever mends.
    let row = site.told.app.case_page(&viewer, case).unwrap();
    let mend = row.next.iter().find(|act| act.due.is_some()).expect("a deadline");
    assert_eq!(mend.due.as_ref().unwrap().date, DUE.parse::<Date>().unwrap());

    for none in
        [format!("/cases/{case}/steps/1/letter.pdf"), format!("/cases/{}/steps/0/letter.pdf", parent.case)]
    {
        assert_eq!(site.get(&cookie, &none).await.status, StatusCode::NOT_FOUND, "{none}");
    }
    let mut others = site.told.sign_ins.iter().map(|one| &one.login);
    let stranger = others.find(|login| site.told.app.case_page(&site.told.viewer(login), case).is_err());
    let stranger = site.cookie(stranger.expect("somebody who does not see the case")).await;
    assert_eq!(site.get(&stranger, &address).await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.get("", &address).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn an_order_to_mend_is_a_letter_in_jizhou() {
    an_order_to_mend("jizhou", "jz_agri", ("rectification", "rectify_order"), "what").await;
}

#[tokio::test]
async fn an_order_to_mend_is_a_letter_in_xinjiang() {
    an_order_to_mend("xinjiang", "xj_department", ("rectification", "rectify_order"), "what").await;
}

#[tokio::test]
async fn an_order_to_mend_is_a_letter_in_hunan() {
    an_order_to_mend("hunan", "hn_office", ("rectification", "order"), "reason").await;
}

#[tokio::test]
async fn an_urging_order_is_printed_once_it_is_approved_with_blanks_for_the_receipt() {
    let site = Site::of("hunan");
    let office: Vec<&str> = site
        .told
        .sign_ins
        .iter()
        .filter(|one| one.role == "hn_office")
        .map(|one| one.login.as_str())
        .collect();
    let [writes, approves] = [office[0], office[1]].map(|login| site.told.viewer(login));
    let notes = [
        ("matter", "第三季度项目进度表"),
        ("wanted", "补报并说明原因"),
        ("to", "马颈坳镇人民政府"),
        ("due", DUE),
    ];
    let case = site.begins(&writes, "urging", None, ("urge_order", &notes, "", None)).unwrap();
    let cookie = site.cookie(office[0]).await;
    let early = site.get(&cookie, &format!("/cases/{case}/steps/0/letter.pdf")).await;
    assert_eq!(early.status, StatusCode::NOT_FOUND, "what is not approved is not sent");

    site.does(&approves, case, ("urge_approve", &[], "", Some("approve")));
    let address = format!("/cases/{case}/steps/1/letter.pdf");
    if let Some(text) = site.reads(&cookie, &address).await {
        holds(
            &text,
            &["催办通知书", "马颈坳镇人民政府：", "第三季度项目进度表", "补报并说明原因", "2018年12月20日"],
        );
        holds(&text, &["签收人：＿＿＿", "签收日期：＿＿＿", "〔＿＿＿〕"]);
        assert!(!text.contains("抄送"), "{text}");
    }
}

#[tokio::test]
async fn the_visit_is_announced_to_the_enterprise_in_tianjin() {
    let site = Site::of("tianjin");
    let district = site.told.viewer(site.login("district"));
    let case = site.told.app.reads.cases(&CaseFilter::within(Scope::All, 500)).unwrap().rows;
    let found = case.iter().find_map(|row| {
        let state = site.told.app.case(&district, row.case).ok()?;
        let at = state.trail.iter().position(|done| done.step == "site_notice" && !done.void)?;
        Some((state, at))
    });
    let (state, at) = found.expect("a case whose visit was announced");
    let cookie = site.cookie(site.login("district")).await;
    if let Some(text) = site.reads(&cookie, &format!("/cases/{}/steps/{at}/letter.pdf", state.id)).await {
        let company = &state.current().unwrap().form.fields["company_name"];
        holds(&text, &["现场核查的通知", &format!("{company}："), &state.number, "特此通知"]);
        let done = &state.trail[at];
        let visit: Date = done.notes["visit_on"].parse().unwrap();
        holds(
            &text,
            &[&kernel::date::zh(done.on), &format!("到现场的时间：{}", kernel::date::zh(visit)), "抄送："],
        );
    }
}

#[tokio::test]
async fn the_result_is_a_letter_to_each_district_and_to_finance_in_tianjin() {
    let site = Site::of("tianjin");
    let office = site.told.viewer(site.login("ndrc"));
    let list = site.told.app.plan_list(&office).unwrap();
    let plans = list.plans.iter().map(|row| site.told.app.plan_page(&office, row.plan).unwrap());
    let view = plans.into_iter().find(|view| !view.plan.letters.is_empty()).expect("letters went out");
    let (plan, letters) = (&view.plan, &view.plan.letters);
    let cookie = site.cookie(site.login("ndrc")).await;
    let page = site.get(&cookie, &format!("/plans/{}", plan.id)).await;
    let html = String::from_utf8(page.bytes).unwrap();
    let (mut rows, mut to_finance) = (0, 0);
    for (at, (_, letter)) in letters.iter().enumerate() {
        let address = format!("/plans/{}/letters/{at}/letter.pdf", plan.id);
        assert!(html.contains(&address));
        let Some(text) = site.reads(&cookie, &address).await else { return };
        holds(&text, &["审定结果的通知", &format!("{}：", letter.to), &letter.number, &plan.determined[0].1]);
        let named = plan.items.keys().filter(|case| text.contains(&view.numbers[*case])).count();
        if view.pack.roles.iter().any(|role| role.name.zh == letter.to) {
            assert_eq!(named, plan.items.len(), "a copy shows all");
            to_finance += 1;
        } else {
            rows += named;
        }
    }
    assert_eq!(rows, plan.items.len(), "each case stands in the letter of its own district");
    assert!(to_finance >= 1);
    let beyond = format!("/plans/{}/letters/{}/letter.pdf", plan.id, letters.len());
    assert_eq!(site.get(&cookie, &beyond).await.status, StatusCode::NOT_FOUND);
    let district = site.cookie(site.login("district")).await;
    let first = format!("/plans/{}/letters/0/letter.pdf", plan.id);
    assert_ne!(site.get(&district, &first).await.status, StatusCode::OK, "plans are of those who see all");
}

#[tokio::test]
async fn what_was_found_on_a_check_date_is_recorded_on_the_case_that_was_granted() {
    let site = Site::of("tianjin");
    let rows = site.told.app.reads.cases(&CaseFilter::within(Scope::All, 500)).unwrap().rows;
    let office = site.told.viewer(site.login("ndrc"));
    let notes = [("checked_on", "2020-12-25"), ("found", "车间开工，用工58人，其中贫困人口21人")];
    let wrote: Wrote<'_> = ("operation_check", &notes, "", Some("operating"));
    let mut granted = 0;
    for row in &rows {
        let paid = matches!(row.standing.as_str(), "granted" | "paid");
        let made = site.begins(&office, "operation", Some(row.case), wrote);
        assert_eq!(made.is_ok(), paid, "{} {}: {made:?}", row.number, row.standing);
        let Ok(check) = made else { continue };
        granted += 1;
        let found = site.told.app.case_page(&office, check).unwrap();
        assert_eq!((found.case.parent, found.case.applicant), (Some(row.case), row.applicant));
        assert!(found.next.is_empty(), "it is complete");
        let around = site.told.app.case_around(&office, row.case).unwrap();
        assert!(around.children.iter().any(|child| child.case == check), "it hangs on the case");
    }
    assert!(granted > 0);
}
