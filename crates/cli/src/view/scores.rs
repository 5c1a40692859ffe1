//! Scores, comparisons and errors as text.

use std::fmt::Write as _;

use readout_score::errors::Class;
use readout_score::measures::{Prf, Scores};
use readout_score::reliability::Reliability;

use super::paint::{Paint, Role};
use super::table::counted;
use super::text::{fill, pad, visible, width};

/// Changes of F1 smaller than this are shown as none.
const NO_CHANGE: f64 = 0.05;

/// The scores, beside those of `baseline` where there is one.
pub(crate) fn scores(now: &Scores, baseline: Option<&Scores>, paint: Paint) -> String {
    let documents = counted(now.documents, "document");
    let mut out = format!("{documents}, {}, {} coded\n", counted(now.gold_events, "gold event"), now.predicted_events);
    let head =
        format!("{:22} {:>6} {:>6} {:>6}{}", "", "P", "R", "F1", if baseline.is_some() { "   change" } else { "" });
    let _ = writeln!(out, "{}", paint.paint(Role::Title, &head));
    let before = baseline.map(rows).unwrap_or_default();
    for (i, (name, prf)) in rows(now).into_iter().enumerate() {
        let _ = write!(out, "{name:22} {:6.1} {:6.1} {:6.1}", prf.p, prf.r, prf.f1);
        change(&mut out, prf, before.get(i).map(|b| b.1), paint);
        out.push('\n');
    }
    for (kind, score) in &now.types {
        let _ = write!(out, "  {kind:20} {:6.1} {:6.1} {:6.1}", score.prf.p, score.prf.r, score.prf.f1);
        change(&mut out, score.prf, baseline.map(|b| b.types.get(kind).map_or(Prf::default(), |t| t.prf)), paint);
        let _ = writeln!(out, "   {}", paint.paint(Role::Faint, &format!("gold {}, coded {}", score.gold, score.pred)));
    }
    out
}

fn rows(s: &Scores) -> Vec<(&'static str, Prf)> {
    let (e, a, p) = (&s.events, &s.attributions, &s.pairs);
    vec![
        ("act", e.act),
        ("dyad", e.dyad),
        ("full", e.full),
        ("said", e.said),
        ("status of acts", p.status),
        ("speaker of acts", p.speaker),
        ("place of acts", p.place),
        ("when of acts", p.when),
        ("date of acts", p.date),
        ("attribution relation", a.relation),
        ("attribution content", a.content_tokens),
        ("attribution source", a.source),
        ("attribution cue", a.cue),
    ]
}

fn change(out: &mut String, now: Prf, before: Option<Prf>, paint: Paint) {
    let Some(before) = before else { return };
    let delta = now.f1 - before.f1;
    let role = if delta.abs() < NO_CHANGE {
        Role::Faint
    } else if delta > 0.0 {
        Role::Good
    } else {
        Role::Bad
    };
    let text = if role == Role::Faint { format!("{:>8}", "=") } else { format!("{delta:>+8.1}") };
    let _ = write!(out, " {}", paint.paint(role, &text));
}

/// Columns of a bar that stands for all events of a bin being right.
const BAR: usize = 40;

/// Confidence against truth, bin by bin: the bar is the share that is right, `|` the mean confidence.
pub(crate) fn reliability(r: &Reliability, paint: Paint) -> String {
    let head = format!("{:12} {:>6} {:>11} {:>6}", "confidence", "events", "mean", "right");
    let mut out = format!("{}\n", paint.paint(Role::Title, &head));
    for b in &r.bins {
        let at = |share: f64| (share * BAR as f64).round() as usize;
        let bar: String = (0..=BAR)
            .map(|i| match i {
                i if i == at(b.confidence) => '|',
                i if i < at(b.right) => '█',
                _ => ' ',
            })
            .collect();
        let range = format!("{:.1} to {:.1}", b.from, b.from + 0.1);
        let _ = writeln!(out, "{range:12} {:6} {:11.2} {:6.2}  {}", b.events, b.confidence, b.right, bar.trim_end());
    }
    let _ = writeln!(out, "expected calibration error {:.3} over {}", r.ece, counted(r.events, "event"));
    out
}

/// The errors: how many of each class, then each with its text, which is the document's so-and-so-many-th `unit`.
pub(crate) fn errors(classes: &[Class], unit: &str, paint: Paint, columns: usize) -> String {
    let mut out = String::new();
    let widest = classes.iter().map(|c| width(&c.class)).max().unwrap_or(0);
    for c in classes {
        let _ = writeln!(out, "{} {:5}", pad(&c.class, widest), c.cases.len());
    }
    for c in classes {
        let _ = writeln!(out, "\n{}", paint.paint(Role::Title, &format!("{} ({})", c.class, c.cases.len())));
        for case in &c.cases {
            let _ = writeln!(
                out,
                "\n  {}",
                paint.paint(Role::Faint, &format!("{} {unit} {}", visible(&case.id), case.sent))
            );
            let _ = writeln!(out, "{}", filled(&case.text, columns, 4));
            for (label, side, role) in [("gold ", &case.gold, Role::Good), ("coded", &case.coded, Role::Bad)] {
                let text = filled(side.as_deref().unwrap_or("nothing"), columns, 10);
                let _ = writeln!(out, "    {} {}", paint.paint(role, label), text.trim_start());
            }
        }
    }
    out
}

fn filled(text: &str, columns: usize, indent: usize) -> String {
    let shown = visible(text);
    let words: Vec<(String, usize)> =
        shown.split(' ').filter(|w| !w.is_empty()).map(|w| (w.to_owned(), width(w))).collect();
    fill(&words, columns, indent)
}
