//! One report by itself, for whoever has no server: a notebook, a mail.

use maud::{PreEscaped, html};
use readout_record::Record;

use crate::limits::Limits;
use crate::page::names::Names;
use crate::page::reading::Reading;

/// Style sheets that a text with marks needs.
const STYLE: [&str; 3] = [
    include_str!("assets/css/theme.css"),
    include_str!("assets/css/event.css"),
    include_str!("assets/css/reading.css"),
];

/// The text of a record with its events drawn into it, and the list of them, as HTML that needs nothing else: the page of
/// reading, without the explorer around it. Spans of the record must index `text`.
pub fn marked(text: &str, record: &Record) -> String {
    let limits = Limits::default();
    let reading = Reading {
        text,
        record,
        names: Names::new(None),
        most_bytes: limits.whole_bytes,
        most_events: limits.whole_events,
        whole: None,
        deeds: &|_| html! {},
        added: Vec::new(),
        above: html! {},
        add: None,
    };
    // The sheets are those of whole pages; here the report is all there is.
    let style = STYLE.concat().replace(":root", ":scope");
    let scoped =
        format!("@scope {{ {style} :scope {{ background: var(--paper); color: var(--ink); padding: 0.5rem 1rem }} }}");
    html! { div.readout { style { (PreEscaped(scoped)) } (reading.draw()) } }.into_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_by_itself_is_shown_and_escaped() {
        let record = r#"{"schema": "readout/1", "id": "a"}"#;
        let html = marked("Peru <agreed>.", &serde_json::from_str(record).unwrap_or_else(|e| panic!("{e}")));
        assert!(html.contains("Peru &lt;agreed&gt;.") && html.contains("<style>"), "{html}");
    }
}
