//! “Do I qualify?” over the Tianjin pack: the boundaries as an enterprise would type them, the questions, the papers, the values.

use super::super::policy::preset;
use super::super::qualify_ask::AskedKind;
use super::*;
use policy::pack::Source;

fn pack() -> Arc<Pack> {
    let text = include_str!("../../../../../policies/tianjin/2019.md");
    match Pack::load(Source { name: "tianjin/2019.md".into(), text: text.into() }) {
        Ok(pack) => Arc::new(pack),
        Err(found) => panic!("{found}"),
    }
}

const TODAY: Date = Date::constant(2019, 11, 1);

/// The answers of the pack's good case, with some changed; an empty text takes an answer back.
fn answers(pack: &Pack, changes: &[(&str, &str)]) -> Typed {
    let mut typed = preset(pack, "good").unwrap();
    for (name, text) in changes {
        typed.insert((*name).to_owned(), (*text).to_owned());
    }
    typed
}

fn ask_all(pack: &Arc<Pack>, typed: &Typed) -> Qualified {
    let day = as_of(pack, typed.get("as_of").map_or("", String::as_str), TODAY);
    qualify(pack, typed, day, &BTreeMap::new())
}

fn unmet(qualified: &Qualified) -> Vec<&str> {
    qualified
        .needs
        .iter()
        .filter(|rule| rule.verdict == Verdict::NotMet)
        .map(|rule| rule.id.as_str())
        .collect()
}

#[test]
fn every_threshold_from_both_sides_as_an_enterprise_types_it() {
    let pack = pack();
    for (changes, failing) in [
        (&[("share", "30")][..], &[][..]),
        (&[("share", "30%")], &[]),
        (&[("share", "29.99")], &["holding"]),
        (&[("share", "3/10")], &[]),
        (&[("share", "百分之三十")], &[]),
        (&[("share", "29.99"), ("new_company", "true")], &[]),
        (&[("paid_in", "100万元")], &[]),
        (&[("paid_in", "1,000,000.00")], &[]),
        (&[("paid_in", "999,999.99")], &["paid_in"]),
        (&[("new_invest", "200万元")], &[]),
        (&[("new_invest", "1,999,999.99")], &["new_invest"]),
        (&[("new_invest", "1,000,000"), ("mode", "production")], &[]),
        (&[("new_invest", "999,999.99"), ("mode", "production")], &["new_invest"]),
        (&[("lifted", "50"), ("poor_staff", "0")], &[]),
        (&[("lifted", "49人"), ("poor_staff", "14")], &["poor"]),
        (&[("lifted", "49"), ("poor_staff", "15")], &[]),
        (&[("grants_company", "1")], &["once"]),
        (&[("grants_county", "1")], &[]),
        (&[("grants_county", "2次")], &["twice"]),
        (&[("county", "632301")], &[]),
        (&[("county", "632321")], &[]),
        (&[("county", "540302")], &[]),
        (&[("county", "110101")], &["area"]),
        (&[("tj_subsidy", "true"), ("company_lawful", "否")], &["no_double", "lawful"]),
    ] {
        let said = ask_all(&pack, &answers(&pack, changes));
        assert_eq!(unmet(&said), failing, "{changes:?}");
        let outcome = if failing.is_empty() { Outcome3::Grant } else { Outcome3::Refuse };
        assert_eq!(said.outcome, outcome, "{changes:?}");
        assert_eq!(said.errors().len(), 0, "{changes:?}");
    }
}

#[test]
fn the_ceiling_says_its_amount_and_what_binds() {
    let pack = pack();
    for (changes, money, sure) in [
        (&[][..], "1237037.03", true),
        (&[("as_of", "2019-12-31")], "1237037.03", true),
        (&[("as_of", "2020-01-01")], "1030864.19", true),
        (&[("invest_3y", "900万元")], "2000000.00", true),
        (&[("invest_3y", "")], "2000000.00", false),
    ] {
        let said = ask_all(&pack, &answers(&pack, changes));
        let (amount, _, known) = ceiling(said.amount.as_ref().unwrap()).unwrap();
        assert_eq!((amount.to_string().as_str(), known), (money, sure), "{changes:?}");
        assert!(!known || said.amount.unwrap().terms.iter().any(|term| term.binds), "{changes:?}");
    }
    let nothing = qualify(&pack, &Typed::new(), as_of(&pack, "", TODAY), &BTreeMap::new());
    assert!(ceiling(nothing.amount.as_ref().unwrap()).is_none());
}

#[test]
fn the_terms_of_an_opened_year_replace_the_packs() {
    let pack = pack();
    let set = BTreeMap::from([("year_rate[project]".to_owned(), "20%".to_owned())]);
    let said = qualify(&pack, &answers(&pack, &[]), as_of(&pack, "", TODAY), &set);
    assert_eq!(ceiling(said.amount.as_ref().unwrap()).unwrap().0.to_string(), "824691.35");
    let first = &said.values[0];
    assert!(first.yearly && first.by_year, "{first:?}");
    assert_eq!(first.values[0].1.zh, "20%");
}

