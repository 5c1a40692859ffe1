//! SQL: a statement of one's own over the store, which only reads, within limits.

mod schema;

use std::time::Duration;

use maud::{Markup, html};
use readout_record::formats::csv::{Origin, push_cell};
use readout_store::{Grid, SqlLimits, Store, StoreError, Value as Cellar};
use serde_json::{Value, json};

use super::{Asked, claims, report};
use crate::answer::{Cell, Fault, Form, Others, Page, Table, View};
use crate::limits::Limits;
use crate::page::hint::hint;
use crate::page::names::{counted, grouped, visible};

/// Its address.
pub(crate) const PATH: &str = "/sql";

/// Characters of a value that a page shows.
const SHOWN: usize = 400;

/// Statements to begin with.
const EXAMPLES: [(&str, &str); 6] = [
    (
        "Who accuses whom most",
        "SELECT a.country AS actor, r.country AS recipient, count(*) AS events\nFROM events e\nJOIN parties a ON a.event = e.id AND a.side = 'actor'\nJOIN parties r ON r.event = e.id AND r.side = 'recipient'\nWHERE e.type = 'ACCUSE' AND e.status = 'fact' AND a.country <> r.country\nGROUP BY 1, 2 ORDER BY 3 DESC LIMIT 20",
    ),
    (
        "Conflict and cooperation by month",
        "SELECT substr(ifnull(e.date_first, d.published), 1, 7) AS month,\n       sum(e.quad <= 2) AS cooperation, sum(e.quad >= 3) AS conflict, round(avg(e.score), 2) AS mean_score\nFROM events e JOIN documents d ON d.id = e.document\nWHERE e.status = 'fact' GROUP BY 1 ORDER BY 1",
    ),
    (
        "Acts that most outlets tell",
        "SELECT event_id, type, trigger_text, mentions, reports, outlets\nFROM acts ORDER BY outlets DESC, mentions DESC LIMIT 20",
    ),
    (
        "Sentences that speak of a ceasefire",
        "SELECT d.key AS report, d.published, t.text\nFROM sentences_fts f\nJOIN sentence_text t ON t.id = f.rowid\nJOIN documents d ON d.id = t.document\nWHERE sentences_fts MATCH 'ceasefire OR truce'\nORDER BY d.published LIMIT 50",
    ),
    (
        "Who speaks most, and with what verb",
        "SELECT code, cue, count(*) AS events FROM speakers\nWHERE n = 0 AND cue <> '' GROUP BY 1, 2 ORDER BY 3 DESC LIMIT 20",
    ),
    (
        "What was not taken in, and why",
        "SELECT i.name AS file, o.line, o.reason\nFROM outcomes o JOIN inputs i ON i.id = o.input\nWHERE o.outcome = 'rejected' LIMIT 50",
    ),
];

/// What stands in the box, and what came of it.
struct Sql<'a> {
    sql: String,
    answer: Option<Result<Grid, Wrong>>,
    limits: &'a Limits,
}

/// Why a statement was not run.
struct Wrong {
    what: String,
    hint: String,
    /// Byte of the statement.
    at: Option<usize>,
}

/// Runs the statement in the address; without one, gives the form for it.
pub(crate) fn look<'a>(asked: &Asked<'a>) -> Result<Box<dyn View + 'a>, Fault> {
    let limits = asked.limits;
    let sql = asked.query.get("q").unwrap_or_default().replace("\r\n", "\n");
    let rows = if asked.form == Form::Html { limits.sql_page_rows } else { limits.sql_rows };
    let bounds = SqlLimits {
        time: Duration::from_millis(limits.sql_millis),
        rows,
        value_bytes: i32::try_from(limits.sql_value_bytes).unwrap_or(i32::MAX),
        bytes: limits.sql_bytes,
    };
    let run = || match Store::query(asked.store.path(), &sql, bounds) {
        Err(error @ StoreError::Sql { .. }) => Ok(Err(Wrong::of(error, &sql))),
        answer => answer.map(Ok),
    };
    let mut answer = (!sql.is_empty()).then(run).transpose()?;
    if let (Some(Ok(grid)), Form::Html) = (&mut answer, asked.form) {
        shorten(grid, limits.sql_page_bytes);
    }
    match answer {
        Some(Err(wrong)) if asked.form != Form::Html => Err(Fault::bad(wrong.told(&sql), wrong.hint)),
        answer => Ok(Box::new(Sql { sql, answer, limits })),
    }
}

/// Leaves out the rows after which there are `most` bytes, as a page shows them.
fn shorten(grid: &mut Grid, most: usize) {
    let bytes = |value: &Cellar| if let Cellar::Text(text) = value { text.len().min(SHOWN) } else { 8 };
    let mut left = most;
    let fit = grid.rows.iter().take_while(|row| {
        let needed = row.iter().map(bytes).sum::<usize>();
        let fits = needed <= left;
        left = left.saturating_sub(needed);
        fits
    });
    let fit = fit.count().max(1);
    grid.cut |= fit < grid.rows.len();
    grid.rows.truncate(fit);
}

