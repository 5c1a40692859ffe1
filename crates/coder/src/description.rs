//! Whom descriptions without a name stand for: "the ministry", "the country", "both sides", "the statement".
//! The nouns of each kind stand in `codebook/classes/descriptions.txt`.

use readout_actors::{Code, PartyClass, RoleKind};

use crate::arguments::preposition;
use crate::coreference::{Seen, resolve_word};
use crate::saying::Saying;
use crate::scene::{Ref, Scene, Sentence};

/// Sentences looked back for the states of "the two countries".
const STATES_REACH: usize = 6;

/// Sentences looked back for the state of "the country" and for what a report is about.
const COUNTRY_REACH: usize = 3;

/// Sentences looked back for the author of "the statement".
const STATEMENT_REACH: usize = 8;

/// A nominal to be resolved, with what was named before it.
pub(crate) struct Description<'x, 'a> {
    pub scene: &'x Scene<'a>,
    pub s: &'x Sentence<'a>,
    pub w: usize,
    pub sayings: &'x [Saying],
    pub seen: &'x [Seen],
    /// The country that the report is from.
    pub home: Option<&'x str>,
}

impl Description<'_, '_> {
    /// A described party without a country: whoever its possessor is, the same words or sector before, else the country
    /// that the sentence or the report is about.
    pub fn of_role(&self, refs: Vec<Ref>) -> Vec<Ref> {
        let home = self.home;
        let head = self.lemma(self.w);
        if let Some(earlier) = self.pointed_at(&head, &refs) {
            return earlier;
        }
        let Some(sector) = refs.first().map(|r| r.code.sector().unwrap_or("").to_owned()) else { return refs };
        let fill = |country: &str| -> Vec<Ref> {
            refs.iter()
                .map(|r| Ref { code: r.code.with_country(country), inferred: Some("description"), ..r.clone() })
                .collect()
        };
        if let Some(owner) = self.possessor() {
            return self.owned(&owner, refs);
        }
        if self.is("foes", &head) && self.definite() {
            return self.other_side(refs);
        }
        let indefinite = self.indefinite();
        let unnamed = refs.iter().all(|r| r.code == Code::unknown() && r.class == PartyClass::Person);
        let same_head = || {
            // "Security officials" are no "railway officials".
            let same = |r: &Ref| sector.is_empty() || r.code.sector().is_none_or(|o| o == sector);
            let known = |m: &&Seen| m.refs.iter().any(|r| (r.code.country().is_some() || r.code.is_body()) && same(r));
            self.seen.iter().rev().filter(|m| m.head == head).find(known)
        };
        if unnamed {
            return match same_head().filter(|_| self.definite()) {
                Some(m) => rename(m, &refs, self.w),
                None => refs,
            };
        }
        if self.is_unowned() {
            return refs;
        }
        if !indefinite && let Some(m) = same_head() {
            return rename(m, &refs, self.w);
        }
        if refs.iter().all(|r| matches!(r.class, PartyClass::Thing | PartyClass::Territory)) {
            return refs;
        }
        if let Some(country) = self.country_of_place() {
            return fill(&country);
        }
        if self.outsider(&head, &sector) {
            return refs;
        }
        let local = matches!(sector.as_str(), "REB" | "CRM" | "CVL" | "COP" | "OPP" | "JUD" | "LEG");
        if local && let Some(country) = self.country_of_clause() {
            return fill(&country);
        }
        if matches!(head.as_str(), "government" | "regime")
            && !indefinite
            && let Some(country) = self.topic()
        {
            return fill(&country);
        }
        let fighting = matches!(sector.as_str(), "MIL" | "REB" | "CRM");
        let country = if fighting && !indefinite {
            self.same_sector(&sector).or_else(|| self.topic()).or_else(|| home.map(str::to_owned))
        } else {
            home.map(str::to_owned).or_else(|| self.topic()).or_else(|| self.same_sector(&sector))
        };
        country.map_or_else(|| refs.clone(), |c| fill(&c))
    }

