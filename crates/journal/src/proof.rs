//! Inclusion and consistency proofs of RFC 9162, made from stored leaf hashes and checked without them.
//!
//! Making a proof reads each leaf hash of the tree once (a million leaves are about a second of hashing); checking one
//! takes a hash or two per level. The check trusts nothing but the two roots it is given.

use std::ops::Range;

use crate::digest::{Digest, HashKind};
use crate::merkle::Frontier;

/// Where leaf hashes are kept.
pub trait LeafSource {
    /// What can go wrong while reading.
    type Error;

    /// Calls `each` with the hashes of the leaves in `range`, in order.
    fn leaf_hashes(&self, range: Range<u64>, each: &mut dyn FnMut(Digest)) -> Result<(), Self::Error>;
}

impl LeafSource for [Digest] {
    type Error = ProofError<std::convert::Infallible>;

    fn leaf_hashes(&self, range: Range<u64>, each: &mut dyn FnMut(Digest)) -> Result<(), Self::Error> {
        let bounds = usize::try_from(range.start).ok().zip(usize::try_from(range.end).ok());
        let leaves = bounds.and_then(|(start, end)| self.get(start..end)).ok_or(ProofError::OutOfTree)?;
        for leaf in leaves {
            each(*leaf);
        }
        Ok(())
    }
}

/// Why a proof could not be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProofError<E> {
    /// The leaf or the earlier size lies beyond the tree.
    #[error("the tree has no such leaf or earlier size")]
    OutOfTree,
    /// The source gave fewer or more leaf hashes than it was asked for.
    #[error("the leaf hashes are incomplete")]
    Incomplete,
    /// The leaf hashes could not be read.
    #[error("the leaf hashes could not be read")]
    Source(E),
}

/// The audit path that leaf `index` is in the log of `size` leaves (RFC 9162, 2.1.3.1), from the leaf upward.
pub fn inclusion<S: LeafSource + ?Sized>(
    kind: HashKind,
    source: &S,
    index: u64,
    size: u64,
) -> Result<Vec<Digest>, ProofError<S::Error>> {
    if index >= size {
        return Err(ProofError::OutOfTree);
    }
    let mut path = Vec::new();
    let mut tree = 0..size;
    while tree.end - tree.start > 1 {
        let middle = split(&tree);
        if index < middle {
            path.push(subtree_root(kind, source, middle..tree.end)?);
            tree.end = middle;
        } else {
            path.push(subtree_root(kind, source, tree.start..middle)?);
            tree.start = middle;
        }
    }
    path.reverse();
    Ok(path)
}

/// Audit paths of several leaves of one tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inclusions {
    /// The path of each leaf, from the leaf upward.
    pub paths: Vec<Vec<Digest>>,
    /// The root that they lead to.
    pub root: Digest,
}

/// The audit paths of many leaves at once: each leaf hash is read once, in order, however many
/// leaves are asked for. `indices` must rise.
pub fn inclusions<S: LeafSource + ?Sized>(
    kind: HashKind,
    source: &S,
    indices: &[u64],
    size: u64,
) -> Result<Inclusions, ProofError<S::Error>> {
    let rises = indices.windows(2).all(|pair| pair[0] < pair[1]);
    if !rises || indices.last().is_some_and(|last| *last >= size) {
        return Err(ProofError::OutOfTree);
    }
    let mut paths = vec![Vec::new(); indices.len()];
    let root = many(kind, source, 0..size, indices, &mut paths)?;
    Ok(Inclusions { paths, root })
}

/// The root of a subtree; the paths of the leaves asked for get what stands beside them, from below upward.
fn many<S: LeafSource + ?Sized>(
    kind: HashKind,
    source: &S,
    tree: Range<u64>,
    indices: &[u64],
    paths: &mut [Vec<Digest>],
) -> Result<Digest, ProofError<S::Error>> {
    if indices.is_empty() || tree.end - tree.start == 1 {
        return subtree_root(kind, source, tree);
    }
    let middle = split(&tree);
    let at = indices.partition_point(|index| *index < middle);
    let (below, above) = paths.split_at_mut(at);
    let left = many(kind, source, tree.start..middle, &indices[..at], below)?;
    let right = many(kind, source, middle..tree.end, &indices[at..], above)?;
    for path in below {
        path.push(right);
    }
    for path in above {
        path.push(left);
    }
    Ok(kind.node(left, right))
}

