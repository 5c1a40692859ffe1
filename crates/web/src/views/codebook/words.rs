//! The words on which a changed block and the block before it differ, and how they are looked for in sentences.

use std::collections::BTreeSet;

use readout_codebook::{Codebook, Entry};

use super::blocks::Block;

/// Words whose forms no ending gives: form, class, lemma.
const IRREGULAR: &str = include_str!("../../../../../data/lemmas/irregular.tsv");

/// Fewest letters of a beginning that stands for all its forms.
const SHORTEST: usize = 4;

/// The words of entries: head first.
type Words = Vec<String>;

/// What sentences must hold for a change to reach them: words, of which all those of one entry.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Affected(pub(super) BTreeSet<Words>);

impl Affected {
    /// On which words blocks differ before and after. Where more than words differs, all words of the block are affected.
    pub(super) fn of(before: &Codebook, after: &Codebook, old: Option<&Block>, new: &[Block]) -> Affected {
        let mut all = BTreeSet::new();
        let names: BTreeSet<(&str, &str)> =
            old.into_iter().chain(new).map(|b| (b.kind.as_str(), b.name.as_str())).collect();
        for (kind, name) in names {
            let text =
                |blocks: &[Block]| blocks.iter().find(|b| (b.kind.as_str(), b.name.as_str()) == (kind, name)).cloned();
            let (was, is) = (old.filter(|b| b.kind == kind && b.name == name).cloned(), text(new));
            let same_rest = was.as_ref().zip(is.as_ref()).is_some_and(|(a, b)| a.rest() == b.rest());
            let (was, is) = (entries(before, kind, name), entries(after, kind, name));
            let differ: Vec<&(String, Words)> = if same_rest || kind == "class" {
                was.symmetric_difference(&is).collect()
            } else {
                was.union(&is).collect()
            };
            all.extend(differ.into_iter().map(|(_, words)| words.clone()));
        }
        Affected(all)
    }

    /// The full-text query for the first `most` of them.
    pub(super) fn query(&self, most: usize) -> String {
        let entry = |words: &Words| {
            let all: Vec<String> = words.iter().map(|word| forms(word)).filter(|f| !f.is_empty()).collect();
            format!("({})", all.join(" AND "))
        };
        self.0.iter().take(most).map(entry).filter(|e| e != "()").collect::<Vec<_>>().join(" OR ")
    }
}

/// Entries of a block, each with all that tells it from others.
fn entries(book: &Codebook, kind: &str, name: &str) -> BTreeSet<(String, Words)> {
    let list: Vec<&Entry> = match kind {
        "rule" => book.rules().iter().filter(|r| r.name == name).flat_map(|r| &r.entries).collect(),
        "operator" => book.operators().iter().filter(|o| o.name == name).flat_map(|o| &o.entries).collect(),
        "cue" => book.cues().iter().filter(|c| c.name == name).flat_map(|c| &c.entries).collect(),
        _ => {
            let words = book.classes().find(|(class, _)| *class == name).map(|(_, words)| words);
            return words.into_iter().flatten().map(|word| (String::new(), vec![word.clone()])).collect();
        }
    };
    let key =
        |e: &&Entry| (format!("{:?} {:?} {:?} {:?} {:?}", e.pos, e.words, e.frame, e.mode, e.cameo), e.words.clone());
    list.iter().map(key).collect()
}

/// The forms of a word as a query: its beginning stands for regular ones.
fn forms(word: &str) -> String {
    let parts: Vec<&str> = word.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let [one] = parts.as_slice() else {
        return if parts.is_empty() { String::new() } else { format!("\"{}\"", parts.join(" ")) };
    };
    let one = one.to_lowercase();
    let mut all = vec![if one.chars().count() >= SHORTEST { format!("\"{one}\"*") } else { format!("\"{one}\"") }];
    let stem = one.strip_suffix('e').map(str::to_owned).or_else(|| one.strip_suffix('y').map(|s| format!("{s}i")));
    if let Some(stem) = stem.filter(|stem| stem.chars().count() >= 3) {
        all.push(format!("\"{stem}\"*"));
    }
    if one.chars().count() < SHORTEST {
        all.extend(["s", "ed", "ing"].map(|ending| format!("\"{one}{ending}\"")));
    }
    let rows = IRREGULAR.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect::<Vec<_>>());
    let irregular = rows.filter_map(|row| match row.as_slice() {
        [form, _, lemma] if *lemma == one && !form.starts_with(&one) && form.chars().all(char::is_alphanumeric) => {
            Some(format!("\"{form}\""))
        }
        _ => None,
    });
    all.extend(irregular);
    all.dedup();
    format!("({})", all.join(" OR "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_looked_for() {
        assert_eq!(forms("condemn"), "(\"condemn\"*)");
        assert_eq!(forms("denounce"), "(\"denounce\"* OR \"denounc\"*)");
        assert_eq!(forms("deny"), "(\"deny\"* OR \"deni\"*)");
        assert!(forms("meet").contains("\"met\""));
        assert_eq!(forms("stand-off"), "\"stand off\"");
        assert_eq!(forms("\"*"), "");
    }

    #[test]
    fn what_differs_is_affected() {
        let files = |rule: &str| -> (Codebook, Vec<Block>) {
            let own = |(name, text): (&str, &str)| (name.to_owned(), text.to_owned());
            let mut all: Vec<(String, String)> =
                Codebook::embedded_files().filter(|(n, _)| !n.contains('/')).map(own).collect();
            all.push(own(("acts/a.txt", rule)));
            (
                Codebook::from_files(all.iter().map(|(name, text)| (name.as_str(), text.as_str()))).0,
                super::super::blocks::of("acts/a.txt", rule),
            )
        };
        let rule = |kind: &str, words: &str| format!("rule a/b\n  type     {kind}\n  verb     subj > obj : {words}\n");
        let affected = |old: (&str, &str), new: (&str, &str)| {
            let (before, was) = files(&rule(old.0, old.1));
            let (after, is) = files(&rule(new.0, new.1));
            Affected::of(&before, &after, was.first(), &is).0.into_iter().map(|w| w.join(" ")).collect::<Vec<_>>()
        };
        assert_eq!(affected(("ACCUSE", "blame, chide"), ("ACCUSE", "blame, scold")), ["chide", "scold"]);
        assert_eq!(affected(("ACCUSE", "blame"), ("ACCUSE", "blame")), Vec::<String>::new());
        assert_eq!(affected(("ACCUSE", "blame, chide"), ("REJECT", "blame, chide")), ["blame", "chide"]);
        assert_eq!(affected(("ACCUSE", "blame"), ("ACCUSE", "blame, lash out at")), ["lash out at"]);
    }
}
