//! Names from BIO scores: the best sequence in which an I follows a B or I of its own kind (Viterbi 1967).

use crate::{Name, NameKind};

const KINDS: [NameKind; 3] = [NameKind::Person, NameKind::Organisation, NameKind::Place];
/// Labels: O, then B and I of each kind.
pub(crate) const LABELS: usize = 1 + 2 * KINDS.len();

fn may_follow(before: Option<usize>, label: usize) -> bool {
    let inside = label > 0 && label.is_multiple_of(2);
    !inside || before.is_some_and(|b| b == label || b + 1 == label)
}

/// The names of a sentence from each word's scores for O, B-PER, I-PER, B-ORG, I-ORG, B-LOC, I-LOC.
pub(crate) fn decode(scores: &[&[f32]]) -> Vec<Name> {
    let mut totals = [0.0f32; LABELS];
    let mut back: Vec<[usize; LABELS]> = Vec::with_capacity(scores.len());
    for (i, row) in scores.iter().enumerate() {
        let mut next = [f32::MIN; LABELS];
        let mut from = [0; LABELS];
        for (label, (slot, source)) in next.iter_mut().zip(from.iter_mut()).enumerate() {
            for (before, &total) in totals.iter().enumerate() {
                let before_label = (i > 0).then_some(before);
                if (i > 0 || before == 0) && may_follow(before_label, label) {
                    let sum = total + row.get(label).copied().unwrap_or(0.0);
                    if sum > *slot {
                        (*slot, *source) = (sum, before);
                    }
                }
            }
        }
        totals = next;
        back.push(from);
    }
    let mut label = (0..LABELS).fold(0, |best, l| if totals.get(l) > totals.get(best) { l } else { best });
    let mut labels = vec![0; scores.len()];
    for (slot, from) in labels.iter_mut().zip(&back).rev() {
        *slot = label;
        label = from.get(label).copied().unwrap_or(0);
    }
    collect(&labels)
}

fn collect(labels: &[usize]) -> Vec<Name> {
    let mut out: Vec<Name> = Vec::new();
    for (i, &label) in labels.iter().enumerate() {
        let Some(&kind) = label.checked_sub(1).and_then(|l| KINDS.get(l / 2)) else { continue };
        match out.last_mut() {
            Some(name) if label.is_multiple_of(2) && name.words.end == i => name.words.end = i + 1,
            _ => out.push(Name { words: i..i + 1, kind }),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(label: usize) -> [f32; LABELS] {
        let mut r = [0.0; LABELS];
        r[label] = 1.0;
        r
    }

    fn check(labels: &[usize], expect: &[(usize, usize, NameKind)]) {
        let rows: Vec<_> = labels.iter().map(|&l| row(l)).collect();
        let views: Vec<&[f32]> = rows.iter().map(|r| r.as_slice()).collect();
        let got: Vec<_> = decode(&views).into_iter().map(|n| (n.words.start, n.words.end, n.kind)).collect();
        assert_eq!(got, expect);
    }

    #[test]
    fn runs_become_names() {
        check(&[1, 2, 0, 5], &[(0, 2, NameKind::Person), (3, 4, NameKind::Place)]);
        check(&[3, 3], &[(0, 1, NameKind::Organisation), (1, 2, NameKind::Organisation)]);
        check(&[], &[]);
    }
}
