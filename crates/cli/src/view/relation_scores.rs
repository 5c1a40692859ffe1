//! Scores of attribution relations as a table.

use std::fmt::Write as _;

use readout_score::relations::ROLES;
use readout_score::relations::measures::Scores;

use super::paint::{Paint, Role};
use super::table::counted;

/// Measures of spans, and of relations, in the order of the Python scorer.
const SPANS: [&str; 5] = ["exact", "exact_np", "begin", "soft", "token"];
const RELATIONS: [&str; 11] = [
    "detect",
    "rel_exact",
    "rel_exact_np",
    "rel_05",
    "rel_soft",
    "linked_source",
    "linked_cue",
    "linked_content",
    "cit_cue_exact",
    "cit_source_exact",
    "cit_content_exact",
];

/// The scores.
pub(crate) fn scores(s: &Scores, paint: Paint) -> String {
    let all = s.rows.get("detect").copied().unwrap_or_default();
    let mut out =
        format!("{}, {}, {} coded\n", counted(s.docs, "document"), counted(all.n_gold, "gold attribution"), all.n_pred);
    let head = format!("{:18}{:>7}{:>7}{:>7}{:>8}{:>8}", "", "P", "R", "F1", "coded", "gold");
    let _ = writeln!(out, "{}", paint.paint(Role::Title, &head));
    let spans = SPANS.iter().flat_map(|m| ROLES.iter().map(move |r| format!("{r}.{m}")));
    for name in spans.chain(RELATIONS.iter().map(|r| (*r).to_owned())) {
        let Some(v) = s.rows.get(&name) else { continue };
        let _ = writeln!(out, "{name:18}{:7.2}{:7.2}{:7.2}{:8}{:8}", v.p, v.r, v.f1, v.n_pred, v.n_gold);
    }
    for (name, v) in &s.jaccard {
        let _ = writeln!(out, "{name:18}{:>14}{v:7.2}", "");
    }
    for (name, v) in &s.given_detect {
        let _ = writeln!(out, "where detected, {name:18} {v:.2}");
    }
    for (kind, v) in &s.recall_by_type {
        let _ = writeln!(out, "recall {kind:16} of {:<6} detect {:.1}  rel_05 {:.1}", v.n, v.detect, v.rel_05);
    }
    out
}
