//! The table of a customer's file: its parts and their fields.

use serde::{Deserialize, Serialize};

use crate::{
    identifiers::IdKind,
    organisation::{OperatorRole, coded},
};

/// The entries of a field where one chooses: code and words.
pub type Options = fn() -> Vec<(&'static str, &'static str)>;

/// What stands in a field.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// One line of at most so many letters.
    Line(usize),
    /// Several lines of at most so many letters together.
    Lines(usize),
    /// A country.
    Country,
    /// One of a few.
    Choice(Options),
    /// Any number of a few.
    Several(Options),
    /// A number with a form of its own.
    Number(IdKind),
    /// Several numbers for value added tax, each on a line.
    Vats,
    /// A D-U-N-S number.
    Duns,
    /// A day.
    Day,
    /// A day, a month or a year of birth.
    Birth,
    /// A share in per cent.
    Share,
    /// An amount with its unit.
    Amount,
    /// A domain of the web.
    Domain,
    /// A mail address.
    Email,
    /// A code of ISIC or NACE.
    Activity,
    /// A CAS number.
    Cas,
    /// What an owner holds: the customer (empty), or a company among the owners, by the number of its entry.
    Held,
}

/// A field.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its name in forms and stored files.
    pub name: &'static str,
    /// What people read.
    pub label: &'static str,
    /// One sentence of help; may be empty.
    pub hint: &'static str,
    /// What stands in it.
    pub kind: Kind,
    /// Whether it has to be filled.
    pub required: bool,
    /// Whether the customer is found by it.
    pub found: bool,
}

/// A part of the file.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// Its name in addresses and stored files.
    pub id: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// What one entry is called.
    pub one: &'static str,
    /// Whether it has several entries.
    pub many: bool,
    /// The field by which an entry is named; none in parts of one entry.
    pub named_by: &'static str,
    /// Its fields.
    pub fields: &'static [Field],
}

impl Part {
    /// The part with this name.
    #[must_use]
    pub fn find(id: &str) -> Option<&'static Self> {
        PARTS.iter().find(|part| part.id == id)
    }

    /// Its field with this name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

coded! {
    /// Where a customer stands with the company.
    State {
        /// Not decided yet.
        Checking = "checking", "Being checked";
        /// May buy.
        Active = "active", "Active";
        /// Nothing is sold for now.
        Stopped = "stopped", "Stopped";
        /// Not a customer any more.
        Ended = "ended", "Ended";
    }
}

coded! {
    /// What another name is.
    NameKind {
        /// A name under which it trades.
        Trading = "trading", "Trading name";
        /// The legal name in another script.
        Script = "script", "In another script";
        /// The legal name in another language.
        Translation = "translation", "In another language";
        /// A name that it had.
        Former = "former", "Former name";
        /// A short form.
        Short = "short", "Short form";
    }
}

coded! {
    /// What an address is for.
    AddressKind {
        /// As the register has it.
        Registered = "registered", "Registered office";
        /// Where it is run from.
        HeadOffice = "head_office", "Head office";
        /// Where letters go.
        Postal = "postal", "Letters";
        /// Where invoices go.
        Billing = "billing", "Invoices";
        /// Where goods go.
        Delivery = "delivery", "Deliveries";
    }
}

coded! {
    /// Whether a site may hold what is delivered there.
    Licensed {
        /// It has a licence or registration.
        Yes = "yes", "Licensed or registered";
        /// It has none and needs none.
        NotNeeded = "not_needed", "No licence needed";
        /// It has none and would need one.
        No = "no", "Not licensed";
        /// Not known yet.
        Unknown = "unknown", "Not known yet";
    }
}

coded! {
    /// What somebody is for the customer.
    PersonRole {
        /// On the board.
        Director = "director", "Director";
        /// May sign for the firm.
        Signatory = "signatory", "May sign";
        /// Buys or collects for the firm.
        Agent = "agent", "Agent";
        /// Answers for controlled substances.
        Responsible = "responsible", "Responsible officer";
        /// Whom one calls.
        Contact = "contact", "Contact";
    }
}

coded! {
    /// What a consignee is.
    ConsigneeKind {
        /// A company or another body.
        Company = "company", "Company or other body";
        /// A human being.
        Person = "person", "Person";
    }
}

coded! {
    /// What brings goods to the customer.
    CarrierKind {
        /// A firm.
        Firm = "firm", "Carrier or forwarder";
        /// A ship.
        Vessel = "vessel", "Ship";
    }
}

coded! {
    /// What a holder of shares is.
    HolderKind {
        /// A human being.
        Person = "person", "Person";
        /// A company, in which others may hold shares.
        Company = "company", "Company";
        /// A state or a public body.
        State = "state", "State or public body";
        /// A trust, a foundation, a fund.
        Trust = "trust", "Trust, foundation or fund";
    }
}

