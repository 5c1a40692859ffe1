//! Names as sequences of atoms, kept in a trie; hyphens, apostrophes, dots, accents and spaces do not tell names apart.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use readout_syntax::Tree;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::rows::RowId;
use crate::EntityKind;

/// Names longer than this many atoms are cut off there.
pub(crate) const LONGEST_NAME: usize = 16;

/// Acronyms up to this length count only in capitals ("WHO"); longer ones also as "Nato".
const STRICT_ACRONYM: usize = 3;

/// A piece of a name: a word without hyphens and dots.
#[derive(Clone, Debug)]
pub(crate) struct Atom {
    /// Lower case, without accents.
    pub key: String,
    pub capital: bool,
    /// Two capitals or more ("NATO", "LeT").
    pub all_caps: bool,
    /// Letters, none of them small.
    pub shouted: bool,
    /// Index of the tree word it belongs to.
    pub word: usize,
    /// Whether it is the first, the last atom of its word.
    pub first: bool,
    pub last: bool,
}

/// Letters folded: accents off, lower case.
pub(crate) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.nfd().filter(|c| !is_combining_mark(*c)) {
        match c {
            'ø' | 'Ø' => out.push('o'),
            'ł' | 'Ł' => out.push('l'),
            'đ' | 'Đ' | 'ð' | 'Ð' => out.push('d'),
            'ı' | 'İ' => out.push('i'),
            'ß' => out.push_str("ss"),
            'æ' | 'Æ' => out.push_str("ae"),
            'œ' | 'Œ' => out.push_str("oe"),
            'ə' | 'Ə' => out.push('a'),
            _ => out.extend(c.to_lowercase()),
        }
    }
    out
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | 'ʻ' | 'ʼ' | 'ʿ' | 'ʾ')
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '/' | ' ' | '\u{a0}')
}

/// Cuts `text` at hyphens and spaces, and at apostrophes where `cut`, else drops them; dots are dropped.
fn pieces(text: &str, cut: bool) -> Vec<(String, bool, bool)> {
    let mut out = Vec::new();
    for part in text.split(|c| is_hyphen(c) || (cut && is_apostrophe(c))) {
        let plain: String = part.chars().filter(|c| *c != '.' && *c != ',' && !is_apostrophe(*c)).collect();
        if plain.is_empty() {
            continue;
        }
        let capital = plain.chars().next().is_some_and(char::is_uppercase);
        let all_caps = plain.chars().filter(|c| c.is_uppercase()).count() >= 2;
        out.push((fold(&plain), capital, all_caps));
    }
    out
}

/// Atoms of one token; hyphens and lone apostrophes give none, a clitic ("'s") keeps its mark.
fn atoms_of(form: &str, word: usize, out: &mut Vec<Atom>) {
    let clitic = form.starts_with(is_apostrophe) && form.chars().count() <= 3;
    let from = out.len();
    if clitic {
        if form.chars().count() > 1 {
            let key = format!("'{}", fold(form.trim_start_matches(is_apostrophe)));
            out.push(Atom { key, capital: false, all_caps: false, shouted: false, word, first: false, last: false });
        }
    } else if !form.chars().any(char::is_alphanumeric) {
        if form.chars().all(is_hyphen) {
            return;
        }
        out.push(Atom { key: form.to_owned(), capital: false, all_caps: false, shouted: false, word, first: false, last: false });
    } else {
        // "U.S.", "u.n.", but not "Dr.".
        let dotted = form.len() > 2 && form.contains('.') && form.split('.').all(|p| p.chars().count() <= 1 && p.chars().all(char::is_alphabetic));
        for (key, capital, all_caps) in pieces(form, false) {
            let shouted = all_caps && !form.chars().any(char::is_lowercase);
            out.push(Atom { key, capital, all_caps: all_caps || dotted, shouted, word, first: false, last: false });
        }
    }
    if let Some(a) = out.get_mut(from) {
        a.first = true;
    }
    if out.len() > from
        && let Some(a) = out.last_mut()
    {
        a.last = true;
    }
}

/// A tree's words as atoms, and whether the whole is in capitals.
pub(crate) fn atoms(tree: &Tree) -> (Vec<Atom>, bool) {
    let mut out = Vec::with_capacity(tree.len() + 8);
    for (i, w) in tree.words().iter().enumerate() {
        atoms_of(&w.form, i, &mut out);
    }
    let long = || out.iter().filter(|a| a.key.len() > 1 && a.key.chars().all(char::is_alphabetic));
    let shouted = long().filter(|a| a.shouted).count();
    let shout = shouted >= 4 && shouted * 10 >= long().count() * 8;
    (out, shout)
}

