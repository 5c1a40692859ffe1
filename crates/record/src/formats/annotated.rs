//! What scoring needs of a document, read alike from hand annotation and from records.
//!
//! Hand annotation gives parties as `{text, code}` or as plain codes, sources, cues and contents as plain strings, and
//! the source's code in `source_code`; records give objects with `text` and `code`. Both are read.

use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::Record;

/// Events and attributions of one document.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct Annotated {
    /// Identifier, on which gold and coded are joined.
    pub id: String,
    /// Day of publication, as written.
    #[serde(default, alias = "published")]
    pub date: Option<String>,
    /// Publisher's name.
    #[serde(default)]
    pub publisher: Option<String>,
    /// Headline.
    #[serde(default)]
    pub title: Option<String>,
    /// Sentences' texts; "" where the file gives none.
    #[serde(default, deserialize_with = "texts")]
    pub sentences: Vec<String>,
    /// Events.
    #[serde(default)]
    pub events: Vec<MarkedEvent>,
    /// Attributions.
    #[serde(default)]
    pub attributions: Vec<MarkedAttribution>,
}

impl Annotated {
    /// A document in which nothing was found.
    pub const NOTHING: Annotated = Annotated {
        id: String::new(),
        date: None,
        publisher: None,
        title: None,
        sentences: Vec::new(),
        events: Vec::new(),
        attributions: Vec::new(),
    };
}

/// An event as scored.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct MarkedEvent {
    /// Its sentence, from 0.
    pub sent: usize,
    /// The words that name the act.
    #[serde(default, deserialize_with = "text_or_empty")]
    pub trigger: String,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: String,
    /// PLOVER mode.
    #[serde(default)]
    pub mode: Option<String>,
    /// Who acts.
    #[serde(default, deserialize_with = "marks")]
    pub actor: Vec<Mark>,
    /// Whom it reaches.
    #[serde(default, deserialize_with = "marks")]
    pub recipient: Vec<Mark>,
    /// Status by name; `None` where the file gives none.
    #[serde(default)]
    pub status: Option<String>,
    /// Where it happened, as written.
    #[serde(default, deserialize_with = "text_or_none")]
    pub place: Option<String>,
    /// When it happened, as written.
    #[serde(default)]
    pub when: Option<String>,
    /// Its day or days.
    #[serde(default)]
    pub date: Option<String>,
    /// Speakers, innermost first.
    #[serde(default, deserialize_with = "marks")]
    pub said_by: Vec<Mark>,
    /// The rule that fired, in records.
    #[serde(default)]
    pub rule: Option<String>,
    /// Between 0 and 1, in records.
    #[serde(default)]
    pub confidence: Option<f32>,
}

/// A party or speaker as scored.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mark {
    /// Its phrase, where given.
    pub text: Option<String>,
    /// Its code, where given.
    pub code: Option<String>,
}

/// An attribution as scored.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MarkedAttribution {
    /// Its sentence, from 0.
    pub sent: usize,
    /// The source's phrase and code.
    pub source: Mark,
    /// The cue; "" for none.
    pub cue: String,
    /// What is said.
    pub content: String,
}

impl<'de> Deserialize<'de> for MarkedAttribution {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Raw {
            sent: usize,
            #[serde(default)]
            source: Value,
            // Twice optional: a code that is null is given, and counts before the source's own.
            #[serde(default, deserialize_with = "given")]
            source_code: Option<Option<String>>,
            #[serde(default, deserialize_with = "text_or_empty")]
            cue: String,
            #[serde(default, deserialize_with = "text_or_empty")]
            content: String,
        }
        let raw = Raw::deserialize(d)?;
        let code = match raw.source_code {
            Some(code) => code,
            None => mark(&raw.source).code,
        };
        Ok(MarkedAttribution {
            sent: raw.sent,
            source: Mark { text: text(&raw.source), code },
            cue: raw.cue,
            content: raw.content,
        })
    }
}

