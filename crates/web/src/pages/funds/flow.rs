//! `/funds/flow`: from the channels through funds and sides to uses and states, as a picture whose nodes lead to their rows.

use app::view::money::{Figure, Flow, FlowLink, FlowNode, NodeKey, booked_funds};
use axum::extract;
use axum::response::{IntoResponse, Response};
use kernel::Money;
use maud::{Markup, html};

use super::parts::LOOK;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::{Page, Width};
use crate::pages::shared::{Query, address, asked, figured, percent, require, say, shown, yuan};
use crate::state::Seat;
use crate::ui::chart::{Ink, Palette, Sankey, SankeyLink, SankeyNode, sankey};
use crate::ui::{
    Badge, Choice, DataTable, FilterBar, Head, Opt, badge, button, details, empty_state, panel, panel_with,
};

/// What is asked for.
struct Asked {
    fund: String,
    year: String,
    now: i16,
}

/// The page.
pub(super) async fn show(seat: Seat, query: extract::Query<Query>) -> Result<Response, WebError> {
    require(&seat, &LOOK)?;
    let ctx = &seat.ctx;
    let fund = asked(&query.0, "fund");
    let year: Option<i16> = asked(&query.0, "year").and_then(|year| year.parse().ok());
    let flow = shown(ctx, seat.app().money_flow(&seat.viewer, fund.as_deref(), year))?;
    let years: Vec<i16> =
        shown(ctx, seat.app().fund_table(&seat.viewer, None))?.years.iter().map(|(year, _)| *year).collect();
    let asked = Asked {
        fund: fund.unwrap_or_default(),
        year: year.map_or_else(String::new, |year| year.to_string()),
        now: ctx.today.year(),
    };
    let body = html! {
        (filter(&seat, &years, &asked))
        @if flow.nodes.is_empty() {
            (empty_state(&ctx.t("funds-flow-none"), &ctx.t("funds-flow-none-about"), button::link("/sources", &ctx.t("funds-sources"))))
        } @else {
            div.flow-sheet { (panel_with(&ctx.t("funds-flow-picture"), ctx.t("funds-flow-unit"), drawn(ctx, &flow, &asked))) }
            (minded(ctx, &flow, &asked))
        }
    };
    Ok(Page::new(ctx, &ctx.t("funds-flow"))
        .crumb("/funds", ctx.t("funds-title"))
        .caption(ctx.t_args("funds-flow-on", &[("date", ctx.date(ctx.today).into())]))
        .width(Width::Wide)
        .body(body)
        .into_response())
}

fn filter(seat: &Seat, years: &[i16], asked: &Asked) -> Markup {
    let ctx = &seat.ctx;
    let funds: Vec<Opt> = booked_funds(&seat.viewer.pack, ctx.today.year())
        .iter()
        .map(|fund| Opt::new(&fund.id, say(ctx, &fund.name)))
        .collect();
    let years: Vec<Opt> = years.iter().map(|year| Opt::new(year.to_string(), year.to_string())).collect();
    FilterBar::new("/funds/flow")
        .field(Choice::select("fund", &ctx.t("funds-fund"), &funds).chosen(&asked.fund).html(ctx))
        .field(Choice::select("year", &ctx.t("funds-year"), &years).chosen(&asked.year).html(ctx))
        .html(ctx)
}

/// The picture, and folded under it its tables.
fn drawn(ctx: &Ctx, flow: &Flow, asked: &Asked) -> Markup {
    let nodes = nodes(ctx, flow, asked);
    let links: Vec<SankeyLink> = flow.links.iter().map(|link| band(ctx, flow, link)).collect();
    let title = ctx.t("funds-flow-picture");
    let heads = heads(ctx);
    let picture = Sankey {
        id: "flow",
        title: &title,
        heads: &heads,
        nodes: &nodes,
        links: &links,
        palette: Palette::Screen,
    };
    html! {
        (sankey(&picture))
        p.hint { (ctx.t("funds-flow-about")) }
        (details(&ctx.t("chart-table"), tables(ctx, flow, asked)))
    }
}

