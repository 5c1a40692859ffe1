//! The codebook that comes with readout has no errors, and says what the PLOVER manual says.

use readout_codebook::{Codebook, Severity, summary};

#[test]
fn embedded_codebook_has_no_errors() {
    println!("{}", summary(Codebook::embedded()));
    let lines =
        |s: Severity| Codebook::embedded_findings().iter().filter(move |f| f.severity == s).map(|f| f.to_string());
    println!("{}", lines(Severity::Warning).collect::<Vec<_>>().join("\n"));
    let errors: Vec<String> = lines(Severity::Error).collect();
    assert!(errors.is_empty(), "{} errors:\n{}", errors.len(), errors.join("\n"));
}

#[test]
fn every_mode_and_context_has_a_meaning() {
    let ontology = &Codebook::embedded().ontology;
    for kind in ontology.kinds() {
        assert!(!kind.about.is_empty(), "{}", kind.name);
        for mode in &kind.modes {
            assert!(!mode.about.is_empty(), "{}/{}", kind.name, mode.name);
        }
    }
    for named in ontology.contexts().chain(ontology.sectors()) {
        assert!(!named.about.is_empty(), "{}", named.name);
    }
}

#[test]
fn a_types_own_cameo_codes_mostly_lead_back_to_it() {
    // The exceptions are codes that CAMEO files elsewhere than PLOVER does.
    let allowed = [("RETREAT", "0831")];
    let ontology = &Codebook::embedded().ontology;
    for kind in ontology.kinds() {
        for e in &kind.equivalents {
            let back = ontology.cameo(&e.code).and_then(|c| c.kind.as_deref());
            let fits = back == Some(kind.name.as_str()) || allowed.contains(&(kind.name.as_str(), e.code.as_str()));
            assert!(fits, "{} {} leads to {back:?}", kind.name, e.code);
        }
    }
}

#[test]
fn the_readmes_blocks_can_be_read() {
    let readme = include_str!("../../../codebook/README.md");
    let blocks: Vec<&str> = readme.split("```\n").skip(1).step_by(2).filter(|b| !b.contains(".txt:")).collect();
    assert_eq!(blocks.len(), 4);
    let readme = blocks.join("\n");
    let mut files: Vec<(&str, &str)> = vec![("readme.txt", &readme)];
    for file in Codebook::embedded_files().filter(|(name, _)| !name.contains('/') && *name != "operators.txt") {
        files.push(file);
    }
    let (_, findings) = Codebook::from_files(files);
    assert!(findings.is_empty(), "{}", findings.iter().map(|f| f.to_string()).collect::<Vec<_>>().join("\n"));
}