impl From<&Record> for Annotated {
    /// The record as scored. Sentences have texts where the record has.
    fn from(record: &Record) -> Self {
        let party = |p: &crate::Party| Mark { text: Some(p.text.clone()), code: Some(p.code.clone()) };
        Annotated {
            id: record.id.clone(),
            date: record.published.map(|d| d.to_string()),
            publisher: record.publisher.clone(),
            title: record.title.clone(),
            sentences: record.sentences.iter().map(|s| s.text.clone().unwrap_or_default()).collect(),
            events: record
                .events
                .iter()
                .map(|e| MarkedEvent {
                    sent: e.sent,
                    trigger: e.trigger.clone(),
                    kind: e.kind.clone(),
                    mode: e.mode.clone(),
                    actor: e.actor.iter().map(party).collect(),
                    recipient: e.recipient.iter().map(party).collect(),
                    status: Some(e.status.name().to_owned()),
                    place: e.place.as_ref().map(|p| p.text.clone()),
                    when: e.when.clone(),
                    date: e.date.map(|d| d.to_string()),
                    said_by: e
                        .said_by
                        .iter()
                        .map(|s| Mark { text: s.text.clone(), code: Some(s.code.clone()) })
                        .collect(),
                    rule: Some(e.rule.clone()),
                    confidence: Some(e.confidence),
                })
                .collect(),
            attributions: record
                .attributions
                .iter()
                .map(|a| MarkedAttribution {
                    sent: a.sent,
                    source: Mark { text: a.source.text.clone(), code: Some(a.source.code.clone()) },
                    cue: a.cue.text.clone(),
                    content: a.content.text.clone(),
                })
                .collect(),
        }
    }
}

/// A string, or the `text` of an object.
fn text(value: &Value) -> Option<String> {
    value.as_str().or_else(|| value.get("text")?.as_str()).map(str::to_owned)
}

/// A plain code, or an object with `text` and `code`.
fn mark(value: &Value) -> Mark {
    match value {
        Value::String(code) => Mark { text: None, code: Some(code.clone()) },
        _ => Mark { text: text(value), code: value.get("code").and_then(Value::as_str).map(str::to_owned) },
    }
}

fn given<'de, D: Deserializer<'de>>(d: D) -> Result<Option<Option<String>>, D::Error> {
    Option::<String>::deserialize(d).map(Some)
}

fn text_or_empty<'de, D: Deserializer<'de>>(d: D) -> Result<String, D::Error> {
    Ok(text(&Value::deserialize(d)?).unwrap_or_default())
}

fn text_or_none<'de, D: Deserializer<'de>>(d: D) -> Result<Option<String>, D::Error> {
    Ok(text(&Value::deserialize(d)?))
}

fn texts<'de, D: Deserializer<'de>>(d: D) -> Result<Vec<String>, D::Error> {
    Ok(Vec::<Value>::deserialize(d)?.iter().map(|v| text(v).unwrap_or_default()).collect())
}

fn marks<'de, D: Deserializer<'de>>(d: D) -> Result<Vec<Mark>, D::Error> {
    Ok(Option::<Vec<Value>>::deserialize(d)?.unwrap_or_default().iter().map(mark).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attribution(json: &str) -> MarkedAttribution {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn hand_annotation_and_records_read_alike() {
        let gold = attribution(
            r#"{"sent":1,"source":"Iran","source_code":"IRNGOV","cue":"said","content":"it would","kind":"indirect","nested_in":null}"#,
        );
        let ours = attribution(
            r#"{"sent":1,"source":{"text":"Iran","spans":[[0,4]],"code":"IRNGOV"},"cue":{"text":"said","spans":[]},"content":{"text":"it would"}}"#,
        );
        assert_eq!(gold, ours);
    }

    #[test]
    fn a_source_code_that_is_null_counts_as_given() {
        assert_eq!(
            attribution(r#"{"sent":0,"source":{"code":"IRNGOV"},"source_code":null,"content":""}"#).source.code,
            None
        );
        assert_eq!(
            attribution(r#"{"sent":0,"source":{"code":"IRNGOV"},"content":""}"#).source.code.as_deref(),
            Some("IRNGOV")
        );
    }

    #[test]
    fn parties_may_be_plain_codes_objects_or_missing() {
        let e: MarkedEvent = serde_json::from_str(
            r#"{"sent":0,"type":"AID","actor":["IRNGOV",{"text":"it","code":"USAGOV"}],"recipient":null}"#,
        )
        .unwrap();
        assert_eq!(e.actor.iter().filter_map(|m| m.code.as_deref()).collect::<Vec<_>>(), ["IRNGOV", "USAGOV"]);
        assert!(e.recipient.is_empty() && e.said_by.is_empty() && e.status.is_none());
    }
}
