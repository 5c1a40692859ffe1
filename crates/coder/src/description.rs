//! Whom descriptions without a name stand for: "the ministry", "the country", "both sides", "the statement".
//! The nouns of each kind stand in `codebook/classes/descriptions.txt`.

use readout_actors::{Code, PartyClass, RoleKind};

use crate::arguments::{by_preposition, is_passive, preposition};
use crate::coreference::{Seen, nominal, phrase};
use crate::saying::Saying;
use crate::scene::{Ref, Scene, Sentence};

/// A nominal to be resolved, with what was named before it.
pub(crate) struct Description<'x, 'a> {
    pub scene: &'x Scene<'a>,
    pub s: &'x Sentence<'a>,
    pub w: usize,
    pub sayings: &'x [Saying],
    pub seen: &'x [Seen],
}

impl Description<'_, '_> {
    /// A described party without a country: whoever its possessor is, the same words or sector before, else the country
    /// that the sentence or the report is about.
    pub fn of_role(&self, refs: Vec<Ref>) -> Vec<Ref> {
        let home = self.scene.home.as_deref();
        let head = self.lemma(self.w);
        let owned = |r: &Ref| matches!(r.class, PartyClass::Thing | PartyClass::Territory);
        if let Some(holder) = self.holder_of_place().filter(|_| refs.iter().all(owned)) {
            return self.held(&holder);
        }
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
            let role = self.scene.actors.role_at(self.s.tree, self.w).map(|r| r.noun.as_str());
            let known = |m: &&Seen| m.refs.iter().any(|r| r.code.country().is_some() || r.code.is_body());
            let persons = refs.iter().any(|r| r.class == PartyClass::Person);
            let same = |m: &&Seen| m.head == head && (!persons || m.role.as_deref() == role);
            self.seen.iter().rev().filter(same).find(known)
        };
        if unnamed {
            return match same_head().filter(|_| self.definite()) {
                Some(m) => rename(m, &refs, self.w),
                None => refs,
            };
        }
        // "Asked allies for help": other states than the report's.
        let others = sector == "GOV" && self.scene.actors.is_opposite(&head);
        if self.is_unowned() || others {
            return refs;
        }
        if !indefinite && let Some(m) = same_head() {
            return rename(m, &refs, self.w);
        }
        if refs.iter().all(|r| matches!(r.class, PartyClass::Thing | PartyClass::Territory)) {
            return refs;
        }
        if self.outsider(&head, &sector) {
            return refs;
        }
        if let Some(country) = self.country_of_place() {
            return fill(&country);
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
        if let Some(held) = self.office(&refs) {
            return held;
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
        if let Some(holder) = self.holder_of_place() {
            return self.held(&holder);
        }
        if let Some(earlier) = self.pointed_at(lemma, &[]) {
            return earlier;
        }
        if self.is("foes", lemma) && (self.definite() || self.s.tree.rel(self.w) == "compound") {
            return self.other_side(Vec::new());
        }
        if self.is("statements", lemma) { self.spoken_by() } else { Vec::new() }
    }

    pub(crate) fn is(&self, class: &str, lemma: &str) -> bool {
        self.scene.codebook.class_has(class, lemma)
    }

    pub(crate) fn lemma(&self, w: usize) -> String {
        self.s.tree.lemma(w).to_lowercase()
    }

    pub(crate) fn child_is(&self, fits: impl Fn(usize, &str) -> bool) -> bool {
        self.s.tree.children(self.w).iter().any(|&c| fits(c, &self.lemma(c)))
    }

    pub(crate) fn definite(&self) -> bool {
        const POINTING: [&str; 9] = ["the", "this", "that", "these", "those", "both", "either", "each", "its"];
        self.child_is(|c, lemma| self.s.tree.rel(c) == "det" && POINTING.contains(&lemma))
    }

    pub(crate) fn indefinite(&self) -> bool {
        self.child_is(|c, lemma| {
            self.s.tree.rel(c) == "det" && matches!(lemma, "a" | "an" | "any" | "no" | "another" | "some")
        })
    }

    pub(crate) fn counted(&self) -> bool {
        self.child_is(|_, lemma| matches!(lemma, "two" | "both" | "either" | "neither" | "three"))
    }

    pub(crate) fn plural(&self) -> bool {
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
    pub(crate) fn at(&self, c: usize) -> Vec<Ref> {
        let before = self.seen.iter().rev().find(|m| m.sentence == self.s.index && m.word == c);
        let ahead = || nominal(self.scene, self.s, c, self.sayings, self.seen);
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
                // "The regional governor" is the report's, "regional powers" are not.
                let local = lemma == "regional" && !self.is("state-nouns", &self.lemma(w));
                matches!(tree.rel(c), "amod" | "compound" | "nmod")
                    && !local
                    && (lemma == "foreign" && !office(c)
                        || c < w && self.is("unowned", &lemma) && !tree.subtree(w).iter().any(|&i| i < c && office(i)))
            })
        };
        let whole = tree.children_by(self.w, "nmod").filter(|&c| preposition(tree, c) == "of");
        let states = self.plural() && self.is("state-nouns", &self.lemma(self.w)) && !self.definite();
        unowned(self.w) || states || whole.filter(|&c| self.is("state-nouns", &self.lemma(c))).any(unowned)
    }

    /// "The chancellor", "the president": who holds that office in the report's country, else in that of the last sentences.
    fn office(&self, refs: &[Ref]) -> Option<Vec<Ref>> {
        let (role, day) = (self.scene.actors.role_at(self.s.tree, self.w)?, self.scene.day?);
        let [r] = refs else { return None };
        if !role.has("title") || role.kind != RoleKind::Person || self.plural() || self.indefinite() {
            return None;
        }
        let countries = [self.scene.home.clone(), self.topic()];
        let held = |country: &String| self.scene.actors.holder(country, &role.noun, day).map(|p| (country.clone(), p));
        let (country, holder) = countries.iter().flatten().find_map(held)?;
        // A name of its own stands in the phrase.
        if r.name.is_some() {
            return None;
        }
        let code = r.code.with_country(&country);
        Some(vec![Ref { code, name: Some(holder.name.clone()), inferred: Some("office"), ..r.clone() }])
    }

    /// Onlookers and helpers whom nothing ties to the country they speak of or work in.
    fn outsider(&self, head: &str, sector: &str) -> bool {
        let source = head == "source" && !sector.is_empty();
        sector == "NGO"
            || matches!(sector, "" | "CVL" | "GOV") && self.is("onlookers", head) && !self.definite() && !source
    }

    /// "Rebel-held areas", "ports run by the Houthis", "Greek-flagged ships": whoever holds or runs them, wherever they lie.
    fn holder_of_place(&self) -> Option<Vec<Ref>> {
        let tree = self.s.tree;
        let held = |c: &usize| self.is("held", &self.lemma(*c)) && is_passive(tree, *c);
        let before = tree.children_by(self.w, "amod").filter(held);
        let before = before.flat_map(|c| tree.children(c).iter().copied().filter(move |&x| x < c));
        // "Ships held by Greece" are rather somebody else's.
        let place = self.is("territory", &self.lemma(self.w));
        let behind = tree.children_by(self.w, "acl").filter(|c| place && held(c));
        let behind = behind.flat_map(|c| by_preposition(tree, c, "by"));
        let known = |refs: &Vec<Ref>| refs.iter().any(|r| r.code != Code::unknown());
        let holder = before.chain(behind).map(|x| self.at(x)).find(known)?;
        // "Rebel-held towns in Chad": its rebels.
        let here = self.country_of_place().or_else(|| self.country_of_clause());
        let local = |r: Ref| match here.as_deref().filter(|_| r.inferred.is_some()) {
            Some(country) => Ref { code: Code::of(Some(country), r.code.sector().unwrap_or("")), ..r },
            None => r,
        };
        Some(holder.into_iter().map(local).collect())
    }

    /// What somebody holds: an armed group's stands for the group itself, a state's for the state's property.
    fn held(&self, holder: &[Ref]) -> Vec<Ref> {
        let class = |r: &Ref| if r.class == PartyClass::State { PartyClass::Thing } else { r.class };
        let words = phrase(self.s, self.w);
        let of = |r: &Ref| Ref { words: words.clone(), class: class(r), name: None, row: None, ..r.clone() };
        holder.iter().map(of).collect()
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
}

pub(crate) fn country_of(m: &Seen) -> Option<String> {
    m.refs.iter().find_map(|r| r.code.country().map(str::to_owned))
}

/// The parties of an earlier nominal under the words of this one.
fn rename(m: &Seen, refs: &[Ref], w: usize) -> Vec<Ref> {
    let words = refs.first().map_or(w..w + 1, |x| x.words.clone());
    m.refs.iter().map(|r| Ref { words: words.clone(), inferred: Some("description"), ..r.clone() }).collect()
}
