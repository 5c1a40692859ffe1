//! Near duplicates: which acts of its original each of them tells again.

use std::collections::{BTreeMap, BTreeSet};

use super::{Acts, Key, Mention};

/// Steps from a copy over copies of copies to the original.
const LONGEST_LINEAGE: usize = 64;

/// Documents while an archive is read: copies wait until all originals are known.
#[derive(Debug, Default)]
pub(super) struct Copies {
    originals: BTreeMap<String, Vec<Mention>>,
    waiting: Vec<Waiting>,
    lineage: BTreeMap<String, String>,
}

#[derive(Debug)]
struct Waiting {
    document: u32,
    of: String,
    mentions: Vec<Mention>,
}

impl Copies {
    /// Keeps what an original tells.
    pub(super) fn original(&mut self, id: String, mentions: Vec<Mention>) {
        self.originals.insert(id, mentions);
    }

    /// Whether a document with this identifier that tells the same was there before.
    pub(super) fn has(&self, id: &str, mentions: &[Mention]) -> bool {
        self.originals.get(id).is_some_and(|known| known == mentions)
    }

    /// Keeps a copy until all is read.
    pub(super) fn keep(&mut self, document: u32, id: String, of: String, mentions: Vec<Mention>) {
        self.lineage.insert(id, of.clone());
        self.waiting.push(Waiting { document, of, mentions });
    }

    /// Counts what the copies tell. Where an original is not in the archive, the first of its copies takes its place.
    pub(super) fn resolve(self, acts: &mut Acts) {
        let Copies { mut originals, waiting, lineage } = self;
        for copy in waiting {
            let root = root(&copy.of, &originals, &lineage);
            match originals.get(&root) {
                Some(known) => {
                    let told = told_again(&copy.mentions, known, acts);
                    told.iter().flatten().for_each(|key| acts.tell(copy.document, *key));
                    acts.copies.insert(copy.document, told);
                }
                None => {
                    acts.tell_all(copy.document, &copy.mentions);
                    originals.insert(root, copy.mentions);
                }
            }
        }
        // Copies may have been printed before their original.
        acts.told.values_mut().for_each(|t| {
            t.documents.sort_unstable();
            t.documents.dedup();
        });
    }
}

/// The original of a copy, over copies of copies.
fn root(of: &str, originals: &BTreeMap<String, Vec<Mention>>, lineage: &BTreeMap<String, String>) -> String {
    let mut at = of;
    for _ in 0..LONGEST_LINEAGE {
        match lineage.get(at) {
            Some(next) if !originals.contains_key(at) && next != at => at = next,
            _ => break,
        }
    }
    at.to_owned()
}

/// The act of each mention in a copy: the one it was linked to, else that of the like mention in the original, the n-th for
/// the n-th; none where the original has no such act. A copy that was not coded tells all that its original tells.
fn told_again(mentions: &[Mention], original: &[Mention], acts: &Acts) -> Vec<Option<Key>> {
    if mentions.is_empty() {
        return original.iter().map(|m| Some(m.key)).collect();
    }
    let mut used = BTreeSet::new();
    let told = mentions.iter().map(|m| {
        if m.linked && acts.told.contains_key(&m.key) {
            return Some(m.key);
        }
        let (i, like) = original.iter().enumerate().find(|(i, o)| o.likeness == m.likeness && !used.contains(i))?;
        used.insert(i);
        Some(like.key)
    });
    told.collect()
}
