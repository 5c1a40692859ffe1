//! Which mentions tell of one act, and who printed it: counted over the whole archive before the first row is written.
//!
//! An act's mentions are those whose `same_as` leads to one event. A near duplicate of a document is another print of the
//! same words: it adds an article and an outlet to the acts of its original, and never an act.

mod copies;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use jiff::civil::Date;
use readout_record::{Event, Party, Record};

use crate::codes::is_mutual;
use crate::pairs::hashed;
use crate::{Archive, Counted, Error, Report};
use copies::Copies;

/// An act: the id of the event that told of it first.
pub(crate) type Key = u128;

/// Documents that can be numbered.
const MAX_DOCUMENTS: u32 = u32::MAX - 1;

/// A document, as far as counting goes.
#[derive(Debug)]
pub(crate) struct Print {
    /// Its address, or its identifier.
    pub(crate) address: Box<str>,
    /// Its outlet, by number.
    outlet: u32,
    /// Day of publication.
    pub(crate) published: Option<Date>,
}

/// Who told of an act.
#[derive(Debug, Default)]
pub(crate) struct Told {
    /// How often it is told.
    pub(crate) mentions: u32,
    /// The documents that tell of it, in order, by number.
    pub(crate) documents: Vec<u32>,
    /// The event that stands for it: document, and place in the document.
    first: (u32, usize),
    /// Whether that is the event that the act is named after.
    named: bool,
}

/// All acts of an archive.
#[derive(Debug, Default)]
pub(crate) struct Acts {
    counted: Counted,
    prints: Vec<Print>,
    outlets: Vec<String>,
    told: HashMap<Key, Told>,
    /// Of a near duplicate, the act of each of its events; of one without events, those of its original.
    copies: BTreeMap<u32, Vec<Option<Key>>>,
    /// Documents that are there a second time.
    repeated: BTreeSet<u32>,
}

/// An act as one report tells it.
pub(crate) struct Act<'a> {
    /// The event that stands for it, with what later mentions in the same report add.
    pub(crate) event: Event,
    /// Who told of it.
    pub(crate) told: &'a Told,
}

impl Acts {
    /// Goes through the archive once and counts.
    pub(crate) fn count(archive: &dyn Archive, counted: Counted) -> Result<Acts, Error> {
        let mut acts = Acts { counted, ..Acts::default() };
        let (mut outlets, mut copies) = (HashMap::new(), Copies::default());
        for (n, report) in archive.reports().enumerate() {
            let Report { record, copy_of } = report.map_err(Error::Archive)?;
            let n = u32::try_from(n).ok().filter(|n| *n < MAX_DOCUMENTS).ok_or(Error::TooMany(MAX_DOCUMENTS))?;
            acts.print(&record, &mut outlets);
            let told: Vec<Mention> = record.events.iter().map(|e| acts.mention(e)).collect();
            match copy_of.filter(|of| counted == Counted::Acts && *of != record.id) {
                Some(of) => copies.keep(n, record.id, of, told),
                None if copies.has(&record.id, &told) => {
                    acts.repeated.insert(n);
                }
                None => {
                    acts.tell_all(n, &told);
                    copies.original(record.id, told);
                }
            }
        }
        copies.resolve(&mut acts);
        Ok(acts)
    }

