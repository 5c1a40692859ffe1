//! Where an act happened: the phrase that tells it, found by the tree, and where that lies.

use readout_actors::{EntityKind, Mention, PartyClass};
use readout_syntax::NameKind;

use crate::Place;
use crate::arguments::{patient, preposition, with_conjuncts};
use crate::scene::{Scene, Sentence};
use crate::surroundings::Beside;
use crate::time::{Phrase, parted};

/// Prepositions that tell where, and whether they stay in the phrase.
const WHERE: [(&str, bool); 21] = [
    ("in", false),
    ("at", false),
    ("on", false),
    ("to", false),
    ("into", false),
    ("onto", false),
    ("over", false),
    ("within", false),
    ("near", true),
    ("outside", true),
    ("inside", true),
    ("around", true),
    ("across", true),
    ("along", true),
    ("off", true),
    ("throughout", true),
    ("between", true),
    ("close to", true),
    ("outside of", true),
    ("next to", true),
    ("just outside", true),
];

/// Prepositions that go on within a phrase of place ("the town of X in Y").
const WITHIN: [&str; 12] =
    ["", "of", "in", "at", "on", "near", "off", "between", "along", "around", "outside", "north of"];

/// Phrases within phrases are followed this deep.
const DEEPEST: usize = 4;

/// What a place is sought for.
pub(crate) struct Sought<'x> {
    /// The act's word and its operators.
    pub words: &'x [usize],
    /// All words of its trigger.
    pub trigger: &'x [usize],
    /// Heads of its sides: whom it reaches is not where it happens.
    pub sides: &'x [usize],
    /// Verbs of saying, whose place is not that of the act.
    pub cues: &'x [usize],
    /// The sentence's phrases of time.
    pub times: &'x [Phrase],
    /// Whether it is done rather than said (quad classes 2 and 4): its objects tell where it happens.
    pub material: bool,
    /// Whether it is force used on what it is done to.
    pub force: bool,
}

/// The place of an act: of a phrase on one of its words, then on the verb that governs it, then on what it is done to,
/// then on the verb it is coordinated with.
pub(crate) fn of(scene: &Scene, s: &Sentence, sought: &Sought) -> Option<Place> {
    let finder = Finder { scene, s, sought };
    let word = *sought.words.first()?;
    let verbal = |i: usize| s.tree.upos(i) == "VERB";
    let governor = s
        .tree
        .head(word)
        .filter(|g| !verbal(word) && matches!(s.tree.rel(word), "obj" | "nsubj" | "obl") && !sought.cues.contains(g));
    let found = sought.words.iter().copied().chain(governor).find_map(|w| finder.on(w, 0));
    let object = || sought.material.then(|| finder.on_objects(word)).flatten();
    let modifier = || finder.before(word);
    let shared = || sought.words.iter().find_map(|&w| finder.shared(w));
    let (head, keep) = found.or_else(object).or_else(modifier).or_else(shared)?;
    Some(finder.place(head, keep))
}

/// A head of a phrase of place, and whether its preposition stays.
type Head = (usize, bool);

struct Finder<'x, 'a> {
    scene: &'x Scene<'a>,
    s: &'x Sentence<'a>,
    sought: &'x Sought<'x>,
}

impl Finder<'_, '_> {
    /// How a nominal tells where: by its preposition.
    fn told(&self, w: usize) -> Option<bool> {
        let p = preposition(self.s.tree, w);
        WHERE.iter().find(|(word, _)| *word == p).map(|(_, keep)| *keep)
    }

    fn class(&self, class: &str, w: usize) -> bool {
        self.scene.codebook.class_has(class, &self.s.tree.lemma(w).to_lowercase())
    }

    /// Whether word `w` is the last of a place's name, or stands for a territory.
    fn named(&self, w: usize) -> bool {
        let place = |m: &Mention| m.words.contains(&w) && m.entity.kind.is_place();
        let territory = || self.scene.parties_at(self.s, w).iter().any(|r| r.class == PartyClass::Territory);
        let unknown = || {
            let name = self.s.tree.name_at(w).filter(|n| n.kind == NameKind::Place && n.words.end == w + 1);
            name.is_some() && self.s.mentions.iter().all(|m| !m.words.contains(&w))
        };
        self.s.mentions.iter().any(place) || unknown() || territory() && !self.class("hostile", w)
    }

    /// Whether word `w` names a town or region rather than a state.
    fn town(&self, w: usize) -> bool {
        let kind = |k: EntityKind| matches!(k, EntityKind::City | EntityKind::Region);
        self.s.mentions.iter().any(|m| m.words.end == w + 1 && kind(m.entity.kind))
    }

    /// Whether a state is reached rather than a place ("a letter to Oman", "talks between Oman and Chad").
    fn party(&self, w: usize) -> bool {
        let state = |m: &Mention| m.words.contains(&w) && m.entity.kind == EntityKind::Country;
        matches!(preposition(self.s.tree, w).as_str(), "to" | "between" | "on") && self.s.mentions.iter().any(state)
    }

