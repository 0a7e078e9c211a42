//! Where a download may go: over https, to a name that leads to addresses of the public network, looked up once.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs as _};

use url::{Host, Url};

/// What may be reached.
#[derive(Clone, Debug, Default)]
pub struct Guard {
    /// Names of hosts that may have addresses inside the network.
    pub inside: Vec<String>,
    /// Only for tests: such hosts may also be asked without https.
    pub(super) plain: bool,
}

impl Guard {
    /// Reads an address that was configured or that a server led to.
    ///
    /// # Errors
    /// Why it is not followed, in plain words that do not repeat it: it may hold a secret.
    pub fn read(&self, text: &str) -> Result<Url, String> {
        self.allowed(Url::parse(text).map_err(|_| "this is no address of the web".to_owned())?)
    }

    /// The same for one that stands relative to another.
    pub(super) fn join(&self, base: &Url, text: &str) -> Result<Url, String> {
        self.allowed(base.join(text).map_err(|_| "the server leads to something that is no address".to_owned())?)
    }

    fn allowed(&self, url: Url) -> Result<Url, String> {
        let host = url.host_str().unwrap_or_default();
        let plain = self.plain && url.scheme() == "http" && self.is_inside(host);
        if url.scheme() != "https" && !plain {
            return Err("only https is used".into());
        }
        if host.is_empty() {
            return Err("the address names no host".into());
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err("the address holds a name or a password, which would be sent along".into());
        }
        Ok(url)
    }

    /// Whether a host may have addresses inside the network.
    pub(super) fn is_inside(&self, host: &str) -> bool {
        self.inside.iter().any(|name| name.eq_ignore_ascii_case(host))
    }

    /// The addresses of a host. All of them have to be public, unless it may be inside.
    pub(super) fn resolve(&self, url: &Url) -> Result<Vec<SocketAddr>, String> {
        let host = url.host().ok_or("the address names no host")?;
        let port = url.port_or_known_default().unwrap_or(443);
        let found: Vec<SocketAddr> = match host {
            Host::Ipv4(ip) => vec![(ip, port).into()],
            Host::Ipv6(ip) => vec![(ip, port).into()],
            Host::Domain(name) => {
                let looked = (name, port).to_socket_addrs();
                looked.map_err(|error| format!("the name {name} was not found: {error}"))?.collect()
            }
        };
        let name = url.host_str().unwrap_or_default();
        match found.iter().find(|address| !is_public(address.ip())) {
            _ if found.is_empty() => Err(format!("the name {name} leads nowhere")),
            Some(address) if !self.is_inside(name) => Err(format!(
                "{name} leads to {}, which is not an address of the public network. If that is meant, name the host under \
                 --lists-inside",
                address.ip()
            )),
            _ => Ok(found),
        }
    }
}

/// Whether an address belongs to the public network.
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let special = match (a, b, c) {
        // This network, shared address space, protocol assignments, the old way from 6 to 4, tests of devices, reserved.
        (0 | 240..=255, ..) | (100, 64..=127, _) | (192, 0, 0) | (192, 88, 99) | (198, 18 | 19, _) => true,
        _ => ip.is_documentation() || ip.is_multicast(),
    };
    !(special || ip.is_private() || ip.is_loopback() || ip.is_link_local())
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let embedded = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match ip.segments() {
        // Addresses of version 4 in other clothes: mapped, compatible, translated, 6 to 4.
        [0, 0, 0, 0, 0, 0xffff | 0, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => embedded(high, low),
        [0x2002, high, low, ..] => embedded(high, low),
        // Documentation, and the ranges for protocols, in which tunnels hide an address.
        [0x2001, 0x0db8 | 0..=0x01ff, ..] | [0x3fff, 0..=0x0fff, ..] => false,
        // Only this eighth is given out.
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_public_network_are_reached() {
        for inside in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "192.0.0.8",
            "192.168.1.1",
            "198.18.0.1",
            "203.0.113.5",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001::1",
            "2001:db8::1",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "3fff::1",
            "5f00::1",
        ] {
            assert!(!is_public(inside.parse().unwrap()), "{inside}");
        }
        for public in
            ["1.1.1.1", "8.8.8.8", "100.128.0.1", "172.32.0.1", "2606:4700::1111", "::ffff:8.8.8.8", "2a00::1"]
        {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
    }

    #[test]
    fn only_https_without_names_in_it() {
        let guard = Guard::default();
        assert!(guard.read("https://lists.example.org/a.csv?key=1").is_ok());
        for text in [
            "http://lists.example.org/a.csv",
            "file:///etc/passwd",
            "ftp://a.example",
            "https://me:pass@a.example/",
            "nothing",
            "",
            "https://",
            "//a.example",
            "data:text/csv,id",
        ] {
            let why = guard.read(text).unwrap_err();
            assert!(!why.contains("me:pass"), "{why}");
        }
        let base = guard.read("https://lists.example.org/a/b.csv").unwrap();
        assert_eq!(guard.join(&base, "../c.csv").unwrap().as_str(), "https://lists.example.org/c.csv");
        assert!(guard.join(&base, "http://lists.example.org/c.csv").is_err(), "nor is one led away from it");
    }

    #[test]
    fn what_is_inside_is_named_by_its_host() {
        let guard = Guard { inside: vec!["127.0.0.1".into()], plain: false };
        let at = |text: &str| guard.resolve(&Url::parse(text).unwrap());
        assert_eq!(at("https://127.0.0.1/x").unwrap(), ["127.0.0.1:443".parse().unwrap()]);
        for text in [
            "https://127.0.0.2/x",
            "https://[::1]/",
            "https://2130706434/",
            "https://0x7f.2/",
            "https://10.0.0.1:8443/",
        ] {
            assert!(at(text).unwrap_err().contains("--lists-inside"), "{text}");
        }
        assert!(at("https://nowhere.invalid/").unwrap_err().contains("was not found"));
    }
}
