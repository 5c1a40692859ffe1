//! A sorted table from 64-bit hashes of folded names to values, built at once and then only read. Names are told apart
//! by their hashes alone: two of the tables' hundred thousand collide with a chance below one in a thousand million.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Rolling hash of a name's folded bytes (FNV-1a, Fowler, Noll and Vo), atoms parted by a byte that no text holds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rolling(u64);

const PART: u8 = 0xff;

impl Rolling {
    pub fn new() -> Self {
        Rolling(0xcbf2_9ce4_8422_2325)
    }

    pub fn byte(&mut self, b: u8) {
        self.0 = (self.0 ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3);
    }

    pub fn text(&mut self, text: &str) {
        text.bytes().for_each(|b| self.byte(b));
    }

    /// The boundary between two atoms.
    pub fn part(&mut self) {
        self.byte(PART);
    }

    /// The hash, its bits mixed.
    pub fn value(self) -> u64 {
        (self.0 ^ self.0 >> 32).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }
}

/// Hash of one text without parts.
pub(crate) fn hash(text: &str) -> u64 {
    let mut h = Rolling::new();
    h.text(text);
    h.value()
}

/// Bits of a hash that choose a bucket.
const BUCKET_BITS: u32 = 14;

/// Values by hash, those of one hash together in the order in which they came.
#[derive(Debug)]
pub(crate) struct Index<T> {
    hashes: Vec<u64>,
    values: Vec<T>,
    /// Where each bucket's hashes start; one more than there are buckets.
    starts: Vec<u32>,
}

impl<T> Default for Index<T> {
    fn default() -> Self {
        Index { hashes: Vec::new(), values: Vec::new(), starts: Vec::new() }
    }
}

fn bucket(hash: u64) -> usize {
    (hash >> (u64::BITS - BUCKET_BITS)) as usize
}

impl<T: PartialEq> Index<T> {
    /// An index of `pairs`; equal values under one hash are kept once.
    pub fn new(mut pairs: Vec<(u64, T)>) -> Self {
        pairs.sort_by_key(|(h, _)| *h);
        let mut out = Index {
            hashes: Vec::with_capacity(pairs.len()),
            values: Vec::with_capacity(pairs.len()),
            starts: Vec::new(),
        };
        let mut group = 0;
        for (h, v) in pairs {
            if out.hashes.last() != Some(&h) {
                group = out.values.len();
            } else if out.values.get(group..).is_some_and(|g| g.contains(&v)) {
                continue;
            }
            out.hashes.push(h);
            out.values.push(v);
        }
        let mut at = 0;
        out.starts.extend((0..=1usize << BUCKET_BITS).map(|b| {
            while out.hashes.get(at).is_some_and(|h| bucket(*h) < b) {
                at += 1;
            }
            at as u32
        }));
        out
    }

    /// Values under `hash`.
    pub fn get(&self, hash: u64) -> &[T] {
        let b = bucket(hash);
        let (Some(&from), Some(&to)) = (self.starts.get(b), self.starts.get(b + 1)) else { return &[] };
        let (from, to) = (from as usize, to as usize);
        let within = self.hashes.get(from..to).unwrap_or_default();
        let first = within.partition_point(|h| *h < hash);
        let count = within.iter().skip(first).take_while(|h| **h == hash).count();
        self.values.get(from + first..from + first + count).unwrap_or_default()
    }
}

/// A fast hash for the tables' own keys, which no foreign text can choose (multiplicative, after Knuth 1973).
/// Texts are only looked up, never kept, so they cannot make its chains long.
#[derive(Default)]
pub(crate) struct Multiply(u64);

impl Hasher for Multiply {
    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 32
    }
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let n = chunk.iter().fold(0u64, |n, b| n << 8 | u64::from(*b));
            self.write_u64(n);
        }
    }
    fn write_u64(&mut self, n: u64) {
        self.0 = (self.0.rotate_left(5) ^ n).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
    fn write_u32(&mut self, n: u32) {
        self.write_u64(u64::from(n));
    }
}

/// A map with [`Multiply`].
pub(crate) type Fast<K, V> = HashMap<K, V, BuildHasherDefault<Multiply>>;
