//! The elements of money, the subjects they move on, and regulations that number sections in place of articles.

use kernel::ratio::Ratio;
use policy::pack::{
    ArticleId, Cite, DemandOf, ElementKind, Gate, GovLevel, IssueOrder, Language, Method, Pack, Source,
    SpendingKind,
};
use policy::procedure::{Act, Subject};

const MONEY: &str = include_str!("faults/ok-money.md");

fn load(text: &str) -> Pack {
    Pack::load(Source { name: "money.md".into(), text: text.into() })
        .unwrap_or_else(|found| panic!("{found}"))
}

#[test]
fn sources_splits_and_funds_are_read() {
    let pack = load(MONEY);
    let district = pack.sources.get("district").unwrap();
    assert_eq!(
        (district.levels.as_slice(), &district.refused),
        ([GovLevel::County, GovLevel::Township].as_slice(), &None)
    );
    assert_eq!(pack.sources.get("gift").unwrap().refused.as_ref().unwrap().zh, "捐赠另有专户");
    let main = pack.funds.get("main").unwrap();
    assert_eq!(main.ceiling.map(|c| c.to_string()).as_deref(), Some("432000000.00"));
    assert_eq!(
        (main.sources.as_slice(), main.order, main.pooled),
        (["district".to_owned()].as_slice(), IssueOrder::Oldest, false)
    );
    assert_eq!(main.region.map(|code| code.to_string()).as_deref(), Some("120119"));
    let sides = &pack.split_of(main).unwrap().sides;
    assert_eq!(
        sides.iter().map(|s| (s.id.as_str(), s.share, s.odd)).collect::<Vec<_>>(),
        [("ours", Ratio::percent(50), false), ("theirs", Ratio::percent(50), true),]
    );
    let village = pack.funds.get("village").unwrap();
    assert_eq!((village.ceiling, village.order, village.pooled), (None, IssueOrder::Proportional, true));
    assert!(main.booked() && village.booked() && pack.split_of(village).is_none());
    assert_eq!(pack.capped_fund(), None, "the years of a booked fund are not opened, whatever its ceiling");
    let unbooked = MONEY.replace("overhead_warn = \"overhead_share\"\n", "");
    let unbooked = load(&unbooked.replace("sources = [\"district\"]\nceiling", "ceiling"));
    assert_eq!(unbooked.capped_fund().map(|(fund, _)| fund.id.as_str()), Some("main"));
}

#[test]
fn a_fund_without_years_has_the_years_in_force() {
    let pack = load(MONEY);
    let (main, village) = (pack.funds.get("main").unwrap(), pack.funds.get("village").unwrap());
    for (year, open) in [(2017, false), (2018, true), (2020, true), (2021, false)] {
        assert_eq!(main.of_year(year, &pack.in_force), open, "{year}");
        assert_eq!(village.of_year(year, &pack.in_force), open, "{year}");
    }
}

#[test]
fn what_money_may_be_spent_on_depends_on_fund_and_side() {
    let pack = load(MONEY);
    let of = |id: &str| pack.spendings.get(id).unwrap();
    let (farming, vehicles, upkeep) = (of("farming"), of("vehicles"), of("upkeep"));
    for (spending, fund, side, allowed) in [
        (farming, "main", "ours", true),
        (farming, "main", "theirs", false),
        (farming, "village", "ours", false),
        (upkeep, "village", "all", true),
        (vehicles, "main", "ours", false),
    ] {
        assert_eq!(spending.allows(fund, side), allowed, "{} {fund} {side}", spending.id);
    }
    assert!(
        vehicles.speaks_of("main", "ours") && !vehicles.speaks_of("village", "all"),
        "the exception holds"
    );
    assert_eq!((vehicles.kind, upkeep.kind), (SpendingKind::Prohibited, SpendingKind::Overhead));
    assert_eq!((vehicles.word_in("购车辆两台"), vehicles.word_in("购牛两头")), (Some("车辆"), None));
}