impl Wrong {
    fn of(error: StoreError, sql: &str) -> Wrong {
        let mut hint = "the tables and their columns are listed beside the box".to_owned();
        let StoreError::Sql { what, at } = error else { return Wrong { what: error.to_string(), hint, at: None } };
        if what.starts_with("it was stopped") {
            "ask for less: fewer days, a LIMIT, or a condition on a column that has an index".clone_into(&mut hint);
        } else if what.starts_with("only statements") {
            "begin with SELECT or WITH: the store is never changed from here".clone_into(&mut hint);
        } else if what.starts_with("one statement") {
            "run them one after the other".clone_into(&mut hint);
        } else if what.contains("fts5") {
            "put words with signs in them between double quotes: MATCH '\"air-strike\"'".clone_into(&mut hint);
        }
        Wrong { what, hint, at: at.filter(|at| *at < sql.len()) }
    }

    /// What is wrong and where.
    fn told(&self, sql: &str) -> String {
        match self.at {
            Some(at) => {
                let (line, column) = place(sql, at);
                format!("the SQL was not run: {}, in line {line}, column {column}", self.what)
            }
            None => format!("the SQL was not run: {}", self.what),
        }
    }
}

/// Line and column of a byte, both from 1.
fn place(sql: &str, at: usize) -> (usize, usize) {
    let before = sql.get(..sql.floor_char_boundary(at)).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    (before.matches('\n').count() + 1, line.chars().count() + 1)
}

/// The address of a statement.
fn address(path: &str, sql: &str) -> String {
    let query: String = form_urlencoded::Serializer::new(String::new()).append_pair("q", sql).finish();
    format!("{path}?{query}")
}

impl View for Sql<'_> {
    fn page(&self) -> Page {
        let others = Others { json: address("/sql.json", &self.sql), csv: address("/sql.csv", &self.sql) };
        let has_rows = matches!(self.answer, Some(Ok(_)));
        Page { title: "SQL".to_owned(), tab: PATH, others: has_rows.then_some(others), main: self.main() }
    }

    fn json(&self) -> Value {
        let grid = self.grid();
        let value = |value: &Cellar| match value {
            Cellar::Null => Value::Null,
            Cellar::Integer(n) => json!(n),
            Cellar::Real(x) => json!(x),
            Cellar::Text(text) => json!(text),
        };
        json!({
            "view": "sql",
            "sql": self.sql,
            "columns": grid.map_or(&[][..], |g| g.columns.as_slice()),
            "rows": grid.map_or(&[][..], |g| g.rows.as_slice()).iter()
                .map(|row| row.iter().map(value).collect::<Vec<_>>()).collect::<Vec<_>>(),
            "truncated": grid.is_some_and(|g| g.cut),
        })
    }

    fn table(&self) -> Table {
        let cell = |value: &Cellar| match value {
            Cellar::Null => Cell::Empty,
            Cellar::Integer(n) => Cell::Number(*n as f64),
            Cellar::Real(x) => Cell::Number(*x),
            Cellar::Text(text) => Cell::Words(text.clone()),
        };
        let rows: Vec<Vec<Cell>> =
            self.grid().into_iter().flat_map(|g| &g.rows).map(|row| row.iter().map(cell).collect()).collect();
        let cut = self.grid().is_some_and(|g| g.cut);
        let name = if cut { format!("sql-first-{}", rows.len()) } else { "sql".to_owned() };
        Table { name, columns: Vec::new(), rows }
    }

    /// The columns are those of the statement.
    fn csv(&self, table: &Table) -> String {
        let mut out = String::new();
        for (i, column) in self.grid().into_iter().flat_map(|g| &g.columns).enumerate() {
            out.push_str(if i > 0 { "," } else { "" });
            push_cell(&mut out, column, Origin::Foreign);
        }
        out + &table.csv()
    }
}

