//! Corrections as hand annotation: a file to take away.

use maud::html;
use readout_store::corrections::Gold;
use serde_json::{Value, json};

use crate::answer::{Download, Fault, Page, Table, View};
use crate::views::Asked;

/// Its address.
pub(crate) const GOLD: &str = "/gold";

/// The file's lines.
struct Lines(Gold);

/// The reports all of whose events were looked at; with `partly` the others too.
pub(crate) fn look<'a>(asked: &Asked<'a>) -> Result<Box<dyn View + 'a>, Fault> {
    let known = super::known(asked)?;
    Ok(Box::new(Lines(Gold::of(asked.store, &known, asked.query.get("partly").is_some())?)))
}

impl View for Lines {
    fn page(&self) -> Page {
        Page { title: "Gold".to_owned(), tab: super::PATH, others: None, main: html! {} }
    }

    fn json(&self) -> Value {
        let lines = self.0.lines.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        json!({ "view": "gold", "reports": lines.collect::<Vec<_>>(), "unfinished": self.0.unfinished, "lost": self.0.lost, "truncated": false })
    }

    fn table(&self) -> Table {
        Table { name: "gold".to_owned(), columns: vec!["reports"], rows: Vec::new() }
    }

    fn download(&self) -> Option<Download> {
        Some(Download {
            name: "gold.jsonl".to_owned(),
            kind: "application/jsonl; charset=utf-8",
            body: self.0.lines.clone(),
        })
    }
}
