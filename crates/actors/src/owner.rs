//! Who owns what a noun phrase names: from the names before its head, its complements and its conjuncts.

use std::ops::Range;

use readout_syntax::Tree;

use crate::actors::Actors;
use crate::around::Around;
use crate::mentions::mention_at;
use crate::noun_phrase::NounPhrase;
use crate::{Code, Entity, EntityKind, Mention, PartyClass, Role, RoleKind};

/// A name beside a head: the mention, and whether it owns only where nothing else does.
pub(crate) struct Modifier<'a> {
    pub mention: &'a Mention,
    pub weak: bool,
    pub possessor: bool,
}

/// What modifiers and complements tell.
#[derive(Default)]
pub(crate) struct Owner {
    pub country: Option<String>,
    /// A body, group or company that owns the head, with its code.
    pub body: Option<Entity>,
    /// Sector of a role beside a head that gives way.
    pub sector: Option<String>,
    /// Whether the country is that of a city or region named.
    pub of_town: bool,
    pub end: Option<usize>,
}

impl Actors {
    /// Names before the head that may own it, from left to right; hyphened adjectives are weighed.
    pub(crate) fn modifiers<'a>(&self, tree: &Tree, mentions: &'a [Mention], np: &NounPhrase) -> Vec<Modifier<'a>> {
        let form = |i: usize| tree.get(i).map_or("", |w| w.form.as_str());
        let mut out = Vec::new();
        let first = mentions.partition_point(|m| m.words.start < np.words.start);
        for m in mentions.iter().skip(first).take_while(|m| m.words.end <= np.head) {
            let after = if form(m.words.end) == "-" {
                self.composition.get("after", &form(m.words.end + 1).to_lowercase())
            } else {
                None
            };
            let before = m
                .words
                .start
                .checked_sub(2)
                .filter(|_| form(m.words.start - 1) == "-")
                .is_some_and(|i| self.composition.is("before", &form(i).to_lowercase()));
            let glued =
                m.words.start.checked_sub(1).is_some_and(|i| self.composition.is("before", &form(i).to_lowercase()));
            if after == Some("ignore") || before || glued {
                continue;
            }
            let possessor =
                form(m.words.end).starts_with(['\'', '’']) || (m.words.clone()).any(|i| tree.deprel(i) == "nmod:poss");
            out.push(Modifier { mention: m, weak: after == Some("weak"), possessor });
        }
        out
    }

    /// Who owns the head: from what stands before it, then from its complements, then from the first of its conjuncts.
    pub(crate) fn owner(
        &self,
        around: Around<'_>,
        np: &NounPhrase,
        range: &Range<usize>,
        role: Option<&Role>,
    ) -> Owner {
        let Around { tree, mentions, .. } = around;
        let mut owner = Owner::default();
        let opposite = self.composition.is("opposite", &tree.lemma(np.head).to_lowercase());
        let modifiers: Vec<Modifier<'_>> =
            self.modifiers(tree, mentions, np).into_iter().filter(|m| !(opposite && m.possessor)).collect();
        for weak in [false, true] {
            for m in modifiers.iter().filter(|m| m.weak == weak) {
                let e = &m.mention.entity;
                match e.kind {
                    k if k.is_state() => owner.country = owner.country.take().or_else(|| e.country.clone()),
                    EntityKind::City | EntityKind::Region => {}
                    _ if e.code == Code::unknown() => {}
                    _ => owner.body = owner.body.take().or_else(|| Some(e.clone())),
                }
            }
            let city = || modifiers.iter().filter(|m| m.weak == weak).find_map(|m| m.mention.entity.country.clone());
            if owner.country.is_none() {
                owner.country = city();
                owner.of_town = owner.country.is_some();
            }
        }
        self.sector_beside(tree, mentions, np, range, &mut owner);
        if !opposite {
            self.ask_complements(around, np, range, role, &mut owner);
        }
        if owner.country.is_none() && owner.body.is_none() {
            owner.country = self.country_of_conjunct(tree, mentions, np);
        }
        if owner.country.is_none() && owner.body.is_none() && role.is_some_and(|r| r.kind != RoleKind::Thing) {
            self.ask_where_aboard(around, np, &mut owner);
        }
        // A man's own people ("X's lawyers") are his; other things beside a man's name are his country's.
        let his = |b: &Entity| {
            b.kind == EntityKind::Person && role.is_some_and(|r| r.has("weak")) && b.country == owner.country
        };
        if owner.country.is_some()
            && owner.body.as_ref().is_some_and(|b| {
                b.kind == EntityKind::Person && !his(b) || b.code.country().is_none() && !b.code.is_body()
            })
        {
            owner.body = None;
        }
        owner
    }

    /// Sector of the role nearest before the head's own ("army spokesman", "rebel commander").
    fn sector_beside(
        &self,
        tree: &Tree,
        mentions: &[Mention],
        np: &NounPhrase,
        range: &Range<usize>,
        owner: &mut Owner,
    ) {
        // "States" in "United States forces" is no role.
        let in_name = |r: &Range<usize>| r.clone().all(|i| mention_at(mentions, i).is_some_and(|m| m.words.len() > 1));
        for end in (np.words.start + 1..=range.start).rev() {
            for start in np.words.start..end {
                let role = self.role_in(tree, start..end).filter(|r| !r.sector.is_empty());
                if let Some(r) = role.filter(|_| !in_name(&(start..end))) {
                    owner.sector = Some(r.sector.clone());
                    return;
                }
            }
        }
    }

    fn ask_complements(
        &self,
        around: Around<'_>,
        np: &NounPhrase,
        range: &Range<usize>,
        role: Option<&Role>,
        owner: &mut Owner,
    ) {
        let Around { tree, mentions, .. } = around;
        let weak = role.is_some_and(|r| r.has("weak") || r.has("spokesman"));
        let belongs = weak || role.is_some_and(|r| r.has("title") || r.has("armed") || r.has("head"));
        for (prep, c) in &np.after {
            let Some(p) = self.resolve(around.deeper(), *c) else { continue };
            let of = self.composition.is("of", prep);
            // Diplomats and reporters are not of the place they are in.
            let abroad = || self.composition.is("abroad", &tree.lemma(np.head).to_lowercase());
            let near = self.composition.is("in", prep) && !abroad();
            let represents =
                weak && matches!(
                    p.class,
                    PartyClass::Body | PartyClass::Armed | PartyClass::Group | PartyClass::State | PartyClass::Medium
                ) && !self.composition.is("against", prep)
                    && (of || near || prep == "for" || prep == "with");
            if p.row.is_some()
                && owner.body.is_none()
                && (represents || of && belongs)
                && !matches!(p.class, PartyClass::State | PartyClass::Territory | PartyClass::Person)
            {
                owner.body =
                    p.row.and_then(|row| mentions.iter().find(|m| m.entity.row == row)).map(|m| m.entity.clone());
                owner.end = Some(p.words.end);
                if let Some(b) = &mut owner.body {
                    b.code = p.code.clone();
                }
                return;
            }
            if weak
                && owner.sector.is_none()
                && (of || represents)
                && !matches!(p.class, PartyClass::State | PartyClass::Territory)
            {
                owner.sector = p.code.sector().map(str::to_owned);
                owner.end = Some(p.words.end);
            }
            // "The head of an allied government" is named wholly, though no country is told.
            if of
                && belongs
                && owner.end.is_none()
                && p.code.country().is_none()
                && matches!(p.class, PartyClass::State | PartyClass::Body | PartyClass::Group | PartyClass::Armed)
            {
                owner.end = Some(p.words.end);
            }
            let sector = role.map_or("", |r| r.sector.as_str());
            let local = near && self.composition.is("local", &sector.to_ascii_lowercase());
            let direct = matches!(p.class, PartyClass::State | PartyClass::Territory);
            let thing = (role.is_none() && direct || role.is_some_and(|r| r.kind == RoleKind::Thing)) && (of || near);
            let posted = near && role.is_some_and(|r| r.kind != RoleKind::Group && !r.has("armed"));
            let spoken = weak && (represents && !near || posted);
            if owner.country.is_none()
                && (of || local || thing || spoken)
                && !range.contains(c)
                && let Some(country) = p.code.country()
            {
                owner.country = Some(country.to_owned());
                owner.of_town = p.class != PartyClass::State && p.class != PartyClass::People;
                owner.end = Some(p.words.end);
            }
        }
    }

    /// "Forces on the Libyan platform": the country of the craft that someone is on, where nothing else tells.
    fn ask_where_aboard(&self, around: Around<'_>, np: &NounPhrase, owner: &mut Owner) {
        let tree = around.tree;
        // The reader may hang it on the verb ("fired on forces on the platform").
        let beside = tree.head(np.head).filter(|_| tree.rel(np.head) != "nsubj").into_iter().flat_map(|h| {
            tree.children(h).iter().copied().filter(|&c| tree.child(c, "case") == Some(np.words.end)).take(1)
        });
        let complements = np.after.iter().map(|(_, c)| *c).chain(beside);
        let on = |c: &usize| {
            self.composition.is("craft", &tree.lemma(*c).to_lowercase())
                && tree.child(*c, "case").is_some_and(|k| k < *c && matches!(tree.lemma(k), "on" | "aboard"))
        };
        let Some(p) = complements.filter(on).find_map(|c| self.resolve(around.deeper(), c)) else {
            return;
        };
        if let Some(country) = p.code.country().filter(|_| p.class == PartyClass::Thing) {
            owner.country = Some(country.to_owned());
            owner.end = Some(p.words.end);
        }
    }

    /// "The Syrian government and nation": the country of the first conjunct, for one without its own determiner.
    fn country_of_conjunct(&self, tree: &Tree, mentions: &[Mention], np: &NounPhrase) -> Option<String> {
        if tree.rel(np.head) != "conj"
            || tree.children_by(np.head, "det").next().is_some()
            || tree.children_by(np.head, "nmod:poss").next().is_some()
        {
            return None;
        }
        let first = NounPhrase::at(tree, tree.head(np.head)?);
        let states = self.modifiers(tree, mentions, &first);
        states
            .iter()
            .find(|m| m.mention.entity.kind.is_state() && !m.weak)
            .and_then(|m| m.mention.entity.country.clone())
    }
}
