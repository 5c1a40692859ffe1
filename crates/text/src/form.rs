//! Normalised forms of tokens.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::limits::MAX_WORD_BYTES;

/// The form of a token as given: straight quotes, plain hyphens, "--" for long dashes, "..." for the ellipsis sign,
/// no invisible characters, NFC. Empty where nothing visible is left.
pub(crate) fn normalise(given: &str) -> String {
    let given = head(given, MAX_WORD_BYTES);
    if given.is_ascii() && !given.bytes().any(|b| b.is_ascii_control() || b == b'`' || b == b'\'') {
        return given.to_owned();
    }
    let mut form = String::with_capacity(given.len());
    for c in given.chars() {
        match c {
            '‘' | '’' | '‚' | '‛' | '`' | '´' | 'ʼ' | 'ʹ' | '′' | '＇' => form.push('\''),
            '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '＂' => form.push('"'),
            '‐' | '‑' | '‒' | '–' | '−' | '﹣' | '－' => form.push('-'),
            '—' | '―' => form.push_str("--"),
            '…' => form.push_str("..."),
            c if is_invisible(c) => {}
            c => form.push(c),
        }
    }
    if form == "''" {
        return "\"".to_owned();
    }
    if is_nfc_quick(form.chars()) == IsNormalized::Yes { form } else { form.nfc().collect() }
}

/// Whether a character shows nothing and separates nothing: zero-width and direction marks, soft hyphen, controls.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
        || (c.is_control() && !c.is_whitespace())
}

/// The first `limit` bytes or a little fewer, on a character boundary.
fn head(given: &str, limit: usize) -> &str {
    if given.len() <= limit {
        return given;
    }
    given.get(..given.floor_char_boundary(limit)).unwrap_or("")
}
