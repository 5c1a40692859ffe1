//! The store as requests see it: a few connections that only read, and in memory the columns for counts, which are
//! loaded anew when somebody has written to the store or put another in its place.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::{Duration, Instant};

use readout_store::columns::{Columns, Count, Counted, Dispute, Facet, Facets, RowSet, Selection};
use readout_store::{BySentence, Filter, Order, Orders, Overview, Store, StoreError, Version};

use crate::answer::Fault;
use crate::limits::Limits;
use crate::recent::Recent;

/// How long the store is taken to be unchanged.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// The store behind the explorer.
pub(crate) struct Data {
    path: PathBuf,
    idle: Mutex<Vec<(u64, Store)>>,
    connections: usize,
    snapshot: RwLock<Arc<Snapshot>>,
    watch: Mutex<Watch>,
    loading: AtomicBool,
}

/// What is held in memory of one state of the store.
pub(crate) struct Snapshot {
    /// Number of the state.
    generation: u64,
    /// The store's name: its file's.
    pub(crate) name: String,
    /// What it holds.
    pub(crate) overview: Overview,
    /// What coded it.
    pub(crate) version: Option<Version>,
    /// Counts of all events.
    pub(crate) all: Facets,
    /// Values of each facet, sorted.
    values: BTreeMap<Facet, Vec<String>>,
    columns: Columns,
    orders: Orders,
    by_sentence: BySentence,
    /// Rows that some filters mean.
    matched: Recent<Filter, Vec<u32>>,
    /// What some selections mean.
    counted: Recent<Selection, Arc<Counted>>,
    /// Values of a facet that are listed.
    most_values: usize,
}

/// Sees changes.
struct Watch {
    store: Store,
    seen: Seen,
    at: Instant,
}

/// A state of the file as it is seen from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Seen {
    changes: i64,
    file: u64,
}

impl Data {
    /// Opens a store and loads what is held in memory.
    pub(crate) fn open(path: &Path, limits: &Limits) -> Result<Data, StoreError> {
        let store = Store::open(path)?;
        let seen = Seen { changes: store.changes()?, file: file_id(path) };
        let snapshot = Snapshot::load(&store, 0, limits)?;
        Ok(Data {
            path: path.to_owned(),
            idle: Mutex::default(),
            connections: limits.connections,
            snapshot: RwLock::new(Arc::new(snapshot)),
            watch: Mutex::new(Watch { store, seen, at: Instant::now() }),
            loading: AtomicBool::new(false),
        })
    }

    /// The newest state that is loaded.
    pub(crate) fn snapshot(&self) -> Arc<Snapshot> {
        self.snapshot.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Does `work` on a connection of its own, which is stopped after `time`.
    pub(crate) fn with<T>(
        &self,
        time: Duration,
        work: impl FnOnce(&Store, &Snapshot) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let snapshot = self.snapshot();
        let kept = lock(&self.idle).pop().filter(|(generation, _)| *generation == snapshot.generation);
        let mut store = match kept {
            Some((_, store)) => store,
            None => Store::open(&self.path)?,
        };
        store.within(time)?;
        let result = work(&store, &snapshot);
        let mut idle = lock(&self.idle);
        if idle.len() < self.connections {
            idle.push((snapshot.generation, store));
        }
        result
    }

    /// Loads the columns anew where the store has changed, on a thread of its own: requests go on with the old ones.
    pub(crate) fn look(self: &Arc<Self>, limits: Limits) {
        if self.has_changed() && !self.loading.swap(true, Ordering::AcqRel) {
            let data = self.clone();
            std::thread::spawn(move || {
                data.reload(&limits);
                data.loading.store(false, Ordering::Release);
            });
        }
    }

    /// Loads the columns anew; keeps the old ones where that fails, until the next look.
    pub(crate) fn reload(&self, limits: &Limits) {
        let Ok(store) = Store::open(&self.path) else { return };
        let (Ok(changes), file) = (store.changes(), file_id(&self.path)) else { return };
        let generation = self.snapshot().generation + 1;
        let Ok(snapshot) = Snapshot::load(&store, generation, limits) else { return };
        *lock(&self.watch) = Watch { store, seen: Seen { changes, file }, at: Instant::now() };
        *self.snapshot.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(snapshot);
    }

    fn has_changed(&self) -> bool {
        // Whoever comes while another looks need not.
        let Ok(mut watch) = self.watch.try_lock() else { return false };
        if watch.at.elapsed() < LOOK_AGAIN {
            return false;
        }
        watch.at = Instant::now();
        let now = watch.store.changes().map(|changes| Seen { changes, file: file_id(&self.path) });
        now.is_ok_and(|now| now != watch.seen)
    }
}

impl Snapshot {
    fn load(store: &Store, generation: u64, limits: &Limits) -> Result<Snapshot, StoreError> {
        // What takes long is asked for at the same time, each on a connection of its own.
        let path = store.path();
        let (columns, orders, by_sentence) = std::thread::scope(|scope| {
            let orders = scope.spawn(|| Store::open(path)?.orders());
            let by_sentence = scope.spawn(|| Store::open(path)?.by_sentence());
            (Columns::of(store, &Filter::default()), joined(orders.join(), path), joined(by_sentence.join(), path))
        });
        let (columns, orders, by_sentence) = (columns?, orders?, by_sentence?);
        let values = columns.all().counts.clone();
        let sorted = |counts: Vec<Count>| {
            let mut values: Vec<String> = counts.into_iter().map(|count| count.value).collect();
            values.sort_unstable();
            values
        };
        Ok(Snapshot {
            generation,
            name: store.path().file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned()),
            overview: store.overview()?,
            version: store.version()?,
            values: values.into_iter().map(|(facet, counts)| (facet, sorted(counts))).collect(),
            all: columns.counted(&Selection::default(), limits.most_rows).facets,
            columns,
            orders,
            by_sentence,
            matched: Recent::new(limits.kept_selections),
            counted: Recent::new(limits.kept_selections),
            most_values: limits.most_rows,
        })
    }

