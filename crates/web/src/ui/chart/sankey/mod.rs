//! Where amounts flow, column by column: nodes as high as what goes through them, bands between. Every node can lead to its
//! rows and is reached with the keyboard; on a narrow screen the same stands as lists.

mod layout;

use maud::{Markup, html};

use self::layout::{Band, Given, Layout, NODE_WIDTH, Piece, Placed, Run, layout};
use super::{Ink, Palette};

/// A node.
#[derive(Clone, Debug)]
pub struct SankeyNode {
    /// Its name.
    pub label: String,
    /// Its amount as it is to be read, with the unit.
    pub text: String,
    /// Its column, from 0.
    pub column: usize,
    /// How much goes through it; for the lists.
    pub value: i64,
    /// Its rows.
    pub href: Option<String>,
    /// Its colour.
    pub ink: Ink,
    /// Somebody must mind it: it bears a sign.
    pub alert: bool,
}

/// A band between nodes.
#[derive(Clone, Debug)]
pub struct SankeyLink {
    /// From this node.
    pub from: usize,
    /// To this node, of a later column.
    pub to: usize,
    /// How much; not negative.
    pub value: i64,
    /// The amount as it is to be read.
    pub text: String,
    /// Its colour.
    pub ink: Ink,
}

/// A flow.
#[derive(Clone, Debug)]
pub struct Sankey<'a> {
    /// Unique on the page.
    pub id: &'a str,
    /// What it shows.
    pub title: &'a str,
    /// The names of the columns.
    pub heads: &'a [String],
    /// The nodes, column by column.
    pub nodes: &'a [SankeyNode],
    /// The bands.
    pub links: &'a [SankeyLink],
    /// Where it is drawn.
    pub palette: Palette,
}

const WIDTH: i64 = 11_600;
/// Room for the labels at the left and at the right.
const SIDE: i64 = 2_050;
const TOP: i64 = 420;
const BOTTOM: i64 = 60;
const LINE: i64 = 170;
const LABEL_MIN: i64 = 400;
/// How wide a line of a label may be: a Chinese character counts two.
const UNITS_SIDE: usize = 28;
const UNITS_BETWEEN: usize = 30;

/// The picture, and for narrow screens the lists that say the same.
pub fn sankey(sankey: &Sankey<'_>) -> Markup {
    html! {
        div.flow {
            (picture(sankey))
            (lists(sankey))
        }
    }
}

fn picture(sankey: &Sankey<'_>) -> Markup {
    let last = sankey.heads.len().saturating_sub(1);
    let columns = columns(sankey.heads.len());
    let labels: Vec<Vec<String>> = sankey.nodes.iter().map(|node| lines_of(node, last)).collect();
    let given: Vec<Given> = sankey
        .nodes
        .iter()
        .zip(&labels)
        .map(|(node, lines)| Given { column: node.column, label: tall(lines) })
        .collect();
    let runs: Vec<Run> =
        sankey.links.iter().map(|link| Run { from: link.from, to: link.to, value: link.value }).collect();
    let Layout { height, nodes, bands } = layout(&given, &runs, &columns);
    html! {
        svg.flow-picture viewBox={ "0 0 " (px(WIDTH)) " " (px(TOP + height + BOTTOM)) } role="group"
            aria-labelledby={ (sankey.id) "-title" } {
            title id={ (sankey.id) "-title" } { (sankey.title) }
            @for (head, x) in sankey.heads.iter().zip(&columns) {
                text.flow-head x=(px(x + NODE_WIDTH / 2)) y="18" text-anchor="middle" font-size="13" font-weight="700" { (head) }
            }
            g fill-opacity="0.34" { @for (link, band) in sankey.links.iter().zip(&bands) { (self::band(sankey, link, band)) } }
            @for ((node, place), lines) in sankey.nodes.iter().zip(&nodes).zip(&labels) {
                @match &node.href {
                    Some(href) => a href=(href) { (self::node(sankey, node, *place, lines)) },
                    None => g { (self::node(sankey, node, *place, lines)) },
                }
            }
        }
    }
}

/// The left edges of the columns.
fn columns(count: usize) -> Vec<i64> {
    let gaps = i64::try_from(count).unwrap_or(2).saturating_sub(1).max(1);
    let step = (WIDTH - 2 * SIDE - NODE_WIDTH) / gaps;
    (0..count).map(|column| SIDE + step * i64::try_from(column).unwrap_or(0)).collect()
}

