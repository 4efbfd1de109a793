//! The frontier of a Merkle log: the few nodes that are enough to append and to know the root.
//!
//! The frontier of `size` leaves holds the roots of its full subtrees, largest first: one node per one-bit of `size`.
//! It keeps no leaves; proofs are made in [`crate::proof`] from the stored leaf hashes.

use crate::digest::{Digest, HashKind};

/// The full subtrees of a log of `size` leaves (RFC 9162, a compact range from leaf 0).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frontier {
    kind: HashKind,
    size: u64,
    nodes: Vec<Digest>,
}

impl Frontier {
    /// The frontier of a log without leaves.
    pub const fn new(kind: HashKind) -> Self {
        Self { kind, size: 0, nodes: Vec::new() }
    }

    /// Rebuilds a stored frontier; `None` when the bytes cannot belong to a log of `size` leaves.
    ///
    /// `bytes` are the nodes of [`Frontier::to_bytes`]: 32 bytes each, largest subtree first.
    pub fn from_bytes(kind: HashKind, size: u64, bytes: &[u8]) -> Option<Self> {
        let nodes: Vec<Digest> = bytes.chunks(Digest::LEN).map(Digest::from_slice).collect::<Option<_>>()?;
        (nodes.len() == size.count_ones() as usize).then_some(Self { kind, size, nodes })
    }

    /// The nodes as stored: 32 bytes each, largest subtree first, nothing else.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.nodes.iter().flat_map(|node| *node.as_bytes()).collect()
    }

    /// The hash function of the log.
    pub const fn kind(&self) -> HashKind {
        self.kind
    }

    /// The number of leaves.
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Appends the leaf with this hash: at most one node hash per level.
    pub fn push(&mut self, leaf: Digest) {
        let mut node = leaf;
        let mut level = self.size;
        while level & 1 == 1 {
            let Some(left) = self.nodes.pop() else { break };
            node = self.kind.node(left, node);
            level >>= 1;
        }
        self.nodes.push(node);
        self.size += 1;
    }

    /// The root of the log.
    pub fn root(&self) -> Digest {
        let mut nodes = self.nodes.iter().rev().copied();
        let Some(smallest) = nodes.next() else { return self.kind.empty_root() };
        nodes.fold(smallest, |right, left| self.kind.node(left, right))
    }
}

impl Extend<Digest> for Frontier {
    fn extend<I: IntoIterator<Item = Digest>>(&mut self, leaves: I) {
        for leaf in leaves {
            self.push(leaf);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::{leaves, naive_root};

    #[test]
    fn a_frontier_reads_back_at_each_size() {
        let mut frontier = Frontier::new(HashKind::Sm3);
        for (size, leaf) in leaves(HashKind::Sm3, 70).into_iter().enumerate() {
            let stored = frontier.to_bytes();
            assert_eq!(Frontier::from_bytes(HashKind::Sm3, size as u64, &stored).as_ref(), Some(&frontier));
            frontier.push(leaf);
        }
    }

    #[test]
    fn a_frontier_of_another_size_is_refused() {
        let mut frontier = Frontier::new(HashKind::Sm3);
        frontier.extend(leaves(HashKind::Sm3, 3));
        let stored = frontier.to_bytes();
        assert!(Frontier::from_bytes(HashKind::Sm3, 4, &stored).is_none(), "three leaves have two nodes");
        assert!(Frontier::from_bytes(HashKind::Sm3, 3, &stored[1..]).is_none(), "a node has 32 bytes");
    }

    proptest! {
        #[test]
        fn the_root_is_that_of_the_definition(count in 0_usize..300, sm3: bool) {
            let kind = if sm3 { HashKind::Sm3 } else { HashKind::Sha256 };
            let leaves = leaves(kind, count);
            let mut frontier = Frontier::new(kind);
            frontier.extend(leaves.iter().copied());
            prop_assert_eq!(frontier.root(), naive_root(kind, &leaves));
            prop_assert_eq!(frontier.size(), count as u64);
        }
    }
}
