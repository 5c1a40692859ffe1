//! Tab-separated rows as event data have them: no quoting, so that tabs and ends of lines within a cell become blanks.

use std::io::{self, Write};

/// Writes a row. Control characters and separators of lines become a blank, and `"` becomes `'`: readers that take quotes
/// for quoting would run over the end of the line.
pub(crate) fn row<S: AsRef<str>>(out: &mut dyn Write, cells: &[S]) -> io::Result<()> {
    let mut line = String::new();
    for (i, cell) in cells.iter().enumerate() {
        if i > 0 {
            line.push('\t');
        }
        line.extend(cell.as_ref().chars().map(plain));
    }
    line.push('\n');
    out.write_all(line.as_bytes())
}

fn plain(c: char) -> char {
    match c {
        '"' => '\'',
        '\u{2028}' | '\u{2029}' => ' ',
        c if c.is_control() => ' ',
        c => c,
    }
}

/// A number with at least one decimal ("-9.0").
pub(crate) fn real(x: f32) -> String {
    if x.is_finite() { format!("{x:?}") } else { String::new() }
}

/// A number that may be missing.
pub(crate) fn real_or_empty(x: Option<f32>) -> String {
    x.map(real).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_stays_within_its_row() {
        let mut out = Vec::new();
        row(&mut out, &["a\tb", "say \"no\"\r\nmore", "", "c\u{2028}d\u{85}e\0"]).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "a b\tsay 'no'  more\t\tc d e \n");
    }

    #[test]
    fn numbers_have_a_decimal() {
        for (x, expect) in [(-9.0, "-9.0"), (2.5, "2.5"), (0.1, "0.1"), (f32::NAN, "")] {
            assert_eq!(real(x), expect);
        }
    }
}
