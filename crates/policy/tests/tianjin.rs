//! The Tianjin regime as a pack: it loads, every article is covered, and it holds what the regulation says.

use std::collections::BTreeSet;

use policy::coverage::Coverage;
use policy::pack::{
    ArticleId, CountBy, ElementKind, EventDate, FactSource, FieldType, Language, Pack, ParamValue, PartKind,
    Prefill, Required, RuleKind, Source, Spend,
};
use policy::procedure::{Act, OutcomeKind, Subject};

fn pack() -> Pack {
    let text = include_str!("../../../policies/tianjin/2019.md");
    match Pack::load(Source { name: "tianjin/2019.md".into(), text: text.into() }) {
        Ok(pack) => pack,
        Err(found) => panic!("{found}"),
    }
}

#[test]
fn it_is_in_force_from_issue_to_the_end_of_the_fund() {
    let pack = pack();
    assert_eq!((pack.id.as_str(), pack.edition.as_str()), ("tianjin", "2019"));
    assert_eq!(pack.in_force.from.to_string(), "2019-10-09");
    assert_eq!(pack.in_force.until.expect("an end").to_string(), "2020-12-31");
    assert_eq!(pack.dated_by, "apply");
    assert_eq!(pack.hash.len(), 64);
}

#[test]
fn all_nineteen_articles_and_three_annexes_are_covered() {
    let pack = pack();
    let coverage: Coverage<'_> = pack.coverage();
    let ids: Vec<&ArticleId> = coverage.articles.iter().map(|c| &c.article.id).collect();
    let wanted: Vec<ArticleId> =
        (1..=19).map(ArticleId::Article).chain((1..=3).map(ArticleId::Annex)).collect();
    assert_eq!(ids, wanted.iter().collect::<Vec<_>>());
    assert!(coverage.open().is_empty(), "{:?}\n{}", coverage.open(), coverage.text(Language::Zh));
    for article in &coverage.articles {
        assert_ne!(article.computes(), article.article.declares.is_some(), "{}", article.article.id);
        assert!(!article.article.summary.is_empty(), "{} has no words", article.article.id);
    }
}

#[test]
fn facts_parameters_and_rules_are_those_agreed() {
    let pack = pack();
    let facts: BTreeSet<&str> = pack.facts.ids().collect();
    let agreed = [
        "county",
        "investor_in_tj",
        "investor_lawful",
        "company_lawful",
        "share",
        "new_company",
        "paid_in",
        "mode",
        "new_invest",
        "invest_3y",
        "staff",
        "poor_staff",
        "lifted",
        "grants_company",
        "grants_county",
        "tj_subsidy",
        "changdu_fund",
        "hotan_fund",
        "in_catalogue",
        "first_year",
    ];
    assert_eq!(facts, agreed.into_iter().collect());
    let rules: Vec<&str> = pack.rules.ids().collect();
    let agreed = [
        "area",
        "investor",
        "holding",
        "paid_in",
        "new_invest",
        "poor",
        "once",
        "twice",
        "no_double",
        "lawful",
        "catalogue",
    ];
    assert_eq!(rules, agreed);
    assert_eq!(pack.rules.get("catalogue").expect("catalogue").kind, RuleKind::Prefer);
    let ParamValue::Regions(areas) = &pack.params.get("areas").expect("areas").versions[0].value else {
        panic!("areas is a list of places")
    };
    assert_eq!(areas.len(), 50);
    assert_eq!(areas.iter().collect::<BTreeSet<_>>().len(), 50, "each county once");
    let rate = pack.params.get("year_rate").expect("year_rate");
    assert_eq!(
        (rate.versions.len(), rate.limit.as_deref(), rate.set_by.as_deref()),
        (2, Some("max_rate"), Some("ndrc"))
    );
}

#[test]
fn citations_are_structural() {
    let pack = pack();
    let cite = |id| pack.rules.get(id).expect("a rule").cite.clone();
    assert_eq!(cite("holding").to_string(), "第七条（一）");
    assert_eq!(cite("holding").en(), "Article 7 (1)");
    assert_eq!(cite("area").key(), "5");
    assert_eq!(pack.steps.get("inspect").expect("inspect").cite.to_string(), "第十三条（二）");
}

#[test]
fn earlier_grants_are_counted_by_enterprise_and_by_investor_and_place() {
    let pack = pack();
    let by = |id| pack.facts.get(id).and_then(|fact| fact.count.clone()).expect("a count").by;
    assert_eq!(by("grants_company"), [CountBy::Company]);
    assert_eq!(by("grants_county"), [CountBy::Investor, CountBy::County]);
    for fact in pack.facts.iter().filter(|fact| fact.from == FactSource::Ledger) {
        assert!(fact.count.is_some(), "{}", fact.id);
    }
}

