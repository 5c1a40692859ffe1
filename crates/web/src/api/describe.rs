//! The description of all operations: OpenAPI 3.1, made of the table that requests are held against.

use serde_json::{Map, Value, json};

use super::schemas::{self, refer};
use super::{KEY, OPERATIONS, Operation, Work};
use crate::limits::Limits;

/// What can go wrong: status, why, and whether it is so for what is sent.
const FAULTS: [(u16, &str, Sent); 11] = [
    (400, "A parameter or the body is not as described.", Sent::Any),
    (401, "The token is missing or wrong.", Sent::Any),
    (403, "A page of another site sent it.", Sent::Body),
    (404, "There is no such thing.", Sent::Any),
    (405, "The address takes other methods, which `Allow` names.", Sent::Any),
    (413, "The body is too long.", Sent::Body),
    (414, "The address is too long.", Sent::Any),
    (415, "The body does not say that it is JSON.", Sent::Body),
    (421, "It came under a name that is not this program's.", Sent::Any),
    (500, "A fault in readout, or the store cannot be read.", Sent::Any),
    (503, "Too much at once, or it took too long; `Retry-After` says when to come again.", Sent::Any),
];

/// Whether a body is sent.
#[derive(Clone, Copy, PartialEq)]
enum Sent {
    Any,
    Body,
}

/// The description. With a token every request must show it.
pub(crate) fn describe(limits: &Limits, has_token: bool) -> Value {
    let mut paths = Map::new();
    for operation in &OPERATIONS {
        let method = operation.method().as_str().to_ascii_lowercase();
        let mut item = json!({});
        if let Some(fields) = item.as_object_mut() {
            fields.insert(method, one(operation, limits));
        }
        paths.insert(operation.path.to_owned(), item);
    }
    let mut all = json!({
        "openapi": "3.1.0",
        "info": {
            "title": "readout",
            "version": "1",
            "summary": "Who did what to whom, when, where, and on whose word.",
            "description": "Unknown parameters and malformed values are refused. Within this version names and meanings stay; \
                            what is given may get more fields.",
        },
        "servers": [{ "url": "/" }],
        "paths": paths,
        "components": { "schemas": schemas::all(limits) },
    });
    if let (true, Some(fields)) = (has_token, all.as_object_mut()) {
        fields.insert("security".to_owned(), json!([{ "token": [] }]));
        if let Some(parts) = fields.get_mut("components").and_then(Value::as_object_mut) {
            parts.insert("securitySchemes".to_owned(), json!({ "token": { "type": "http", "scheme": "bearer" } }));
        }
    }
    all
}

fn one(operation: &Operation, limits: &Limits) -> Value {
    let is_sent = matches!(operation.work, Work::Code);
    let mut parameters: Vec<Value> = (operation.parameters)().iter().map(|one| one.describe(limits)).collect();
    if operation.path.ends_with(KEY) {
        let schema = json!({ "type": "string", "pattern": "^[0-9a-f]{32}$" });
        let about = "The report's key, as events give it.";
        parameters
            .push(json!({ "name": "key", "in": "path", "required": true, "description": about, "schema": schema }));
    }
    let mut described = json!({
        "operationId": operation.name,
        "summary": operation.about,
        "parameters": parameters,
        "responses": responses(operation, is_sent),
    });
    if let (true, Some(fields)) = (is_sent, described.as_object_mut()) {
        let content = json!({ "application/json": { "schema": refer("Sent") } });
        let about = format!("At most {} bytes.", limits.body_bytes);
        fields.insert("requestBody".to_owned(), json!({ "required": true, "description": about, "content": content }));
    }
    described
}

fn responses(operation: &Operation, is_sent: bool) -> Value {
    let given = |about: &str, schema: &str| json!({ "description": about, "content": { "application/json": { "schema": refer(schema) } } });
    let mut all = Map::new();
    let mut good = given("What was asked for.", operation.gives);
    if let (true, Some(fields)) = (operation.gives == "Events", good.as_object_mut()) {
        let key = json!({ "key": "$response.body#/events/0/report/key" });
        fields.insert("links".to_owned(), json!({ "report": { "operationId": "report", "parameters": key } }));
    }
    all.insert("200".to_owned(), good);
    for (status, about, sent) in FAULTS {
        if is_sent || sent == Sent::Any {
            all.insert(status.to_string(), given(about, "Fault"));
        }
    }
    all.into()
}
