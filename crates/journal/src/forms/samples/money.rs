//! Samples of booked money before it is claimed: sources, projects, allocations, papers on file.

use super::{day, map, region};
use domain::allocation::{Event as OfAllocation, Line, LineLots, Why};
use domain::case::{OutcomeKind, Paper};
use domain::consent::Event as OfConsent;
use domain::lot::Lot;
use domain::project::{BudgetLine, Doubt, Event as OfProject, Use};
use domain::source::{Event as OfSource, Part};
use kernel::id::{AllocationId, BatchId, CaseId, ClaimId, OrgId, PaperHash, ProjectId, SourceId};
use kernel::money::Money;

pub(super) fn fen(fen: i64) -> Money {
    Money::from_fen(fen)
}

pub(super) fn lots() -> Vec<Lot> {
    vec![Lot { source: SourceId(3), amount: fen(1_200_000) }, Lot { source: SourceId(4), amount: fen(1) }]
}

pub(super) fn papers() -> Vec<Paper> {
    vec![Paper {
        paper: "minutes".into(),
        name: "会议记录.pdf".into(),
        hash: PaperHash([0x5a; 32]),
        size: 40_960,
        media: "application/pdf".into(),
    }]
}

fn parts() -> Vec<Part> {
    let part = |side: &str, amount| Part { side: side.into(), amount: fen(amount) };
    vec![part("tongzhou", 2_500_000), part("area", 2_500_001)]
}

pub(super) fn source() -> Vec<OfSource> {
    vec![
        OfSource::Founded { pack: "jizhou".into(), fund: "industry".into(), ceiling: fen(43_200_000_000) },
        OfSource::Registered {
            source: SourceId(3),
            pack: "tongzhou".into(),
            edition: "2018".into(),
            fund: "ongniud".into(),
            kind: "district_budget".into(),
            level: "county".into(),
            document: "通财指〔2018〕76号".into(),
            purpose: "产业帮扶".into(),
            code: "2130505".into(),
            year: 2018,
            on: day("2018-03-01"),
            budget: fen(5_000_001),
            parts: parts(),
            capped: true,
            note: "首批".into(),
        },
        OfSource::Received {
            on: day("2018-03-09"),
            amount: fen(5_000_001),
            voucher: "收-0031".into(),
            parts: parts(),
        },
        OfSource::Cut {
            amount: fen(2),
            document: "通财指〔2018〕99号".into(),
            why: "年中压减".into(),
            parts: vec![Part { side: "area".into(), amount: fen(2) }],
        },
    ]
}

fn doubts() -> Vec<Doubt> {
    vec![Doubt { spending: "vehicles".into(), word: "车辆".into(), at: "line:transport".into() }]
}

pub(super) fn project() -> Vec<OfProject> {
    let mut all = plans();
    all.extend(moves());
    all
}

fn plans() -> Vec<OfProject> {
    vec![
        OfProject::Opened {
            project: ProjectId(5),
            number: "翁项-2018-5".into(),
            pack: "tongzhou".into(),
            edition: "2018".into(),
            fund: "ongniud".into(),
            side: "area".into(),
            spending: "area_industry".into(),
            name: "某某村扶贫车间".into(),
            place: region("150426"),
            village: "150426-3".into(),
            unit: OrgId(9),
            year: 2018,
            link: "带动建档立卡户32户".into(),
            mechanism: "以奖代补".into(),
            levered: fen(300_000),
            doubts: doubts(),
            case: Some(CaseId(12)),
        },
        OfProject::Planned {
            lines: vec![BudgetLine {
                key: "transport".into(),
                name: "运输车辆租用".into(),
                nature: "household".into(),
                amount: fen(1_200_001),
            }],
            doubts: doubts(),
        },
        OfProject::Cleared { doubt: 1, allowed: true, opinion: "属于租用服务，不是购置".into() },
        OfProject::Contracted {
            contract: 1,
            number: "HT-2018-07".into(),
            party: "某某建筑公司".into(),
            account: Some("vault:71c2".into()),
            bank: "某某银行某某支行".into(),
            amount: fen(1_200_000),
            retention: fen(60_000),
            on: day("2018-04-02"),
        },
        OfProject::Filed {
            demand: "letter".into(),
            document: "项目责任书".into(),
            on: day("2018-04-03"),
            papers: papers(),
        },
    ]
}