impl Sql<'_> {
    fn grid(&self) -> Option<&Grid> {
        self.answer.as_ref().and_then(|answer| answer.as_ref().ok())
    }

    fn main(&self) -> Markup {
        html! {
            div.sql {
                section {
                    h1 { "SQL" }
                    (hint("sql", &html! { p { "One statement that reads, in the dialect of SQLite; the tables and their columns stand beside the
                        box. The address holds the statement, and JSON and CSV hold more rows than the page." } }))
                    form.stack method="get" action=(PATH) data-module="sql" {
                        label.unseen for="sql" { "A statement that reads" }
                        textarea #sql name="q" rows=(self.sql.lines().count().clamp(5, 16)) required spellcheck="false" autocomplete="off"
                            autocapitalize="off" placeholder="SELECT type, count(*) FROM events GROUP BY 1 ORDER BY 2 DESC" {
                            "\n" (self.sql)
                        }
                        div.row {
                            button.primary { "Run" }
                            p.faint { "Ctrl-Enter runs it. One statement that reads, within "
                                (self.limits.sql_millis as f64 / 1000.0) " s; the store is never changed. The address holds it." }
                        }
                    }
                    @match &self.answer {
                        None => (examples()),
                        Some(Err(wrong)) => (self.wrong(wrong)),
                        Some(Ok(grid)) => (self.rows(grid)),
                    }
                }
                (tables())
            }
        }
    }

    fn wrong(&self, wrong: &Wrong) -> Markup {
        html! {
            div.wrong role="alert" {
                p { b { (visible(&wrong.told(&self.sql))) } }
                @if let Some(at) = wrong.at {
                    @let (line, column) = place(&self.sql, at);
                    pre { (visible(self.sql.lines().nth(line - 1).unwrap_or_default())) "\n" (" ".repeat(column - 1)) "^" }
                }
                p { (visible(&wrong.hint)) "." }
            }
        }
    }

    fn rows(&self, grid: &Grid) -> Markup {
        html! {
            h2 aria-live="polite" {
                @if grid.cut { "The first " (counted(grid.rows.len() as u64, "row")) } @else { (counted(grid.rows.len() as u64, "row")) }
            }
            @if grid.cut {
                p.notice { "There are more. A page shows " (grouped(self.limits.sql_page_rows as u64)) " rows at most, fewer where they are long; "
                    a href=(address("/sql.csv", &self.sql)) { "CSV" } " and " a href=(address("/sql.json", &self.sql)) { "JSON" }
                    " hold " (grouped(self.limits.sql_rows as u64)) " at most." }
            }
            @if grid.columns.is_empty() { p.faint { "The statement gives no columns." } }
            @else if grid.rows.is_empty() { p.faint { "No row is like that. Codes are written in capitals, days as " code { "2019-02-26" } "." } }
            @else {
                div.scroll tabindex="0" role="region" aria-label="Rows" {
                    table.grid {
                        thead { tr { @for (i, column) in grid.columns.iter().enumerate() {
                            th.num[is_number(grid, i)] scope="col" { (visible(column)) }
                        } } }
                        tbody { @for row in &grid.rows { tr {
                            @for (value, column) in row.iter().zip(&grid.columns) { (cell(value, column)) }
                        } } }
                    }
                }
            }
        }
    }
}

/// Whether a column holds numbers.
fn is_number(grid: &Grid, column: usize) -> bool {
    let first = grid.rows.iter().filter_map(|row| row.get(column)).find(|value| **value != Cellar::Null);
    matches!(first, Some(Cellar::Integer(_) | Cellar::Real(_)))
}

/// A value; identifiers of events and keys of reports lead to their pages.
fn cell(value: &Cellar, column: &str) -> Markup {
    let is_hex = |text: &str, digits: usize| text.len() == digits && text.bytes().all(|b| b.is_ascii_hexdigit());
    html! {
        @match value {
            Cellar::Null => td.faint { "–" },
            Cellar::Integer(n) => td.num { (n) },
            Cellar::Real(x) => td.num { (x) },
            Cellar::Text(text) if column == "event_id" && is_hex(text, 20) => td { a href=(claims::around(text)) { code { (text) } } },
            Cellar::Text(text) if matches!(column, "key" | "report") && is_hex(text, 32) => td { a href={ (report::PATH) (text) } { code { (text) } } },
            Cellar::Text(text) => td {
                @match text.char_indices().nth(SHOWN) {
                    Some((end, _)) => { (visible(text.get(..end).unwrap_or_default())) "… " span.faint { "(" (counted(text.chars().count() as u64, "character")) ")" } },
                    None => (visible(text)),
                }
            },
        }
    }
}

fn examples() -> Markup {
    html! {
        h2 { "To begin with" }
        ul.examples { @for (title, sql) in EXAMPLES { li { a href=(address(PATH, sql)) { (title) } } } }
    }
}

/// What there is to ask about.
fn tables() -> Markup {
    html! {
        aside.schema aria-label="Tables" {
            h2 { "Tables" }
            @for table in schema::tables() {
                details {
                    summary { code { (table.name) } }
                    p.faint { (table.about) }
                    @if !table.columns.is_empty() {
                        dl { @for column in &table.columns { dt { code { (column.name) } } dd { (column.about) } } }
                    }
                }
            }
            @if let Some((_, sql)) = EXAMPLES.first() { p { a href=(address(PATH, sql)) { "An example" } } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_has_line_and_column() {
        assert_eq!(place("SELECT é,\n  x", 0), (1, 1));
        assert_eq!(place("SELECT é,\n  x", 9), (1, 9));
        assert_eq!(place("SELECT é,\n  x", 13), (2, 3));
        assert_eq!(place("", 9), (1, 1));
    }
}