#[test]
fn every_deadline_of_the_regulation_is_there() {
    let pack = pack();
    let within = |id: &str| {
        let within = pack.steps.get(id).and_then(|step| step.within.clone()).expect(id);
        (within.term.to_string(), within.from.step, within.from.date, within.warn_only)
    };
    let cases = [
        ("check", "10个工作日", "prefile", EventDate::Done, false),
        ("inspect", "20个工作日", "site_notice", EventDate::Done, false),
        ("propose", "7个工作日", "inspect", EventDate::Done, false),
        ("inform", "5个工作日", "decide", EventDate::Stamp, false),
        ("remit", "15个工作日", "inform", EventDate::Done, false),
        ("disburse", "15个工作日", "remit", EventDate::Done, true),
    ];
    for (step, term, from, date, warn_only) in cases {
        assert_eq!(within(step), (term.to_owned(), from.to_owned(), date, warn_only), "{step}");
    }
    assert_eq!(pack.notices.get("result").expect("result").term.to_string(), "5个工作日");
    let duty = |id: &str| pack.duties.get(id).and_then(|duty| duty.term).expect(id).to_string();
    assert_eq!((duty("operate").as_str(), duty("evaluation").as_str()), ("3年", "1年"));
    assert_eq!(
        pack.steps.get("monthly_report").and_then(|s| s.every.clone()).expect("every").due.to_string(),
        "5个工作日"
    );
}

#[test]
fn the_application_runs_from_apply_to_payment() {
    let pack = pack();
    let application = pack.procedures.get("application").expect("application");
    assert_eq!(application.parent.as_deref(), Some("predeclaration"));
    let starts: Vec<&str> = pack.start_steps(application).iter().map(|step| step.id.as_str()).collect();
    assert_eq!(starts, ["apply"]);
    let mut way = vec!["apply"];
    let passing = |id: &str| {
        let step = pack.steps.get(id).expect("a step");
        let outcome = step.outcomes.iter().find(|o| o.kind == OutcomeKind::Pass).map(|o| o.id.as_str());
        pack.next_steps(step, outcome).first().map(|entry| entry.step.id.as_str())
    };
    while let Some(next) = passing(way[way.len() - 1]) {
        way.push(next);
    }
    let wanted = [
        "apply",
        "accept",
        "site_notice",
        "inspect",
        "propose",
        "plan",
        "deliberate",
        "publicity",
        "decide",
        "inform",
        "remit",
        "disburse",
    ];
    assert_eq!(way, wanted);
    let on_plan = ["plan", "deliberate", "publicity", "decide", "inform", "remit"];
    for step in pack.steps_of(application) {
        let subject = if on_plan.contains(&step.id.as_str()) { Subject::Plan } else { Subject::Case };
        assert_eq!(step.on, subject, "{}", step.id);
    }
    assert!(pack.steps.get("decide").expect("decide").judge);
    assert_eq!(
        pack.step_with_act(application, Act::Publish).and_then(|s| s.publish.clone()).as_deref(),
        Some("result")
    );
}

#[test]
fn returns_lead_back_and_ask_for_a_reason() {
    let pack = pack();
    let check = pack.steps.get("check").expect("check");
    let targets: Vec<(&str, &str)> = check.return_targets().iter().map(|t| (t.outcome, t.step)).collect();
    assert_eq!(targets, [("return", "prefile")]);
    for step in &pack.steps {
        for outcome in &step.outcomes {
            assert_eq!(outcome.needs_reason, outcome.kind != OutcomeKind::Pass, "{} {}", step.id, outcome.id);
        }
    }
}

#[test]
fn sixteen_districts_have_one_lead_unit_each() {
    let pack = pack();
    let districts: Vec<_> = pack.orgs.iter().filter(|org| org.role == "district").collect();
    assert_eq!(districts.len(), 16);
    let regions: BTreeSet<_> =
        districts.iter().map(|org| org.region.expect("a region").to_string()).collect();
    assert_eq!(regions.len(), 16);
    assert!(regions.iter().all(|code| code.starts_with("120")), "{regions:?}");
}

#[test]
fn the_fund_is_limited_and_pays_fees_too() {
    let pack = pack();
    let fund = pack.funds.get("main").expect("main");
    assert_eq!(
        (fund.ceiling.map(|ceiling| ceiling.to_string()).as_deref(), fund.years.as_slice()),
        (Some("40000000.00"), [2019, 2020].as_slice())
    );
    assert_eq!(fund.spends, [Spend::Grants, Spend::Fees]);
    let fees = pack.steps.get("fees").and_then(|step| step.money.clone()).expect("money");
    assert_eq!((fees.to.as_str(), fees.spend), ("adviser", Spend::Fees));
}