#[test]
fn missing_payslips_matter_only_where_they_can_change_the_answer() {
    let pack = pack();
    let few = ask_all(&pack, &answers(&pack, &[("lifted", "10"), ("poor_staff", "")]));
    assert_eq!(few.outcome, Outcome3::Pending);
    assert_eq!(few.missing.len(), 1);
    assert_eq!(few.missing[0].id, "poor_staff");
    assert!(few.missing[0].papers.iter().any(|paper| paper.zh == "工资单据"), "{:?}", few.missing);
    let many = ask_all(&pack, &answers(&pack, &[("lifted", "60"), ("poor_staff", "")]));
    assert_eq!((many.outcome, many.missing.len()), (Outcome3::Grant, 0));
}

#[test]
fn an_unreadable_answer_is_reported_at_its_field_and_the_rest_still_counts() {
    let pack = pack();
    let said = ask_all(&pack, &answers(&pack, &[("paid_in", "很多"), ("staff", "5.5"), ("as_of", "去年")]));
    let errors = said.errors();
    let fields: Vec<&str> = errors.iter().map(|(field, _)| *field).collect();
    assert_eq!(fields, ["as_of", "paid_in", "staff"]);
    let asked = said.asked.iter().flat_map(|group| &group.facts).find(|fact| fact.id == "paid_in").unwrap();
    assert_eq!(asked.typed, "很多", "what was typed stays");
    assert!(
        errors[1].1.zh.starts_with("注册资本实缴额：") && !asked.error.as_ref().unwrap().zh.contains("实缴"),
        "{errors:?}"
    );
    let holding = said.needs.iter().find(|rule| rule.id == "holding").unwrap();
    assert_eq!(holding.verdict, Verdict::Met);
    assert_eq!(said.as_of.day, TODAY);
}

#[test]
fn a_day_outside_the_time_in_force_is_said_and_not_used() {
    let pack = pack();
    for (typed, today, day, error) in [
        ("", TODAY, TODAY, false),
        ("2019-10-09", TODAY, Date::constant(2019, 10, 9), false),
        ("2019.10.8", TODAY, TODAY, true),
        ("2020-12-31", TODAY, Date::constant(2020, 12, 31), false),
        ("2021-01-01", TODAY, TODAY, true),
        ("", Date::constant(2019, 10, 8), Date::constant(2019, 10, 9), false),
        ("", Date::constant(2026, 1, 1), Date::constant(2020, 12, 31), false),
    ] {
        let used = as_of(&pack, typed, today);
        assert_eq!((used.day, used.error.is_some()), (day, error), "{typed} {today}");
    }
}

#[test]
fn papers_follow_mode_and_age_of_the_firm() {
    let pack = pack();
    let of = |changes: &[(&str, &str)]| -> Vec<String> {
        let said = ask_all(&pack, &answers(&pack, changes));
        let application = said.papers.last().unwrap();
        application.papers.iter().filter(|paper| paper.required).map(|paper| paper.name.zh.clone()).collect()
    };
    let (project, production) = (of(&[]), of(&[("mode", "production"), ("first_year", "false")]));
    assert!(
        project.iter().any(|name| name == "租赁合同") && !project.iter().any(|name| name == "上年度财务报表")
    );
    assert!(!production.iter().any(|name| name == "租赁合同"));
    for name in ["用电情况证明", "运输物流票据", "上年度年检资料", "上年度财务报表"]
    {
        assert!(production.iter().any(|paper| paper == name), "{name}: {production:?}");
    }
}

#[test]
fn questions_stand_under_their_articles_and_sentences_without_theirs() {
    let pack = pack();
    let said = ask_all(&pack, &answers(&pack, &[]));
    let keys: Vec<&str> = said.asked.iter().map(|group| group.key.as_str()).collect();
    assert_eq!(keys, ["5", "6", "7", "8", "10", "12"]);
    let county = &said.asked[0].facts[0];
    let AskedKind::Place(places) = &county.kind else { panic!("{county:?}") };
    let listed: Vec<&str> =
        places.levels[0].options.iter().filter(|one| one.listed).map(|one| one.name.as_str()).collect();
    assert_eq!(listed, ["河北省", "西藏自治区", "甘肃省", "青海省", "新疆维吾尔自治区"]);
    let holding = said.needs.iter().find(|rule| rule.id == "holding").unwrap();
    assert_eq!(holding.cite.to_string(), "第七条（一）");
    assert!(!holding.sentence.zh.contains("第七条") && !holding.sentence.en.contains("art."), "{holding:?}");
    assert!(said.readings.first().is_some_and(|reading| reading.conflict));
    assert_eq!(said.prefers.len(), 1);
}

#[test]
fn answers_go_into_an_address_and_come_back_the_same() {
    let pack = pack();
    let first =
        ask_all(&pack, &answers(&pack, &[("share", "1/3"), ("paid_in", "120万元"), ("county", "632301")]));
    let again = ask_all(&pack, &first.answers);
    assert_eq!(again.answers, first.answers);
    assert_eq!((again.outcome, again.met()), (first.outcome, first.met()));
}
