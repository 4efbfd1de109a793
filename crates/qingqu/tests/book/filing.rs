//! Filing on a real embedded book: drafts with their versions, sealed cells, papers and who may read them, a form sent twice.

use crate::house::House;
use app::accounts::NewEnterprise;
use app::password::COST_SETTING;
use app::rows::RoleRow;
use app::signin::Secret;
use app::view::Viewer;
use app::view::filing::{FilingDraft, PaperFault, Saved};
use app::view::pack::{FormData, PartKind};
use app::{Failure, Request};
use kernel::credit::CreditCode;
use kernel::id::PaperHash;

const PASSWORD: &str = "一渠清水如许-2019";
const PDF: &[u8] = b"%PDF-1.7 licence";

/// An enterprise of a district with its clerk, seated.
fn enterprise(house: &House, name: &str, login: &str, code: &str, region: &str) -> Viewer {
    house.app.house.put_setting(COST_SETTING, "quick").unwrap();
    let new = NewEnterprise {
        name: name.into(),
        region: region.parse().unwrap(),
        credit_code: CreditCode::with_check_character(code).unwrap(),
        person: "王晓梅".into(),
        login: login.into(),
        password: Secret(PASSWORD),
        key: login,
        token: login,
    };
    house.app.register_enterprise(new).unwrap();
    let person = house.app.reads.person_by_login(login).unwrap().unwrap();
    let RoleRow { org, role } = person.roles[0].clone();
    house.app.viewer(person.person, org, &role).unwrap().unwrap()
}

fn two() -> (House, Viewer, Viewer) {
    let house = House::new();
    house.app.first_start().unwrap();
    let one = enterprise(&house, "天津海河食品有限公司", "haihe", "91120104MA6Q01001", "120104");
    let other = enterprise(&house, "天津塘沽渔业有限公司", "tangu", "91120116MA6Q01002", "120116");
    (house, one, other)
}

/// The first procedure that this role files and that builds on no other.
fn procedure(viewer: &Viewer) -> String {
    let first = viewer.pack.procedures.iter().find(|p| p.form.is_some() && p.parent.is_none());
    first.unwrap().id.clone()
}

fn begun(house: &House, viewer: &Viewer, seed: &str) -> FilingDraft {
    let key = house.app.begin_draft(viewer, &procedure(viewer), None, seed).unwrap();
    house.app.filing_draft(viewer, &key).unwrap()
}

/// Types something readable into every required field that is still empty.
fn fill(viewer: &Viewer, draft: &mut FilingDraft) {
    use app::view::pack::FieldType;
    let form = draft_form(viewer, draft);
    for part in form.parts.iter().filter(|part| part.by.is_none()) {
        let PartKind::Fields(fields) = &part.kind else { continue };
        let empty: Vec<_> = fields.iter().filter(|f| draft.data.get("", None, &f.id).is_empty()).collect();
        for field in empty {
            let text = match field.ty {
                FieldType::Money(_) => "500",
                FieldType::Ratio => "51%",
                FieldType::Count(_) => "68",
                FieldType::Date => "2020-06-01",
                FieldType::Region => "620123",
                FieldType::Phone => "022-23415678",
                FieldType::CreditCode => continue,
                _ => "榆中县百合加工项目",
            };
            draft.data.set("", None, &field.id, text);
        }
    }
}

fn draft_form<'v>(viewer: &'v Viewer, draft: &FilingDraft) -> &'v app::view::pack::Form {
    let procedure = viewer.pack.procedures.get(&draft.procedure).unwrap();
    viewer.pack.forms.get(procedure.form.as_deref().unwrap()).unwrap()
}

#[test]
fn a_draft_begins_filled_in_and_once_for_one_form_sent_twice() {
    let (house, one, other) = two();
    let draft = begun(&house, &one, "a");
    let texts: Vec<&String> = draft.data.fields.values().collect();
    for known in ["天津海河食品有限公司", "2019-10-09"] {
        assert!(texts.iter().any(|text| *text == known), "{known}: {texts:?}");
    }
    assert_eq!(begun(&house, &one, "a").key, draft.key);
    assert_ne!(begun(&house, &one, "b").key, draft.key);
    assert_ne!(begun(&house, &other, "a").key, draft.key);
    assert!(house.app.filing_draft(&other, &draft.key).is_err(), "a draft belongs to its organisation");
    assert_eq!(house.app.drafts(&one).unwrap().len(), 2);
}

#[test]
fn a_write_on_an_old_version_is_refused_and_answers_what_stands_there() {
    let (house, one, _) = two();
    let draft = begun(&house, &one, "a");
    let written = |text: &str| {
        let mut mine = draft.clone();
        mine.data.set("", None, "note", text);
        mine
    };
    assert_eq!(house.app.save_draft(&one, &written("先")).unwrap(), Saved::Done(draft.version + 1));
    match house.app.save_draft(&one, &written("后")).unwrap() {
        Saved::Stale(now) => {
            assert_eq!(now.version, draft.version + 1);
            assert_eq!(now.data.get("", None, "note"), "先");
        }
        Saved::Done(version) => panic!("written as version {version}"),
    }
}

