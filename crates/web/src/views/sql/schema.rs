//! The tables of the store as its schema describes them.

use readout_store::SCHEMA;

/// A table or a view.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Described {
    pub(super) name: String,
    /// What one row is.
    pub(super) about: String,
    pub(super) columns: Vec<Column>,
}

/// A column.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) about: String,
}

/// Words that begin lines which are no columns.
const NO_COLUMNS: [&str; 4] = ["PRIMARY", "UNIQUE", "FOREIGN", "CHECK"];

/// All tables and views, in the order of the schema: comments above them say what they hold, those behind a column what
/// it holds.
pub(super) fn tables() -> Vec<Described> {
    let mut all = Vec::new();
    let mut above: Vec<&str> = Vec::new();
    let mut open: Option<Described> = None;
    for line in SCHEMA.lines() {
        let bare = line.trim();
        match (&mut open, bare.strip_prefix("-- ")) {
            (None, Some(comment)) => above.push(comment),
            (None, None) => {
                if let Some(name) = created(bare) {
                    let table = Described { name: name.to_owned(), about: above.join(" "), columns: Vec::new() };
                    if bare.ends_with('(') && !bare.contains(" USING ") { open = Some(table) } else { all.push(table) }
                }
                above.clear();
            }
            (Some(_), _) if bare.starts_with(')') => all.extend(open.take()),
            (Some(table), _) => table.columns.extend(column(bare)),
        }
    }
    all
}

fn created(line: &str) -> Option<&str> {
    let rest =
        ["CREATE TABLE ", "CREATE VIEW ", "CREATE VIRTUAL TABLE "].iter().find_map(|start| line.strip_prefix(start))?;
    rest.split_whitespace().next()
}

fn column(line: &str) -> Option<Column> {
    let (code, about) = line.split_once("-- ").unwrap_or((line, ""));
    let name = code.split_whitespace().next().filter(|name| !NO_COLUMNS.contains(name))?;
    Some(Column { name: name.to_owned(), about: about.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_and_columns_are_told() {
        let tables = tables();
        let table = |name: &str| tables.iter().find(|t| t.name == name).unwrap();
        let events = table("events");
        assert!(events.about.starts_with("Acts as sentences tell them"), "{}", events.about);
        assert_eq!(events.columns.iter().find(|c| c.name == "score").unwrap().about, "PLOVER");
        assert!(events.columns.iter().all(|c| !NO_COLUMNS.contains(&c.name.as_str())));
        for name in ["documents", "parties", "speakers", "sentences_fts", "acts", "sentence_text"] {
            assert_eq!(table(name).name, name);
        }
    }
}
