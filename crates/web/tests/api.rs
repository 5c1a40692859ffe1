//! The API: what it gives is what its description says, what it refuses too, and its document names all of it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // helpers of tests fail as tests do

mod support;

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::Request;
use readout_web::Settings;
use serde_json::{Value, json};
use support::{Answer, Site, plain_reports};

fn send(site: &Site, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
    let builder = Request::builder().method(method).uri(path).header("host", "localhost");
    let request = headers.iter().fold(builder, |b, (name, value)| b.header(*name, *value));
    site.send(request.body(Body::from(body.to_owned())).unwrap())
}

fn code(site: &Site, body: &str) -> Answer {
    send(site, "POST", "/v1/code", &[("content-type", "application/json; charset=utf-8")], body)
}

fn description(site: &Site) -> Value {
    site.get("/v1/openapi.json").json()
}

/// Whether `value` is as `schema` says; objects with fields have no others.
fn fits(all: &Value, schema: &Value, value: &Value) -> Result<(), String> {
    if let Some(name) = schema["$ref"].as_str() {
        let schema = all.pointer(name.trim_start_matches('#')).ok_or(format!("no schema {name}"))?;
        return fits(all, schema, value).map_err(|e| format!("{name}: {e}"));
    }
    for several in ["anyOf", "oneOf"] {
        if let Some(schemas) = schema[several].as_array() {
            let tried: Vec<_> = schemas.iter().map(|one| fits(all, one, value)).collect();
            return if tried.iter().any(Result::is_ok) { Ok(()) } else { Err(format!("{tried:?}")) };
        }
    }
    if schema.get("const").is_some_and(|only| only != value) {
        return Err(format!("{value} is not {}", schema["const"]));
    }
    if schema["enum"].as_array().is_some_and(|those| !those.contains(value)) {
        return Err(format!("{value} is none of {}", schema["enum"]));
    }
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(n) if n.is_u64() || n.is_i64() => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let kinds: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one],
        Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
        _ => vec![kind],
    };
    if !(kinds.contains(&kind) || kind == "integer" && kinds.contains(&"number")) {
        return Err(format!("{value} is no {kinds:?}"));
    }
    for one in value.as_array().into_iter().flatten() {
        fits(all, &schema["items"], one)?;
    }
    if let (Some(fields), Some(known)) = (value.as_object(), schema["properties"].as_object()) {
        for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            fields.get(name).ok_or(format!("{name} is missing"))?;
        }
        for (name, field) in fields {
            fits(all, known.get(name).ok_or(format!("{name} is not described"))?, field)
                .map_err(|e| format!("{name}: {e}"))?;
        }
    }
    Ok(())
}

