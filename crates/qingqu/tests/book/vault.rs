//! The vault: what is sealed opens again, can be erased, and stands nowhere in clear, neither in an act nor in a draft.

use std::collections::BTreeSet;

use crate::house::House;
use app::accounts::NewEnterprise;
use app::rows::Draft;
use app::signin::Secret;
use app::vault::{Kind, SealedRef, UNREADABLE, shown};
use app::view::pack::{FieldType, Form, FormContext, FormData, PartKind};
use app::view::people::desk_regions;
use app::view::state::Reason;
use app::{Command, Failure, Who};
use kernel::credit::CreditCode;
use kernel::id::OrgId;
use kernel::resident::ResidentId;

fn identity(n: usize) -> String {
    ResidentId::with_check_character(&format!("12010419850703{n:03}")).unwrap().expose().to_owned()
}

/// Numbers of invented people and accounts, never the same twice.
struct Numbers(usize);

impl Numbers {
    fn of(&mut self, ty: &FieldType) -> String {
        self.0 += 1;
        match ty {
            FieldType::ResidentId => identity(self.0),
            FieldType::BankAccount => format!("62170000201900{:05}", self.0),
            _ => format!("1380013{:04}", self.0),
        }
    }
}

/// A form in which every sensitive field and column holds a number; answers the numbers.
fn filled(form: &Form) -> (FormData, Vec<String>) {
    let (mut data, mut numbers, mut all) = (form.blank(), Numbers(100), Vec::new());
    for part in &form.parts {
        match &part.kind {
            PartKind::Fields(fields) => {
                for field in fields.iter().filter(|field| field.sensitive) {
                    all.push(numbers.of(&field.ty));
                    data.set(&part.id, None, &field.id, all[all.len() - 1].clone());
                }
            }
            PartKind::Table(table) => {
                for (row, column) in
                    table.columns.iter().filter(|c| c.field.sensitive).flat_map(|c| [(1, c), (2, c)])
                {
                    all.push(numbers.of(&column.field.ty));
                    data.set(&part.id, Some(row), &column.field.id, all[all.len() - 1].clone());
                }
            }
            PartKind::Months(_) => {}
        }
    }
    (data, all)
}

fn texts(data: &FormData) -> BTreeSet<String> {
    data.fields.values().chain(data.tables.values().flatten().flat_map(|row| row.values())).cloned().collect()
}

#[test]
fn what_is_sealed_opens_again_and_can_be_erased() {
    let house = House::new();
    let app = &house.app;
    for (kind, text, masked) in [
        (Kind::ResidentId, identity(1), ResidentId::parse(&identity(1)).unwrap().masked()),
        (Kind::BankAccount, "6217 0000 2019 0001".to_owned(), "****0001".to_owned()),
        (Kind::Phone, "13800138000".to_owned(), "138****8000".to_owned()),
        (Kind::Other, "河北区:三号".to_owned(), "河****".to_owned()),
    ] {
        let sealed = app.seal(kind, &text).unwrap();
        assert_eq!((sealed.masked.as_str(), sealed.readable), (masked.as_str(), true));
        assert_eq!(app.open(&sealed).unwrap().as_deref(), Some(text.as_str()));
        assert_eq!(SealedRef::parse(&sealed.to_string()), Some(sealed.clone()));
        assert_eq!(shown(&sealed.to_string()), masked);
        assert_eq!(app.commitment(kind, &text), Some(sealed.commitment.clone()), "it can be searched");
        app.erase(&sealed).unwrap();
        assert_eq!(app.open(&sealed).unwrap(), None);
        assert_eq!(app.commitment(kind, &text), Some(sealed.commitment), "the commitment stays");
    }
}

#[test]
fn one_value_has_one_commitment_and_another_kind_another() {
    let house = House::new();
    let commit = |kind, text: &str| house.app.commitment(kind, text);
    let old = ResidentId::parse("120104850703251").unwrap();
    assert_eq!(commit(Kind::ResidentId, old.expose()), commit(Kind::ResidentId, old.modern().expose()));
    assert_eq!(commit(Kind::BankAccount, "6217-0000 2019"), commit(Kind::BankAccount, "621700002019"));
    assert_ne!(commit(Kind::BankAccount, "621700002019"), commit(Kind::Other, "621700002019"));
    assert_eq!(commit(Kind::ResidentId, "120104198507030000"), None);
    assert_eq!(commit(Kind::BankAccount, "1234567"), None);
}

