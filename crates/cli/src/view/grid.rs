//! Rows under columns: for people, as CSV, as JSON lines.

use std::io::{self, Write};

use readout_record::formats::csv::{Origin, push_cell};
use readout_store::{Grid, Value};
use unicode_width::UnicodeWidthStr as _;

use super::text::{columns, visible};

/// Narrowest last column of a table.
const LEAST: usize = 24;

/// A table: numbers to the right, the last column cut to what the terminal holds.
pub(crate) fn table(out: &mut impl Write, grid: &Grid) -> io::Result<()> {
    let text = |value: &Value| visible(&plain(value)).replace('\n', " ");
    let rows: Vec<Vec<String>> = grid.rows.iter().map(|row| row.iter().map(text).collect()).collect();
    let width = |i: usize| {
        let cells = rows.iter().filter_map(|row| row.get(i)).map(|cell| cell.width());
        cells.chain(grid.columns.get(i).map(|c| c.width())).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..grid.columns.len()).map(width).collect();
    let before: usize = widths.iter().rev().skip(1).map(|w| w + 2).sum();
    let last = columns().saturating_sub(before).max(LEAST);
    let right = |i: usize| {
        grid.rows.iter().all(|row| matches!(row.get(i), Some(Value::Integer(_) | Value::Real(_) | Value::Null)))
    };
    for row in std::iter::once(&grid.columns).chain(&rows) {
        let mut line = String::new();
        for (i, (cell, width)) in row.iter().zip(&widths).enumerate() {
            let pad = " ".repeat(width.saturating_sub(cell.width()));
            if i + 1 == row.len() && *width > last {
                line.push_str(&shortened(cell, last));
            } else if right(i) {
                line.push_str(&format!("{pad}{cell}  "));
            } else {
                line.push_str(&format!("{cell}{pad}  "));
            }
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// CSV after RFC 4180, but with line feeds; cells that a spreadsheet would run as formulas are led by an apostrophe.
pub(crate) fn csv(out: &mut impl Write, grid: &Grid) -> io::Result<()> {
    let mut line = String::new();
    for (i, column) in grid.columns.iter().enumerate() {
        line.push_str(if i > 0 { "," } else { "" });
        push_cell(&mut line, column, Origin::Own);
    }
    writeln!(out, "{line}")?;
    for row in &grid.rows {
        line.clear();
        for (i, value) in row.iter().enumerate() {
            line.push_str(if i > 0 { "," } else { "" });
            let origin = if matches!(value, Value::Text(_)) { Origin::Foreign } else { Origin::Own };
            push_cell(&mut line, &plain(value), origin);
        }
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// One object a line.
pub(crate) fn jsonl(out: &mut impl Write, grid: &Grid) -> io::Result<()> {
    for row in &grid.rows {
        let value = |value: &Value| match value {
            Value::Null => serde_json::Value::Null,
            Value::Integer(n) => (*n).into(),
            Value::Real(x) => (*x).into(),
            Value::Text(text) => text.as_str().into(),
        };
        let object: serde_json::Map<String, serde_json::Value> =
            grid.columns.iter().cloned().zip(row.iter().map(value)).collect();
        serde_json::to_writer(&mut *out, &object)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Integer(n) => n.to_string(),
        Value::Real(x) => x.to_string(),
        Value::Text(text) => text.clone(),
    }
}

fn shortened(cell: &str, width: usize) -> String {
    let mut out = String::new();
    for c in cell.chars() {
        if out.width() + 2 > width {
            return out + "…";
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid() -> Grid {
        let row = |a: &str, n| vec![Value::Text(a.to_owned()), Value::Integer(n), Value::Null];
        Grid {
            columns: ["who", "n", "x"].map(str::to_owned).to_vec(),
            rows: vec![row("a, \"b\"", 7), row("=SUM(A1)", 11), row("\u{1b}[31m", -2)],
            cut: false,
        }
    }

    fn written(write: impl Fn(&mut Vec<u8>, &Grid) -> io::Result<()>) -> String {
        let mut out = Vec::new();
        write(&mut out, &grid()).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn csv_quotes_and_defuses() {
        assert_eq!(written(csv), "who,n,x\n\"a, \"\"b\"\"\",7,\n'=SUM(A1),11,\n\u{1b}[31m,-2,\n");
    }

    #[test]
    fn a_table_shows_controls_and_aligns_numbers() {
        let table = written(table);
        assert!(!table.contains('\u{1b}'), "{table}");
        assert!(table.lines().nth(1).unwrap().ends_with(" 7"), "{table}");
    }

    #[test]
    fn json_lines_keep_types() {
        assert!(written(jsonl).starts_with(r#"{"n":7,"who":"a, \"b\"","x":null}"#));
    }
}
