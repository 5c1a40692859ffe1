//! Cues that end their sentence with a colon ("The minister said:"): what they report is the quotation that follows.

use readout_codebook::{Pos, Takes};

use crate::arguments::surface_subject;
use crate::content::has_mark;
use crate::matching::find;
use crate::quotation::is_mark;
use crate::saying::{Saying, Source};
use crate::scene::{Scene, Sentence};

/// A saying without content of its own, where sentence `s` announces the next one's quotation.
pub(crate) fn announcement(scene: &Scene, s: &Sentence) -> Option<Saying> {
    let last = s.tree.len().checked_sub(1)?;
    let next = scene.sentences.get(s.index + 1)?;
    let opens = next.tree.get(0).is_some_and(|w| is_mark(w.span.of(&scene.document.text)));
    if s.tree.get(last)?.form != ":" || !opens {
        return None;
    }
    let verb = (0..last).rfind(|&v| is_cue(scene, s, v) && !has_mark(s.tree, v, "that"))?;
    let source = surface_subject(s.tree, verb)?;
    let force = scene.codebook.cues_for(Pos::Verb, s.tree.lemma(verb)).next()?.0.force;
    Some(Saying {
        sentence: s.index,
        source: Source::Word(source),
        cue: vec![verb],
        content: Vec::new(),
        force,
        vouches: true,
        nested_in: None,
        continues: None,
    })
}

fn is_cue(scene: &Scene, s: &Sentence, v: usize) -> bool {
    s.tree.upos(v) == "VERB"
        && scene.codebook.cues_for(Pos::Verb, s.tree.lemma(v)).any(|(cue, entry)| {
            cue.takes.contains(&Takes::Quote) && cue.scope <= scene.scope && find(s, v, entry).is_some()
        })
}