    /// "The country", "both sides", "the group", "the statement": what a noun that names nobody points back to.
    pub fn of_noun(&self) -> Vec<Ref> {
        let lemma = &self.lemma(self.w);
        if let Some(earlier) = self.pointed_at(lemma, &[]) {
            return earlier;
        }
        if self.is("foes", lemma) && (self.definite() || self.s.tree.rel(self.w) == "compound") {
            return self.other_side(Vec::new());
        }
        if self.is("statements", lemma) { self.spoken_by() } else { Vec::new() }
    }

    /// What a definite or counted noun points back to by its kind: "both armies", "the country", "the group".
    fn pointed_at(&self, lemma: &str, refs: &[Ref]) -> Option<Vec<Ref>> {
        let some = |refs: Vec<Ref>| (!refs.is_empty()).then_some(refs);
        if self.counted() && self.is("counted-forces", lemma) {
            return some(self.armed_parties(2)).filter(|r| r.len() == 2);
        }
        if self.counted() && self.is("counted-states", lemma) {
            return some(self.states(2));
        }
        if !self.definite() {
            return None;
        }
        if self.is("halves", lemma) && refs.is_empty() {
            return some(self.half(lemma));
        }
        if self.is("state-nouns", lemma) && lemma != "government" && !self.plural() {
            return some(self.country());
        }
        self.of_kind(lemma, refs).or_else(|| self.holder())
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
        let kinds: [(&str, &dyn Fn(&Ref) -> bool); 5] = [
            ("party-nouns", &party),
            ("firm-nouns", &firm),
            ("medium-nouns", &|r| r.class == PartyClass::Medium),
            ("group-nouns", &group),
            ("body-nouns", &|r| r.class == PartyClass::Body),
        ];
        // "The opposition party" is no ruling one.
        let agrees = |r: &Ref| own.is_none_or(|o| o == "PTY" || r.code.sector() == Some(o) || r.code.is_body());
        kinds.iter().filter(|(class, _)| self.is(class, lemma)).find_map(|(_, fits)| {
            let one = |m: &&Seen| m.refs.len() == 1 && m.refs.iter().any(|r| named(r) && fits(r) && agrees(r));
            self.seen.iter().rev().find(one).map(|m| m.refs.clone())
        })
    }

    fn is(&self, class: &str, lemma: &str) -> bool {
        self.scene.codebook.class_has(class, lemma)
    }

    fn lemma(&self, w: usize) -> String {
        self.s.tree.lemma(w).to_lowercase()
    }

    fn child_is(&self, fits: impl Fn(usize, &str) -> bool) -> bool {
        self.s.tree.children(self.w).iter().any(|&c| fits(c, &self.lemma(c)))
    }

    fn definite(&self) -> bool {
        const POINTING: [&str; 9] = ["the", "this", "that", "these", "those", "both", "either", "each", "its"];
        self.child_is(|c, lemma| self.s.tree.rel(c) == "det" && POINTING.contains(&lemma))
    }

    fn indefinite(&self) -> bool {
        self.child_is(|c, lemma| {
            self.s.tree.rel(c) == "det" && matches!(lemma, "a" | "an" | "any" | "no" | "another" | "some")
        })
    }

    fn counted(&self) -> bool {
        self.child_is(|_, lemma| matches!(lemma, "two" | "both" | "either" | "neither" | "three"))
    }

    fn plural(&self) -> bool {
        self.s.tree.get(self.w).is_some_and(|x| matches!(&*x.xpos, "NNS" | "NNPS"))
    }

    /// The parties of "its", "Iran's" before the noun.
    fn possessor(&self) -> Option<Vec<Ref>> {
        let p = self.s.tree.child(self.w, "nmod:poss")?;
        let before = self.seen.iter().rev().find(|m| m.sentence == self.s.index && m.word == p);
        let refs = before.map_or_else(|| self.scene.parties_at(self.s, p).to_vec(), |m| m.refs.clone());
        let known = refs.iter().any(|r| r.code.country().is_some() || r.code.is_body());
        known.then_some(refs)
    }

