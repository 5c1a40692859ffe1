//! What nouns point back to by their kind: "both armies", "the country", "the South", "the group", "the chancellor", "the
//! enemy", "the statement".

use readout_actors::{Code, PartyClass, RoleKind};

use crate::arguments::preposition;
use crate::coreference::Seen;
use crate::description::{Description, country_of};
use crate::scene::Ref;

/// Whether a party is of some kind.
type Fits = fn(&Ref) -> bool;

/// Sentences looked back for the states of "the two countries".
const STATES_REACH: usize = 6;

/// Sentences looked back for the state of "the country".
const COUNTRY_REACH: usize = 3;

/// Sentences looked back for the author of "the statement".
const STATEMENT_REACH: usize = 8;

impl Description<'_, '_> {
    /// What a definite or counted noun points back to by its kind: "both armies", "the country", "the group".
    pub(crate) fn pointed_at(&self, lemma: &str, refs: &[Ref]) -> Option<Vec<Ref>> {
        let some = |refs: Vec<Ref>| (!refs.is_empty()).then_some(refs);
        if self.counted() && self.is("counted-forces", lemma) {
            return some(self.armed_parties(2)).filter(|r| r.len() == 2);
        }
        if self.counted() && self.is("counted-states", lemma) {
            let states = self.states(2);
            // "Both sides" of a civil war.
            let armed = if states.len() < 2 { self.armed_parties(2) } else { Vec::new() };
            return some(if armed.len() == 2 { armed } else { states });
        }
        // "All parties", "the warring parties": to a conflict, and nobody's.
        let conflict = lemma == "party" && self.plural();
        if conflict && self.child_is(|_, l| matches!(l, "all" | "the" | "these" | "warring" | "concerned" | "relevant"))
        {
            return Some(Vec::new());
        }
        if !self.definite() {
            return None;
        }
        // "The south side".
        let side = |c: &usize| matches!(self.s.tree.rel(*c), "amod" | "compound") && self.is("halves", &self.lemma(*c));
        if lemma == "side"
            && let Some(c) = self.s.tree.children(self.w).iter().copied().find(side)
        {
            return some(self.half(&self.lemma(c)));
        }
        if self.is("halves", lemma) && refs.is_empty() {
            return some(self.half(lemma));
        }
        if self.is("state-nouns", lemma) && lemma != "government" && !self.plural() && !self.is_attribute() {
            return some(self.country());
        }
        self.of_kind(lemma, refs).or_else(|| self.holder())
    }

    /// "The fighting power of its army", "the state of the roads": what somebody or something has or is in.
    fn is_attribute(&self) -> bool {
        let tree = self.s.tree;
        let noun = |c: usize| tree.rel(c) == "compound" && tree.upos(c) == "NOUN";
        let of = |c: usize| {
            tree.rel(c) == "nmod"
                && preposition(tree, c) == "of"
                && self.at(c).iter().all(|r| r.class != PartyClass::State)
        };
        tree.children(self.w).iter().any(|&c| noun(c) || of(c))
    }

    /// "The South": the half of a divided country that was named before.
    fn half(&self, lemma: &str) -> Vec<Ref> {
        let whole = |m: &&Seen| {
            m.refs.iter().any(|r| {
                r.class == PartyClass::State
                    && r.name
                        .as_deref()
                        .is_some_and(|n| n.to_lowercase().strip_prefix(lemma).is_some_and(|n| n.starts_with(' ')))
            })
        };
        let of = self.s.tree.child(self.w, "nmod").is_some();
        let found = self.seen.iter().rev().filter(|m| m.refs.len() == 1).find(whole).filter(|_| !of);
        found.map(|m| m.refs.clone()).unwrap_or_default()
    }

    /// "The chancellor": the person named before who holds that office.
    fn holder(&self) -> Option<Vec<Ref>> {
        let tree = self.s.tree;
        let role = self.scene.actors.role_at(tree, self.w).filter(|r| r.kind == RoleKind::Person)?;
        if self.plural() || tree.child(self.w, "nmod:poss").is_some() || tree.child(self.w, "nmod").is_some() {
            return None;
        }
        let holds = |r: &Ref| r.row.is_some_and(|row| self.scene.actors.holds(row, &role.noun, self.scene.day));
        let m = self.seen.iter().rev().find(|m| m.refs.len() == 1 && m.refs.iter().any(holds))?;
        Some(m.refs.clone())
    }

