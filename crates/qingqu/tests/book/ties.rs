//! Bills tied to households in Tongzhou: asked for on the form, refused with the article, shown with the claim, summed by kind.

use app::command::money::{ClaimLine, ClaimText, MoneyCommand, Purpose, Tie};
use app::rows::{ClaimFilter, ProjectRow, Scope};
use app::view::money::ClaimForm;
use app::{Command, Failure, Request};
use kernel::Money;
use kernel::id::{ClaimId, ProjectId};

use crate::regimes::{Told, tell};
use crate::volumes::Site;

fn projects(told: &Told) -> Vec<ProjectRow> {
    let query = app::view::money::ProjectQuery::default();
    told.app
        .project_list(&told.viewer("office"), &query)
        .unwrap()
        .lines
        .into_iter()
        .map(|line| line.row)
        .collect()
}

fn project(told: &Told, name: &str) -> ProjectId {
    projects(told).into_iter().find(|row| row.name.contains(name)).unwrap().project
}

fn claims(told: &Told, of: ProjectId) -> Vec<ClaimId> {
    let filter = ClaimFilter {
        scope: Scope::All,
        pack: "tongzhou".into(),
        fund: None,
        project: Some(of),
        standing: None,
        text: None,
        after: None,
        limit: 99,
    };
    told.app.reads.claims(&filter).unwrap().rows.into_iter().map(|row| row.claim).collect()
}

fn form(told: &Told, login: &str, of: ProjectId) -> ClaimForm {
    told.app.claim_form(&told.viewer(login), of).unwrap()
}

/// A transfer order of 1.00 to the unit, tied so; what filing it answers.
fn filed(
    told: &Told,
    login: &str,
    (of, line): (ProjectId, &str),
    tie: Option<(&str, i64)>,
) -> Result<ClaimId, String> {
    let viewer = told.viewer(login);
    let voucher = viewer.pack.vouchers.iter().find(|one| one.kind.id() == "transfer").unwrap();
    let paper =
        told.app.keep_file(&viewer, "voucher", ("拨付单.pdf", b"%PDF-1.4\n%%EOF\n")).unwrap().unwrap();
    let bill = ClaimLine {
        no: 1,
        budget_line: line.into(),
        voucher: voucher.id.clone(),
        code: String::new(),
        number: "拨9".into(),
        dated: told.app.today(),
        payee: "unit".into(),
        amount: Money::from_fen(100),
        papers: vec![paper],
        list: None,
        tie: tie.map(|(kind, households)| Tie { kind: kind.into(), households }),
    };
    let text = ClaimText { purpose: Purpose::Progress, lines: vec![bill] };
    let command = Command::Money(Box::new(MoneyCommand::FileClaim { project: of, text }));
    match told.app.submit(Request { who: viewer.who(), key: String::new(), command }) {
        Ok(answer) => Ok(ClaimId(answer.id.unwrap())),
        Err(Failure::Refused(refusal)) => Err(format!("{} {}", refusal.reason.name(), refusal.cite)),
        Err(Failure::Fault(fault)) => panic!("{fault}"),
    }
}

#[test]
fn a_bill_names_a_link_of_the_project_or_is_refused_under_article_six() {
    let told = tell("tongzhou");
    let park = project(&told, "设施蔬菜");
    let ties = form(&told, "unit-ongniud", park).ties.expect("the pack asks for it");
    assert_eq!(ties.cite, "第六条");
    let [kind] = ties.kinds.as_slice() else { panic!("{ties:?}") };
    let at = (park, "park");
    let file = |tie| filed(&told, "unit-ongniud", at, tie);
    assert_eq!(file(None).unwrap_err(), "TieMissing 第六条");
    assert_eq!(file(Some(("none", 1))).unwrap_err(), "TieUnknown 第六条");
    assert_eq!(file(Some((&kind.id, kind.households + 1))).unwrap_err(), "TieBeyond 第六条");
    assert_eq!(file(Some((&kind.id, 0))).unwrap_err(), "TieBeyond 第六条");
    let before = told.app.project_page(&told.viewer("office"), park).unwrap().ties.unwrap();
    let claim = file(Some((&kind.id, kind.households))).unwrap();
    file(Some(("", 0))).unwrap();
    let page = told.app.claim_page(&told.viewer("office"), claim).unwrap();
    let said = page.bills[0].tie.clone().unwrap();
    assert_eq!((said.kind.as_ref(), said.households), (Some(&kind.name), kind.households));
    let after = told.app.project_page(&told.viewer("office"), park).unwrap().ties.unwrap();
    let of = |sums: &[app::view::money::TieSum], kind: Option<&policy::pack::Words>| {
        sums.iter().find(|sum| sum.kind.as_ref() == kind).map_or((0, 0), |sum| (sum.bills, sum.amount.fen()))
    };
    let (was, is) = (of(&before, Some(&kind.name)), of(&after, Some(&kind.name)));
    assert_eq!(is, (was.0 + 1, was.1 + 100), "the bill adds to its kind");
    assert_eq!(of(&after, None), (1, 100), "and the other to the project as a whole");
}

#[test]
fn the_cost_of_an_audit_is_tied_to_nobody() {
    let told = tell("tongzhou");
    let audit = project(&told, "评估和审计");
    assert_eq!(form(&told, "unit-commerce", audit).ties, None);
    assert_eq!(told.app.project_page(&told.viewer("office"), audit).unwrap().ties, None);
    let claims = claims(&told, audit);
    let page = told.app.claim_page(&told.viewer("office"), claims[0]).unwrap();
    assert!(page.bills.iter().all(|bill| bill.tie.is_none()), "{page:?}");
}

#[tokio::test]
async fn the_form_the_claim_the_sheet_and_the_project_show_it() {
    let site = Site::of("tongzhou");
    let sales = project(&site.told, "销售渠道");
    let kinds = form(&site.told, "unit-commerce", sales).ties.unwrap().kinds;
    let claim = claims(&site.told, sales).into_iter().find(|claim| {
        let page = site.told.app.claim_page(&site.told.viewer("office"), *claim).unwrap();
        page.bills.iter().all(|bill| bill.tie.as_ref().is_some_and(|tie| tie.kind.is_some()))
    });
    let (claim, name) = (claim.unwrap(), kinds[0].name.zh.clone());
    let said = format!("{name} {}户", kinds[0].households);
    let text = async |login: &str, path: String| {
        let cookie = site.cookie(login).await;
        let got = site.get(&cookie, &path).await;
        assert_eq!(got.status.as_u16(), 200, "{path}");
        String::from_utf8(got.bytes).unwrap()
    };
    let page = text("unit-commerce", format!("/claims/new?project={sales}")).await;
    let chosen = format!("value=\"{}\" selected", kinds[0].id);
    assert!(page.contains("第六条") && page.contains("按项目的挂钩") && page.contains(&chosen), "{page}");
    let page = text("office", format!("/claims/{claim}")).await;
    assert!(page.contains(&said), "{page}");
    let page = text("office", format!("/claims/{claim}/print")).await;
    assert!(page.contains(&format!("挂钩：{name}{}户", kinds[0].households)), "{page}");
    let page = text("office", format!("/projects/{sales}")).await;
    assert!(page.contains("支出与贫困户挂钩") && page.contains(&name), "{page}");
    let page = text("office", format!("/projects/{sales}?tab=ledger")).await;
    assert!(page.contains("支出与贫困户挂钩"), "{page}");
}
