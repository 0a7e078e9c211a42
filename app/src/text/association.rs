//! Words of the association's home page.

crate::texts! {
    title: "Overview",
    lead: "What your association can do here today.",
    kind: "Industry association",
    country: "Country",
    your_role: "Your role",

    do_title: "What you can do",
    substances: "Look up a substance",
    substances_text: "Lists, identifiers, lawful uses, thresholds and red flags of precursors, to pass on to your members.",
    red_flags: "Read the red flags",
    red_flags_text: "What makes an order suspicious, with the source of each sign: for your own training and circulars.",
    team: "Your team",
    team_text: "Who works for the association here, and their roles.",

    concern_title: "A member is worried about an order",
    concern_1: "Ask the member not to tell the customer, and not to deliver before the authority has been asked.",
    concern_2: "The member reports itself: it knows the facts and, where the law asks for a report, it has the duty. A company without an account can register.",
    concern_3: "If it cannot wait, the member or you call the authority. A report can be taken by telephone.",
    concern_register: "Show the member how to register",
    phones: "Duty telephones of the authorities",
    authority: "Authority",
    phone: "Duty telephone",
    no_phone: "No telephone number is on record",
    no_authority: "No authority uses this service yet.",
    privacy_title: "What you do not see",
    privacy: "Reports, and which companies report, are seen by the company itself and its authority only. An association is never told.",
}
