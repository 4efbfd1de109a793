//! Several cases in one act: each decided by itself, all of them judged at once where the pack asks, and nothing done by halves.

use crate::ways::*;
use crate::world::*;
use domain::case::{self, Around, Aside, Case, Event, MOST, Papers, Step, tally, weigh_together};
use domain::{Actor, Reason, Refusal};
use kernel::id::{CaseId, OrgId};
use policy::pack::{Pack, Source};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

/// The trial pack, whose last step is done of several cases and knows what the act is about.
static COUNTED: LazyLock<Pack> = LazyLock::new(|| {
    let own = "completes = true\noutcomes  = [\n  { id = \"approve\"";
    let text = include_str!("pack.md")
        .replace(own, &format!("together  = {{ matter = \"batch\" }}\n{own}"))
        .replace(
            "type = \"money\", unit = \"元\", required = true },\n]",
            "type = \"money\", unit = \"元\", required = true },\n  { id = \"poor\", name = \"贫困村\", en = \"poor\", type = \"bool\", required = true },\n]",
        )
        .replace("收益不另作规定。\n\n```toml\ndeclares = \"收益不另作规定\"\n```", RULES);
    let source = Source { name: "counted.md".into(), text };
    Pack::load(source).unwrap_or_else(|found| panic!("{found}"))
});

const RULES: &str = r#"一批里至少一半的单位是贫困村。

```toml
[units."件"]
name = "件"
en   = "case"

[enums.matter]
name    = "事项"
en      = "matter"
members = [{ id = "one", name = "一件", en = "one" }, { id = "batch", name = "一批", en = "batch" }]

[facts]
matter = { type = "matter", name = "事项", en = "matter", from = "form" }
cases  = { type = "件", name = "件数", en = "cases", from = "program", gives = "together" }
units  = { type = "家", name = "单位", en = "units", from = "program", gives = "together:applicants" }
poor   = { type = "家", name = "贫困村", en = "poor villages", from = "program", gives = "together:applicants:poor" }

[rules.half]
name = "一半以上是贫困村"
en   = "at least half are poor villages"
need = "if matter == batch then poor + poor >= units and cases >= 1件 else true"

[[case]]
id     = "half"
name   = "正好一半"
set    = { matter = "batch", cases = "2件", units = "2家", poor = "1家" }
expect = "grant"

[[case]]
id     = "fewer"
name   = "不到一半"
like   = "half"
set    = { poor = "0家" }
expect = "refuse"
fails  = ["half"]
```"#;

/// Projects of Hunan in one world, each as far as before a step.
fn projects(step: &str, count: usize) -> (World, Vec<CaseId>) {
    let (mut world, parent) = HUNAN_WAY.ready(&HUNAN);
    let mut ids = Vec::new();
    for _ in 0..count {
        let id = world.file("flow", parent, |_| ()).unwrap();
        HUNAN_WAY.on(&mut world, id, "assess", step);
        ids.push(id);
    }
    (world, ids)
}

/// Decides an act about these cases.
fn decide(world: &World, ids: &[CaseId], command: &Step, by: &Actor) -> Result<Vec<Vec<Event>>, Refusal> {
    let among: Vec<(&Case, &Around)> = ids.iter().map(|id| (&world.cases[id], &world.around)).collect();
    case::together(&among, command, world.ctx(by))
}

/// Carries it out.
fn act(world: &mut World, ids: &[CaseId], command: &Step, by: &Actor) -> Result<(), Refusal> {
    for (id, events) in ids.iter().zip(decide(world, ids, command, by)?) {
        world.append(*id, &events, by);
    }
    Ok(())
}

/// An approval under a number; whether national rules apply and a later addition has its reasons.
fn approval(world: &World, number: &str, other_rules: bool, reasoned: bool) -> Step {
    let mut command = world.whole("decide_project", "approve");
    command.notes.insert("number".into(), number.into());
    for record in &mut command.records {
        let yes = if record.fact == "other_rules" { other_rules } else { reasoned };
        record.value = yes.to_string();
    }
    command
}

