//! The ontology: PLOVER's event types, modes and contexts with their scores, CAMEO's codes with Goldstein's.

use std::collections::BTreeMap;

use crate::finding::Place;

/// Event types, contexts, sectors and CAMEO codes, each in the order of the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ontology {
    pub(crate) kinds: Vec<EventType>,
    pub(crate) contexts: Vec<Named>,
    pub(crate) sectors: Vec<Named>,
    pub(crate) cameo: BTreeMap<String, Cameo>,
}

/// A name with its meaning.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    /// Name ("military", "GOV").
    pub name: String,
    /// What it means.
    pub about: String,
}

/// Quad class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quad {
    /// 1: cooperative words.
    VerbalCooperation,
    /// 2: cooperative deeds.
    MaterialCooperation,
    /// 3: hostile words.
    VerbalConflict,
    /// 4: hostile deeds.
    MaterialConflict,
}

impl Quad {
    /// All, with their names in the files.
    pub const ALL: [(Quad, &str); 4] = [
        (Quad::VerbalCooperation, "verbal cooperation"),
        (Quad::MaterialCooperation, "material cooperation"),
        (Quad::VerbalConflict, "verbal conflict"),
        (Quad::MaterialConflict, "material conflict"),
    ];

    /// 1 to 4, as GDELT and the PLOVER manual count.
    pub fn number(self) -> u8 {
        Self::ALL.iter().zip(1..).find(|((q, _), _)| *q == self).map_or(1, |(_, n)| n)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(q, _)| *q == self).map_or("", |(_, n)| n)
    }

    /// Whether it is a class of conflict.
    pub fn is_conflict(self) -> bool {
        matches!(self, Quad::VerbalConflict | Quad::MaterialConflict)
    }

    /// Whether it is a class of words rather than deeds.
    pub fn is_verbal(self) -> bool {
        matches!(self, Quad::VerbalCooperation | Quad::VerbalConflict)
    }
}

/// A PLOVER event type.
#[derive(Clone, Debug, PartialEq)]
pub struct EventType {
    /// Name ("ACCUSE").
    pub name: String,
    /// What it covers.
    pub about: String,
    /// Quad class.
    pub quad: Quad,
    /// PLOVER score where no mode is known, -10 to 10.
    pub score: f32,
    /// Whether an event of this type must have a recipient.
    pub needs_recipient: bool,
    /// Its modes.
    pub modes: Vec<Mode>,
    /// Its CAMEO equivalents.
    pub equivalents: Vec<Equivalent>,
    /// Where it stands.
    pub place: Place,
}

/// A mode of an event type.
#[derive(Clone, Debug, PartialEq)]
pub struct Mode {
    /// Name ("disapprove").
    pub name: String,
    /// What it covers.
    pub about: String,
    /// PLOVER score, -10 to 10; the type's where the manual gives none.
    pub score: f32,
}

/// A CAMEO code that stands for a type, with a mode or context.
#[derive(Clone, Debug, PartialEq)]
pub struct Equivalent {
    /// The code ("1312").
    pub code: String,
    /// The mode it needs.
    pub mode: Option<String>,
    /// The context it needs.
    pub context: Option<String>,
}

/// A CAMEO code.
#[derive(Clone, Debug, PartialEq)]
pub struct Cameo {
    /// Two to four digits.
    pub code: String,
    /// What it covers.
    pub about: String,
    /// Goldstein score (Goldstein 1992, as ICEWS used it), -10 to 10.
    pub goldstein: f32,
    /// PLOVER type; `None` where PLOVER has none (CAMEO 01).
    pub kind: Option<String>,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// PLOVER contexts.
    pub contexts: Vec<String>,
}

impl EventType {
    /// The mode with that name.
    pub fn mode(&self, name: &str) -> Option<&Mode> {
        self.modes.iter().find(|m| m.name == name)
    }
}

impl Ontology {
    /// All event types.
    pub fn kinds(&self) -> &[EventType] {
        &self.kinds
    }

    /// The event type with that name.
    pub fn kind(&self, name: &str) -> Option<&EventType> {
        self.kinds.iter().find(|k| k.name == name)
    }

    /// PLOVER score of a type and mode, -10 to 10; the type's where it has no such mode, 0 where there is no such type.
    pub fn score(&self, kind: &str, mode: Option<&str>) -> f32 {
        let Some(kind) = self.kind(kind) else { return 0.0 };
        mode.and_then(|m| kind.mode(m)).map_or(kind.score, |m| m.score)
    }

    /// Quad class of a type, 1 to 4; 0 where there is no such type.
    pub fn quad(&self, kind: &str) -> u8 {
        self.kind(kind).map_or(0, |k| k.quad.number())
    }

    /// The CAMEO code nearest to a type, mode and contexts: an equivalent for this mode goes before one for any, one for
    /// a context before one for any, an earlier line before a later.
    pub fn cameo_for<C: AsRef<str>>(&self, kind: &str, mode: Option<&str>, contexts: &[C]) -> Option<&str> {
        let fits = |e: &&Equivalent| {
            e.mode.as_deref().is_none_or(|m| Some(m) == mode)
                && e.context.as_deref().is_none_or(|c| contexts.iter().any(|x| x.as_ref() == c))
        };
        let rank = |e: &Equivalent| (e.mode.is_none(), e.context.is_none());
        // `min_by_key` keeps the first of equals.
        self.kind(kind)?.equivalents.iter().filter(fits).min_by_key(|e| rank(e)).map(|e| e.code.as_str())
    }

    /// The CAMEO code, as the table has it.
    pub fn cameo(&self, code: &str) -> Option<&Cameo> {
        self.cameo.get(code)
    }

    /// All CAMEO codes, sorted.
    pub fn cameo_codes(&self) -> impl Iterator<Item = &Cameo> {
        self.cameo.values()
    }

    /// Goldstein score of a CAMEO code, -10 to 10; of its parent where the table lacks it.
    pub fn goldstein(&self, code: &str) -> Option<f32> {
        (2..=code.len()).rev().find_map(|n| self.cameo.get(code.get(..n)?)).map(|c| c.goldstein)
    }

    /// All contexts.
    pub fn contexts(&self) -> impl Iterator<Item = &Named> {
        self.contexts.iter()
    }

    /// The context with that name.
    pub fn context(&self, name: &str) -> Option<&Named> {
        self.contexts.iter().find(|c| c.name == name)
    }

    /// All sectors of parties.
    pub fn sectors(&self) -> impl Iterator<Item = &Named> {
        self.sectors.iter()
    }

    /// The sector with that code.
    pub fn sector(&self, code: &str) -> Option<&Named> {
        self.sectors.iter().find(|s| s.name == code)
    }
}