    /// "The group", "the party", "the agency": the last one of that kind that was named.
    fn of_kind(&self, lemma: &str, refs: &[Ref]) -> Option<Vec<Ref>> {
        let own = refs.first().and_then(|r| r.code.sector());
        let named = |r: &Ref| r.row.is_some() || r.name.is_some();
        let party = |r: &Ref| r.class == PartyClass::Group && matches!(r.code.sector(), Some("PTY" | "OPP" | "GOV"));
        let firm = |r: &Ref| r.class == PartyClass::Group && r.code.sector() == Some("BUS");
        let group = |r: &Ref| matches!(r.class, PartyClass::Group | PartyClass::Armed);
        let kinds: [(&str, Fits); 5] = [
            ("party-nouns", party),
            ("firm-nouns", firm),
            ("medium-nouns", |r| r.class == PartyClass::Medium),
            ("group-nouns", group),
            ("body-nouns", |r| r.class == PartyClass::Body),
        ];
        // "The opposition party" is no ruling one.
        let fights = |sector: Option<&str>| matches!(sector, Some("MIL" | "REB" | "CRM"));
        let agrees = |r: &Ref| {
            let same = own.is_none_or(|o| o == "PTY" || r.code.sector() == Some(o) || r.code.is_body());
            same || fights(own) && fights(r.code.sector())
        };
        kinds.iter().filter(|(class, _)| self.is(class, lemma)).find_map(|(_, fits)| {
            let one = |m: &&Seen| m.refs.len() == 1 && m.refs.iter().any(|r| named(r) && fits(r) && agrees(r));
            self.seen.iter().rev().find(one).map(|m| m.refs.clone())
        })
    }

    /// Words of the subject of the noun's own clause, where the noun is no part of it: whoever urges both sides is neither.
    fn doer(&self) -> Vec<usize> {
        let tree = self.s.tree;
        let above = std::iter::successors(tree.head(self.w), |&h| tree.head(h)).take(tree.len());
        for verb in above.filter(|&h| tree.upos(h) == "VERB") {
            let subject = tree.child(verb, "nsubj").map(|x| tree.subtree(x)).unwrap_or_default();
            if !subject.contains(&self.w) {
                return subject;
            }
            // "Egypt urged both sides to meet": the subject of the infinitive is the object of "urged".
            if tree.rel(verb) != "xcomp" {
                return Vec::new();
            }
        }
        Vec::new()
    }

    /// The last `n` states named, in the order of the text.
    fn states(&self, n: usize) -> Vec<Ref> {
        let mut out: Vec<Ref> = Vec::new();
        let doer = self.doer();
        let own = |w: usize| doer.contains(&w) || self.s.tree.is_under(w, self.w);
        let others = self.seen.iter().rev().filter(|m| m.sentence < self.s.index || !own(m.word));
        for m in others.filter(|m| self.s.index - m.sentence <= STATES_REACH) {
            for r in m.refs.iter().rev() {
                let state = matches!(r.class, PartyClass::State)
                    || (r.code.sector() == Some("GOV") && r.code.country().is_some());
                if state && out.iter().all(|o| o.code.country() != r.code.country()) && out.len() < n {
                    out.insert(0, Ref { code: r.code.with_sector("GOV"), class: PartyClass::State, ..r.clone() });
                }
            }
        }
        out
    }

    /// The last `n` armed parties, in the order of the text.
    fn armed_parties(&self, n: usize) -> Vec<Ref> {
        let mut out: Vec<Ref> = Vec::new();
        for r in self.seen.iter().rev().flat_map(|m| m.refs.iter().rev()).filter(|r| r.class == PartyClass::Armed) {
            if out.len() < n && out.iter().all(|o| o.code != r.code) {
                out.insert(0, r.clone());
            }
        }
        out
    }