#[test]
fn every_sensitive_field_of_every_form_is_sealed_and_comes_back_for_its_author() {
    let house = House::new();
    let pack = house.app.pack().unwrap();
    let mut found = 0;
    for form in &pack.forms {
        let (data, numbers) = filled(form);
        found += numbers.len();
        let sealed = house.app.seal_form(form, &data, &FormData::default()).unwrap();
        let kept = texts(&sealed);
        assert!(numbers.iter().all(|number| !kept.iter().any(|text| text.contains(number))), "{}", form.id);
        assert_eq!(
            house.app.seal_form(form, &sealed, &sealed).unwrap(),
            sealed,
            "sealing again changes nothing"
        );
        assert_eq!(house.app.open_form(form, &sealed).unwrap(), data, "{}", form.id);
    }
    assert!(found > 0, "the pack asks for identity numbers and accounts");
}

#[test]
fn a_mistyped_number_is_sealed_too_but_cannot_be_declared() {
    let house = House::new();
    let pack = house.app.pack().unwrap();
    let none = std::collections::BTreeMap::new();
    let context = FormContext { apply_on: house.app.today(), adjust: &none };
    let mut seen = 0;
    for form in &pack.forms {
        let of_person = |ty: &FieldType| matches!(ty, FieldType::ResidentId | FieldType::BankAccount);
        for field in form.fields().filter(|field| of_person(&field.ty)) {
            let mut data = form.blank();
            data.fields.insert(field.id.clone(), "12010419850703000".into());
            let wrong = field.ty == FieldType::ResidentId;
            let sealed = house.app.seal_form(form, &data, &FormData::default()).unwrap();
            assert_eq!(sealed.fields[&field.id].starts_with(UNREADABLE), wrong, "{}", field.id);
            let finding = |data: &FormData| {
                let check = form.check(&pack, data, &context);
                check.findings.iter().any(|f| f.field.as_deref() == Some(&field.id))
            };
            assert_eq!((finding(&sealed), finding(&data)), (wrong, wrong), "{}", field.id);
            seen += 1;
        }
    }
    assert!(seen > 0);
}

#[test]
fn a_stranger_s_reference_is_a_text_and_no_key() {
    let house = House::new();
    let pack = house.app.pack().unwrap();
    let (form, field) = pack
        .forms
        .iter()
        .find_map(|form| Some((form, form.fields().find(|f| f.ty == FieldType::ResidentId)?)))
        .unwrap();
    let theirs = house.app.seal(Kind::ResidentId, &identity(1)).unwrap().to_string();
    let mut data = FormData::default();
    data.fields.insert(field.id.clone(), theirs.clone());
    let mine = house.app.seal_form(form, &data, &FormData::default()).unwrap();
    assert_ne!(mine.fields[&field.id], theirs);
    assert_eq!(
        house.app.open_form(form, &mine).unwrap().fields[&field.id],
        theirs,
        "only what was typed comes back"
    );
    assert_eq!(house.app.seal_form(form, &data, &data).unwrap().fields[&field.id], theirs, "one's own stays");
}

#[test]
fn no_number_stands_in_clear_in_the_book_s_folder() {
    let house = House::new();
    let app = &house.app;
    app.first_start().unwrap();
    let pack = app.pack().unwrap();
    let region = desk_regions(&pack)[0].region;
    let seated = app
        .register_enterprise(NewEnterprise {
            name: "天津海河示例有限公司".into(),
            credit_code: CreditCode::with_check_character(&format!("91{region}MA0700001")).unwrap(),
            region,
            person: "周海燕".into(),
            login: "haihe".into(),
            password: Secret("一渠清水如许-2019"),
            key: "",
            token: "t",
        })
        .unwrap()
        .unwrap();
    let mut numbers = Vec::new();
    for form in &pack.forms {
        let (data, typed) = filled(form);
        numbers.extend(typed);
        let sealed = app.seal_form(form, &data, &FormData::default()).unwrap();
        let body = format!("{:?}", texts(&sealed));
        let draft = Draft { owner: seated.viewer.org, key: form.id.clone(), version: 1, body, updated: 0 };
        assert!(app.house.put_draft(&draft, 0).unwrap());
    }
    let bytes = house.bytes();
    for number in &numbers {
        assert!(!crate::house::holds(&bytes, number), "{} characters stand in clear", number.len());
    }
    assert!(crate::house::holds(&bytes, "sealed:"), "the search finds what is there");
}

#[test]
fn a_look_needs_a_case_in_sight() {
    let house = House::new();
    let command =
        Command::Unmask { case: kernel::id::CaseId(1), field: "legal_id".into(), why: "核对".into() };
    let nobody = Who::Person { person: kernel::id::PersonId(1), org: OrgId(1), role: "x".into() };
    for who in [Who::Public, nobody] {
        let refused = house.submit(&who, command.clone()).unwrap_err();
        assert!(matches!(refused, Failure::Refused(r) if matches!(r.reason, Reason::NotAllowed { .. })));
    }
}
