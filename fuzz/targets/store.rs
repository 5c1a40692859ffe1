#![no_main]
//! A store with bytes of its file changed: opened, checked, read and asked, an error at worst.

use std::sync::OnceLock;

use readout_store::{Arrival, Filter, Report, SqlLimits, Store, Version, What};

/// The bytes of a sound store.
fn sound() -> &'static [u8] {
    static SOUND: OnceLock<Vec<u8>> = OnceLock::new();
    SOUND.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("sound.db");
        let part = || "x".to_owned();
        let version = Version { program: part(), model: part(), actors: part(), codebook: part(), reading: part() };
        let mut store = Store::open_or_create(&path, &version).expect("a new store");
        let run = store.begin("add", &version).expect("a run");
        let record = |id: &str| {
            let text = format!(r#"{{"schema": "readout/1", "id": "{id}", "sentences": [{{"span": [0, 9]}}]}}"#);
            readout_record::formats::jsonl::read(text.as_bytes()).next().expect("a line").expect("a record")
        };
        let arrivals: Vec<Arrival> = (0..20)
            .map(|n| Arrival {
                input: "a".to_owned(),
                ordinal: Some(n),
                line: None,
                offset: None,
                hash: n.to_string(),
                what: What::Report(Box::new(Report::new("A report.".to_owned(), false, true, record(&n.to_string())))),
            })
            .collect();
        store.write(run, &arrivals).expect("room");
        store.close().expect("a whole file");
        std::fs::read(path).expect("the file")
    })
}

libfuzzer_sys::fuzz_target!(|changes: Vec<(u16, u8)>| {
    let mut bytes = sound().to_vec();
    for (at, value) in changes {
        let at = usize::from(at) * 7 % bytes.len();
        bytes[at] ^= value;
    }
    let file = tempfile::NamedTempFile::new().expect("a temporary file");
    std::fs::write(file.path(), &bytes).expect("room");
    let Ok(store) = Store::open(file.path()) else { return };
    let _ = store.check();
    let _ = store.contents();
    let _ = store.events(&Filter::default(), 10);
    let _ = Store::query(file.path(), "SELECT * FROM acts", SqlLimits::default());
});
