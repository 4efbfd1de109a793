//! What pieces of this slice draw, without a book.

use app::rows::{BatchRow, PaymentRow, UnclearRow};
use app::view::money::{
    BatchLine, BatchPage, Effect, Exceptions, PaymentNow, Preview, PreviewLine, payment_state,
};
use app::view::pack::Words;
use kernel::id::{BatchId, ClaimId, ProjectId};
use kernel::{Date, Money};

use super::results::preview_body;
use super::{batch, batch_paper, exceptions};
use crate::ctx::Ctx;
use crate::words::Lang;

fn payment(line: i64, state: &str, said: &str) -> PaymentNow {
    PaymentNow {
        row: PaymentRow {
            batch: BatchId(3),
            line,
            end_to_end: format!("B3L{line}C9"),
            pack: "p".into(),
            fund: "main".into(),
            claim: ClaimId(9),
            project: ProjectId(2),
            payee: "c1".into(),
            payee_name: "供货公司".into(),
            amount: Money::from_fen(1_234_500),
            state: state.into(),
            on: None,
            said: said.into(),
            lots: Vec::new(),
        },
        claim: "报账2019-0009".into(),
        project: "大棚".into(),
        account: "****0001".into(),
        bank: "某行".into(),
        state: payment_state(state),
        again: None,
    }
}

fn unclear(place: i64, settled: &str) -> (String, UnclearRow) {
    let row = UnclearRow {
        batch: BatchId(3),
        place,
        text: format!("回单{place}"),
        reason: "参考号相符，金额不符".into(),
        on: Date::constant(2019, 11, 7),
        settled: settled.into(),
    };
    ("批次3".into(), row)
}

#[test]
fn a_payment_that_was_made_again_leads_on_and_is_not_offered_once_more() {
    let ctx = Ctx::sample(Lang::Zh);
    let cells =
        |payment: &PaymentNow| batch::cells(&ctx, payment, true).last().unwrap().clone().into_string();
    let failed = payment(2, "failed", "账号不符");
    assert!(cells(&failed).contains("/batches/new?fund=main"), "{}", cells(&failed));
    let html = cells(&PaymentNow { again: Some((BatchId(5), 1, "B5L1C9".into())), ..failed });
    assert!(html.contains("/trace/payment/5/1") && html.contains("B5L1C9"), "{html}");
    assert!(!html.contains("/batches/new"), "{html}");
}

#[test]
fn the_list_of_a_batch_is_a_paper_with_its_sum_in_capitals() {
    let ctx = Ctx::sample(Lang::Zh);
    let row = BatchRow {
        batch: BatchId(3),
        number: "付-2019-0003".into(),
        pack: "p".into(),
        fund: "main".into(),
        standing: "released".into(),
        lines: 2,
        total: Money::from_fen(2_469_000),
        paid: Money::ZERO,
        failed: Money::ZERO,
        unclear: 0,
        digest: "csv:ab12".into(),
        made_on: Date::constant(2019, 11, 6),
        released_on: Some(Date::constant(2019, 11, 7)),
        changed_on: Date::constant(2019, 11, 7),
    };
    let view = BatchPage {
        line: BatchLine {
            row,
            fund: Words::new("专项资金", "Fund"),
            standing: Words::new("待回单", "released"),
        },
        payments: vec![payment(1, "issued", ""), payment(2, "issued", "")],
        unclear: Vec::new(),
        made_by: "甲".into(),
        released_by: Some("乙".into()),
        released_on: Some(Date::constant(2019, 11, 7)),
        may_pay: true,
        mine: false,
    };
    let paper = format!("{:?}", batch_paper::document(&ctx, "某区财政局", &view));
    for part in [
        "支付批次清单",
        "付-2019-0003",
        "24,690.00",
        "贰万肆仟陆佰玖拾元整",
        "****0001",
        "甲",
        "乙",
        "某区财政局（盖章）",
        "ab12",
    ] {
        assert!(paper.contains(part), "{part}: {paper}");
    }
}

#[test]
fn a_reconciliation_without_exceptions_says_so() {
    let ctx = Ctx::sample(Lang::Zh);
    let view = Exceptions { failed: Vec::new(), open: Vec::new(), unclear: Vec::new() };
    let html = exceptions::body(&ctx, &view, true).into_string();
    assert!(html.contains("没有需要处理的事项") && !html.contains("<table"), "{html}");
}

