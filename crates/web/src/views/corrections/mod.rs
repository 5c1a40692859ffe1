//! Corrections: what people say of what was coded, listed; the form for one event, and the form for one that was missed.
//!
//! Writing is the one thing here that changes anything, and what it changes is a file of its own beside the store. A form
//! is taken only from a page of this explorer: browsers say where a request comes from (`headers`), and the form bears a
//! proof that no page of another site can read.

mod export;
mod fields;
mod form;
mod list;
mod missed;
mod words;

pub(crate) use export::{GOLD, look as look_gold};
pub(crate) use form::look as look_one;
pub(crate) use list::look as look_all;
pub(crate) use missed::{PATH as MISSED, again, look as look_missed, search};

use std::sync::Arc;

use maud::{Markup, html};
use readout_store::corrections::{Codes, Correction, Corrections, LedgerError, Verdict};

use super::Asked;
use crate::answer::Fault;
use crate::page::names::visible;

/// Where all are listed.
pub(crate) const PATH: &str = "/corrections";

/// Where one event is corrected, before its identifier.
pub(crate) const ONE: &str = "/corrections/";

/// The address of the form for an event.
pub(crate) fn of(event: &str) -> String {
    format!("{ONE}{event}")
}

/// The corrections that were made; none where none are kept.
pub(crate) fn known(asked: &Asked<'_>) -> Result<Arc<Corrections>, Fault> {
    asked.ledger.map_or_else(|| Ok(Arc::default()), |ledger| ledger.corrections().map(|(all, _)| all).map_err(fault))
}

fn closed() -> Fault {
    Fault::bad("this explorer takes no corrections", "start it with `--corrections FILE`")
}

/// The path of the file is nobody's business.
fn fault(error: LedgerError) -> Fault {
    let what = match &error {
        LedgerError::Io { source, .. } => format!("the file of corrections cannot be used: {source}"),
        LedgerError::TooLong { most, .. } => format!("the file of corrections is longer than {} MB", most >> 20),
    };
    Fault::Inside { what, hint: error.hint().to_owned() }
}

/// What was said of an event, short.
pub(crate) fn badge(correction: &Correction) -> Markup {
    let (sign, name) = (sign(correction.verdict), correction.verdict.name());
    html! {
        span.verdict-badge.(name) title=(visible(&correction.reason)) { span aria-hidden="true" { (sign) " " } (name) }
        span.faint { " by " (visible(&correction.by)) }
    }
}

fn sign(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Right => "✓",
        Verdict::Wrong => "✕",
        Verdict::Amended => "✎",
        Verdict::Missed => "＋",
        Verdict::Withdrawn => "↺",
    }
}

/// An event by its codes alone: "ACCUSE disapprove, negated: KENGOV → UGAMIL, said by KENGOV".
pub(crate) fn told(codes: &Codes) -> String {
    let mut out = codes.kind.clone();
    if let Some(mode) = &codes.mode {
        out.push_str(&format!(" {mode}"));
    }
    if codes.status != "fact" {
        out.push_str(&format!(", {}", codes.status));
    }
    out.push_str(&format!(": {} → {}", joined(&codes.actor), joined(&codes.recipient)));
    if !codes.said_by.is_empty() {
        out.push_str(&format!(", said by {}", codes.said_by.join(", according to ")));
    }
    visible(&out).into_owned()
}

/// Codes of a side, or a dash.
fn joined(codes: &[String]) -> String {
    if codes.is_empty() { "–".to_owned() } else { codes.join(", ") }
}

/// The fields that differ: name, what was coded, what it should be.
fn differences(coded: &Codes, gold: &Codes) -> Vec<(&'static str, String, String)> {
    let mode = |codes: &Codes| codes.mode.clone().unwrap_or_else(|| "–".to_owned());
    let all = [
        ("type", coded.kind.clone(), gold.kind.clone()),
        ("mode", mode(coded), mode(gold)),
        ("status", coded.status.clone(), gold.status.clone()),
        ("actor", joined(&coded.actor), joined(&gold.actor)),
        ("recipient", joined(&coded.recipient), joined(&gold.recipient)),
        ("said by", joined(&coded.said_by), joined(&gold.said_by)),
    ];
    all.into_iter().filter(|(_, before, after)| before != after).collect()
}

/// The differences, shown.
fn changes(correction: &Correction) -> Markup {
    html! {
        @if let (Some(gold), false) = (&correction.gold, correction.verdict == Verdict::Missed) {
            @for (field, before, after) in differences(&correction.coded, gold) {
                span.change { (field) " " del { (visible(&before)) } " " ins { (visible(&after)) } }
            }
        }
    }
}
