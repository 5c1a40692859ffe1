//! Near duplicates: reports that repeat each other's words, as outlets print an agency's copy.
//!
//! Runs of words are hashed, and of each text the least hashes under many orderings are kept (min-hash; Broder 1997); equal
//! groups of them (bands; Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, section 3.4) tell which texts are
//! worth comparing, and the runs themselves then decide. Nothing here depends on the order in which texts come.

use std::collections::BTreeSet;

/// Words of a run.
const RUN: usize = 5;

/// Orderings under which the least hash is kept.
const HASHES: usize = 64;

/// Hashes of a band: a pair that shares half its runs shares a band with probability 1 - (1 - 0.5⁴)¹⁶ = 0.64, one that
/// shares eight in ten with 0.9998.
const ROWS: usize = 4;

/// Share of the shorter text's runs that must stand in the longer one.
const COVERED: f64 = 0.8;

/// Least length of the shorter text, as a share of the longer one: a cut copy is a copy, a quoted passage is not.
const LEAST_SHARE: f64 = 0.4;

/// Runs below which a text is too short to tell whether it was copied.
const LEAST_RUNS: usize = 12;

/// What is kept of a text to find its copies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Signature(Vec<u32>);

impl Signature {
    /// Of a text; `None` where it is too short.
    pub(crate) fn of(text: &str) -> Option<Signature> {
        let runs = runs(text);
        if runs.len() < LEAST_RUNS {
            return None;
        }
        let least = |i: usize| {
            let ordering = mix(i as u64 + 1);
            runs.iter().map(|run| (mix(run ^ ordering) >> 32) as u32).min().unwrap_or(u32::MAX)
        };
        Some(Signature((0..HASHES).map(least).collect()))
    }

    /// Its bands, each one hash; those of equal texts are equal.
    pub(crate) fn bands(&self) -> impl Iterator<Item = i64> + '_ {
        self.0.chunks(ROWS).map(|rows| rows.iter().fold(0, |hash, row| mix(hash ^ u64::from(*row))) as i64)
    }
}

/// Whether the shorter of two texts is a copy of the longer one, if a cut or edited one.
pub(crate) fn are_copies(a: &str, b: &str) -> bool {
    let (a, b) = (runs(a), runs(b));
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let shared = short.intersection(&long).count() as f64;
    short.len() >= LEAST_RUNS
        && short.len() as f64 >= LEAST_SHARE * long.len() as f64
        && shared >= COVERED * short.len() as f64
}

/// Hashes of the runs of words, in whatever case and whatever stands between them.
fn runs(text: &str) -> BTreeSet<u64> {
    let words: Vec<u64> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| word.chars().flat_map(char::to_lowercase).fold(0, |hash, c| mix(hash ^ u64::from(c))))
        .collect();
    words.windows(RUN).map(|run| run.iter().fold(0_u64, |hash, word| mix(hash.rotate_left(1) ^ word))).collect()
}

/// A bijection of 64 bits that leaves no order (the finaliser of SplitMix64; Steele, Lea and Flood 2014).
fn mix(value: u64) -> u64 {
    let mut z = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A report of `n` different sentences.
    fn report(n: usize) -> String {
        (0..n).map(|i| format!("Minister {i} of district {i} opened bridge {i} over river {i} on day {i}. ")).collect()
    }

    #[test]
    fn copies_are_told_from_other_reports() {
        let whole = report(20);
        let cut: String = report(14);
        let edited = whole.replace("bridge 7", "tunnel 7").replace("Minister", "MINISTER");
        assert!(are_copies(&whole, &whole) && are_copies(&whole, &edited));
        assert!(are_copies(&whole, &cut) && are_copies(&cut, &whole));
        assert!(!are_copies(&whole, &report(5)), "a passage is no copy");
        let other = whole.replace("opened", "closed").replace("over", "near").replace("on day", "after");
        assert!(!are_copies(&whole, &other));
        assert!(!are_copies("Short text.", "Short text."));
    }

    #[test]
    fn copies_share_a_band() {
        let bands = |text: &str| Signature::of(text).unwrap().bands().collect::<Vec<_>>();
        let shared = |a: &[i64], b: &[i64]| a.iter().zip(b).filter(|(a, b)| a == b).count();
        let whole = bands(&report(20));
        assert_eq!(whole.len(), HASHES / ROWS);
        assert_eq!(shared(&whole, &bands(&report(20))), whole.len());
        assert!(shared(&whole, &bands(&report(16))) > 0);
        let other: String = report(60).chars().rev().collect();
        assert_eq!(shared(&whole, &bands(&other)), 0);
        assert_eq!(Signature::of("Too short to tell."), None);
    }
}
