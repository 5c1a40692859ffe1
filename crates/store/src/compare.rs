//! What is coded otherwise in two stores of the same reports.

use std::collections::BTreeMap;

use readout_record::{ByteSpan, Event, Party};

use crate::{Result, Store, Stored};

/// How two codings of the same reports differ.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// Events that both have, alike.
    pub same: usize,
    /// Events that only the new coding has.
    pub gained: usize,
    /// Events that only the old coding has.
    pub lost: usize,
    /// Events that both have, coded otherwise.
    pub changed: usize,
    /// Of those, how often each field differs.
    pub fields: BTreeMap<&'static str, usize>,
    /// Documents that only one of the stores has.
    pub unmatched: usize,
}

/// One event that differs.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// Identifier of its document.
    pub document: String,
    /// The sentence that tells of it.
    pub sentence: String,
    /// How it differs.
    pub change: Change,
}

/// How an event differs.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Only the new coding has it.
    Gained(Box<Event>),
    /// Only the old coding has it.
    Lost(Box<Event>),
    /// Both have it, with these fields coded otherwise.
    Changed {
        /// As it was.
        before: Box<Event>,
        /// As it is.
        after: Box<Event>,
        /// The fields that differ.
        fields: Vec<&'static str>,
    },
}

impl Comparison {
    /// Compares document by document; `tell` is given each difference, in the order of documents and of the text.
    pub fn of<E: From<crate::StoreError>>(
        old: &Store,
        new: &Store,
        mut tell: impl FnMut(Difference) -> std::result::Result<(), E>,
    ) -> std::result::Result<Comparison, E> {
        let mut comparison = Comparison::default();
        let (mut before, mut after) = (old.documents()?, new.documents()?);
        let (mut b, mut a) = (next(&mut before)?, next(&mut after)?);
        loop {
            match (b.take(), a.take()) {
                (None, None) => return Ok(comparison),
                (Some(one), Some(two)) if one.key == two.key => {
                    for difference in comparison.document(&one, &two) {
                        tell(difference)?;
                    }
                    (b, a) = (next(&mut before)?, next(&mut after)?);
                }
                (Some(one), Some(two)) => {
                    comparison.unmatched += 1;
                    // Both come in the same order, so the lesser one has no partner.
                    if order(&one) < order(&two) {
                        (b, a) = (next(&mut before)?, Some(two));
                    } else {
                        (b, a) = (Some(one), next(&mut after)?);
                    }
                }
                (one, two) => {
                    comparison.unmatched += 1;
                    b = one.map(|_| next(&mut before)).transpose()?.flatten();
                    a = two.map(|_| next(&mut after)).transpose()?.flatten();
                }
            }
        }
    }

    fn document(&mut self, old: &Stored, new: &Stored) -> Vec<Difference> {
        let mut rest: Vec<&Event> = new.record.events.iter().collect();
        let mut out: Vec<(ByteSpan, Change)> = Vec::new();
        for before in &old.record.events {
            // The act at the same words; of several, one that is coded alike.
            let here: Vec<usize> =
                rest.iter().enumerate().filter(|(_, e)| e.span == before.span).map(|(i, _)| i).collect();
            let alike = |i: &usize| rest.get(*i).map_or(usize::MAX, |e| fields(before, e).len());
            let Some(at) = here.into_iter().min_by_key(alike) else {
                self.lost += 1;
                out.push((before.span, Change::Lost(Box::new(before.clone()))));
                continue;
            };
            let after = rest.remove(at);
            let fields = fields(before, after);
            if fields.is_empty() {
                self.same += 1;
                continue;
            }
            self.changed += 1;
            for field in &fields {
                *self.fields.entry(field).or_default() += 1;
            }
            let (before, after) = (Box::new(before.clone()), Box::new(after.clone()));
            out.push((before.span, Change::Changed { before, after, fields }));
        }
        self.gained += rest.len();
        out.extend(rest.into_iter().map(|e| (e.span, Change::Gained(Box::new(e.clone())))));
        out.sort_by_key(|(span, _)| *span);
        let tell = |(span, change)| Difference {
            document: new.record.id.clone(),
            sentence: sentence(new, span).to_owned(),
            change,
        };
        out.into_iter().map(tell).collect()
    }
}

fn next(documents: &mut impl Iterator<Item = Result<Stored>>) -> Result<Option<Stored>> {
    documents.next().transpose()
}

/// The order of [`Store::documents`].
fn order(stored: &Stored) -> (Option<String>, &str, &str) {
    (stored.record.published.map(|day| day.to_string()), &stored.record.id, &stored.key)
}

/// The sentence that holds a span.
fn sentence(stored: &Stored, span: ByteSpan) -> &str {
    let at = stored.record.sentences.iter().rev().find(|s| s.span[0] <= span[0]);
    at.and_then(|s| stored.text.get(s.span[0]..s.span[1])).unwrap_or("")
}

/// The fields that say who did what to whom, when and where and on whose word, and that differ.
fn fields(a: &Event, b: &Event) -> Vec<&'static str> {
    let codes = |parties: &[Party]| parties.iter().map(|p| p.code.clone()).collect::<Vec<_>>();
    let speakers = |e: &Event| e.said_by.iter().map(|s| s.code.clone()).collect::<Vec<_>>();
    let place = |e: &Event| e.place.as_ref().map(|p| p.text.clone());
    [
        ("type", a.kind != b.kind),
        ("mode", a.mode != b.mode),
        ("contexts", a.contexts != b.contexts),
        ("cameo", a.cameo != b.cameo),
        ("actor", codes(&a.actor) != codes(&b.actor)),
        ("recipient", codes(&a.recipient) != codes(&b.recipient)),
        ("status", a.status != b.status),
        ("said_by", speakers(a) != speakers(b)),
        ("place", place(a) != place(b)),
        ("date", a.date != b.date),
    ]
    .into_iter()
    .filter_map(|(name, differs)| differs.then_some(name))
    .collect()
}
