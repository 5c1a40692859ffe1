//! Codes reports, on all cores, without the interpreter's lock.

use std::num::NonZero;
use std::sync::Arc;

use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, SchemaRef};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3_arrow::{PyRecordBatch, PyRecordBatchReader};
use readout_pipeline::{Coded, Pipeline, Sentences, bundles, coded, default_threads, in_order};
use readout_record::Record;
use readout_sources::{Options, Place, Raw, Reason, Rejection};
use serde_json::{Value, json};

use crate::answers::Answers;
use crate::{arrow, raised};

/// What became of a report.
pub(crate) enum Outcome {
    /// It was read; `coded` tells whether it was coded too, which reports in other languages are not.
    Read { record: Box<Record>, coded: bool },
    /// It was not read.
    Rejected { reason: String, hint: &'static str },
}

/// The reader, tables and codebook, loaded once.
#[pyclass(frozen, module = "readout._readout")]
pub(crate) struct Coder(Arc<Loaded>);

struct Loaded {
    pipeline: Pipeline<'static>,
    threads: usize,
    any_language: bool,
}

#[pymethods]
impl Coder {
    /// `read`: "all" or "likely" sentences; `threads`: one a core where there is none.
    #[new]
    #[pyo3(signature = (read, threads, any_language))]
    fn new(py: Python<'_>, read: &str, threads: Option<NonZero<usize>>, any_language: bool) -> PyResult<Coder> {
        let sentences: Sentences = read.parse().map_err(PyValueError::new_err)?;
        let pipeline = py.detach(Pipeline::load).map_err(|error| raised(&error))?.reading(sentences);
        let threads = threads.map_or_else(default_threads, usize::from);
        Ok(Coder(Arc::new(Loaded { pipeline, threads, any_language })))
    }

    /// What became of each report, given as JSON objects with the fields of JSON Lines: JSON of a record, or of a rejection
    /// with `reason` and `hint`.
    fn code(&self, reports: Vec<Vec<u8>>) -> Answers {
        let loaded = Arc::clone(&self.0);
        Answers::by(move |told| {
            let given = reports.into_iter().enumerate().map(|(i, bytes)| {
                let place = Place { name: "texts".into(), line: Some(i as u64 + 1), ..Place::default() };
                Ok(Raw::json(place, bytes))
            });
            let written = |outcome| match outcome {
                Outcome::Read { record, .. } => (true, serde_json::to_string(&record).unwrap_or_default()),
                Outcome::Rejected { reason, hint } => (false, json!({"reason": reason, "hint": hint}).to_string()),
            };
            let written = |_, outcomes: Vec<Outcome>| outcomes.into_iter().map(written).collect();
            // An error: nobody asks for more.
            let _ = loaded.outcomes(given, written, |answers| told.send(answers));
        })
    }

    /// A batch with a row a report for one with a report a row.
    fn code_batch(&self, py: Python<'_>, batch: PyRecordBatch) -> PyResult<PyRecordBatch> {
        let rows = py.detach(|| self.0.batch(batch.as_ref()));
        Ok(PyRecordBatch::new(rows.map_err(|error| PyValueError::new_err(error.to_string()))?))
    }

    /// The same of a stream of batches, each coded when it is asked for.
    fn code_stream(&self, stream: PyRecordBatchReader) -> PyResult<PyRecordBatchReader> {
        let coding = Coding { loaded: Arc::clone(&self.0), source: stream.into_reader()? };
        Ok(PyRecordBatchReader::new(Box::new(coding)))
    }

    /// How one report is read: JSON with its record, the trees of its sentences and the rules that were looked at.
    fn explain(&self, py: Python<'_>, report: Vec<u8>) -> PyResult<String> {
        py.detach(|| {
            let read = Raw::json(Place::default(), report).document(&Options::default());
            let document = read.map_err(|rejection| PyValueError::new_err(told(&rejection.reason)))?;
            let worker = self.0.pipeline.worker();
            let trees = worker.read(&document);
            let explanation = worker.explain(&document, &trees);
            let record = Record::new(&document, &explanation.coding, self.0.pipeline.codebook_version());
            let rules: Vec<Value> = explanation.traces.iter().map(crate::looked::rule).collect();
            let sentences: Vec<Value> = trees.iter().map(|tree| crate::looked::words(&document, tree)).collect();
            Ok(json!({"record": record, "sentences": sentences, "rules": rules}).to_string())
        })
    }

    /// Version of the codebook.
    #[getter]
    fn codebook(&self) -> &str {
        self.0.pipeline.codebook_version()
    }
}

impl Loaded {
    /// A batch with what became of each report of one.
    fn batch(&self, batch: &RecordBatch) -> Result<RecordBatch, ArrowError> {
        let reports = arrow::reports(batch).map_err(|reason| ArrowError::InvalidArgumentError(told(&reason)))?;
        let (ids, mut rows) = (arrow::ids(batch), Vec::new());
        let written = |first, outcomes: Vec<Outcome>| arrow::batch(&outcomes, ids.get(first..).unwrap_or_default());
        self.outcomes(reports.into_iter(), written, |some| some.map(|some| rows.push(some)))?;
        let rows = arrow::joined(&rows)?;
        if rows.num_rows() != batch.num_rows() {
            return Err(ArrowError::ComputeError("reports were lost by a fault in readout; please report it".into()));
        }
        Ok(rows)
    }

    /// Codes reports, and hands on what is written of the outcomes of a few at a time, in order; `written` is told the number of
    /// the first of them, from 0, and is run on the threads that code.
    fn outcomes<R: Send, E>(
        &self,
        reports: impl Iterator<Item = Result<Raw, Rejection>> + Send,
        written: impl Fn(usize, Vec<Outcome>) -> R + Sync,
        mut sink: impl FnMut(R) -> Result<(), E>,
    ) -> Result<(), E> {
        let options = Options::default();
        let size = |(_, raw): &(usize, Result<Raw, Rejection>)| raw.as_ref().map_or(0, Raw::size);
        let outcome = |one: Option<Result<Coded, Rejection>>| match one {
            Some(Ok(coded)) => {
                let record = coded.record(self.pipeline.codebook_version());
                Outcome::Read { record: Box::new(record), coded: coded.is_coded }
            }
            Some(Err(rejection)) => Outcome::Rejected { reason: rejection.reason.to_string(), hint: rejection.hint() },
            None => Outcome::Rejected {
                reason: "could not be coded because of a fault in readout".to_owned(),
                hint: "please report it with the text",
            },
        };
        in_order(
            || bundles(reports.enumerate(), size),
            self.threads,
            || self.pipeline.worker(),
            |worker, bundle: Vec<(usize, Result<Raw, Rejection>)>| {
                let first = bundle.first().map_or(0, |(i, _)| *i);
                let all = coded(worker, self.any_language, bundle, |(_, raw)| raw?.document(&options));
                written(first, all.into_iter().map(outcome).collect())
            },
            // Faults are caught where a report is coded, one by one.
            |some| some.map_or(Ok(()), &mut sink),
        )
    }
}

/// A stream of batches that codes those of another.
struct Coding {
    loaded: Arc<Loaded>,
    source: Box<dyn RecordBatchReader + Send>,
}

impl Iterator for Coding {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.source.next().map(|batch| self.loaded.batch(&batch?))
    }
}

impl RecordBatchReader for Coding {
    fn schema(&self) -> SchemaRef {
        arrow::coded_schema()
    }
}

/// A reason with its hint.
fn told(reason: &Reason) -> String {
    format!("{reason}; {}", reason.hint())
}
