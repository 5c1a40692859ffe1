//! Persons by name, with the offices and titles that stand beside it.

use std::ops::Range;

use readout_syntax::{NameKind, Tree};

use crate::actors::Actors;
use crate::around::Around;
use crate::mentions::mention_at;
use crate::noun_phrase::NounPhrase;
use crate::party::text;
use crate::{Code, EntityKind, How, Mention, Party, PartyClass, Role, RoleKind};

/// Words of an office that the reader may take for the start of a name ("charge d'affaires").
const LONGEST_FLAT_OFFICE: usize = 3;

impl Actors {
    pub(crate) fn person(&self, around: Around<'_>, np: &NounPhrase, m: &Mention) -> Option<Party> {
        let tree = around.tree;
        let e = &m.entity;
        let how = if m.by == crate::Match::Surname { How::Surname } else { How::Named };
        let words = self.name_words(tree, &m.words);
        let mut party = Party {
            code: e.code.clone(),
            name: Some(e.name.clone()),
            words,
            how,
            class: PartyClass::Person,
            former: e.former,
            row: Some(e.row),
        };
        let office = self.office_before(around, np, m.words.start);
        if let Some((code, role)) = office {
            let past = self.is_past(tree, np.words.start..m.words.start);
            let then =
                (np.words.start..m.words.start).any(|i| self.composition.is("then", &tree.lemma(i).to_lowercase()));
            let other = code.country().is_some() && e.country.as_deref().is_some_and(|c| code.country() != Some(c));
            if other {
                // Another person of that name: office and country beside it are evidence enough.
                party = Party {
                    code,
                    name: Some(text(tree, &m.words)),
                    how: How::Described,
                    former: past,
                    row: None,
                    ..party
                };
            } else if past {
                party.former = true;
            } else if then && !role.sector.is_empty() {
                party.code = e.code.with_sector(&role.sector);
                party.former = false;
            } else if !party.former
                && (e.code.sector() == Some("CVL") && !role.sector.is_empty()
                    || e.code.sector() == Some("MIL") && role.sector == "GOV" && !role.has("head"))
            {
                party.code = e.code.with_sector(&role.sector);
            }
        }
        if party.code.sector() == Some("MIL") {
            party.class = PartyClass::Armed;
        }
        Some(party)
    }

    /// Code and role of the office that stands before a name that starts at word `start`.
    pub(crate) fn office_before(&self, around: Around<'_>, np: &NounPhrase, start: usize) -> Option<(Code, &Role)> {
        let tree = around.tree;
        let (mut at, mut found) = (start, None);
        loop {
            let title = self.title_before(tree, at).map(|(n, _)| (n, self.title_role(tree, at - n..at)));
            let role = self.role_before(tree, at).map(|(n, r)| (n, Some(r)));
            let Some((n, role)) = [role, title].into_iter().flatten().max_by_key(|(n, _)| *n) else { break };
            // The office nearest to the name is his; a rank or a lesser role gives way to one before it.
            let gives_way = found.as_ref().is_none_or(|(_, near): &(Range<usize>, &Role)| near.sector != "GOV");
            found = role.filter(|_| gives_way).map(|r| (at - n..at, r)).or(found);
            at -= n;
        }
        let (range, role) = found?;
        let inner = NounPhrase {
            head: range.end.saturating_sub(1),
            words: np.words.start.min(range.start)..range.end,
            after: Vec::new(),
            appositions: Vec::new(),
        };
        let owner = self.owner(around, &inner, &range, Some(role));
        Some((self.code_of(&owner, role, tree, &inner), role))
    }

    /// Words to show for a name: with honorifics before a full name, with its title before a bare surname.
    pub(crate) fn name_words(&self, tree: &Tree, name: &Range<usize>) -> Range<usize> {
        let bare = name
            .clone()
            .filter(|&i| {
                tree.upos(i) != "PUNCT"
                    && !self.composition.is("particle", &tree.get(i).map_or("", |w| w.form.as_str()).to_lowercase())
            })
            .count()
            <= 1;
        let mut start = name.start;
        while let Some((n, courtesy)) = self.title_before(tree, start) {
            if !bare && !courtesy {
                break;
            }
            start -= n;
        }
        if bare
            && start == name.start
            && let Some((n, role)) = self.role_before(tree, start).filter(|(_, r)| r.has("title"))
            && tree.get(start - 1).is_some_and(|w| w.form.starts_with(char::is_uppercase))
            && role.kind == RoleKind::Person
        {
            start -= n;
        }
        start..name.end
    }

