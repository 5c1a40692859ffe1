//! Takes a store and requests of browsers; gives the explorer: pages, and the same views as JSON and CSV. The one crate
//! that knows HTTP and HTML. Never writes to the store, never asks another host for anything, never codes: whoever
//! starts it hands over what codes a pasted text ([`Code`]).
//!
//! A page is a value ([`answer`]) that one function of [`views`] makes of the store and the address; the value writes
//! itself as HTML, JSON and CSV, so that no form can say what another does not; [`api`] gives the same JSON to programs, by a
//! description that it is held to. Everything around it is done once:
//! [`server`] (requests, limits, the pool of connections), [`headers`] and [`auth`] (who may ask, what browsers may do
//! with the answer), [`page`] (what all pages share), [`address`] (the state of a page is in its address).

mod address;
mod answer;
mod api;
mod assets;
mod auth;
mod code;
mod data;
mod draw;
mod error;
mod headers;
mod kept;
mod limits;
mod listen;
mod map;
mod marked;
mod pack;
mod page;
mod recent;
mod server;
mod views;

pub use code::{Code, Coded, Given, Rejected, Sent};
pub use error::WebError;
pub use limits::Limits;
pub use marked::marked;
pub use server::{Explorer, Settings};