#[test]
fn exceptions_lead_to_what_can_be_done() {
    let ctx = Ctx::sample(Lang::Zh);
    let view = Exceptions {
        failed: vec![payment(2, "failed", "户名不符")],
        open: vec![payment(1, "issued", "")],
        unclear: vec![unclear(1, ""), unclear(2, "已向银行核实")],
    };
    let html = exceptions::body(&ctx, &view, true).into_string();
    for part in [
        "href=\"/batches/3/unclear/1\"",
        "href=\"/batches/3/release-line/1\"",
        "href=\"/batches/new?fund=main\"",
        "户名不符",
        "已向银行核实",
        "12,345.00",
    ] {
        assert!(html.contains(part), "{part}: {html}");
    }
    assert!(!html.contains("/unclear/2\"") && !html.contains("release-line/2"), "{html}");
    let looking = exceptions::body(&ctx, &view, false).into_string();
    assert!(!looking.contains("/unclear/") && !looking.contains("release-line"), "{looking}");
}

fn line(end_to_end: &str, fen: Option<i64>, effect: Effect) -> PreviewLine {
    PreviewLine {
        end_to_end: end_to_end.into(),
        amount: fen.map(Money::from_fen),
        text: "行".into(),
        payment: None,
        effect,
    }
}

#[test]
fn a_preview_counts_and_puts_what_needs_a_person_first() {
    let ctx = Ctx::sample(Lang::Zh);
    let said = Preview {
        lines: vec![
            line("B3L1C9", Some(100), Effect::Paid(Date::constant(2019, 11, 7))),
            line("B3L2C9", Some(250), Effect::Failed("户名不符".into())),
            line("", None, Effect::Unclear("没有端到端编号".into())),
            line("B3L4C9", Some(400), Effect::Known),
        ],
        open: vec![payment(5, "issued", "")],
    };
    let html = preview_body(&ctx, &said).into_string();
    for part in ["还没有登记任何款项", "户名不符", "没有端到端编号", "已登记过", "1 笔", "B3L5C9"]
    {
        assert!(html.contains(part), "{part}: {html}");
    }
    let (first, rest) = html.split_once("id=\"fine\"").unwrap();
    assert!(first.contains("户名不符") && rest.contains("B3L1C9") && rest.contains("B3L4C9"), "{html}");
}

#[test]
fn english_pages_have_their_words() {
    let ctx = Ctx::sample(Lang::En);
    let view = Exceptions { failed: Vec::new(), open: vec![payment(1, "issued", "")], unclear: Vec::new() };
    let html = exceptions::body(&ctx, &view, true).into_string();
    assert!(html.contains("Take out") && html.contains("lang=\"zh-CN\">供货公司"), "{html}");
}

mod claim {
    use app::command::money::{ClaimLine, Verdict};
    use app::rows::{ClaimRow, ProjectRow};
    use app::view::money::{
        BillNow, ClaimListLine, ClaimPage, ClaimPayment, LineNow, ProjectLine, ShareNow, TieSaid,
        claim_standing,
    };
    use app::view::pack::Words;
    use kernel::id::{BatchId, ClaimId, OrgId, ProjectId, SourceId};
    use kernel::{Date, Money};

    use super::super::{checking, list, print, show};
    use crate::ctx::Ctx;
    use crate::submitted::Submitted;
    use crate::ui::Findings;
    use crate::words::Lang;

    fn day() -> Date {
        Date::constant(2019, 11, 5)
    }

    fn row() -> ClaimRow {
        ClaimRow {
            claim: ClaimId(9),
            number: "报账2019-0009".into(),
            project: ProjectId(2),
            title: "蔬菜大棚".into(),
            pack: "p".into(),
            fund: "main".into(),
            side: "all".into(),
            year: 2019,
            unit: OrgId(4),
            place: "120119".parse().unwrap(),
            purpose: "progress".into(),
            standing: "checked".into(),
            lines: 1,
            asked: Money::from_fen(1_200_000),
            approved: Money::from_fen(1_000_000),
            batch: None,
            stage: String::new(),
            stage_en: String::new(),
            due: None,
            filed_on: day(),
            changed_on: day(),
        }
    }

    fn project() -> ProjectLine {
        let row = ProjectRow {
            project: ProjectId(2),
            number: "项目2019-0002".into(),
            pack: "p".into(),
            fund: "main".into(),
            side: "all".into(),
            spending: "farming".into(),
            name: "蔬菜大棚".into(),
            place: "120119".parse().unwrap(),
            village: String::new(),
            unit: OrgId(4),
            unit_name: "某镇人民政府".into(),
            year: 2019,
            standing: "open".into(),
            planned: Money::from_fen(5_000_000),
            allotted: Money::from_fen(5_000_000),
            held: Money::ZERO,
            clearing: Money::ZERO,
            spent: Money::ZERO,
            changed_on: day(),
            case: None,
        };
        let words = |zh: &str| Words::new(zh, zh);
        ProjectLine {
            row,
            fund: words("产业资金"),
            side: Words::default(),
            spending: words("种植"),
            place: "蓟州区".into(),
        }
    }

