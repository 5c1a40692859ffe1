//! Descriptions: a role or a thing with its owner, parts of a whole, organisations in no table.

use std::ops::Range;

use readout_syntax::{NameKind, Tree};

use crate::actors::Actors;
use crate::around::Around;
use crate::mentions::mention_at;
use crate::noun_phrase::{NounPhrase, is_plural};
use crate::owner::Owner;
use crate::party::text;
use crate::{Code, EntityKind, How, Mention, Party, PartyClass, Role, RoleKind};

impl Actors {
    /// Sector that a modifier before word `end` puts in the place of the head's ("opposition Labour Party").
    pub(crate) fn overrides(&self, tree: &Tree, np: &NounPhrase, end: usize) -> Option<String> {
        (np.words.start..end)
            .find_map(|i| self.composition.get("override", &tree.lemma(i).to_lowercase()).map(str::to_owned))
    }

    /// "Dozens of rebels", "members of the council": what stands behind "of".
    pub(crate) fn partitive(&self, around: Around<'_>, np: &NounPhrase) -> Option<Party> {
        let tree = around.tree;
        let lemma = tree.lemma(np.head).to_lowercase();
        let quantity = matches!(tree.upos(np.head), "NUM" | "DET" | "PRON");
        if !quantity && !self.composition.is("partitive", &lemma) {
            return None;
        }
        let of = np.after.iter().find(|(p, _)| p == "of").map(|(_, c)| *c)?;
        let inner = self.resolve(around.deeper(), of)?;
        let class = match inner.class {
            PartyClass::State | PartyClass::Body | PartyClass::Territory | PartyClass::Group if !quantity => {
                PartyClass::Person
            }
            c => c,
        };
        // "Supporters of Baghdad" are others than Baghdad.
        let beside = self.composition.is("opposite", &lemma) && inner.class == PartyClass::State;
        let whole_sector = if beside { Code::unknown() } else { inner.code.clone() };
        Some(Party {
            code: self.override_code(tree, np, whole_sector),
            name: None,
            words: np.words.start..inner.words.end.max(np.words.end),
            how: How::Described,
            class,
            row: None,
            ..inner
        })
    }

    pub(crate) fn override_code(&self, tree: &Tree, np: &NounPhrase, code: Code) -> Code {
        self.overrides(tree, np, np.head).map_or(code.clone(), |s| code.with_sector(&s))
    }

    /// A description: role and owner.
    pub(crate) fn described(&self, around: Around<'_>, np: &NounPhrase) -> Option<Party> {
        let Around { tree, mentions, day, .. } = around;
        let head = np.head;
        if tree.upos(head) == "PROPN" && self.inside_foreign_name(tree, mentions, head) {
            return self.unlisted_organisation(tree, np);
        }
        // "Michigan General" and "Minnesota Power" are companies.
        let company =
            |r: &Role| r.kind == RoleKind::Person && r.sector == "MIL" || self.composition.is("state", &r.noun);
        let in_name = tree.upos(head) == "PROPN"
            && tree.name_at(head).is_some_and(|n| {
                let state = |i: usize| mention_at(mentions, i).is_some_and(|m| m.entity.kind.is_state());
                n.kind == NameKind::Organisation && n.words.len() > 1 && !n.words.clone().any(state)
            });
        let found =
            self.role_around(tree, &np.words, head).filter(|(r, role)| !(in_name && r.len() == 1 && company(role)));
        if let Some(p) = self.points_back(tree, mentions, np) {
            return p;
        }
        let (range, role) = match found {
            Some((r, role)) => (r, Some(role)),
            None => (head..head + 1, None),
        };
        let owner = self.owner(around, np, &range, role);
        let end = np.words.end.max(range.end).max(owner.end.unwrap_or(0));
        let words = np.words.start.min(range.start)..end;
        let Some(role) = role else {
            return self.plain_thing(tree, np, &owner, words);
        };
        if role.kind == RoleKind::Thing
            && let Some(p) = self.installation(around, np, &owner)
        {
            return Some(p);
        }
        let past = self.is_past(tree, np.words.start..head) && role.kind == RoleKind::Person;
        if let Some(p) = self.of_company(around, np, role) {
            return Some(Party { words, former: past, ..p });
        }
        let code = self.code_of(&owner, role, tree, np);
        let code = if past && code.country().is_some() && code.sector() == Some("GOV") {
            code.with_sector("CVL")
        } else {
            code
        };
        let manned = role.kind == RoleKind::Thing
            && role.sector == "MIL"
            && std::iter::once(role.noun.as_str())
                .chain(role.noun.rsplit(' ').next())
                .any(|n| self.composition.is("craft", n));
        // Warships and warplanes act and suffer as their crews do; other weapons are things.
        let code = if manned { Code::of(owner.country.as_deref(), "MIL") } else { code };
        let class = if manned { PartyClass::Armed } else { class_of(role, &code) };
        let mut party = Party { code, name: None, words, how: How::Described, class, former: past, row: None };
        let of_state = !owner.of_town && owner.body.as_ref().is_none_or(|b| b.code.is_body());
        if of_state && !past && role.kind == RoleKind::Person && !is_plural(tree, head) && !indefinite(tree, np) {
            let base = party
                .code
                .country()
                .map(str::to_owned)
                .or_else(|| party.code.is_body().then(|| party.code.to_string()));
            if let Some(p) = base.zip(day).and_then(|(b, d)| self.holder(&b, &role.noun, d)) {
                party.name = Some(p.name.clone());
                party.how = How::Inferred;
            }
        }
        Some(party)
    }

