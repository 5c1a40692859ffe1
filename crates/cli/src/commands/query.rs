//! `readout query`: a question to a store in, rows out.

use std::io::{self, IsTerminal as _, Write};
use std::time::Duration;

use readout_store::columns::{Columns, Facet, Facets};
use readout_store::{Filter, Grid, SqlLimits, Store, Value, Who};

use crate::Outcome;
use crate::args::{FilterOptions, GridFormat, Query};
use crate::store::told;
use crate::view::grid;

/// Answers.
pub(crate) fn run(options: &Query) -> anyhow::Result<Outcome> {
    let answer = if let Some(sql) = &options.sql {
        let time = Duration::try_from_secs_f64(options.seconds)?;
        let limits = SqlLimits { time, rows: options.limit, ..SqlLimits::default() };
        Store::query(&options.store, sql, limits).map_err(told)?
    } else {
        let store = Store::open(&options.store).map_err(told)?;
        let filter = filter(&options.filter);
        if options.facets {
            facets(&store, &filter, options.limit)?
        } else if options.count_by.is_empty() {
            store.events(&filter, options.limit).map_err(told)?
        } else {
            store.counts(&filter, &options.count_by, options.limit).map_err(told)?
        }
    };
    write(&answer, options.format)?;
    if answer.cut {
        eprintln!("readout: there are more than {} rows; --limit N gives more", options.limit);
    }
    Ok(if answer.rows.is_empty() { Outcome::Nothing } else { Outcome::Done })
}

fn filter(options: &FilterOptions) -> Filter {
    let who = |names: &[String]| names.iter().map(Who::new).collect();
    Filter {
        actor: who(&options.actor),
        recipient: who(&options.recipient),
        party: who(&options.party),
        speaker: who(&options.speaker),
        unattributed: options.unattributed,
        place: who(&options.place),
        kind: options.kind.clone(),
        quad: options.quad.clone(),
        status: options.status.clone(),
        publisher: options.publisher.clone(),
        from: options.from,
        to: options.to,
        text: options.text.clone(),
        confidence: options.confidence,
        acts: options.acts,
    }
}

/// Counts by every facet and month, of the events that the filter means: one row a value.
fn facets(store: &Store, filter: &Filter, limit: usize) -> anyhow::Result<Grid> {
    let columns = Columns::of(store, filter).map_err(told)?;
    let Facets { events, counts, months, .. } = columns.all();
    let columns = ["facet", "value", "events"].map(str::to_owned).to_vec();
    let mut grid = Grid { columns, ..Grid::default() };
    let mut add = |facet: &str, value: &str, n: u64| {
        let n = Value::Integer(i64::try_from(n).unwrap_or(i64::MAX));
        grid.rows.push(vec![Value::Text(facet.to_owned()), Value::Text(value.to_owned()), n]);
    };
    add("all", "", *events);
    for (facet, name) in Facet::ALL {
        for count in counts.get(&facet).into_iter().flatten().take(limit) {
            add(name, &count.value, count.events);
        }
    }
    for (month, events, _) in months {
        add("month", month, *events);
    }
    Ok(grid)
}

fn write(answer: &Grid, format: GridFormat) -> io::Result<()> {
    let terminal = io::stdout().is_terminal();
    let mut out = io::BufWriter::new(io::stdout().lock());
    match format {
        GridFormat::Table => grid::table(&mut out, answer)?,
        GridFormat::Auto if terminal => grid::table(&mut out, answer)?,
        GridFormat::Csv | GridFormat::Auto => grid::csv(&mut out, answer)?,
        GridFormat::Jsonl => grid::jsonl(&mut out, answer)?,
    }
    out.flush()
}
