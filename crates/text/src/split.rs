//! Sentences of a paragraph.

use crate::form::is_invisible;
use crate::limits::MAX_SENTENCE_TOKENS;
use crate::lists::LISTS;
use crate::{Span, chunk};

/// A sentence found, with its tokens.
pub(crate) struct Found {
    /// From its first token to its last.
    pub span: Span,
    /// Tokens, some perhaps invisible.
    pub tokens: Vec<Span>,
}

/// Splits paragraphs of one text.
pub(crate) struct Splitter<'t> {
    text: &'t str,
    /// Whether this text capitalises any word after "U.S.", as some old wires do, so that a capital there says
    /// nothing.
    wire_capitals: bool,
}

impl<'t> Splitter<'t> {
    /// Looks at how the text uses capitals.
    pub fn new(text: &'t str) -> Self {
        Splitter { text, wire_capitals: capitalises_after_acronyms(text) }
    }

    /// The sentences of a paragraph, at least one where it has anything but white space, and whether that was all:
    /// reading ends where they have more than `budget` tokens.
    pub fn sentences(&self, paragraph: Span, budget: usize) -> (Vec<Found>, bool) {
        let chunks = self.chunks(paragraph, budget.saturating_add(1));
        let mut found = Vec::new();
        let mut tokens = Vec::new();
        let mut read = 0;
        for (i, chunk) in chunks.iter().enumerate() {
            let stop = self.ends_after(&chunks, i);
            let before = tokens.len();
            chunk::tokens(self.text, *chunk, stop, &mut tokens);
            read += tokens.len() - before;
            if read > budget {
                return (found, false);
            }
            while tokens.len() > MAX_SENTENCE_TOKENS {
                let rest = tokens.split_off(self.cut(&tokens));
                push(&mut found, std::mem::replace(&mut tokens, rest));
            }
            if stop {
                push(&mut found, std::mem::take(&mut tokens));
            }
        }
        push(&mut found, tokens);
        (found, true)
    }

    /// The tokens of a sentence that was given split, at most [`MAX_SENTENCE_TOKENS`], and whether that was all.
    pub fn tokens(&self, sentence: Span) -> (Vec<Span>, bool) {
        let chunks = self.chunks(sentence, MAX_SENTENCE_TOKENS + 1);
        let mut tokens = Vec::new();
        for (i, chunk) in chunks.iter().enumerate() {
            let stop = i + 1 == chunks.len() || self.ends_after(&chunks, i) && !self.is_abbreviated(*chunk);
            chunk::tokens(self.text, *chunk, stop, &mut tokens);
            if tokens.len() > MAX_SENTENCE_TOKENS {
                tokens.truncate(MAX_SENTENCE_TOKENS);
                return (tokens, false);
            }
        }
        (tokens, true)
    }

    fn is_abbreviated(&self, chunk: Span) -> bool {
        Tail::of(chunk.of(self.text)).is_some_and(|tail| chunk::is_abbreviation(tail.word))
    }

    /// Where to cut tokens that are too many.
    fn cut(&self, tokens: &[Span]) -> usize {
        let half = MAX_SENTENCE_TOKENS / 2;
        let range = tokens.get(half..MAX_SENTENCE_TOKENS).unwrap_or_default();
        let at = range.iter().rposition(|token| matches!(token.of(self.text), ";" | "," | "." | "?" | "!"));
        at.map_or(MAX_SENTENCE_TOKENS, |at| half + at + 1)
    }

    /// The first `most` runs without white space, cut too where a space is missing between sentences ("ended.The").
    fn chunks(&self, span: Span, most: usize) -> Vec<Span> {
        let mut found = Vec::new();
        let mut start = span.start;
        for raw in span.of(self.text).split(char::is_whitespace) {
            let mut at = start;
            let end = start + raw.len();
            while let Some(len) = missing_space(Span::new(at, end).of(self.text)) {
                found.push(Span::new(at, at + len));
                at += len;
            }
            if at < end {
                found.push(Span::new(at, end));
            }
            if found.len() >= most {
                break;
            }
            let space = self.text.get(end..).and_then(|rest| rest.chars().next());
            start = end + space.map_or(0, char::len_utf8);
        }
        found
    }