#[test]
fn sensitive_cells_are_sealed_when_kept_and_stay_when_nothing_is_typed() {
    let (house, one, _) = two();
    let pack = house.app.pack().unwrap();
    let (form, part, field) = pack
        .forms
        .iter()
        .flat_map(|form| form.parts.iter().map(move |part| (form, part)))
        .find_map(|(form, part)| match &part.kind {
            PartKind::Fields(fields) => {
                fields.iter().find(|field| field.sensitive).map(|field| (form, part, field))
            }
            _ => None,
        })
        .unwrap();
    let number = kernel::resident::ResidentId::with_check_character("12010419850703251").unwrap();
    let mut typed = FormData::default();
    typed.set(&part.id, None, &field.id, number.expose());
    let sealed = house.app.seal_form(form, &typed, &FormData::default()).unwrap();
    let kept = app::view::filing::take_part(part, &sealed, &FormData::default(), &Default::default());
    assert_eq!(kept.get("", None, &field.id), sealed.get("", None, &field.id));
    let cleared = [field.id.clone()].into();
    let gone = app::view::filing::take_part(part, &sealed, &FormData::default(), &cleared);
    assert_eq!(gone.get("", None, &field.id), "");
    assert!(!crate::house::holds(&house.bytes(), number.expose()), "the number lies nowhere in clear");
    drop(one);
}

#[test]
fn a_paper_is_read_by_its_owner_and_by_the_desk_that_holds_the_case_only() {
    let (house, one, other) = two();
    let mut draft = begun(&house, &one, "a");
    let step = one
        .pack
        .steps
        .iter()
        .find(|step| step.procedure == draft.procedure && !step.papers.is_empty())
        .unwrap();
    for paper in &step.papers {
        house.app.add_paper(&one, &mut draft, paper, ("执照.pdf", PDF)).unwrap().unwrap();
    }
    let paper = step.papers[0].clone();
    let again = house.app.add_paper(&one, &mut draft, &paper, ("b.pdf", PDF)).unwrap();
    assert_eq!(again, Err(PaperFault::Twice));
    let foreign = house.app.add_paper(&one, &mut draft, "nonsense", ("b.pdf", b"%PDF-2")).unwrap();
    assert_eq!(foreign, Err(PaperFault::NoSuchPaper));
    let hash: PaperHash = draft.papers[0].hash;
    assert!(house.app.paper_bytes(&one, &hash, None).is_err(), "not in a kept draft yet");
    fill(&one, &mut draft);
    house.app.save_draft(&one, &draft).unwrap();
    assert_eq!(house.app.paper_bytes(&one, &hash, None).unwrap().bytes, PDF);
    assert!(house.app.paper_bytes(&other, &hash, None).is_err());

    // Filed: the desk of the district reads it, the desk of another does not, nor does the other enterprise.
    let kept = house.app.filing_draft(&one, &draft.key).unwrap();
    let page = house.app.draft_page(&one, &draft.key).unwrap();
    assert!(page.is_complete(), "{:?}", page.check.findings);
    let command = house.app.declaration(&one, &kept).unwrap();
    let answer = house.app.submit(Request { who: one.who(), key: "once".into(), command }).unwrap();
    let case = kernel::id::CaseId(answer.id.unwrap());
    house.app.mark_filed(&one, &kept, case).unwrap();
    assert_eq!(house.app.filed_as(&one, &draft.key).unwrap(), Some(case));
    assert!(house.app.drafts(&one).unwrap().is_empty());
    assert!(house.app.filing_draft(&one, &draft.key).is_err());
    assert_eq!(house.app.paper_bytes(&one, &hash, Some(case)).unwrap().name, "执照.pdf");
    assert_eq!(house.app.paper_bytes(&one, &hash, None).unwrap().bytes, PDF);
    for (viewer, from) in [(&other, Some(case)), (&other, None)] {
        assert!(matches!(house.app.paper_bytes(viewer, &hash, from), Err(Failure::Refused(_))));
    }
    let filed = house.app.filed_form(&one, case, None).unwrap();
    assert_eq!((filed.version, filed.papers.len(), filed.compared), (1, step.papers.len(), None));
    assert!(house.app.filed_form(&one, case, Some(2)).is_err());
    assert!(house.app.filed_form(&other, case, None).is_err());
    let done = house.app.filing_done(&one, case).unwrap();
    assert_eq!(done.number, answer.number);
    assert!(done.next.iter().any(|next| next.due.is_some()), "{done:?}");
}
