//! Links documents that repeat each other, as they come.

use rusqlite::{Result, Transaction, params};

use crate::near::{Signature, are_copies};

/// Looks for documents that `document` repeats, or that repeat it, and makes them one group, whose first report (by day,
/// name and key) the others point at. Groups are the same whatever the order of arrival, since every two copies meet.
pub(crate) fn place(change: &Transaction<'_>, document: i64, text: &str, signature: &Signature) -> Result<()> {
    for (band, hash) in signature.bands().enumerate() {
        change
            .prepare_cached("INSERT OR IGNORE INTO bands (band, hash, document) VALUES (?1, ?2, ?3)")?
            .execute(params![band as i64, hash, document])?;
    }
    let candidates: Vec<(i64, i64)> = change
        .prepare_cached(
            "SELECT DISTINCT ifnull(d.copy_of, d.id) AS first, d.id FROM bands mine
             JOIN bands theirs ON theirs.band = mine.band AND theirs.hash = mine.hash
             JOIN documents d ON d.id = theirs.document
             WHERE mine.document = ?1 AND d.id != ?1 ORDER BY first, d.id",
        )?
        .query_map([document], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_>>()?;
    let mut joined: Vec<i64> = Vec::new();
    for (group, candidate) in candidates {
        if joined.contains(&group) {
            continue;
        }
        let other: String = change
            .prepare_cached("SELECT text FROM documents WHERE id = ?1")?
            .query_row([candidate], |row| row.get(0))?;
        if other == text || are_copies(&other, text) {
            joined.push(group);
        }
    }
    if joined.is_empty() {
        return Ok(());
    }
    joined.push(document);
    regroup(change, &joined)
}

/// Makes one group of those that `firsts` lead.
pub(crate) fn regroup(change: &Transaction<'_>, firsts: &[i64]) -> Result<()> {
    let mut members: Vec<(Place, i64)> = Vec::new();
    for first in firsts {
        let mut statement = change.prepare_cached(
            "SELECT published IS NULL, published, name, key, id FROM documents WHERE id = ?1 OR copy_of = ?1",
        )?;
        let rows = statement
            .query_map([first], |row| Ok(((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?), row.get(4)?)))?;
        for row in rows {
            members.push(row?);
        }
    }
    members.sort_unstable();
    members.dedup();
    let Some((_, first)) = members.first() else { return Ok(()) };
    for (_, member) in &members {
        let of = (member != first).then_some(*first);
        change
            .prepare_cached("UPDATE documents SET copy_of = ?2 WHERE id = ?1 AND copy_of IS NOT ?2")?
            .execute(params![member, of])?;
    }
    Ok(())
}

/// Day (unknown last), name and key: what orders the reports of a group.
type Place = (bool, Option<String>, String, String);
