//! How the program reads its settings.

use std::process::Command;

const VARIABLES: [&str; 14] = [
    "FORERUNNER_DATABASE",
    "FORERUNNER_PORT",
    "FORERUNNER_LISTEN",
    "FORERUNNER_BASE_URL",
    "FORERUNNER_SMTP_URL",
    "FORERUNNER_SMTP_PASSWORD_FILE",
    "FORERUNNER_SMTP_CA_FILE",
    "FORERUNNER_MAIL_FROM",
    "FORERUNNER_TRUSTED_PROXIES",
    "FORERUNNER_SECURITY_CONTACT",
    "FORERUNNER_SECURITY_UNTIL",
    "FORERUNNER_DEMO",
    "FORERUNNER_LOG",
    "FORERUNNER_DATA",
];

#[test]
fn a_variable_that_is_set_to_nothing_is_not_set() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = Command::new(env!("CARGO_BIN_EXE_forerunner"));
    program.args(["mail", "dead", "--data"]).arg(folder.path());
    let ran = program.envs(VARIABLES.map(|name| (name, ""))).output().unwrap();
    let (out, err) = (String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    assert!(ran.status.success() && out.contains("No mail was given up."), "{out}{err}");
    assert!(folder.path().join("forerunner.db").exists(), "its database is where it is by default");
}

#[test]
fn a_variable_that_is_set_counts() {
    let program = || {
        let mut program = Command::new(env!("CARGO_BIN_EXE_forerunner"));
        program.args(["mail", "dead"]);
        program
    };
    let wrong = program().env("FORERUNNER_PORT", "many").output().unwrap();
    let told = String::from_utf8_lossy(&wrong.stderr);
    assert!(!wrong.status.success() && told.contains("many"), "{told}");
}