#[test]
fn papers_differ_by_mode_and_age_as_the_article_lists_them() {
    let pack = pack();
    let when =
        |id: &str| pack.papers.get(id).and_then(|paper| paper.when.as_ref()).map(|when| when.text.clone());
    assert_eq!(when("lease").as_deref(), Some("mode == project"));
    assert_eq!(when("power").as_deref(), Some("mode == production"));
    assert_eq!(when("freight").as_deref(), Some("mode == production"));
    assert_eq!(when("inspection").as_deref(), Some("not first_year"));
    assert_eq!(when("accounts").as_deref(), Some("not first_year"));
    assert_eq!(when("bank"), None);
    assert_eq!(
        pack.papers_for_fact("poor_staff").iter().map(|p| p.id.as_str()).collect::<Vec<_>>(),
        ["staff", "payslips"]
    );
}

#[test]
fn the_forms_have_the_printed_tables() {
    let pack = pack();
    let form = pack.forms.get("application").expect("application");
    assert_eq!(form.print, Some(ArticleId::Annex(3)));
    for part in ["summary", "company", "project", "investors", "main_investor", "assets", "labour"] {
        assert!(form.part(part).is_some(), "{part}");
    }
    let PartKind::Months(labour) = &form.part("labour").expect("labour").kind else {
        panic!("labour is by months")
    };
    assert_eq!(labour.rows.len(), 2);
    let PartKind::Table(investors) = &form.part("investors").expect("investors").kind else {
        panic!("a table")
    };
    assert_eq!((investors.rows_min, investors.rows_max), (1, 7));
    let facts: BTreeSet<&str> = form.fields().filter_map(|field| field.fact.as_deref()).collect();
    let derived = form.derives.iter().filter_map(|derive| derive.fact.as_deref());
    let supplied: BTreeSet<&str> = facts.into_iter().chain(derived).collect();
    let tallied = ["new_invest", "invest_3y"];
    for fact in pack.facts.iter().filter(|fact| fact.from == FactSource::Form) {
        assert!(
            supplied.contains(fact.id.as_str()) || tallied.contains(&fact.id.as_str()),
            "nothing supplies {}",
            fact.id
        );
    }
}

#[test]
fn identity_numbers_and_accounts_are_sensitive_everywhere() {
    for form in &pack().forms {
        for field in form.fields() {
            let guarded = matches!(field.ty, FieldType::ResidentId | FieldType::BankAccount);
            assert_eq!(field.sensitive, guarded, "{} {}", form.id, field.id);
        }
    }
}

#[test]
fn prefills_from_the_pre_declaration_name_fields_that_it_has() {
    let pack = pack();
    let parent = pack.forms.get("predeclaration").expect("predeclaration");
    for field in pack.forms.get("application").expect("application").fields() {
        if let Some(Prefill::Parent(id)) = &field.prefill {
            let from = parent.field(id).unwrap_or_else(|| panic!("{}: no field {id}", field.id));
            assert_eq!(from.ty, field.ty, "{}", field.id);
        }
        if let Required::When(condition) = &field.required {
            assert!(
                ["change_on", "operating"].contains(&field.id.as_str()),
                "{} {}",
                field.id,
                condition.text
            );
        }
    }
}

#[test]
fn the_conflict_of_form_and_article_is_recorded() {
    let pack = pack();
    let conflict = pack.interpretations.get("paid_in_conflict").expect("paid_in_conflict");
    assert!(conflict.conflict && conflict.rules == ["paid_in"]);
    assert_eq!(conflict.cite.to_string(), "第七条（二）");
}

#[test]
fn every_element_can_be_shown_beside_its_article() {
    let pack = pack();
    for element in &pack.elements {
        assert!(!pack.text_of(element).trim().is_empty(), "{:?} {}", element.kind, element.id);
        if element.kind == ElementKind::Rule {
            assert!(pack.text_of(element).starts_with("[rules."), "{}", pack.text_of(element));
            assert!(!pack.describe(element, Language::Zh).is_empty());
        }
    }
    let holding = pack.element(ElementKind::Rule, "holding").expect("holding");
    assert_eq!(
        pack.describe(holding, Language::Zh)[0],
        "必须：“投资主体持股比例” ≥ “最低持股比例” 或 “投资主体新设企业”"
    );
    let check = pack.element(ElementKind::Step, "check").expect("check");
    assert_eq!(pack.describe(check, Language::Zh)[1], "时限：自“提交事前申报”完成之日起10个工作日");
}

#[test]
fn it_names_no_person_and_no_telephone() {
    let pack = pack();
    let text = &pack.source.text;
    let digits = |run: &str| run.len() >= 8 && run.chars().all(|c| c.is_ascii_digit());
    let runs: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|run| digits(run)).collect();
    assert!(runs.is_empty(), "{runs:?}");
}
