//! One request, one answer: nothing is followed here, nothing is tried twice.

use std::error::Error as StdError;
use std::io::{self, Read};
use std::sync::Arc;
use std::time::Duration;

use flate2::bufread::MultiGzDecoder;
use ureq::tls::{Certificate, RootCerts, TlsConfig, TlsProvider};
use ureq::unversioned::resolver::{DefaultResolver, Resolver};
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Timeout};
use url::Url;

use crate::address::{Guard, Special};
use crate::failure::Failure;
use crate::limits::Limits;
use crate::network::Network;

/// A request: what is asked for beside the address.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ask {
    /// Types that are taken, for the server (`Accept`).
    pub accept: &'static str,
    /// Other fields of the request.
    pub fields: Vec<(&'static str, String)>,
    /// Bytes of the body beyond which it is cut off rather than refused.
    pub cut: Option<usize>,
}

/// An answer.
#[derive(Clone, Debug, Default)]
pub(crate) struct Answer {
    /// Status.
    pub status: u16,
    /// Fields of the head, in order, as sent.
    pub fields: Vec<(String, String)>,
    /// The body, unpacked; empty unless the status is 200.
    pub body: Vec<u8>,
}

impl Answer {
    /// The first field of this name (in small letters).
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The media type without its parameters, in small letters.
    pub fn media_type(&self) -> Option<String> {
        let kind = self.field("content-type")?.split(';').next()?.trim().to_ascii_lowercase();
        (!kind.is_empty()).then_some(kind)
    }

    /// The charset that the media type names.
    pub fn charset(&self) -> Option<&str> {
        let parameters = self.field("content-type")?.split(';').skip(1);
        let named = |p: &&str| p.trim_start().get(..8).is_some_and(|head| head.eq_ignore_ascii_case("charset="));
        let value = parameters.map(str::trim).find(named)?.get(8..)?;
        Some(value.trim_matches(['"', '\'', ' ']))
    }
}

/// Makes requests.
pub(crate) struct Client {
    agent: Agent,
    user_agent: String,
    limits: Limits,
}

impl Client {
    /// A client that finds hosts as the system does.
    pub fn new(user_agent: &str, allowed: Vec<Network>, limits: Limits) -> Self {
        Self::with_resolver(user_agent, Guard { inner: DefaultResolver::default(), allowed }, limits)
    }

    fn with_resolver<R: Resolver>(user_agent: &str, resolver: Guard<R>, limits: Limits) -> Self {
        let seconds = |n| Some(Duration::from_secs(n));
        let config = Agent::config_builder()
            .proxy(None) // which would connect in our stead, unseen
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent(user_agent)
            .accept_encoding("gzip")
            .max_response_header_size(limits.head_bytes)
            .max_idle_connections(0)
            .timeout_resolve(seconds(limits.connect_seconds))
            .timeout_connect(seconds(limits.connect_seconds))
            .timeout_send_request(seconds(limits.head_seconds))
            .timeout_recv_response(seconds(limits.head_seconds))
            .timeout_global(seconds(limits.answer_seconds))
            .tls_config(tls())
            .build();
        let agent = Agent::with_parts(config, DefaultConnector::default(), resolver);
        Client { agent, user_agent: user_agent.to_owned(), limits }
    }

    /// Asks for `url`; the body is read only where the status is 200 and `wanted` does not refuse the answer's head.
    pub fn get(
        &self,
        url: &Url,
        ask: &Ask,
        wanted: impl FnOnce(&Answer) -> Result<(), Failure>,
    ) -> Result<Answer, Failure> {
        let mut request = self.agent.get(url.as_str()).header("accept", ask.accept);
        for (name, value) in &ask.fields {
            request = request.header(*name, value);
        }
        let mut response = request.call().map_err(|e| failure(e, self.limits))?;
        let fields = response.headers().iter();
        let fields = fields.map(|(n, v)| (n.as_str().to_owned(), String::from_utf8_lossy(v.as_bytes()).into_owned()));
        let mut answer = Answer { status: response.status().as_u16(), fields: fields.collect(), body: Vec::new() };
        if answer.status == 200 {
            wanted(&answer)?;
            let raw = self.body(response.body_mut().as_reader(), ask.cut)?;
            answer.body = self.unpack(raw, answer.field("content-encoding"), ask.cut)?;
        }
        Ok(answer)
    }

