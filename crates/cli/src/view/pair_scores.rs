//! Scores of pairs as a table.

use std::fmt::Write as _;

use readout_score::pairs::PairScores;

/// The scores as a table.
pub(crate) fn scores(scores: &PairScores) -> String {
    let mut out = format!("{} pairs\n{:10} {:>8} {:>9}\n", scores.pairs, "", "macro F1", "accuracy");
    for (name, level) in [("binary", scores.binary), ("quad", scores.quad), ("root", scores.root)] {
        let _ = writeln!(out, "{name:10} {:8.1} {:9.1}", level.macro_f1, level.accuracy);
    }
    for (kind, score) in &scores.types {
        let _ = writeln!(out, "  {kind:10} {:6.1}   gold {}", score.f1, score.gold);
    }
    out
}