#[test]
fn vouchers_demands_and_ways_to_allocate_are_read() {
    let pack = load(MONEY);
    for (id, nature, supports) in [
        ("invoice", "household", true),
        ("invoice", "", true),
        ("roster", "household", true),
        ("roster", "", false),
        ("order", "", true),
    ] {
        assert_eq!(pack.vouchers.get(id).unwrap().supports(nature), supports, "{id} {nature}");
    }
    assert!(pack.vouchers.get("invoice").unwrap().attachments);
    let consent = pack.demands.get("consent").unwrap();
    assert_eq!((consent.of, consent.before), (DemandOf::Place, Gate::Allot));
    assert!(consent.holds_for("village") && !consent.holds_for("main"));
    let way = pack.distributions.get("weights").unwrap();
    assert_eq!(way.method, Method::Formula);
    assert_eq!(
        way.factors.iter().map(|f| f.weight).collect::<Vec<_>>(),
        [Ratio::percent(60), Ratio::percent(40)]
    );
    assert_eq!(way.evaluation[0].factor, Ratio::percent(110));
}

#[test]
fn steps_are_found_by_subject_and_act() {
    let pack = load(MONEY);
    for (subject, act, step) in [
        (Subject::Source, Act::Receive, "receive"),
        (Subject::Project, Act::Close, "settle"),
        (Subject::Allocation, Act::Decide, "approve"),
        (Subject::Claim, Act::Decide, "grant"),
        (Subject::Batch, Act::Pay, "pay"),
    ] {
        assert_eq!(pack.step_on(subject, act).map(|step| step.id.as_str()), Some(step));
        assert_eq!(
            Subject::ALL.iter().find(|(word, _)| *word == subject.id()).map(|(_, s)| *s),
            Some(subject)
        );
    }
    assert!(pack.step_on(Subject::Case, Act::Receive).is_none());
    let books = |fund: &str| pack.step_for(Subject::Source, Act::Receive, fund).map(|step| step.by.as_str());
    assert_eq!((books("main"), books("village")), (Some("finance"), Some("town")), "each its own funds");
    let draft = pack.step_for(Subject::Allocation, Act::Plan, "village");
    assert_eq!(draft.map(|step| step.id.as_str()), Some("draft"), "a step without funds holds for all");
    assert_eq!(pack.procedure_on(Subject::Allocation).unwrap().number.as_deref(), Some("分-{year}-{seq}"));
}

#[test]
fn sections_stand_for_articles() {
    let pack = load(MONEY);
    let told: Vec<(String, String, &str)> =
        pack.articles.iter().map(|a| (a.id.key(), a.id.to_string(), a.heading.as_str())).collect();
    let told: Vec<(&str, &str, &str)> = told.iter().map(|(k, d, h)| (k.as_str(), d.as_str(), *h)).collect();
    assert_eq!(
        told,
        [
            ("一", "一", "参加的单位"),
            ("三(二)", "三（二）", "收益"),
            ("三(二)2", "三（二）2", "钱从哪里来"),
            ("三(四)", "三（四）", "怎么用"),
        ]
    );
    let chapters: Vec<Option<&str>> = pack.articles.iter().map(|a| a.chapter.as_deref()).collect();
    assert_eq!(chapters, [Some("一、各方"), Some("三、资金"), Some("三、资金"), Some("三、资金")]);
    assert!(
        pack.articles.is_sorted_by(|a, b| a.id < b.id),
        "sections sort by their numbers, not by characters"
    );
    assert!(pack.article_by_key("三(二)2").is_some());
    assert_eq!(pack.articles[1].declares.as_deref(), Some("只说明收益的用途，不产生计算"));
}

#[test]
fn an_item_of_a_section_is_cited_by_its_number() {
    let pack = load(MONEY);
    let cite = &pack.spendings.get("vehicles").unwrap().cite;
    assert_eq!(
        (cite.to_string().as_str(), cite.key().as_str(), cite.en().as_str()),
        ("三（四）2", "三(四)2", "Section 3(4)2")
    );
    let cite = &pack.funds.get("village").unwrap().cite;
    assert_eq!((cite.to_string().as_str(), cite.en().as_str()), ("三（二）2（2）", "Section 3(2)2(2)"));
    let check = &pack.steps.get("check").unwrap().checklist[0].cite;
    let section = ArticleId::Section("三(四)".into());
    assert_eq!(*check, Cite { article: section, item: Some(3) }, "a written citation finds the item");
}

#[test]
fn a_written_citation_prefers_a_section_of_its_own() {
    let text = MONEY.replace("article = \"三(四)3\"", "article = \"三（二）2\"");
    let check = &load(&text).steps.get("check").unwrap().checklist[0].cite.clone();
    assert_eq!(*check, Cite { article: ArticleId::Section("三(二)2".into()), item: None });
}

