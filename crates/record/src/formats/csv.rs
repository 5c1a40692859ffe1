//! Cells of CSV (RFC 4180): quoted where they must be, harmless in a spreadsheet.

/// Whose text a cell holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Words from reports or from others: what a spreadsheet would run as a formula (`=`, `+`, `-`, `@` or a control
    /// first) gets an apostrophe before it, so that nobody's article runs on somebody's desk.
    Foreign,
    /// Codes and names of this project's making ("---GOV").
    Own,
}

/// Adds a text as one cell.
pub fn push_cell(line: &mut String, text: &str, origin: Origin) {
    let is_formula = origin == Origin::Foreign && text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let is_quoted = text.contains([',', '"', '\n', '\r']);
    if is_quoted {
        line.push('"');
    }
    if is_formula {
        line.push('\'');
    }
    for c in text.chars().filter(|c| *c != '\0') {
        if c == '"' {
            line.push('"');
        }
        line.push(c);
    }
    if is_quoted {
        line.push('"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(origin: Origin, text: &str, expect: &str) {
        let mut line = String::new();
        push_cell(&mut line, text, origin);
        assert_eq!(line, expect);
    }

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        check(Origin::Foreign, "plain", "plain");
        check(Origin::Foreign, "", "");
        check(Origin::Foreign, "a, \"b\"\nc", "\"a, \"\"b\"\"\nc\"");
        check(Origin::Foreign, "a\0b", "ab");
    }

    #[test]
    fn a_report_runs_no_formula() {
        check(Origin::Foreign, "=1+1", "'=1+1");
        check(Origin::Foreign, "@x, y", "\"'@x, y\"");
        check(Origin::Own, "---GOV", "---GOV");
    }
}