fn lines_of(node: &SankeyNode, last: usize) -> Vec<String> {
    let units = if node.column == 0 || node.column == last { UNITS_SIDE } else { UNITS_BETWEEN };
    let label = if node.alert { format!("⚠ {}", node.label) } else { node.label.clone() };
    wrapped(&label, units)
}

fn tall(lines: &[String]) -> i64 {
    (i64::try_from(lines.len()).unwrap_or(1) * LINE + LINE + 30).max(LABEL_MIN)
}

fn band(sankey: &Sankey<'_>, link: &SankeyLink, band: &Band) -> Markup {
    let (class, colour) = sankey.palette.ink(link.ink);
    let name = |node: usize| sankey.nodes.get(node).map_or("", |node| node.label.as_str());
    let path: String = band.pieces.iter().map(|piece| path_of(*piece, band.thick)).collect();
    html! {
        path.flow-band.(class) d=(path) fill=[(!colour.is_empty()).then_some(colour)] {
            title { (name(link.from)) " → " (name(link.to)) " " (link.text) }
        }
    }
}

fn path_of(Piece { from, to }: Piece, thick: i64) -> String {
    let bend = i64::midpoint(from.0, to.0);
    let (y0, y1) = (from.1 + TOP, to.1 + TOP);
    format!(
        "M{x0} {y0}C{bend} {y0} {bend} {y1} {x1} {y1}V{low1}C{bend} {low1} {bend} {low0} {x0} {low0}Z",
        x0 = px(from.0),
        x1 = px(to.0),
        bend = px(bend),
        y0 = px(y0),
        y1 = px(y1),
        low0 = px(y0 + thick),
        low1 = px(y1 + thick),
    )
}

fn node(sankey: &Sankey<'_>, node: &SankeyNode, place: Placed, lines: &[String]) -> Markup {
    let (class, colour) = sankey.palette.ink(node.ink);
    let left = node.column == 0;
    let (x, anchor) = if left { (place.x - 80, "end") } else { (place.x + NODE_WIDTH + 80, "start") };
    let middle = TOP + place.y + place.height / 2;
    let block = i64::try_from(lines.len()).unwrap_or(1) * LINE + LINE;
    let first = middle - block / 2 + 130;
    let line_y = |line: usize| first + LINE * i64::try_from(line).unwrap_or(0);
    let reach = if left { (0, place.x + NODE_WIDTH) } else { (place.x, SIDE) };
    html! {
        title { (node.label) " " (node.text) }
        // What can be pressed: the node and its label.
        rect.flow-reach x=(px(reach.0)) y=(px(TOP + place.slot.0)) width=(px(reach.1)) height=(px(place.slot.1)) fill-opacity="0" {}
        rect.flow-node.(class) x=(px(place.x)) y=(px(TOP + place.y)) width=(px(NODE_WIDTH)) height=(px(place.height)) rx="2"
            fill=[(!colour.is_empty()).then_some(colour)] {}
        @for (number, line) in lines.iter().enumerate() {
            text.flow-name x=(px(x)) y=(px(line_y(number))) text-anchor=(anchor) font-size="13" { (line) }
        }
        text.flow-amount x=(px(x)) y=(px(line_y(lines.len()))) text-anchor=(anchor) font-size="12" { (node.text) }
    }
}

/// Tenths of a pixel as SVG writes them.
fn px(tenths: i64) -> String {
    match tenths % 10 {
        0 => (tenths / 10).to_string(),
        rest => format!("{}{}.{}", if tenths < 0 { "-" } else { "" }, (tenths / 10).abs(), rest.abs()),
    }
}

/// A text in at most two lines; what does not fit ends with `…` (the whole stands in the title).
fn wrapped(text: &str, units: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for c in text.chars() {
        let wide = if c.is_ascii() { 1 } else { 2 };
        if used + wide > units {
            if lines.len() == 2 {
                if let Some(line) = lines.last_mut() {
                    line.pop();
                    line.push('…');
                }
                return lines;
            }
            // English breaks at a blank.
            let rest = lines.last_mut().map_or_else(String::new, |line| match line.rfind(' ') {
                Some(at) if c.is_ascii() && at > 0 => line.split_off(at).trim_start().to_owned(),
                _ => String::new(),
            });
            used = rest.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
            lines.push(rest);
        }
        used += wide;
        if let Some(line) = lines.last_mut() {
            line.push(c);
        }
    }
    lines
}

