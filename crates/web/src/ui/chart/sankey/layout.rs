//! Where the nodes and bands of a flow stand. Whole tenths of a pixel, so that what flows in and out of a node is as high as
//! the node, to the tenth.

/// The thinnest band, so that small amounts stay visible.
pub const BAND_MIN: i64 = 20;
/// The width of a node.
pub const NODE_WIDTH: i64 = 140;
/// The height of the fullest column without its gaps.
const FULL: i64 = 3_400;
const GAP: i64 = 60;
/// The gap between bands that pass through a column.
const PASS_GAP: i64 = 40;

/// What is known of a node before it is placed.
#[derive(Clone, Copy, Debug)]
pub struct Given {
    /// Its column.
    pub column: usize,
    /// How high its label is.
    pub label: i64,
}

/// A link between nodes.
#[derive(Clone, Copy, Debug)]
pub struct Run {
    /// From this node.
    pub from: usize,
    /// To this node, of a later column.
    pub to: usize,
    /// How much; not negative.
    pub value: i64,
}

/// A node in its place; `slot` is the room that it and its label have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Placed {
    /// Left edge.
    pub x: i64,
    /// Upper edge.
    pub y: i64,
    /// Height.
    pub height: i64,
    /// Upper edge and height of its room.
    pub slot: (i64, i64),
}

/// One piece of a band: from a right edge to a left edge, upper edges given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Where it begins.
    pub from: (i64, i64),
    /// Where it ends.
    pub to: (i64, i64),
}

/// A band: one piece, or more where it passes columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Band {
    /// Its thickness.
    pub thick: i64,
    /// Its pieces.
    pub pieces: Vec<Piece>,
}

/// The picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// The height of all.
    pub height: i64,
    /// The nodes, as given.
    pub nodes: Vec<Placed>,
    /// The bands, as the runs were given.
    pub bands: Vec<Band>,
}

/// What stands in a column: a node, or a band passing through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Item {
    Node(usize),
    Pass(usize),
}

/// Places nodes and bands. `columns` are the left edges of the columns.
pub fn layout(nodes: &[Given], runs: &[Run], columns: &[i64]) -> Layout {
    let thick = thickness(nodes, runs, columns.len());
    let heights: Vec<i64> = (0..nodes.len())
        .map(|node| {
            let sum = |of: fn(&Run) -> usize| -> i64 {
                runs.iter().zip(&thick).filter(|(run, _)| of(run) == node).map(|(_, thick)| thick).sum()
            };
            sum(|run| run.from).max(sum(|run| run.to)).max(BAND_MIN)
        })
        .collect();
    let items: Vec<Vec<Item>> = (0..columns.len()).map(|column| items_of(column, nodes, runs)).collect();
    let room = |item: &Item| match item {
        Item::Node(node) => heights[*node].max(nodes[*node].label) + GAP,
        Item::Pass(run) => thick[*run] + PASS_GAP,
    };
    let tall: Vec<i64> = items.iter().map(|column| column.iter().map(room).sum()).collect();
    let height = tall.iter().copied().max().unwrap_or(0);
    let mut placed = vec![Placed::default(); nodes.len()];
    let mut passes: Vec<Vec<(i64, i64)>> = vec![Vec::new(); runs.len()];
    for ((column, x), tall) in items.iter().zip(columns).zip(&tall) {
        let mut y = (height - tall) / 2;
        for item in column {
            match item {
                Item::Node(node) => {
                    let slot = heights[*node].max(nodes[*node].label);
                    let top = y + GAP / 2;
                    let own = heights[*node];
                    placed[*node] =
                        Placed { x: *x, y: top + (slot - own) / 2, height: own, slot: (top, slot) };
                }
                Item::Pass(run) => passes[*run].push((*x, y + PASS_GAP / 2)),
            }
            y += room(item);
        }
    }
    let bands = bands(&placed, runs, &thick, &passes);
    Layout { height, nodes: placed, bands }
}

