//! Who says what of the same matter: mentions of acts in, matters with the claims of each voice out.
//!
//! A *mention* is an event with the report it stands in. A *voice* is who vouches for it: the innermost speaker, or the
//! outlet where it tells on its own word. A *matter* is what several mentions may be about, whether they agree or not:
//! wider than an act ([`crate::link`]), as what one voice denies another asserts. Each *claim* is a voice's stance on a
//! matter in one mention. What follows (standing, odds, silence) is counted from these alone; `docs/explorer.md` has the
//! definitions in words.

mod matter;
mod odds;
mod speech;
mod standing;

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::{Days, Event, Status, country_of};

pub use odds::Odds;
pub use speech::{ACCUSING, DENYING};
pub use standing::Standing;

/// Days by which mentions of one matter may lie apart.
pub const NEAR_DAYS: i32 = 1;

/// Days within which an answer, a denial or the opposite act belongs to a matter, and within which a voice that says
/// nothing of it counts as silent.
pub const REPLY_DAYS: i32 = 3;

/// Days that a date may span and still tell one matter from another by its day.
const WIDE_DAYS: i32 = 7;

/// Stands for a party that is not known.
const UNKNOWN: &str = "---";

/// An event and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Mention<'a> {
    /// The event.
    pub event: &'a Event,
    /// Day of publication.
    pub published: Option<Date>,
    /// Publisher.
    pub outlet: Option<&'a str>,
    /// Key of the report.
    pub report: &'a str,
    /// Key of the first print where the report repeats another, else its own: reprints are not heard twice.
    pub print: &'a str,
}

/// Who vouches for a claim.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Voice {
    /// A speaker: his code, or what he is called where the code tells no party.
    Speaker(String),
    /// An outlet on its own word; "" where the publisher is not told.
    Outlet(String),
}

/// How a voice stands to a matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stance {
    /// Says that it happened or happens.
    Asserts,
    /// Says that it did not, or that who is said to have done it did not.
    Denies,
    /// Says that it will.
    Expects,
    /// Says that it may, or would.
    Supposes,
}

/// What one mention has a voice say of a matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Which of the mentions.
    pub mention: usize,
    /// Who says it.
    pub voice: Voice,
    /// What he says of it.
    pub stance: Stance,
}

/// Something that claims are about.
#[derive(Clone, Debug, PartialEq)]
pub struct Matter {
    /// PLOVER type.
    pub kind: String,
    /// Quad class.
    pub quad: u8,
    /// Codes of who is said to do it.
    pub actor: BTreeSet<String>,
    /// Codes of whom it is said to reach.
    pub recipient: BTreeSet<String>,
    /// When, as the first mention tells.
    pub days: Option<Days>,
    /// What is said of it, in the order of the days on which it was published.
    pub claims: Vec<Claim>,
    /// Outlets that pass on what speakers claim.
    pub relays: BTreeSet<String>,
    /// Voices that are heard about then, but not on this.
    pub silent: BTreeSet<Voice>,
    /// How it stands.
    pub standing: Standing,
    /// Voices that assert it independently of each other.
    pub independent: usize,
    /// Whether it is asserted by parties to it alone.
    pub parties_only: bool,
    /// Other matters that do not go together with this one: how, and which.
    pub odds: Vec<(Odds, usize)>,
}

/// All claims of some mentions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Claims {
    /// What is claimed; first what most voices speak of and what is at odds, then by day.
    pub matters: Vec<Matter>,
    /// All voices, those heard on most matters first.
    pub voices: Vec<Voice>,
}