/// What a name leads to.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub row: RowId,
    pub kind: EntityKind,
    /// Bit i: atom i must start with a capital, must be all capitals.
    capital: u16,
    all_caps: u16,
}

impl Entry {
    /// Whether the case of `atoms` fits the name.
    pub fn fits(&self, atoms: &[Atom], shout: bool, tree: &Tree) -> bool {
        let single = atoms.len() == 1;
        for (i, a) in atoms.iter().enumerate().take(LONGEST_NAME) {
            if self.all_caps >> i & 1 == 1 {
                let tagged = a.capital && tree.upos(a.word) == "PROPN";
                // In a headline of capitals a short acronym may be a plain word ("US" for "us").
                let fits = match (shout, a.all_caps) {
                    (true, _) => !single || tagged,
                    (false, true) => true,
                    (false, false) => a.key.len() > STRICT_ACRONYM && tagged,
                };
                if !fits {
                    return false;
                }
            } else if self.capital >> i & 1 == 1 && !a.capital {
                return false;
            }
        }
        true
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

/// All names of all tables.
#[derive(Debug, Default)]
pub(crate) struct Phrases {
    vocabulary: Fast<Box<str>, u32>,
    edges: Fast<u64, u32>,
    nodes: u32,
    ends: Fast<u32, Vec<Entry>>,
}

fn edge(node: u32, atom: u32) -> u64 {
    u64::from(node) << 32 | u64::from(atom)
}

impl Phrases {
    /// An empty one with room for about `names` names.
    pub fn with_room(names: usize) -> Self {
        let mut p = Phrases::default();
        p.vocabulary.reserve(names);
        p.edges.reserve(names * 2);
        p.ends.reserve(names);
        p
    }

    /// Adds `name`; a name with an inner apostrophe is added with it as a cut and without.
    pub fn add(&mut self, name: &str, row: RowId, kind: EntityKind) {
        self.add_pieces(&pieces(name, false), row, kind);
        if name.chars().any(is_apostrophe) {
            let cut = pieces(name, true);
            self.add_pieces(&cut, row, kind);
        }
    }

    fn add_pieces(&mut self, pieces: &[(String, bool, bool)], row: RowId, kind: EntityKind) {
        let (mut node, mut capital, mut all_caps) = (0u32, 0u16, 0u16);
        for (i, (key, cap, caps)) in pieces.iter().enumerate().take(LONGEST_NAME) {
            let possessive = i > 0 && key == "s";
            let next = self.vocabulary.len() as u32;
            let atom = match self.vocabulary.get(key.as_str()) {
                Some(&a) => a,
                None => {
                    self.vocabulary.insert(key.as_str().into(), next);
                    next
                }
            };
            if *cap && key != "the" && !possessive {
                capital |= 1 << i;
            }
            if *caps && !(pieces.len() > 1 && key.len() > STRICT_ACRONYM) {
                all_caps |= 1 << i;
            }
            let fresh = self.nodes + 1;
            node = *self.edges.entry(edge(node, atom)).or_insert(fresh);
            self.nodes = self.nodes.max(node);
        }
        if node == 0 {
            return;
        }
        let list = self.ends.entry(node).or_default();
        if !list.iter().any(|e| e.row == row && e.kind == kind && e.capital == capital && e.all_caps == all_caps) {
            list.push(Entry { row, kind, capital, all_caps });
        }
    }

    /// Names that start at atom `at`, as (number of atoms, entries), longest first.
    pub fn at(&self, atoms: &[Atom], at: usize) -> Vec<(usize, &[Entry])> {
        let mut found = Vec::new();
        let mut node = 0u32;
        for (n, a) in atoms.iter().skip(at).take(LONGEST_NAME).enumerate() {
            let key = a.key.strip_prefix('\'').unwrap_or(&a.key);
            let Some(&next) = self.vocabulary.get(key).and_then(|id| self.edges.get(&edge(node, *id))) else { break };
            node = next;
            if a.last
                && let Some(list) = self.ends.get(&node)
            {
                found.push((n + 1, list.as_slice()));
            }
        }
        found.reverse();
        found
    }

    /// Entries for a whole name.
    pub fn exact(&self, name: &str) -> &[Entry] {
        let mut node = 0u32;
        for (key, _, _) in pieces(name, false) {
            match self.vocabulary.get(key.as_str()).and_then(|id| self.edges.get(&edge(node, *id))) {
                Some(&next) => node = next,
                None => return &[],
            }
        }
        self.ends.get(&node).map_or(&[], Vec::as_slice)
    }
}

/// Keys of a name's atoms ("Bashar al-Assad" gives bashar, al, assad).
pub(crate) fn keys(name: &str) -> Vec<String> {
    pieces(name, false).into_iter().map(|(k, _, _)| k).collect()
}