    /// The request as it went over the wire, but for the order of its fields.
    pub fn request(&self, url: &Url, ask: &Ask) -> String {
        let host = url.host_str().unwrap_or_default();
        let host = url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
        let target = target(url);
        let mut out = format!("GET {target} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: {}\r\n", self.user_agent);
        out.push_str(&format!("Accept: {}\r\nAccept-Encoding: gzip\r\n", ask.accept));
        for (name, value) in &ask.fields {
            out.push_str(&format!("{name}: {value}\r\n"));
        }
        out.push_str("\r\n");
        out
    }

    fn body(&self, reader: impl Read, cut: Option<usize>) -> Result<Vec<u8>, Failure> {
        let failed = |error: io::Error| failure(ureq::Error::from(error), self.limits);
        read(reader, self.limits.body_bytes, cut, failed, Failure::TooLong)
    }

    fn unpack(&self, raw: Vec<u8>, encoding: Option<&str>, cut: Option<usize>) -> Result<Vec<u8>, Failure> {
        match encoding.map(|e| e.trim().to_ascii_lowercase()).as_deref() {
            None | Some("" | "identity") => Ok(raw),
            Some("gzip" | "x-gzip") if raw.is_empty() => Ok(raw),
            Some("gzip" | "x-gzip") => {
                let failed = |error: io::Error| Failure::Gzip(error.to_string());
                read(MultiGzDecoder::new(raw.as_slice()), self.limits.body_bytes, cut, failed, Failure::Bomb)
            }
            Some(other) => Err(Failure::Encoding(shown(other))),
        }
    }
}

/// Reads at most `most` bytes; more are cut off at `cut`, or are `too_much`.
fn read(
    reader: impl Read,
    most: usize,
    cut: Option<usize>,
    failed: impl Fn(io::Error) -> Failure,
    too_much: impl Fn(usize) -> Failure,
) -> Result<Vec<u8>, Failure> {
    let most = cut.unwrap_or(most);
    let mut bytes = Vec::new();
    let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    reader.take(limit).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() > most {
        if cut.is_none() {
            return Err(too_much(most));
        }
        bytes.truncate(most);
    }
    Ok(bytes)
}

/// Secure connections by rustls, with the certificates that the system trusts.
fn tls() -> TlsConfig {
    let found = rustls_native_certs::load_native_certs();
    let certificates: Vec<Certificate<'static>> =
        found.certs.iter().map(|c| Certificate::from_der(c).to_owned()).collect();
    TlsConfig::builder()
        .provider(TlsProvider::Rustls)
        .root_certs(RootCerts::new_with_certs(&certificates))
        .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .build()
}

/// What is asked of a host: path and query.
pub(crate) fn target(url: &Url) -> String {
    let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
    format!("{}{query}", url.path())
}

/// Foreign text for a message: one line, not too long.
pub(crate) fn shown(text: &str) -> String {
    let line: String = text.chars().take(120).map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    line
}

