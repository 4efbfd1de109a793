//! Properties of proofs: each made proof holds, and no other leaf, index, size, root or path does.

use journal::digest::{Digest, HashKind};
use journal::merkle::Frontier;
use journal::proof::{self, ProofError, TreeHead};
use proptest::prelude::*;

fn leaves(kind: HashKind, count: u64) -> Vec<Digest> {
    (0..count).map(|act| kind.leaf(&act.to_be_bytes())).collect()
}

fn head(kind: HashKind, leaves: &[Digest]) -> TreeHead {
    let mut frontier = Frontier::new(kind);
    frontier.extend(leaves.iter().copied());
    TreeHead { size: frontier.size(), root: frontier.root() }
}

#[test]
fn all_proofs_of_small_logs_hold() {
    let kind = HashKind::Sm3;
    for size in 0..40 {
        let leaves = leaves(kind, size);
        let tree = leaves.as_slice();
        let later = head(kind, tree);
        for index in 0..size {
            let path = proof::inclusion(kind, tree, index, size).unwrap();
            assert!(proof::inclusion_holds(kind, leaves[index as usize], index, size, &path, later.root));
        }
        for earlier in 0..=size {
            let path = proof::consistency(kind, tree, earlier, size).unwrap();
            let earlier = head(kind, &leaves[..earlier as usize]);
            assert!(proof::consistency_holds(kind, earlier, later, &path), "{earlier:?} to {later:?}");
        }
    }
}

#[test]
fn one_act_of_96000_is_proved_with_17_hashes() {
    let kind = HashKind::Sm3;
    let leaves = leaves(kind, 96_000);
    let path = proof::inclusion(kind, leaves.as_slice(), 12_345, 96_000).unwrap();
    assert_eq!(path.len(), 17);
    let root = head(kind, &leaves).root;
    assert!(proof::inclusion_holds(kind, leaves[12_345], 12_345, 96_000, &path, root));
}

#[test]
fn many_proofs_made_at_once_are_those_made_one_by_one() {
    let kind = HashKind::Sm3;
    for size in 0..40 {
        let leaves = leaves(kind, size);
        let tree = leaves.as_slice();
        let root = head(kind, tree).root;
        let every_third: Vec<u64> = (0..size).step_by(3).collect();
        let all: Vec<u64> = (0..size).collect();
        for wanted in [all, every_third, Vec::new()] {
            let made = proof::inclusions(kind, tree, &wanted, size).unwrap();
            assert_eq!(made.root, root, "{size}");
            let one = |index: &u64| proof::inclusion(kind, tree, *index, size).unwrap();
            assert_eq!(made.paths, wanted.iter().map(one).collect::<Vec<_>>(), "{size}");
        }
    }
    let five = leaves(kind, 5);
    for wrong in [[0, 5], [3, 1], [2, 2]] {
        assert_eq!(proof::inclusions(kind, five.as_slice(), &wrong, 5), Err(ProofError::OutOfTree));
    }
}

#[test]
fn what_is_not_in_the_tree_has_no_proof() {
    let leaves = leaves(HashKind::Sm3, 5);
    let tree = leaves.as_slice();
    assert_eq!(proof::inclusion(HashKind::Sm3, tree, 5, 5), Err(ProofError::OutOfTree));
    assert_eq!(proof::consistency(HashKind::Sm3, tree, 6, 5), Err(ProofError::OutOfTree));
    assert!(matches!(proof::inclusion(HashKind::Sm3, tree, 0, 6), Err(ProofError::Source(_))));
}

proptest! {
    #[test]
    fn a_changed_inclusion_proof_fails(size in 1_u64..200, pick: u64, at: prop::sample::Index, bit in 0_usize..256) {
        let kind = HashKind::Sm3;
        let leaves = leaves(kind, size);
        let index = pick % size;
        let leaf = leaves[index as usize];
        let root = head(kind, &leaves).root;
        let path = proof::inclusion(kind, leaves.as_slice(), index, size).unwrap();
        prop_assert!(proof::inclusion_holds(kind, leaf, index, size, &path, root));
        prop_assert!(!proof::inclusion_holds(kind, flipped(leaf, bit), index, size, &path, root));
        prop_assert!(!proof::inclusion_holds(kind, leaf, index, size, &path, flipped(root, bit)));
        prop_assert!(!proof::inclusion_holds(kind, leaf, size, size, &path, root));
        if !path.is_empty() {
            let mut other = path.clone();
            let place = at.index(other.len());
            other[place] = flipped(other[place], bit);
            prop_assert!(!proof::inclusion_holds(kind, leaf, index, size, &other, root));
            prop_assert!(!proof::inclusion_holds(kind, leaf, index, size, &path[1..], root));
            prop_assert!(!proof::inclusion_holds(kind, leaf, index ^ 1, size, &path, root));
        }
    }

    #[test]
    fn a_rewritten_past_has_no_consistency(size in 2_u64..200, pick: u64, victim: prop::sample::Index, bit in 0_usize..256) {
        let kind = HashKind::Sm3;
        let mut leaves = leaves(kind, size);
        let first = 1 + pick % (size - 1);
        let earlier = head(kind, &leaves[..first as usize]);
        let place = victim.index(first as usize);
        leaves[place] = flipped(leaves[place], bit);
        let path = proof::consistency(kind, leaves.as_slice(), first, size).unwrap();
        prop_assert!(!proof::consistency_holds(kind, earlier, head(kind, &leaves), &path));
    }
}

fn flipped(digest: Digest, bit: usize) -> Digest {
    let mut bytes = *digest.as_bytes();
    bytes[bit / 8] ^= 1 << (bit % 8);
    Digest::new(bytes)
}
