//! Duties that begin when a step of a case is passed.

use crate::ways::*;
use crate::world::*;

#[test]
fn a_duty_begins_with_its_step_and_stands_as_long_as_it() {
    let (mut world, id) = XINJIANG_WAY.until("hand_over");
    let standing = |world: &World| {
        let case = &world.cases[&id];
        case.duties_standing(world.pack).cloned().collect::<Vec<_>>()
    };
    assert!(standing(&world).is_empty());
    world.on("2019-03-04");
    world.walk(id, &["hand_over"]);
    let duties = standing(&world);
    let [assets, returns] = duties.as_slice() else { panic!("{duties:?}") };
    assert_eq!((assets.duty.as_str(), assets.on.as_str()), ("assets", "xj_department"));
    assert_eq!((returns.duty.as_str(), returns.on.as_str()), ("asset_returns", "xj_village"));
    assert_eq!((assets.from, assets.due), (day("2019-03-04"), day("2024-03-04")), "five years");
    let looks = ["2020-03-04", "2021-03-04", "2022-03-04", "2023-03-06"];
    assert_eq!(assets.checks, looks.map(day), "each year from the hand-over, the last on a Monday");

    // What was passed again begins its duty again, once; what was sent back has none.
    let case = world.cases.get_mut(&id).unwrap();
    let again = case.duties[0].clone();
    let meta = case.trail.last().unwrap().meta.clone();
    let folded = domain::case::Case::apply(Some(case.clone()), domain::case::Event::DutyBegan(again), &meta);
    assert_eq!(folded.unwrap().duties.len(), 2);
    case.trail.iter_mut().filter(|done| done.step == "hand_over").for_each(|done| done.void = true);
    assert!(standing(&world).is_empty());
}
