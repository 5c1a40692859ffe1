//! A document laid out for coding: its sentences with their trees and names, its quotations, its parties.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use jiff::civil::Date;
use readout_actors::{Actors, Code, Entity, EntityKind, How, Match, Mention, Party, PartyClass, RowId};
use readout_codebook::{Codebook, Scope};
use readout_syntax::Tree;
use readout_text::{Document, Span};

use crate::quotation;
use crate::register::{self, Register};
use crate::surroundings::Surroundings;

/// One sentence, with what the stages before found in it.
pub(crate) struct Sentence<'a> {
    /// Its index in the document.
    pub index: usize,
    /// Its tree.
    pub tree: &'a Tree,
    /// Names of the tables in it.
    pub mentions: Vec<Mention>,
    /// For each word, whether it stands within quotation marks.
    pub quoted: Vec<bool>,
}

/// A party as the document has it, coreference resolved.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Ref {
    pub words: Range<usize>,
    pub name: Option<String>,
    pub code: Code,
    pub class: PartyClass,
    pub row: Option<RowId>,
    pub inferred: Option<&'static str>,
}

impl From<Party> for Ref {
    fn from(p: Party) -> Ref {
        let inferred = (p.how == How::Inferred).then_some("office");
        Ref { words: p.words, name: p.name, code: p.code, class: p.class, row: p.row, inferred }
    }
}

/// What coding a document needs to look at.
pub(crate) struct Scene<'a> {
    pub document: &'a Document,
    pub actors: &'a Actors,
    pub codebook: &'a Codebook,
    /// Cues of a wider scope are passed over.
    pub scope: Scope,
    pub day: Option<Date>,
    pub sentences: Vec<Sentence<'a>>,
    /// The country that the report is from or mostly about.
    pub home: Option<String>,
    /// Whether another country is named nearly as often.
    pub rival: bool,
    /// How often each country is named.
    pub countries: BTreeMap<String, usize>,
    /// Countries whose armed forces the document tells of.
    pub armies: BTreeSet<String>,
    /// What kind of text it is.
    pub register: Register,
    /// Parties of nominals by (sentence, word), filled by [`crate::coreference`].
    pub parties: HashMap<(usize, usize), Vec<Ref>>,
    /// Where the report plays, told when a place is first looked up.
    surroundings: OnceCell<Surroundings>,
}

/// A bare surname is that of the person whom the document named in full before, not of another in office; a day's or
/// month's name is no surname.
fn introduce(sentences: &mut [Sentence]) {
    let mut known: BTreeMap<String, Entity> = BTreeMap::new();
    for s in sentences {
        let tree = s.tree;
        let last = |m: &Mention| {
            m.words.end.checked_sub(1).and_then(|w| tree.get(w)).map(|w| w.form.clone()).unwrap_or_default()
        };
        // Towns take no article: "the Islamic Republic" is none of them.
        let lower = |i: Option<usize>| i.and_then(|i| tree.get(i)).map(|w| (w.form.to_lowercase(), w.upos.clone()));
        s.mentions.retain(|m| {
            let before = lower(m.words.start.checked_sub(1));
            let earlier = lower(m.words.start.checked_sub(2));
            let the = |w: &Option<(String, std::sync::Arc<str>)>| w.as_ref().is_some_and(|(form, _)| form == "the");
            let described =
                before.as_ref().is_some_and(|(_, upos)| matches!(&**upos, "ADJ" | "PROPN")) && the(&earlier);
            m.entity.kind != EntityKind::City
                || m.words.len() > 1
                || !(the(&before) && tree.rel(m.words.start) != "compound" || described)
        });
        s.mentions.retain(|m| m.by != Match::Surname || !crate::time::is_calendar_name(&last(m)));
        for m in &mut s.mentions {
            let name = last(m);
            match (m.by, known.get(&name)) {
                (Match::Surname, Some(entity)) => m.entity = entity.clone(),
                (Match::Name | Match::TitledSurname, _) if m.entity.kind == EntityKind::Person => {
                    known.insert(name, m.entity.clone());
                }
                _ => {}
            }
        }
    }
}

/// "Labour" and "Democrats" are parties where the document names their country, else common words or others' parties.
fn drop_foreign_parties(sentences: &mut [Sentence]) {
    let party = |m: &Mention| m.entity.kind == EntityKind::PoliticalParty;
    let others = sentences.iter().flat_map(|s| &s.mentions).filter(|m| !party(m));
    let countries: BTreeSet<String> = others.filter_map(|m| m.entity.country.clone()).collect();
    if countries.is_empty() {
        return;
    }
    for s in sentences {
        s.mentions.retain(|m| {
            !party(m) || m.words.len() > 1 || m.entity.country.as_ref().is_none_or(|c| countries.contains(c))
        });
    }
}

impl<'a> Scene<'a> {
    pub fn new(
        document: &'a Document,
        trees: &'a [Tree],
        actors: &'a Actors,
        codebook: &'a Codebook,
        scope: Scope,
    ) -> Self {
        let day = document.meta.published;
        let marks = quotation::marks(document, trees);
        let sentences = trees.iter().zip(marks).enumerate();
        let sentences = sentences.map(|(index, (tree, quoted))| Sentence {
            index,
            tree,
            mentions: actors.mentions(tree, day),
            quoted,
        });
        let mut sentences: Vec<Sentence> = sentences.collect();
        introduce(&mut sentences);
        drop_foreign_parties(&mut sentences);
        let register = Register::default();
        let parties = HashMap::new();
        let (home, rival, countries, armies) = (None, false, BTreeMap::new(), BTreeSet::new());
        let mut scene = Scene {
            document,
            actors,
            codebook,
            scope,
            day,
            sentences,
            home,
            rival,
            countries,
            armies,
            register,
            parties,
            surroundings: OnceCell::new(),
        };
        scene.register = register::register(&scene);
        scene
    }

    /// Where the report plays.
    pub fn surroundings(&self) -> &Surroundings {
        self.surroundings.get_or_init(|| Surroundings::of(self.actors, &self.sentences))
    }

    /// The parties that nominal `w` stands for; none where it is no party.
    pub fn parties_at(&self, s: &Sentence, w: usize) -> &[Ref] {
        self.parties.get(&(s.index, w)).map_or(&[], Vec::as_slice)
    }

    /// Whether nominal `w`, which names no party by itself, stands for one named before.
    pub fn earlier_party(&self, s: &Sentence, w: usize) -> bool {
        self.parties_at(s, w).iter().any(|r| !matches!(r.class, PartyClass::Thing | PartyClass::Territory))
    }

    /// Text of words `words` of a sentence, as written.
    pub fn text(&self, s: &Sentence, words: Range<usize>) -> (String, Span) {
        let span = s.tree.span_of(words);
        (span.of(&self.document.text).to_owned(), span)
    }
}
