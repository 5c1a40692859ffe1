//! Names as sequences of atoms, found by hashes; hyphens, apostrophes, dots, accents and spaces do not tell names apart.

use readout_syntax::Tree;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::EntityKind;
use crate::index::{Fast, Index, Rolling};
use crate::rows::RowId;

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
        if part.bytes().all(|b| b.is_ascii_lowercase()) && !part.is_empty() {
            out.push((part.to_owned(), false, false));
            continue;
        }
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
        out.push(Atom {
            key: form.to_owned(),
            capital: false,
            all_caps: false,
            shouted: false,
            word,
            first: false,
            last: false,
        });
    } else {
        // "U.S.", "u.n.", but not "Dr.".
        let dotted = form.len() > 2
            && form.contains('.')
            && form.split('.').all(|p| p.chars().count() <= 1 && p.chars().all(char::is_alphabetic));
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
#[derive(Clone, Debug, PartialEq)]
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

/// All names of all tables.
#[derive(Debug, Default)]
pub(crate) struct Phrases {
    /// Names added and not yet sealed.
    open: Vec<(u64, Entry)>,
    names: Index<Entry>,
    /// By the hash of a name's first atom, the lengths in atoms that names with it have (bit n - 1 for n).
    lengths: Fast<u64, u16>,
}

impl Phrases {
    /// An empty one with room for about `names` names.
    pub fn with_room(names: usize) -> Self {
        let mut p = Phrases::default();
        p.open.reserve(names);
        p.lengths.reserve(names / 2);
        p
    }

    /// Adds `name`; a name with an inner apostrophe is added with it as a cut and without.
    pub fn add(&mut self, name: &str, row: RowId, kind: EntityKind) {
        self.add_cut(name, false, row, kind);
        if name.chars().any(is_apostrophe) {
            self.add_cut(name, true, row, kind);
        }
    }

    fn add_cut(&mut self, name: &str, cut: bool, row: RowId, kind: EntityKind) {
        let mut shape = Shape::default();
        if name.is_ascii() {
            for part in name.split(|c| is_hyphen(c) || cut && is_apostrophe(c)) {
                shape.ascii_part(part);
            }
        } else {
            for (key, capital, all_caps) in pieces(name, cut) {
                shape.piece(&key, capital, all_caps);
            }
        }
        let Some((first, whole)) = shape.first.zip(shape.count.checked_sub(1).map(|_| shape.hash.value())) else {
            return;
        };
        *self.lengths.entry(first).or_default() |= 1 << (shape.count - 1);
        let all_caps = if shape.count > 1 { shape.short_caps } else { shape.all_caps };
        self.open.push((whole, Entry { row, kind, capital: shape.capital, all_caps }));
    }

    /// Adds the names of `other`, which are not sealed, behind its own.
    pub fn absorb(&mut self, other: Phrases) {
        self.open.extend(other.open);
        for (first, lengths) in other.lengths {
            *self.lengths.entry(first).or_default() |= lengths;
        }
    }

    /// Makes what was added ready to be found.
    pub fn seal(&mut self) {
        self.names = Index::new(std::mem::take(&mut self.open));
    }

    /// Names that start at atom `at`, as (number of atoms, entries), longest first.
    pub fn at(&self, atoms: &[Atom], at: usize) -> Vec<(usize, &[Entry])> {
        let mut found = Vec::new();
        let mut hash = Rolling::new();
        let mut lengths = 0u16;
        for (n, a) in atoms.iter().skip(at).take(LONGEST_NAME).enumerate() {
            if n > 0 {
                hash.part();
            }
            hash.text(a.key.strip_prefix('\'').unwrap_or(&a.key));
            if n == 0 {
                lengths = self.lengths.get(&hash.value()).copied().unwrap_or(0);
            }
            if lengths >> n == 0 {
                break;
            }
            if a.last && lengths >> n & 1 == 1 {
                let list = self.names.get(hash.value());
                if !list.is_empty() {
                    found.push((n + 1, list));
                }
            }
        }
        found.reverse();
        found
    }

    /// Entries for a whole name.
    pub fn exact(&self, name: &str) -> &[Entry] {
        let mut shape = Shape::default();
        for (key, capital, all_caps) in pieces(name, false) {
            shape.piece(&key, capital, all_caps);
        }
        if shape.count == 0 { &[] } else { self.names.get(shape.hash.value()) }
    }
}

/// A name's hashes and the case of its atoms, as they come.
struct Shape {
    hash: Rolling,
    first: Option<u64>,
    count: usize,
    capital: u16,
    /// Atoms of two capitals or more: all, and those short enough to be strict within a longer name.
    all_caps: u16,
    short_caps: u16,
}

impl Default for Shape {
    fn default() -> Self {
        Shape { hash: Rolling::new(), first: None, count: 0, capital: 0, all_caps: 0, short_caps: 0 }
    }
}

impl Shape {
    /// One part of a name in ASCII, with dots and marks.
    fn ascii_part(&mut self, part: &str) {
        let kept = || part.bytes().filter(|b| !matches!(b, b'.' | b',') && !is_apostrophe(char::from(*b)));
        let Some(head) = kept().next().filter(|_| self.count < LONGEST_NAME) else { return };
        self.begin();
        let (mut length, mut capitals) = (0, 0);
        for b in kept() {
            self.hash.byte(b.to_ascii_lowercase());
            length += 1;
            capitals += usize::from(b.is_ascii_uppercase());
        }
        let is =
            |word: &str| length == word.len() && kept().zip(word.bytes()).all(|(a, b)| a.to_ascii_lowercase() == b);
        self.end(length, head.is_ascii_uppercase() && !is("the") && !(self.count > 0 && is("s")), capitals >= 2);
    }

    /// One piece, folded.
    fn piece(&mut self, key: &str, capital: bool, all_caps: bool) {
        if self.count < LONGEST_NAME {
            self.begin();
            self.hash.text(key);
            self.end(key.len(), capital && key != "the" && !(self.count > 0 && key == "s"), all_caps);
        }
    }

    fn begin(&mut self) {
        if self.count > 0 {
            self.hash.part();
        }
    }

    fn end(&mut self, length: usize, capital: bool, all_caps: bool) {
        self.first = self.first.or(Some(self.hash.value()));
        self.capital |= u16::from(capital) << self.count;
        self.all_caps |= u16::from(all_caps) << self.count;
        self.short_caps |= u16::from(all_caps && length <= STRICT_ACRONYM) << self.count;
        self.count += 1;
    }
}

/// Keys of a name's atoms ("Bashar al-Assad" gives bashar, al, assad).
pub(crate) fn keys(name: &str) -> Vec<String> {
    pieces(name, false).into_iter().map(|(k, _, _)| k).collect()
}
