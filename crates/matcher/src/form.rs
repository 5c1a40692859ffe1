//! What a word's form alone tells.

use readout_actors::Actors;
use readout_syntax::Model;

use crate::lexicon::Lexicon;

/// Sectors of private parties.
const PRIVATE: [&str; 6] = ["BUS", "CVL", "MED", "EDU", "REL", "LAB"];

/// What a form tells.
#[derive(Clone, Debug, Default)]
pub(crate) struct Form {
    /// Words of the codebook that it may be a form of.
    pub words: Vec<u32>,
    /// Whether it may name somebody by his role ("minister", "workers").
    pub role: bool,
    /// Whether that may be somebody public.
    pub public: bool,
    /// Whether it is a word of market reports.
    pub market: bool,
}

impl Form {
    pub fn of(form: &str, model: &Model, actors: &Actors, lexicon: &Lexicon) -> Form {
        let mut out = Form::default();
        let mut lemmas = model.possible_lemmas(form);
        lemmas.insert(form.to_lowercase());
        for lemma in &lemmas {
            let lower = lemma.to_lowercase();
            out.words.extend(lexicon.number(&lower));
            if let Some(role) = actors.role(&lower) {
                out.role = true;
                out.public |= is_public(&role.sector);
            }
        }
        out.words.sort_unstable();
        out.words.dedup();
        out.market = out.words.iter().any(|&w| lexicon.is_market(w));
        out
    }
}

/// Whether parties of a sector act in public affairs.
pub(crate) fn is_public(sector: &str) -> bool {
    !sector.is_empty() && !PRIVATE.contains(&sector)
}