fn government(world: &World) -> Actor {
    world.who("hn_government", 2)
}

/// Numbers by which cases passed the approval.
fn papers(numbers: &[(&str, i64)]) -> Arc<Papers> {
    let mut of: BTreeMap<String, BTreeSet<CaseId>> = BTreeMap::new();
    for (number, case) in numbers {
        of.entry((*number).to_owned()).or_default().insert(CaseId(*case));
    }
    Arc::new(BTreeMap::from([("decide_project".to_owned(), of)]))
}

#[test]
fn three_cases_pass_by_one_paper_and_name_the_act() {
    let (mut world, ids) = projects("decide_project", 3);
    let by = government(&world);
    let command = approval(&world, "吉政函〔2018〕18号", false, false);
    act(&mut world, &ids, &command, &by).unwrap();
    for (at, id) in ids.iter().enumerate() {
        let done = world.cases[id].passed(&"decide_project".to_owned()).unwrap();
        let told = done.together.as_ref().unwrap();
        assert_eq!((told.lead, told.count), (ids[0], 3));
        assert_eq!(told.cases.is_empty(), at > 0, "the lead names all of them");
        assert_eq!(told.judgement.is_some(), at == 0, "judged once");
        assert!(done.judgement.is_some(), "and each by itself");
        assert_eq!(case::paper_of(done), "吉政函〔2018〕18号");
    }
}

#[test]
fn a_share_that_fails_stops_the_whole_batch() {
    let approve = |villages: i64, other_rules: bool| {
        let (mut world, ids) = projects("decide_project", 2);
        world.around.counts.insert("village_applicants".into(), villages);
        let by = government(&world);
        let command = approval(&world, "1号", other_rules, false);
        let all = act(&mut world.clone(), &ids, &command, &by);
        let alone = name(world.act(ids[0], command, &by));
        if let Err(refusal) = &all {
            assert_eq!(refusal.cite, "第八条");
            assert!(ids.iter().all(|id| !world.done(*id, "decide_project")));
        }
        (name(all), alone)
    };
    assert_eq!(approve(6, false), ("carried out", "carried out"), "six of ten are enough");
    assert_eq!(approve(5, false), ("RulesUnmet", "RulesUnmet"), "one by one it is judged as well");
    assert_eq!(approve(5, true), ("carried out", "carried out"));
}

#[test]
fn a_second_paper_of_the_year_needs_its_reasons() {
    let approve = |number: &str, before: &[(&str, i64)], reasoned: bool| {
        let (mut world, ids) = projects("decide_project", 2);
        world.around.papers = papers(before);
        let command = approval(&world, number, false, reasoned);
        let by = government(&world);
        let all = act(&mut world, &ids, &command, &by);
        if let Err(refusal) = &all {
            assert_eq!(refusal.cite, "第九条");
        }
        name(all)
    };
    assert_eq!(approve("2号", &[], false), "carried out", "the first of the year");
    assert_eq!(approve("2号", &[("2号", 90)], false), "carried out", "under the same number");
    assert_eq!(approve("2号", &[("1号", 90)], false), "RulesUnmet");
    assert_eq!(approve("2号", &[("1号", 90)], true), "carried out");
}

#[test]
fn a_batch_of_the_year_is_one_paper_when_all_its_projects_are() {
    let issue = |numbers: &[(&str, i64)]| {
        let mut world = World::of(&HUNAN);
        let office = world.who("hn_office", 0);
        let batch = world.begin("yearly", None, &office).unwrap();
        world.walk(batch, &["guide", "batch_select", "batch_group:agree", "batch_government:approve"]);
        world.around.papers = papers(numbers);
        let mut command = world.whole("batch_reply", "issued");
        command
            .records
            .iter_mut()
            .filter(|r| r.fact == "addition_reasoned")
            .for_each(|r| r.value = "false".into());
        name(world.act(batch, command, &office))
    };
    assert_eq!(issue(&[("1号", 90), ("1号", 91)]), "carried out");
    assert_eq!(issue(&[("1号", 90), ("2号", 91)]), "RulesUnmet");
}