/// How thick each run is: all on one scale, so that the fullest column is [`FULL`] high.
fn thickness(nodes: &[Given], runs: &[Run], columns: usize) -> Vec<i64> {
    let through = |column: usize| -> i128 {
        let crosses = |run: &&Run| nodes[run.from].column < column && nodes[run.to].column >= column;
        runs.iter().filter(crosses).map(|run| i128::from(run.value)).sum()
    };
    let most = (1..columns).map(through).max().unwrap_or(0).max(1);
    let scaled = |run: &Run| i64::try_from(i128::from(run.value) * i128::from(FULL) / most).unwrap_or(FULL);
    runs.iter().map(|run| scaled(run).max(BAND_MIN)).collect()
}

/// The nodes of a column in their order, then the bands that pass it.
fn items_of(column: usize, nodes: &[Given], runs: &[Run]) -> Vec<Item> {
    let own = (0..nodes.len()).filter(|node| nodes[*node].column == column).map(Item::Node);
    let mut passing: Vec<usize> = (0..runs.len())
        .filter(|run| nodes[runs[*run].from].column < column && nodes[runs[*run].to].column > column)
        .collect();
    passing.sort_by_key(|run| (runs[*run].from, runs[*run].to));
    own.chain(passing.into_iter().map(Item::Pass)).collect()
}

fn bands(placed: &[Placed], runs: &[Run], thick: &[i64], passes: &[Vec<(i64, i64)>]) -> Vec<Band> {
    let next = |run: usize| passes[run].first().map_or(placed[runs[run].to].y, |pass| pass.1);
    let before = |run: usize| passes[run].last().map_or(placed[runs[run].from].y, |pass| pass.1);
    let starts = stacked(placed, thick, runs.iter().map(|run| run.from), next);
    let ends = stacked(placed, thick, runs.iter().map(|run| run.to), before);
    let band = |run: usize| {
        let mut pieces = Vec::new();
        let mut from = (placed[runs[run].from].x + NODE_WIDTH, starts[run]);
        for pass in &passes[run] {
            pieces.push(Piece { from, to: *pass });
            pieces.push(Piece { from: *pass, to: (pass.0 + NODE_WIDTH, pass.1) });
            from = (pass.0 + NODE_WIDTH, pass.1);
        }
        pieces.push(Piece { from, to: (placed[runs[run].to].x, ends[run]) });
        Band { thick: thick[run], pieces }
    };
    (0..runs.len()).map(band).collect()
}