    fn page() -> ClaimPage {
        let line = LineNow {
            key: "a".into(),
            name: "大棚设备".into(),
            nature: Words::default(),
            amount: Money::from_fen(5_000_000),
            approved: Money::ZERO,
            left: Money::from_fen(5_000_000),
        };
        let bill = ClaimLine {
            no: 1,
            budget_line: "a".into(),
            voucher: "invoice".into(),
            code: "012001900".into(),
            number: "00112233".into(),
            dated: day(),
            payee: "c1".into(),
            amount: Money::from_fen(1_200_000),
            papers: Vec::new(),
            list: None,
            tie: None,
        };
        let verdict =
            Verdict { line: 1, approved: Money::from_fen(1_000_000), reason: "运费不在预算内".into() };
        ClaimPage {
            line: ClaimListLine {
                row: row(),
                standing: claim_standing("checked"),
                purpose: Words::new("进度款", "progress payment"),
                unit: "某镇人民政府".into(),
            },
            project: project(),
            project_left: Money::from_fen(5_000_000),
            bills: vec![BillNow {
                tie: Some(TieSaid { kind: Some(Words::new("订单", "orders")), households: 12 }),
                bill,
                voucher: Words::new("发票", "Invoice"),
                payee: "供货公司".into(),
                line: Some(line),
                verdict: Some(verdict),
            }],
            shares: vec![ShareNow {
                payee: "c1".into(),
                name: "供货公司".into(),
                amount: Money::from_fen(1_000_000),
                payment: ClaimPayment::Due,
                failed: Vec::new(),
                lots: vec![(SourceId(1), Money::from_fen(1_000_000))],
                made: None,
            }],
            steps: Vec::new(),
            trail: Vec::new(),
            withdrawn: None,
            version: 2,
            sources: vec![(SourceId(1), "津财农〔2019〕1号".into())],
            barred: Vec::new(),
            may_refile: false,
            may_withdraw: true,
        }
    }

    #[test]
    fn the_sheet_is_chinese_and_adds_up() {
        let html = print::sheet(&page()).into_string();
        for part in [
            "报账单",
            "第2次提交",
            "12,000.00",
            "10,000.00",
            "运费不在预算内",
            "津财农〔2019〕1号",
            "00112233",
            "核定金额（大写）",
            "人民币壹万元整",
        ] {
            assert!(html.contains(part), "{part}: {html}");
        }
    }

    #[test]
    fn a_claim_leads_to_its_project_and_a_payment_of_it_can_be_followed() {
        let ctx = Ctx::sample(Lang::Zh);
        let mut view = page();
        let due = show::body(&ctx, &view).into_string();
        assert!(due.contains(&format!("/projects/{}", view.project.row.project)), "{due}");
        assert!(!due.contains("/trace/payment/"), "{due}");
        view.shares[0].payment = ClaimPayment::Paid(BatchId(3), day());
        view.shares[0].made = Some((BatchId(3), 2));
        let paid = show::body(&ctx, &view).into_string();
        assert!(paid.contains("href=\"/trace/payment/3/2\"") && paid.contains("追踪这笔钱"), "{paid}");
    }

    #[test]
    fn checking_begins_with_what_was_asked_and_keeps_what_was_typed() {
        let ctx = Ctx::sample(Lang::Zh);
        let html = checking::table(&ctx, &page(), &Submitted::default(), &Findings::none()).into_string();
        assert!(html.contains("name=\"approved.1\"") && html.contains("value=\"12,000.00\""), "{html}");
        assert!(html.contains("可用 50,000.00 元"), "{html}");
        let mut form = Submitted::default();
        form.set("approved.1", "一万");
        let mut findings = Findings::none();
        findings.add("approved.1", "金额不清楚");
        let html = checking::table(&ctx, &page(), &form, &findings).into_string();
        assert!(html.contains("value=\"一万\"") && html.contains("f-approved-1-error"), "{html}");
    }

    #[test]
    fn a_list_shows_what_was_allowed_only_once_it_was_checked() {
        let ctx = Ctx::sample(Lang::Zh);
        let line = |standing: &str| ClaimListLine {
            row: ClaimRow { standing: standing.into(), ..row() },
            standing: claim_standing(standing),
            purpose: Words::default(),
            unit: String::new(),
        };
        let html = |standing: &str| list::table(&ctx, &[line(standing)]).into_string();
        let body = |text: &str| text.split_once("<tfoot").unwrap().0.to_owned();
        assert!(body(&html("checked")).contains("10,000.00"));
        assert!(!body(&html("filed")).contains("10,000.00"));
    }
}
