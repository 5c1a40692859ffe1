//! Looks at the sentences of a document and says which to read.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use readout_actors::{Actors, EntityKind, Mention};
use readout_syntax::Model;
use readout_text::{Document, Sentence, Token};

use crate::form::{Form, is_public};
use crate::lexicon::{Lexicon, Named};

/// Forms that are kept looked up; at more, all are forgotten and begun anew.
const MOST_FORMS: usize = 100_000;

/// Market words in a hundred words that make a document a report on markets or firms.
const MARKET_PERCENT: usize = 3;

/// Words behind the name of a country within which a role makes it a party ("Japanese trade *officials*").
const ROLE_REACH: usize = 3;

/// Words behind the name of a country within which an act is that country's ("Swedish food *aid*").
const DEED_REACH: usize = 2;

/// Words before a name within which "by" makes it the one who acts.
const BY_REACH: usize = 4;

/// Looks at documents for one thread.
pub struct Matcher<'a> {
    model: &'a Model,
    actors: &'a Actors,
    lexicon: &'a Lexicon,
    forms: RefCell<HashMap<String, Rc<Form>>>,
}

/// Which sentences of a document to read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Likely {
    /// Whether any sentence may hold an event.
    pub events: bool,
    /// For each sentence, whether it may hold an event, or what somebody public says.
    pub first: Vec<bool>,
    /// For each sentence, whether it may hold anything: to be read too where the first ones hold an event.
    pub then: Vec<bool>,
}

/// What a sentence's words tell.
#[derive(Default)]
struct Look {
    named: Named,
    /// Whether somebody public is named, or named by his role.
    public_name: bool,
    /// Whether somebody public may be the one who acts.
    public_actor: bool,
    public_role: bool,
    /// Whether somebody or something of a known country is named, and whether several states are.
    known: bool,
    states: bool,
    /// Whether anybody may be a party: a name of the tables, or a role.
    anybody: bool,
    /// Quotation marks in it.
    marks: usize,
    words: usize,
    market: usize,
}

impl<'a> Matcher<'a> {
    /// A matcher for one thread.
    pub fn new(model: &'a Model, actors: &'a Actors, lexicon: &'a Lexicon) -> Self {
        Matcher { model, actors, lexicon, forms: RefCell::default() }
    }

    /// Which sentences of `document` may hold an event or an attribution.
    pub fn likely(&self, document: &Document) -> Likely {
        let looks: Vec<Look> = document.sentences.iter().map(|s| self.look(document, s)).collect();
        let (words, market) = looks.iter().fold((0, 0), |(w, m), l| (w + l.words, m + l.market));
        let is_market = market > 1 && market * 100 >= words * MARKET_PERCENT;
        let public = looks.iter().any(|l| l.public_name || l.public_role);
        let event = |l: &Look| {
            let somebody = if is_market { l.public_actor } else { l.public_name || l.public_role || l.states };
            // Private parties count where a state is named, of whose people they may be.
            let private = !is_market && l.named.grave && l.anybody && (public || l.known);
            l.named.act && somebody || private
        };
        // What is said in reports on markets is read where somebody acts in them.
        let saying = |l: &Look| !is_market && l.named.cue && (l.public_name || l.public_role || l.known);
        // A quotation runs on until a mark closes it.
        let mut open = false;
        let read = |l: &Look| {
            let within = open || l.marks > 0;
            open ^= l.marks % 2 == 1;
            l.named.act || l.named.cue || within
        };
        let first = looks.iter().map(|l| event(l) || saying(l)).collect();
        Likely { events: looks.iter().any(event), first, then: looks.iter().map(read).collect() }
    }

    fn look(&self, document: &Document, sentence: &Sentence) -> Look {
        let mut out = Look::default();
        let mut words: Vec<u32> = Vec::new();
        for token in &sentence.tokens {
            let form = self.form(&token.form);
            words.extend_from_slice(&form.words);
            out.anybody |= form.role;
            out.public_role |= form.public;
            out.market += usize::from(form.market);
            out.marks += usize::from(token.form == "\"");
            out.words += 1;
        }
        words.sort_unstable();
        words.dedup();
        out.named = self.lexicon.named(&words);
        if out.named.act || out.named.cue {
            let tree = self.model.unread(&sentence.tokens);
            let mentions = self.actors.mentions(&tree, document.meta.published);
            out.anybody |= !mentions.is_empty();
            out.known = mentions.iter().any(|m| m.entity.country.is_some());
            let public: Vec<&Mention> =
                mentions.iter().filter(|m| self.is_somebody_public(&sentence.tokens, m, &out.named)).collect();
            out.public_name = !public.is_empty();
            let states = || mentions.iter().filter(|m| m.entity.kind.is_state());
            let codes: BTreeSet<&str> =
                states().chain(public.iter().copied()).map(|m| m.entity.code.as_str()).collect();
            out.states = codes.len() > 1;
            out.public_actor =
                out.public_name && out.states || public.iter().any(|m| self.may_act(&sentence.tokens, m, &out.named));
        }
        out
    }

    /// Whether a name is that of somebody public, rather than of a place or of what somebody owns ("Japanese cars").
    fn is_somebody_public(&self, tokens: &[Token], m: &Mention, named: &Named) -> bool {
        let code = &m.entity.code;
        let before = m.words.start.checked_sub(1).and_then(|i| tokens.get(i));
        let located = before.is_some_and(|t| self.actors.is_locative(&t.form.to_lowercase()));
        let deed = |t: &Token| self.form(&t.form).words.iter().any(|w| named.nouns.binary_search(w).is_ok());
        let behind = || tokens.iter().skip(m.words.end).take(ROLE_REACH);
        let described = || behind().any(|t| self.form(&t.form).public) || behind().take(DEED_REACH).any(deed);
        let folk = || tokens.get(m.words.end - 1).is_some_and(|t| t.form.ends_with('s'));
        match m.entity.kind {
            EntityKind::Country | EntityKind::Capital => !located || described(),
            EntityKind::Demonym | EntityKind::Adjective => described() || folk(),
            _ => code.as_str().starts_with("IGO") || code.sector().is_some_and(is_public),
        }
    }

    /// Whether somebody named may be who does what a verb says: he stands before it, or behind "by".
    fn may_act(&self, tokens: &[Token], m: &Mention, named: &Named) -> bool {
        let by = || {
            let before = tokens.get(m.words.start.saturating_sub(BY_REACH)..m.words.start).unwrap_or_default();
            before.iter().any(|t| t.form.eq_ignore_ascii_case("by"))
        };
        let verb = |t: &Token| self.form(&t.form).words.iter().any(|w| named.verbs.binary_search(w).is_ok());
        tokens.iter().skip(m.words.end).any(verb) || !named.verbs.is_empty() && by()
    }

    fn form(&self, form: &str) -> Rc<Form> {
        if let Some(known) = self.forms.borrow().get(form) {
            return Rc::clone(known);
        }
        let new = Rc::new(Form::of(form, self.model, self.actors, self.lexicon));
        let mut forms = self.forms.borrow_mut();
        if forms.len() >= MOST_FORMS {
            forms.clear();
        }
        forms.insert(form.to_owned(), Rc::clone(&new));
        new
    }
}
