//! Which addresses may be reached: names and ports by the URL, machines by the address that is connected to.

use std::error::Error as StdError;
use std::fmt;
use std::net::IpAddr;

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;
use url::Url;

use crate::failure::Failure;
use crate::network::Network;

/// Bytes of a URL.
pub const LONGEST_URL: usize = 4096;

/// Networks of IPv4 that are no public hosts' (IANA's registry of special-purpose addresses, multicast, class E).
const SPECIAL_4: [Network; 15] = [
    Network::v4(0, 0, 0, 0, 8),
    Network::v4(10, 0, 0, 0, 8),
    Network::v4(100, 64, 0, 0, 10), // carriers' own
    Network::v4(127, 0, 0, 0, 8),
    Network::v4(169, 254, 0, 0, 16), // link-local; clouds keep credentials there
    Network::v4(172, 16, 0, 0, 12),
    Network::v4(192, 0, 0, 0, 24),
    Network::v4(192, 0, 2, 0, 24),
    Network::v4(192, 88, 99, 0, 24), // 6to4 relays
    Network::v4(192, 168, 0, 0, 16),
    Network::v4(198, 18, 0, 0, 15),
    Network::v4(198, 51, 100, 0, 24),
    Network::v4(203, 0, 113, 0, 24),
    Network::v4(224, 0, 0, 0, 4),
    Network::v4(240, 0, 0, 0, 4),
];

/// Global unicast, outside of which no IPv6 address is public: neither `::1`, mapped IPv4 (`::ffff:0:0/96`), NAT64
/// (`64:ff9b::/96`), unique local (`fc00::/7`), link-local (`fe80::/10`) nor multicast (`ff00::/8`).
const GLOBAL_6: Network = Network::v6(0x2000, 0, 3);

/// Networks of IPv6 within global unicast that are no public hosts'.
const SPECIAL_6: [Network; 4] = [
    Network::v6(0x2001, 0, 23), // Teredo, benchmarks, ORCHID
    Network::v6(0x2001, 0xdb8, 32),
    Network::v6(0x2002, 0, 16), // 6to4
    Network::v6(0x3fff, 0, 20),
];

/// Whether an address is one that a public host can have.
pub fn is_public(address: IpAddr) -> bool {
    let within = |networks: &[Network]| networks.iter().any(|network| network.contains(address));
    match address {
        IpAddr::V4(_) => !within(&SPECIAL_4),
        IpAddr::V6(_) => GLOBAL_6.contains(address) && !within(&SPECIAL_6),
    }
}

/// Checks what can be seen in a URL: scheme, port, credentials, length. Ports below 1024 other than 80 and 443 belong to
/// other services than the web's.
///
/// # Errors
/// Where it must not be fetched.
pub(crate) fn check(url: &Url) -> Result<(), Failure> {
    if url.as_str().len() > LONGEST_URL {
        return Err(Failure::Address(format!("the address is longer than {LONGEST_URL} bytes")));
    }
    if !["http", "https"].contains(&url.scheme()) {
        return Err(Failure::Address(format!("`{}:` is not fetched, only http and https are", url.scheme())));
    }
    if url.host_str().is_none_or(str::is_empty) {
        return Err(Failure::Address("the address names no host".to_owned()));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Failure::Address("the address holds a user's name or password".to_owned()));
    }
    match url.port() {
        Some(port) if port < 1024 && port != 80 && port != 443 => {
            Err(Failure::Address(format!("port {port} is not the web's")))
        }
        _ => Ok(()),
    }
}

/// Finds hosts as `inner` does and keeps back every address that is not public. It is asked for each connection, and
/// the connection is made to the very addresses that it gives: a name that changes its mind gains nothing.
#[derive(Debug)]
pub(crate) struct Guard<R> {
    pub inner: R,
    /// Networks that are let through all the same.
    pub allowed: Vec<Network>,
}

impl<R: Resolver> Resolver for Guard<R> {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.inner.resolve(uri, config, timeout).map_err(|error| match error {
            ureq::Error::Io(_) => ureq::Error::HostNotFound,
            other => other,
        })?;
        let allowed = |address: IpAddr| self.allowed.iter().any(|network| network.contains(address));
        let mut kept = self.empty();
        let mut special = None;
        for address in found.iter() {
            if is_public(address.ip()) || allowed(address.ip()) {
                kept.push(*address);
            } else {
                special = Some(address.ip());
            }
        }
        match special {
            Some(address) if kept.is_empty() => Err(ureq::Error::Other(Box::new(Special(address)))),
            _ => Ok(kept),
        }
    }
}

/// Says that a host has no public address.
#[derive(Debug)]
pub(crate) struct Special(pub IpAddr);

impl fmt::Display for Special {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is not a public address", self.0)
    }
}

impl StdError for Special {}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn special_addresses_are_not_public() {
        for address in [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.0.9",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.7",
            "203.0.113.9",
            "224.0.0.1",
            "239.255.255.250",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::127.0.0.1",
            "::ffff:127.0.0.1",
            "::ffff:8.8.8.8",
            "::ffff:0:127.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b::808:808",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:2::1",
            "2001:10::1",
            "2001:20::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "2002:808:808::1",
            "3fff::1",
            "5f00::1",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "ff0e::1",
            "4000::1",
        ] {
            assert!(!is_public(address.parse().unwrap()), "{address}");
        }
    }

    #[test]
    fn other_addresses_are_public() {
        for address in [
            "1.1.1.1",
            "8.8.8.8",
            "9.255.255.255",
            "11.0.0.1",
            "100.63.255.255",
            "100.128.0.0",
            "126.0.0.1",
            "128.0.0.1",
            "169.253.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "192.0.1.1",
            "192.167.0.1",
            "198.17.0.1",
            "198.20.0.1",
            "223.255.255.255",
            "2001:200::1",
            "2001:4860:4860::8888",
            "2606:4700::1111",
            "2a00::1",
            "2003::1",
        ] {
            assert!(is_public(address.parse().unwrap()), "{address}");
        }
    }

    #[test]
    fn urls_of_other_kinds_are_refused() {
        for url in [
            "file:///etc/passwd",
            "ftp://news.example/",
            "gopher://news.example/",
            "data:text/html,x",
            "javascript:alert(1)",
            "http://user@news.example/",
            "http://user:pass@news.example/",
            "http://:p@news.example/",
            "http://news.example:25/",
            "https://news.example:22/",
        ] {
            assert!(check(&Url::parse(url).unwrap()).is_err(), "{url}");
        }
        for url in ["http://news.example/", "https://news.example:8443/feed?x=1", "http://news.example:80/"] {
            assert!(check(&Url::parse(url).unwrap()).is_ok(), "{url}");
        }
        let long = Url::parse(&format!("http://news.example/{}", "a".repeat(LONGEST_URL))).unwrap();
        assert!(check(&long).is_err());
    }
}
