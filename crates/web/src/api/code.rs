//! Reports that are sent, and what becomes of each.

use std::time::{Duration, Instant};

use axum::http::{HeaderMap, header};
use serde_json::{Value, json};

use super::parameters::day;
use crate::answer::Fault;
use crate::code::{Rejected, Sent};
use crate::limits::Limits;
use crate::views::Asked;

/// The field that has several reports.
const REPORTS: &str = "reports";

/// Refuses what does not say that it is JSON.
pub(crate) fn is_json(headers: &HeaderMap) -> Result<(), Fault> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let essence = kind.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case("application/json") { Ok(()) } else { Err(Fault::Kind) }
}

/// The reports in a body: it is one, or has them in `reports`.
pub(crate) fn reports(body: &[u8], limits: &Limits) -> Result<Vec<Sent>, Fault> {
    let body: Value = serde_json::from_slice(body).map_err(|error| unreadable("the body", &error.to_string()))?;
    let several = body.as_object().and_then(|fields| Some((fields.len(), fields.get(REPORTS)?)));
    let Some((fields, several)) = several else { return Ok(vec![report(&body, "the report")?]) };
    if fields > 1 {
        return Err(Fault::bad("beside “reports” there are other fields", "send one report, or several in “reports”"));
    }
    let several = several.as_array().ok_or_else(|| unreadable("“reports”", "it is no list"))?;
    let most = limits.api_reports;
    if several.is_empty() || several.len() > most {
        return Err(Fault::bad(format!("“reports” has {}", several.len()), format!("send 1 to {most} at once")));
    }
    several.iter().enumerate().map(|(i, one)| report(one, &format!("report {}", i + 1))).collect()
}

fn report(value: &Value, what: &str) -> Result<Sent, Fault> {
    if !value.is_object() {
        return Err(unreadable(what, "it is no object"));
    }
    let sent: Sent = serde_json::from_value(value.clone()).map_err(|error| unreadable(what, &error.to_string()))?;
    match &sent.published {
        Some(text) if day(text).is_none() => {
            Err(Fault::bad(format!("{what}: “{text}” is not a day"), "days are written 2019-02-26"))
        }
        _ => Ok(sent),
    }
}

fn unreadable(what: &str, why: &str) -> Fault {
    Fault::bad(
        format!("{what} cannot be read: {why}"),
        "send {\"text\": …, \"published\": \"2019-02-26\", \"publisher\": …}, or several such in “reports”",
    )
}

/// What becomes of each report.
pub(crate) fn coded(reports: &[Sent], asked: &Asked<'_>) -> Result<Value, Fault> {
    let limits = asked.limits;
    let coder = asked.coder.ok_or_else(|| Fault::missing("nothing codes here", "start it with `readout serve`"))?;
    let (begun, time) = (Instant::now(), Duration::from_millis(limits.api_code_millis));
    let outcome = |sent: &Sent| {
        if sent.text.len() > limits.text_bytes {
            return Err(Rejected {
                reason: format!("the text is longer than {} bytes", limits.text_bytes),
                hint: "send it in parts, or code it with `readout code`".to_owned(),
            });
        }
        if begun.elapsed() > time {
            return Err(Rejected {
                reason: "the time for this request was up before it was its turn".to_owned(),
                hint: "send it again, with fewer at once".to_owned(),
            });
        }
        coder.outcome(sent)
    };
    let written = |sent: &Sent| match outcome(sent) {
        Ok(record) => json!(record),
        Err(Rejected { reason, hint }) => json!({ "rejected": reason, "hint": hint }),
    };
    Ok(json!({ "outcomes": reports.iter().map(written).collect::<Vec<_>>() }))
}
