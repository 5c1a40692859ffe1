//! Lemmas: a table of irregular forms, then the regular endings of English undone, preferring words that the
//! vocabulary knows.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::LazyLock;

use crate::wordpiece::WordPiece;

static IRREGULAR: &str = include_str!("../../../data/lemmas/irregular.tsv");

static KNOWN_VERBS: &str = include_str!("../../../data/lemmas/verbs.txt");

static VERBS: LazyLock<HashSet<&str>> = LazyLock::new(|| KNOWN_VERBS.lines().filter(|l| !l.starts_with('#')).collect());

/// (form, tag class) -> lemma; the tag class is the first letters of a Penn tag: V, N, J or R.
static TABLE: LazyLock<HashMap<(&str, &str), &str>> = LazyLock::new(|| {
    let rows = IRREGULAR.lines().filter(|l| !l.starts_with('#'));
    rows.filter_map(|l| l.split_once('\t'))
        .filter_map(|(form, rest)| rest.split_once('\t').map(|(tag, lemma)| ((form, tag), lemma)))
        .collect()
});

/// Gives the dictionary form of a word in context.
pub(crate) struct Lemmatizer<'m> {
    vocabulary: &'m WordPiece,
}

impl<'m> Lemmatizer<'m> {
    pub fn new(vocabulary: &'m WordPiece) -> Self {
        Lemmatizer { vocabulary }
    }

    /// The lemma of `form` with UD tag `upos` and Penn tag `xpos`: lower case but for proper nouns.
    pub fn lemma(&self, form: &str, upos: &str, xpos: &str) -> String {
        if upos == "PROPN" {
            return if xpos == "NNPS" { self.singular_name(form) } else { form.to_owned() };
        }
        let lower = form.to_lowercase();
        let class = match upos {
            "AUX" if xpos != "MD" => "V",
            _ => xpos.get(..1).unwrap_or_default(),
        };
        let base = matches!(xpos, "VB" | "VBP") && upos == "VERB" && VERBS.contains(lower.as_str());
        if let Some(lemma) = TABLE.get(&(lower.as_str(), class)).filter(|_| !base || lower.starts_with('\'')) {
            return (*lemma).to_owned();
        }
        match xpos {
            // A verb tagged as base form or adjective whose ending says otherwise ("advanced/JJ").
            "VB" | "VBP" | "JJ" if upos == "VERB" && !VERBS.contains(lower.as_str()) => {
                let ending = if lower.ends_with("ing") { "ing" } else { "ed" };
                Some(self.without(&lower, ending)).filter(|l| VERBS.contains(l.as_str())).unwrap_or(lower)
            }
            "VBZ" => self.without_s(&lower),
            "VBD" | "VBN" => self.without(&lower, "ed"),
            "VBG" => self.without(&lower, "ing"),
            "NNS" => self.without_s(&lower),
            "JJR" | "RBR" => self.without(&lower, "er"),
            "JJS" | "RBS" => self.without(&lower, "est"),
            _ => lower,
        }
    }

    /// Every lemma that [`Lemmatizer::lemma`] may give `form`, whatever its tags.
    pub fn possible(&self, form: &str) -> BTreeSet<String> {
        let tags = ["VB", "VBD", "VBN", "VBG", "VBZ", "MD", "NN", "NNS", "JJ", "JJR", "JJS", "RB", "RBR", "RBS"];
        let plain = ["VERB", "AUX", "NOUN"].into_iter().flat_map(|upos| tags.map(|xpos| (upos, xpos)));
        plain.chain([("PROPN", "NNP"), ("PROPN", "NNPS")]).map(|(upos, xpos)| self.lemma(form, upos, xpos)).collect()
    }

    fn singular_name(&self, form: &str) -> String {
        let lower = form.to_lowercase();
        let singular = self.without_s(&lower);
        if lower.starts_with(&singular) {
            form.get(..singular.len()).unwrap_or(form).to_owned()
        } else {
            form.to_owned()
        }
    }

    /// Undoes a plural or third-person -s.
    fn without_s(&self, word: &str) -> String {
        let Some(stem) = word.strip_suffix('s').filter(|s| s.len() > 1 && !s.ends_with(['s', 'u', 'i'])) else {
            return word.to_owned();
        };
        if let Some(base) = stem.strip_suffix("ie").filter(|b| b.len() > 2) {
            return format!("{base}y");
        }
        if let Some(base) = stem.strip_suffix('e') {
            let hissing = base.ends_with("ss")
                || base.ends_with("sh")
                || base.ends_with("ch")
                || base.ends_with('x')
                || base.ends_with("zz");
            if hissing
                || (base.ends_with('o') && !self.vocabulary.knows(stem))
                || (base.ends_with('s') && self.vocabulary.knows(base) && !self.vocabulary.knows(stem))
            {
                return base.to_owned();
            }
        }
        stem.to_owned()
    }