#[test]
fn a_number_that_is_not_typed_yet_is_not_known_to_be_the_same() {
    let (world, ids) = projects("decide_project", 1);
    let step = world.step("decide_project");
    let one_paper = |number: &str, before: &[(&str, i64)]| {
        let around = Around { papers: papers(before), ..world.around.clone() };
        let doing = approval(&world, number, false, false);
        let judged =
            weigh_together(world.pack, step, &[(&world.cases[&ids[0]], &around)], &doing, world.today);
        judged.unwrap().judgement.facts.get("one_paper").cloned()
    };
    assert_eq!(one_paper("", &[]).as_deref(), Some("true"));
    assert_eq!(one_paper("", &[("1号", 90)]), None);
    assert_eq!(one_paper("2号", &[("1号", 90)]).as_deref(), Some("false"));
    assert_eq!(one_paper("2号", &[("1号", ids[0].get())]).as_deref(), Some("true"), "its own earlier one");
}

#[test]
fn the_act_counts_its_cases_and_their_applicants_once() {
    let mut world = World::of(&COUNTED);
    let village = world.who("village", 0);
    let other = Actor { org: OrgId(31), belongs: BTreeSet::from([OrgId(31)]), ..village.clone() };
    let mut ids = Vec::new();
    for (by, poor) in [(&village, "true"), (&village, "true"), (&other, "false")] {
        let id = world
            .file_by("entry", None, by, |form| {
                form.set("", None, "poor", poor);
            })
            .unwrap();
        world.walk(id, &["visit", "look:pass", "agree:pass"]);
        ids.push(id);
    }
    let cases: Vec<&Case> = ids.iter().map(|id| &world.cases[id]).collect();
    let counts = tally(world.pack, &cases);
    assert_eq!((counts["cases"], counts["units"], counts["poor"]), (3, 2, 1));
    let leaders = world.who("leaders", 2);
    let approve = world.whole("decide", "approve");
    assert_eq!(name(act(&mut world.clone(), &ids, &approve, &leaders)), "carried out", "one of two units");
    let rich = name(world.act(ids[2], approve.clone(), &leaders));
    assert_eq!(rich, "RulesUnmet", "alone it is an act about this one only");
    assert_eq!(name(world.act(ids[0], approve, &leaders)), "carried out");
}

#[test]
fn a_return_of_several_is_not_judged_and_leads_back() {
    let (mut world, ids) = projects("decide_project", 2);
    world.around.counts.insert("village_applicants".into(), 0);
    let by = government(&world);
    let back = world.whole("decide_project", "return");
    act(&mut world, &ids, &back, &by).unwrap();
    assert!(ids.iter().all(|id| world.is_open(*id, "select")));
}

#[test]
pub fn not_together() {
    let (world, ids) = projects("select", 2);
    let office = world.who("hn_office", 1);
    let refused = decide(&world, &ids, &world.whole("select", "pass"), &office).unwrap_err();
    assert_eq!(refused.reason.name(), "NotTogether");
    let (world, ids) = projects("settle", 2);
    decide(&world, &ids, &world.whole("settle", "pass"), &world.who("hn_group", 0)).unwrap();
    let unknown = decide(&world, &ids, &Step::default(), &world.who("hn_group", 0)).unwrap_err();
    assert_eq!(unknown.reason.name(), "NotTogether");
}

