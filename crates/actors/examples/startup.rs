//! Prints how long the embedded tables take to compile, in milliseconds on the clock.
//! `cargo run --release -p readout-actors --example startup`

fn main() {
    let start = std::time::Instant::now();
    let actors = readout_actors::Actors::embedded();
    let held = actors.country("IRN").is_some();
    println!("{:.1} ms, Iran {held}", start.elapsed().as_secs_f64() * 1000.0);
}
