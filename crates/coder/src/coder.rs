//! Puts the steps together: sayings, parties, acts, and from them the coding.

use readout_actors::Actors;
use readout_codebook::{Codebook, Scope};
use readout_syntax::Tree;
use readout_text::Document;

use crate::act::acts;
use crate::background::continue_background;
use crate::chain::Chains;
use crate::event::event;
use crate::explain::{Explanation, Trace};
use crate::mentioned::Mentioned;
use crate::relation::{Relation, relations};
use crate::retold::{Told, once, points};
use crate::saying::sayings;
use crate::scene::Scene;
use crate::worth::{REACH, Worth};
use crate::{Coding, Event, coreference, time};

/// Codes documents with given actors and a given codebook.
pub struct Coder<'a> {
    pub(crate) actors: &'a Actors,
    pub(crate) codebook: &'a Codebook,
    pub(crate) scope: Scope,
}

impl<'a> Coder<'a> {
    /// A coder; cheap, holds only references.
    pub fn new(actors: &'a Actors, codebook: &'a Codebook) -> Self {
        Coder { actors, codebook, scope: Scope::Core }
    }

    /// The same with cues of this scope.
    pub fn in_scope(self, scope: Scope) -> Self {
        Coder { scope, ..self }
    }

    /// Who says what, with whole spans: outermost attributions only, each with all that a source says in one go.
    pub fn relations(&self, document: &Document, trees: &[Tree]) -> Vec<Relation> {
        let scene = Scene::new(document, trees, self.actors, self.codebook, self.scope);
        relations(&scene, &sayings(&scene))
    }

    /// Codes a document from its trees, one a sentence.
    pub fn code(&self, document: &Document, trees: &[Tree]) -> Coding {
        self.run(document, trees, false).coding
    }

    /// Codes a document and tells which rules were looked at, which fired, and why the others did not.
    pub fn explain(&self, document: &Document, trees: &[Tree]) -> Explanation {
        self.run(document, trees, true)
    }

    fn run(&self, document: &Document, trees: &[Tree], explain: bool) -> Explanation {
        let mut scene = Scene::new(document, trees, self.actors, self.codebook, self.scope);
        let said = sayings(&scene);
        coreference::resolve(&mut scene, &said);
        let chains = Chains { scene: &scene, sayings: &said };
        let mut events: Vec<(Event, Worth)> = Vec::new();
        let mut traces: Vec<Trace> = Vec::new();
        let mut mentioned = Mentioned::default();
        for s in scene.sentences.iter().filter(|s| s.tree.is_read()) {
            let (mut found, why) = acts(&scene, s, explain);
            found.extend(mentioned.again(&scene, s, &found));
            let phrases = if found.is_empty() { Vec::new() } else { time::phrases(s.tree, scene.day) };
            traces.extend(why);
            let mut told = Vec::new();
            for act in &found {
                if let Some((event, worth)) = event(&chains, s, act, &phrases) {
                    mentioned.keep(s, act);
                    told.push(Told { event, points: points(&scene, s, act), rest: worth });
                }
            }
            events.extend(once(told).into_iter().map(|told| (told.event, told.rest)));
        }
        continue_background(&scene, &said, &mut events);
        for (e, _) in &mut events {
            let length = scene.sentences.get(e.sentence).map_or(0, |s| s.tree.len());
            let grounds = e.grounds(length);
            e.confidence = self.codebook.confidence.of(grounds.iter().map(String::as_str));
        }
        let events = stand_together(events);
        let attributions =
            said.iter().filter(|x| !x.content.is_empty()).filter_map(|x| chains.attribution(x)).collect();
        Explanation { coding: Coding { events, attributions }, traces }
    }
}

/// Keeps the events that stand by themselves, and those merely pointed at that have one of these in the sentence or
/// in those right before.
fn stand_together(events: Vec<(Event, Worth)>) -> Vec<Event> {
    let firm: Vec<usize> = events.iter().filter(|(_, w)| *w == Worth::Firm).map(|(e, _)| e.sentence).collect();
    let near = |at: usize| firm.iter().any(|&f| f <= at && at - f <= REACH);
    events.into_iter().filter(|(e, w)| *w == Worth::Firm || near(e.sentence)).map(|(e, _)| e).collect()
}
