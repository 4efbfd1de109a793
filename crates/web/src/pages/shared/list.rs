//! Lists whose filters live in the address: the bar, the chips of those in use, the pages by key, and the links that keep them.

use maud::{Markup, html};
use std::collections::BTreeMap;

use crate::cookies::encode;
use crate::ctx::Ctx;
use crate::ui::{Chip, Choice, Field, FilterBar, Opt, Pager, chips, empty_state, pager};

/// What an address asks for, by name.
pub type Query = BTreeMap<String, String>;

/// What is asked under `name`, without blanks at its ends; `None` when that is nothing.
pub fn asked(query: &Query, name: &str) -> Option<String> {
    query.get(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// An address with what is asked for; empty values are left out.
pub fn address(path: &str, values: &[(&str, &str)]) -> String {
    let parts: Vec<String> = values
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", encode(value)))
        .collect();
    if parts.is_empty() { path.to_owned() } else { format!("{path}?{}", parts.join("&")) }
}

/// Years to choose.
pub fn years(years: &[i16]) -> Vec<Opt> {
    years.iter().map(|year| Opt::new(year.to_string(), year.to_string())).collect()
}

/// A list at an address: its path, the names of its filters in the order of the address, and what is asked of them.
#[derive(Clone, Copy, Debug)]
pub struct Listing<'q> {
    path: &'q str,
    names: &'q [&'q str],
    query: &'q Query,
}

impl<'q> Listing<'q> {
    /// The list at `path`, filtered by what `query` says under `names`, from the row behind its `after` on.
    pub fn new(path: &'q str, names: &'q [&'q str], query: &'q Query) -> Self {
        Self { path, names, query }
    }

    /// The same filters at another path.
    pub fn at(self, path: &'q str) -> Self {
        Self { path, ..self }
    }

    /// What is asked under `name`; empty when nothing is.
    pub fn now(self, name: &str) -> &'q str {
        self.query.get(name).map_or("", |text| text.trim())
    }

    /// Its address from the first page on, with all filters; for exports too.
    pub fn here(self) -> String {
        self.link("", "")
    }

    /// Its address without one of the filters.
    pub fn without(self, name: &str) -> String {
        self.link(name, "")
    }

    /// A filter in use: `状态：已受理`, with the way to drop it.
    pub fn chip(self, ctx: &Ctx, name: &str, label: &str, value: &str) -> Chip {
        Chip {
            label: ctx.t_args("filter-chip", &[("name", label.into()), ("value", value.into())]),
            without: self.without(name),
        }
    }

    /// The line under the list: how many are `shown` of `all`, back to the first page, on to what follows the key `next`.
    pub fn pager(self, ctx: &Ctx, next: Option<&str>, (shown, all): (usize, impl TryInto<usize>)) -> Markup {
        let first = (!self.now("after").is_empty()).then(|| self.here());
        let next = next.map(|key| self.link("", key));
        pager(ctx, &Pager { first, next, shown, all: all.try_into().ok() })
    }

    /// What stands where no row fits: `none` of a list that has no rows at all, or, under filters, that nothing fits them and the
    /// way to all rows.
    pub fn empty(self, ctx: &Ctx, none: Markup) -> Markup {
        if self.names.iter().all(|name| self.now(name).is_empty()) {
            return none;
        }
        let all = html! { a.button href=(self.path) { (ctx.t("filter-all")) } };
        empty_state(&ctx.t("filter-none"), &ctx.t("filter-none-about"), all)
    }

    fn link(self, without: &str, after: &str) -> String {
        let names = self.names.iter().filter(|name| **name != without);
        let values = names.map(|name| (*name, self.now(name))).chain([("after", after)]);
        address(self.path, &values.collect::<Vec<_>>())
    }
}

/// The filters of a list: the bar to choose them and the chips of those in use.
pub struct Filters<'q> {
    list: Listing<'q>,
    fields: Vec<Filter<'q>>,
}

/// A filter; without options it is a text.
struct Filter<'q> {
    name: &'q str,
    label: String,
    options: Option<Vec<Opt>>,
    /// What is shown as chosen where nothing is asked.
    otherwise: String,
}

impl<'q> Filters<'q> {
    /// No filters yet.
    pub fn of(list: Listing<'q>) -> Self {
        Self { list, fields: Vec::new() }
    }

    /// One of several; not shown while there is nothing to choose between.
    pub fn choice(self, name: &'q str, label: String, options: Vec<Opt>) -> Self {
        self.choice_else(name, label, options, "")
    }