    /// Whether a sentence ends after the chunk.
    fn ends_after(&self, chunks: &[Span], i: usize) -> bool {
        let Some(here) = chunks.get(i) else { return true };
        let Some(next) = chunks.get(i + 1) else { return true };
        let Some(tail) = Tail::of(here.of(self.text)) else { return false };
        if here.of(self.text) == "."
            && (next.of(self.text) == "."
                || i.checked_sub(1).and_then(|p| chunks.get(p)).is_some_and(|p| p.of(self.text) == "."))
        {
            return false; // ". . ."
        }
        let next = Head::of(next.of(self.text));
        if next.is_closing || is_note(here.of(self.text)) && i == 0 {
            return false;
        }
        match tail.mark {
            '?' | '!' => self.ends_at_question(&tail, &next, chunks, i),
            '…' => next.upper && (tail.closed || next.starter(false)),
            _ => self.ends_at_stop(&tail, &next, i == 0),
        }
    }

    fn ends_at_question(&self, tail: &Tail, next: &Head, chunks: &[Span], i: usize) -> bool {
        let asked = next.lower && (tail.closed || LISTS.reporting.contains(next.word));
        if asked || tail.word.ends_with("Yahoo!") || tail.bracketed {
            return false;
        }
        // `"Who?" Smith said`
        let said = |word: &Span| LISTS.reporting.contains(word.of(self.text).trim_end_matches(['.', ',', ':']));
        let after = chunks.get(i + 1..).unwrap_or_default();
        let speaker = after.iter().take(4).position(said);
        let named = speaker.is_some_and(|n| {
            after.iter().take(n).all(|word| {
                let head = Head::of(word.of(self.text));
                (head.upper || matches!(word.of(self.text), "the"))
                    && !head.opened
                    && Tail::of(word.of(self.text)).is_none()
            })
        });
        !(tail.closed && named)
    }

    fn ends_at_stop(&self, tail: &Tail, next: &Head, first: bool) -> bool {
        let word = tail.word;
        if tail.closed && !(tail.bracketed && chunk::is_abbreviation(word.trim_start_matches(['(', '[']))) {
            return !next.lower || next.particle;
        }
        let stem = word.trim_end_matches('.').trim_start_matches(['(', '"', '“', '‘', '[', '\'']);
        let number = !stem.is_empty() && stem.bytes().all(|b| b.is_ascii_digit());
        if first && (number && stem.len() <= 3 || stem.len() == 1) {
            return false; // "1. First item"
        }
        let bare = word.trim_start_matches(['(', '"', '“', '‘', '[', '\'', '’']);
        if LISTS.titles.contains(bare) {
            return false;
        }
        if LISTS.before_numbers.contains(bare) && (next.digit || next.lower) {
            return false;
        }
        if bare == "No." && next.upper {
            return true;
        }
        if chunk::is_initials(bare) {
            if stem.chars().count() == 1 {
                return next.upper && next.starter(false) && stem != "I" && next.word != "I"
                    || next.opened && next.upper;
            }
            let time = matches!(bare, "a.m." | "p.m." | "A.M." | "P.M.");
            let trusted = bare != "U.S." || !self.wire_capitals;
            let begins = next.opened || next.starter(trusted) || (time && next.word.len() > 3 && !next.zone());
            return next.upper && begins;
        }
        if chunk::is_abbreviation(bare) {
            return next.upper && (next.opened || next.starter(true));
        }
        // Careless text begins sentences in lower case; after a short word that is as likely an abbreviation.
        let whole_word = stem.len() >= 4 && stem.chars().all(char::is_lowercase);
        !next.lower || next.particle || whole_word
    }
}

fn push(found: &mut Vec<Found>, tokens: Vec<Span>) {
    if let (Some(first), Some(last)) = (tokens.first(), tokens.last()) {
        found.push(Found { span: first.join(*last), tokens });
    }
}

/// How a chunk ends.
struct Tail<'t> {
    /// The chunk up to and with its sentence mark.
    word: &'t str,
    /// '.', '?', '!' or '…' (for two or more full stops too).
    mark: char,
    /// Whether quotes or brackets close after the mark.
    closed: bool,
    /// Whether the last of them is a bracket that opens in the same chunk ("(!)").
    bracketed: bool,
}

impl<'t> Tail<'t> {
    /// None where the chunk ends no sentence.
    fn of(chunk: &'t str) -> Option<Self> {
        let closing = |c: char| matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '`') || is_invisible(c);
        let chunk =
            chunk.rfind('[').and_then(|at| is_note(chunk.get(at..)?).then(|| chunk.get(..at))?).unwrap_or(chunk);
        let inner = chunk.trim_end_matches(closing);
        let last = inner.chars().next_back()?;
        let mut mark = match last {
            '.' | '?' | '!' | '…' => last,
            '。' | '！' | '？' => '.',
            _ => return None,
        };
        if mark == '.' && inner.ends_with("..") {
            mark = '…';
        }
        // `"… army".`: the quote stands before the mark.
        let quoted = inner.trim_end_matches(last).ends_with(closing);
        let closed = inner.len() < chunk.len() || (quoted && mark == '.');
        let bracketed = closed && chunk.starts_with(['(', '[']) && chunk.ends_with([')', ']']);
        Some(Tail { word: inner, mark, closed, bracketed })
    }
}

