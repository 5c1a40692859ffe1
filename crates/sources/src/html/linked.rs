//! What a page says of its article in JSON-LD (schema.org).

use serde_json::Value;

/// Objects that are looked at, and how deep they lie.
const LOOKED_AT: usize = 2_000;
const DEEPEST: usize = 12;

/// What the first article of a page's linked data says of itself.
#[derive(Default)]
pub(super) struct Linked {
    pub headline: Option<String>,
    pub published: Option<String>,
    pub authors: Vec<String>,
    pub publisher: Option<String>,
    pub language: Option<String>,
    pub licence: Option<String>,
    pub body: Option<String>,
}

/// Reads the scripts in order; broken ones are passed over.
pub(super) fn articles(scripts: &[String]) -> Linked {
    let values: Vec<Value> = scripts.iter().filter_map(|script| parse(script)).collect();
    let mut left = LOOKED_AT;
    values.iter().find_map(|value| find(value, DEEPEST, &mut left)).map(read).unwrap_or_default()
}

fn parse(script: &str) -> Option<Value> {
    let script = script.trim().trim_start_matches("<!--").trim_end_matches("-->").trim_start_matches("//<![CDATA[");
    // Line feeds within strings are common, and no JSON.
    let mended: String = script.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    serde_json::from_str(mended.trim().trim_end_matches(';')).ok()
}

/// The first object that is an article; lists of other articles are not looked into.
fn find<'v>(value: &'v Value, depth: usize, left: &mut usize) -> Option<&'v Value> {
    *left = left.checked_sub(1)?;
    let depth = depth.checked_sub(1)?;
    match value {
        Value::Array(list) => list.iter().find_map(|one| find(one, depth, left)),
        Value::Object(_) if is_article(value) => Some(value),
        Value::Object(fields) => {
            ["@graph", "mainEntity", "mainEntityOfPage"].iter().find_map(|name| find(fields.get(*name)?, depth, left))
        }
        _ => None,
    }
}

fn is_article(value: &Value) -> bool {
    let is = |kind: &Value| kind.as_str().is_some_and(|k| k.ends_with("Article") || k.ends_with("BlogPosting"));
    match value.get("@type") {
        Some(Value::Array(kinds)) => kinds.iter().any(is),
        Some(kind) => is(kind),
        None => false,
    }
}

fn read(article: &Value) -> Linked {
    let text = |name: &str| article.get(name).and_then(name_of);
    Linked {
        headline: text("headline").or_else(|| text("name")),
        published: text("datePublished"),
        authors: match article.get("author").or_else(|| article.get("creator")) {
            Some(Value::Array(list)) => list.iter().take(20).filter_map(name_of).collect(),
            Some(one) => name_of(one).into_iter().collect(),
            None => Vec::new(),
        },
        publisher: text("publisher").or_else(|| text("sourceOrganization")),
        language: text("inLanguage"),
        licence: text("license"),
        body: text("articleBody"),
    }
}

/// A string, or the name of what is told.
fn name_of(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.as_str(),
        Value::Array(list) => return list.first().filter(|first| !first.is_array()).and_then(name_of),
        Value::Object(_) => {
            let named = ["name", "alternateName", "@id", "url"].iter().find_map(|field| value.get(*field)?.as_str());
            named?
        }
        _ => return None,
    };
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}