    /// The same; `otherwise` holds where nothing is asked.
    pub fn choice_else(mut self, name: &'q str, label: String, options: Vec<Opt>, otherwise: &str) -> Self {
        self.fields.push(Filter { name, label, options: Some(options), otherwise: otherwise.to_owned() });
        self
    }

    /// Words to look for.
    pub fn words(mut self, name: &'q str, label: String) -> Self {
        self.fields.push(Filter { name, label, options: None, otherwise: String::new() });
        self
    }

    /// The bar, and under it the chips.
    pub fn html(&self, ctx: &Ctx) -> Markup {
        let bar = self.fields.iter().fold(FilterBar::new(self.list.path), |bar, filter| {
            let now = self.list.now(filter.name);
            match &filter.options {
                None => bar.field(Field::text(filter.name, &filter.label).value(now).html(ctx)),
                Some(options) if options.len() > 1 || !now.is_empty() => {
                    let now = if now.is_empty() { filter.otherwise.as_str() } else { now };
                    bar.field(Choice::select(filter.name, &filter.label, options).chosen(now).html(ctx))
                }
                Some(_) => bar,
            }
        });
        let used: Vec<Chip> = self.fields.iter().filter_map(|filter| self.chip(ctx, filter)).collect();
        html! { (bar.html(ctx)) (chips(ctx, &used)) }
    }

    fn chip(&self, ctx: &Ctx, filter: &Filter<'_>) -> Option<Chip> {
        let now = Some(self.list.now(filter.name)).filter(|now| !now.is_empty())?;
        let option = filter.options.iter().flatten().find(|option| option.value == now);
        Some(self.list.chip(ctx, filter.name, &filter.label, option.map_or(now, |option| &option.label)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    const NAMES: [&str; 3] = ["fund", "year", "q"];

    fn query(pairs: &[(&str, &str)]) -> Query {
        pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn an_address_leaves_out_what_is_empty() {
        assert_eq!(address("/claims", &[("fund", ""), ("q", "")]), "/claims");
        assert_eq!(
            address("/claims", &[("fund", "a"), ("year", ""), ("q", "桥")]),
            "/claims?fund=a&q=%E6%A1%A5"
        );
    }

    #[test]
    fn a_list_keeps_filters_that_say_something() {
        let query = query(&[("fund", "a b"), ("year", " "), ("q", "冷库"), ("after", "9")]);
        let list = Listing::new("/projects", &NAMES, &query);
        assert_eq!(list.without("q"), format!("/projects?fund={}", encode("a b")));
        assert!(list.here().ends_with(&encode("冷库")));
        let html = list.pager(&Ctx::sample(Lang::Zh), Some("7"), (20, 57)).into_string();
        assert!(html.contains("&amp;after=7\" rel=\"next\"") && html.contains("共 57 条"), "{html}");
        assert!(html.contains(&format!("href=\"{}\"", list.here().replace('&', "&amp;"))), "{html}");
        assert_eq!(Listing::new("/projects", &NAMES, &Query::new()).here(), "/projects");
    }

    #[test]
    fn an_empty_list_says_whether_its_filters_are_why() {
        let (ctx, all, some) = (Ctx::sample(Lang::Zh), Query::new(), query(&[("q", "无此号")]));
        let none = || html! { "还没有项目" };
        assert_eq!(Listing::new("/projects", &NAMES, &all).empty(&ctx, none()).into_string(), "还没有项目");
        let html = Listing::new("/projects", &NAMES, &some).empty(&ctx, none()).into_string();
        assert!(html.contains("没有符合条件的") && html.contains("href=\"/projects\""), "{html}");
        assert!(!html.contains("还没有项目"), "{html}");
    }

    #[test]
    fn a_filter_in_use_has_a_chip_with_its_words() {
        let ctx = Ctx::sample(Lang::Zh);
        let query = query(&[("fund", "b"), ("q", "冷库")]);
        let funds = vec![Opt::new("a", "发展资金"), Opt::new("b", "衔接资金")];
        let html = Filters::of(Listing::new("/projects", &NAMES, &query))
            .choice("fund", "资金".into(), funds)
            .choice("year", "年度".into(), years(&[2024]))
            .words("q", "关键词".into())
            .html(&ctx)
            .into_string();
        assert!(html.contains("资金：衔接资金") && html.contains("关键词：冷库"), "{html}");
        assert!(html.contains("href=\"/projects?fund=b\""), "{html}");
        assert!(!html.contains("name=\"year\""), "nothing to choose between: {html}");
    }
}