#[test]
fn what_is_given_is_what_is_described() {
    let site = Site::plain();
    let all = description(&site);
    assert_eq!(all["openapi"], "3.1.0");
    let report = format!("/v1{}", site.report());
    let found = site.get("/v1/events?rows=2");
    for (path, described) in [
        ("/v1/openapi.json", "/v1/openapi.json"),
        ("/v1/events", "/v1/events"),
        ("/v1/events?q=minister&type=ASSAULT&type=CONSULT&order=oldest&rows=1&page=2&acts=1&sure=50", "/v1/events"),
        ("/v1/counts?actor=KEN*&from=2019-01-01", "/v1/counts"),
        ("/v1/series", "/v1/series"),
        ("/v1/series?step=month&compare=publisher", "/v1/series"),
        (report.as_str(), "/v1/reports/{key}"),
    ] {
        let answer = site.get(path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        assert_eq!(answer.header("content-type"), "application/json; charset=utf-8");
        let schema = &all["paths"][described]["get"]["responses"]["200"]["content"]["application/json"]["schema"];
        assert!(schema.is_object(), "{described}");
        fits(&all, schema, &answer.json()).unwrap_or_else(|e| panic!("{path}: {e}"));
    }
    // The same facts as the search, and a way on to the same number of rows.
    let (api, page) = (found.json(), site.get("/search.json?rows=2").json());
    assert_eq!((&api["events"], &api["facets"]), (&page["events"], &page["facets"]));
    assert_eq!(api["next"], "/v1/events?page=2&rows=2");
    let next = site.get(api["next"].as_str().unwrap()).json();
    assert_eq!((next["first"].clone(), next["shown"].clone()), (json!(3), json!(2)));
    assert_eq!(site.get("/v1/counts").json()["facets"], page["facets"]);
}

#[test]
fn reports_are_coded_one_outcome_each() {
    let site = Site::plain();
    let all = description(&site);
    let one = code(&site, r#"{"text": "Kenya", "published": "2019-02-26", "publisher": "Daily News", "id": null}"#);
    assert_eq!(one.status, 200, "{}", one.body);
    let several =
        code(&site, &json!({"reports": [{"text": "Kenya"}, {"text": " "}, {"text": "x".repeat(70_000)}]}).to_string());
    let schema = &all["paths"]["/v1/code"]["post"]["responses"]["200"]["content"]["application/json"]["schema"];
    for answer in [&one, &several] {
        fits(&all, schema, &answer.json()).unwrap();
    }
    assert_eq!(one.json()["outcomes"][0]["publisher"], "Daily News");
    let outcomes = several.json()["outcomes"].as_array().unwrap().clone();
    assert_eq!(outcomes.len(), 3);
    assert_eq!(outcomes[0]["schema"], "readout/1");
    assert_eq!(outcomes[1], json!({"rejected": "there is no text", "hint": "give one"}));
    assert!(outcomes[2]["rejected"].as_str().unwrap().contains("65536 bytes"));
}

#[test]
fn what_is_not_described_is_refused() {
    let site = Site::plain();
    for path in [
        "x=1",
        "q=a&q=b",
        "q=",
        "type=HUG",
        "type=",
        "quad=5",
        "status=true",
        "actor=",
        "actor=%00",
        "from=20190226",
        "to=x",
        "at=91,0",
        "sure=101",
        "sure=-1",
        "acts=0",
        "order=best",
        "rows=0",
        "rows=1001",
        "rows=1&rows=2",
        "page=0",
        "step=day",
        "=",
    ] {
        let answer = site.get(&format!("/v1/events?{path}"));
        assert_eq!(answer.status, 400, "{path}: {}", answer.body);
        let fault = answer.json();
        assert!(fault["error"].is_string() && fault["hint"].is_string() && fault["status"] == 400, "{fault}");
    }
    let many = "actor=KEN*&".repeat(51);
    let key = "0".repeat(32);
    for (path, status) in [
        (format!("/v1/events?{many}"), 400),
        ("/v1/counts?rows=1".to_owned(), 400),
        ("/v1/series?step=hour".to_owned(), 400),
        ("/v1/openapi.json?x".to_owned(), 400),
        (format!("/v1{}?whole=1", site.report()), 400),
        ("/v1/events?rows=1000&page=101".to_owned(), 404),
        ("/v1".to_owned(), 404),
        ("/v1/".to_owned(), 404),
        ("/v1/events.csv".to_owned(), 404),
        ("/v1/reports/../x".to_owned(), 404),
        (format!("/v1/reports/{key}"), 404),
        (format!("/v1/events?q={}", "x".repeat(10_000)), 414),
    ] {
        let answer = site.get(&path);
        assert_eq!(
            (answer.status.as_u16(), answer.json()["status"].as_u64()),
            (status, Some(u64::from(status))),
            "{path}"
        );
        assert_eq!(answer.header("content-type"), "application/json; charset=utf-8");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
    }
    for body in [
        "",
        "{",
        "[]",
        "1",
        "[\"a\"]",
        "{}",
        r#"{"text": 1}"#,
        r#"{"text": "a", "x": 1}"#,
        r#"{"text": "a", "published": "20190226"}"#,
        r#"{"reports": []}"#,
        r#"{"reports": {}}"#,
        r#"{"reports": [["a"]]}"#,
        r#"{"reports": [{"text": "a"}], "text": "a"}"#,
        "\u{1}",
    ] {
        let answer = code(&site, body);
        assert_eq!(answer.status, 400, "{body}: {}", answer.body);
    }
    assert_eq!(code(&site, &json!({"reports": vec![json!({"text": "a"}); 51]}).to_string()).status, 400);
    assert_eq!(code(&site, &" ".repeat(300_000)).status, 413);
    for kind in [&[][..], &[("content-type", "text/plain")], &[("content-type", "application/x-www-form-urlencoded")]] {
        assert_eq!(send(&site, "POST", "/v1/code", kind, r#"{"text": "a"}"#).status, 415);
    }
}

#[test]
fn other_methods_are_told_which_there_are() {
    let site = Site::plain();
    for (method, path, takes) in [
        ("GET", "/v1/code", "POST"),
        ("POST", "/v1/events", "GET, HEAD"),
        ("DELETE", "/v1/openapi.json", "GET, HEAD"),
        ("PUT", "/search", "GET, HEAD"),
    ] {
        let answer = send(&site, method, path, &[], "");
        assert_eq!((answer.status.as_u16(), answer.header("allow")), (405, takes), "{method} {path}");
    }
    assert_eq!(send(&site, "HEAD", "/v1/events", &[], "").status, 200);
}

#[test]
fn the_token_guards_it_and_is_described() {
    let site = Site::with(plain_reports(), Settings { token: Some("open sesame".into()), ..Settings::default() });
    let refused = site.get("/v1/events");
    assert_eq!((refused.status.as_u16(), refused.header("www-authenticate")), (401, "Bearer"));
    assert_eq!(refused.json()["status"], 401);
    let open = [("authorization", "Bearer open sesame")];
    assert_eq!(send(&site, "GET", "/v1/events", &open, "").status, 200);
    assert_eq!(send(&site, "GET", "/v1/openapi.json", &open, "").json()["security"], json!([{"token": []}]));
    assert!(description(&Site::plain()).get("security").is_none());
    let foreign = [("origin", "https://evil.example"), ("content-type", "application/json"), open[0]];
    assert_eq!(send(&site, "POST", "/v1/code", &foreign, r#"{"text": "a"}"#).status, 403);
}

#[test]
fn the_document_names_every_operation_and_parameter_and_no_other() {
    let all = description(&Site::plain());
    let page = include_str!("../../../docs/api.md");
    let schema = include_str!("../../../docs/schema.md");
    let mut operations = BTreeSet::new();
    let mut parameters = BTreeSet::new();
    for (path, item) in all["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            operations.insert(format!("{} {path}", method.to_uppercase()));
            let named = operation["parameters"].as_array().unwrap().iter().filter(|p| p["in"] == "query");
            parameters.extend(named.map(|p| p["name"].as_str().unwrap().to_owned()));
        }
    }
    let first_cells = |text: &'static str| {
        let rows = text.lines().filter_map(|line| line.strip_prefix("| `")?.split('|').next());
        rows.flat_map(|cell| cell.split(", ").map(|name| name.trim().trim_matches('`').to_owned()))
            .collect::<BTreeSet<_>>()
    };
    let (told, rest): (BTreeSet<_>, BTreeSet<_>) = first_cells(page).into_iter().partition(|name| name.contains('/'));
    assert_eq!(told, operations);
    assert_eq!(rest, parameters);
    let fields = first_cells(schema);
    for part in ["Record", "Event", "Party", "Speaker", "Attribution"] {
        for name in all["components"]["schemas"][part]["properties"].as_object().unwrap().keys() {
            assert!(fields.contains(name), "docs/schema.md has no row for {name} of {part}");
        }
    }
}
