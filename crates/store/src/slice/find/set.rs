//! Sets of cases, 4,096 ids a block, and how a block is stored.

use std::collections::BTreeMap;

use crate::engine::Fault;

/// How many bits of an id say its place in a block.
pub(super) const PLACE_BITS: u32 = 12;
const WORDS: usize = 1 << (PLACE_BITS - 6);
const BYTES: usize = WORDS * 8;

/// One block: a bit for each id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block([u64; WORDS]);

impl Default for Block {
    fn default() -> Self {
        Self([0; WORDS])
    }
}

impl Block {
    /// From its stored form.
    pub(super) fn read(stored: &[u8]) -> Result<Self, Fault> {
        let mut block = Self::default();
        if stored.len() == BYTES {
            for (word, bytes) in block.0.iter_mut().zip(stored.chunks_exact(8)) {
                *word = u64::from_be_bytes(bytes.try_into().map_err(|_| Fault::shape())?);
            }
            return Ok(block);
        }
        let (places, rest) = stored.as_chunks::<2>();
        if !rest.is_empty() {
            return Err(Fault::shape());
        }
        for place in places {
            let place = u16::from_be_bytes(*place);
            if u32::from(place) >> PLACE_BITS > 0 {
                return Err(Fault::shape());
            }
            block.set(place, true);
        }
        Ok(block)
    }

    /// Its stored form: a list while that is the shorter one.
    pub(super) fn bytes(&self) -> Vec<u8> {
        if self.count() * 2 < BYTES {
            self.places().flat_map(u16::to_be_bytes).collect()
        } else {
            self.0.iter().flat_map(|word| word.to_be_bytes()).collect()
        }
    }

    fn set(&mut self, place: u16, is: bool) {
        if let Some(word) = self.0.get_mut(usize::from(place >> 6)) {
            let bit = 1 << (place & 63);
            if is { *word |= bit } else { *word &= !bit }
        }
    }

    pub(super) fn count(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    /// The places that are in it, in ascending order.
    pub(super) fn places(&self) -> impl DoubleEndedIterator<Item = u16> {
        let words = (0_u16..).step_by(64).zip(self.0).filter(|(_, word)| *word != 0);
        let words: Vec<(u16, u64)> = words.collect();
        words.into_iter().flat_map(|(first, word)| {
            (0..64).filter(move |bit| word >> bit & 1 == 1).map(move |bit| first + bit)
        })
    }

    fn with(mut self, other: &Self, join: impl Fn(u64, u64) -> u64) -> Self {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word = join(*word, *other));
        self
    }
}

/// Lets places enter or leave a block in its stored form. They come in ascending order, and new cases have the highest: mostly
/// nothing but them is touched.
pub(super) fn change(
    stored: &mut Vec<u8>,
    places: impl Iterator<Item = (u16, bool)> + Clone,
) -> Result<(), Fault> {
    if places.clone().all(|(_, is)| is) {
        if stored.len() == BYTES {
            for (place, _) in places {
                // The words stand with their highest byte first.
                let byte = stored.get_mut(usize::from(place >> 3 ^ 7));
                *byte.ok_or_else(Fault::shape)? |= 1 << (place & 7);
            }
            return Ok(());
        }
        let last = stored.last_chunk().map(|last| u16::from_be_bytes(*last));
        let after = places.clone().next().is_some_and(|(first, _)| last.is_none_or(|last| last < first));
        if after && stored.len() + 2 * places.clone().count() < BYTES {
            stored.extend(places.flat_map(|(place, _)| place.to_be_bytes()));
            return Ok(());
        }
    }
    let mut block = Block::read(stored)?;
    places.for_each(|(place, is)| block.set(place, is));
    *stored = block.bytes();
    Ok(())
}

/// A set of cases.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Set(pub(super) BTreeMap<u32, Block>);

impl Set {
    /// These cases.
    pub(super) fn of(ids: impl IntoIterator<Item = i64>) -> Self {
        let mut set = Self::default();
        for id in ids {
            let (block, place) = split(id);
            set.0.entry(block).or_default().set(place, true);
        }
        set
    }