fn heads(ctx: &Ctx) -> [String; 4] {
    [
        ctx.t("funds-column-channel"),
        ctx.t("funds-column-fund"),
        ctx.t("funds-column-use"),
        ctx.t("funds-column-state"),
    ]
}

fn nodes(ctx: &Ctx, flow: &Flow, asked: &Asked) -> Vec<SankeyNode> {
    let mut place = (0, 0);
    let node = |node: &FlowNode| {
        place = if place.0 == node.column { (place.0, place.1 + 1) } else { (node.column, 1) };
        SankeyNode {
            label: say(ctx, &node.name).to_owned(),
            text: figured(ctx, node.amount),
            column: node.column,
            value: node.amount.fen(),
            href: Some(rows_of(&node.key, asked)),
            ink: ink(&node.key, place.1 - 1),
            alert: minds(&node.key),
        }
    };
    flow.nodes.iter().map(node).collect()
}

fn band(ctx: &Ctx, flow: &Flow, link: &FlowLink) -> SankeyLink {
    let (from, to) = (&flow.nodes[link.from], &flow.nodes[link.to]);
    // Towards a state a band has the colour of the state, elsewhere that of where it comes from.
    let ink = if to.column == 3 {
        ink(&to.key, 0)
    } else {
        let place = flow.nodes[..link.from].iter().filter(|node| node.column == from.column).count();
        ink(&from.key, place)
    };
    SankeyLink {
        from: link.from,
        to: link.to,
        value: link.amount.fen(),
        text: figured(ctx, link.amount),
        ink,
    }
}

/// The colour of a node; `place` is its place in its column.
fn ink(key: &NodeKey, place: usize) -> Ink {
    const CHANNELS: [usize; 4] = [0, 4, 5, 1];
    match key {
        NodeKey::Channel(_) => Ink::Series(CHANNELS[place % CHANNELS.len()]),
        NodeKey::Fund(_) | NodeKey::Side(..) => Ink::Series(0),
        NodeKey::Spending(_) => Ink::Series(5),
        NodeKey::Overhead(_) | NodeKey::OverheadOpen | NodeKey::OverheadPaid => Ink::Series(3),
        NodeKey::Paid => Ink::Good,
        NodeKey::Committed => Ink::Series(1),
        NodeKey::Unallotted | NodeKey::UnallottedBefore | NodeKey::CommittedBefore => Ink::Low,
    }
}

/// Money that somebody must mind: idle, or of earlier years and not paid.
fn minds(key: &NodeKey) -> bool {
    matches!(key, NodeKey::Unallotted | NodeKey::UnallottedBefore | NodeKey::CommittedBefore)
}

/// Where the rows of a node are.
fn rows_of(key: &NodeKey, asked: &Asked) -> String {
    let held = |figure: Figure, (bound, year): (&str, &str)| {
        let of = [("figure", figure.id()), ("fund", &asked.fund), ("year", &asked.year), (bound, year)];
        address("/funds/rows", &of)
    };
    let now = asked.now.to_string();
    let (before, since) = (("before", now.as_str()), ("since", now.as_str()));
    match key {
        NodeKey::Channel(kind) => {
            address("/sources", &[("kind", kind), ("fund", &asked.fund), ("year", &asked.year)])
        }
        NodeKey::Fund(fund) | NodeKey::Side(fund, _) => {
            address("/sources", &[("fund", fund), ("year", &asked.year)])
        }
        NodeKey::Spending(spending) | NodeKey::Overhead(spending) => {
            address("/projects", &[("spending", spending), ("fund", &asked.fund)])
        }
        NodeKey::Unallotted => held(Figure::Quota, since),
        NodeKey::UnallottedBefore => held(Figure::Quota, before),
        NodeKey::Committed => held(Figure::Committed, since),
        NodeKey::CommittedBefore => held(Figure::Committed, before),
        NodeKey::Paid => held(Figure::Spent, ("", "")),
        NodeKey::OverheadOpen => held(Figure::OverheadOpen, ("", "")),
        NodeKey::OverheadPaid => held(Figure::OverheadSpent, ("", "")),
    }
}

