//! Words around every page: rooms of a workspace, account menu, foot.

crate::texts! {
    home: "Overview",
    reports: "Reports",
    new_report: "New report",
    substances: "Substances",
    team: "Team",
    log: "Log",
    queue: "Queue",
    search: "Search",
    organisations: "Organisations",
    mail: "Mail",
    account: "My account",
    sign_out: "Sign out",
    sign_in: "Sign in",
    help: "Help",
    accessibility: "Accessibility",
    privacy: "Privacy",
    status: "Service status",
    verify: "Check a receipt",
    training: "Training data: nothing on this installation is real, and nothing leaves it.",
    imprint: "Forerunner {version}",
}
