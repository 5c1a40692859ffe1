//! The codebook's operators as a table: what each makes of which acts.

use std::fmt::Write as _;

use readout_codebook::{Act, Codebook, Operator, Outcome};

/// Words of an operator that its first row names.
const WORDS_SHOWN: usize = 5;

/// A Markdown table with a row for each operator and result: the words, the types of act that give it, type and mode of
/// the result (`keep` is the inner act itself), its status.
pub(crate) fn table(book: &Codebook) -> String {
    let mut out = String::from("| operator | words | over | gives | status |\n|---|---|---|---|---|\n");
    for operator in book.operators() {
        let mut words = words(operator);
        for (types, outcome) in results(book, operator) {
            let status = outcome.status.or(operator.status).map_or("as told", |s| s.name());
            let _ = writeln!(out, "| `{}` | {words} | {types} | {} | {status} |", operator.name, gives(&outcome.act));
            words = String::new();
        }
    }
    out
}

fn words(operator: &Operator) -> String {
    let all: Vec<String> = operator.entries.iter().map(|e| e.words.join(" ")).collect();
    let more = all.len().saturating_sub(WORDS_SHOWN);
    let shown = all.iter().take(WORDS_SHOWN).cloned().collect::<Vec<_>>().join(", ");
    if more > 0 { format!("{shown} and {more} more") } else { shown }
}

/// The operator's results, each with the types of act that it comes of, in the ontology's order; `all others` for the
/// largest group.
fn results<'o>(book: &Codebook, operator: &'o Operator) -> Vec<(String, &'o Outcome)> {
    let mut groups: Vec<(Vec<String>, &Outcome)> = Vec::new();
    let mut put = |name: String, outcome: &'o Outcome| match groups.iter_mut().find(|(_, o)| *o == outcome) {
        Some((types, _)) => types.push(name),
        None => groups.push((vec![name], outcome)),
    };
    for kind in book.ontology.kinds() {
        let plain = operator.outcome(&book.ontology, &kind.name, None);
        put(kind.name.clone(), plain);
        for mode in &kind.modes {
            let moded = operator.outcome(&book.ontology, &kind.name, Some(&mode.name));
            if moded != plain {
                put(format!("{}/{}", kind.name, mode.name), moded);
            }
        }
    }
    let largest = groups.iter().map(|(types, _)| types.len()).max().unwrap_or(0);
    groups.sort_by_key(|(types, _)| types.len() == largest); // stable: the rest stays in order
    let last = groups.len().saturating_sub(1);
    let name = |i: usize, types: &[String]| match (i == last, last) {
        (true, 0) => "any act".to_owned(),
        (true, _) => "all others".to_owned(),
        _ => types.join(", "),
    };
    groups.into_iter().enumerate().map(|(i, (types, outcome))| (name(i, &types), outcome)).collect()
}

fn gives(act: &Act) -> String {
    match act {
        Act::Keep => "keep".to_owned(),
        Act::Nothing => "none".to_owned(),
        Act::Other(kind, None) => kind.clone(),
        Act::Other(kind, Some(mode)) => format!("{kind}/{mode}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_result_has_a_row_and_the_rest_comes_last() {
        let book = Codebook::embedded();
        let table = table(book);
        for operator in book.operators() {
            let rows: Vec<&str> = table.lines().filter(|l| l.contains(&format!("| `{}` |", operator.name))).collect();
            let last = rows.last().copied().unwrap_or("");
            assert!(last.contains("| all others |") || last.contains("| any act |"), "{}: {rows:?}", operator.name);
        }
        let refuse: Vec<&str> = table.lines().filter(|l| l.contains("`refuse/refuse`")).collect();
        assert!(refuse.iter().any(|r| r.contains("CONSULT") && r.contains("| REJECT/meet |")), "{refuse:?}");
    }
}
