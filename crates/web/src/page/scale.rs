//! How events are summed up in words, numbers and seven colours, from all cooperation to all conflict.

use maud::{Markup, html};
use readout_store::columns::Sum;
use serde_json::{Value, json};

use super::names::{counted, quad};
use crate::answer::Cell;

/// The last of the colours; the middle one is half conflict.
const LAST: f64 = 6.0;

/// Columns that say what events add up to, in CSV.
pub(crate) const COLUMNS: [&str; 6] =
    ["events", "verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict", "mean_score"];

/// The number of the colour for a share of conflict.
pub(crate) fn colour(sum: &Sum) -> u8 {
    (sum.conflict().unwrap_or(0.5) * LAST).round() as u8
}

/// "34 events, 61 % conflict, mean score −2.1".
pub(crate) fn told(sum: &Sum) -> String {
    match (sum.conflict(), sum.mean()) {
        (Some(share), Some(mean)) => {
            format!("{}, {:.0} % conflict, mean score {}", counted(sum.events(), "event"), share * 100.0, score(mean))
        }
        _ => "no events".to_owned(),
    }
}

/// A score with its sign; what is rounded to nothing has none.
pub(crate) fn score(mean: f64) -> String {
    if mean.abs() < 0.05 { "0.0".to_owned() } else { format!("{mean:+.1}").replace('-', "−") }
}

/// The cells under [`COLUMNS`].
pub(crate) fn cells(sum: &Sum) -> Vec<Cell> {
    let mut cells = vec![Cell::Number(sum.events() as f64)];
    cells.extend(sum.quads.map(|n| Cell::Number(f64::from(n))));
    cells.push(sum.mean().map_or(Cell::Empty, Cell::Number));
    cells
}

/// The same for JSON, with `more` before it.
pub(crate) fn json(sum: &Sum, more: Value) -> Value {
    let mut fields = more;
    let [talk, deed, blame, force] = sum.quads;
    let counts = [talk, deed, blame, force].map(Value::from);
    if let Some(object) = fields.as_object_mut() {
        object.insert("events".to_owned(), sum.events().into());
        let named = ["verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict"];
        object.extend(named.map(str::to_owned).into_iter().zip(counts));
        object.insert("mean_score".to_owned(), json!(sum.mean()));
    }
    fields
}

/// What the seven colours mean.
pub(crate) fn legend(what: &str) -> Markup {
    html! {
        p.scale {
            span { (what) ": all cooperation" }
            svg width="112" height="12" aria-hidden="true" {
                @for i in 0..=LAST as u8 { rect.{ "s" (i) } x=(u32::from(i) * 16) width="16" height="12" {} }
            }
            span { "all conflict" }
        }
    }
}

/// What the colours of the four quad classes mean.
pub(crate) fn classes() -> Markup {
    html! {
        ul.classes aria-label="Colours" {
            @for n in 1..=4 { li.{ "q" (n) } { span.swatch aria-hidden="true" {} (quad(n).0) } }
        }
    }
}

/// The heads of the columns of a table of sums.
pub(crate) fn heads() -> Markup {
    html! {
        th.num scope="col" { "Events" }
        @for n in 1..=4 { th.num scope="col" { (quad(n).0) } }
        th.num scope="col" { "Mean score" }
    }
}

/// The cells below [`heads`].
pub(crate) fn row(sum: &Sum) -> Markup {
    html! {
        td.num { (sum.events()) }
        @for n in sum.quads { td.num { (n) } }
        td.num { @if let Some(mean) = sum.mean() { (score(mean)) } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_have_signs() {
        for (mean, expect) in [(2.25, "+2.2"), (-2.06, "−2.1"), (0.04, "0.0"), (-0.04, "0.0"), (0.06, "+0.1")] {
            assert_eq!(score(mean), expect);
        }
    }
}
