//! Allocation plans: whose money, how much is left, who approves, and that money moves at the approval alone.

use crate::world::*;
use domain::Stream;
use domain::allocation::{self, Figures, Standing, Step};
use kernel::id::AllocationId;
use std::collections::BTreeMap;

#[test]
pub fn allocation_empty() {
    let mut world = World::new();
    assert_eq!(name(world.draft("named", "all", 2019, vec![])), "AllocationEmpty");
}

#[test]
pub fn line_twice() {
    let (mut world, _, project) = World::funded(1_000);
    world.register("named", 10, |_| ()).unwrap();
    let line = world.line(project, 5);
    assert_eq!(name(world.draft("named", "all", 2019, vec![line.clone(), line.clone()])), "LineTwice");
    let other = allocation::Line { place: "120119-9".into(), ..line.clone() };
    assert_eq!(name(world.draft("named", "all", 2019, vec![line, other])), "carried out");
}

#[test]
pub fn line_of_other_money() {
    let mut world = World::new();
    world.register("main", 1_000, |_| ()).unwrap();
    let ours = world.project("main", "ours", "farming");
    for (side, year, said) in [
        ("theirs", 2019, "LineOfOtherMoney"),
        ("ours", 2020, "LineOfOtherMoney"),
        ("ours", 2019, "carried out"),
    ] {
        assert_eq!(name(world.draft("main", side, year, vec![world.line(ours, 1)])), said, "{side} {year}");
    }
}

#[test]
pub fn place_missing() {
    let mut world = World::new();
    world.register("village", 1_000, |_| ()).unwrap();
    let project = world.project("village", "all", "upkeep");
    let line = world.line(project, 1);
    let nowhere = allocation::Line { place: " ".into(), ..line.clone() };
    assert_eq!(name(world.draft("village", "all", 2019, vec![nowhere])), "PlaceMissing");
    assert_eq!(name(world.draft("village", "all", 2019, vec![line])), "carried out");
}

#[test]
pub fn over_quota() {
    let mut world = World::new();
    world.register("main", 1_001, |_| ()).unwrap();
    let one = world.project("main", "ours", "farming");
    let two = world.project("main", "ours", "farming");
    let lines = |world: &World, second| vec![world.line(one, 300), world.line(two, second)];
    let wanted = lines(&world, 201);
    assert_eq!(name(world.draft("main", "ours", 2019, wanted)), "OverQuota", "half of 1,001 is 500");
    let wanted = lines(&world, 200);
    let first = world.draft("main", "ours", 2019, wanted.clone()).unwrap();
    let second = world.draft("main", "ours", 2019, wanted).unwrap();
    world.approve(first, &[], &leader()).unwrap();
    let refusal = world.approve(second, &[], &leader()).unwrap_err();
    assert_eq!(refusal.reason.name(), "OverQuota", "a draft holds nothing: {refusal}");
    assert!(refusal.to_string().contains("余额0.00元"), "{refusal}");
}

#[test]
pub fn source_not_named() {
    let mut world = World::new();
    let old = world.register("named", 1_000, |_| ()).unwrap();
    let new = world.register("named", 1_000, |_| ()).unwrap();
    let project = world.project("named", "all", "upkeep");
    let plan = world.draft("named", "all", 2019, vec![world.line(project, 1_500)]).unwrap();
    assert_eq!(name(world.approve(plan, &[], &leader())), "SourceNotNamed");
    assert_eq!(name(world.approve(plan, &[new], &leader())), "OverQuota", "the named one has 1,000");
    world.approve(plan, &[new, old], &leader()).unwrap();
    let lots = world.lots(&format!("allotted:p{project}"));
    assert_eq!(
        lots.iter().map(|l| (l.source, l.amount)).collect::<Vec<_>>(),
        [(old, fen(500)), (new, fen(1_000))]
    );
}

#[test]
fn proportional_lots_and_two_lines_count_each_other() {
    let mut world = World::new();
    let (a, b) =
        (world.register("village", 300, |_| ()).unwrap(), world.register("village", 100, |_| ()).unwrap());
    world.file("120119-1", "consent").unwrap();
    let (one, two) = (world.project("village", "all", "upkeep"), world.project("village", "all", "upkeep"));
    let plan = world.draft("village", "all", 2019, vec![world.line(one, 200), world.line(two, 200)]).unwrap();
    world.approve(plan, &[], &leader()).unwrap();
    for project in [one, two] {
        let lots = world.lots(&format!("allotted:p{project}"));
        assert_eq!(lots.iter().map(|l| (l.source, l.amount.fen())).collect::<Vec<_>>(), [(a, 150), (b, 50)]);
    }
}

