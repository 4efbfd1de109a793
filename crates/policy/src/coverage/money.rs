//! What the elements of money say, in words: sources, splits, funds, directions of spending, vouchers, demanded papers, ways to
//! allocate.

use kernel::money::Money;
use kernel::ratio::Ratio;
use kernel::region::{Gazetteer, RegionCode};

use super::describe::Say;
use crate::pack::{Catalog, Fund, Id, Identified, Language, Spend, SpendingKind, VoucherKind, Words};

impl Say<'_> {
    fn yuan(&self, money: Money) -> String {
        format!("{}{}", money.grouped(), self.pick("元", " yuan"))
    }

    fn all<'t>(&self, words: impl IntoIterator<Item = &'t Words>) -> String {
        self.join(words.into_iter().map(|words| self.words(words).to_owned()))
    }

    /// The names of these elements.
    fn names<T: Identified>(&self, ids: &[Id], of: &Catalog<T>, name: fn(&T) -> &Words) -> String {
        self.all(ids.iter().filter_map(|id| of.get(id)).map(name))
    }

    fn fund_names(&self, ids: &[Id]) -> String {
        self.names(ids, &self.pack.funds, |fund| &fund.name)
    }

    fn place(&self, code: RegionCode) -> String {
        let name = Gazetteer::get().path(code).unwrap_or_default().concat();
        match self.language {
            Language::Zh => format!("{name}（{code}）"),
            Language::En => format!("{name} ({code})"),
        }
    }

    pub(super) fn source(&self, id: &str) -> Vec<String> {
        let Some(source) = self.pack.sources.get(id) else { return Vec::new() };
        let levels: Vec<Words> = source.levels.iter().map(|level| level.words()).collect();
        let mut lines = vec![self.line("资金级次", "given by", self.all(&levels))];
        let takers: Vec<&Fund> =
            self.pack.funds.iter().filter(|fund| fund.sources.iter().any(|kind| kind == id)).collect();
        if !takers.is_empty() {
            lines.push(self.line("记入", "booked into", self.all(takers.iter().map(|fund| &fund.name))));
        }
        lines.extend(source.refused.as_ref().map(|why| self.line("不收", "refused", self.words(why))));
        lines
    }

    pub(super) fn split(&self, id: &str) -> Vec<String> {
        let Some(split) = self.pack.splits.get(id) else { return Vec::new() };
        let line = |side: &crate::pack::Side| {
            let odd = if side.odd {
                self.pick("，除不尽的分归此方", ", and the fen that do not divide")
            } else {
                ""
            };
            let name = self.words(&side.name);
            self.line(name, name, format!("{}{odd}", side.share))
        };
        split.sides.iter().map(line).collect()
    }

    pub(super) fn fund(&self, id: &str) -> Vec<String> {
        let Some(fund) = self.pack.funds.get(id) else { return Vec::new() };
        let mut lines = Vec::new();
        lines.extend(fund.ceiling.map(|ceiling| self.line("上限", "ceiling", self.yuan(ceiling))));
        if !fund.years.is_empty() {
            lines.push(self.line("年度", "years", self.join(fund.years.iter().map(i16::to_string))));
        }
        if !fund.spends.is_empty() {
            let spends = fund.spends.iter().map(|spend| match spend {
                Spend::Grants => self.pick("资助", "grants").to_owned(),
                Spend::Fees => self.pick("咨询费用", "fees").to_owned(),
            });
            lines.push(self.line("计入上限的支出", "counted against it", self.join(spends)));
        }
        if fund.booked() {
            lines.extend(self.booked(fund));
        }
        lines
    }

    fn booked(&self, fund: &Fund) -> Vec<String> {
        let sources = self.names(&fund.sources, &self.pack.sources, |source| &source.name);
        let mut lines = vec![self.line("来源", "sources", sources)];
        lines.extend(
            self.pack.split_of(fund).map(|split| self.line("划分", "split", self.words(&split.name))),
        );
        lines.push(self.line("使用顺序", "used up", self.words(&fund.order.words())));
        lines.extend(fund.region.map(|code| self.line("使用地区", "for", self.place(code))));
        if fund.pooled {
            let told = self.pick(
                "属于各村各地，分配时逐笔写明是谁的钱",
                "of places: every line of an allocation names whose",
            );
            lines.push(self.line("资金归属", "belongs", told));
        }
        lines.extend(self.pack.overhead_warn(fund).map(|(percent, setting)| {
            let name = self.words(&setting.name);
            let told = match self.language {
                Language::Zh => format!("{percent}%（{name}）"),
                Language::En => format!("{percent}% ({name})"),
            };
            self.line(
                "工作经费超过当年资金的这个比例就提醒",
                "warned of when overheads exceed this share of the year's money",
                told,
            )
        }));
        lines
    }

    pub(super) fn spending(&self, id: &str) -> Vec<String> {
        let Some(spending) = self.pack.spendings.get(id) else { return Vec::new() };
        let kind = spending.kind.words();
        let mut lines = vec![self.line("性质", "kind", self.words(&kind))];
        if !spending.funds.is_empty() {
            lines.push(self.line("适用资金", "funds", self.fund_names(&spending.funds)));
        }
        if !spending.sides.is_empty() {
            lines.push(self.line("适用部分", "sides", self.side_names(&spending.sides)));
        }
        if spending.kind == SpendingKind::Prohibited && !spending.words.is_empty() {
            let words = self.join(spending.words.iter().cloned());
            lines.push(self.line("名称中有这些字样的，由人判断", "words that a person must judge", words));
        }
        if !spending.except.is_empty() {
            lines.push(self.line("除外", "except", self.fund_names(&spending.except)));
        }
        lines
    }

    fn side_names(&self, ids: &[Id]) -> String {
        let sides = || self.pack.splits.iter().flat_map(|split| &split.sides);
        self.all(ids.iter().filter_map(|id| sides().find(|side| side.id == *id)).map(|side| &side.name))
    }

    pub(super) fn voucher(&self, id: &str) -> Vec<String> {
        let Some(voucher) = self.pack.vouchers.get(id) else { return Vec::new() };
        let kind = voucher.kind.words();
        let mut lines = vec![self.line("种类", "kind", self.words(&kind))];
        let natures = self.all(voucher.natures.iter().map(|nature| &nature.name));
        match voucher.kind {
            VoucherKind::Invoice => lines.push(
                self.pick("须有发票代码和号码，只能用一次", "needs code and number, and is used once")
                    .to_owned(),
            ),
            VoucherKind::List => lines.push(self.line("只可用于", "only for", natures)),
            VoucherKind::Transfer => {
                lines.push(self.pick("不另附票据", "no bill is attached").to_owned());
            }
        }
        if voucher.attachments {
            lines.push(self.pick("须附附件", "papers must be attached").to_owned());
        }
        lines
    }

    pub(super) fn demand(&self, id: &str) -> Vec<String> {
        let Some(demand) = self.pack.demands.get(id) else { return Vec::new() };
        let (of, before) = (demand.of.words(), demand.before.words());
        let mut lines = vec![
            self.line("提交一份", "filed once for", self.words(&of)),
            self.line("须在此之前存档", "on file", self.words(&before)),
        ];
        if !demand.funds.is_empty() {
            lines.push(self.line("适用资金", "funds", self.fund_names(&demand.funds)));
        }
        lines
    }

    pub(super) fn distribution(&self, id: &str) -> Vec<String> {
        let Some(way) = self.pack.distributions.get(id) else { return Vec::new() };
        let method = way.method.words();
        let mut lines = vec![self.line("方法", "method", self.words(&method))];
        let part = |name: &Words, ratio: Ratio| format!("{} {}", self.words(name), ratio);
        if !way.factors.is_empty() {
            let factors = way.factors.iter().map(|factor| part(&factor.name, factor.weight));
            lines.push(self.line("因素与权重", "factors and weights", self.join(factors)));
        }
        if !way.evaluation.is_empty() {
            let grades = way.evaluation.iter().map(|grade| part(&grade.name, grade.factor));
            lines.push(self.line("上年评价系数", "multiplied by last year's grade", self.join(grades)));
        }
        lines.extend(way.deducts.as_ref().map(|noted| {
            self.line(
                "下一年扣减，比例记在",
                "deducted next year, by the share noted in",
                self.step_name(&noted.step),
            )
        }));
        lines
    }
}
