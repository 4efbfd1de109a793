//! One event of every kind with every field filled, and one of every kind that may leave fields out with all of them left
//! out. Made-up people, firms and papers.

mod case;
mod claim;
mod identity;
mod money;
mod plan;
mod year;

use domain::{Event, report, roster};
use kernel::id::OrgId;
use kernel::region::RegionCode;
use kernel::{Date, Money};
use std::collections::BTreeMap;

/// Every kind once, no field blank, in the order of [`super::kinds`].
pub(super) fn full() -> Vec<Event> {
    let slices = [
        events(identity::full()),
        events(year::full()),
        events(case::full()),
        events(plan::full()),
        events([report::Event::Filed {
            step: "monthly_report".into(),
            period: "2019-11".into(),
            figures: figures(),
            parts: vec![report::Part { org: OrgId(5), on: day("2019-12-03"), figures: figures() }],
            missing: vec![OrgId(6), OrgId(7)],
            note: "含退回补正 1 件".into(),
        }]),
        events(money::source()),
        events(money::project()),
        events(money::allocation()),
        events(claim::claim()),
        events(claim::batch()),
        events(money::consent()),
        events([roster::Event::Loaded {
            pack: "tongzhou".into(),
            roster: "poor".into(),
            place: region("150426"),
            file: "e0".repeat(32),
            rows: 3120,
            removed: 12,
            came: 40,
            left: 7,
            changed: 103,
        }]),
    ];
    slices.concat()
}

/// Events with all that may be left out left out, each with the body that it must have.
pub(super) fn lean() -> Vec<(Event, &'static str)> {
    let filed = report::Event::Filed {
        step: "monthly_report".into(),
        period: "2019-12".into(),
        figures: report::Figures::default(),
        parts: Vec::new(),
        missing: Vec::new(),
        note: String::new(),
    };
    let mut all = vec![(filed.into(), r#"{"step":"monthly_report","period":"2019-12","figures":{}}"#)];
    all.push(identity::lean());
    all.push(year::lean());
    all.extend(case::lean());
    all.extend(plan::lean());
    all.extend(money::lean());
    all.extend(claim::lean());
    all
}

fn figures() -> report::Figures {
    report::Figures {
        counts: BTreeMap::from([("declared".into(), 3), ("accepted".into(), 2)]),
        money: BTreeMap::from([("paid".into(), Money::from_fen(120_050))]),
    }
}

fn events<E: Into<Event>>(slice: impl IntoIterator<Item = E>) -> Vec<Event> {
    slice.into_iter().map(Into::into).collect()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn region(text: &str) -> RegionCode {
    text.parse().unwrap()
}

fn map<const N: usize>(pairs: [(&str, &str); N]) -> BTreeMap<String, String> {
    pairs.map(|(key, value)| (key.to_owned(), value.to_owned())).into()
}

fn texts<const N: usize>(items: [&str; N]) -> Vec<String> {
    items.map(str::to_owned).into()
}