fn redraft(world: &mut World, plan: AllocationId, amount: i64) -> Result<(), domain::Refusal> {
    let state = &world.allocations[&plan];
    let project = state.lines[0].project;
    let text =
        allocation::Text { basis: "调整".into(), method: None, lines: vec![world.line(project, amount)] };
    let quota = world.lots("quota:money:named:all");
    let figures = Figures { projects: &world.projects, quota: &quota };
    let events = allocation::redraft(state, text, figures, world.ctx(&finance()))?;
    world.append_all(Stream::Allocation(plan), events, &finance());
    Ok(())
}

fn step(
    world: &mut World,
    plan: AllocationId,
    step: &str,
    outcome: Option<&str>,
) -> Result<(), domain::Refusal> {
    let command = Step {
        step: step.into(),
        outcome: outcome.map(str::to_owned),
        opinion: "意见".into(),
        notes: BTreeMap::new(),
        papers: Vec::new(),
        document: None,
        on: day(TODAY),
    };
    let actor = if step == "approve" { leader() } else { finance() };
    let events = allocation::step(&world.allocations[&plan], command, world.ctx(&actor))?;
    world.append_all(Stream::Allocation(plan), events, &actor);
    Ok(())
}

#[test]
pub fn allocation_fixed() {
    let (mut world, _, project) = World::funded(1_000);
    let more = world.register("named", 100, |_| ()).unwrap();
    let plan = world.draft("named", "all", 2019, vec![world.line(project, 90)]).unwrap();
    assert_eq!(name(redraft(&mut world, plan, 80)), "carried out", "nothing was done since");
    assert_eq!(
        name(step(&mut world, plan, "approve", Some("agree"))),
        "OutcomeUnknown",
        "approving moves money"
    );
    step(&mut world, plan, "approve", Some("back")).unwrap();
    assert_eq!(name(world.approve(plan, &[more], &leader())), "StepNotOpen");
    redraft(&mut world, plan, 70).unwrap();
    world.approve(plan, &[more], &leader()).unwrap();
    assert_eq!(name(redraft(&mut world, plan, 60)), "AllocationFixed");
    assert_eq!(world.allocations[&plan].standing(), Standing::Approved);
}

#[test]
fn filing_is_an_open_duty_with_a_date_and_never_blocks() {
    let (mut world, source, project) = World::funded(1_000);
    let plan = *world.allocations.keys().next().unwrap();
    let open = world.allocations[&plan].open_steps(&world.pack);
    let record = open.iter().find(|open| open.step.id == "record").unwrap();
    assert_eq!(record.due.map(|due| due.date), Some(day("2019-03-19")), "ten working days from the stamp");
    drop(open);
    world.granted(project, 100);
    step(&mut world, plan, "record", None).unwrap();
    assert!(world.allocations[&plan].open_steps(&world.pack).is_empty());
    assert_eq!(world.balance(&format!("held:p{project}:s{source}")), fen(100));
}

#[test]
fn who_drafted_or_belongs_to_the_unit_does_not_approve() {
    let mut world = World::new();
    let source = world.register("named", 100, |_| ()).unwrap();
    let project = world.project("named", "all", "upkeep");
    let plan = world.draft("named", "all", 2019, vec![world.line(project, 90)]).unwrap();
    assert_eq!(name(world.approve(plan, &[source], &who(1, "leaders"))), "MakerIsChecker");
    assert_eq!(name(world.approve(plan, &[source], &lent_to(1, leader()))), "MakerIsChecker");
    assert_eq!(name(world.approve(plan, &[source], &lent_to(8, who(1, "leaders")))), "MakerIsChecker");
    assert_eq!(name(world.approve(plan, &[source], &finance())), "NotAllowed");
    let own = domain::Actor { belongs: [UNIT].into(), ..leader() };
    assert_eq!(name(world.approve(plan, &[source], &own)), "OwnFirm");
    assert_eq!(
        world.balance(&format!("allotted:p{project}:s{source}")),
        fen(0),
        "no money before the approval"
    );
    assert_eq!(name(world.approve(plan, &[source], &leader())), "carried out");
}
