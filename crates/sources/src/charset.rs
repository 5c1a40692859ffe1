//! Bytes in any encoding of the web to text, with the way back.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{CoderResult, Encoding, ISO_2022_JP, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE};
use readout_text::{Origin, Problem, Span};

/// Bytes by which an encoding is guessed.
const GUESSED: usize = 256 << 10;

/// Characters that may be out of place in a hundred, in a text whose encoding is guessed.
const ODD_PERCENT: usize = 10;

/// Text as it was decoded.
pub(crate) struct Decoded {
    pub text: String,
    pub origin: Origin,
    pub problems: Vec<Problem>,
}

/// The encoding of `bytes`, where it is not UTF-8: by the byte-order mark, else the one that is `said` (by a header or the
/// page), else by what the bytes look like. Bytes that are mostly UTF-8 are UTF-8.
pub(crate) fn tell(bytes: &[u8], said: Option<&str>) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Some(encoding).filter(|e| *e != UTF_8);
    }
    let said = said.and_then(|label| Encoding::for_label(label.trim().as_bytes())).filter(|e| *e != REPLACEMENT);
    if is_mostly_utf8(bytes) {
        // Pages of pure ASCII or of UTF-8 say all sorts of things of themselves.
        return said.filter(|e| *e == ISO_2022_JP);
    }
    match said {
        Some(encoding) if encoding != UTF_8 && encoding != UTF_16LE && encoding != UTF_16BE => Some(encoding),
        _ => Some(guess(bytes)),
    }
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes.get(..GUESSED).unwrap_or(bytes), true);
    detector.guess(None, Utf8Detection::Deny)
}

/// The ASCII that `bytes` begin with.
fn ascii(bytes: &[u8]) -> &str {
    let end = bytes.iter().position(|b| !b.is_ascii()).unwrap_or(bytes.len());
    bytes.get(..end).and_then(|run| str::from_utf8(run).ok()).unwrap_or("")
}

/// Whether there are at least as many characters of many bytes as there are broken pieces.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut broken) = (0_usize, 0_usize);
    let mut at = 0;
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|b| *b >= 0xC0).count();
        at += chunk.valid().len() + chunk.invalid().len();
        // A character that the end of the file cuts is no sign of another encoding.
        let cut = at == bytes.len() && chunk.invalid().len() > 1;
        broken += usize::from(!chunk.invalid().is_empty() && !cut);
    }
    broken == 0 || (good > 0 && good >= broken)
}

/// Whether a text that was decoded by a guess is text: not full of controls and private characters.
pub(crate) fn is_text(text: &str) -> bool {
    let odd = |c: char| (c.is_control() && !c.is_whitespace()) || matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{FFFD}');
    let (mut all, mut found) = (0, 0);
    for c in text.chars() {
        all += 1;
        found += usize::from(odd(c));
    }
    found * 100 <= all * ODD_PERCENT + 400
}

/// The text of `bytes` where no way back is wanted, and what was wrong with them.
pub(crate) fn read<'b>(bytes: &'b [u8], said: Option<&str>) -> (Cow<'b, str>, Option<String>) {
    let encoding = tell(bytes, said).unwrap_or(UTF_8);
    let (text, used, broken) = encoding.decode(bytes);
    (text, broken.then(|| format!("the bytes are not all {}, the others were read as U+FFFD", used.name())))
}

