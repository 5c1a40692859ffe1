//! Repairs of what the network gets wrong in one way again and again.

use std::sync::Arc;

use crate::{Name, NameKind, Word};

/// "The envoy for Mali Jane Roe said": of two subjects side by side the second, a person's name, is apposed to the first.
pub(crate) fn twin_subjects(words: &mut [Word], names: &[Name]) {
    for name in names.iter().filter(|n| n.kind == NameKind::Person) {
        let second = name.words.start;
        let Some(head) = words.get(second).filter(|w| w.rel() == "nsubj").and_then(|w| w.head) else { continue };
        let twin =
            |j: &usize| words.get(*j).is_some_and(|w| w.rel() == "nsubj" && w.head == Some(head) && &*w.upos == "NOUN");
        let Some(first) = (0..second).rev().find(twin) else { continue };
        if head > second
            && (first + 1..second).all(|i| below(words, i, first))
            && let Some(w) = words.get_mut(second)
        {
            w.head = Some(first);
            w.deprel = Arc::from("appos");
        }
    }
}

/// Whether word `i` hangs on `above`, directly or not.
fn below(words: &[Word], i: usize, above: usize) -> bool {
    let up = std::iter::successors(Some(i), |&at| words.get(at)?.head);
    up.take(words.len()).any(|at| at == above)
}

#[cfg(test)]
mod tests {
    use super::*;
    use readout_text::Span;

    fn heads(list: &[(&str, &str, usize, &str)], name: std::ops::Range<usize>) -> Vec<String> {
        let word = |&(form, upos, head, rel): &(&str, &str, usize, &str)| Word {
            span: Span::default(),
            form: form.to_owned(),
            lemma: form.to_lowercase(),
            upos: Arc::from(upos),
            xpos: Arc::from("X"),
            head: head.checked_sub(1),
            deprel: Arc::from(rel),
        };
        let mut words: Vec<Word> = list.iter().map(word).collect();
        twin_subjects(&mut words, &[Name { words: name, kind: NameKind::Person }]);
        words.iter().map(|w| format!("{} {}", w.head.map_or(0, |h| h + 1), w.deprel)).collect()
    }

    #[test]
    fn a_name_beside_a_description_is_apposed_to_it() {
        let of_two = [
            ("envoy", "NOUN", 6, "nsubj"),
            ("for", "ADP", 3, "case"),
            ("Mali", "PROPN", 1, "nmod"),
            ("Jane", "PROPN", 6, "nsubj"),
            ("Roe", "PROPN", 4, "flat"),
            ("said", "VERB", 0, "root"),
        ];
        assert_eq!(heads(&of_two, 3..5)[3], "1 appos");
        let parted = [
            ("envoy", "NOUN", 4, "nsubj"),
            (",", "PUNCT", 4, "punct"),
            ("Jane", "PROPN", 4, "nsubj"),
            ("said", "VERB", 0, "root"),
        ];
        assert_eq!(heads(&parted, 2..3)[2], "4 nsubj");
    }
}