    /// "The president of Foo Inc", "a division of Foo Corp": a role that is a state's by itself, in a company.
    fn of_company(&self, around: Around<'_>, np: &NounPhrase, role: &Role) -> Option<Party> {
        let unit = role.sector == "MIL" && matches!(role.kind, RoleKind::Group | RoleKind::Body);
        if !(unit || role.sector == "GOV" && role.kind == RoleKind::Person) {
            return None;
        }
        let of = np
            .after
            .iter()
            .find(|(p, _)| p == "of" || p == "at")
            .and_then(|(_, c)| self.resolve(around.deeper(), *c))?;
        let class = if unit { PartyClass::Group } else { PartyClass::Person };
        (of.code.sector() == Some("BUS") && of.class == PartyClass::Group).then_some(Party {
            name: None,
            how: How::Described,
            class,
            row: None,
            ..of
        })
    }

    /// What an armed unit holds is that unit: "the headquarters of two brigades", "army posts".
    fn installation(&self, around: Around<'_>, np: &NounPhrase, owner: &Owner) -> Option<Party> {
        let tree = around.tree;
        if !self.composition.is("installation", &tree.lemma(np.head).to_lowercase()) {
            return None;
        }
        let armed = |p: &Party| p.class == PartyClass::Armed && matches!(p.code.sector(), Some("MIL" | "REB"));
        let of = np.after.iter().filter(|(p, _)| p == "of").find_map(|(_, c)| self.resolve(around.deeper(), *c));
        if let Some(unit) = of.filter(armed) {
            return Some(unit);
        }
        let body = owner.body.as_ref().map(|b| b.code.clone()).filter(|c| matches!(c.sector(), Some("MIL" | "REB")));
        let sector = owner.sector.as_deref().filter(|s| matches!(*s, "MIL" | "REB"));
        let code = body.or_else(|| Some(Code::of(owner.country.as_deref(), sector?)))?;
        Some(Party {
            code,
            name: None,
            words: np.words.clone(),
            how: How::Described,
            class: PartyClass::Armed,
            former: false,
            row: None,
        })
    }

    /// Phrases that name no one by themselves: `Some(None)` for "both countries", states unnamed for "Gulf states".
    pub(crate) fn points_back(&self, tree: &Tree, mentions: &[Mention], np: &NounPhrase) -> Option<Option<Party>> {
        let lemma = tree.lemma(np.head).to_lowercase();
        if !self.composition.is("state", &lemma) {
            return None;
        }
        let counted = np
            .words
            .clone()
            .chain(tree.children(np.head).iter().copied())
            .any(|i| i != np.head && self.composition.is("count", &tree.lemma(i).to_lowercase()));
        let named = np.words.clone().any(|i| mention_at(mentions, i).is_some());
        (counted && !named).then_some(None)
    }

    /// A common noun that is no role: a thing of its owner's.
    pub(crate) fn plain_thing(
        &self,
        tree: &Tree,
        np: &NounPhrase,
        owner: &Owner,
        words: Range<usize>,
    ) -> Option<Party> {
        if tree.upos(np.head) == "PROPN" {
            return self.unlisted_organisation(tree, np);
        }
        if tree.upos(np.head) != "NOUN" {
            return None;
        }
        if let Some(sector) = self.by_suffix(&tree.lemma(np.head).to_lowercase()) {
            let code = Code::of(owner.country.as_deref(), sector);
            return Some(Party {
                code,
                name: None,
                words,
                how: How::Described,
                class: PartyClass::People,
                former: false,
                row: None,
            });
        }
        let code = match (&owner.body, &owner.country) {
            (Some(b), _) if b.kind == EntityKind::Group || b.code.is_body() => b.code.clone(),
            (Some(b), _) => Code::of(b.country.as_deref(), ""),
            (None, Some(c)) => Code::of(Some(c), ""),
            (None, None) => return None,
        };
        Some(Party { code, name: None, words, how: How::Described, class: PartyClass::Thing, former: false, row: None })
    }