    /// A noun for a place ("a checkpoint", "villages"), said of one in particular.
    fn site(&self, w: usize) -> bool {
        let tree = self.s.tree;
        let plural = tree.get(w).is_some_and(|x| &*x.xpos == "NNS");
        let shaped = |c: &usize| matches!(tree.rel(*c), "det" | "amod" | "nummod" | "nmod" | "compound");
        tree.upos(w) == "NOUN" && self.class("whereabouts", w) && (plural || tree.children(w).iter().any(shaped))
    }

    fn in_time(&self, w: usize) -> bool {
        self.sought.times.iter().any(|p| p.words.contains(&w))
    }

    /// The phrase of place on word `anchor`, or within a phrase on it ("said in a meeting with X in Tehran").
    fn on(&self, anchor: usize, depth: usize) -> Option<Head> {
        let tree = self.s.tree;
        let adjuncts: Vec<usize> = tree
            .children(anchor)
            .iter()
            .copied()
            .filter(|&c| matches!(tree.rel(c), "obl" | "nmod" | "advmod"))
            .filter(|c| !self.sought.trigger.contains(c) && !self.in_time(*c))
            .filter(|&c| !parted(tree, anchor, c, self.sought.cues))
            .collect();
        let side = |c: usize| self.sought.sides.contains(&c);
        let bearing = |c: &usize| {
            (self.class("bearings", *c) && tree.rel(*c) != "amod")
                .then(|| {
                    tree.children(*c)
                        .iter()
                        .copied()
                        .any(|n| preposition(tree, n) == "of" && (self.named(n) || self.site(n)))
                })
                .is_some_and(|x| x)
        };
        if let Some(&c) = adjuncts.iter().find(|c| bearing(c)) {
            return Some((c, true));
        }
        let direct = adjuncts.iter().copied().filter(|&c| self.told(c).is_some());
        let direct = direct.filter(|&c| (!side(c) || self.town(c)) && !self.party(c));
        for c in direct.clone().filter(|&c| self.named(c)).chain(direct.clone()) {
            let keep = self.told(c)?;
            let of_place = || tree.children(c).iter().any(|&n| self.named(n) && preposition(tree, n) == "of");
            let thing = tree.upos(c) != "PRON" && !self.class("hostile", c);
            if self.named(c) || self.site(c) || thing && of_place() && !self.class("meetings", c) {
                return Some((c, keep));
            }
        }
        if depth >= DEEPEST {
            return None;
        }
        // "In a meeting in Tehran", "during talks with X in Oslo".
        let event = |c: usize| matches!(preposition(tree, c).as_str(), "in" | "at" | "on" | "during" | "after" | "for");
        // The parse hangs the place on whom one meets or who does it.
        let partner = |c: usize| matches!(preposition(tree, c).as_str(), "with" | "by" | "between" | "of");
        let open = |c: &&usize| {
            event(**c) && !side(**c) || partner(**c) && tree.upos(**c) != "PROPN" || partner(**c) && depth == 0
        };
        adjuncts.iter().filter(open).find_map(|&c| self.on(c, depth + 1))
    }

    /// A place in what an act is done to ("killed two soldiers in Mali"), or that itself ("took the town").
    fn on_objects(&self, word: usize) -> Option<Head> {
        let tree = self.s.tree;
        let object = if tree.upos(word) == "VERB" { patient(tree, word) } else { None };
        let objects: Vec<usize> = object.into_iter().flat_map(|o| with_conjuncts(tree, o)).collect();
        let reached = || {
            let of_noun = self.sought.sides.iter().copied().filter(|&w| {
                matches!(preposition(tree, w).as_str(), "on" | "of" | "against") && tree.head(w) == Some(word)
            });
            objects.iter().copied().chain(of_noun).find(|&w| self.town(w) || self.class("areas", w))
        };
        let within = objects.iter().find_map(|&o| self.on(o, 1).filter(|(h, _)| self.named(*h) || self.site(*h)));
        within.or_else(|| reached().filter(|_| self.sought.force).map(|w| (w, false)))
    }

    /// A town's name before a noun ("the Oslo talks", "a Karachi bombing").
    fn before(&self, word: usize) -> Option<Head> {
        let tree = self.s.tree;
        let town = |w: usize| {
            let kind = |k: EntityKind| matches!(k, EntityKind::City | EntityKind::Capital);
            self.s.mentions.iter().any(|m| m.words.contains(&w) && kind(m.entity.kind))
        };
        let modifier =
            |c: &usize| *c < word && matches!(tree.rel(*c), "compound" | "nmod") && tree.deprel(*c) != "nmod:poss";
        let free = |c: &usize| !self.sought.sides.contains(c) && town(*c);
        tree.children(word).iter().copied().filter(modifier).find(free).map(|c| (c, false))
    }

    /// Coordinated verbs share the place told with the first; a participle shares that of its verb.
    fn shared(&self, w: usize) -> Option<Head> {
        let tree = self.s.tree;
        let beside = match tree.rel(w) {
            "conj" => tree.child(w, "nsubj").is_none(),
            "advcl" => tree.get(w).is_some_and(|x| &*x.xpos == "VBG") && tree.child(w, "mark").is_none(),
            _ => false,
        };
        let head = tree.head(w).filter(|h| beside && tree.upos(w) == tree.upos(*h) && !self.sought.cues.contains(h))?;
        self.on(head, 0)
    }

