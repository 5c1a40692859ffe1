//! The fields that both forms have: the codes of an event as it should be, why, and who says so.

use maud::{Markup, html};
use readout_codebook::Codebook;
use readout_store::corrections::{CORRECTIONS, Codes, Correction, Verdict};

use crate::address::Query;
use crate::answer::{Cell, Fault, Table};
use crate::limits::Limits;
use crate::page::names;
use crate::views::Asked;

/// What was said of an event, as a table.
pub(super) fn told(history: &[Correction]) -> Table {
    let row = |c: &Correction| {
        vec![
            Cell::Code(c.at.clone()),
            Cell::Words(c.by.clone()),
            Cell::code(Some(c.verdict.name())),
            Cell::Words(c.reason.clone()),
        ]
    };
    Table {
        name: "corrections".to_owned(),
        columns: vec!["at", "by", "verdict", "reason"],
        rows: history.iter().map(row).collect(),
    }
}

/// Whether a form that was sent is of this explorer.
pub(super) fn proven(asked: &Asked<'_>, sent: &Query) -> Result<(), Fault> {
    if sent.get("proof") == Some(asked.proof) {
        return Ok(());
    }
    Err(Fault::bad("the form is not of this explorer, or older than it", "open the event again and send its form"))
}

/// A correction with what every form says, signed and dated; what it is of is left to be filled in.
pub(super) fn signed(sent: &Query, verdict: Verdict, limits: &Limits) -> Result<Correction, Fault> {
    Ok(Correction {
        schema: CORRECTIONS.to_owned(),
        at: jiff::Timestamp::now().round(jiff::Unit::Second).map_or_else(|_| String::new(), |t| t.to_string()),
        by: text(sent, "name", limits.correction_name)?,
        reason: text(sent, "reason", limits.correction_reason)?,
        verdict,
        report: String::new(),
        name: String::new(),
        sent: 0,
        sentence: String::new(),
        span: [0, 0],
        trigger: String::new(),
        event: String::new(),
        coded: Codes::default(),
        gold: None,
    })
}

fn text(sent: &Query, name: &'static str, most: usize) -> Result<String, Fault> {
    let text = sent.get(name).unwrap_or_default();
    let wrong = |what: String| Err(Fault::bad(what, "the form asks for a reason and a name, both short"));
    if text.is_empty() {
        wrong(format!("the {name} is missing"))
    } else if text.chars().count() > most {
        wrong(format!("the {name} is longer than {most} characters"))
    } else {
        Ok(text.to_owned())
    }
}

/// The codes that a form says.
pub(super) fn codes(sent: &Query, limits: &Limits) -> Result<Codes, Fault> {
    let codes = |name: &str| -> Result<Vec<String>, Fault> {
        let text = sent.get(name).unwrap_or_default();
        let all: Vec<String> = text.split([',', ';']).map(|c| c.trim().to_owned()).filter(|c| !c.is_empty()).collect();
        if all.len() > limits.correction_codes || all.iter().any(|code| code.chars().count() > limits.correction_name) {
            return Err(Fault::bad(
                format!("the codes of “{name}” are too many or too long"),
                "give codes with commas between them: KENGOV, UGAMIL",
            ));
        }
        Ok(all)
    };
    let kind = sent.get("type").unwrap_or_default().to_owned();
    if Codebook::embedded().ontology.kind(&kind).is_none() {
        return Err(Fault::bad(format!("“{kind}” is no type"), "choose one of the list"));
    }
    let status = sent.get("status").unwrap_or_default().to_owned();
    if !names::STATUSES.contains(&status.as_str()) {
        return Err(Fault::bad(format!("“{status}” is no status"), "choose one of the list"));
    }
    let mode = sent.get("mode").map(str::to_owned);
    if mode.as_ref().is_some_and(|mode| mode.chars().count() > limits.correction_name) {
        return Err(Fault::bad("the mode is too long", "choose one of the list"));
    }
    Ok(Codes { kind, mode, status, actor: codes("actor")?, recipient: codes("recipient")?, said_by: codes("said_by")? })
}

/// The fields of an event as it should be; `hint` stands below the codes.
pub(super) fn draw(codes: &Codes, hint: &Markup, limits: &Limits) -> Markup {
    let kinds = Codebook::embedded().ontology.kinds();
    let row = |label: &str, name: &str, codes: &[String]| {
        html! { label { span { (label) }
        input type="text" name=(name) value=(codes.join(", ")) autocomplete="off" autocapitalize="characters" spellcheck="false"; } }
    };
    html! {
        div.row {
            label { span { "Type" } select name="type" required {
                @if codes.kind.is_empty() { option value="" selected { "choose" } }
                @for kind in kinds { option value=(kind.name) selected[kind.name == codes.kind] title=(kind.about) { (kind.name) } }
            } }
            label { span { "Mode" }
                input type="text" name="mode" list="modes" value=[codes.mode.as_deref()] autocomplete="off" maxlength=(limits.correction_name); }
            datalist #modes { @for mode in modes() { option value=(mode) {} } }
            label { span { "Status" } select name="status" {
                @for status in names::STATUSES { option value=(status) selected[status == codes.status] { (status) } }
            } }
        }
        (row("Who acts", "actor", &codes.actor))
        (row("Whom it reaches", "recipient", &codes.recipient))
        (row("On whose word, innermost first", "said_by", &codes.said_by))
        p.faint { "Codes with commas between them: " code { "KENGOV, UGAMIL" } "; " code { "---MIL" }
            " where the country is not told. " (hint) }
    }
}

/// Why, and who says so.
pub(super) fn signature(limits: &Limits) -> Markup {
    html! {
        label { span { "Why" }
            textarea.short name="reason" rows="2" required maxlength=(limits.correction_reason) {} }
        div.row {
            label.grow { span { "Your name" }
                input type="text" name="name" required autocomplete="name" maxlength=(limits.correction_name); }
            button.primary { "Keep it" }
        }
    }
}

/// A choice among verdicts: value, name, what it means.
pub(super) fn verdicts(choices: &[(Verdict, &str, &str)], chosen: Option<Verdict>) -> Markup {
    html! {
        fieldset.verdicts {
            legend { "It is" }
            @for (verdict, name, about) in choices {
                label.check {
                    input type="radio" name="verdict" value=(verdict.name()) required checked[chosen == Some(*verdict)];
                    span { b { (name) } " " span.faint { (about) } }
                }
            }
        }
    }
}

fn modes() -> Vec<&'static str> {
    let kinds = Codebook::embedded().ontology.kinds().iter();
    let mut all: Vec<&str> = kinds.flat_map(|kind| kind.modes.iter().map(|mode| mode.name.as_str())).collect();
    all.sort_unstable();
    all.dedup();
    all
}
