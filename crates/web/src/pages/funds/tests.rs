//! What pages of this slice draw, without a book.

use app::rows::{PaymentRow, SourceRow};
use app::view::money::{
    Backward, Forward, FundTakes, KindRefused, PayeeBranch, PaymentNow, ProjectBranch, SourceLine, WhereNow,
    Whereabouts,
};
use app::view::pack::Words;
use kernel::id::{BatchId, ClaimId, ProjectId, SourceId};
use kernel::{Date, Money};

use super::new::{not_taken, read_as};
use super::{backward, forward, list, one};
use crate::ctx::Ctx;
use crate::words::Lang;

fn yuan(fen: i64) -> Money {
    Money::from_fen(fen)
}

fn source(budget: i64, cut: i64, received: i64) -> SourceLine {
    let day = Date::constant(2019, 3, 1);
    SourceLine {
        row: SourceRow {
            source: SourceId(1),
            pack: "p".into(),
            fund: "main".into(),
            kind: "district".into(),
            level: "county".into(),
            document: "某财农〔2019〕5号".into(),
            purpose: "产业帮扶".into(),
            code: String::new(),
            year: 2019,
            on: day,
            budget: yuan(budget),
            cut: yuan(cut),
            received: yuan(received),
            parts: Vec::new(),
            note: String::new(),
            changed_on: day,
        },
        fund: Words::new("专项资金", "Fund"),
        kind: Words::new("区级资金", "district"),
        level: Words::new("县级", "county"),
    }
}

fn payment(fen: i64, state: &str) -> PaymentNow {
    PaymentNow {
        row: PaymentRow {
            batch: BatchId(3),
            line: 2,
            end_to_end: "B3L2C4".into(),
            pack: "p".into(),
            fund: "main".into(),
            claim: ClaimId(4),
            project: ProjectId(7),
            payee: "c1".into(),
            payee_name: "供货公司".into(),
            amount: yuan(fen),
            state: state.into(),
            on: Some(Date::constant(2019, 4, 1)),
            said: String::new(),
            lots: vec![(SourceId(1), yuan(fen))],
        },
        claim: "报-4".into(),
        project: "大棚".into(),
        account: "****0001".into(),
        bank: "某银行".into(),
        state: Words::new("已支付", "paid"),
        again: None,
    }
}

fn followed(project: i64) -> Forward {
    let payee = PayeeBranch {
        payee: "c1".into(),
        name: "供货公司".into(),
        amount: yuan(3_000),
        payments: vec![(payment(4_000, "paid"), yuan(4_000)), (payment(9_000, "failed"), yuan(9_000))],
    };
    let branch = ProjectBranch {
        project: ProjectId(7),
        number: "项-7".into(),
        name: "大棚".into(),
        states: vec![(Words::new("已支出", "spent"), yuan(project))],
        amount: yuan(project),
        payees: vec![payee],
    };
    Forward {
        source: source(10_000, 0, 9_000),
        unallotted: yuan(7_000),
        pool: yuan(6_000),
        projects: vec![branch],
    }
}

#[test]
fn a_tree_leads_from_the_document_to_the_payment_and_says_that_all_is_found() {
    let ctx = Ctx::sample(Lang::Zh);
    let html = forward::tree(&ctx, &followed(3_000)).into_string();
    for part in [
        "全部找到",
        "/sources/1",
        "/projects/7",
        "/trace/payment/3/2",
        "/claims/4",
        "70.00 元",
        "已追回 10.00 元",
    ] {
        assert!(html.contains(part), "{part}: {html}");
    }
    let short = forward::tree(&ctx, &followed(2_999)).into_string();
    assert!(!short.contains("flash green") && short.contains("应为 100.00 元，找到 99.99 元"), "{short}");
}

#[test]
fn a_payment_leads_back_to_its_documents() {
    let ctx = Ctx::sample(Lang::Zh);
    let back = |fen: i64| Backward {
        payment: payment(4_000, "paid"),
        sources: vec![(source(10_000, 0, 0), yuan(1)), (source(10_000, 0, 0), yuan(fen))],
    };
    let html = backward::tree(&ctx, &back(3_999)).into_string();
    for part in ["全部找到", "供货公司", "****0001", "/trace/source/1", "39.99 元", "/batches/3"] {
        assert!(html.contains(part), "{part}: {html}");
    }
    assert!(backward::tree(&ctx, &back(3_998)).into_string().contains("没有全部找到"));
}

#[test]
fn the_list_sums_what_stands_after_cuts_and_what_has_not_arrived() {
    let ctx = Ctx::sample(Lang::Zh);
    let lines = [source(10_000, 2_000, 5_000), source(100, 0, 100)];
    let html = list::table(&ctx, &lines).html().into_string();
    for part in ["已调减 20.00", ">81.00<", ">51.00<", ">30.00<", "本页合计"] {
        assert!(html.contains(part), "{part}: {html}");
    }
}

#[test]
fn the_places_of_money_either_add_up_or_say_that_they_do_not() {
    let ctx = Ctx::sample(Lang::Zh);
    let now = [WhereNow {
        account: "pool:p:main:all:s1".into(),
        place: Whereabouts::Pool("all".into()),
        side: Words::default(),
        project: None,
        amount: yuan(500),
    }];
    assert!(one::agrees(&ctx, &now, yuan(500)).into_string().contains("相符"));
    assert!(one::agrees(&ctx, &now, yuan(501)).into_string().contains("不平"));
}

#[test]
fn what_a_fund_does_not_take_is_listed_with_its_article_and_cannot_be_chosen() {
    let refused = |name: &str, why: &str| KindRefused {
        name: Words::new(name, "kind"),
        cite: "第四条".into(),
        why: Words::new(why, why),
    };
    let fund = FundTakes {
        fund: "main".into(),
        name: Words::new("专项资金", "Fund"),
        cite: "第四条".into(),
        years: vec![2019],
        ceiling: None,
        split: None,
        takes: Vec::new(),
        refuses: vec![refused("上级拨款", "另有渠道安排"), refused("社会捐赠", "")],
    };
    let html = not_taken(&Ctx::sample(Lang::Zh), &fund).into_string();
    for part in ["上级拨款", "另有渠道安排", "社会捐赠", "没有列入这个种类", "第四条"]
    {
        assert!(html.contains(part), "{part}: {html}");
    }
    assert!(!html.contains("<input") && !html.contains("<option"), "{html}");
}

#[test]
fn a_document_number_is_read_back_with_its_whole_prefix() {
    let ctx = Ctx::sample(Lang::Zh);
    let html = read_as(&ctx, "某财农发[2019]第5号").into_string();
    assert!(html.contains("前缀“某财农发”") && html.contains("某财农发〔2019〕5号"), "{html}");
    assert!(read_as(&ctx, "某财农发").into_string().contains("field-note"));
    assert_eq!(read_as(&ctx, "").into_string(), "");
}