    /// Number of the state, one more after each change.
    pub(crate) fn generation(&self) -> u64 {
        self.generation
    }

    /// The events in memory.
    pub(crate) fn columns(&self) -> &Columns {
        &self.columns
    }

    /// All values of a facet, sorted.
    pub(crate) fn values(&self, facet: Facet) -> &[String] {
        self.values.get(&facet).map_or(&[], Vec::as_slice)
    }

    /// The rows that a filter means; `None` where it means all.
    pub(crate) fn matching(&self, store: &Store, filter: &Filter) -> Result<Option<Vec<u32>>, Fault> {
        if *filter == Filter::default() {
            return Ok(None);
        }
        let words_alone = Filter { text: filter.text.clone(), ..Filter::default() };
        let rows = self.matched.get_or(filter, || match &filter.text {
            Some(words) if *filter == words_alone => store.telling(words, &self.by_sentence),
            _ => store.matching(filter),
        })?;
        Ok(Some(rows))
    }

    /// Counts of the events that a selection means. Of each facet the most frequent values are listed, and those that are
    /// chosen.
    pub(crate) fn facets(&self, selection: &Selection) -> Facets {
        if *selection == Selection::default() { self.all.clone() } else { self.count(selection).facets.clone() }
    }

    /// Rows of the events that a selection means, ascending.
    pub(crate) fn among(&self, selection: &Selection) -> Vec<u32> {
        self.columns.rows(selection)
    }

    /// Acts of a selection that several voices tell of, `most` of them.
    pub(crate) fn disputes(&self, selection: &Selection, most: usize) -> Vec<Dispute> {
        self.columns.disputes(selection, most)
    }

    /// Rows of the events that a selection means, `most` of them from number `skip` on, in an order.
    pub(crate) fn rows(&self, selection: &Selection, order: Order, skip: usize, most: usize) -> Vec<i64> {
        let all = self.orders.by(order).iter().copied();
        let page = |rows: &mut dyn Iterator<Item = u32>| rows.skip(skip).take(most).map(i64::from).collect();
        if *selection == Selection::default() {
            return page(&mut { all });
        }
        let counted = self.count(selection);
        let meant: &RowSet = &counted.rows;
        page(&mut all.filter(|row| meant.has(*row)))
    }

    fn count(&self, selection: &Selection) -> Arc<Counted> {
        let count = || Ok::<_, Infallible>(Arc::new(self.columns.counted(selection, self.most_values)));
        self.counted.get_or(selection, count).unwrap_or_else(|never| match never {})
    }
}

/// What a thread gave; one that ended with a fault is an error like others.
fn joined<T>(given: std::thread::Result<Result<T, StoreError>>, path: &Path) -> Result<T, StoreError> {
    given.unwrap_or_else(|_| Err(StoreError::Busy(path.to_owned())))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A number that is another one for another file under the same name.
fn file_id(path: &Path) -> u64 {
    let Ok(about) = std::fs::metadata(path) else { return 0 };
    #[cfg(unix)]
    return std::os::unix::fs::MetadataExt::ino(&about);
    #[cfg(not(unix))]
    about.created().ok().and_then(|t| t.duration_since(std::time::UNIX_EPOCH).ok()).map_or(0, |d| d.as_nanos() as u64)
}