    /// "The country": the subject of the sentence so far, else its last state; then the same in the sentences before.
    /// One with an adjective of its own ("the war-torn country") is rather not the subject.
    fn country(&self) -> Vec<Ref> {
        let state = |m: &&Seen| {
            m.refs.len() == 1
                && m.refs
                    .iter()
                    .any(|r| r.code.country().is_some() && !matches!(r.class, PartyClass::Medium | PartyClass::Thing))
        };
        let named = |m: &&Seen| m.refs.iter().any(|r| r.class == PartyClass::State);
        let doer = self.doer();
        let described = self.child_is(|c, _| self.s.tree.rel(c) == "amod");
        let first = self.s.index.saturating_sub(COUNTRY_REACH);
        for k in (first..=self.s.index).rev() {
            let apart =
                |m: &&Seen| m.sentence == k && m.word != self.w && (k < self.s.index || !doer.contains(&m.word));
            let there = || self.seen.iter().rev().filter(apart).filter(state);
            let subject = || there().filter(named).find(|m| m.subject);
            let other = || there().find(|m| !m.subject);
            // "The Iraqi prime minister said the country …".
            let anyone = || there().find(|m| m.subject).filter(|_| k + 1 >= self.s.index);
            let found = if described {
                other().or_else(subject)
            } else {
                subject().or_else(|| there().find(named)).or_else(anyone)
            };
            if let Some(r) = found.and_then(|m| m.refs.first()) {
                return vec![Ref { code: r.code.with_sector("GOV"), class: PartyClass::State, row: None, ..r.clone() }];
            }
        }
        self.states(1)
    }

    /// "The enemy": the other of the two last named, seen from whoever speaks or acts; an armed one where it is.
    pub(crate) fn other_side(&self, refs: Vec<Ref>) -> Vec<Ref> {
        let own = self.seen.iter().rev().find(|m| m.source || m.subject).and_then(country_of);
        let other = self.seen.iter().rev().flat_map(|m| &m.refs).find(|r| {
            r.code.country().is_some()
                && r.code.country() != own.as_deref()
                && matches!(r.class, PartyClass::State | PartyClass::Armed)
        });
        other.map_or(refs, |r| vec![Ref { inferred: Some("description"), name: None, row: None, ..r.clone() }])
    }

    /// Whose statement or report it is: its owner, the owner of one mentioned before, else the last source.
    pub(crate) fn spoken_by(&self) -> Vec<Ref> {
        let tree = self.s.tree;
        let owners = tree.children(self.w).iter().copied().filter(|&c| {
            tree.deprel(c) == "nmod:poss"
                || matches!(tree.rel(c), "compound" | "amod")
                || tree.rel(c) == "nmod" && matches!(preposition(tree, c).as_str(), "by" | "from" | "of" | "")
        });
        // "A statement signed by the chief"; who only carries or quotes it is a medium.
        let signed = tree.children_by(self.w, "acl").flat_map(|c| tree.children_by(c, "obl").collect::<Vec<_>>());
        let medium = |refs: &Vec<Ref>| refs.iter().all(|r| r.class == PartyClass::Medium);
        let thing = |refs: &Vec<Ref>| refs.iter().all(|r| r.class == PartyClass::Thing);
        let own = || owners.clone().map(|c| self.at(c)).find(|refs| !thing(refs));
        if let Some(refs) = own().or_else(|| signed.map(|c| self.at(c)).find(|refs| !medium(refs) && !thing(refs))) {
            return refs;
        }
        let lemma = self.lemma(self.w);
        let near = |m: &&Seen| self.s.index - m.sentence <= STATEMENT_REACH;
        let same = self.seen.iter().rev().filter(|m| m.head == lemma && self.definite()).find(near);
        if let Some(m) = same {
            return m.refs.clone();
        }
        // "The U.S. Foo Commission report": nobody known, but of a country.
        let country = owners.flat_map(|c| tree.subtree(c)).chain([self.w]).find_map(|i| {
            let m = self.s.mentions.iter().find(|m| m.words.contains(&i) && m.entity.kind.is_state())?;
            m.entity.country.clone()
        });
        if let Some(country) = country {
            let code = Code::of(Some(&country), "GOV");
            let words = self.w..self.w + 1;
            return vec![Ref { words, name: None, code, class: PartyClass::Body, row: None, inferred: None }];
        }
        let recent = || self.seen.iter().rev().filter(|m| self.s.index - m.sentence <= 2);
        let last = recent().find(|m| m.source).or_else(|| recent().find(|m| m.subject));
        last.map(|m| m.refs.clone()).unwrap_or_default()
    }
}