    /// What is in both.
    pub(super) fn and(mut self, other: &Self) -> Self {
        self.0.retain(|block, _| other.0.contains_key(block));
        self.each(other, |one, other| one & other)
    }

    /// What is not in the other.
    pub(super) fn without(self, other: &Self) -> Self {
        self.each(other, |one, other| one & !other)
    }

    /// What is in either.
    pub(super) fn or(mut self, other: &Self) -> Self {
        for (block, bits) in &other.0 {
            let own = self.0.entry(*block).or_default();
            *own = std::mem::take(own).with(bits, |one, other| one | other);
        }
        self
    }

    fn each(mut self, other: &Self, join: impl Fn(u64, u64) -> u64) -> Self {
        for (block, bits) in &mut self.0 {
            if let Some(other) = other.0.get(block) {
                *bits = std::mem::take(bits).with(other, &join);
            }
        }
        self.0.retain(|_, bits| !bits.is_empty());
        self
    }

    pub(super) fn count(&self) -> usize {
        self.0.values().map(Block::count).sum()
    }

    /// The cases below an id, the newest first.
    pub(super) fn below(&self, id: i64) -> impl Iterator<Item = i64> {
        let (last, _) = split(id);
        self.0
            .range(..=last)
            .rev()
            .flat_map(|(block, bits)| bits.places().rev().map(|place| join(*block, place)))
            .filter(move |found| *found < id)
    }
}

/// The block of a case, and its place in it.
pub(super) fn split(id: i64) -> (u32, u16) {
    let id = u64::try_from(id).unwrap_or(0);
    let place = (id & ((1 << PLACE_BITS) - 1)) as u16;
    (u32::try_from(id >> PLACE_BITS).unwrap_or(u32::MAX), place)
}

fn join(block: u32, place: u16) -> i64 {
    (i64::from(block) << PLACE_BITS) | i64::from(place)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    use super::*;

    fn ids(set: &Set) -> BTreeSet<i64> {
        set.below(i64::MAX).collect()
    }

    proptest! {
        #[test]
        fn sets_do_what_sets_do(
            one in proptest::collection::btree_set(0_i64..20_000, 0..900),
            other in proptest::collection::btree_set(0_i64..20_000, 0..900),
            before in 0_i64..20_000,
        ) {
            let (a, b) = (Set::of(one.iter().copied()), Set::of(other.iter().copied()));
            prop_assert_eq!(a.count(), one.len());
            prop_assert_eq!(ids(&a.clone().and(&b)), &one & &other);
            prop_assert_eq!(ids(&a.clone().or(&b)), &one | &other);
            prop_assert_eq!(ids(&a.clone().without(&b)), &one - &other);
            let below: Vec<i64> = a.below(before).collect();
            prop_assert_eq!(below, one.range(..before).rev().copied().collect::<Vec<_>>());
            for block in a.0.values() {
                prop_assert_eq!(&Block::read(&block.bytes()).unwrap(), block);
            }
        }

        #[test]
        fn what_is_stored_changes_as_a_set_does(
            steps in proptest::collection::vec(
                (0_u16..3_900, proptest::collection::btree_map(0_u16..196, proptest::bool::weighted(0.9), 0..150)),
                0..12,
            ),
        ) {
            let (mut stored, mut block) = (Vec::new(), Block::default());
            for (first, places) in steps {
                let places = places.iter().map(|(place, is)| (first + place, *is));
                places.clone().for_each(|(place, is)| block.set(place, is));
                change(&mut stored, places).unwrap();
                prop_assert_eq!(&stored, &block.bytes());
            }
        }
    }

    #[test]
    fn a_block_is_a_list_until_its_bits_are_shorter() {
        let full = |places: std::ops::Range<u16>| {
            let mut block = Block::default();
            places.for_each(|place| block.set(place, true));
            block.bytes().len()
        };
        assert_eq!((full(0..0), full(0..255), full(0..256), full(0..4096)), (0, 510, 512, 512));
        assert!(Block::read(&[0; 3]).is_err(), "half a place");
        assert!(Block::read(&[0x10, 0]).is_err(), "a place of another block");
    }
}