    /// Sector of nouns in no table whose ending makes them persons ("-ologist").
    pub(crate) fn by_suffix(&self, noun: &str) -> Option<&str> {
        // Endings of three to seven letters, behind at least three others.
        (3..=7)
            .rev()
            .filter_map(|n| noun.len().checked_sub(n).filter(|k| *k >= 3))
            .find_map(|k| self.composition.get("suffix", noun.get(k..)?))
    }

    /// Whether word `i` lies in a longer name of an organisation whose head is no role.
    pub(crate) fn inside_foreign_name(&self, tree: &Tree, mentions: &[Mention], i: usize) -> bool {
        let Some(name) = tree.name_at(i).filter(|n| n.kind == NameKind::Organisation && n.words.len() > 1) else {
            return false;
        };
        self.role_around(tree, &name.words, i).is_none() && mention_at(mentions, i).is_none()
    }

    /// An organisation in no table, by the last word of its name that tells what it is.
    pub(crate) fn unlisted_organisation(&self, tree: &Tree, np: &NounPhrase) -> Option<Party> {
        let name = tree.name_at(np.head).filter(|n| n.kind == NameKind::Organisation)?;
        let word = |i: usize| tree.get(i).map_or(String::new(), |w| w.form.trim_end_matches('.').to_lowercase());
        let sector = name.words.clone().rev().find_map(|i| self.composition.get("orghead", &word(i)))?;
        let words = name.words.start.max(np.words.start)..name.words.end;
        let class = match sector {
            "MIL" | "REB" => PartyClass::Armed,
            "GOV" | "LEG" | "JUD" => PartyClass::Body,
            "MED" => PartyClass::Medium,
            _ => PartyClass::Group,
        };
        let code = Code::of(None, sector);
        Some(Party {
            code,
            name: Some(text(tree, &words)),
            words,
            how: How::Described,
            class,
            former: false,
            row: None,
        })
    }

    /// Code of a role with its owner.
    pub(crate) fn code_of(&self, owner: &Owner, role: &Role, tree: &Tree, np: &NounPhrase) -> Code {
        let sector =
            self.overrides(tree, np, np.head + 1).filter(|_| !role.sector.is_empty() && role.kind != RoleKind::Thing);
        let weak = role.has("weak");
        let own = if weak { owner.sector.as_deref().unwrap_or(&role.sector) } else { &role.sector };
        let sector = sector.as_deref().unwrap_or(own);
        match &owner.body {
            Some(b) if b.code.is_body() => b.code.clone(),
            Some(b) if role.kind == RoleKind::Thing => {
                if b.kind == EntityKind::Group {
                    b.code.clone()
                } else {
                    Code::of(b.country.as_deref(), sector)
                }
            }
            Some(b) if b.kind == EntityKind::PoliticalParty && role.sector == "GOV" && !weak => {
                b.code.with_sector("GOV")
            }
            Some(b)
                if b.kind == EntityKind::Body
                    && !weak
                    && matches!(role.sector.as_str(), "MIL" | "COP" | "JUD" | "LEG" | "BUS" | "CVL") =>
            {
                b.code.with_sector(sector)
            }
            // Who speaks or acts for a person stands on that person's side.
            Some(b) if b.kind == EntityKind::Person && weak => b.code.clone(),
            Some(b) if b.kind == EntityKind::Person => Code::of(b.country.as_deref(), sector),
            Some(b) => b.code.clone(),
            None if role.kind == RoleKind::Thing && owner.country.is_none() => Code::unknown(),
            None => Code::of(owner.country.as_deref(), sector),
        }
    }
}

fn class_of(role: &Role, code: &Code) -> PartyClass {
    match role.kind {
        RoleKind::Thing => PartyClass::Thing,
        _ if role.has("armed") || matches!(code.sector(), Some("MIL" | "REB")) => PartyClass::Armed,
        RoleKind::Person if role.sector == "CVL" && !role.has("title") => PartyClass::People,
        RoleKind::Person => PartyClass::Person,
        RoleKind::Group if role.sector == "CVL" => PartyClass::People,
        RoleKind::Group if role.sector == "GOV" => PartyClass::State,
        RoleKind::Group => PartyClass::Group,
        RoleKind::Body | RoleKind::Office if role.sector == "MED" => PartyClass::Medium,
        RoleKind::Body if role.sector == "BUS" || role.sector == "PTY" => PartyClass::Group,
        RoleKind::Body | RoleKind::Office => PartyClass::Body,
    }
}

fn indefinite(tree: &Tree, np: &NounPhrase) -> bool {
    np.words.clone().any(|i| {
        tree.rel(i) == "det"
            && matches!(tree.lemma(i).to_lowercase().as_str(), "a" | "an" | "another" | "any" | "each" | "every" | "no")
    })
}
