//! Words for taking back what one has just done at the desk.

crate::texts! {
    undo: "Undo",
    within: "within {seconds} s",
    undone: "Undone",
    undone_all: "Undone: every report stands as it did",
    late_title: "It is too late to undo this",
    late: "Something can be undone for ten seconds after it was done. Nothing was changed now.",
    part_title: "Not everything was undone",
    went_done: "Stands as it did",
    went_changed: "Somebody has changed it since: not undone",
    went_late: "Too late: not undone",
    instead_decided: "The reporter is told of the decision. If it was a mistake, open the report and choose “{act}”, with a reason.",
    instead_reopen: "The reporter is told that the report is looked at again. If it was a mistake, open the report and decide it anew.",
    instead_selection: "Open each report and do it the other way: give it to somebody else, change its labels, put it back, or take it up again.",
    instead: "Open the report and do it the other way: the buttons are the same.",
    to_report: "Open the report",
    to_queue: "Back to the queue",
}