/// The text of `bytes` in an encoding that is neither UTF-8 nor UTF-16, with the way back. Broken pieces become U+FFFD.
pub(crate) fn decode(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 8);
    let mut origin = Origin::default();
    let mut broken = 0_usize;
    let mut first = None;
    let mut pending = 0; // where the character begins that is not decoded yet
    let mut piece = [0_u8; 16];
    let mut next = 0;
    while next <= bytes.len() {
        if pending == next && encoding.is_ascii_compatible() {
            // Between characters, ASCII is itself.
            let run = ascii(bytes.get(next..).unwrap_or_default());
            if !run.is_empty() {
                origin.push(text.len(), next, 1, 1);
                text.push_str(run);
                next += run.len();
                pending = next;
            }
        }
        let at = next;
        next += 1;
        let last = at == bytes.len();
        let byte = bytes.get(at..at + usize::from(!last)).unwrap_or_default();
        let mut rest = byte;
        loop {
            let (result, read, written, replaced) = decoder.decode_to_utf8(rest, &mut piece, last);
            let given = piece.get(..written).and_then(|p| str::from_utf8(p).ok()).unwrap_or("");
            if !given.is_empty() {
                if replaced {
                    broken += 1;
                    first.get_or_insert(Span::new(text.len(), text.len() + given.len()));
                }
                origin.push(text.len(), pending, given.len(), at + usize::from(!last) - pending);
                text.push_str(given);
                pending = at + usize::from(!last);
            }
            rest = rest.get(read..).unwrap_or_default();
            if result == CoderResult::InputEmpty {
                break;
            }
        }
    }
    origin.push(text.len(), bytes.len(), 1, 1);
    let mut problems = vec![Problem { span: None, what: format!("not UTF-8, read as {}", encoding.name()) }];
    if let Some(span) = first {
        let what = format!("{broken} pieces that are not {}, read as U+FFFD", encoding.name());
        problems.push(Problem { span: Some(span), what });
    }
    Decoded { text, origin, problems }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], said: Option<&str>, name: &str, text: &str) {
        let encoding = tell(bytes, said);
        assert_eq!(encoding.map_or("UTF-8", Encoding::name), name);
        let Some(encoding) = encoding.filter(|_| name != "UTF-16LE") else { return };
        let decoded = decode(bytes, encoding);
        assert_eq!(decoded.text, text);
        // Each character leads back to the bytes it came from.
        let mut before = 0;
        for (at, c) in decoded.text.char_indices() {
            let origin = decoded.origin.map(Span::new(at, at + c.len_utf8()));
            assert!(origin.start >= before && origin.end > origin.start && origin.end <= bytes.len(), "{c} {origin:?}");
            let (alone, _) = encoding.decode_without_bom_handling(bytes.get(origin.start..origin.end).unwrap());
            let stateful = encoding == ISO_2022_JP;
            assert!(c == '\u{FFFD}' || stateful || alone.contains(c), "{c}: {alone}");
            before = origin.start;
        }
    }

    #[test]
    fn encodings_are_told() {
        check("Köln agreed.".as_bytes(), None, "UTF-8", "");
        check(b"Iran agreed.", Some("shift_jis"), "UTF-8", "");
        check(b"\xEF\xBB\xBFIran", Some("windows-1251"), "UTF-8", "");
        check(b"\xFF\xFEI\0", None, "UTF-16LE", "");
        check("Köln \u{20AC}".as_bytes(), Some("latin1"), "UTF-8", "");
        check(b"K\xF6ln \x93agreed\x94 on \x80 5", None, "windows-1252", "Köln \u{201C}agreed\u{201D} on € 5");
        check(b"K\xF6ln", Some("iso-8859-1"), "windows-1252", "Köln");
        check(b"K\xF6ln", Some("utf-8"), "windows-1252", "Köln");
        check(b"\xCC\xEE\xF1\xEA\xE2\xE0 agreed", Some(" Windows-1251 "), "windows-1251", "Москва agreed");
        check(b"Tokyo (\x93\x8C\x8B\x9E) agreed", Some("shift_jis"), "Shift_JIS", "Tokyo (東京) agreed");
        check(b"Beijing (\xB1\xB1\xBE\xA9) agreed", Some("gb2312"), "GBK", "Beijing (北京) agreed");
        check(b"Tokyo \x1B$BEl5~\x1B(B agreed", Some("iso-2022-jp"), "ISO-2022-JP", "Tokyo 東京 agreed");
        check(b"Beijing \xB1\xB1\xFF!", Some("gbk"), "GBK", "Beijing 北\u{FFFD}!");
        check(b"cut \xE2\x80", None, "UTF-8", "");
    }

    #[test]
    fn any_bytes_in_any_encoding_lead_back() {
        let noise: Vec<u8> = (0..3_000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 23) as u8).collect();
        for label in
            ["windows-1252", "gbk", "gb18030", "big5", "euc-jp", "shift_jis", "euc-kr", "iso-2022-jp", "koi8-r"]
        {
            let encoding = Encoding::for_label(label.as_bytes()).unwrap();
            let decoded = decode(&noise, encoding);
            let mut before = 0;
            for (at, c) in decoded.text.char_indices() {
                let origin = decoded.origin.map(Span::new(at, at + c.len_utf8()));
                assert!(
                    origin.start >= before && origin.end > origin.start && origin.end <= noise.len(),
                    "{label} {at}"
                );
                before = origin.start;
            }
        }
    }
}