#[test]
pub fn together_unnamed() {
    let (world, ids) = projects("settle", 1);
    let (settle, group) = (world.whole("settle", "pass"), world.who("hn_group", 0));
    assert_eq!(name(decide(&world, &[], &settle, &group)), "TogetherUnnamed");
    assert_eq!(name(decide(&world, &[ids[0], ids[0]], &settle, &group)), "TogetherUnnamed");
    assert_eq!(name(decide(&world, &ids, &settle, &group)), "carried out");
}

#[test]
pub fn together_too_many() {
    let (mut world, ids) = projects("settle", 1);
    let one = world.cases[&ids[0]].clone();
    let many =
        |count: usize| (0..count).map(|at| CaseId(1000 + i64::try_from(at).unwrap())).collect::<Vec<_>>();
    for id in many(MOST + 1) {
        world.cases.insert(id, Case { id, ..one.clone() });
    }
    let (settle, group) = (world.whole("settle", "pass"), world.who("hn_group", 0));
    assert_eq!(name(decide(&world, &many(MOST), &settle, &group)), "carried out");
    assert_eq!(name(decide(&world, &many(MOST + 1), &settle, &group)), "TogetherTooMany");
}

#[test]
pub fn not_at_step() {
    let (mut world, ids) = projects("settle", 3);
    let group = world.who("hn_group", 0);
    let settle = world.whole("settle", "pass");
    world.act(ids[1], settle.clone(), &group).unwrap();
    let refused = decide(&world, &ids, &settle, &group).unwrap_err();
    let number = &world.cases[&ids[1]].title;
    assert_eq!(refused.reason.name(), "NotAtStep");
    assert!(matches!(&refused.reason, Reason::NotAtStep { cases, .. } if cases.contains(number)));
    decide(&world, &[ids[0], ids[2]], &settle, &group).unwrap();
    // All at once are judged by the facts of one year.
    let (mut world, ids) = projects("decide_project", 2);
    let by = government(&world);
    let approve = approval(&world, "1号", false, false);
    decide(&world, &ids, &approve, &by).unwrap();
    world.cases.get_mut(&ids[1]).unwrap().year += 1;
    assert_eq!(name(decide(&world, &ids, &approve, &by)), "NotAtStep");
}

#[test]
pub fn together_refused() {
    let (mut world, ids) = projects("settle", 3);
    let group = world.who("hn_group", 0);
    let settle = world.whole("settle", "pass");
    world.aside(ids[1], Aside::Recuse { why: "亲属".into() }, &group).unwrap();
    let own = Actor { belongs: BTreeSet::from([UNIT]), ..group.clone() };
    let refused = decide(&world, &ids, &settle, &own).unwrap_err();
    let Reason::TogetherRefused { cases, count, zh, .. } = &refused.reason else { panic!("{refused}") };
    let of: Vec<_> = cases.iter().map(|one| (one.case, one.refusal.reason.name())).collect();
    assert_eq!(of, [(ids[0], "OwnFirm"), (ids[1], "Recused"), (ids[2], "OwnFirm")], "each by itself");
    assert_eq!(*count, 3);
    assert!(zh.contains("R303") && zh.contains("R976") && zh.contains("第九条"), "{zh}");
    let refused = decide(&world, &ids, &settle, &group).unwrap_err();
    assert!(
        matches!(&refused.reason, Reason::TogetherRefused { cases, .. } if cases.len() == 1),
        "{refused}"
    );
    act(&mut world, &[ids[0], ids[2]], &settle, &group).unwrap();
    // The maker of one of them does not decide any of them.
    HUNAN_WAY.on(&mut world, ids[0], "decide_project", "portal_notice");
    assert!(world.is_open(ids[2], "decide_project"));
    let checker = Actor { person: world.who("hn_office", 1).person, ..government(&world) };
    let refused = decide(&world, &[ids[2]], &approval(&world, "1号", false, false), &checker).unwrap_err();
    let Reason::TogetherRefused { cases, .. } = &refused.reason else { panic!("{refused}") };
    assert_eq!(cases[0].refusal.reason.name(), "MakerIsChecker");
}