impl Claims {
    /// The claims of `mentions`. `kind_of` gives the type of the acts that a rule of the codebook names.
    pub fn of(mentions: &[Mention<'_>], kind_of: &dyn Fn(&str) -> Option<String>) -> Claims {
        let mut matters = matter::gather(mentions, kind_of);
        standing::judge(&mut matters, mentions);
        odds::find(&mut matters);
        matter::sort(&mut matters);
        let voices = standing::voices(&matters);
        Claims { matters, voices }
    }

    /// The matter that a mention is about.
    pub fn matter_of(&self, mention: usize) -> Option<usize> {
        self.matters.iter().position(|m| m.claims.iter().any(|c| c.mention == mention))
    }
}

impl Matter {
    /// What a voice says of it.
    pub fn by<'m>(&'m self, voice: &'m Voice) -> impl Iterator<Item = &'m Claim> {
        self.claims.iter().filter(move |c| c.voice == *voice)
    }

    /// The stance of a voice: that which it is heard with first; `None` where it says nothing of it.
    pub fn stance(&self, voice: &Voice) -> Option<Stance> {
        self.by(voice).map(|c| c.stance).min()
    }

    /// The voices with a stance, each once, in the order in which they are first heard.
    pub fn voices(&self) -> Vec<&Voice> {
        let mut all: Vec<&Voice> = Vec::new();
        for claim in &self.claims {
            if !all.contains(&&claim.voice) {
                all.push(&claim.voice);
            }
        }
        all
    }

    /// The voices that take a stance.
    pub fn holding(&self, stance: Stance) -> BTreeSet<&Voice> {
        self.claims.iter().filter(|c| c.stance == stance).map(|c| &c.voice).collect()
    }

    /// Whether a voice is of a party to it: of the country, or the body, of an actor or a recipient.
    pub fn is_party(&self, voice: &Voice) -> bool {
        let Voice::Speaker(code) = voice else { return false };
        self.actor.iter().chain(&self.recipient).any(|party| same_party(party, code, false))
    }
}

impl Voice {
    /// The voice of an event: its innermost speaker, else the outlet.
    pub fn of(event: &Event, outlet: Option<&str>) -> Voice {
        match event.said_by.first() {
            None => Voice::Outlet(outlet.unwrap_or_default().to_owned()),
            Some(speaker) if speaker.code.is_empty() || speaker.code.starts_with(UNKNOWN) => {
                let called = speaker.name.as_ref().or(speaker.text.as_ref());
                Voice::Speaker(called.map_or_else(|| speaker.code.clone(), |name| name.trim().to_owned()))
            }
            Some(speaker) => Voice::Speaker(speaker.code.clone()),
        }
    }
}

impl Stance {
    /// The stance that an event's status gives whoever vouches for it.
    pub fn of(status: Status) -> Stance {
        match status {
            Status::Fact | Status::Historical => Stance::Asserts,
            Status::Future => Stance::Expects,
            Status::Hypothetical => Stance::Supposes,
            Status::Negated => Stance::Denies,
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Stance::Asserts => "asserts",
            Stance::Denies => "denies",
            Stance::Expects => "expects",
            Stance::Supposes => "supposes",
        }
    }
}

/// The country of a code, or the whole code of a body or a medium.
fn stem(code: &str) -> &str {
    country_of(code).unwrap_or(code)
}

/// Whether two codes mean the same party: in a strict sense the same code, else the same country or body.
fn same_party(a: &str, b: &str, strict: bool) -> bool {
    if strict { a == b } else { stem(a) == stem(b) && stem(a) != UNKNOWN && !a.is_empty() }
}

/// How many parties of one side are also on the other.
fn shared(a: &BTreeSet<String>, b: &BTreeSet<String>, strict: bool) -> usize {
    a.iter().filter(|x| b.iter().any(|y| same_party(x, y, strict))).count()
}

/// Days between two stretches, 0 where they share one.
fn gap(a: Days, b: Days) -> i32 {
    let between = |from: Date, to: Date| from.until(to).map_or(i32::MAX, |span| span.get_days());
    between(a.last(), b.first()).max(between(b.last(), a.first())).max(0)
}

/// Days from the first to the last.
fn width(days: Days) -> i32 {
    days.first().until(days.last()).map_or(i32::MAX, |span| span.get_days())
}