    /// The parties of word `c` of the same sentence, before or after this one.
    fn at(&self, c: usize) -> Vec<Ref> {
        let before = self.seen.iter().rev().find(|m| m.sentence == self.s.index && m.word == c);
        let ahead = || resolve_word(self.scene, self.s, c, self.sayings, self.seen, self.home);
        before.map_or_else(ahead, |m| m.refs.clone())
    }

    /// A role with an owner: of the owner's country or body; whoever stands beside or against a state is another.
    fn owned(&self, owner: &[Ref], refs: Vec<Ref>) -> Vec<Ref> {
        let state = owner.iter().any(|r| matches!(r.class, PartyClass::State | PartyClass::Body));
        if state && self.scene.actors.is_opposite(&self.lemma(self.w)) {
            return refs;
        }
        let fill = |r: &Ref, o: &Ref| {
            let code = if o.code.is_body() { o.code.clone() } else { r.code.with_country(o.code.country()?) };
            // Who acts for a person stands on that person's side ("his lawyers", "her office").
            let his = o.class == PartyClass::Person && self.scene.actors.stands_for_owner(&self.lemma(self.w));
            let code = if his { o.code.clone() } else { code };
            Some(Ref { code, inferred: Some("description"), ..r.clone() })
        };
        let filled: Vec<Ref> = refs.iter().flat_map(|r| owner.iter().filter_map(move |o| fill(r, o))).collect();
        if filled.is_empty() { refs } else { filled }
    }

    /// Parties that no one country owns: "foreign forces", "Gulf Arab states", "the head of an allied government".
    fn is_unowned(&self) -> bool {
        let tree = self.s.tree;
        // "The Foreign Ministry" and "Foreign Undersecretary X" are domestic; "foreign forces" are not.
        let office = |i: usize| {
            tree.get(i + 1).is_some_and(|n| {
                self.scene.actors.role(&format!("foreign {}", n.lemma.to_lowercase())).is_some()
                    || n.form.starts_with(char::is_uppercase)
            })
        };
        let unowned = |w: usize| {
            tree.children(w).iter().any(|&c| {
                let lemma = self.lemma(c);
                matches!(tree.rel(c), "amod" | "compound" | "nmod")
                    && (lemma == "foreign" && !office(c)
                        || c < w && self.is("unowned", &lemma) && !tree.subtree(w).iter().any(|&i| i < c && office(i)))
            })
        };
        let whole = tree.children_by(self.w, "nmod").filter(|&c| preposition(tree, c) == "of");
        let states = self.plural() && self.is("state-nouns", &self.lemma(self.w)) && !self.definite();
        unowned(self.w) || states || whole.filter(|&c| self.is("state-nouns", &self.lemma(c))).any(unowned)
    }

    /// Onlookers and helpers whom nothing ties to the country they speak of or work in.
    fn outsider(&self, head: &str, sector: &str) -> bool {
        sector == "NGO" || matches!(sector, "" | "CVL" | "GOV") && self.is("onlookers", head) && !self.definite()
    }

    /// "Rebels in Chad", "militants near Kirkuk": the country of the place.
    fn country_of_place(&self) -> Option<String> {
        let tree = self.s.tree;
        let place = tree.children(self.w).iter().copied().filter(|&c| {
            tree.rel(c) == "nmod"
                && matches!(
                    preposition(tree, c).as_str(),
                    "in" | "near" | "of" | "from" | "inside" | "across" | "outside"
                )
        });
        place
            .filter_map(|c| self.s.mentions.iter().find(|m| m.words.contains(&c) && m.entity.kind.is_place()))
            .find_map(|m| m.entity.country.clone())
    }