    fn place(&self, head: usize, keep: bool) -> Place {
        let words = self.extent(head, keep);
        let (text, span) = self.scene.text(self.s, words.clone());
        let mut inside: Vec<&Mention> =
            self.s.mentions.iter().filter(|m| m.words.start >= words.start && m.words.end <= words.end).collect();
        inside.sort_by_key(|m| m.words.start);
        let mut place = Place { text, span, coordinates: None, country: None, admin1: None };
        self.locate(&mut place, head, &inside);
        place
    }

    /// The words of a phrase of place: what hangs on its head and touches it, without clauses and what else it has.
    fn extent(&self, head: usize, keep: bool) -> std::ops::Range<usize> {
        let tree = self.s.tree;
        let between = preposition(tree, head) == "between";
        let cut = |c: usize| match tree.rel(c) {
            "case" => !keep && tree.head(c) == Some(head),
            "conj" | "cc" if between => false,
            "obl" if preposition(tree, c) == "of" => false,
            "conj" | "acl" | "advcl" | "parataxis" | "cc" | "obl" if c > head => true,
            "nmod" | "appos" | "dep" if c > head => {
                self.in_time(c)
                    || self.sought.sides.contains(&c) && preposition(tree, c) != "of"
                    || !WITHIN.contains(&preposition(tree, c).as_str())
            }
            _ => self.in_time(c),
        };
        let mut inside = vec![head];
        let mut at = 0;
        while let Some(&w) = inside.get(at) {
            inside.extend(tree.children(w).iter().copied().filter(|&c| !(cut(c) && (w == head || c > head))));
            at += 1;
        }
        let mut first = head;
        while first > 0 && inside.contains(&(first - 1)) {
            first -= 1;
        }
        let mut last = head;
        while inside.contains(&(last + 1)) {
            last += 1;
        }
        let mark = |w: usize| matches!(tree.upos(w), "PUNCT" | "ADP" | "CCONJ") && w != head;
        while last > head && mark(last) {
            last -= 1;
        }
        while first < head && tree.upos(first) == "PUNCT" {
            first += 1;
        }
        first..last + 1
    }

    /// Coordinates, country and division of the most exact place that a phrase names.
    fn locate(&self, place: &mut Place, head: usize, inside: &[&Mention]) {
        let scene = self.scene;
        let of_kind = |kinds: &[EntityKind]| inside.iter().copied().find(|m| kinds.contains(&m.entity.kind));
        let town = of_kind(&[EntityKind::City, EntityKind::Capital]);
        let main = town.or_else(|| of_kind(&[EntityKind::Region])).or_else(|| of_kind(&[EntityKind::Country]));
        let others = || inside.iter().filter(|m| main.is_none_or(|x| x.words != m.words));
        let codes = |kind: EntityKind| {
            others().filter(move |m| m.entity.kind == kind).filter_map(|m| m.entity.country.clone()).collect::<Vec<_>>()
        };
        // Embassies and borders lie in, or on, another country than that which they are called by.
        let elsewhere = self.class("elsewhere", head);
        let adjective = codes(EntityKind::Adjective);
        let Some(main) = main else {
            let party = scene.parties_at(self.s, head).iter().find_map(|r| r.code.country());
            place.country = adjective.into_iter().next().or_else(|| party.map(str::to_owned)).filter(|_| !elsewhere);
            return;
        };
        if main.entity.kind == EntityKind::Country {
            place.country = main.entity.country.clone().filter(|_| !elsewhere);
            let whole = main.words.contains(&head);
            place.coordinates = place.country.as_deref().filter(|_| whole).and_then(|c| scene.actors.middle_of(c));
            return;
        }
        let mut beside = Beside { countries: codes(EntityKind::Country), adjectives: adjective, ..Beside::default() };
        let regions = others().filter(|m| m.entity.kind == EntityKind::Region);
        for m in regions.filter(|m| m.entity.country.is_some()) {
            beside.regions.push(m.entity.name.clone());
            beside.countries.extend(m.entity.country.clone());
        }
        if main.entity.kind == EntityKind::Capital {
            beside.adjectives.extend(main.entity.country.clone());
        }
        let written = scene.text(self.s, main.words.clone()).0;
        let surroundings = scene.surroundings();
        let named = [written.as_str(), main.entity.name.as_str()];
        let row = named.iter().find_map(|name| surroundings.choose(scene.actors, name, &beside));
        let filled = |x: &str| Some(x.to_owned()).filter(|x| !x.is_empty());
        match row {
            Some(row) => {
                place.coordinates = Some((row.lat, row.lon));
                place.country = filled(&row.iso3);
                place.admin1 = filled(&row.admin1);
            }
            None => {
                let told = beside.countries.into_iter().next();
                place.country = told.or_else(|| main.entity.country.clone());
            }
        }
    }
}
