//! The codebook that comes with readout.

use std::sync::LazyLock;

use include_dir::{Dir, include_dir};

use crate::codebook::Codebook;
use crate::finding::Finding;

static FILES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../codebook");
static COMPILED: LazyLock<(Codebook, Vec<Finding>)> =
    LazyLock::new(|| Codebook::from_files(Codebook::embedded_files()));

impl Codebook {
    /// The codebook that comes with readout, compiled at the first call.
    pub fn embedded() -> &'static Codebook {
        &COMPILED.0
    }

    /// What is wrong with it; tests see to it that there is no error.
    pub fn embedded_findings() -> &'static [Finding] {
        &COMPILED.1
    }

    /// Its files, for use beside a researcher's own: name within the codebook's folder, text.
    pub fn embedded_files() -> impl Iterator<Item = (&'static str, &'static str)> {
        let mut folders = vec![&FILES];
        let mut files = Vec::new();
        while let Some(folder) = folders.pop() {
            folders.extend(folder.dirs());
            files.extend(folder.files().filter_map(|f| Some((f.path().to_str()?, f.contents_utf8()?))));
        }
        files.sort_unstable();
        files.into_iter()
    }
}
