//! What a request may cost. Each limit has a line in `docs/explorer.md`, which a test holds to this file.

/// Limits of the explorer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Connections of browsers; more wait until one ends.
    pub sockets: usize,
    /// Milliseconds in which a connection must have sent the head of its next request.
    pub head_millis: u64,
    /// Bytes of the head of a request.
    pub head_bytes: usize,
    /// Milliseconds for a request, waiting included; what a store is asked is stopped by then.
    pub request_millis: u64,
    /// Milliseconds that a request waits for its turn.
    pub queue_millis: u64,
    /// Requests that are answered or wait at the same time.
    pub requests: usize,
    /// Connections to the store, each working on one request.
    pub connections: usize,
    /// Seconds after which a browser that was turned away may come again.
    pub retry_seconds: u64,
    /// Bytes of an address.
    pub address_bytes: usize,
    /// Bytes of the body of a request.
    pub body_bytes: usize,
    /// Bytes of a text that is coded at once.
    pub text_bytes: usize,
    /// Sentences of such a text whose trees are shown.
    pub trees: usize,
    /// Texts that are coded at the same time.
    pub texts: usize,
    /// Reports that a program has coded in one request.
    pub api_reports: usize,
    /// Milliseconds for coding them; what is not begun by then is rejected.
    pub api_code_millis: u64,
    /// Values of one parameter that a program may give.
    pub api_values: usize,
    /// Characters of such a value.
    pub api_value: usize,
    /// Characters of the words that a program searches for.
    pub api_words: usize,
    /// Events on a page.
    pub page_rows: usize,
    /// Events that JSON or CSV of one request hold.
    pub most_rows: usize,
    /// The farthest event that pages lead to.
    pub deepest_row: usize,
    /// Values of a facet that a page lists.
    pub facet_values: usize,
    /// Bars of a series that a page draws, half as many where several are side by side; JSON and CSV have all.
    pub series_bins: usize,
    /// Cells of a matrix that a page draws.
    pub matrix_cells: usize,
    /// Cells of a matrix and of a table that a page makes links of.
    pub linked_rows: usize,
    /// Bytes that what is chosen takes in such links: the more is chosen, the fewer links there are.
    pub link_bytes: usize,
    /// Rows of the table below a figure.
    pub table_rows: usize,
    /// Lines of a network that a page draws.
    pub network_lines: usize,
    /// Places that a map shows.
    pub map_places: usize,
    /// Values that can be chosen at the same time.
    pub choices: usize,
    /// Bytes of a report's text that its page shows.
    pub report_bytes: usize,
    /// Events that a report's page shows.
    pub report_events: usize,
    /// Bytes of a report's text that its page shows when the whole is asked for.
    pub whole_bytes: usize,
    /// Events that it shows then.
    pub whole_events: usize,
    /// Other prints of a report that its page lists.
    pub copies: usize,
    /// Acts that several voices tell of that a page lists.
    pub disputes: usize,
    /// Mentions that are compared with each other, beside those of the same reports as many.
    pub claims: usize,
    /// Sentences that a comparison shows.
    pub claim_sentences: usize,
    /// Matters that a comparison shows.
    pub matters: usize,
    /// Voices that have a column of their own.
    pub voices: usize,
    /// Milliseconds that a user's SQL may run.
    pub sql_millis: u64,
    /// Rows of a user's SQL that a page shows.
    pub sql_page_rows: usize,
    /// Bytes of the values of a user's SQL that a page shows.
    pub sql_page_bytes: usize,
    /// Rows of a user's SQL that JSON or CSV hold.
    pub sql_rows: usize,
    /// Bytes of a value that a user's SQL makes.
    pub sql_value_bytes: usize,
    /// Bytes of all values that a user's SQL gives.
    pub sql_bytes: usize,
    /// Corrections that a page lists.
    pub corrections: usize,
    /// Characters of a name, a code or a mode in a correction.
    pub correction_name: usize,
    /// Characters of the words of an act that was missed.
    pub correction_words: usize,
    /// Characters of the reason of a correction.
    pub correction_reason: usize,
    /// Codes of a side, or of speakers, in a correction.
    pub correction_codes: usize,
    /// Blocks of the codebook that a page lists.
    pub bench_blocks: usize,
    /// Bytes of a block of the codebook that is tried out.
    pub bench_bytes: usize,
    /// Entries of the codebook whose words are looked for in the store.
    pub bench_words: usize,
    /// Reports that are coded with and without a change of the codebook.
    pub bench_reports: usize,
    /// Events that a change gains, loses or changes and that a page shows.
    pub bench_differences: usize,
    /// Milliseconds for coding them; what is not coded by then is left out.
    pub bench_millis: u64,
    /// Answers that are kept until the store changes.
    pub kept_answers: usize,
    /// Bytes of the answers that are kept.
    pub kept_bytes: usize,
    /// Selections of events that are kept counted in memory, for filters by words, confidence and acts.
    pub kept_selections: usize,
}

impl Limits {
    /// Links that a figure or a table may have, each of which holds what is chosen: `query` is that as it stands in addresses.
    pub(crate) fn links(&self, query: &str) -> usize {
        self.linked_rows.min(self.link_bytes / query.len().max(1))
    }
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            sockets: 512,
            head_millis: 30_000,
            head_bytes: 32 << 10,
            request_millis: 10_000,
            queue_millis: 2_000,
            requests: 128,
            connections: 4,
            retry_seconds: 2,
            address_bytes: 8 << 10,
            body_bytes: 256 << 10,
            text_bytes: 64 << 10,
            trees: 40,
            texts: 2,
            api_reports: 50,
            api_code_millis: 5_000,
            api_values: 50,
            api_value: 200,
            api_words: 500,
            page_rows: 25,
            most_rows: 1_000,
            deepest_row: 100_000,
            facet_values: 40,
            series_bins: 400,
            matrix_cells: 8_000,
            linked_rows: 400,
            link_bytes: 30_000,
            table_rows: 200,
            network_lines: 300,
            map_places: 250,
            choices: 200,
            report_bytes: 64 << 10,
            report_events: 100,
            whole_bytes: 1 << 20,
            whole_events: 2_000,
            copies: 50,
            disputes: 40,
            claims: 400,
            claim_sentences: 200,
            matters: 40,
            voices: 12,
            sql_millis: 1_000,
            sql_page_rows: 200,
            sql_page_bytes: 150_000,
            sql_rows: 10_000,
            sql_value_bytes: 1_000_000,
            sql_bytes: 32 << 20,
            corrections: 100,
            correction_name: 100,
            correction_words: 200,
            correction_reason: 2_000,
            correction_codes: 16,
            bench_blocks: 60,
            bench_bytes: 32 << 10,
            bench_words: 60,
            bench_reports: 60,
            bench_differences: 150,
            bench_millis: 6_000,
            kept_answers: 512,
            kept_bytes: 64 << 20,
            kept_selections: 8,
        }
    }
}