    /// The acts that this report is the first to tell, in the order of its text. `n` is the document's number, from 0.
    pub(crate) fn first_told_by<'a>(&'a self, n: u32, record: &Record) -> Vec<Act<'a>> {
        if self.copies.contains_key(&n) || self.repeated.contains(&n) {
            return Vec::new();
        }
        let events = record.events.iter().enumerate();
        let first = events.filter_map(|(i, e)| {
            let key = self.key_of(e);
            let told = self.told.get(&key).filter(|t| t.first == (n, i))?;
            Some(Act { event: self.completed(e, key, record), told })
        });
        first.collect()
    }

    /// The act of each event of a document; of a near duplicate without events, the acts of its original.
    pub(crate) fn mentions(&self, n: u32, record: &Record) -> Vec<Option<Key>> {
        if self.repeated.contains(&n) {
            return Vec::new();
        }
        self.copies.get(&n).cloned().unwrap_or_else(|| record.events.iter().map(|e| Some(self.key_of(e))).collect())
    }

    /// Whether mentions of one act are counted as one.
    pub(crate) fn is_linked(&self) -> bool {
        self.counted == Counted::Acts
    }

    /// The documents that tell of an act.
    pub(crate) fn prints<'a>(&'a self, told: &'a Told) -> impl Iterator<Item = &'a Print> {
        told.documents.iter().filter_map(|d| self.prints.get(*d as usize))
    }

    /// The outlets that carried it, by name, each once, in order.
    pub(crate) fn outlets<'a>(&'a self, told: &'a Told) -> Vec<&'a str> {
        let mut seen = BTreeSet::new();
        let numbers = self.prints(told).map(|p| p.outlet).filter(|o| seen.insert(*o));
        numbers.filter_map(|o| self.outlets.get(o as usize)).map(String::as_str).collect()
    }

    /// The first day on which it was published.
    pub(crate) fn published(&self, told: &Told) -> Option<Date> {
        self.prints(told).filter_map(|p| p.published).min()
    }

    /// Which act an event tells of.
    pub(crate) fn key_of(&self, event: &Event) -> Key {
        let other = event.same_as.as_ref().filter(|_| self.counted == Counted::Acts);
        key(other.unwrap_or(&event.id).as_str())
    }

    /// The event, with sides, place and day that later mentions of the act in the same report tell and it does not.
    fn completed(&self, event: &Event, key: Key, record: &Record) -> Event {
        let mut whole = event.clone();
        let all_on_all = event.actor.len() > 1 && is_mutual(event);
        for later in record.events.iter().filter(|e| e.id != event.id && self.key_of(e) == key) {
            if whole.actor.is_empty() && apart(&later.actor, &whole.recipient) {
                whole.actor = later.actor.clone();
            }
            if whole.recipient.is_empty() && !all_on_all && apart(&later.recipient, &whole.actor) {
                whole.recipient = later.recipient.clone();
            }
            whole.place = whole.place.or_else(|| later.place.clone());
            if whole.date.is_none() {
                whole.date = later.date;
                whole.granularity = later.granularity.clone();
            }
        }
        whole
    }

    fn print(&mut self, record: &Record, outlets: &mut HashMap<String, u32>) {
        let name = outlet(record);
        let next = u32::try_from(self.outlets.len()).unwrap_or(u32::MAX);
        let outlet = *outlets.entry(name.to_lowercase()).or_insert(next);
        if outlet == next {
            self.outlets.push(name.to_owned());
        }
        self.prints.push(Print { address: address(record).into(), outlet, published: record.published });
    }

    fn mention(&self, event: &Event) -> Mention {
        let mut hash = DefaultHasher::new();
        (&event.kind, &event.mode).hash(&mut hash);
        event.actor.iter().chain(&event.recipient).for_each(|p| p.code.hash(&mut hash));
        let linked = event.same_as.is_some();
        Mention {
            likeness: hash.finish(),
            key: self.key_of(event),
            linked,
            named: key(event.id.as_str()) == self.key_of(event),
        }
    }

    fn tell_all(&mut self, document: u32, mentions: &[Mention]) {
        for (i, m) in mentions.iter().enumerate() {
            let new = !self.told.contains_key(&m.key);
            self.tell(document, m.key);
            if let Some(told) = self.told.get_mut(&m.key).filter(|t| new || m.named && !t.named) {
                (told.first, told.named) = ((document, i), m.named);
            }
        }
    }

    fn tell(&mut self, document: u32, key: Key) {
        let told = self.told.entry(key).or_default();
        told.mentions = told.mentions.saturating_add(1);
        if told.documents.last() != Some(&document) {
            told.documents.push(document);
        }
    }
}

/// A mention of an act, as far as counting goes.
#[derive(Clone, Debug, PartialEq)]
struct Mention {
    /// The same for mentions of like type and parties.
    likeness: u64,
    key: Key,
    /// Whether it was linked to another one.
    linked: bool,
    /// Whether the act is named after it.
    named: bool,
}

/// Whether no party is on both sides.
fn apart(one: &[Party], other: &[Party]) -> bool {
    !one.iter().any(|a| other.iter().any(|b| a.code == b.code))
}

/// An identifier as a number: its own, where it is hexadecimal.
fn key(id: &str) -> Key {
    u128::from_str_radix(id, 16)
        .unwrap_or_else(|_| u128::from(hashed(id)) << 64 | u128::from(hashed(&format!("{id}/"))))
}

/// Where a document is: its address, else its identifier.
pub(crate) fn address(record: &Record) -> &str {
    record.uri.as_deref().filter(|u| !u.is_empty()).unwrap_or(&record.id)
}

/// Who printed a document: the publisher, else the host of its address, else the document stands for itself.
pub(crate) fn outlet(record: &Record) -> &str {
    let publisher = record.publisher.as_deref().map(str::trim).filter(|p| !p.is_empty());
    publisher.or_else(|| record.uri.as_deref().and_then(host)).unwrap_or(&record.id)
}

/// The host of a web address, without `www.`.
pub(crate) fn host(uri: &str) -> Option<&str> {
    let rest = uri.strip_prefix("https://").or_else(|| uri.strip_prefix("http://"))?;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    Some(host.strip_prefix("www.").unwrap_or(host)).filter(|h| !h.is_empty())
}

#[cfg(test)]
mod tests {
    use super::host;

    #[test]
    fn a_web_address_has_a_host() {
        for (uri, expect) in [
            ("https://www.example.org/a?b", Some("example.org")),
            ("http://news.example.org:8080", Some("news.example.org")),
            ("urn:doc:1", None),
            ("https://", None),
        ] {
            assert_eq!(host(uri), expect, "{uri}");
        }
    }
}