fn failure(error: ureq::Error, limits: Limits) -> Failure {
    use ureq::Error;
    match error {
        Error::Timeout(Timeout::Resolve | Timeout::Connect) => Failure::TooSlow("no connection in time"),
        Error::Timeout(Timeout::SendRequest | Timeout::RecvResponse) => Failure::TooSlow("no answer in time"),
        Error::Timeout(_) => Failure::TooSlow("the answer did not end in time"),
        Error::HostNotFound => Failure::NoSuchHost,
        Error::ConnectionFailed => Failure::Unreachable("no address of the host answers".to_owned()),
        Error::LargeResponseHeader(..) => {
            Failure::BadHttp(format!("its head is longer than {} bytes", limits.head_bytes))
        }
        Error::Tls(what) => Failure::Tls(shown(what)),
        Error::Rustls(error) => Failure::Tls(shown(&error.to_string())),
        Error::Protocol(error) => Failure::BadHttp(shown(&error.to_string())),
        Error::Http(error) => Failure::BadHttp(shown(&error.to_string())),
        Error::BodyStalled => Failure::Cut("it stalled".to_owned()),
        Error::Other(inner) => match inner.downcast_ref::<Special>() {
            Some(Special(address)) => Failure::Private(*address),
            None => Failure::BadHttp(shown(&inner.to_string())),
        },
        Error::Io(error) => io_failure(&error),
        other => Failure::BadHttp(shown(&other.to_string())),
    }
}

fn io_failure(error: &io::Error) -> Failure {
    use io::ErrorKind::{ConnectionRefused, HostUnreachable, InvalidData, NetworkUnreachable, TimedOut};
    let tls = error.get_ref().is_some_and(within_tls);
    match error.kind() {
        _ if tls => Failure::Tls(shown(&error.to_string())),
        ConnectionRefused | HostUnreachable | NetworkUnreachable => Failure::Unreachable(shown(&error.to_string())),
        TimedOut => Failure::TooSlow("the answer did not end in time"),
        InvalidData => Failure::BadHttp(shown(&error.to_string())),
        _ => Failure::Cut(shown(&error.to_string())),
    }
}

fn within_tls(error: &(dyn StdError + Send + Sync + 'static)) -> bool {
    error.is::<rustls::Error>()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use std::net::{SocketAddr, TcpListener};
    use std::sync::Mutex;

    use ureq::config::Config;
    use ureq::http::Uri;
    use ureq::unversioned::resolver::ResolvedSocketAddrs;
    use ureq::unversioned::transport::NextTimeout;

    use super::*;

    /// Answers with another address each time it is asked, as a rebinding name server does.
    #[derive(Debug)]
    struct Fickle(Mutex<Vec<Vec<SocketAddr>>>);

    impl Resolver for Fickle {
        fn resolve(&self, _: &Uri, _: &Config, _: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
            let mut found = self.empty();
            self.0.lock().unwrap().remove(0).into_iter().for_each(|a| found.push(a));
            Ok(found)
        }
    }

    #[test]
    fn a_name_that_turns_to_a_private_address_is_not_connected_to() {
        let canary = TcpListener::bind("127.0.0.1:0").unwrap();
        canary.set_nonblocking(true).unwrap();
        let private = canary.local_addr().unwrap();
        let mapped: SocketAddr = format!("[::ffff:127.0.0.1]:{}", private.port()).parse().unwrap();
        let answers = vec![vec![private], vec![mapped], vec![private, mapped]];
        let guard = Guard { inner: Fickle(Mutex::new(answers)), allowed: Vec::new() };
        let client = Client::with_resolver("test", guard, Limits::default());
        let url = Url::parse("http://rebinding.example/").unwrap();
        for _ in 0..3 {
            let failure = client.get(&url, &Ask::default(), |_| Ok(())).unwrap_err();
            assert!(matches!(failure, Failure::Private(_)), "{failure}");
        }
        assert_eq!(canary.accept().unwrap_err().kind(), io::ErrorKind::WouldBlock, "nothing has arrived");
    }

    #[test]
    fn parameters_of_a_type_are_read() {
        let answer = |value: &str| Answer { fields: vec![("content-type".into(), value.into())], ..Answer::default() };
        for (value, kind, charset) in [
            ("text/html", Some("text/html"), None),
            ("Text/HTML; Charset=\"UTF-8\"", Some("text/html"), Some("UTF-8")),
            ("application/rss+xml;charset=latin1; x=y", Some("application/rss+xml"), Some("latin1")),
            ("", None, None),
            (";", None, None),
        ] {
            let answer = answer(value);
            assert_eq!((answer.media_type().as_deref(), answer.charset()), (kind, charset), "{value}");
        }
    }
}
