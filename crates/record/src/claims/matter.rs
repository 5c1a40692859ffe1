//! Which mentions are about one matter.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan as _;

use super::speech::Speech;
use super::standing::Standing;
use super::{Claim, Matter, Mention, NEAR_DAYS, REPLY_DAYS, Stance, Voice, WIDE_DAYS, gap, shared, width};
use crate::{Days, Event, Party, SAME_ACT_DAYS};

/// A matter as it grows: with what tells it from others.
struct Draft {
    matter: Matter,
    mode: Option<String>,
    country: Option<String>,
    /// Reports that tell of it.
    reports: BTreeSet<String>,
}

/// All matters of some mentions, in the order of publication of the first of each.
pub(super) fn gather(mentions: &[Mention<'_>], kind_of: &dyn Fn(&str) -> Option<String>) -> Vec<Matter> {
    let mut order: Vec<usize> = (0..mentions.len()).collect();
    let place = |m: &Mention<'_>| (m.published.is_none(), m.published, m.report.to_owned(), m.event.sent, m.event.span);
    order.sort_by_cached_key(|i| mentions.get(*i).map(place));
    let mut all = Gathering::default();
    let (mut charges, mut denials) = (Vec::new(), Vec::new());
    for i in order {
        let Some(mention) = mentions.get(i) else { continue };
        match Speech::of(mention.event, kind_of) {
            None => all.add(i, mention),
            Some(Speech::Accusation(kind)) => charges.push((i, mention, Some(kind))),
            Some(Speech::Denial(kind)) => denials.push((i, mention, kind)),
        }
    }
    // Charges first, since denials may answer them.
    for (i, mention, kind) in charges {
        all.charge(i, mention, kind.as_deref());
    }
    for (i, mention, kind) in denials {
        all.deny(i, mention, kind.as_deref());
    }
    all.finish(mentions)
}

/// What most voices speak of and what is at odds first; then by day.
pub(super) fn sort(matters: &mut Vec<Matter>) {
    let weight =
        |m: &Matter| m.voices().len() + 2 * usize::from(m.standing == Standing::Contested) + m.odds.len().min(2);
    let mut order: Vec<usize> = (0..matters.len()).collect();
    let key = |m: &Matter| (std::cmp::Reverse(weight(m)), m.days.is_none(), m.days);
    order.sort_by_key(|i| matters.get(*i).map(key));
    let mut at = vec![0; order.len()];
    for (new, old) in order.iter().enumerate() {
        if let Some(place) = at.get_mut(*old) {
            *place = new;
        }
    }
    let mut sorted: Vec<Matter> = order.iter().filter_map(|i| matters.get(*i).cloned()).collect();
    for matter in &mut sorted {
        for (_, other) in &mut matter.odds {
            *other = at.get(*other).copied().unwrap_or(0);
        }
    }
    *matters = sorted;
}

#[derive(Default)]
struct Gathering {
    drafts: Vec<Draft>,
    /// Which matter an act is.
    acts: BTreeMap<String, usize>,
}

impl Gathering {
    /// Adds a mention to the matter that it is about, or begins one.
    fn add(&mut self, i: usize, mention: &Mention<'_>) {
        let event = mention.event;
        let act = event.same_as.as_ref().unwrap_or(&event.id).as_str().to_owned();
        let known = self.acts.get(&act).copied();
        let at = known.or_else(|| self.drafts.iter().position(|d| d.fits(mention))).unwrap_or_else(|| {
            self.drafts.push(Draft::of(mention));
            self.drafts.len() - 1
        });
        self.acts.insert(act, at);
        let claim = Claim { mention: i, voice: Voice::of(event, mention.outlet), stance: Stance::of(event.status) };
        self.claim(at, claim, mention);
    }

    /// A charge asserts the act that the recipient is charged with, where that is a matter; else it is one itself.
    fn charge(&mut self, i: usize, mention: &Mention<'_>, kind: Option<&str>) {
        let doers = codes(&mention.event.recipient);
        match self.nearest(mention, |m| Some(m.kind.as_str()) == kind && shared(&m.actor, &doers, false) > 0) {
            Some(at) => self.answer(i, mention, at, Stance::Asserts),
            None => self.add(i, mention),
        }
    }

    /// A denial is about the act of that type whose doer denies, or else about a charge against him, or else about what
    /// he is told to do to others in the same report; where there is none of these it is a matter itself.
    fn deny(&mut self, i: usize, mention: &Mention<'_>, kind: Option<&str>) {
        let who = codes(&mention.event.actor);
        let does = |m: &Matter| shared(&m.actor, &who, false) > 0;
        let found = self
            .nearest(mention, |m| kind.is_some() && Some(m.kind.as_str()) == kind && does(m))
            .or_else(|| self.nearest(mention, |m| m.kind == "ACCUSE" && shared(&m.recipient, &who, false) > 0))
            .or_else(|| {
                let here = self.nearest(mention, |m| kind.is_none() && m.quad == 4 && does(m))?;
                self.drafts.get(here).is_some_and(|d| d.reports.contains(mention.report)).then_some(here)
            });
        match found {
            Some(at) => self.answer(i, mention, at, Stance::Denies),
            None => self.add(i, mention),
        }
    }

    fn answer(&mut self, i: usize, mention: &Mention<'_>, at: usize, stance: Stance) {
        let own = mention.event.actor.first().map(|party| Voice::Speaker(party.code.clone()));
        let voice = own.unwrap_or_else(|| Voice::of(mention.event, mention.outlet));
        self.claim(at, Claim { mention: i, voice, stance }, mention);
    }

    fn claim(&mut self, at: usize, claim: Claim, mention: &Mention<'_>) {
        let Some(draft) = self.drafts.get_mut(at) else { return };
        if let Voice::Speaker(_) = claim.voice {
            draft.matter.relays.insert(mention.outlet.unwrap_or_default().to_owned());
        }
        draft.reports.insert(mention.report.to_owned());
        draft.matter.claims.push(claim);
    }

    /// The matter of which something holds that lies nearest in time, those of the same report first.
    fn nearest(&self, mention: &Mention<'_>, holds: impl Fn(&Matter) -> bool) -> Option<usize> {
        let day = days(mention);
        let far = |d: &Draft| {
            let days = d.matter.days.zip(day).map(|(a, b)| gap(a, b));
            (!d.reports.contains(mention.report), days.unwrap_or(0))
        };
        let all = self.drafts.iter().enumerate().filter(|(_, d)| holds(&d.matter));
        let near = all.map(|(i, d)| (far(d), i)).filter(|((_, days), _)| *days <= REPLY_DAYS);
        near.min().map(|(_, i)| i)
    }

    fn finish(self, mentions: &[Mention<'_>]) -> Vec<Matter> {
        let ordered = |mut draft: Draft| {
            draft.matter.claims.sort_by_key(|c| mentions.get(c.mention).map(|m| (m.published.is_none(), m.published)));
            draft.matter
        };
        self.drafts.into_iter().map(ordered).collect()
    }
}

impl Draft {
    fn of(mention: &Mention<'_>) -> Draft {
        let event = mention.event;
        let matter = Matter {
            kind: event.kind.clone(),
            quad: event.quad,
            actor: codes(&event.actor),
            recipient: codes(&event.recipient),
            days: days(mention),
            claims: Vec::new(),
            relays: BTreeSet::new(),
            silent: BTreeSet::new(),
            standing: Standing::Open,
            independent: 0,
            parties_only: false,
            odds: Vec::new(),
        };
        Draft { matter, mode: event.mode.clone(), country: country(event), reports: BTreeSet::new() }
    }

    /// Whether a mention is about this: the same type, nothing at odds in mode and country of the place, days near, the
    /// same doers and, where both tell them, the same it is done to.
    fn fits(&self, mention: &Mention<'_>) -> bool {
        let (m, event) = (&self.matter, mention.event);
        let agree = |a: Option<&str>, b: Option<&str>| a.is_none() || b.is_none() || a == b;
        m.kind == event.kind
            && agree(self.mode.as_deref(), event.mode.as_deref())
            && agree(self.country.as_deref(), country(event).as_deref())
            && self.is_near(mention)
            && same_sides(m, &codes(&event.actor), &codes(&event.recipient))
    }

    fn is_near(&self, mention: &Mention<'_>) -> bool {
        match (self.matter.days, days(mention)) {
            (Some(a), Some(b)) if width(a).max(width(b)) > WIDE_DAYS => a == b,
            (Some(a), Some(b)) => gap(a, b) <= NEAR_DAYS,
            _ => self.reports.contains(mention.report),
        }
    }
}

/// Within a country its parties are told apart by their sectors, between countries not.
fn same_sides(m: &Matter, actor: &BTreeSet<String>, recipient: &BTreeSet<String>) -> bool {
    let strict = shared(actor, recipient, false) > 0 || shared(&m.actor, &m.recipient, false) > 0;
    // Of acts that both sides do, two parties must be the same where two are told.
    let both = m.recipient.is_empty() && recipient.is_empty() && m.actor.len() > 1 && actor.len() > 1;
    let is_told = !m.recipient.is_empty() && !recipient.is_empty();
    shared(&m.actor, actor, strict) > usize::from(both) && (!is_told || shared(&m.recipient, recipient, strict) > 0)
}

/// When a mention says it was; where it does not say, the day of its report and the day before.
fn days(mention: &Mention<'_>) -> Option<Days> {
    let told = mention.published.map(|day| Days::new(day.saturating_sub(i64::from(SAME_ACT_DAYS).days()), day));
    mention.event.date.or(told)
}

fn country(event: &Event) -> Option<String> {
    event.place.as_ref().and_then(|place| place.country.clone())
}

fn codes(parties: &[Party]) -> BTreeSet<String> {
    parties.iter().map(|party| party.code.clone()).filter(|code| !code.is_empty()).collect()
}
