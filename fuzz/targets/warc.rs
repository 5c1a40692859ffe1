#![no_main]
//! Any bytes as a file that ends in .warc.

mod read;

libfuzzer_sys::fuzz_target!(|data: &[u8]| read::file(data, ".warc"));