#[test]
fn coverage_of_sections_is_whole_and_in_the_order_of_the_text() {
    let pack = load(MONEY);
    let coverage = pack.coverage();
    assert!(coverage.open().is_empty());
    let keys: Vec<String> = coverage.articles.iter().map(|one| one.article.id.key()).collect();
    assert_eq!(keys, ["一", "三(二)", "三(二)2", "三(四)"]);
    let text = coverage.text(Language::Zh);
    assert!(
        text.contains("\n三（四） 怎么用\n") && text.contains("\n  三（四）2\n    支出方向: 购置车辆\n"),
        "{text}"
    );
    let open =
        load(&MONEY.replace("4. 村里同意后才能动用村的钱。", "4. 村里同意后才能动用村的钱。\n5. 年底公布。"));
    assert_eq!(open.coverage().open().iter().map(ToString::to_string).collect::<Vec<_>>(), ["三（四）5"]);
}

#[test]
fn every_element_of_money_is_told_in_both_languages() {
    let pack = load(MONEY);
    let told =
        |kind, id: &str, language| pack.describe(pack.element(kind, id).unwrap(), language).join(" | ");
    let wanted = [
        (
            ElementKind::Source,
            "district",
            "资金级次：县级、乡级 | 记入：帮扶资金、到村资金",
            "given by: county, township | booked into: Support fund, Village money",
        ),
        (
            ElementKind::Source,
            "gift",
            "资金级次：其他 | 不收：捐赠另有专户",
            "given by: other | refused: donations have an account of their own",
        ),
        (
            ElementKind::Split,
            "halves",
            "本区部分：50% | 受援方部分：50%，除不尽的分归此方",
            "our part: 50% | their part: 50%, and the fen that do not divide",
        ),
        (
            ElementKind::Fund,
            "main",
            "上限：432,000,000.00元 | 年度：2018、2019、2020 | 来源：区级资金 | 划分：对半 | 使用顺序：先到先用 | 使用地区：天津市蓟州区（120119） | 工作经费超过当年资金的这个比例就提醒：1%（管理费用超过当年资金的百分之几提醒）",
            "ceiling: 432,000,000.00 yuan | years: 2018, 2019, 2020 | sources: District money | split: Halves | used up: oldest first | for: 天津市蓟州区 (120119) | warned of when overheads exceed this share of the year's money: 1% (Warn when upkeep exceeds this percentage of the year's money)",
        ),
        (
            ElementKind::Fund,
            "village",
            "来源：区级资金 | 使用顺序：按比例 | 资金归属：属于各村各地，分配时逐笔写明是谁的钱",
            "sources: District money | used up: in proportion | belongs: of places: every line of an allocation names whose",
        ),
        (
            ElementKind::Spending,
            "farming",
            "性质：可以列支 | 适用资金：帮扶资金 | 适用部分：本区部分",
            "kind: permitted | funds: Support fund | sides: our part",
        ),
        (
            ElementKind::Spending,
            "vehicles",
            "性质：不得列支 | 名称中有这些字样的，由人判断：车辆、轿车 | 除外：到村资金",
            "kind: prohibited | words that a person must judge: 车辆, 轿车 | except: Village money",
        ),
        (
            ElementKind::Voucher,
            "invoice",
            "种类：发票 | 须有发票代码和号码，只能用一次 | 须附附件",
            "kind: invoice | needs code and number, and is used once | papers must be attached",
        ),
        (
            ElementKind::Voucher,
            "roster",
            "种类：花名册 | 只可用于：到户补助",
            "kind: list of payees | only for: paid to households",
        ),
        (
            ElementKind::Voucher,
            "order",
            "种类：拨付单 | 不另附票据",
            "kind: transfer order | no bill is attached",
        ),
        (
            ElementKind::Demand,
            "consent",
            "提交一份：每个资金所属地方 | 须在此之前存档：分配之前 | 适用资金：到村资金",
            "filed once for: each place whose money it is | on file: before allotting | funds: Village money",
        ),
        (
            ElementKind::Distribution,
            "weights",
            "方法：因素法 | 因素与权重：困难户数 60%、村数 40% | 上年评价系数：优秀 110%",
            "method: by factors | factors and weights: poor households 60%, villages 40% | multiplied by last year's grade: good 110%",
        ),
        (ElementKind::Procedure, "batches", "办理对象：支付批次", "carried out on: batch of payments"),
    ];
    for (kind, id, zh, en) in wanted {
        assert_eq!(told(kind, id, Language::Zh), zh, "{id}");
        assert_eq!(told(kind, id, Language::En), en, "{id}");
    }
}
