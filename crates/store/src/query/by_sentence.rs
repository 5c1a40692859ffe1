//! Which events a sentence tells of, in memory: a search for words finds sentences, of which there may be very many.

use crate::{Result, Store};

/// Events by the sentences that tell of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BySentence {
    /// Rows of a sentence and of an event, ascending.
    pairs: Vec<(u32, u32)>,
}

impl Store {
    /// Which events each sentence tells of.
    pub fn by_sentence(&self) -> Result<BySentence> {
        let sql = "SELECT t.id, e.id FROM events e JOIN sentences t ON t.document = e.document AND t.n = e.sent";
        let mut pairs: Vec<(u32, u32)> =
            self.sql(|c| c.prepare(sql)?.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect())?;
        pairs.sort_unstable();
        Ok(BySentence { pairs })
    }

    /// Rows of the events whose sentences hold some words, ascending: the same as [`Store::matching`] gives for a filter of
    /// these words alone, without a look at events and sentences in the store.
    pub fn telling(&self, words: &str, by_sentence: &BySentence) -> Result<Vec<u32>> {
        let sql = "SELECT rowid FROM sentences_fts WHERE sentences_fts MATCH ?1 ORDER BY rowid";
        let mut rows = Vec::new();
        self.sql(|c| {
            let mut statement = c.prepare_cached(sql)?;
            let mut found = statement.query([words])?;
            let mut left = by_sentence.pairs.as_slice();
            while let Some(row) = found.next()? {
                let sentence: u32 = row.get(0)?;
                left = left.get(before(left, sentence)..).unwrap_or_default();
                let many = left.iter().take_while(|(of, _)| *of == sentence).count();
                let (its, others) = left.split_at_checked(many).unwrap_or((left, &[]));
                rows.extend(its.iter().map(|(_, event)| *event));
                left = others;
            }
            Ok(())
        })?;
        rows.sort_unstable();
        Ok(rows)
    }
}

/// How many pairs are of sentences before this one: by strides that grow, as the next is mostly near.
fn before(pairs: &[(u32, u32)], sentence: u32) -> usize {
    let mut stride = 1;
    while pairs.get(stride).is_some_and(|(of, _)| *of < sentence) {
        stride *= 2;
    }
    let start = stride / 2;
    let within = pairs.get(start..(stride + 1).min(pairs.len())).unwrap_or_default();
    start + within.partition_point(|(of, _)| *of < sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strides_find_what_a_search_finds() {
        let pairs: Vec<(u32, u32)> = (0..200).map(|i| (i * i % 7 + i * 3, i)).collect();
        let mut pairs = pairs;
        pairs.sort_unstable();
        for sentence in 0..620 {
            assert_eq!(before(&pairs, sentence), pairs.partition_point(|(of, _)| *of < sentence), "{sentence}");
        }
        assert_eq!(before(&[], 3), 0);
    }
}