macro_rules! options {
    ($kind:ident) => {
        || $kind::ALL.iter().map(|value| (value.code(), value.label())).collect()
    };
}

const fn field(name: &'static str, label: &'static str, kind: Kind) -> Field {
    Field { name, label, hint: "", kind, required: false, found: false }
}

impl Field {
    const fn must(mut self) -> Self {
        self.required = true;
        self
    }

    const fn found(mut self) -> Self {
        self.found = true;
        self
    }

    const fn hint(mut self, hint: &'static str) -> Self {
        self.hint = hint;
        self
    }
}

/// Every part, in the order in which a file shows them.
pub const PARTS: &[Part] = &[
    Part {
        id: "identity",
        title: "Identity",
        one: "Identity",
        many: false,
        named_by: "",
        fields: &[
            field("legal_name", "Legal name", Kind::Line(200)).must().found().hint("As the register has it."),
            field("country", "Country of registration", Kind::Country).must(),
            field("legal_form", "Legal form", Kind::Line(80)).hint("For example B.V., GmbH, Ltd."),
            field("register", "Register", Kind::Line(120)).hint("Who keeps it: chamber of commerce, court, ministry."),
            field("registration_number", "Registration number", Kind::Line(40)).found(),
            field("founded", "Founded", Kind::Day).hint("A day like 23 November 2026."),
            field("own_number", "Your own number for it", Kind::Line(60))
                .found()
                .hint("As in your order system. An import finds the customer by it."),
            field("state", "Where it stands with you", Kind::Choice(options!(State))),
            field("note", "Note", Kind::Lines(4000)),
        ],
    },
    Part {
        id: "name",
        title: "Other names",
        one: "Name",
        many: true,
        named_by: "name",
        fields: &[
            field("name", "Name", Kind::Line(200)).must().found().hint("In the script in which it is written."),
            field("kind", "What it is", Kind::Choice(options!(NameKind))).must(),
        ],
    },
    Part {
        id: "numbers",
        title: "Numbers",
        one: "Numbers",
        many: false,
        named_by: "",
        fields: &[
            field("vat", "VAT number", Kind::Number(IdKind::Vat)).found(),
            field("vats", "VAT numbers in other countries", Kind::Vats)
                .found()
                .hint("Each on a line, with its letters."),
            field("eori", "EORI number", Kind::Number(IdKind::Eori)).found(),
            field("lei", "LEI", Kind::Number(IdKind::Lei)).found().hint("20 letters and digits."),
            field("gln", "GLN", Kind::Number(IdKind::Gln)).found().hint("13 digits."),
            field("duns", "D-U-N-S number", Kind::Duns).found().hint("Nine digits."),
        ],
    },
    Part {
        id: "address",
        title: "Addresses",
        one: "Address",
        many: true,
        named_by: "street",
        fields: &[
            field("kind", "What it is for", Kind::Choice(options!(AddressKind))).must(),
            field("street", "Street and number", Kind::Lines(300)).must(),
            field("postcode", "Postcode", Kind::Line(20)),
            field("town", "Town", Kind::Line(100)).must().found(),
            field("region", "Region or state", Kind::Line(100)),
            field("country", "Country", Kind::Country).must(),
        ],
    },
    Part {
        id: "site",
        title: "Sites",
        one: "Site",
        many: true,
        named_by: "name",
        fields: &[
            field("name", "Name of the site", Kind::Line(200)).must().found(),
            field("address", "Address", Kind::Lines(300)).must(),
            field("country", "Country", Kind::Country).must(),
            field("gln", "GLN", Kind::Number(IdKind::Gln)).found(),
            field("licensed", "May it hold controlled substances", Kind::Choice(options!(Licensed))).must(),
            field("licence", "Licence or registration number", Kind::Line(80)).found(),
            field("licence_by", "Given by", Kind::Line(200)),
            field("licence_until", "Valid until", Kind::Day)
                .hint("Add the licence itself as a document: you are reminded before it ends."),
        ],
    },
    Part {
        id: "consignee",
        title: "Consignees",
        one: "Consignee",
        many: true,
        named_by: "name",
        fields: &[
            field("name", "Name", Kind::Line(200))
                .must()
                .found()
                .hint("Who gets the goods, if that is not the customer."),
            field("kind", "What it is", Kind::Choice(options!(ConsigneeKind))).must(),
            field("names", "Other names and scripts", Kind::Lines(1000)).found().hint("Each on a line."),
            field("street", "Street and number", Kind::Lines(300)),
            field("postcode", "Postcode", Kind::Line(20)),
            field("town", "Town", Kind::Line(100)).found(),
            field("country", "Country", Kind::Country).must(),
            field("number", "Registration or identity number", Kind::Line(80)).found(),
            field("note", "What it is for the customer", Kind::Line(200)),
        ],
    },
    Part {
        id: "carrier",
        title: "Carriers and vessels",
        one: "Carrier or vessel",
        many: true,
        named_by: "name",
        fields: &[
            field("name", "Name", Kind::Line(200)).must().found().hint("Of the carrier, the forwarder or the ship."),
            field("kind", "What it is", Kind::Choice(options!(CarrierKind))).must(),
            field("names", "Other and former names", Kind::Lines(1000)).found().hint("Each on a line."),
            field("imo", "IMO number of the ship", Kind::Number(IdKind::Imo))
                .found()
                .hint("Seven digits. It stays the same when a ship gets another name or flag."),
            field("country", "Country, or flag of the ship", Kind::Country),
            field("number", "Registration number of the firm", Kind::Line(80)).found(),
        ],
    },
    Part {
        id: "person",
        title: "People",
        one: "Person",
        many: true,
        named_by: "name",
        fields: &[
            field("name", "Name", Kind::Line(200)).must().found(),
            field("roles", "What this person is there", Kind::Several(options!(PersonRole))).must(),
            field("names", "Other names and scripts", Kind::Lines(1000)).found().hint("Each on a line."),
            field("birth", "Born", Kind::Birth).hint("A day, a month (1970-05) or a year."),
            field("country", "Nationality", Kind::Country),
            field("position", "Position", Kind::Line(120)),
            field("email", "E-mail", Kind::Email),
            field("phone", "Telephone", Kind::Line(40)),
            field("document", "Identity document", Kind::Line(80)).hint("Its kind and number."),
        ],
    },
    Part {
        id: "owner",
        title: "Owners",
        one: "Owner",
        many: true,
        named_by: "holder",
        fields: &[
            field("holder", "Who holds the share", Kind::Line(200)).must().found(),
            field("kind", "What this holder is", Kind::Choice(options!(HolderKind))).must(),
            field("of", "In whom", Kind::Held).hint("A company that holds shares is entered first."),
            field("share", "Share in per cent", Kind::Share).hint("Leave it empty if it is not known."),
            field("names", "Other names and scripts", Kind::Lines(1000)).found().hint("Each on a line."),
            field("birth", "Born", Kind::Birth).hint("For people: a day, a month (1970-05) or a year."),
            field("country", "Nationality or country", Kind::Country),
            field("number", "Registration or identity number", Kind::Line(80)).found(),
        ],
    },
    Part {
        id: "bank",
        title: "Bank accounts",
        one: "Bank account",
        many: true,
        named_by: "holder",
        fields: &[
            field("holder", "Account holder", Kind::Line(200)).must().found(),
            field("iban", "IBAN", Kind::Number(IdKind::Iban)).found(),
            field("account", "Other account number", Kind::Line(60)).found().hint("Where there is no IBAN."),
            field("bic", "BIC", Kind::Line(11)),
            field("bank", "Bank", Kind::Line(200)),
            field("country", "Country of the bank", Kind::Country),
        ],
    },
    Part {
        id: "web",
        title: "On the web",
        one: "Domain",
        many: true,
        named_by: "domain",
        fields: &[
            field("domain", "Domain", Kind::Domain)
                .must()
                .found()
                .hint("Of its website or its mail, such as example.com."),
            field("note", "Note", Kind::Line(200)),
        ],
    },
    Part {
        id: "business",
        title: "Business",
        one: "Business",
        many: false,
        named_by: "",
        fields: &[
            field("roles", "What it does with chemicals", Kind::Several(options!(OperatorRole))),
            field("isic", "ISIC", Kind::Activity).hint("Division or class, such as 2011 or C2011."),
            field("nace", "NACE", Kind::Activity).hint("Such as 20.13."),
            field("products", "What it makes or sells", Kind::Lines(2000)),
            field("staff", "Staff and size", Kind::Line(120)),
        ],
    },
    Part {
        id: "substance",
        title: "Expected substances",
        one: "Substance",
        many: true,
        named_by: "name",
        fields: &[
            field("name", "Substance", Kind::Line(200)).must().found(),
            field("cas", "CAS number", Kind::Cas).found(),
            field("yearly", "Expected in a year", Kind::Amount)
                .must()
                .hint("Such as 2 t, 400 kg or 12 drums of 200 l."),
            field("use", "Declared use", Kind::Lines(2000)).must(),
            field("site", "Where it is used", Kind::Line(200)),
        ],
    },
];
