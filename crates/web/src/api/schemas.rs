//! Schemas of what is sent and given: records as `docs/schema.md` has them, and the views. A test holds them to what is given.

use readout_store::columns::Facet;
use serde_json::{Map, Value, json};

use crate::limits::Limits;
use crate::page::names::STATUSES;

/// All schemas by name.
pub(super) fn all(limits: &Limits) -> Value {
    let mut all = Map::new();
    for part in [record(), event(), views(), coding(limits)] {
        all.extend(part.into_iter().map(|(name, schema)| (name.to_owned(), schema)));
    }
    all.into()
}

type Named = Vec<(&'static str, Value)>;

/// A reference to a schema.
pub(super) fn refer(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// An object that always has these fields.
fn object<const N: usize>(fields: [(&str, Value); N]) -> Value {
    let names: Vec<&str> = fields.iter().map(|(name, _)| *name).collect();
    let properties: Map<String, Value> = fields.iter().map(|(name, s)| ((*name).to_owned(), s.clone())).collect();
    json!({ "type": "object", "required": names, "properties": properties })
}

/// The same with a field that it may have.
fn with(mut object: Value, name: &str, schema: Value) -> Value {
    if let Some(properties) = object.get_mut("properties").and_then(Value::as_object_mut) {
        properties.insert(name.to_owned(), schema);
    }
    object
}

fn about(mut schema: Value, text: &str) -> Value {
    if let Some(fields) = schema.as_object_mut() {
        fields.insert("description".to_owned(), text.into());
    }
    schema
}

fn list(items: Value) -> Value {
    json!({ "type": "array", "items": items })
}

fn maybe(schema: Value) -> Value {
    json!({ "anyOf": [schema, { "type": "null" }] })
}

fn text() -> Value {
    json!({ "type": "string" })
}

fn text_or_null() -> Value {
    json!({ "type": ["string", "null"] })
}

fn day_or_null() -> Value {
    json!({ "type": ["string", "null"], "format": "date" })
}

fn yes_or_no() -> Value {
    json!({ "type": "boolean" })
}

fn number() -> Value {
    json!({ "type": "number" })
}

fn number_or_null() -> Value {
    json!({ "type": ["number", "null"] })
}

fn count() -> Value {
    json!({ "type": "integer", "minimum": 0 })
}

fn count_or_null() -> Value {
    json!({ "type": ["integer", "null"], "minimum": 0 })
}

/// First byte and one past the last.
fn span() -> Value {
    json!({ "type": "array", "items": count(), "minItems": 2, "maxItems": 2 })
}

fn one_of(names: &[&str]) -> Value {
    json!({ "type": "string", "enum": names })
}

fn record() -> Named {
    let record = object([
        ("schema", json!({ "const": readout_record::SCHEMA })),
        ("id", text()),
        ("uri", text_or_null()),
        ("title", text_or_null()),
        ("published", day_or_null()),
        ("publisher", text_or_null()),
        ("language", text_or_null()),
        ("licence", text_or_null()),
        ("byline", text_or_null()),
        ("credit", text_or_null()),
        ("dateline", maybe(refer("Dateline"))),
        ("codebook", text_or_null()),
        ("sentences", list(refer("Sentence"))),
        ("furniture", list(refer("Furniture"))),
        ("events", list(refer("Event"))),
        ("attributions", list(refer("Attribution"))),
        ("problems", list(refer("Problem"))),
    ]);
    let attribution = object([
        ("sent", count()),
        ("source", refer("Source")),
        ("cue", refer("Phrase")),
        ("content", refer("Phrase")),
        ("kind", one_of(&["direct", "indirect", "mixed"])),
        ("nested_in", count_or_null()),
        ("continues", count_or_null()),
    ]);
    let source =
        object([("text", text_or_null()), ("spans", list(span())), ("name", text_or_null()), ("code", text())]);
    vec![
        ("Record", about(with(record, "author", text()), "All that was read from one report: the schema readout/1.")),
        ("Dateline", object([("place", text_or_null()), ("date", day_or_null()), ("span", span())])),
        ("Sentence", with(object([("span", span())]), "text", text())),
        ("Furniture", object([("kind", text()), ("span", span()), ("value", text_or_null())])),
        ("Attribution", about(attribution, "Who says what, in one sentence.")),
        ("Source", source),
        ("Phrase", object([("text", text()), ("spans", list(span()))])),
        ("Problem", object([("span", maybe(span())), ("what", text())])),
    ]
}

fn event() -> Named {
    let event = object([
        ("id", text()),
        ("sent", count()),
        ("trigger", text()),
        ("span", span()),
        ("type", about(text(), "PLOVER type.")),
        ("mode", text_or_null()),
        ("contexts", list(text())),
        ("cameo", text_or_null()),
        ("quad", json!({ "type": "integer", "minimum": 1, "maximum": 4 })),
        ("score", number()),
        ("goldstein", number_or_null()),
        ("actor", list(refer("Party"))),
        ("recipient", list(refer("Party"))),
        ("status", one_of(&STATUSES)),
        ("place", maybe(refer("Place"))),
        ("when", text_or_null()),
        ("when_span", maybe(span())),
        ("date", about(text_or_null(), "A day, or first and last day with a slash between them.")),
        ("granularity", text_or_null()),
        ("said_by", about(list(refer("Speaker")), "Innermost first; empty for the narrator's own word.")),
        ("rule", text()),
        ("confidence", json!({ "type": "number", "minimum": 0, "maximum": 1 })),
    ]);
    let party = object([
        ("text", text()),
        ("span", span()),
        ("name", text_or_null()),
        ("code", text()),
        ("country", text_or_null()),
        ("sector", text_or_null()),
        ("inferred", text_or_null()),
    ]);
    let place = object([
        ("text", text()),
        ("span", span()),
        ("lat", number_or_null()),
        ("lon", number_or_null()),
        ("country", text_or_null()),
        ("admin1", text_or_null()),
    ]);
    let speaker = object([
        ("text", text_or_null()),
        ("span", maybe(span())),
        ("name", text_or_null()),
        ("code", text()),
        ("cue", text()),
    ]);
    vec![
        ("Event", about(with(event, "same_as", text()), "One act, as one sentence tells it.")),
        ("Party", party),
        ("Place", place),
        ("Speaker", speaker),
    ]
}

/// Counts of a selection, with `fields` before them.
fn counts<const N: usize>(fields: [(&str, Value); N]) -> Value {
    let of_all = |schema: Value| {
        let properties: Map<String, Value> =
            Facet::ALL.iter().map(|(_, name)| ((*name).to_owned(), schema.clone())).collect();
        let names: Vec<&str> = Facet::ALL.iter().map(|(_, name)| *name).collect();
        json!({ "type": "object", "required": names, "properties": properties })
    };
    let mut all = object(fields);
    let more = [
        ("total", count()),
        ("facets", about(of_all(list(refer("Count"))), "The most frequent values of each property.")),
        (
            "values",
            about(of_all(count_or_null()), "How many values each property has; null where that is not counted."),
        ),
        ("months", list(refer("Month"))),
        ("store", refer("Store")),
    ];
    for (name, schema) in more {
        all = with(all, name, schema);
        if let Some(required) = all.get_mut("required").and_then(Value::as_array_mut) {
            required.push(name.into());
        }
    }
    all
}

fn sums<const N: usize>(fields: [(&str, Value); N]) -> Value {
    let mut all = object(fields);
    let names = ["events", "verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict"];
    for (name, schema) in names.map(|name| (name, count())).into_iter().chain([("mean_score", number_or_null())]) {
        all = with(all, name, schema);
        if let Some(required) = all.get_mut("required").and_then(Value::as_array_mut) {
            required.push(name.into());
        }
    }
    all
}

fn views() -> Named {
    let named = |fields: Value| with(fields, "licence", text_or_null());
    let report = object([
        ("key", text()),
        ("id", text()),
        ("title", text_or_null()),
        ("publisher", text_or_null()),
        ("published", text_or_null()),
    ]);
    let found = object([
        ("event", refer("Event")),
        ("sentence", text()),
        ("sentence_start", about(count(), "Byte of the text at which the sentence begins.")),
        ("report", named(report.clone())),
        ("told", object([("mentions", count()), ("reports", count()), ("outlets", count())])),
    ]);
    let events = counts([
        ("view", json!({ "const": "search" })),
        ("query", text()),
        ("first", count()),
        ("shown", count()),
        ("truncated", yes_or_no()),
        ("next", about(text_or_null(), "Address of the next page, where there is one.")),
        ("events", list(refer("Found"))),
    ]);
    let series = object([
        ("view", json!({ "const": "series" })),
        ("query", text()),
        ("step", text()),
        ("compare", text_or_null()),
        ("first", day_or_null()),
        ("last", day_or_null()),
        ("total", count()),
        ("undated", about(count(), "Events without a day.")),
        (
            "outside",
            about(count(), "Events on days far from the others, which are left out unless days are asked for."),
        ),
        ("truncated", yes_or_no()),
        ("values_left_out", count()),
        ("series", list(refer("Line"))),
        ("peaks", list(refer("Peak"))),
        ("store", refer("Store")),
    ]);
    let peak = object([
        ("first", day_or_null()),
        ("last", day_or_null()),
        ("events", count_or_null()),
        ("mostly", list(text())),
        ("sentences", list(object([("event", text()), ("report", text()), ("sentence", text())]))),
    ]);
    let read = object([
        ("view", json!({ "const": "report" })),
        ("key", text()),
        ("text", text()),
        ("coded", yes_or_no()),
        ("copy_of", about(text_or_null(), "Key of the report that this one is a print of.")),
        ("copies", list(with(report, "first", yes_or_no()))),
        ("corrections", list(refer("Correction"))),
        ("missed", list(refer("Correction"))),
        ("truncated", yes_or_no()),
        ("record", refer("Record")),
        ("store", refer("Store")),
    ]);
    let store = object([
        ("name", text()),
        ("events", count()),
        ("reports", count()),
        ("publishers", count()),
        ("first_day", text_or_null()),
        ("last_day", text_or_null()),
        ("codebook", text_or_null()),
        ("licences", list(object([("licence", text_or_null()), ("reports", count())]))),
    ]);
    vec![
        ("Events", events),
        ("Found", about(found, "An event with its sentence, its report, and how often its act is told.")),
        ("Counts", counts([("view", json!({ "const": "counts" })), ("query", text())])),
        ("Count", object([("value", text()), ("name", text()), ("events", count())])),
        ("Month", object([("month", text()), ("events", count()), ("mean_score", number_or_null())])),
        ("Series", series),
        ("Line", sums([("value", text()), ("name", text()), ("bins", list(refer("Bin")))])),
        ("Bin", sums([("first", text()), ("last", text())])),
        ("Peak", peak),
        ("Report", read),
        ("Correction", correction()),
        ("Store", store),
        ("Description", json!({ "type": "object", "required": ["openapi", "info", "paths"] })),
        ("Fault", object([("error", text()), ("hint", text()), ("status", json!({ "type": "integer" }))])),
    ]
}

fn correction() -> Value {
    let codes = object([
        ("type", text()),
        ("mode", text_or_null()),
        ("status", text()),
        ("actor", list(text())),
        ("recipient", list(text())),
        ("said_by", list(text())),
    ]);
    let all = object([
        ("schema", text()),
        ("at", text()),
        ("by", text()),
        ("reason", text()),
        ("verdict", text()),
        ("report", text()),
        ("name", text()),
        ("sent", count()),
        ("sentence", text()),
        ("span", span()),
        ("trigger", text()),
        ("event", text()),
        ("coded", codes.clone()),
    ]);
    about(with(all, "gold", codes), "What somebody said of an event, or of one that was missed.")
}

fn coding(limits: &Limits) -> Named {
    let optional = ["id", "uri", "title", "publisher", "language"];
    let mut report =
        object([("text", about(text(), &format!("At most {} bytes; a longer one is rejected.", limits.text_bytes)))]);
    for name in optional {
        report = with(report, name, text_or_null());
    }
    report = with(report, "published", day_or_null());
    let mut several = object([(
        "reports",
        json!({
            "type": "array", "items": refer("SentReport"), "minItems": 1, "maxItems": limits.api_reports
        }),
    )]);
    for closed in [&mut report, &mut several] {
        if let Some(fields) = closed.as_object_mut() {
            fields.insert("additionalProperties".to_owned(), false.into());
        }
    }
    let rejection = object([("rejected", about(text(), "Why it was not coded.")), ("hint", text())]);
    vec![
        ("SentReport", about(report, "A report with what is known of it, as in JSON Lines.")),
        ("SentReports", several),
        ("Sent", json!({ "oneOf": [refer("SentReport"), refer("SentReports")] })),
        ("Rejection", rejection),
        ("Outcomes", object([("outcomes", list(json!({ "anyOf": [refer("Record"), refer("Rejection")] })))])),
    ]
}
