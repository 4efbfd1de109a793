//! Samples of what happens to a plan.

use super::{day, map, texts};
use domain::plan::{Event, ItemVerdict, Letter, Minutes, NoticeRow, Posting};
use kernel::deadline::Window;
use kernel::id::{CaseId, ObjectionId, PlanId};
use kernel::money::Money;
use std::collections::BTreeMap;

fn posted() -> Event {
    Event::Posted {
        step: "publish".into(),
        number: "公示〔2020〕1号".into(),
        notice: "grants".into(),
        on: day("2020-02-03"),
        postings: vec![Posting {
            place: "website".into(),
            address: "https://example.invalid/notice/1".into(),
        }],
        fields: map([("contact", "某处室")]),
        rows: vec![NoticeRow {
            case: CaseId(12),
            shown: map([("amount", "18605.00"), ("name", "某某有限公司")]),
        }],
        window: Window {
            first: day("2020-02-04"),
            last: day("2020-02-10"),
            loose_last: day("2020-02-07"),
            revision: Some("2020.1".parse().unwrap()),
            provisional: true,
        },
    }
}

fn objected() -> Event {
    Event::Objected {
        objection: ObjectionId(5),
        receipt: "异议-2020-0005".into(),
        case: Some(CaseId(12)),
        text: "第一行\n第二行带\"引号\"与\\反斜线".into(),
        from: Some("vault:31".into()),
    }
}

pub(super) fn full() -> Vec<Event> {
    let minutes = Minutes {
        held_on: day("2020-01-15"),
        place: "一号会议室".into(),
        chair: "主任".into(),
        present: texts(["主任", "副主任"]),
        resolution: "同意".into(),
    };
    vec![
        Event::Drafted {
            plan: PlanId(3),
            number: "方案-2020-0003".into(),
            procedure: "application".into(),
            year: 2019,
            pack: "tianjin".into(),
            edition: "2019".into(),
        },
        Event::ItemSet { case: CaseId(12), amount: Money::from_fen(1_860_500), note: "按核定数".into() },
        Event::ItemDropped { case: CaseId(13), why: "申请人撤回".into() },
        Event::Deliberated {
            step: "deliberate".into(),
            planned: "plan".into(),
            minutes,
            items: vec![CaseId(12), CaseId(14)],
        },
        posted(),
        objected(),
        Event::Answered {
            objection: ObjectionId(5), upheld: true, answer: "异议成立，移出方案".into()
        },
        Event::NoticeEnded { step: "publish".into(), items: vec![CaseId(12)], on: day("2020-02-10") },
        Event::Determined {
            step: "decide".into(),
            stamp: day("2020-02-20"),
            document: "审定〔2020〕2号".into(),
            items: vec![ItemVerdict { case: CaseId(12), granted: true, amount: Money::from_fen(1_860_500) }],
        },
        Event::Informed {
            step: "inform".into(),
            on: day("2020-02-24"),
            letters: vec![Letter { to: "某区合作交流办".into(), number: "函〔2020〕9号".into() }],
            items: vec![CaseId(12)],
        },
        Event::Remitted {
            step: "remit".into(),
            on: day("2020-03-03"),
            voucher: "财-0007".into(),
            items: vec![(CaseId(12), Money::from_fen(1_860_500)), (CaseId(14), Money::from_fen(1))],
        },
    ]
}

pub(super) fn lean() -> Vec<(domain::Event, &'static str)> {
    let set = Event::ItemSet { case: CaseId(12), amount: Money::ZERO, note: String::new() };
    let (mut posted, mut objected) = (posted(), objected());
    if let Event::Posted { fields, rows, postings, window, .. } = &mut posted {
        (*fields, *rows, *postings) = (BTreeMap::new(), Vec::new(), Vec::new());
        (window.revision, window.provisional) = (None, false);
    }
    if let Event::Objected { case, text, from, .. } = &mut objected {
        (*case, *text, *from) = (None, "程序不合规定".into(), None);
    }
    vec![
        (set.into(), r#"{"case":12,"amount":0}"#),
        (
            posted.into(),
            concat!(
                r#"{"step":"publish","number":"公示〔2020〕1号","notice":"grants","on":"2020-02-03","postings":[],"#,
                r#""rows":[],"window":{"first":"2020-02-04","last":"2020-02-10","loose_last":"2020-02-07","#,
                r#""provisional":false}}"#
            ),
        ),
        (objected.into(), r#"{"objection":5,"receipt":"异议-2020-0005","text":"程序不合规定"}"#),
    ]
}
