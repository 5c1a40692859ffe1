//! A case against its record.

use serde_json::Value;

use super::case::{Attribution, Case, Event};

/// What differs, a line each; empty where the record is as the case says.
pub fn differences(case: &Case, record: &Value) -> Vec<String> {
    let mut out = Vec::new();
    let coded: Vec<Event> = list(record, "events").iter().map(event).collect();
    let (missing, extra) = unmatched(&case.events, &coded, fits);
    out.extend(missing.iter().map(|e| format!("  expected  = {}", show(e))));
    if !case.open || !missing.is_empty() {
        out.extend(extra.iter().map(|e| format!("  coded     = {}", show(e))));
    }
    if !case.attributions.is_empty() {
        let coded = attributions(record);
        let (missing, extra) = unmatched(&case.attributions, &coded, same);
        out.extend(missing.iter().map(|a| format!("  expected  {}", show_attribution(a))));
        out.extend(extra.iter().map(|a| format!("  coded     {}", show_attribution(a))));
    }
    for (phrase, name) in &case.names {
        let found = named(record, phrase);
        if found.is_empty() {
            out.push(format!("  expected  ~ {phrase} = {name}\n  coded     no party or speaker `{phrase}`"));
        }
        out.extend(
            found
                .iter()
                .filter(|f| *f != name)
                .take(1)
                .map(|f| format!("  expected  ~ {phrase} = {name}\n  coded     ~ {phrase} = {f}")),
        );
    }
    out
}

/// Those of `expected` that nothing coded fits, and those coded that nothing expected fits.
fn unmatched<T: Clone>(expected: &[T], coded: &[T], fits: impl Fn(&T, &T) -> bool) -> (Vec<T>, Vec<T>) {
    let mut rest = coded.to_vec();
    let mut missing = Vec::new();
    for e in expected {
        match rest.iter().position(|c| fits(e, c)) {
            Some(i) => drop(rest.remove(i)),
            None => missing.push(e.clone()),
        }
    }
    (missing, rest)
}

fn fits(expected: &Event, coded: &Event) -> bool {
    let same = |e: &Option<String>, c: &Option<String>| e.as_deref().is_none_or(|e| c.as_deref().unwrap_or("-") == e);
    let plain = |e: &Event| Event { contexts: None, place: None, when: None, ..e.clone() };
    let about = expected.contexts.is_none() || expected.contexts == coded.contexts;
    about && plain(expected) == plain(coded) && same(&expected.place, &coded.place) && same(&expected.when, &coded.when)
}

fn same(expected: &Attribution, coded: &Attribution) -> bool {
    let plain = |a: &Attribution| Attribution { content: None, ..a.clone() };
    plain(expected) == plain(coded) && (expected.content.is_none() || expected.content == coded.content)
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn text(value: &Value, key: &str) -> Option<String> {
    value.get(key).and_then(Value::as_str).map(str::to_owned)
}

fn codes(value: &Value, key: &str) -> Vec<String> {
    list(value, key).iter().filter_map(|side| text(side, "code")).collect()
}

fn event(value: &Value) -> Event {
    let mut actor = codes(value, "actor");
    let mut recipient = codes(value, "recipient");
    actor.sort();
    recipient.sort();
    let kind = text(value, "type").unwrap_or_default();
    Event {
        kind: text(value, "mode").map_or(kind.clone(), |mode| format!("{kind}/{mode}")),
        actor,
        recipient,
        status: text(value, "status").unwrap_or_default(),
        contexts: Some(list(value, "contexts").iter().filter_map(Value::as_str).map(str::to_owned).collect()),
        place: value.get("place").and_then(|p| text(p, "text")),
        when: text(value, "when"),
        said: codes(value, "said_by"),
    }
}

fn attributions(record: &Value) -> Vec<Attribution> {
    let all = list(record, "attributions");
    let outer = |a: &Value| a.get("nested_in").and_then(Value::as_u64).and_then(|i| all.get(usize::try_from(i).ok()?));
    all.iter()
        .map(|a| {
            let mut depth = 1;
            let mut at = a;
            while let Some(next) = outer(at).filter(|_| depth < 9) {
                depth += 1;
                at = next;
            }
            let inner = |key: &str, field: &str| a.get(key).and_then(|v| text(v, field)).unwrap_or_default();
            Attribution {
                depth,
                source: inner("source", "code"),
                cue: inner("cue", "text"),
                content: Some(inner("content", "text")),
            }
        })
        .collect()
}

/// Names that a phrase was resolved to, wherever it stands for a party or speaker; "-" for none.
fn named(record: &Value, phrase: &str) -> Vec<String> {
    let events = list(record, "events");
    let sides = events.iter().flat_map(|e| ["actor", "recipient", "said_by"].into_iter().flat_map(|key| list(e, key)));
    sides
        .chain(list(record, "attributions").iter().filter_map(|a| a.get("source")))
        .filter(|side| text(side, "text").as_deref() == Some(phrase))
        .map(|side| text(side, "name").unwrap_or_else(|| "-".to_owned()))
        .collect()
}

fn show(e: &Event) -> String {
    let side = |codes: &[String]| if codes.is_empty() { "-".to_owned() } else { codes.join(",") };
    let mut out = format!("{} {} > {}", e.kind, side(&e.actor), side(&e.recipient));
    if e.status != "fact" {
        out += &format!(" [{}]", e.status);
    }
    if let Some(contexts) = e.contexts.as_ref().filter(|c| !c.is_empty()) {
        out += &format!(" about {}", contexts.join(", "));
    }
    if let Some(place) = &e.place {
        out += &format!(" @ {place}");
    }
    if let Some(when) = &e.when {
        out += &format!(" when {when}");
    }
    if !e.said.is_empty() {
        out += &format!(" said {}", e.said.join(", "));
    }
    out
}

fn show_attribution(a: &Attribution) -> String {
    let content = a.content.as_ref().map(|c| format!(" : {c}")).unwrap_or_default();
    format!("{} {} : {}{content}", "\"".repeat(a.depth), a.source, a.cue)
}