/// The proof that the log of `size` leaves extends the log of its first `earlier` leaves (RFC 9162, 2.1.4.1).
pub fn consistency<S: LeafSource + ?Sized>(
    kind: HashKind,
    source: &S,
    earlier: u64,
    size: u64,
) -> Result<Vec<Digest>, ProofError<S::Error>> {
    if earlier > size {
        return Err(ProofError::OutOfTree);
    }
    if earlier == 0 {
        return Ok(Vec::new());
    }
    let mut path = Vec::new();
    let mut tree = 0..size;
    while earlier != tree.end {
        let middle = split(&tree);
        if earlier <= middle {
            path.push(subtree_root(kind, source, middle..tree.end)?);
            tree.end = middle;
        } else {
            path.push(subtree_root(kind, source, tree.start..middle)?);
            tree.start = middle;
        }
    }
    // The verifier knows the earlier root already when the earlier log is one full subtree from leaf 0.
    if tree.start != 0 {
        path.push(subtree_root(kind, source, tree)?);
    }
    path.reverse();
    Ok(path)
}

/// Whether `path` proves that `leaf` is leaf `index` of the log of `size` leaves with this `root` (RFC 9162, 2.1.3.2).
pub fn inclusion_holds(
    kind: HashKind,
    leaf: Digest,
    index: u64,
    size: u64,
    path: &[Digest],
    root: Digest,
) -> bool {
    if index >= size {
        return false;
    }
    let mut climb = Climb { node: index, last: size - 1 };
    let mut hash = leaf;
    for sibling in path {
        if climb.last == 0 {
            return false;
        }
        hash = if climb.is_right() { kind.node(*sibling, hash) } else { kind.node(hash, *sibling) };
        climb.up();
    }
    climb.last == 0 && hash == root
}

/// A log's size with its root: one side of a consistency proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TreeHead {
    /// Number of leaves.
    pub size: u64,
    /// Root over them.
    pub root: Digest,
}

/// Whether `path` proves that the `later` log extends the `earlier` one (RFC 9162, 2.1.4.2).
pub fn consistency_holds(kind: HashKind, earlier: TreeHead, later: TreeHead, path: &[Digest]) -> bool {
    if earlier.size > later.size {
        return false;
    }
    if earlier.size == later.size {
        return path.is_empty() && earlier.root == later.root;
    }
    if earlier.size == 0 {
        return path.is_empty() && earlier.root == kind.empty_root();
    }
    let mut climb = Climb { node: earlier.size - 1, last: later.size - 1 };
    while climb.node & 1 == 1 {
        climb.node >>= 1;
        climb.last >>= 1;
    }
    let (start, path) = if earlier.size.is_power_of_two() {
        (earlier.root, path)
    } else {
        let Some((first, rest)) = path.split_first() else { return false };
        (*first, rest)
    };
    let (mut old, mut new) = (start, start);
    for sibling in path {
        if climb.last == 0 {
            return false;
        }
        if climb.is_right() {
            old = kind.node(*sibling, old);
            new = kind.node(*sibling, new);
        } else {
            new = kind.node(new, *sibling);
        }
        climb.up();
    }
    climb.last == 0 && old == earlier.root && new == later.root
}

/// A node's way to the root: its index on its level and the last index of that level.
struct Climb {
    node: u64,
    last: u64,
}

impl Climb {
    /// Whether the sibling in the path stands to the left.
    fn is_right(&self) -> bool {
        self.node & 1 == 1 || self.node == self.last
    }

    /// One step of the path up; levels on which the node has no sibling are passed over.
    fn up(&mut self) {
        if self.node & 1 == 0 && self.node == self.last {
            while self.node & 1 == 0 && self.node != 0 {
                self.node >>= 1;
                self.last >>= 1;
            }
        }
        self.node >>= 1;
        self.last >>= 1;
    }
}

/// Where a tree of two or more leaves splits: its left side is the largest full subtree that leaves something to the right.
fn split(tree: &Range<u64>) -> u64 {
    let largest = (tree.end - tree.start - 1).ilog2();
    tree.start + (1 << largest)
}

fn subtree_root<S: LeafSource + ?Sized>(
    kind: HashKind,
    source: &S,
    range: Range<u64>,
) -> Result<Digest, ProofError<S::Error>> {
    let wanted = range.end - range.start;
    let mut frontier = Frontier::new(kind);
    source.leaf_hashes(range, &mut |leaf| frontier.push(leaf)).map_err(ProofError::Source)?;
    if frontier.size() == wanted { Ok(frontier.root()) } else { Err(ProofError::Incomplete) }
}
