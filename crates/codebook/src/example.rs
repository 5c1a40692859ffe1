//! The `codes` and `ignores` lines: sentences that a block must code in a given way, or must not code.

use crate::block::split_word;
use crate::finding::Place;
use crate::ontology::Ontology;
use crate::status::Status;

/// A sentence with what must come of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// The sentence.
    pub text: String,
    /// What must come of it.
    pub expect: Expect,
    /// Where it stands.
    pub place: Place,
}

/// What must come of an example.
#[derive(Clone, Debug, PartialEq)]
pub enum Expect {
    /// The block codes each of these events (`;` parts them).
    Events(Vec<ExpectedEvent>),
    /// The cue gives this attribution.
    Attribution(ExpectedAttribution),
    /// The block does not fire.
    Nothing,
}

/// An event that must be coded.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExpectedEvent {
    /// Type; `None` where it is the block's own.
    pub kind: Option<String>,
    /// Mode, where the line gives one.
    pub mode: Option<String>,
    /// Codes of the actors, as written.
    pub actor: Vec<String>,
    /// Codes of the recipients, as written.
    pub recipient: Vec<String>,
    /// Status, where the line gives one.
    pub status: Option<Status>,
}

/// An attribution that must be found.
#[derive(Clone, Debug, PartialEq)]
pub struct ExpectedAttribution {
    /// Code of the source, or a medium's name.
    pub source: String,
    /// The cue, as it stands in the sentence.
    pub cue: String,
    /// The content, as it stands in the sentence.
    pub content: String,
}

/// Reads `SENTENCE = [TYPE [MODE]] ACTORS > RECIPIENTS [STATUS][; …]`.
pub(crate) fn read_events(text: &str, ontology: &Ontology) -> Result<(String, Vec<ExpectedEvent>), String> {
    let (sentence, codes) = text.rsplit_once(" = ").ok_or("no ` = ` between sentence and codes")?;
    let events = codes.split(';').map(|c| read_event(c, ontology)).collect::<Result<Vec<_>, _>>()?;
    Ok((sentence.trim().to_string(), events))
}

fn read_event(text: &str, ontology: &Ontology) -> Result<ExpectedEvent, String> {
    let mut event = ExpectedEvent::default();
    let mut rest = text.trim();
    let (first, after) = split_word(rest);
    let (name, slashed) = first.split_once('/').map_or((first, None), |(n, m)| (n, Some(m)));
    if let Some(kind) = ontology.kind(name) {
        event.kind = Some(kind.name.clone());
        event.mode = slashed.map(str::to_string);
        rest = after;
        let (word, after) = split_word(rest);
        if kind.mode(word).is_some() {
            event.mode = Some(word.to_string());
            rest = after;
        }
    }
    if let Some((before, last)) = rest.rsplit_once(char::is_whitespace)
        && let Some(status) = Status::from_name(last.trim_matches(['[', ']']))
    {
        event.status = Some(status);
        rest = before;
    }
    let (actor, recipient) = rest.split_once('>').unwrap_or((rest, ""));
    event.actor = sides(actor, ontology)?;
    event.recipient = sides(recipient, ontology)?;
    Ok(event)
}

fn sides(text: &str, ontology: &Ontology) -> Result<Vec<String>, String> {
    let codes = text.split(',').map(str::trim).filter(|c| !c.is_empty() && *c != "-");
    codes.map(|c| check_code(c, ontology).map(|()| c.to_string())).collect()
}

/// `Ok` for `ISO3`, `ISO3` + sector, `IGO…`, with `---` for an unknown country.
pub(crate) fn check_code(code: &str, ontology: &Ontology) -> Result<(), String> {
    let (country, rest) = code.split_at_checked(3).ok_or(format!("`{code}` is no code of a party"))?;
    let upper = |s: &str| s.chars().all(|c| c.is_ascii_uppercase());
    if !(country == "---" || upper(country)) || !upper(rest) || !code.len().is_multiple_of(3) {
        return Err(format!("`{code}` is no code of a party"));
    }
    let open =
        matches!(country, "IGO" | "NGO" | "MNC" | "IMG") || rest.is_empty() || ontology.sectors().next().is_none();
    match rest.get(..3) {
        Some(sector) if !open && ontology.sector(sector).is_none() => {
            Err(format!("`{sector}` in `{code}` is no sector"))
        }
        _ => Ok(()),
    }
}

/// Reads `SENTENCE = SOURCE : CUE : CONTENT`.
pub(crate) fn read_attribution(text: &str) -> Result<(String, ExpectedAttribution), String> {
    let (sentence, parts) = text.rsplit_once(" = ").ok_or("no ` = ` between sentence and attribution")?;
    let mut parts = parts.splitn(3, " : ").map(str::trim);
    let (Some(source), Some(cue), Some(content)) = (parts.next(), parts.next(), parts.next()) else {
        return Err("not `SOURCE : CUE : CONTENT`".to_string());
    };
    let found = ExpectedAttribution { source: source.into(), cue: cue.into(), content: content.into() };
    Ok((sentence.trim().to_string(), found))
}