fn moves() -> Vec<OfProject> {
    let (batch, line, claim, payee) = (BatchId(8), 1, ClaimId(7), "c1".to_owned());
    vec![
        OfProject::Allotted { allocation: AllocationId(6), place: "150426-3".into(), lots: lots() },
        OfProject::Held {
            claim,
            lots: lots(),
            uses: vec![Use { line: "transport".into(), payee: payee.clone(), amount: fen(1_200_001) }],
        },
        OfProject::Freed { claim, lots: lots(), why: "票据有误".into() },
        OfProject::Issued { batch, line, claim, payee: payee.clone(), lots: lots() },
        OfProject::Bounced { batch, line, payee: payee.clone(), lots: lots(), reason: "户名不符".into() },
        OfProject::Paid {
            batch,
            line,
            claim,
            payee: payee.clone(),
            lots: lots(),
            on: day("2018-05-08"),
            reference: "2018050800017".into(),
        },
        OfProject::Recovered {
            payee,
            lots: lots(),
            on: day("2018-09-01"),
            voucher: "退-0002".into(),
            why: "审计核减".into(),
        },
        OfProject::Closed { lots: lots(), on: day("2018-12-20"), why: "竣工验收".into() },
    ]
}

fn line() -> Line {
    Line {
        project: ProjectId(5),
        place: "150426-3".into(),
        amount: fen(1_200_001),
        note: "首批".into(),
        why: vec![Why { what: "贫困人口".into(), says: "120，占合计12.34%，权重40%".into() }],
    }
}

pub(super) fn allocation() -> Vec<OfAllocation> {
    vec![
        OfAllocation::Drafted {
            allocation: AllocationId(6),
            step: "plan_money".into(),
            number: "分配-2018-6".into(),
            pack: "tongzhou".into(),
            edition: "2018".into(),
            procedure: "allocate".into(),
            fund: "ongniud".into(),
            side: "area".into(),
            year: 2018,
            basis: "年度资金分配方案".into(),
            method: Some("factors".into()),
            lines: vec![line()],
        },
        OfAllocation::Redrafted {
            step: "plan_money".into(),
            basis: "调整后的分配方案".into(),
            method: Some("factors".into()),
            lines: vec![line()],
        },
        OfAllocation::Stepped {
            step: "consult".into(),
            outcome: "back".into(),
            kind: OutcomeKind::Return,
            to: Some("plan_money".into()),
            opinion: "请核对人数".into(),
            notes: map([("with", "区财政局")]),
            papers: papers(),
            document: Some("通支函〔2018〕3号".into()),
            on: day("2018-03-20"),
        },
        OfAllocation::Approved {
            step: "approve_money".into(),
            outcome: "yes".into(),
            stamp: day("2018-03-28"),
            document: "领导小组会议纪要〔2018〕2号".into(),
            opinion: "同意".into(),
            lots: vec![LineLots { project: ProjectId(5), place: "150426-3".into(), lots: lots() }],
        },
    ]
}

pub(super) fn consent() -> Vec<OfConsent> {
    vec![
        OfConsent::Filed {
            pack: "jizhou".into(),
            place: "120119-3".into(),
            name: "某某村".into(),
            demand: "village_consent".into(),
            document: "村民代表会议记录".into(),
            on: day("2018-08-02"),
            papers: papers(),
        },
        OfConsent::Revoked {
            demand: "village_consent".into(),
            why: "村民代表会议重新决定".into(),
            on: day("2019-01-05"),
        },
    ]
}

/// What may be left out, left out.
pub(super) fn lean() -> Vec<(domain::Event, &'static str)> {
    let planned = OfProject::Planned {
        lines: vec![BudgetLine {
            key: "a".into(),
            name: "设备".into(),
            nature: String::new(),
            amount: fen(1),
        }],
        doubts: Vec::new(),
    };
    let closed = OfProject::Closed { lots: Vec::new(), on: day("2018-12-20"), why: "未实施".into() };
    let allotted = OfProject::Allotted { allocation: AllocationId(6), place: String::new(), lots: lots() };
    let line = Line {
        project: ProjectId(5),
        place: String::new(),
        amount: fen(2),
        note: String::new(),
        why: vec![],
    };
    let redrafted =
        OfAllocation::Redrafted { step: "s".into(), basis: "b".into(), method: None, lines: vec![line] };
    let stepped = OfAllocation::Stepped {
        step: "s".into(),
        outcome: String::new(),
        kind: OutcomeKind::Pass,
        to: None,
        opinion: String::new(),
        notes: map([]),
        papers: Vec::new(),
        document: None,
        on: day("2018-03-20"),
    };
    vec![
        (planned.into(), r#"{"lines":[{"key":"a","name":"设备","amount":1}]}"#),
        (closed.into(), r#"{"on":"2018-12-20","why":"未实施"}"#),
        (
            allotted.into(),
            r#"{"allocation":6,"lots":[{"source":3,"amount":1200000},{"source":4,"amount":1}]}"#,
        ),
        (redrafted.into(), r#"{"step":"s","basis":"b","lines":[{"project":5,"amount":2}]}"#),
        (stepped.into(), r#"{"step":"s","kind":"pass","on":"2018-03-20"}"#),
    ]
}
