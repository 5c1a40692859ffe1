//! The document of streams names every setting with its value, and none that is not there.
#![allow(clippy::unwrap_used)] // helpers of tests fail as tests do

use std::collections::BTreeMap;

use readout_stream::Settings;

#[test]
fn the_settings_in_the_document_are_those_of_the_code() {
    let shown = format!("{:?}", Settings::default());
    let fields = shown.split_once('{').unwrap().1.trim_end_matches('}');
    let pair = |text: &str| text.split_once(": ").map(|(n, v)| (n.trim().to_owned(), v.trim().to_owned()));
    let code: BTreeMap<String, String> = fields.split(',').filter_map(pair).collect();
    let page = include_str!("../../../docs/stream.md");
    let row = |line: &str| {
        let mut cells = line.strip_prefix("| `")?.split('|').map(str::trim);
        let name = cells.next()?.strip_suffix('`')?.to_owned();
        let value = cells.next()?.replace(',', "");
        (!value.is_empty() && value.bytes().all(|b| b.is_ascii_digit())).then_some((name, value))
    };
    let told: BTreeMap<String, String> = page.lines().filter_map(row).collect();
    assert_eq!(told, code);
}
