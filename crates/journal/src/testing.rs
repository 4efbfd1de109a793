//! The tree by its definition, for the tests of the fast one: slow, recursive, and read beside RFC 9162 section 2.1.1.

use crate::digest::{Digest, HashKind};

/// The leaf hashes of `count` distinct made-up acts.
pub(crate) fn leaves(kind: HashKind, count: usize) -> Vec<Digest> {
    (0..count).map(|act| kind.leaf(format!("act {act}").as_bytes())).collect()
}

/// `MTH(D[n])` as the RFC writes it.
pub(crate) fn naive_root(kind: HashKind, leaves: &[Digest]) -> Digest {
    match leaves {
        [] => kind.empty_root(),
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
            kind.node(naive_root(kind, left), naive_root(kind, right))
        }
    }
}
