//! Which words stand within quotation marks, over sentence ends.

use readout_syntax::Tree;
use readout_text::Document;

/// Sentences after which an unclosed quotation is taken for closed.
const LONGEST_QUOTE: usize = 12;

/// For each word of each sentence, whether it stands within quotation marks.
///
/// A quotation may run over sentences: it goes on until a closing mark. A new opening curly mark, or a paragraph that
/// opens with a mark, goes on with a quotation left open, as English printing has it; one that does not ends it.
pub(crate) fn marks(document: &Document, trees: &[Tree]) -> Vec<Vec<bool>> {
    let mut out = Vec::with_capacity(trees.len());
    let mut open = false;
    let mut since = 0;
    // Two apostrophes close what two accents opened; where a text has none of these, they do both.
    let accents = document.text.contains("``");
    for (i, tree) in trees.iter().enumerate() {
        let starts_paragraph = document.sentences.get(i).is_some_and(|s| s.starts_paragraph);
        let mut raws = tree.words().iter().map(|w| w.span.of(&document.text));
        if open && (i - since > LONGEST_QUOTE || starts_paragraph && !raws.next().is_some_and(is_mark)) {
            open = false;
        }
        // A straight mark in a sentence that has an odd number of them and starts within a quotation closes it.
        let mut row = Vec::with_capacity(tree.len());
        for (k, w) in tree.words().iter().enumerate() {
            let raw = w.span.of(&document.text);
            if is_mark(raw) {
                let opens = match raw {
                    "“" | "``" | "«" | "„" => true,
                    "”" | "»" => false,
                    "''" if accents => false,
                    _ if k == 0 && open => true,
                    _ => !open,
                };
                if opens && !open {
                    since = i;
                }
                open = opens;
                row.push(false);
            } else {
                row.push(open);
            }
        }
        out.push(row);
    }
    out
}

/// Whether a word as written is a quotation mark.
pub(crate) fn is_mark(raw: &str) -> bool {
    matches!(raw, "\"" | "“" | "”" | "``" | "''" | "«" | "»" | "„")
}
