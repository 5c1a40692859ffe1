//! Opens an address in the browser that the system names.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::process::{Command, Stdio};
use std::thread;

/// Asks the system's own program to show an address, and does not wait for it. Where that fails it is said, and nothing is lost:
/// the address is printed anyway.
pub(crate) fn open(address: SocketAddr) {
    let (program, before) = opener(std::env::consts::OS);
    let started = Command::new(program)
        .args(before)
        .arg(url(address))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    match started {
        // Waited for in a thread of its own: it may run as long as the browser does.
        Ok(mut child) => drop(thread::spawn(move || match child.wait() {
            Ok(status) if status.success() => {}
            Ok(status) => failed(program, &status.to_string()),
            Err(error) => failed(program, &error.to_string()),
        })),
        Err(error) => failed(program, &error.to_string()),
    }
}

fn failed(program: &str, why: &str) {
    eprintln!("readout: no browser could be started ({program}: {why}); open the address yourself");
}

/// The program that opens addresses, and what stands before the address.
fn opener(system: &str) -> (&'static str, &'static [&'static str]) {
    match system {
        "macos" => ("open", &[]),
        "windows" => ("rundll32", &["url.dll,FileProtocolHandler"]), // no shell reads the address
        _ => ("xdg-open", &[]),
    }
}

/// The address as this machine reaches it: one that stands for all of its own is loopback's.
fn url(address: SocketAddr) -> String {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        ip => ip,
    };
    format!("http://{}/", SocketAddr::new(ip, address.port()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_those_that_this_machine_reaches() {
        for (address, expect) in [
            ("127.0.0.1:4747", "http://127.0.0.1:4747/"),
            ("0.0.0.0:80", "http://127.0.0.1:80/"),
            ("[::]:4747", "http://[::1]:4747/"),
            ("192.0.2.7:4747", "http://192.0.2.7:4747/"),
        ] {
            assert_eq!(url(address.parse().unwrap()), expect);
        }
    }

    #[test]
    fn each_system_has_its_program() {
        for (system, expect) in
            [("linux", "xdg-open"), ("freebsd", "xdg-open"), ("macos", "open"), ("windows", "rundll32")]
        {
            assert_eq!(opener(system).0, expect);
        }
    }
}