/// The same column by column as lists with small bars.
fn lists(sankey: &Sankey<'_>) -> Markup {
    let most = sankey.nodes.iter().map(|node| node.value).max().unwrap_or(0).max(1);
    html! {
        div.flow-lists {
            @for (column, head) in sankey.heads.iter().enumerate() {
                section {
                    h3 { (head) }
                    ul {
                        @for node in sankey.nodes.iter().filter(|node| node.column == column) {
                            li { (list_line(sankey.palette, node, most)) }
                        }
                    }
                }
            }
        }
    }
}

fn list_line(palette: Palette, node: &SankeyNode, most: i64) -> Markup {
    let (class, colour) = palette.ink(node.ink);
    let width = (i128::from(node.value) * 1_000 / i128::from(most)).max(4);
    html! {
        span.flow-line {
            @match &node.href { Some(href) => a href=(href) { (sign(node)) (node.label) }, None => span { (sign(node)) (node.label) } }
            span.flow-figure { (node.text) }
        }
        svg.flow-bar viewBox="0 0 1000 8" preserveAspectRatio="none" aria-hidden="true" {
            rect width=(width) height="8" class=(class) fill=[(!colour.is_empty()).then_some(colour)] {}
        }
    }
}

fn sign(node: &SankeyNode) -> &'static str {
    if node.alert { "⚠ " } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(label: &str, column: usize, href: Option<&str>) -> SankeyNode {
        SankeyNode {
            label: label.into(),
            text: "12万元".into(),
            column,
            value: 12,
            href: href.map(Into::into),
            ink: Ink::Series(0),
            alert: label.contains("待分配"),
        }
    }

    fn drawn(palette: Palette) -> String {
        let nodes = [
            node("区级财政性资金", 0, Some("/sources?kind=a")),
            node("资金池", 1, None),
            node("待分配", 2, Some("/x")),
        ];
        let link = |from, to| SankeyLink { from, to, value: 12, text: "12万元".into(), ink: Ink::Low };
        let heads = ["渠道", "资金", "状态"].map(str::to_owned);
        let flow = Sankey {
            id: "flow",
            title: "资金流向",
            heads: &heads,
            nodes: &nodes,
            links: &[link(0, 1), link(1, 2)],
            palette,
        };
        sankey(&flow).into_string()
    }

    #[test]
    fn every_node_has_its_name_amount_and_link_and_nothing_is_styled_inline() {
        let html = drawn(Palette::Screen);
        assert!(
            html.contains("<a href=\"/sources?kind=a\">") && html.contains("区级财政性资金 12万元</title>"),
            "{html}"
        );
        assert!(html.contains("区级财政性资金 → 资金池 12万元"), "{html}");
        assert!(html.contains("⚠ 待分配"), "what must be minded bears a sign beside its colour: {html}");
        assert!(
            !html.contains("style=") && !html.contains("role=\"img\""),
            "links inside an image are lost: {html}"
        );
        assert!(html.contains("class=\"flow-band chart-low\""), "{html}");
    }

    #[test]
    fn on_paper_the_colours_are_written_out() {
        let html = drawn(Palette::Paper);
        assert!(html.contains("fill=\"#b45309\"") && html.contains("fill=\"#0b5cad\""), "{html}");
    }

    #[test]
    fn long_names_take_two_lines_and_end_with_dots() {
        for (text, units, lines) in [
            ("区级财政性资金", 14, vec!["区级财政性资金"]),
            ("区级财政性资金甲", 14, vec!["区级财政性资金", "甲"]),
            ("一二三四五六七八九", 8, vec!["一二三四", "五六七…"]),
            ("district budget money", 12, vec!["district", "budget money"]),
        ] {
            assert_eq!(wrapped(text, units), lines, "{text}");
        }
    }

    #[test]
    fn tenths_are_written_short() {
        for (tenths, text) in [(0, "0"), (15, "1.5"), (-3, "-0.3"), (100, "10")] {
            assert_eq!(px(tenths), text);
        }
    }
}
