//! Which column of a table holds what.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use crate::rejection::Reason;

/// Names by which columns are known, field by field.
const NAMES: &str = include_str!("../../../../data/sources/columns.txt");

/// Columns that a message lists.
const LISTED: usize = 20;

/// Characters of a column's name in a message.
const SHOWN: usize = 40;

/// A column that the caller says holds a field, such as `text=BODY`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The field, one of those that JSON records have.
    pub field: &'static str,
    /// The column's name.
    pub name: String,
}

impl FromStr for Column {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (field, name) = text.split_once('=').unwrap_or((text, ""));
        let known = fields().find(|(known, _)| *known == field.trim());
        match known {
            Some((field, _)) if !name.trim().is_empty() => Ok(Column { field, name: name.trim().to_owned() }),
            Some((field, _)) => Err(format!("give the column's name too, such as {field}=BODY")),
            None => {
                let all: Vec<&str> = fields().map(|(field, _)| field).collect();
                Err(format!("`{field}` is no field; fields are {}", all.join(", ")))
            }
        }
    }
}

/// The fields, and the names of columns for each.
fn fields() -> impl Iterator<Item = (&'static str, std::str::SplitWhitespace<'static>)> {
    let lines = NAMES.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(':')).map(|(field, names)| (field, names.split_whitespace()))
}

/// Which columns of a table are read, and as what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// Number of the column, from 0, and its field.
    pub taken: BTreeMap<usize, &'static str>,
}

impl Columns {
    /// Tells the columns of a table by their names and by what the caller says.
    ///
    /// # Errors
    /// [`Reason::NoColumn`] where there is none that the caller names, [`Reason::NoTextColumn`] where none holds the text.
    pub fn tell(names: &[String], said: &[Column]) -> Result<Self, Reason> {
        let plain: Vec<String> = names.iter().map(|name| plain(name)).collect();
        let mut taken = BTreeMap::new();
        for column in said {
            let exact = names.iter().position(|name| name.trim() == column.name);
            let at = exact.or_else(|| names.iter().position(|name| name.trim().eq_ignore_ascii_case(&column.name)));
            let at = at.ok_or_else(|| Reason::NoColumn { name: column.name.clone(), columns: Names::of(names) })?;
            taken.insert(at, column.field);
        }
        for (field, known) in fields() {
            if taken.values().any(|f| *f == field) {
                continue;
            }
            let mut known = known.filter_map(|name| plain.iter().position(|p| p == name));
            if let Some(at) = known.find(|at| !taken.contains_key(at)) {
                taken.insert(at, field);
            }
        }
        if taken.values().any(|field| *field == "text") {
            Ok(Columns { taken })
        } else {
            Err(Reason::NoTextColumn(Names::of(names)))
        }
    }
}

/// A column's name without case, blanks and marks.
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).take(SHOWN).collect()
}

/// Names of columns, for a message.
#[derive(Debug, PartialEq, Eq)]
pub struct Names(Vec<String>, usize);

impl Names {
    fn of(names: &[String]) -> Self {
        let shown = |name: &String| {
            let plain = |c: char| if c.is_control() { '\u{fffd}' } else { c };
            name.trim().chars().take(SHOWN).map(plain).collect()
        };
        let named = || names.iter().filter(|name| !name.trim().is_empty());
        Names(named().take(LISTED).map(shown).collect(), named().count().saturating_sub(LISTED))
    }
}

impl fmt::Display for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, name) in self.0.iter().enumerate() {
            write!(f, "{}`{name}`", if n == 0 { "" } else { ", " })?;
        }
        if self.1 > 0 { write!(f, " and {} more", self.1) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn check(names: &str, said: &[&str], expect: &str) {
        let names: Vec<String> = names.split('|').map(str::to_owned).collect();
        let said: Vec<Column> = said.iter().map(|s| s.parse().unwrap()).collect();
        let shown = match Columns::tell(&names, &said) {
            Ok(columns) => columns.taken.iter().map(|(n, field)| format!("{n}={field} ")).collect(),
            Err(reason) => reason.to_string(),
        };
        assert_eq!(shown.trim(), expect, "{names:?}");
    }

    #[test]
    fn columns_are_told_by_their_names() {
        check(
            "id|headline|Body|Pub_Date|URL|Outlet|Author|lang|other",
            &[],
            "0=id 1=title 2=text 3=published 4=uri 5=publisher 6=author 7=language",
        );
        check("date|publication date|Full Text", &[], "1=published 2=text");
        check("Article|Content", &[], "1=text");
        check("text|text", &[], "0=text");
        check("source|publisher|text", &[], "1=publisher 2=text");
    }

    #[test]
    fn the_caller_has_the_last_word() {
        check("a|b|text", &["text=B", "published=a"], "0=published 1=text");
        check("text|TEXT", &["text=TEXT"], "1=text");
        check("a|b", &["text=c"], "there is no column `c`; its columns are: `a`, `b`");
        check("a|b\u{1b}", &[], "no column holds the text; its columns are: `a`, `b\u{fffd}`");
        for wrong in ["body=x", "text", "text=", "=x", ""] {
            assert!(wrong.parse::<Column>().is_err(), "{wrong}");
        }
    }
}
