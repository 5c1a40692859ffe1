//! `readout export`: records in, other people's formats out.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use readout_export::{Format, Summary, export};

use crate::Outcome;
use crate::archive::Files;
use crate::args::{Export, ExportFormat};
use crate::view::table::counted;

/// Writes the records of all files in the format.
pub(crate) fn run(options: &Export) -> anyhow::Result<Outcome> {
    let output = options.output.as_deref().filter(|o| *o != Path::new("-"));
    if output.is_none() && is_binary(options.format) && io::stdout().is_terminal() {
        bail!("Parquet is not for a terminal; give --output FILE, or send it on");
    }
    if options.files.is_empty() && io::stdin().is_terminal() {
        eprintln!("readout: reading records from standard input; end it with Ctrl-D, or give files");
    }
    let archive = Files::open(&options.files)?;
    let format = Format::from(options.format);
    let summary = match output {
        Some(path) => {
            let part = Part::create(path)?;
            let summary = export(&archive, format, &options.options(), BufWriter::new(&part.file))?;
            part.keep()?;
            summary
        }
        None => export(&archive, format, &options.options(), BufWriter::new(io::stdout()))?,
    };
    if summary.documents == 0 && archive.failed() == 0 {
        eprintln!("readout: nothing to export: the input holds no record");
        return Ok(Outcome::Nothing);
    }
    if !options.quiet {
        eprintln!("readout: {}", told(options, &summary));
    }
    Ok(if archive.failed() > 0 { Outcome::Partial } else { Outcome::Done })
}

fn is_binary(format: ExportFormat) -> bool {
    matches!(format, ExportFormat::Parquet | ExportFormat::AttributionsParquet | ExportFormat::PanelParquet)
}

/// What came of it, in a line or two.
fn told(options: &Export, summary: &Summary) -> String {
    let of = match options.format {
        ExportFormat::AttributionsCsv | ExportFormat::AttributionsParquet => "attribution",
        ExportFormat::Jsonl | ExportFormat::Csv | ExportFormat::Parquet => "event",
        ExportFormat::GdeltMentions => "mention",
        ExportFormat::Panel | ExportFormat::PanelParquet => "count",
        _ if options.mentions => "mention",
        _ => "act",
    };
    let number = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    let mut text = format!(
        "{} of {} from {}",
        counted(number(summary.rows), "row"),
        counted(number(summary.counted), of),
        counted(number(summary.documents), "document")
    );
    let left: Vec<String> = summary.left_out.iter().map(|(why, n)| format!("{n} {why}")).collect();
    if !left.is_empty() {
        text.push_str("; left out: ");
        text.push_str(&left.join(", "));
    }
    text
}

/// A file that gets its name when it is whole, so that half an export is never taken for one.
struct Part {
    file: File,
    path: PathBuf,
    /// What it is called until then; `None` where the output is no plain file (a pipe, a device).
    part: Option<PathBuf>,
}

impl Part {
    fn create(path: &Path) -> anyhow::Result<Part> {
        let special = fs::metadata(path).is_ok_and(|m| !m.is_file());
        let part = (!special).then(|| {
            let mut name = OsString::from(path);
            name.push(".part");
            PathBuf::from(name)
        });
        let to = part.as_deref().unwrap_or(path);
        let file = File::create(to).with_context(|| format!("cannot write {}", to.display()))?;
        Ok(Part { file, path: path.to_owned(), part })
    }

    fn keep(mut self) -> anyhow::Result<()> {
        let Some(part) = self.part.take() else { return Ok(()) };
        self.file.sync_all().with_context(|| format!("cannot write {}", part.display()))?;
        fs::rename(&part, &self.path).with_context(|| format!("cannot write {}", self.path.display()))
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if let Some(part) = &self.part {
            let _ = fs::remove_file(part); // what stopped the export has been told
        }
    }
}
