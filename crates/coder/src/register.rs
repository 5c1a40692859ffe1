//! What kind of text a document is (its register), since words of politics are figures of speech in some kinds: firms
//! "battle" and "agree", travellers are "struck", players are "sold".

use crate::scene::{Scene, Sentence};

/// Class of words that market and company reports are made of.
const MARKET: &str = "market-words";

/// Market words in a hundred words that make a document a market report: political reports have under 1, reports on
/// firms 5 and more.
const MARKET_PERCENT: usize = 3;

/// Sentences in a hundred whose own voice, outside quotation marks, says "I", "my" or "you" that make a document talk
/// rather than report.
const PERSONAL_PERCENT: usize = 12;

/// Sentences below which a document is too short to tell.
const FEWEST_SENTENCES: usize = 3;

/// The kind of text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Register {
    /// News, or too short to tell.
    #[default]
    Report,
    /// Reports on markets and firms.
    Market,
    /// Talk, diaries, guides, letters.
    Personal,
}

/// The register of a document.
pub(crate) fn register(scene: &Scene) -> Register {
    let words: usize = scene.sentences.iter().map(|s| s.tree.len()).sum();
    let market: usize = scene.sentences.iter().map(|s| count_market(scene, s)).sum();
    let sentences = scene.sentences.len();
    if market * 100 >= words.max(1) * MARKET_PERCENT && market > 1 {
        return Register::Market;
    }
    let personal = scene.sentences.iter().filter(|s| is_personal(s)).count();
    if sentences >= FEWEST_SENTENCES && personal * 100 >= sentences * PERSONAL_PERCENT {
        return Register::Personal;
    }
    Register::Report
}

fn count_market(scene: &Scene, s: &Sentence) -> usize {
    s.tree.words().iter().filter(|w| scene.codebook.class_has(MARKET, &w.lemma.to_lowercase())).count()
}

/// Whether the text itself, not somebody quoted, speaks of itself or to the reader.
fn is_personal(s: &Sentence) -> bool {
    (0..s.tree.len()).any(|w| {
        (s.tree.upos(w) == "PRON" || !s.tree.is_read())
            && !s.quoted.get(w).copied().unwrap_or(false)
            && matches!(
                s.tree.get(w).map(|x| x.form.to_lowercase()).as_deref(),
                Some("i" | "me" | "my" | "mine" | "myself" | "you" | "your" | "yours" | "yourself")
            )
    })
}
