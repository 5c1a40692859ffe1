//! Every limit of reading.

/// Limits of reading, each with its default.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Bytes of a record: a text file, a JSON file, a line of JSON Lines. Default 16 MiB.
    pub record_bytes: usize,
    /// Sentences in a record that gives them split. Default 100,000.
    pub sentences: usize,
    /// Bytes of a line that is too long which are skipped to find its end, before the rest of the file is given up.
    /// Default 1 GiB.
    pub skipped_bytes: u64,
    /// Bytes a packed file (or one gzip member of it) may unpack to before `unpacked_ratio` is looked at. Default 64 MiB.
    pub unpacked_bytes: u64,
    /// Bytes unpacked for each packed byte beyond which a file (or one gzip member of it) is taken for a bomb. Default 200.
    pub unpacked_ratio: u64,
    /// Folders within folders. Default 32.
    pub folder_depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            record_bytes: 16 << 20,
            sentences: 100_000,
            skipped_bytes: 1 << 30,
            unpacked_bytes: 64 << 20,
            unpacked_ratio: 200,
            folder_depth: 32,
        }
    }
}

/// Bytes at the head of a file by which its format is guessed and noise is told from text.
pub(crate) const HEAD: usize = 64 << 10;

/// Per cent of the head's bytes that may be control characters or not UTF-8 in a text.
pub(crate) const NOISE_PERCENT: usize = 10;

/// Binary logarithm of the bytes a zstd file may ask to be kept in memory (32 MiB).
pub(crate) const ZSTD_WINDOW_LOG: u32 = 25;