/// "[12]", a reference that belongs to the sentence before it.
fn is_note(chunk: &str) -> bool {
    let number = chunk.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    number.is_some_and(|n| (1..=3).contains(&n.len()) && n.bytes().all(|b| b.is_ascii_digit()))
}

/// How a chunk begins.
struct Head<'t> {
    word: &'t str,
    upper: bool,
    lower: bool,
    digit: bool,
    /// Whether quotes or brackets open before the word.
    opened: bool,
    /// Whether the chunk only closes what came before (`)`, `"` alone).
    is_closing: bool,
    /// A lower-case part of a name ("al-", "iPhone").
    particle: bool,
}

impl<'t> Head<'t> {
    fn of(chunk: &'t str) -> Self {
        let opening =
            |c: char| matches!(c, '"' | '\'' | '“' | '‘' | '«' | '(' | '[' | '`' | '„' | '*') || is_invisible(c);
        let inner = chunk.trim_start_matches(opening);
        let first = inner.chars().next();
        let word = inner.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').next().unwrap_or("");
        let word = word.split(['\'', '’']).next().unwrap_or(word);
        let lower = first.is_some_and(char::is_lowercase);
        let second = inner.chars().nth(1);
        Head {
            word,
            upper: first.is_some_and(char::is_uppercase),
            lower,
            digit: first.is_some_and(|c| c.is_ascii_digit()),
            opened: chunk.starts_with(['"', '“', '‘', '«', '„', '\'']),
            is_closing: is_note(chunk)
                || matches!(chunk, ")" | "]" | "”" | "’" | "»" | ")." | ")," | "”." | "\".")
                || chunk.starts_with([',', ';']),
            particle: lower
                && (inner.starts_with("al-") || inner.starts_with("el-") || second.is_some_and(char::is_uppercase)),
        }
    }

    /// Whether the word is one that sentences begin with.
    fn starter(&self, weak: bool) -> bool {
        LISTS.strong_starters.contains(self.word) || (weak && LISTS.weak_starters.contains(self.word))
    }

    /// "EST", "GMT".
    fn zone(&self) -> bool {
        self.word.chars().all(char::is_uppercase)
            || matches!(
                self.word,
                "Eastern"
                    | "Pacific"
                    | "Central"
                    | "Mountain"
                    | "Greenwich"
                    | "Monday"
                    | "Tuesday"
                    | "Wednesday"
                    | "Thursday"
                    | "Friday"
                    | "Saturday"
                    | "Sunday"
            )
    }
}

/// Length of the part of a chunk that ends a sentence, where the space after it is missing: two lower-case letters,
/// a full stop (and perhaps a closing quote), a capital and a lower-case letter.
fn missing_space(chunk: &str) -> Option<usize> {
    if chunk.len() > crate::limits::MAX_WORD_BYTES || chunk::is_address(chunk) {
        return None;
    }
    for (at, _) in chunk.match_indices(['.', '?', '!']) {
        let mut before = chunk.get(..at)?.chars().rev();
        let lower = before.by_ref().take(3).filter(|c| c.is_lowercase()).count() == 3;
        let rest = chunk.get(at + 1..)?;
        let closed = rest.trim_start_matches(['"', '”', '’', ')']);
        let mut after = closed.chars();
        let upper = after.next().is_some_and(char::is_uppercase) && after.next().is_some_and(char::is_lowercase);
        let article = closed.starts_with("A ") || closed == "A" || closed == "I";
        if lower && (upper || article) {
            return Some(chunk.len() - closed.len());
        }
    }
    None
}

/// Whether capitals follow "U.S." everywhere in this text: no lower-case word follows, and a word does that no
/// sentence begins with but lower case would be right for.
fn capitalises_after_acronyms(text: &str) -> bool {
    let mut upper = 0;
    for (at, mark) in text.match_indices("U.S. ").chain(text.match_indices("U.S.\n")) {
        let next = text.get(at + mark.len()..).and_then(|rest| rest.trim_start().chars().next());
        match next {
            Some(c) if c.is_lowercase() => return false,
            Some(c) if c.is_uppercase() => upper += 1,
            _ => {}
        }
    }
    upper > 0
}
