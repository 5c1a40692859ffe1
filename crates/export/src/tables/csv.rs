//! CSV (RFC 4180, but lines end with a line feed alone), UTF-8, with a header. What is not known is an empty cell.

use std::fmt::Write as _;
use std::io::Write;

use readout_record::formats::csv::{Origin, push_cell};

use super::{Cell, Column, Kind, Sheet};
use crate::Error;

/// Writes CSV.
pub(crate) struct CsvSheet<'a, W: Write> {
    columns: &'a [Column],
    out: W,
    /// The row being written, kept so as not to make one anew each time: panels have millions.
    line: String,
}

impl<'a, W: Write> CsvSheet<'a, W> {
    /// Writes the header.
    pub(crate) fn new(columns: &'a [Column], mut out: W) -> Result<Self, Error> {
        let names: Vec<&str> = columns.iter().map(|c| c.name).collect();
        writeln!(out, "{}", names.join(","))?;
        Ok(CsvSheet { columns, out, line: String::new() })
    }
}

impl<W: Write> Sheet for CsvSheet<'_, W> {
    fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), Error> {
        let line = &mut self.line;
        line.clear();
        for (i, (cell, column)) in cells.iter().zip(self.columns).enumerate() {
            if i > 0 {
                line.push(',');
            }
            let _ = match cell {
                Cell::Empty => Ok(()),
                Cell::Text(text) => {
                    push_cell(line, text, origin(column.kind));
                    Ok(())
                }
                Cell::Whole(n) => write!(line, "{n}"),
                Cell::Real(x) => write!(line, "{x:?}"),
                Cell::Day(day) => write!(line, "{day}"),
            }; // a string takes all that is written to it
        }
        line.push('\n');
        Ok(self.out.write_all(line.as_bytes())?)
    }

    fn end(mut self: Box<Self>) -> Result<(), Error> {
        Ok(self.out.flush()?)
    }
}

/// Whose text a column of this kind holds.
fn origin(kind: Kind) -> Origin {
    if kind == Kind::Words { Origin::Foreign } else { Origin::Own }
}

#[cfg(test)]
mod tests {
    use super::super::column;
    use super::*;

    fn check(kind: Kind, text: &str, expect: &str) {
        let mut out = Vec::new();
        let columns = [column("a", kind), column("b", Kind::Whole)];
        let mut sheet = Box::new(CsvSheet::new(&columns, &mut out).unwrap());
        sheet.row(&[Cell::own(text.to_owned()), Cell::Whole(-1)]).unwrap();
        sheet.end().unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), format!("a,b\n{expect},-1\n"));
    }

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        check(Kind::Words, "plain", "plain");
        check(Kind::Words, "", "");
        check(Kind::Words, "a, \"b\"\nc", "\"a, \"\"b\"\"\nc\"");
    }

    #[test]
    fn a_report_runs_no_formula() {
        check(Kind::Words, "=1+1", "'=1+1");
        check(Kind::Words, "@x, y", "\"'@x, y\"");
        check(Kind::Code, "---GOV", "---GOV");
    }
}
