//! Customers of the demo's Dutch distributor: a dozen firms with owners, people, sites and documents, some of which end soon.
//! Names are invented; numbers have the check digits of their kind and belong to nobody that we know of.

use domain::{
    answers::{Answers, when::long_date},
    customer::Part,
    date::Date,
    ids::CustomerId,
    time::Timestamp,
};

use super::reports::{TOMAS, before, seated};
use crate::{
    Context, Refusal, Result,
    customer::{self, document},
    evidence::Incoming,
};

/// A part of the file and what is typed into it. `#NAME` in the field `of` is the holder with that name.
type Entry = (&'static str, &'static [(&'static str, &'static str)]);

/// A document: kind, about whom, number, issuer, days until it ends (0 for never), against what it was checked (empty if not).
type Paper = (&'static str, &'static str, &'static str, &'static str, i64, &'static str);

struct Story {
    /// Days ago that the file was made.
    ago: i64,
    identity: &'static [(&'static str, &'static str)],
    entries: &'static [Entry],
    papers: &'static [Paper],
}

const STORIES: &[Story] = &[
    Story {
        ago: 36,
        identity: &[
            ("legal_name", "Noorderlicht Coatings B.V."),
            ("country", "NL"),
            ("legal_form", "B.V."),
            ("register", "Chamber of commerce"),
            ("registration_number", "81204417"),
            ("founded", "2009-04-01"),
            ("own_number", "10021"),
            ("state", "active"),
        ],
        entries: &[
            ("name", &[("name", "Northern Light Coatings"), ("kind", "trading")]),
            (
                "numbers",
                &[
                    ("vat", "NL810000060B01"),
                    ("lei", "724500NOORDERLICHT62"),
                    ("gln", "8712345000011"),
                    ("eori", "NL810000060"),
                ],
            ),
            (
                "address",
                &[
                    ("kind", "registered"),
                    ("street", "Havenkade 12"),
                    ("postcode", "1621 BK"),
                    ("town", "Hoorn"),
                    ("country", "NL"),
                ],
            ),
            (
                "site",
                &[
                    ("name", "Paint plant Hoorn"),
                    ("address", "Havenkade 14\n1621 BK Hoorn"),
                    ("country", "NL"),
                    ("licensed", "yes"),
                    ("licence", "REG-3-0417"),
                    ("licence_by", "Ministry of Health"),
                    ("licence_until", "2027-06-30"),
                ],
            ),
            (
                "person",
                &[
                    ("name", "Hanneke Visser"),
                    ("roles", "director, signatory"),
                    ("birth", "1974-02-11"),
                    ("country", "NL"),
                ],
            ),
            ("person", &[("name", "Joost Bakker"), ("roles", "responsible"), ("email", "joost@noorderlicht.example")]),
            (
                "owner",
                &[("holder", "Lichtgroep Holding B.V."), ("kind", "company"), ("share", "60"), ("country", "NL")],
            ),
            (
                "owner",
                &[("holder", "Kustwind Participaties N.V."), ("kind", "company"), ("share", "40"), ("country", "NL")],
            ),
            (
                "owner",
                &[
                    ("holder", "Hanneke Visser"),
                    ("kind", "person"),
                    ("of", "#Lichtgroep Holding B.V."),
                    ("share", "50"),
                    ("birth", "1974-02-11"),
                ],
            ),
            (
                "owner",
                &[("holder", "Pieter Visser"), ("kind", "person"), ("of", "#Lichtgroep Holding B.V."), ("share", "50")],
            ),
            (
                "owner",
                &[
                    ("holder", "Hanneke Visser"),
                    ("kind", "person"),
                    ("of", "#Kustwind Participaties N.V."),
                    ("share", "12.5"),
                ],
            ),
            (
                "bank",
                &[
                    ("holder", "Noorderlicht Coatings B.V."),
                    ("iban", "NL33ABNA0480112233"),
                    ("bank", "A bank in Amsterdam"),
                ],
            ),
            ("web", &[("domain", "noorderlicht.example")]),
            (
                "business",
                &[
                    ("roles", "formulator"),
                    ("isic", "2022"),
                    ("nace", "20.30"),
                    ("products", "Paints and varnishes for ships"),
                    ("staff", "About 85"),
                ],
            ),
            (
                "substance",
                &[
                    ("name", "Acetone"),
                    ("cas", "67-64-1"),
                    ("yearly", "40 t"),
                    ("use", "Thinner and cleaning of vessels"),
                ],
            ),
            (
                "substance",
                &[("name", "Toluene"), ("cas", "108-88-3"), ("yearly", "25 t"), ("use", "Solvent of varnishes")],
            ),
        ],
        papers: &[
            ("register", "", "81204417", "Chamber of commerce", 0, "The register itself, opened on the day"),
            (
                "licence",
                "Paint plant Hoorn",
                "REG-3-0417",
                "Ministry of Health",
                21,
                "The ministry’s list, and a call back to its desk",
            ),
            ("declaration", "Acetone", "", "Hanneke Visser", 160, "The signature on the register extract"),
        ],
    },
    Story {
        ago: 35,
        identity: &[
            ("legal_name", "Rheintal Chemie GmbH"),
            ("country", "DE"),
            ("legal_form", "GmbH"),
            ("register", "Amtsgericht Köln"),
            ("registration_number", "HRB 71244"),
            ("own_number", "10034"),
            ("state", "active"),
        ],
        entries: &[
            ("numbers", &[("vat", "DE812345673"), ("lei", "529900RHEINTALCHE145"), ("gln", "4001234000022")]),
            (
                "address",
                &[
                    ("kind", "registered"),
                    ("street", "Rheinuferweg 88"),
                    ("postcode", "50999"),
                    ("town", "Köln"),
                    ("country", "DE"),
                ],
            ),
            ("person", &[("name", "Dr. Ulrike Brandt"), ("roles", "director"), ("birth", "1968"), ("country", "DE")]),
            (
                "owner",
                &[("holder", "Brandt Familienstiftung"), ("kind", "trust"), ("share", "74.9"), ("country", "DE")],
            ),
            ("owner", &[("holder", "Otto Lehmann"), ("kind", "person"), ("share", "25.1"), ("birth", "1959-08-30")]),
            ("bank", &[("holder", "Rheintal Chemie GmbH"), ("iban", "DE89370400440532013000")]),
            ("web", &[("domain", "rheintal-chemie.example")]),
            ("business", &[("roles", "producer, distributor"), ("isic", "2011"), ("nace", "20.14")]),
            (
                "substance",
                &[
                    ("name", "Acetic anhydride"),
                    ("cas", "108-24-7"),
                    ("yearly", "120 t"),
                    ("use", "Acetylation of cellulose"),
                ],
            ),
        ],
        papers: &[
            (
                "licence",
                "Acetic anhydride",
                "DE-2B-5512",
                "Federal institute",
                200,
                "The authority’s letter, called back",
            ),
            ("register", "", "HRB 71244", "Amtsgericht Köln", 0, "The register itself"),
        ],
    },
    Story {
        ago: 33,
        identity: &[
            ("legal_name", "Harbour Trading House N.V."),
            ("country", "BE"),
            ("registration_number", "0456789034"),
            ("own_number", "10051"),
            ("state", "checking"),
            (
                "note",
                "Asks for delivery to a storage firm in Antwerp. Who stands behind the second owner is not clear yet.",
            ),
        ],
        entries: &[
            ("numbers", &[("vat", "BE0456789034"), ("lei", "549300HARBOURTRADE12")]),
            (
                "address",
                &[
                    ("kind", "registered"),
                    ("street", "Noorderlaan 300 bus 4"),
                    ("postcode", "2030"),
                    ("town", "Antwerpen"),
                    ("country", "BE"),
                ],
            ),
            (
                "site",
                &[
                    ("name", "Quay store 7"),
                    ("address", "Kaai 207\n2030 Antwerpen"),
                    ("country", "BE"),
                    ("licensed", "unknown"),
                ],
            ),
            (
                "consignee",
                &[
                    ("name", "Kaai 207 Opslag BV"),
                    ("kind", "company"),
                    ("street", "Kaai 207"),
                    ("postcode", "2030"),
                    ("town", "Antwerpen"),
                    ("country", "BE"),
                    ("note", "Stores what is bought; named in the last enquiry only"),
                ],
            ),
            ("carrier", &[("name", "Testica Star"), ("kind", "vessel"), ("imo", "9074729"), ("country", "PA")]),
            ("person", &[("name", "Luc Peeters"), ("roles", "director, contact"), ("email", "luc.harbour@gmail.com")]),
            ("owner", &[("holder", "Luc Peeters"), ("kind", "person"), ("share", "49")]),
            ("owner", &[("holder", "Meridian Bay Holdings"), ("kind", "company"), ("share", "51"), ("country", "PA")]),
            (
                "owner",
                &[
                    ("holder", "Harbour Family Trust"),
                    ("kind", "trust"),
                    ("of", "#Meridian Bay Holdings"),
                    ("share", ""),
                ],
            ),
            ("bank", &[("holder", "HTH Services UAB"), ("iban", "LT121000011101001000"), ("country", "LT")]),
            ("web", &[("domain", "gmail.com"), ("note", "Writes from there")]),
            (
                "substance",
                &[("name", "Acetone"), ("cas", "67-64-1"), ("yearly", "60 t"), ("use", "Sold on to workshops")],
            ),
        ],
        papers: &[("register", "", "0456789034", "Crossroads bank for enterprises", 0, "")],
    },
    Story {
        ago: 31,
        identity: &[
            ("legal_name", "Zakłady Chemiczne Wisła Sp. z o.o."),
            ("country", "PL"),
            ("legal_form", "Sp. z o.o."),
            ("registration_number", "5261040828"),
            ("own_number", "10066"),
            ("state", "active"),
        ],
        entries: &[
            ("name", &[("name", "Wisla Chemical Works"), ("kind", "translation")]),
            ("numbers", &[("vat", "PL5261040828"), ("eori", "PL526104082800000")]),
            (
                "address",
                &[("kind", "registered"), ("street", "ul. Nadwiślańska 5"), ("town", "Kraków"), ("country", "PL")],
            ),
            ("person", &[("name", "Agnieszka Nowak"), ("roles", "director"), ("country", "PL")]),
            ("owner", &[("holder", "Agnieszka Nowak"), ("kind", "person"), ("share", "100")]),
            ("bank", &[("holder", "Zakłady Chemiczne Wisła Sp. z o.o."), ("iban", "PL61109010140000071219812874")]),
            ("business", &[("roles", "producer"), ("isic", "2029")]),
            (
                "substance",
                &[
                    ("name", "Potassium permanganate"),
                    ("cas", "7722-64-7"),
                    ("yearly", "18 t"),
                    ("use", "Water treatment"),
                ],
            ),
        ],
        papers: &[("licence", "", "PL-3-118", "Bureau for chemical substances", 5, "The bureau’s list")],
    },
    Story {
        ago: 30,
        identity: &[
            ("legal_name", "Laboratorio Adriatico S.r.l."),
            ("country", "IT"),
            ("own_number", "10070"),
            ("state", "active"),
        ],
        entries: &[
            ("numbers", &[("vat", "IT01234567897")]),
            (
                "address",
                &[("kind", "registered"), ("street", "Via del Porto 9"), ("town", "Ancona"), ("country", "IT")],
            ),
            (
                "person",
                &[("name", "Chiara Moretti"), ("roles", "responsible"), ("email", "chiara@lab-adriatico.example")],
            ),
            ("business", &[("roles", "laboratory"), ("isic", "7210")]),
            (
                "substance",
                &[
                    ("name", "Diethyl ether"),
                    ("cas", "60-29-7"),
                    ("yearly", "200 l"),
                    ("use", "Extraction in analysis"),
                ],
            ),
        ],
        papers: &[(
            "declaration",
            "Diethyl ether",
            "",
            "Chiara Moretti",
            58,
            "The signature on the letter of authority",
        )],
    },
    Story {
        ago: 29,
        identity: &[
            ("legal_name", "Stichting Waterzuivering Delfland"),
            ("country", "NL"),
            ("registration_number", "41155208"),
            ("own_number", "10078"),
            ("state", "active"),
        ],
        entries: &[
            ("numbers", &[("vat", "NL810000157B01")]),
            ("address", &[("kind", "registered"), ("street", "Polderweg 1"), ("town", "Delft"), ("country", "NL")]),
            ("business", &[("roles", "end_user"), ("isic", "3600")]),
            (
                "substance",
                &[
                    ("name", "Hydrochloric acid"),
                    ("cas", "7647-01-0"),
                    ("yearly", "90 t"),
                    ("use", "Correction of acidity"),
                ],
            ),
        ],
        papers: &[],
    },
    Story {
        ago: 27,
        identity: &[
            ("legal_name", "Apotheek Groothandel Oost B.V."),
            ("country", "NL"),
            ("registration_number", "30277155"),
            ("own_number", "10083"),
            ("state", "active"),
        ],
        entries: &[
            ("numbers", &[("vat", "NL810000254B01"), ("gln", "5412345000037")]),
            (
                "address",
                &[("kind", "delivery"), ("street", "Medicijnstraat 40"), ("town", "Enschede"), ("country", "NL")],
            ),
            ("person", &[("name", "Fatima El Amrani"), ("roles", "responsible"), ("country", "NL")]),
            ("business", &[("roles", "wholesaler, pharmacy"), ("isic", "4649")]),
            ("substance", &[("name", "Ephedrine"), ("cas", "299-42-3"), ("yearly", "40 kg"), ("use", "Medicines")]),
        ],
        papers: &[("licence", "Ephedrine", "NL-1-0093", "Ministry of Health", -12, "The ministry’s list")],
    },
    Story {
        ago: 24,
        identity: &[
            ("legal_name", "Caribe Limpieza N.V."),
            ("country", "CW"),
            ("own_number", "10090"),
            ("state", "stopped"),
            ("note", "Nothing is sold until the new licence is here."),
        ],
        entries: &[
            (
                "address",
                &[("kind", "registered"), ("street", "Schottegatweg 77"), ("town", "Willemstad"), ("country", "CW")],
            ),
            ("person", &[("name", "Ruben Maduro"), ("roles", "director, agent"), ("birth", "1981-05")]),
            ("owner", &[("holder", "Ruben Maduro"), ("kind", "person"), ("share", "75")]),
            ("bank", &[("holder", "Silberweg Handels GmbH"), ("account", "Own account in Duisburg")]),
            ("owner", &[("holder", "Maduro Investments Ltd"), ("kind", "company"), ("share", "25"), ("country", "VG")]),
            (
                "owner",
                &[("holder", "Ruben Maduro"), ("kind", "person"), ("of", "#Maduro Investments Ltd"), ("share", "100")],
            ),
            ("business", &[("roles", "distributor"), ("isic", "2023")]),
        ],
        papers: &[("licence", "", "CW-77-2", "Customs of Curaçao", -40, "A scan only")],
    },
    Story {
        ago: 20,
        identity: &[
            ("legal_name", "Fjord Process Chemicals AS"),
            ("country", "NO"),
            ("own_number", "10094"),
            ("state", "active"),
        ],
        entries: &[
            ("address", &[("kind", "head_office"), ("street", "Sjøgata 3"), ("town", "Bergen"), ("country", "NO")]),
            ("owner", &[("holder", "Kingdom of Norway"), ("kind", "state"), ("share", "34")]),
            ("business", &[("roles", "producer"), ("isic", "2011")]),
            (
                "substance",
                &[("name", "Sulfuric acid"), ("cas", "7664-93-9"), ("yearly", "300 t"), ("use", "Own process")],
            ),
        ],
        papers: &[("visit", "Plant in Bergen", "", "Ingrid de Wit", 0, "Seen in person")],
    },
    Story {
        ago: 16,
        identity: &[
            ("legal_name", "Универсал Лаб ООО"),
            ("country", "RS"),
            ("own_number", "10101"),
            ("state", "checking"),
        ],
        entries: &[
            ("name", &[("name", "Universal Lab d.o.o."), ("kind", "script")]),
            ("address", &[("kind", "registered"), ("street", "Bulevar 14"), ("town", "Beograd"), ("country", "RS")]),
            (
                "person",
                &[
                    ("name", "Milan Jovanović"),
                    ("names", "Милан Јовановић"),
                    ("roles", "director"),
                    ("birth", "1979-11-02"),
                ],
            ),
            ("person", &[("name", "Lin Mei-hua"), ("roles", "agent"), ("birth", "1983"), ("country", "CN")]),
            (
                "substance",
                &[("name", "Phenylacetic acid"), ("cas", "103-82-2"), ("yearly", "50 kg"), ("use", "Perfume bases")],
            ),
        ],
        papers: &[("identity", "Milan Jovanović", "ID card", "Republic of Serbia", 77, "")],
    },
    Story {
        ago: 9,
        identity: &[
            ("legal_name", "Maple Valley Plastics Inc."),
            ("country", "CA"),
            ("own_number", "10107"),
            ("state", "active"),
        ],
        entries: &[
            (
                "address",
                &[
                    ("kind", "registered"),
                    ("street", "40 Mill Road"),
                    ("town", "Hamilton"),
                    ("region", "Ontario"),
                    ("country", "CA"),
                ],
            ),
            ("business", &[("roles", "end_user, importer"), ("isic", "2220")]),
            (
                "substance",
                &[
                    ("name", "Methyl ethyl ketone"),
                    ("cas", "78-93-3"),
                    ("yearly", "12 t"),
                    ("use", "Cleaning of moulds"),
                ],
            ),
        ],
        papers: &[],
    },
    Story {
        ago: 4,
        identity: &[
            ("legal_name", "Old Mill Dyes Ltd"),
            ("country", "GB"),
            ("registration_number", "04477123"),
            ("own_number", "10012"),
            ("state", "ended"),
            ("note", "Closed its works in spring."),
        ],
        entries: &[(
            "address",
            &[("kind", "registered"), ("street", "The Old Mill"), ("town", "Leeds"), ("country", "GB")],
        )],
        papers: &[],
    },
];

/// Makes the customers, in the order in which they came.
pub(super) async fn seed(ctx: &Context) -> Result<()> {
    for story in STORIES {
        tell(ctx, story).await.map_err(|refusal| untold(story, &refusal))?;
    }
    Ok(())
}

fn untold(story: &Story, refusal: &Refusal) -> Refusal {
    Refusal::Fault(format!("the demo's customer {:?} cannot be: {refusal:?}", story.identity.first()))
}

async fn tell(ctx: &Context, story: &Story) -> Result<()> {
    let (who, org) = seated(ctx, TOMAS).await?;
    let then = before(ctx, story.ago * Timestamp::DAY);
    let id = customer::create(&then, &who, org, &story.identity.iter().copied().collect()).await?;
    for (part, fields) in story.entries {
        let view = customer::view(&then, &who, id).await?;
        let part = Part::find(part).ok_or(Refusal::NotFound)?;
        let typed: Answers = fields.iter().map(|(field, text)| (*field, text.trim_start_matches('#'))).collect();
        customer::put(&then, &who, (id, view.version), (part, None), &typed).await?;
    }
    for paper in story.papers {
        file(&then, ctx, &who, id, paper).await?;
    }
    Ok(())
}

async fn file(
    then: &Context,
    now: &Context,
    who: &domain::access::Principal,
    id: CustomerId,
    (kind, about, number, issuer, days, against): &Paper,
) -> Result<()> {
    let today = Date::of(now.now()).days();
    let ends = if *days == 0 { String::new() } else { long_date(Date::from_days(today + days)) };
    let fields = [("kind", *kind), ("about", *about), ("number", *number), ("issuer", *issuer), ("expires", &ends)];
    let mut copy = Incoming::begin(then, &format!("{kind}.txt")).await?;
    copy.write(format!("Copy of a document of the demo: {kind} {about} {number}\n").as_bytes()).await?;
    let copy = copy.finish().await?.ok();
    let document = document::add(then, who, id, &fields.into_iter().collect(), copy).await?;
    if !against.is_empty() {
        let check: Answers = [("against", *against), ("outcome", "genuine")].into_iter().collect();
        document::check(then, who, id, (document, 1), &check).await?;
    }
    Ok(())
}