/// Idle and late money once more in words.
fn minded(ctx: &Ctx, flow: &Flow, asked: &Asked) -> Markup {
    let found: Vec<&FlowNode> = flow.nodes.iter().filter(|node| minds(&node.key)).collect();
    let whole = Money::sum(flow.nodes.iter().filter(|node| node.column == 3).map(|node| node.amount));
    html! {
        @if !found.is_empty() {
            (panel(&ctx.t("funds-minded"), html! {
                ul.mend-list {
                    @for node in found {
                        li {
                            (badge(Badge::Amber, say(ctx, &node.name))) " "
                            a href=(rows_of(&node.key, asked)) { (yuan(ctx, node.amount)) }
                            " " span.hint { (ctx.t_args("funds-share-of-budget", &[("share", percent(node.amount, whole.unwrap_or(Money::MAX)).into())])) }
                            p.hint { (ctx.t(about(&node.key))) }
                        }
                    }
                }
            }))
        }
    }
}

fn about(key: &NodeKey) -> &'static str {
    match key {
        NodeKey::UnallottedBefore => "funds-idle-before-about",
        NodeKey::CommittedBefore => "funds-late-about",
        _ => "funds-idle-about",
    }
}

fn tables(ctx: &Ctx, flow: &Flow, asked: &Asked) -> Markup {
    let columns = heads(ctx);
    let heads = vec![
        Head::text(ctx.t("funds-flow-node")),
        Head::text(ctx.t("funds-flow-column")),
        Head::amount(ctx.t("funds-amount-yuan")),
    ];
    let mut nodes = DataTable::new("flow-nodes", ctx.t("funds-flow-nodes"), heads);
    for node in &flow.nodes {
        nodes = nodes.row(vec![
            html! { a href=(rows_of(&node.key, asked)) { (say(ctx, &node.name)) } },
            html! { (columns.get(node.column).map_or("", String::as_str)) },
            html! { (node.amount.grouped()) },
        ]);
    }
    let heads = vec![
        Head::text(ctx.t("funds-flow-from")),
        Head::text(ctx.t("funds-flow-to")),
        Head::amount(ctx.t("funds-amount-yuan")),
    ];
    let mut links = DataTable::new("flow-links", ctx.t("funds-flow-links"), heads);
    for link in &flow.links {
        links = links.row(vec![
            html! { (say(ctx, &flow.nodes[link.from].name)) },
            html! { (say(ctx, &flow.nodes[link.to].name)) },
            html! { (link.amount.grouped()) },
        ]);
    }
    html! { (nodes.html()) (links.html()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_leads_to_its_rows_and_late_money_to_that_of_earlier_years() {
        let asked = Asked { fund: "main".into(), year: String::new(), now: 2020 };
        for (key, address) in [
            (NodeKey::Channel("district".into()), "/sources?kind=district&fund=main"),
            (NodeKey::Side("main".into(), "area".into()), "/sources?fund=main"),
            (NodeKey::Spending("sheds".into()), "/projects?spending=sheds&fund=main"),
            (NodeKey::Paid, "/funds/rows?figure=spent&fund=main"),
            (NodeKey::OverheadPaid, "/funds/rows?figure=overhead_spent&fund=main"),
            (NodeKey::UnallottedBefore, "/funds/rows?figure=quota&fund=main&before=2020"),
        ] {
            assert_eq!(rows_of(&key, &asked), address);
        }
        assert!(minds(&NodeKey::Unallotted) && minds(&NodeKey::CommittedBefore));
        assert!(!minds(&NodeKey::Committed) && !minds(&NodeKey::Paid));
    }
}
