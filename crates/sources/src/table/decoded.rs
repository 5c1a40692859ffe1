//! A file's bytes in UTF-8, piece by piece, whatever they are in the file.

use encoding_rs::Decoder;

use crate::bytes::Bytes;
use crate::charset;
use crate::rejection::Reason;

/// Bytes that are decoded at a time.
const PIECE: usize = 16 << 10;

/// A file of text.
pub(crate) struct Decoded {
    bytes: Bytes,
    /// For encodings other than UTF-8, and what it gave that is not taken yet.
    decoder: Option<Decoder>,
    text: String,
    at: usize,
    ended: bool,
}

impl Decoded {
    /// The text of `bytes`; its encoding is told by the head. A byte-order mark is passed over.
    pub fn new(mut bytes: Bytes) -> Self {
        let decoder = charset::tell(bytes.head(), None).map(|encoding| encoding.new_decoder_with_bom_removal());
        if decoder.is_none() && bytes.head().starts_with(b"\xEF\xBB\xBF") {
            bytes.skip(3);
        }
        Decoded { bytes, decoder, text: String::new(), at: 0, ended: false }
    }

    /// The bytes that come next, some at least unless nothing is left.
    pub fn fill(&mut self) -> Result<&[u8], Reason> {
        let Some(decoder) = &mut self.decoder else { return self.bytes.fill() };
        while self.at >= self.text.len() && !self.ended {
            let given = self.bytes.fill()?;
            let given = given.get(..given.len().min(PIECE)).unwrap_or_default();
            let taken = given.len();
            self.ended = taken == 0;
            self.text.clear();
            self.at = 0;
            self.text.reserve(decoder.max_utf8_buffer_length(taken).unwrap_or(4 * PIECE));
            let (_, read, _) = decoder.decode_to_string(given, &mut self.text, self.ended);
            self.bytes.skip(read.min(taken));
        }
        Ok(self.text.as_bytes().get(self.at..).unwrap_or_default())
    }

    /// Takes bytes that were looked at.
    pub fn skip(&mut self, count: usize) {
        match self.decoder {
            Some(_) => self.at += count,
            None => self.bytes.skip(count),
        }
    }

    /// Where the next byte stands in the file, or in what it unpacks to; not known where it is decoded.
    pub fn offset(&self) -> Option<u64> {
        self.decoder.is_none().then(|| self.bytes.offset())
    }

    /// The limit of a record.
    pub fn record_bytes(&self) -> usize {
        self.bytes.record_bytes()
    }

    /// The limit of what is skipped.
    pub fn skipped_bytes(&self) -> u64 {
        self.bytes.skipped_bytes()
    }
}
