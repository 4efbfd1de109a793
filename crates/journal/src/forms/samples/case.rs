//! Samples of what happens to one case.

use super::{day, map, region, texts};
use domain::case::{
    Check, DutyDue, Event, Judgement, LineFinding, OutcomeKind, Paper, PaperFinding, Record, Together,
};
use domain::plan::Posting;
use kernel::deadline::Window;
use kernel::id::{CaseId, ObjectionId, OrgId, PaperHash, PlanId};
use kernel::money::Money;
use kernel::ratio::Ratio;
use policy::form::FormData;
use std::collections::BTreeMap;

const GRANT: Money = Money::from_fen(1_860_500);

fn form() -> FormData {
    FormData {
        fields: map([("company_name", "某某有限公司"), ("idle", ""), ("project_region", "620123")]),
        tables: BTreeMap::from([(
            "assets".into(),
            vec![map([("cost", "18,605.00"), ("name", "冷库")]), map([("name", "烘干机")])],
        )]),
    }
}

fn papers() -> Vec<Paper> {
    vec![Paper {
        paper: "licence".into(),
        name: "营业执照.pdf".into(),
        hash: PaperHash(std::array::from_fn(|at| at as u8 + 0xe0)),
        size: 204_800,
        media: "application/pdf".into(),
    }]
}

fn judgement() -> Judgement {
    Judgement {
        as_of: day("2020-01-02"),
        facts: map([("jobs", "50"), ("share", "30%")]),
        set: map([("year_rate[project]", "30%")]),
        outcome: "grant".into(),
        amount: Some(GRANT),
        unmet: texts(["priority"]),
        unknown: texts(["listed"]),
    }
}

fn records() -> Vec<Record> {
    vec![Record { fact: "jobs".into(), value: "50".into(), basis: "工资表".into() }]
}

fn before_the_plan() -> Vec<Event> {
    vec![
        Event::Opened {
            case: CaseId(12),
            procedure: "application".into(),
            number: "津帮-2019-0012".into(),
            year: 2019,
            pack: "tianjin".into(),
            edition: "2019".into(),
            applicant: OrgId(7),
            desk: region("120225"),
            parent: Some(CaseId(4)),
        },
        Event::Named { title: "责令整改".into(), parties: map([("county", "620123")]) },
        Event::Declared {
            step: "declare".into(),
            version: 2,
            of: "plan".into(),
            form: form(),
            papers: papers(),
            title: "冷链加工项目".into(),
            parties: map([("company", "vault:3"), ("county", "620123")]),
            voids: texts(["check"]),
        },
        Event::Stepped {
            step: "review".into(),
            outcome: "back".into(),
            kind: OutcomeKind::Return,
            to: Some("declare".into()),
            opinion: "请补正第二页".into(),
            checks: vec![Check { item: "complete".into(), holds: true, note: "已核".into() }],
            records: records(),
            notes: map([("contact", "电话沟通")]),
            document: Some("退字〔2019〕1号".into()),
            on: day("2019-12-20"),
            papers: papers(),
            form: Some(form()),
            voids: texts(["declare", "review"]),
            judgement: Some(judgement()),
            together: Some(Box::new(Together {
                lead: CaseId(5),
                count: 2,
                cases: vec![CaseId(5), CaseId(6)],
                judgement: Some(judgement()),
            })),
        },
        Event::Signed { step: "review".into(), opinion: "同意".into(), on: day("2019-12-20") },
        Event::Posted {
            step: "notice".into(),
            notice: "village".into(),
            number: "公示-2020-0001".into(),
            on: day("2020-02-03"),
            postings: vec![Posting { place: "村务公开栏".into(), address: "村委会门口".into() }],
            shown: map([("name", "冷链加工项目")]),
            papers: papers(),
            window: Window {
                first: day("2020-02-04"),
                last: day("2020-02-10"),
                loose_last: day("2020-02-07"),
                revision: Some("2020.1".parse().unwrap()),
                provisional: true,
            },
        },
        Event::Objected {
            objection: ObjectionId(6),
            notice: "公示-2020-0001".into(),
            receipt: "YY-7F3K-29MP".into(),
            text: "面积不实".into(),
            from: Some("vault:9".into()),
        },
        Event::Answered { objection: ObjectionId(6), upheld: true, answer: "已核减".into() },
        Event::Commented { text: "请附照片".into() },
        Event::Copied { role: "finance".into(), text: "供参考".into() },
        Event::Urged { step: "review".into(), text: "请尽快办理".into() },
        Event::Recused { why: "申报人是亲属".into() },
        Event::Resembled { others: vec![CaseId(3)] },
        Event::Compared { other: CaseId(3), same: true, why: "同一地块".into() },
        Event::Assigned { firm: OrgId(21) },
        Event::Inspected {
            step: "inspect".into(),
            on: day("2020-01-02"),
            opinion: "属实".into(),
            checks: vec![Check { item: "facts".into(), holds: true, note: "现场相符".into() }],
            records: records(),
            lines: vec![LineFinding {
                line: "assets:1".into(), confirmed: GRANT, reason: "发票重复".into()
            }],
            papers: vec![PaperFinding { paper: "licence".into(), agrees: true, note: "原件已看".into() }],
            ratio: Ratio::percent(30),
            amount: GRANT,
            judgement: judgement(),
        },
        Event::Proposed {
            step: "propose".into(),
            ratio: Ratio::new(1, 3).unwrap(),
            amount: GRANT,
            opinion: "建议资助".into(),
            judgement: judgement(),
        },
    ]
}

