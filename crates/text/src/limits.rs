//! Every limit of this crate.

/// Tokens in a sentence. A longer one is cut at a comma or semicolon where its second half has one, else here; in
/// a list of sentences that were given split, where one slot must stay one sentence, the rest goes unread and a
/// problem says so.
pub const MAX_SENTENCE_TOKENS: usize = 400;

/// Tokens in a document, about 250 kB of English, more than any report holds; also paragraphs. Text beyond goes unread
/// and a problem says so.
pub const MAX_TOKENS: usize = 50_000;

/// Lines of a block without blank lines among which a common width is looked for.
pub(crate) const BLOCK_LINES: usize = 10_000;

/// Bytes of a word (a run without white space) that is looked into. A longer one is one token, its form cut to
/// this length.
pub const MAX_WORD_BYTES: usize = 256;

/// Columns (bytes) of a hard-wrapped line. A paragraph with longer lines is not hard-wrapped: each of its line
/// feeds ends a sentence.
pub const WRAP_WIDTH: usize = 120;

/// Problems that a document lists one by one; one more says how many were left out.
pub const MAX_PROBLEMS: usize = 20;