    /// The country of the last party of this sector.
    fn same_sector(&self, sector: &str) -> Option<String> {
        let found = self.seen.iter().rev().find(|m| {
            m.refs
                .iter()
                .any(|r| r.code.country().is_some() && r.code.sector() == Some(sector) && r.class != PartyClass::State)
        });
        found.and_then(country_of)
    }

    /// The state that the last sentences are about: their subject, else any state in them.
    fn topic(&self) -> Option<String> {
        let recent = || {
            self.seen.iter().rev().filter(|m| {
                self.s.index - m.sentence <= 2
                    && m.refs.iter().any(|r| r.class == PartyClass::State && r.code.country().is_some())
            })
        };
        let state = recent().find(|m| m.subject).or_else(|| recent().next()).and_then(country_of);
        // No state: whoever acts ("the Egyptian army").
        let doers = || self.seen.iter().rev().filter(|m| self.s.index - m.sentence <= 2 && m.subject);
        state.or_else(|| doers().find_map(country_of))
    }

    /// The country of the place where the sentence has it happen: "gunmen killed two people in Mali".
    fn country_of_clause(&self) -> Option<String> {
        let tree = self.s.tree;
        let verb = tree.head(self.w).filter(|_| matches!(tree.rel(self.w), "nsubj" | "obj" | "obl" | "iobj"))?;
        let places = tree.children_by(verb, "obl").filter(|&c| {
            matches!(preposition(tree, c).as_str(), "in" | "near" | "inside" | "across" | "outside" | "at")
        });
        let mention = |c: usize| self.s.mentions.iter().find(|m| m.words.contains(&c) && m.entity.kind.is_place());
        places.filter_map(mention).find_map(|m| m.entity.country.clone())
    }

    /// The last `n` states named, in the order of the text.
    fn states(&self, n: usize) -> Vec<Ref> {
        let mut out: Vec<Ref> = Vec::new();
        for m in self.seen.iter().rev().filter(|m| self.s.index - m.sentence <= STATES_REACH) {
            for r in &m.refs {
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
        for r in self.seen.iter().rev().flat_map(|m| &m.refs).filter(|r| r.class == PartyClass::Armed) {
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
        let described = self.child_is(|c, _| self.s.tree.rel(c) == "amod");
        let first = self.s.index.saturating_sub(COUNTRY_REACH);
        for k in (first..=self.s.index).rev() {
            let there = || self.seen.iter().rev().filter(|m| m.sentence == k && m.word != self.w).filter(state);
            let subject = || there().filter(named).find(|m| m.subject);
            let other = || there().find(|m| !m.subject);
            // "The Iraqi prime minister said the country …".
            let anyone = || there().find(|m| m.subject).filter(|_| k == self.s.index);
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
    fn other_side(&self, refs: Vec<Ref>) -> Vec<Ref> {
        let own = self.seen.iter().rev().find(|m| m.source || m.subject).and_then(country_of);
        let other = self.seen.iter().rev().flat_map(|m| &m.refs).find(|r| {
            r.code.country().is_some()
                && r.code.country() != own.as_deref()
                && matches!(r.class, PartyClass::State | PartyClass::Armed)
        });
        other.map_or(refs, |r| vec![Ref { inferred: Some("description"), name: None, row: None, ..r.clone() }])
    }

    /// Whose statement or report it is: its owner, the owner of one mentioned before, else the last source.
    fn spoken_by(&self) -> Vec<Ref> {
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

fn country_of(m: &Seen) -> Option<String> {
    m.refs.iter().find_map(|r| r.code.country().map(str::to_owned))
}

/// The parties of an earlier nominal under the words of this one.
fn rename(m: &Seen, refs: &[Ref], w: usize) -> Vec<Ref> {
    let words = refs.first().map_or(w..w + 1, |x| x.words.clone());
    m.refs.iter().map(|r| Ref { words: words.clone(), inferred: Some("description"), ..r.clone() }).collect()
}