fn from_the_plan_on() -> Vec<Event> {
    vec![
        Event::Planned { plan: PlanId(3), amount: GRANT },
        Event::Unplanned { plan: PlanId(3), why: "异议成立".into() },
        Event::PlanStepped { plan: PlanId(3), step: "deliberate".into(), on: day("2020-01-15") },
        Event::Held { objection: ObjectionId(5) },
        Event::Released { objection: ObjectionId(5), upheld: true },
        Event::Determined {
            step: "decide".into(),
            plan: PlanId(3),
            granted: true,
            amount: GRANT,
            stamp: day("2020-02-20"),
            why: "按会议意见调整".into(),
            exceeded: Some("领导小组".into()),
            judgement: judgement(),
        },
        Event::Paid {
            step: "pay".into(),
            amount: GRANT,
            on: day("2020-03-10"),
            voucher: "付-0003".into(),
            complete: true,
        },
        Event::Unmasked { field: "bank_account".into(), why: "办理拨付".into() },
        Event::Withdrawn { why: "项目终止".into() },
        Event::DutyBegan(DutyDue {
            duty: "keep_assets".into(),
            on: "applicant".into(),
            from: day("2020-02-20"),
            due: day("2023-02-20"),
            checks: vec![day("2021-02-22"), day("2022-02-21")],
            provisional: true,
        }),
    ]
}

pub(super) fn full() -> Vec<Event> {
    [before_the_plan(), from_the_plan_on()].concat()
}

/// Refused, with nothing that could be left out.
fn bare_judgement() -> Judgement {
    Judgement { as_of: day("2020-01-02"), outcome: "refuse".into(), ..Judgement::default() }
}

fn lean_desk() -> Vec<(Event, &'static str)> {
    vec![
        (
            Event::Opened {
                case: CaseId(4),
                procedure: "declaration".into(),
                number: "津预-2019-0004".into(),
                year: 2019,
                pack: "tianjin".into(),
                edition: "2019".into(),
                applicant: OrgId(7),
                desk: region("120225"),
                parent: None,
            },
            concat!(
                r#"{"case":4,"procedure":"declaration","number":"津预-2019-0004","year":2019,"pack":"tianjin","#,
                r#""edition":"2019","applicant":7,"desk":"120225"}"#
            ),
        ),
        (
            Event::Declared {
                step: "declare".into(),
                version: 1,
                form: FormData::default(),
                of: String::new(),
                papers: Vec::new(),
                title: "冷库".into(),
                parties: BTreeMap::new(),
                voids: Vec::new(),
            },
            r#"{"step":"declare","version":1,"title":"冷库","form":{}}"#,
        ),
        (
            Event::Stepped {
                step: "accept".into(),
                outcome: String::new(),
                kind: OutcomeKind::Pass,
                to: None,
                opinion: String::new(),
                checks: Vec::new(),
                records: Vec::new(),
                notes: BTreeMap::new(),
                document: None,
                on: day("2019-12-20"),
                papers: Vec::new(),
                form: None,
                voids: Vec::new(),
                judgement: None,
                together: None,
            },
            r#"{"step":"accept","kind":"pass","on":"2019-12-20"}"#,
        ),
    ]
}

fn lean_money() -> Vec<(Event, &'static str)> {
    vec![
        (
            Event::Inspected {
                step: "inspect".into(),
                on: day("2020-01-02"),
                opinion: String::new(),
                checks: Vec::new(),
                records: vec![Record { fact: "jobs".into(), value: "50".into(), basis: String::new() }],
                lines: vec![LineFinding {
                    line: "assets:1".into(),
                    confirmed: Money::ZERO,
                    reason: String::new(),
                }],
                papers: vec![PaperFinding { paper: "licence".into(), agrees: false, note: String::new() }],
                ratio: Ratio::ZERO,
                amount: Money::ZERO,
                judgement: bare_judgement(),
            },
            concat!(
                r#"{"step":"inspect","on":"2020-01-02","ratio":[0,1],"amount":0,"#,
                r#""judgement":{"as_of":"2020-01-02","outcome":"refuse"},"records":[{"fact":"jobs","value":"50"}],"#,
                r#""lines":[{"line":"assets:1","confirmed":0}],"papers":[{"paper":"licence","agrees":false}]}"#
            ),
        ),
        (
            Event::Determined {
                step: "decide".into(),
                plan: PlanId(3),
                granted: false,
                amount: Money::ZERO,
                stamp: day("2020-02-20"),
                why: String::new(),
                exceeded: None,
                judgement: bare_judgement(),
            },
            concat!(
                r#"{"step":"decide","plan":3,"granted":false,"amount":0,"stamp":"2020-02-20","#,
                r#""judgement":{"as_of":"2020-01-02","outcome":"refuse"}}"#
            ),
        ),
        (
            Event::DutyBegan(DutyDue {
                duty: "keep_assets".into(),
                on: "applicant".into(),
                from: day("2020-02-20"),
                due: day("2023-02-20"),
                checks: Vec::new(),
                provisional: false,
            }),
            concat!(
                r#"{"duty":"keep_assets","on":"applicant","from":"2020-02-20","due":"2023-02-20","#,
                r#""provisional":false}"#
            ),
        ),
    ]
}

pub(super) fn lean() -> Vec<(domain::Event, &'static str)> {
    lean_desk().into_iter().chain(lean_money()).map(|(event, body)| (event.into(), body)).collect()
}