/// The upper edges of bands at one side of their nodes: in the order of where they go, so that they do not cross there.
fn stacked(
    placed: &[Placed],
    thick: &[i64],
    at: impl Iterator<Item = usize>,
    other: impl Fn(usize) -> i64,
) -> Vec<i64> {
    let at: Vec<usize> = at.collect();
    let mut edges = vec![0; at.len()];
    for (node, place) in placed.iter().enumerate() {
        let mut here: Vec<usize> = (0..at.len()).filter(|run| at[*run] == node).collect();
        here.sort_by_key(|run| (other(*run), *run));
        let sum: i64 = here.iter().map(|run| thick[*run]).sum();
        let mut y = place.y + (place.height - sum) / 2;
        for run in here {
            edges[run] = y;
            y += thick[run];
        }
    }
    edges
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: [i64; 4] = [0, 1_000, 2_000, 3_000];

    fn nodes(columns: &[usize]) -> Vec<Given> {
        columns.iter().map(|column| Given { column: *column, label: 400 }).collect()
    }

    fn runs(of: &[(usize, usize, i64)]) -> Vec<Run> {
        of.iter().map(|(from, to, value)| Run { from: *from, to: *to, value: *value }).collect()
    }

    /// Two channels, one fund, two uses, two states; part of the fund goes straight to a state.
    fn sample() -> (Vec<Given>, Vec<Run>) {
        let nodes = nodes(&[0, 0, 1, 2, 2, 3, 3]);
        let runs = runs(&[
            (0, 2, 600),
            (1, 2, 400),
            (2, 3, 500),
            (2, 4, 300),
            (2, 6, 200),
            (3, 5, 500),
            (4, 6, 300),
        ]);
        (nodes, runs)
    }

    fn edges(layout: &Layout, runs: &[Run], node: usize, out: bool) -> Vec<(i64, i64)> {
        let at = |run: &Run| if out { run.from } else { run.to };
        let found = runs.iter().zip(&layout.bands).filter(|(run, _)| at(run) == node);
        let mut edges: Vec<(i64, i64)> = found
            .map(|(_, band)| {
                let y = if out { band.pieces[0].from.1 } else { band.pieces[band.pieces.len() - 1].to.1 };
                (y, y + band.thick)
            })
            .collect();
        edges.sort_unstable();
        edges
    }

    #[test]
    fn what_flows_in_and_out_is_as_high_as_the_node() {
        let (nodes, runs) = sample();
        let layout = layout(&nodes, &runs, &COLUMNS);
        for node in 0..nodes.len() {
            let place = layout.nodes[node];
            for out in [false, true] {
                let edges = edges(&layout, &runs, node, out);
                if let (Some(first), Some(last)) = (edges.first(), edges.last()) {
                    assert_eq!((first.0, last.1), (place.y, place.y + place.height), "node {node} {out}");
                }
            }
        }
    }

    #[test]
    fn bands_do_not_overlap_at_a_node_nor_nodes_and_labels_in_a_column() {
        let (nodes, runs) = sample();
        let layout = layout(&nodes, &runs, &COLUMNS);
        for node in 0..nodes.len() {
            for out in [false, true] {
                let edges = edges(&layout, &runs, node, out);
                assert!(edges.windows(2).all(|two| two[0].1 <= two[1].0), "node {node}: {edges:?}");
            }
        }
        for (column, middle) in COLUMNS.iter().enumerate() {
            let mut slots: Vec<(i64, i64)> = nodes
                .iter()
                .zip(&layout.nodes)
                .filter(|(given, _)| given.column == column)
                .map(|(_, place)| (place.slot.0, place.slot.0 + place.slot.1))
                .collect();
            slots.extend(layout.bands.iter().flat_map(|band| {
                let passes = band.pieces.iter().filter(|piece| piece.from.0 == *middle);
                passes.map(|piece| (piece.from.1, piece.from.1 + band.thick)).collect::<Vec<_>>()
            }));
            slots.sort_unstable();
            assert!(slots.windows(2).all(|two| two[0].1 < two[1].0), "column {column}: {slots:?}");
            assert!(slots.iter().all(|(top, end)| *top >= 0 && *end <= layout.height));
        }
    }

    #[test]
    fn the_smallest_amount_is_still_seen_and_the_largest_does_not_overflow() {
        let nodes = nodes(&[0, 0, 1]);
        for (large, small) in [(1_000_000, 1), (i64::MAX / 4, 0), (1, 1)] {
            let layout = layout(&nodes, &runs(&[(0, 2, large), (1, 2, small)]), &COLUMNS[..2]);
            assert!(layout.bands.iter().all(|band| band.thick >= BAND_MIN), "{layout:?}");
            assert!(layout.nodes[2].height <= FULL + BAND_MIN, "{layout:?}");
            assert_eq!(layout.nodes[2].height, layout.bands.iter().map(|band| band.thick).sum::<i64>());
        }
    }

    #[test]
    fn a_band_over_two_columns_passes_between() {
        let (nodes, runs) = sample();
        let layout = layout(&nodes, &runs, &COLUMNS);
        assert_eq!(layout.bands[4].pieces.len(), 3);
        for (band, pieces) in layout.bands.iter().zip([1, 1, 1, 1, 3, 1, 1]) {
            assert_eq!(band.pieces.len(), pieces);
            assert!(band.pieces.windows(2).all(|two| two[0].to == two[1].from));
        }
    }

    #[test]
    fn nothing_is_an_empty_picture() {
        assert_eq!(layout(&[], &[], &COLUMNS).height, 0);
    }
}
