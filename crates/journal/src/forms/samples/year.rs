//! Samples of what happens to a year of a fund.

use super::{day, map, region};
use domain::year::{Event, Terms};
use kernel::id::OrgId;
use kernel::money::Money;
use std::collections::{BTreeMap, BTreeSet};

fn terms() -> Terms {
    Terms {
        budget: Money::from_fen(5_000_000_000),
        set: map([("year_rate[asset]", "20%"), ("year_rate[project]", "30%")]),
        opens: day("2019-11-01"),
        closes: day("2019-12-31"),
        favoured: BTreeSet::from([region("540302-L01"), region("620123")]),
        basis: "领导小组会议纪要〔2019〕3号".into(),
    }
}

pub(super) fn full() -> Vec<Event> {
    vec![
        Event::Founded {
            pack: "tianjin".into(),
            fund: "main".into(),
            ceiling: Money::from_fen(20_000_000_000),
        },
        Event::Opened {
            pack: "tianjin".into(),
            edition: "2019".into(),
            fund: "main".into(),
            year: 2019,
            terms: terms(),
        },
        Event::Amended { terms: terms(), why: "年中追加".into() },
        Event::Appointed { firm: OrgId(21), basis: "公开比选".into() },
        Event::Dismissed { firm: OrgId(21), why: "合同到期".into() },
        Event::FeePaid {
            firm: OrgId(21),
            amount: Money::from_fen(1_860_500),
            on: day("2020-03-02"),
            voucher: "记-0012".into(),
            purpose: "现场核查服务费".into(),
        },
    ]
}

pub(super) fn lean() -> (domain::Event, &'static str) {
    let terms = Terms { set: BTreeMap::new(), favoured: BTreeSet::new(), ..terms() };
    let amended = Event::Amended { terms, why: "取消优先地区".into() };
    (
        amended.into(),
        concat!(
            r#"{"terms":{"budget":5000000000,"opens":"2019-11-01","closes":"2019-12-31","#,
            r#""basis":"领导小组会议纪要〔2019〕3号"},"why":"取消优先地区"}"#
        ),
    )
}