    /// Undoes -ed, -ing, -er or -est: the bare stem, the stem with an e, or the stem with its last letter once.
    fn without(&self, word: &str, ending: &str) -> String {
        let Some(stem) =
            word.strip_suffix(ending).filter(|s| s.len() > 1 && s.contains(['a', 'e', 'i', 'o', 'u', 'y']))
        else {
            return word.to_owned();
        };
        if let Some(base) = stem.strip_suffix('i').filter(|b| ending != "ing" && b.len() > 1) {
            return format!("{base}y");
        }
        let with_e = format!("{stem}e");
        let undoubled = undouble(stem);
        let candidates = [undoubled.unwrap_or(stem), if wants_e(stem) { &with_e } else { stem }, stem, &with_e];
        if matches!(ending, "ed" | "ing")
            && let Some(verb) = candidates.iter().find(|c| VERBS.contains(**c))
        {
            return (*verb).to_owned();
        }
        let guess = if undoubled.is_some() {
            undoubled.unwrap_or(stem)
        } else if wants_e(stem) {
            &with_e
        } else {
            stem
        };
        candidates.iter().find(|c| self.vocabulary.knows(c)).map_or_else(|| guess.to_owned(), |c| (*c).to_owned())
    }
}

/// The stem with its doubled last consonant once ("stopp" -> "stop"); not for ll, ss, ff, zz, which words end in.
fn undouble(stem: &str) -> Option<&str> {
    let mut last = stem.chars().rev();
    let (a, b) = (last.next()?, last.next()?);
    (a == b && !"aeioulsfz".contains(a)).then(|| stem.get(..stem.len() - a.len_utf8()))?
}

/// Whether a stem is more likely one that lost an e ("restor", "condon") than a whole word ("condemn").
fn wants_e(stem: &str) -> bool {
    let mut last = stem.chars().rev();
    let (Some(a), Some(b)) = (last.next(), last.next()) else { return false };
    let vowel = |c: char| "aeiouy".contains(c);
    match a {
        'v' | 'u' | 'c' | 'z' => true,
        'g' => "darl".contains(b),
        's' => b != 's',
        'l' => "bpdtgkfz".contains(b),
        't' => b == 'a' || b == 'u' && stem.len() > 3,
        'r' => vowel(b) && b != 'e' && b != 'o' || stem.ends_with("tor"),
        'd' => b == 'u' || b == 'i' || stem.ends_with("ad") && stem.len() < 5,
        'n' => b == 'i' && stem.len() > 4 || b == 'o' && stem.len() < 5,
        'm' => b == 'u' || b == 'a' && stem.len() < 4,
        'k' | 'p' => "aio".contains(b) && stem.len() < 5,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(form: &str, upos: &str, xpos: &str, expect: &str) {
        let vocabulary =
            WordPiece::new("restore\ncondemn\nstop\ncountry\nmissile\ndestroy\nclash\nnegotiate\nheavy\nshell");
        assert_eq!(Lemmatizer::new(&vocabulary).lemma(form, upos, xpos), expect, "{form}/{xpos}");
    }

    #[test]
    fn irregular_forms_come_from_the_table() {
        check("said", "VERB", "VBD", "say");
        check("'s", "AUX", "VBZ", "be");
        check("n't", "PART", "RB", "not");
        check("lay", "VERB", "VB", "lay");
        check("overran", "VERB", "VBP", "overrun");
        check("negotiated", "VERB", "VBP", "negotiate");
        check("stopping", "VERB", "JJ", "stop");
        check("need", "VERB", "VBP", "need");
        check("Troops", "NOUN", "NNS", "troops");
    }

    #[test]
    fn regular_endings_are_undone() {
        for (form, xpos, lemma) in [
            ("restored", "VBD", "restore"),
            ("condemned", "VBN", "condemn"),
            ("stopping", "VBG", "stop"),
            ("countries", "NNS", "country"),
            ("missiles", "NNS", "missile"),
            ("destroys", "VBZ", "destroy"),
            ("clashes", "NNS", "clash"),
            ("negotiated", "VBD", "negotiate"),
            ("heavier", "JJR", "heavy"),
            ("lauded", "VBD", "laud"),
            ("nationalised", "VBD", "nationalise"),
            ("crisis", "NN", "crisis"),
            ("bss", "NNS", "bss"),
        ] {
            let upos = if xpos.starts_with('N') { "NOUN" } else { "VERB" };
            check(form, upos, xpos, lemma);
        }
    }

    #[test]
    fn names_keep_their_case() {
        check("Contras", "PROPN", "NNPS", "Contra");
        check("Paris", "PROPN", "NNP", "Paris");
    }
}
