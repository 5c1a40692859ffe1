#![no_main]
//! Any text as a file of a codebook: findings, never a panic.

use readout_codebook::Codebook;

libfuzzer_sys::fuzz_target!(|data: &str| {
    for name in ["ontology.txt", "acts/fuzz.txt", "operators/fuzz.txt", "reporting/fuzz.txt", "confidence.txt"] {
        let (_, findings) = Codebook::from_files([(name, data)].into_iter());
        for finding in findings {
            let _ = finding.to_string();
        }
    }
});