    pub(crate) fn is_past(&self, tree: &Tree, words: Range<usize>) -> bool {
        words.into_iter().any(|i| self.composition.is("past", &tree.lemma(i).to_lowercase()))
    }

    /// "Secretary-General Kofi Annan" read with the office as head and the name flat behind it.
    pub(crate) fn flat_title(&self, around: Around<'_>, np: &NounPhrase) -> Option<Party> {
        let Around { tree, mentions, .. } = around;
        let office = |n: usize| {
            self.role_in(tree, np.head..np.head + n)
                .filter(|r| r.kind == RoleKind::Person && (n == 1 || np.head + n < np.words.end))
        };
        let role = (1..=LONGEST_FLAT_OFFICE).rev().find_map(|n| office(n).map(|_| n));
        let behind = role.or_else(|| self.title_role(tree, np.head..np.head + 1).map(|_| 1))?;
        let first = tree.children_by(np.head, "flat").find(|&c| c >= np.head + behind && tree.upos(c) == "PROPN")?;
        if let Some(m) = mention_at(mentions, first).filter(|m| m.words.start >= np.head) {
            if m.entity.kind != EntityKind::Person {
                return None;
            }
            return self.person(around, np, m);
        }
        let mut start = first;
        while self.title_before(tree, start + 1).is_some_and(|(n, _)| n == 1) && start + 1 < np.words.end {
            start += 1;
        }
        self.person_unlisted(around, np, start..np.words.end.max(start + 1))
    }

    /// A name in no table, with the office before it or in apposition.
    pub(crate) fn unknown_person(&self, around: Around<'_>, np: &NounPhrase) -> Option<Party> {
        let tree = around.tree;
        if tree.upos(np.head) != "PROPN" {
            return None;
        }
        let listed = tree.name_at(np.head);
        if listed.is_some_and(|n| n.kind != NameKind::Person) {
            return None;
        }
        let start = listed.map_or(np.head, |n| n.words.start.max(np.words.start));
        let described = tree.children_by(np.head, "nmod:desc").next().is_some();
        let office = self.role_before(tree, start).is_some() || self.title_before(tree, start).is_some();
        let apposed =
            np.appositions.iter().any(|&a| self.role_of_word(tree, a).is_some_and(|r| r.kind == RoleKind::Person));
        let own_role = self.role_of_word(tree, np.head).is_some() && listed.is_none();
        if own_role || listed.is_none() && !described && !office && !apposed {
            return None;
        }
        let end = listed.map_or(np.words.end, |n| n.words.end.max(np.words.end));
        self.person_unlisted(around, np, start..end)
    }

    pub(crate) fn person_unlisted(&self, around: Around<'_>, np: &NounPhrase, name: Range<usize>) -> Option<Party> {
        let tree = around.tree;
        let past = self.is_past(tree, np.words.start..name.start);
        let before = self.office_before(around, np, name.start).map(|(code, role)| (code, role.has("armed")));
        let beside = || {
            np.appositions.iter().find_map(|&a| {
                let p = self.described(around.deeper(), &NounPhrase::at(tree, a))?;
                Some((p.code, p.class == PartyClass::Armed))
            })
        };
        let (code, armed) = before.or_else(beside).unwrap_or((Code::unknown(), false));
        let code = if past && code.country().is_some() { code.with_sector("CVL") } else { code };
        Some(Party {
            code,
            name: Some(text(tree, &name)),
            words: self.name_words(tree, &name),
            how: How::Described,
            class: if armed && !past { PartyClass::Armed } else { PartyClass::Person },
            former: past,
            row: None,
        })
    }
}
