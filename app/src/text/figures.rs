//! Words of the figures of a desk.

crate::texts! {
    title: "Figures",
    lead: "How fast the first answer is, what waits and for how long, what comes in. Weeks begin on Monday. No figure is about a person.",
    period: "Period",
    show: "Show",
    since: "Since {day}",

    received: "Reports received",
    median: "Half answered within",
    p90: "Nine of ten answered within",
    met: "Deadlines met",
    backlog: "Undecided now",
    none: "–",
    before: "{value} in the period before",
    before_none: "Nothing in the period before",
    answered_note: "{answered} of {received} answered",
    met_note: "{met} in time, {missed} late or overdue",
    backlog_note: "{open} wait for you, {asked} for the reporter",

    weeks: "Reports by week",
    weeks_label: "Reports by week and kind from {first} on; the highest week has {most}.",
    weeks_none: "No report came in during this period.",
    week: "Week from",
    all: "All",
    other_kinds: "Everything else",

    ages: "What waits, by age",
    ages_label: "Undecided reports by age: {list}.",
    ages_none: "Nothing waits.",
    age: "Sent",
    for_you: "Waits for you",
    for_reporter: "Waits for the reporter",

    substances: "Most reported substances",
    substances_lead: "The fifteen that most reports of the period name.",
    substances_none: "No report of this period names a substance.",
    substance: "Substance",
    reports: "Reports",
    share: "Share",
    unknown_substance: "Not in the catalogue",
}
