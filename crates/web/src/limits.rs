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
    /// Texts that are coded at the same time.
    pub texts: usize,
    /// Events on a page.
    pub page_rows: usize,
    /// Events that JSON or CSV of one request hold.
    pub most_rows: usize,
    /// The farthest event that pages lead to.
    pub deepest_row: usize,
    /// Values of a facet that a page lists.
    pub facet_values: usize,
    /// Bars of a series that a page draws; JSON and CSV have all.
    pub series_bins: usize,
    /// Cells of a matrix that a page draws.
    pub matrix_cells: usize,
    /// Cells of a matrix and rows of a table that a page makes links of.
    pub linked_rows: usize,
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
    /// Other prints of a report that its page lists.
    pub copies: usize,
    /// Answers that are kept until the store changes.
    pub kept_answers: usize,
    /// Bytes of the answers that are kept.
    pub kept_bytes: usize,
    /// Selections of events that are kept counted in memory, for filters by words, confidence and acts.
    pub kept_selections: usize,
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
            texts: 2,
            page_rows: 25,
            most_rows: 1_000,
            deepest_row: 100_000,
            facet_values: 40,
            series_bins: 400,
            matrix_cells: 8_000,
            linked_rows: 400,
            network_lines: 400,
            map_places: 250,
            choices: 200,
            report_bytes: 1 << 20,
            report_events: 2_000,
            copies: 50,
            kept_answers: 512,
            kept_bytes: 64 << 20,
            kept_selections: 8,
        }
    }
}
