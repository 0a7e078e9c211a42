//! Who and what there is in the tests' installation: the demo's organisations, in each of them one person per role, and
//! of every kind of object one per organisation, so that whatever somebody may see has a twin that they may not.

use std::{collections::BTreeMap, sync::OnceLock};

use domain::{
    access::{Principal, Role},
    answers::Answers,
    ids::{
        AdviceId, AssignmentId, CheckId, ConsultationId, CustomerId, DeclarationId, DeclarationOrderId, DocumentId,
        DraftId, EventId, EvidenceId, HitId, ImportId, LabelId, LicenceId, LicenceRequestId, MacroId, MembershipId,
        NoticeFileId, OrgId, QuestionId, ShareId, UserId, ViewId,
    },
    indicator::Band,
    lang::Lang,
    licence::Sort,
    notice::{Kind, NoticeRef},
    notify::Topic,
    organisation::{OrgKind, OrgStatus},
    question::QuestionSet,
    reader::Audience,
    reference::Reference,
    report::{Decision, Reasons},
    time::Timestamp,
};
use services::{
    Context, concern, customer, declaration, demo,
    desk::{self, Verdict},
    draft::{self, Post, Start},
    evidence::{self, Arrived, Incoming},
    label, learning, licence, macros,
    notice::Begin,
    notify::{self, stop::What},
    organisation,
    outbox::Template,
    report, rescue, session, team, thread, watchlist,
};
use sha2::{Digest as _, Sha256};
use store::{org, outbox, person, session as sessions, token};
use uuid::Uuid;

use super::{
    canary::{Canary, Finder},
    site::principal,
};

/// Somebody with a sign-in.
#[derive(Clone, Debug)]
pub struct Player {
    /// For messages: `company_officer of meridian`.
    pub label: String,
    /// Address.
    pub email: String,
    /// Identity.
    pub id: UserId,
    /// Token of the sign-in.
    pub token: String,
    /// Where they belong.
    pub places: Vec<Place>,
    /// A line of their inbox.
    pub news: Uuid,
}

/// A place in an organisation.
#[derive(Clone, Debug)]
pub struct Place {
    /// The organisation's handle.
    pub handle: String,
    /// Its kind.
    pub kind: OrgKind,
    /// Where it stands.
    pub status: OrgStatus,
    /// The role.
    pub role: Role,
}

impl Player {
    /// The place in an organisation.
    pub fn place(&self, handle: &str) -> Option<&Place> {
        self.places.iter().find(|place| place.handle == handle)
    }
}

/// A company's reports, by what can be done with them.
#[derive(Clone, Debug)]
pub struct Reports {
    /// In review; everybody of the company sees it.
    pub open: Reference,
    /// With a question that waits for an answer; the reader does not see it.
    pub asked: Reference,
    /// With the four questions only.
    pub quick: Reference,
    /// Taken down by telephone, waiting to be confirmed.
    pub phone: Reference,
    /// Decided.
    pub closed: Reference,
}

/// An organisation and what belongs to it.
#[derive(Clone, Debug)]
pub struct Org {
    /// Handle.
    pub handle: String,
    /// Identity.
    pub id: OrgId,
    /// Kind.
    pub kind: OrgKind,
    /// Handle of the authority that answers for it; its own for anything but companies.
    pub authority: String,
    /// Somebody of it who plays no part.
    pub colleague: Option<UserId>,
    /// An invitation that nobody has used.
    pub invitation: Option<Uuid>,
    /// Drafts by the address of the one who writes them: a company's own, or those an authority takes down.
    pub drafts: BTreeMap<String, DraftId>,
    /// A company's reports; an authority's are those of its first company.
    pub reports: Option<Reports>,
    /// A file of each draft and of the open report, by the draft's identity or the report's reference.
    pub evidence: BTreeMap<String, EvidenceId>,
    /// A request for access in need that waits: to an authority's reports, or asked by who runs the installation.
    pub access: Option<Uuid>,
    /// A label of an authority.
    pub label: Option<LabelId>,
    /// A macro of an authority.
    pub macro_of: Option<MacroId>,
    /// A saved view of an authority's desk.
    pub view: Option<ViewId>,
    /// A customer of a company, a document of it with its copy, and an import.
    pub customer: Option<CustomerId>,
    /// Its document.
    pub document: Option<DocumentId>,
    /// An import whose columns are to be named.
    pub import: Option<ImportId>,
    /// A hit of that customer on a watch list.
    pub hit: Option<HitId>,
    /// A declaration of the customer that is in force.
    pub declaration: Option<DeclarationId>,
    /// An order that is counted against it.
    pub declared_order: Option<DeclarationOrderId>,
    /// A check of a name on the watch lists, of a company or an authority.
    pub check: Option<CheckId>,
    /// A request for advice of a company, with a question from its authority; of an authority one that was sent to it.
    pub request: Option<AdviceId>,
    /// Code of a list of an association's own.
    pub list: Option<String>,
    /// A concern that an association passed on.
    pub concern: Option<Reference>,
    /// What an association offers a company: of both.
    pub share: Option<ShareId>,
    /// A licence in an authority's register.
    pub licence: Option<LicenceId>,
    /// A file that is taken into it.
    pub batch: Option<ImportId>,
    /// A reader in an authority's country.
    pub reader: Option<UserId>,
    /// A company's request to confirm a licence; an authority's is that of its first company.
    pub licence_request: Option<LicenceRequestId>,
    /// A module that is assigned to those with a role.
    pub assignment: Option<AssignmentId>,
    /// A published notice: of an authority or association one that everybody may read, with a file; of a company one that is
    /// for nobody else.
    pub notice: Option<NoticeRef>,
    /// That file.
    pub notice_file: Option<NoticeFileId>,
    /// A notice of an association that an authority has to approve, with a file.
    pub approval: Option<NoticeRef>,
    /// That file.
    pub approval_file: Option<NoticeFileId>,
    /// A notice that an association adapted from an authority's.
    pub adapted: Option<NoticeRef>,
    /// Handles of an authority's companies that are waiting, approved and suspended.
    pub companies: Option<[String; 3]>,
    /// A company's membership in an association: of both.
    pub membership: Option<MembershipId>,
    /// A question to an association; of an authority one whose answer it is to sign.
    pub question: Option<QuestionId>,
    /// A consultation of an association or authority; of a company one in which it is asked.
    pub consultation: Option<ConsultationId>,
    /// An entry in an association's calendar.
    pub event: Option<EventId>,
}

/// Everybody and everything.
#[derive(Clone, Debug, Default)]
pub struct Cast {
    /// People with sign-ins.
    pub players: Vec<Player>,
    /// Organisations.
    pub orgs: Vec<Org>,
    /// Words and who may read them.
    pub canaries: Vec<Canary>,
    /// Finds them all at once.
    pub finder: OnceLock<Finder>,
    /// One-time links by purpose.
    pub links: BTreeMap<&'static str, String>,
    /// A mail that was given up.
    pub dead_mail: Uuid,
    /// A proposal to let an administrator in anew.
    pub rescue: Uuid,
    /// Handle of an authority that nobody has joined.
    pub empty_body: String,
    /// Handle of an authority that is suspended.
    pub suspended_body: String,
}

impl Cast {
    /// The organisation with this handle.
    pub fn org(&self, handle: &str) -> &Org {
        self.orgs.iter().find(|org| org.handle == handle).unwrap_or_else(|| panic!("no organisation {handle}"))
    }

    /// The person with this role in an organisation.
    pub fn player(&self, role: Role, handle: &str) -> &Player {
        let label = label(role, handle);
        self.players.iter().find(|player| player.label == label).unwrap_or_else(|| panic!("no {label}"))
    }

    /// Somebody with a label of their own.
    pub fn named(&self, label: &str) -> &Player {
        self.players.iter().find(|player| player.label == label).unwrap_or_else(|| panic!("no {label}"))
    }
}

fn label(role: Role, handle: &str) -> String {
    format!("{} of {handle}", role.code())
}

/// Handle and authority of the organisations that have all of their roles filled.
const FULL: &[(&str, OrgKind, &str)] = &[
    ("meridian", OrgKind::Company, "pco-nl"),
    ("noordkust", OrgKind::Company, "pco-nl"),
    ("laurentian", OrgKind::Company, "pco-ca"),
    ("pco-nl", OrgKind::Authority, "pco-nl"),
    ("pco-ca", OrgKind::Authority, "pco-ca"),
    ("chemtrade-assoc", OrgKind::Association, "chemtrade-assoc"),
    (SECOND_ASSOCIATION, OrgKind::Association, SECOND_ASSOCIATION),
    ("installation", OrgKind::Operator, "installation"),
];
pub(super) const SECOND_ASSOCIATION: &str = "second-assoc";
/// Companies that cannot work: handle, authority, status. Those that the demo does not have are made.
pub const WAITING: &[(&str, &str, OrgStatus)] = &[
    ("titration", "pco-nl", OrgStatus::Applied),
    ("quickpress", "pco-nl", OrgStatus::Refused),
    ("stopped-nl", "pco-nl", OrgStatus::Suspended),
    ("boreal", "pco-ca", OrgStatus::Applied),
    ("stopped-ca", "pco-ca", OrgStatus::Suspended),
];
/// An authority's companies that are waiting, approved and suspended.
const COMPANIES: &[(&str, [&str; 3])] =
    &[("pco-nl", ["titration", "meridian", "stopped-nl"]), ("pco-ca", ["boreal", "laurentian", "stopped-ca"])];
/// Reads two companies' pages: what belongs to one must not stand under the address of the other.
pub const TWO_COMPANIES: &str = "officer of two companies";
/// Belongs to a company and to an association.
pub const TWO_KINDS: &str = "officer of a company and editor of an association";
/// Has an account and nothing else.
pub const NO_PLACE: &str = "somebody without a place";

/// Fills an empty installation.
pub async fn fill(ctx: &Context) -> Cast {
    demo::seed(ctx).await.unwrap();
    let mut cast = Cast::default();
    new_org(ctx, SECOND_ASSOCIATION, OrgKind::Association, OrgStatus::Approved, None).await;
    for &(handle, authority, status) in WAITING {
        if org::by_handle(&mut ctx.db.reader(), handle).await.unwrap().is_none() {
            let authority = org_id(ctx, authority).await;
            new_org(ctx, handle, OrgKind::Company, status, Some(authority)).await;
        }
    }
    people(ctx, &mut cast).await;
    for authority in ["pco-nl", "pco-ca"] {
        stick(ctx, &mut cast, authority).await;
    }
    for &(handle, kind, _) in FULL {
        invite(ctx, &mut cast, handle).await;
        if kind != OrgKind::Operator {
            assign(ctx, &mut cast, handle).await;
        }
        if kind == OrgKind::Company {
            company(ctx, &mut cast, handle).await;
            customers(ctx, &mut cast, handle).await;
            declarations(ctx, &mut cast, handle).await;
            advice(ctx, &mut cast, handle).await;
            licence_request(ctx, &mut cast, handle).await;
        }
        if kind == OrgKind::Authority {
            register(ctx, &mut cast, handle).await;
        }
        if matches!(kind, OrgKind::Company | OrgKind::Authority) {
            screen(ctx, &mut cast, handle).await;
        }
    }
    for (authority, first) in [("pco-nl", "meridian"), ("pco-ca", "laurentian")] {
        desk_drafts(ctx, &mut cast, authority, first).await;
        let Org { reports, evidence, request, licence_request, .. } = cast.org(first).clone();
        let desk = org_mut(&mut cast, authority);
        (desk.request, desk.licence_request) = (request, licence_request);
        desk.reports = reports;
        desk.evidence.extend(evidence);
    }
    for association in ["chemtrade-assoc", SECOND_ASSOCIATION] {
        share(ctx, &mut cast, association).await;
        passed_on(ctx, &mut cast, association).await;
    }
    let gated = [("chemtrade-assoc", "pco-nl"), (SECOND_ASSOCIATION, "pco-ca")];
    for (association, authority) in gated {
        gate(ctx, &cast, (association, authority), false).await;
    }
    for owner in ["pco-nl", "pco-ca", "chemtrade-assoc", SECOND_ASSOCIATION] {
        public_notice(ctx, &mut cast, owner).await;
    }
    for (association, authority) in gated {
        gate(ctx, &cast, (association, authority), true).await;
        to_approve(ctx, &mut cast, association, authority).await;
    }
    for (company, role, country) in
        [("meridian", "distributor", "NL"), ("noordkust", "producer", "NL"), ("laurentian", "", "CA")]
    {
        own_notice(ctx, &mut cast, company, role, country).await;
    }
    super::associations::fill(ctx, &mut cast).await;
    twins(ctx, &mut cast).await;
    links(ctx, &mut cast).await;
    break_glass(ctx, &mut cast).await;
    cast.dead_mail = dead_mail(ctx).await;
    cast.rescue = proposal(ctx).await;
    cast.empty_body = empty_body(ctx, &cast, "BE").await;
    cast.suspended_body = suspended_body(ctx, &cast).await;
    readers(ctx, &mut cast).await;
    news(ctx, &mut cast).await;
    cast
}

/// A reader in the country of each authority.
async fn readers(ctx: &Context, cast: &mut Cast) {
    for (authority, country) in [("pco-nl", "NL"), ("pco-ca", "CA")] {
        let id = new_person(ctx, &format!("police@{authority}.example"), "A. Reader", &[]).await;
        let about = store::reader::About { audience: Audience::Police, country, employer: "" };
        let mut tx = ctx.db.begin().await.unwrap();
        store::reader::insert(&mut tx, id, about, ctx.now()).await.unwrap();
        tx.commit().await.unwrap();
        org_mut(cast, authority).reader = Some(id);
    }
}

/// A line in everybody's inbox. All of them are read: a count in the header would change with what is opened.
async fn news(ctx: &Context, cast: &mut Cast) {
    let everybody: Vec<UserId> = cast.players.iter().map(|player| player.id).collect();
    let mut tx = ctx.db.begin().await.unwrap();
    notify::tell(ctx, &mut tx, &everybody, Template::AlertPublished, "/me").await.unwrap();
    store::notify::read_until(&mut tx, Timestamp(i64::MAX), ctx.now()).await.unwrap();
    tx.commit().await.unwrap();
    for player in &mut cast.players {
        let who = principal(ctx, &player.email).await;
        let page = notify::page(ctx, &who, Lang::En, Some(Topic::Alerts), true, "").await.unwrap();
        player.news = page.lines[0].id;
    }
    let known = cast.named(NO_PLACE).id;
    cast.links.insert("unsubscribe", notify::stop::token(ctx, known, What::Topic(Topic::Alerts)));
    let nobody = principal(ctx, &cast.named(NO_PLACE).email).await;
    services::feed::make(ctx, &nobody).await.unwrap();
    cast.links.insert("feeds", services::feed::own(ctx, &nobody).await.unwrap().unwrap().token);
}

pub(super) fn org_mut<'c>(cast: &'c mut Cast, handle: &str) -> &'c mut Org {
    cast.orgs.iter_mut().find(|org| org.handle == handle).unwrap()
}

async fn org_id(ctx: &Context, handle: &str) -> OrgId {
    let row = org::by_handle(&mut ctx.db.reader(), handle).await.unwrap();
    OrgId(row.unwrap_or_else(|| panic!("the demo has no organisation {handle}")).id)
}

async fn new_org(ctx: &Context, handle: &str, kind: OrgKind, status: OrgStatus, authority: Option<OrgId>) {
    let name = format!("ORG-{handle}-CANARY");
    let new = org::NewOrg {
        id: OrgId(ctx.new_id()),
        handle,
        kind: kind.code(),
        name: &name,
        country: if authority.is_some() { "CA" } else { "NL" },
        status: status.code(),
        operator_roles: if kind == OrgKind::Company { "[\"broker\"]" } else { "[]" },
        authority,
        registration_number: handle,
        registration_key: handle,
        name_key: handle,
        vat: "",
        lei: "",
        address: "Street 1",
        phone: "+1 613 555 0100",
        website: "",
        duty_email: "",
        time_zone: "Europe/Amsterdam",
        act_for_proof: "",
        checks: "[]",
        at: ctx.now().plus(-Timestamp::DAY),
    };
    let mut tx = ctx.db.begin().await.unwrap();
    org::insert(&mut tx, &new).await.unwrap();
    tx.commit().await.unwrap();
}

async fn people(ctx: &Context, cast: &mut Cast) {
    for &(handle, kind, authority) in FULL {
        let row = org::by_handle(&mut ctx.db.reader(), handle).await.unwrap().unwrap();
        let companies =
            COMPANIES.iter().find(|(of, _)| *of == handle).map(|(_, companies)| companies.map(str::to_owned));
        let colleague = Role::of(kind).last().unwrap();
        let colleague =
            new_person(ctx, &format!("colleague@{handle}.example"), "A. Colleague", &[(handle, colleague)]).await;
        let own = Org { companies, colleague: Some(colleague), ..bare(OrgId(row.id), handle, kind, authority) };
        if kind == OrgKind::Company {
            // An authority's applications name it; nobody else's pages do.
            cast.canaries.push(Canary::shared(row.name, handle));
        }
        cast.orgs.push(own);
        for role in Role::of(kind) {
            let name = format!("NAME-{handle}-{}-CANARY", role.code());
            let canary = match kind {
                OrgKind::Company => Canary::shared(&name, handle),
                OrgKind::Operator => Canary::for_desks(&name, handle),
                _ => Canary::own(&name, handle),
            };
            cast.canaries.push(canary);
            play(ctx, cast, &label(role, handle), &name, &[(handle, role)]).await;
        }
    }
    for &(handle, authority, _) in WAITING {
        let id = org_id(ctx, handle).await;
        cast.orgs.push(bare(id, handle, OrgKind::Company, authority));
        let role = Role::CompanyAdmin;
        play(ctx, cast, &label(role, handle), "An Applicant", &[(handle, role)]).await;
    }
    let officer = Role::CompanyOfficer;
    play(ctx, cast, TWO_COMPANIES, "T. W. Offices", &[("meridian", officer), ("noordkust", officer)]).await;
    let editor = Role::AssociationEditor;
    play(ctx, cast, TWO_KINDS, "T. W. Okinds", &[("meridian", officer), ("chemtrade-assoc", editor)]).await;
    play(ctx, cast, NO_PLACE, "N. O. Place", &[]).await;
}

fn bare(id: OrgId, handle: &str, kind: OrgKind, authority: &str) -> Org {
    Org {
        handle: handle.to_owned(),
        id,
        kind,
        authority: authority.to_owned(),
        colleague: None,
        invitation: None,
        drafts: BTreeMap::new(),
        reports: None,
        evidence: BTreeMap::new(),
        access: None,
        label: None,
        macro_of: None,
        view: None,
        customer: None,
        document: None,
        import: None,
        hit: None,
        declaration: None,
        declared_order: None,
        check: None,
        request: None,
        list: None,
        concern: None,
        share: None,
        licence: None,
        batch: None,
        reader: None,
        licence_request: None,
        assignment: None,
        notice: None,
        notice_file: None,
        approval: None,
        approval_file: None,
        adapted: None,
        companies: None,
        membership: None,
        question: None,
        consultation: None,
        event: None,
    }
}

/// A person with a sign-in.
async fn play(ctx: &Context, cast: &mut Cast, label: &str, name: &str, places: &[(&str, Role)]) {
    let word: String = label.chars().map(|sign| if sign.is_ascii_alphanumeric() { sign } else { '-' }).collect();
    let email = format!("{word}@players.example");
    let id = new_person(ctx, &email, name, places).await;
    let token = format!("sign-in-{word}");
    sign_in(ctx, id, &token).await;
    let held = session::memberships(&mut ctx.db.reader(), id).await.unwrap();
    let place = |member: domain::access::Membership| Place {
        handle: member.handle,
        kind: member.kind,
        status: member.status,
        role: member.role,
    };
    let places = held.into_iter().map(place).collect();
    cast.players.push(Player { label: label.to_owned(), email, id, token, places, news: Uuid::nil() });
}

/// A sign-in with a known token: issuing one for real takes a password, which takes its time by design.
pub async fn sign_in(ctx: &Context, person: UserId, token: &str) {
    let (at, expires) = (ctx.now(), ctx.now().plus(session::ABSOLUTE));
    let token_hash = Sha256::digest(token).into();
    let new = sessions::NewSession { token_hash, id: ctx.new_id(), person, at, expires, agent: "Test browser" };
    let mut tx = ctx.db.begin().await.unwrap();
    sessions::insert(&mut tx, &new).await.unwrap();
    tx.commit().await.unwrap();
}

async fn new_person(ctx: &Context, email: &str, name: &str, places: &[(&str, Role)]) -> UserId {
    let (id, at) = (UserId(ctx.new_id()), ctx.now());
    let email = email.to_lowercase();
    let new = person::NewPerson {
        id,
        email: &email,
        name,
        phone: "+31 20 555 0100",
        password_hash: None,
        lang: "en",
        confirmed: Some(at),
        at,
    };
    let mut tx = ctx.db.begin().await.unwrap();
    person::insert(&mut tx, &new).await.unwrap();
    for (handle, role) in places {
        let org = org::by_handle(&mut tx, handle).await.unwrap().unwrap_or_else(|| panic!("the demo has no {handle}"));
        person::join(&mut tx, ctx.new_id(), id, OrgId(org.id), role.code(), at).await.unwrap();
    }
    if places.iter().any(|(_, role)| role.needs_factor()) {
        demo::give_factor(ctx, &mut tx, id).await.unwrap();
    }
    tx.commit().await.unwrap();
    id
}

/// A label, a macro and a saved view of a desk.
async fn stick(ctx: &Context, cast: &mut Cast, authority: &str) {
    let lead = principal(ctx, &cast.player(Role::AuthoritySupervisor, authority).email).await;
    let name = format!("LABEL-CANARY-{authority}").chars().take(30).collect::<String>();
    let typed = Answers::from_iter([("name", name.as_str()), ("colour", "rust")]);
    let id = label::add(ctx, &lead, cast.org(authority).id, &typed).await.unwrap();
    org_mut(cast, authority).label = Some(id);
    cast.canaries.push(Canary::own(name, authority));
    let name = format!("MACRO-{authority}-CANARY");
    let typed = Answers::from_iter([("name", name.as_str()), ("give", "me"), ("text", &name)]);
    let id = macros::add(ctx, &lead, cast.org(authority).id, &typed).await.unwrap();
    org_mut(cast, authority).macro_of = Some(id);
    cast.canaries.push(Canary::own(name, authority));
    let (name, desk_of) = (format!("VIEW-{authority}-CANARY"), cast.org(authority).id);
    let filter = desk::QueueFilter::default();
    let id = desk::save_view(ctx, &lead, desk_of, &name, &filter, true, false).await.unwrap();
    org_mut(cast, authority).view = Some(id);
    cast.canaries.push(Canary::own(name, authority));
}

/// Somebody asks for a name on the watch lists.
async fn screen(ctx: &Context, cast: &mut Cast, handle: &str) {
    let org = cast.org(handle).clone();
    let role = if org.kind == OrgKind::Company { Role::CompanyOfficer } else { Role::AuthorityOfficer };
    let who = principal(ctx, &cast.player(role, handle).email).await;
    let name = format!("SCREENED-{handle}-CANARY");
    let typed = Answers::from_iter([("kind", "person"), ("names", name.as_str())]);
    org_mut(cast, handle).check = Some(watchlist::screen(ctx, &who, org.id, &typed).await.unwrap());
    cast.canaries.push(Canary::own(name, handle));
}

/// A list of an association, offered to every company that has objects; of another association, to nobody here.
async fn share(ctx: &Context, cast: &mut Cast, handle: &str) {
    let org = cast.org(handle).id;
    let who = principal(ctx, &cast.player(Role::AssociationEditor, handle).email).await;
    let by = watchlist::By::Owner(&who, org);
    let path = ctx.config.data_dir.join(format!("list of {handle}.csv"));
    std::fs::write(&path, format!("id,name\n1,LISTED-{handle}-CANARY\n")).unwrap();
    cast.canaries.push(Canary::own(format!("LISTED-{handle}-CANARY"), handle));
    let found = watchlist::sort(vec![path]).await.unwrap().remove(0);
    let into = watchlist::Into { label: "A list of members", ..watchlist::Into::default() };
    let code = watchlist::load(ctx, by, found, into, watchlist::Room::AsSet).await.unwrap().code;
    let here = ["meridian", "noordkust", "laurentian"];
    let until = domain::date::Date::from_days(ctx.now().0.div_euclid(Timestamp::DAY) + 300).to_string();
    let companies: &[&str] = if handle == SECOND_ASSOCIATION { &["nobody"] } else { &here };
    for company in companies {
        let row = org::by_handle(&mut ctx.db.reader(), company).await.unwrap();
        let (country, number) = row.map_or(("BE".into(), "1".into()), |row| (row.country, row.registration_number));
        let member = format!("MEMBER-{company}-OF-{handle}-CANARY");
        let typed = Answers::from_iter([
            ("member", member.as_str()),
            ("country", country.as_str()),
            ("registration", number.as_str()),
            ("until", &until),
        ]);
        watchlist::offer(ctx, &who, org, &code, &typed).await.unwrap();
        cast.canaries.push(Canary::own(member.clone(), handle));
        let offered = watchlist::members(ctx, &who, org, &code).await.unwrap();
        let id = offered.into_iter().find(|share| share.member == member).unwrap().id;
        for org in [*company, handle] {
            if let Some(org) = cast.orgs.iter_mut().find(|one| one.handle == org) {
                org.share = Some(id);
            }
        }
    }
    org_mut(cast, handle).list = Some(code);
}

/// A concern that an association passes on for a member.
async fn passed_on(ctx: &Context, cast: &mut Cast, handle: &str) {
    let org = cast.org(handle).id;
    let who = principal(ctx, &cast.player(Role::AssociationEditor, handle).email).await;
    let place = concern::place(ctx, "NL").await.unwrap();
    let typed = Answers::from_iter([("story", format!("PASSED-{handle}: a member is worried."))]);
    let reference = concern::pass_on(ctx, &who, (org, &place), &typed, Vec::new()).await.unwrap();
    org_mut(cast, handle).concern = Some(reference);
}

async fn invite(ctx: &Context, cast: &mut Cast, handle: &str) {
    let id = cast.org(handle).id;
    let admin = Role::of(cast.org(handle).kind).next().unwrap();
    let admin = principal(ctx, &cast.player(admin, handle).email).await;
    let role = admin.memberships[0].role;
    let fields = Answers::from_iter([("email", format!("invited@{handle}.example")), ("role", role.code().to_owned())]);
    team::invite(ctx, &admin, id, &fields).await.unwrap();
    let open = team::view(ctx, &admin, id).await.unwrap().invitations;
    org_mut(cast, handle).invitation = Some(open[0].id);
}

/// A licence in an authority's register, and a file that is taken into it: no company may read a word of them.
async fn register(ctx: &Context, cast: &mut Cast, handle: &str) {
    let officer = principal(ctx, &cast.player(Role::AuthorityOfficer, handle).email).await;
    let org = cast.org(handle).id;
    let word = |what: &str| format!("{what}-{handle}-CANARY");
    let (holder, note) = (word("HOLDER"), word("REGISTER"));
    let typed = Answers::from_iter([
        ("number", "CANARY-1"),
        ("holder", holder.as_str()),
        ("country", "NL"),
        ("valid_from", "2024-01-01"),
        ("substances", "Acetone | use"),
        ("note", note.as_str()),
    ]);
    let id = licence::create(ctx, &officer, org, Sort::Licence, &typed).await.unwrap();
    let file = format!("number,holder\n1,{}\n", word("LINE"));
    let name = format!("{}.csv", word("BATCH"));
    let file = (name.as_str(), file.into_bytes());
    let batch = licence::import::upload(ctx, &officer, org, Sort::Licence, file).await.unwrap();
    let own = org_mut(cast, handle);
    (own.licence, own.batch) = (Some(id), Some(batch));
    cast.canaries.extend(["HOLDER", "REGISTER", "LINE", "BATCH"].map(|what| Canary::own(word(what), handle)));
}

/// A company asks its authority to confirm a licence: they alone read what was asked.
/// Assigns a module to whoever runs the account.
async fn assign(ctx: &Context, cast: &mut Cast, handle: &str) {
    let (org, role) = (cast.org(handle).id, Role::of(cast.org(handle).kind).next().unwrap());
    let admin = principal(ctx, &cast.player(role, handle).email).await;
    let module = domain::learning::modules()[0].slug.as_str();
    let typed = Answers::from_iter([("module", module), ("role", role.code()), ("due", "2099-06-30")]);
    learning::assign(ctx, &admin, org, &typed).await.unwrap();
    let made = learning::overview(ctx, &admin, org).await.unwrap().assignments;
    org_mut(cast, handle).assignment = Some(made.into_iter().find(|one| one.role == role).unwrap().id);
}

async fn licence_request(ctx: &Context, cast: &mut Cast, handle: &str) {
    let officer = principal(ctx, &cast.player(Role::CompanyOfficer, handle).email).await;
    let (org, country) = (cast.org(handle).id, officer.memberships[0].country.clone());
    let holder = format!("ASKED-{handle}-CANARY");
    let typed = Answers::from_iter([
        ("number", "REG-1"),
        ("holder", holder.as_str()),
        ("country", &country),
        ("substance", "Acetone"),
        ("activity", "use"),
    ]);
    let id = licence::request::ask(ctx, &officer, org, None, &typed).await.unwrap();
    org_mut(cast, handle).licence_request = Some(id);
    cast.canaries.push(Canary::shared(holder, handle));
}

/// A customer of a company with an owner, a document with its copy, and an import: no authority may read a word of them.
async fn customers(ctx: &Context, cast: &mut Cast, handle: &str) {
    let officer = principal(ctx, &cast.player(Role::CompanyOfficer, handle).email).await;
    let org = cast.org(handle).id;
    let word = |what: &str| format!("{what}-{handle}-CANARY");
    let name = word("CUSTOMER");
    let typed = Answers::from_iter([("legal_name", name.as_str()), ("country", "NL"), ("note", &word("DOSSIER"))]);
    let id = customer::create(ctx, &officer, org, &typed).await.unwrap();
    let holder = word("OWNER");
    let typed = Answers::from_iter([("holder", holder.as_str()), ("kind", "company"), ("share", "60")]);
    let part = domain::customer::Part::find("owner").unwrap();
    customer::put(ctx, &officer, (id, 1), (part, None), &typed).await.unwrap();
    // By another name it is on the demo's watch list.
    let typed = Answers::from_iter([("name", "Orchid Bay General Trading LLC"), ("kind", "trading")]);
    let part = domain::customer::Part::find("name").unwrap();
    customer::put(ctx, &officer, (id, 2), (part, None), &typed).await.unwrap();
    customer::screening::settle(ctx).await.unwrap();
    let found = customer::screening::of_file(ctx, &officer, id).await.unwrap();
    org_mut(cast, handle).hit = Some(found.hits[0].id);
    let about = word("DOCUMENT");
    let typed = Answers::from_iter([("kind", "licence"), ("about", about.as_str()), ("expires", "2026-12-20")]);
    let mut copy = Incoming::begin(ctx, &format!("{}.txt", word("COPY"))).await.unwrap();
    copy.write(word("INSIDE").as_bytes()).await.unwrap();
    let copy = copy.finish().await.unwrap().unwrap();
    let document = customer::document::add(ctx, &officer, id, &typed, Some(copy)).await.unwrap();
    let file = format!("Name,Country\n{},NL\n", word("ROW"));
    let file_name = format!("{}.csv", word("IMPORT"));
    let import = customer::import::upload(ctx, &officer, org, &file_name, file.into_bytes()).await.unwrap();
    let own = org_mut(cast, handle);
    (own.customer, own.document, own.import) = (Some(id), Some(document), Some(import));
    let words = ["CUSTOMER", "DOSSIER", "OWNER", "DOCUMENT", "COPY", "INSIDE", "ROW", "IMPORT"];
    cast.canaries.extend(words.map(|what| Canary::own(word(what), handle)));
}

/// A declaration in force with an order; of the first company one more that waits for its signature behind a link.
async fn declarations(ctx: &Context, cast: &mut Cast, handle: &str) {
    let officer = principal(ctx, &cast.player(Role::CompanyOfficer, handle).email).await;
    let customer = cast.org(handle).customer.unwrap();
    let word = format!("DECLARED-{handle}-CANARY");
    let typed = |name: &str, address: &str| {
        Answers::from_iter([
            ("email", "buyer@customer.example"),
            ("supplier_address", "Kade 1"),
            ("customer_name", name),
            ("customer_address", address),
            ("substance-1", "Acetone"),
            ("quantity-1", "100 l"),
        ])
    };
    let name = format!("CUSTOMER-{handle}-CANARY");
    let id = declaration::create(ctx, &officer, customer, "ca-end-use", &typed(&name, &word)).await.unwrap();
    let token = format!("declare-{handle}");
    ask(ctx, id, &token).await;
    let signer = [("phone", "+31 1"), ("uses", "Paint"), ("name", "A. Vos"), ("position", "Owner"), ("place", "Hoorn")];
    let mut signer: Answers = signer.into_iter().collect();
    signer.set_one("date", domain::date::Date::of(ctx.now()).to_string());
    let here = std::net::Ipv4Addr::LOCALHOST.into();
    declaration::signing::fill_in(ctx, &token, here, &signer).await.unwrap();
    let declaration::signing::Behind::ToSign(waiting) = declaration::signing::open(ctx, &token, here).await.unwrap()
    else {
        panic!("it is not signed")
    };
    let seen = waiting.ready().unwrap().sha256;
    declaration::signing::sign(ctx, &token, here, "A. Vos", &seen).await.unwrap();
    let version = async || declaration::one(ctx, &officer, customer, id).await.unwrap().declaration.version;
    let today = domain::date::Date::of(ctx.now());
    let last = format!("{}-12-31", today.year());
    let term = Answers::from_iter([("from", today.to_string()), ("until", last)]);
    declaration::accept(ctx, &officer, customer, (id, version().await), &term).await.unwrap();
    let order = Answers::from_iter([("day", today.to_string()), ("quantity", "5 l".to_owned())]);
    declaration::record(ctx, &officer, customer, (id, version().await), &order).await.unwrap();
    let order = declaration::one(ctx, &officer, customer, id).await.unwrap().orders.remove(0).id;
    if handle == "meridian" {
        // Whoever has the link reads this one, so no word of it is anybody's own.
        let open = typed("Buyer", "Kade 2");
        let open = declaration::create(ctx, &officer, customer, "eu-single", &open).await.unwrap();
        ask(ctx, open, "link-declare").await;
        cast.links.insert("declare", "link-declare".to_owned());
    }
    let own = org_mut(cast, handle);
    (own.declaration, own.declared_order) = (Some(id), Some(order));
    cast.canaries.push(Canary::own(word, handle));
}

/// Sends a declaration with a link whose token is known here.
async fn ask(ctx: &Context, id: DeclarationId, token: &str) {
    let mut tx = ctx.db.begin().await.unwrap();
    let until = ctx.now().plus(domain::declaration::LINK_DAYS * Timestamp::DAY);
    store::declaration::send(&mut tx, (id, 1), Sha256::digest(token).into(), until, ctx.now()).await.unwrap();
    tx.commit().await.unwrap();
}

/// A company asks about a sale to one of its customers and is asked back: its authority reads what was sent, and nothing of
/// the customer's file; the company reads nothing of what the desk notes.
async fn advice(ctx: &Context, cast: &mut Cast, handle: &str) {
    let org = cast.org(handle).clone();
    let officer = principal(ctx, &cast.player(Role::CompanyOfficer, handle).email).await;
    let name = format!("BUYER-{handle}-CANARY");
    let typed = Answers::from_iter([
        ("customer.name", name.as_str()),
        ("country", "BE"),
        ("goods.1.name", "Acetone"),
        ("goods.1.quantity", "200 l"),
        ("use", "Cleaning"),
        ("delivery", "2099-12-01 09:00"),
        ("worry", "They are in a hurry."),
    ]);
    let id = services::advice::create(ctx, &officer, org.id, org.customer, &typed).await.unwrap();
    services::advice::send(ctx, &officer, (id, 1)).await.unwrap();
    let desk = principal(ctx, &cast.player(Role::AuthorityOfficer, &org.authority).email).await;
    services::advice::ask_back(ctx, &desk, id, "Who collects it?").await.unwrap();
    org_mut(cast, handle).request = Some(id);
    cast.canaries.push(Canary::shared(name, handle));
}

/// Writes a notice for an organisation, looks at it as somebody else of it, and publishes it.
async fn notice(ctx: &Context, cast: &Cast, owner: &str, typed: &Answers, file: Option<Arrived>) -> NoticeRef {
    let org = cast.org(owner);
    let (writer, second) = match org.kind {
        OrgKind::Authority => (Role::AuthorityOfficer, Role::AuthoritySupervisor),
        _ => (Role::AssociationEditor, Role::AssociationAdmin),
    };
    let writer = principal(ctx, &cast.player(writer, owner).email).await;
    let second = principal(ctx, &cast.player(second, owner).email).await;
    let made = services::notice::create(ctx, &writer, org.id, Begin::Empty(Kind::Event, "en")).await.unwrap();
    let own = (org.id, &made);
    services::notice::save(ctx, &writer, own, 1, typed).await.unwrap();
    if let Some(file) = file {
        services::notice::add_files(ctx, &writer, own, vec![file]).await.unwrap();
    }
    services::notice::submit(ctx, &writer, own, true).await.unwrap();
    let version = services::notice::work(ctx, &second, own).await.unwrap().version;
    services::notice::publish(ctx, &second, own, version, true).await.unwrap();
    made
}

/// A notice with a programme as its file; no word of it is anybody's own.
async fn event(ctx: &Context, cast: &Cast, owner: &str) -> (NoticeRef, NoticeFileId) {
    let typed = Answers::from_iter([
        ("access", "public"),
        ("acknowledge", "yes"),
        ("event_starts", "2099-12-01 09:00"),
        ("event_place", "Utrecht"),
        ("title.en", "A morning for officers"),
        ("summary.en", "Two hours about orders."),
        ("body.en", "Come **early**."),
    ]);
    let mut programme = Incoming::begin(ctx, "programme.txt").await.unwrap();
    programme.write(b"Welcome, three cases, questions.").await.unwrap();
    let programme = programme.finish().await.unwrap().unwrap();
    let made = notice(ctx, cast, owner, &typed, Some(programme)).await;
    let reader = match cast.org(owner).kind {
        OrgKind::Authority => Role::AuthorityOfficer,
        _ => Role::AssociationEditor,
    };
    let reader = principal(ctx, &cast.player(reader, owner).email).await;
    let file = services::notice::work(ctx, &reader, (cast.org(owner).id, &made)).await.unwrap().content.files.remove(0);
    (made, file.id.parse().unwrap())
}

/// What everybody may read.
async fn public_notice(ctx: &Context, cast: &mut Cast, owner: &str) {
    let (made, file) = event(ctx, cast, owner).await;
    let own = org_mut(cast, owner);
    (own.notice, own.notice_file) = (Some(made), Some(file));
}

/// Whether an authority wants to approve an association's notices: of whatever country, so that each desk has one.
async fn gate(ctx: &Context, cast: &Cast, (association, authority): (&str, &str), on: bool) {
    let (association, desk) = (cast.org(association).id, cast.org(authority).id);
    let lead = cast.player(Role::AuthoritySupervisor, authority).id;
    let mut tx = ctx.db.begin().await.unwrap();
    if on {
        store::notice::approval::set_gate(&mut tx, association, desk, (lead, ctx.now())).await.unwrap();
    } else {
        store::notice::approval::lift_gate(&mut tx, association).await.unwrap();
    }
    tx.commit().await.unwrap();
}

/// A notice that waits for the authority, and one that is adapted from the authority's.
async fn to_approve(ctx: &Context, cast: &mut Cast, association: &str, authority: &str) {
    let (made, file) = event(ctx, cast, association).await;
    let editor = principal(ctx, &cast.player(Role::AssociationEditor, association).email).await;
    let from = cast.org(authority).notice.as_ref().unwrap().to_string();
    let adapted = services::notice::adapt(ctx, &editor, cast.org(association).id, &from).await.unwrap();
    org_mut(cast, association).adapted = Some(adapted);
    let desk = org_mut(cast, authority);
    (desk.approval, desk.approval_file) = (Some(made), Some(file));
}

/// What is for one company alone.
async fn own_notice(ctx: &Context, cast: &mut Cast, company: &str, role: &str, country: &str) {
    let word = format!("NOTICE-{company}-CANARY");
    let typed = Answers::from_iter([
        ("access", "audience"),
        ("kind", "alert"),
        ("roles", role),
        ("countries", country),
        ("title.en", word.as_str()),
        ("summary.en", "For you alone."),
        ("body.en", "Look twice."),
    ]);
    let authority = cast.org(company).authority.clone();
    let made = notice(ctx, cast, &authority, &typed, None).await;
    org_mut(cast, company).notice = Some(made);
    cast.canaries.push(Canary::shared(word, company));
}

/// What is typed into the reports of a company: each text says whose it is.
pub fn answers(handle: &str, story: &str) -> Answers {
    let party = format!("PARTY-{handle}-CANARY");
    Answers::from_iter([
        ("kind", "order"),
        ("aware_at", "2026-11-23 09:15"),
        ("occurred_at", "2026-11-20"),
        ("substances.involved", "substances"),
        ("substance.1.name", "Acetic anhydride"),
        ("substance.1.quantity", "3 drums of 200 l"),
        ("substance.2.name", "Acetone"),
        ("substance.2.quantity", "5 kg"),
        ("party.1.type", "company"),
        ("party.1.name", &party),
        // The same in the reports of every company: the desk sees them together, and no company learns of another's.
        ("party.1.address", "Kade 1\nBreda"),
        ("party.1.phone", "+31 76 555 0142"),
        ("story", story),
        ("why.text", story),
        ("did.done", "pending"),
        ("contact.name", "A. de Vries"),
        ("contact.phone", "+31 20 123 4567"),
    ])
}

/// Stores answers in a draft.
pub async fn write(ctx: &Context, writer: &Principal, id: DraftId, answers: &Answers) {
    let asked: Vec<String> = answers.iter().map(|(key, _)| key.to_owned()).collect();
    let texts = answers.iter().flat_map(|(key, texts)| texts.iter().map(move |text| (key.to_owned(), text.clone())));
    let posted: Vec<(String, String)> = texts.collect();
    let post = Post { base: i64::MAX, tab: "", turn: 0, asked: &asked, posted: &posted, partly: true };
    draft::save_page(ctx, writer, id, &post).await.unwrap();
}

/// A file with a canary in its content and one in its name.
async fn file(ctx: &Context, handle: &str, what: &str) -> Arrived {
    let mut file = Incoming::begin(ctx, &format!("{what}-FILE-{handle}-CANARY.txt")).await.unwrap();
    file.write(format!("{what}-CONTENT-{handle}-CANARY").as_bytes()).await.unwrap();
    file.finish().await.unwrap().unwrap()
}

async fn add_to_draft(ctx: &Context, writer: &Principal, draft: DraftId, handle: &str) -> EvidenceId {
    evidence::add_to_draft(ctx, writer, draft, vec![file(ctx, handle, "DRAFT").await]).await.unwrap();
    evidence::of_draft(ctx, writer, draft).await.unwrap()[0].id
}

async fn company(ctx: &Context, cast: &mut Cast, handle: &str) {
    let own = cast.org(handle).clone();
    let admin = principal(ctx, &cast.player(Role::CompanyAdmin, handle).email).await;
    let officer = principal(ctx, &cast.player(Role::CompanyOfficer, handle).email).await;
    let (reader, colleague) = (cast.player(Role::CompanyReader, handle).id, own.colleague.unwrap());
    let (mut drafts, mut files) = (BTreeMap::new(), BTreeMap::new());
    let mut writers = vec![admin.clone(), officer.clone()];
    for two in [TWO_COMPANIES, TWO_KINDS] {
        let two = principal(ctx, &cast.named(two).email).await;
        if two.memberships.iter().any(|member| member.org == own.id) {
            writers.push(two);
        }
    }
    for writer in &writers {
        let id = draft::start(ctx, writer, own.id, Start::default()).await.unwrap();
        write(ctx, writer, id, &answers(handle, &format!("DRAFT-{handle}-CANARY"))).await;
        // So that there is something to put back.
        write(ctx, writer, id, &Answers::from_iter([("substance.3.name", "Toluene")])).await;
        draft::remove_item(ctx, writer, id, "substance", 3).await.unwrap();
        files.insert(id.to_string(), add_to_draft(ctx, writer, id, handle).await);
        drafts.insert(email(writer), id);
    }
    let story = format!("STORY-{handle}-CANARY");
    let sent = async |quick: bool| {
        let id = draft::start(ctx, &officer, own.id, Start { quick, ..Start::default() }).await.unwrap();
        write(ctx, &officer, id, &answers(handle, &story)).await;
        report::submit(ctx, &officer, id).await.unwrap()
    };
    let (open, asked, quick, closed) = (sent(false).await, sent(false).await, sent(true).await, sent(false).await);
    let phone = by_phone(ctx, cast, &own, &story).await;
    for (reference, people) in [
        (&open, &[reader, colleague][..]),
        (&quick, &[reader]),
        (&closed, &[reader]),
        (&phone, &[reader, officer.person.as_ref().unwrap().id]),
    ] {
        for person in people {
            report::share_with(ctx, &admin, reference, *person).await.unwrap();
        }
    }
    for two in &writers[2..] {
        for reference in [&open, &asked, &quick, &phone] {
            report::share_with(ctx, &admin, reference, two.person.as_ref().unwrap().id).await.unwrap();
        }
    }
    let message = format!("MESSAGE-{handle}-CANARY");
    thread::message(ctx, &officer, &open, &message).await.unwrap();
    evidence::add_to_report(ctx, &officer, &open, vec![file(ctx, handle, "REPORT").await]).await.unwrap();
    files.insert(open.to_string(), evidence::for_company(ctx, &officer, &open).await.unwrap()[0].id);
    desk_work(ctx, cast, &own.authority, [&open, &asked, &closed]).await;
    let party = format!("PARTY-{handle}-CANARY");
    cast.canaries.extend([party, story, message].map(|text| Canary::shared(text, handle)));
    let references = [&open, &asked, &quick, &phone, &closed];
    cast.canaries.extend(references.map(|reference| Canary::shared(reference.to_string(), handle)));
    cast.canaries.push(Canary::own(format!("DRAFT-{handle}-CANARY"), handle));
    for what in ["FILE", "CONTENT"] {
        cast.canaries.push(Canary::own(format!("DRAFT-{what}-{handle}-CANARY"), handle));
        cast.canaries.push(Canary::shared(format!("REPORT-{what}-{handle}-CANARY"), handle));
    }
    let kept = org_mut(cast, handle);
    kept.evidence = files;
    kept.drafts = drafts;
    kept.reports = Some(Reports { open, asked, quick, phone, closed });
}

fn email(principal: &Principal) -> String {
    principal.person.as_ref().unwrap().email.clone()
}

async fn by_phone(ctx: &Context, cast: &Cast, company: &Org, story: &str) -> Reference {
    let desk = principal(ctx, &cast.player(Role::AuthorityOfficer, &company.authority).email).await;
    let authority = cast.org(&company.authority).id;
    let id = desk::take_by_phone(ctx, &desk, authority, company.id, Start::default()).await.unwrap();
    write(ctx, &desk, id, &answers(&company.handle, story)).await;
    report::submit(ctx, &desk, id).await.unwrap()
}

/// Everything that a desk does and no company may read.
async fn desk_work(ctx: &Context, cast: &mut Cast, authority: &str, [open, asked, closed]: [&Reference; 3]) {
    let officer = principal(ctx, &cast.player(Role::AuthorityOfficer, authority).email).await;
    let own = officer.person.as_ref().unwrap().id;
    let version = async |reference| desk::view(ctx, &officer, reference).await.unwrap().version;
    let text = |what: &str| format!("{what}-{authority}-CANARY");
    desk::assign(ctx, &officer, open, version(open).await, Some(own)).await.unwrap();
    desk::note(ctx, &officer, open, &text("NOTE")).await.unwrap();
    let severity = desk::view(ctx, &officer, open).await.unwrap().severity.computed;
    let to = if severity == Band::Red { Band::Green } else { Band::Red };
    let reason = |decision| Reasons::embedded().for_decision(decision).next().unwrap().code.as_str();
    let because = reason(Decision::Severity);
    desk::override_severity(ctx, &officer, open, version(open).await, to, because, &text("OVERRIDE")).await.unwrap();
    desk::ask(ctx, &officer, asked, version(asked).await, "Who carried the goods?").await.unwrap();
    let (verdict, because) = (Verdict::NoFurtherAction, reason(Decision::Close));
    desk::decide(ctx, &officer, closed, version(closed).await, &verdict, because, &text("DECISION")).await.unwrap();
    cast.canaries.extend(["NOTE", "OVERRIDE", "DECISION"].map(|what| Canary::own(text(what), authority)));
}

/// What each person of a desk is taking down by telephone.
async fn desk_drafts(ctx: &Context, cast: &mut Cast, authority: &str, company: &str) {
    let story = format!("TAKEN-{authority}-CANARY");
    let mut drafts = BTreeMap::new();
    for role in [Role::AuthorityAdmin, Role::AuthoritySupervisor, Role::AuthorityOfficer] {
        let writer = principal(ctx, &cast.player(role, authority).email).await;
        let (desk, for_company) = (cast.org(authority).id, cast.org(company).id);
        let id = desk::take_by_phone(ctx, &writer, desk, for_company, Start::default()).await.unwrap();
        write(ctx, &writer, id, &answers(company, &story)).await;
        write(ctx, &writer, id, &Answers::from_iter([("substance.3.name", "Toluene")])).await;
        draft::remove_item(ctx, &writer, id, "substance", 3).await.unwrap();
        let file = add_to_draft(ctx, &writer, id, authority).await;
        org_mut(cast, authority).evidence.insert(id.to_string(), file);
        drafts.insert(email(&writer), id);
    }
    for what in ["FILE", "CONTENT"] {
        cast.canaries.push(Canary::own(format!("DRAFT-{what}-{authority}-CANARY"), authority));
    }
    cast.canaries.push(Canary::own(story, authority));
    org_mut(cast, authority).drafts = drafts;
}

/// Two companies reported the same: neither may learn that the other did.
async fn twins(ctx: &Context, cast: &mut Cast) {
    let of = cast.org("meridian").reports.as_ref().unwrap().open.clone();
    let twin = cast.org("noordkust").reports.as_ref().unwrap().open.clone();
    let desk = principal(ctx, &cast.player(Role::AuthoritySupervisor, "pco-nl").email).await;
    let version = desk::view(ctx, &desk, &twin).await.unwrap().version;
    let reason = Reasons::embedded().for_decision(Decision::Duplicate).next().unwrap();
    desk::decide(ctx, &desk, &twin, version, &Verdict::Duplicate { of }, &reason.code, "DECISION-pco-nl-CANARY")
        .await
        .unwrap();
}

async fn links(ctx: &Context, cast: &mut Cast) {
    let known = cast.named(NO_PLACE).clone();
    let applicant = cast.player(Role::CompanyAdmin, "titration").clone();
    let (company, waiting) = (cast.org("meridian").id, cast.org("titration").id);
    let role = Role::CompanyOfficer.code();
    for (name, purpose, person, org, email, role) in [
        ("invite", "invite", None, Some(company), "newcomer@meridian.example", role),
        ("known", "invite", None, Some(company), known.email.as_str(), role),
        ("reset", "reset", Some(known.id), None, known.email.as_str(), ""),
        ("confirm", "confirm", Some(applicant.id), Some(waiting), applicant.email.as_str(), ""),
    ] {
        let text = format!("link-{name}");
        let new = token::NewToken {
            token_hash: Sha256::digest(&text).into(),
            id: ctx.new_id(),
            purpose,
            person,
            org,
            email,
            role,
            created_by: None,
            at: ctx.now(),
            expires: ctx.now().plus(Timestamp::HOUR),
        };
        let mut tx = ctx.db.begin().await.unwrap();
        token::insert(&mut tx, &new).await.unwrap();
        tx.commit().await.unwrap();
        cast.links.insert(name, text);
    }
}

/// A request that waits for each authority; the installation's own is that for the first.
async fn break_glass(ctx: &Context, cast: &mut Cast) {
    let system = principal(ctx, &cast.player(Role::SystemAdmin, "installation").email).await;
    for authority in ["pco-ca", "pco-nl"] {
        let fields = Answers::from_iter([("authority", authority), ("reason", "A page fails.")]);
        let id = services::break_glass::ask(ctx, &system, &fields).await.unwrap();
        org_mut(cast, authority).access = Some(id);
        org_mut(cast, "installation").access = Some(id);
    }
}

async fn proposal(ctx: &Context) -> Uuid {
    let proposer = principal(ctx, "system2@forerunner.example").await;
    let fields = Answers::from_iter([("email", "admin@apotheek-depot.example"), ("reason", "They called.")]);
    rescue::propose(ctx, &proposer, &fields).await.unwrap();
    rescue::list(ctx, &proposer).await.unwrap()[0].id
}

async fn dead_mail(ctx: &Context) -> Uuid {
    let mut tx = ctx.db.begin().await.unwrap();
    let mail = outbox::claim(&mut tx, ctx.now(), ctx.now().plus(Timestamp::MINUTE)).await.unwrap().unwrap();
    outbox::settle(&mut tx, mail.id, ctx.now(), outbox::Settled::Dead("refused by the server")).await.unwrap();
    tx.commit().await.unwrap();
    mail.id
}

async fn suspended_body(ctx: &Context, cast: &Cast) -> String {
    let handle = empty_body(ctx, cast, "LU").await;
    let system = principal(ctx, &cast.player(Role::SystemAdmin, "installation").email).await;
    let why = Answers::from_iter([("reason", "The keys were stolen.")]);
    organisation::decide_body(ctx, &system, &handle, 1, organisation::Decision::Suspend, &why).await.unwrap();
    handle
}

async fn empty_body(ctx: &Context, cast: &Cast, country: &str) -> String {
    let system = principal(ctx, &cast.player(Role::SystemAdmin, "installation").email).await;
    let fields = Answers::from_iter([
        ("name", "An authority that nobody has joined"),
        ("country", country),
        ("duty_email", "duty@empty.example"),
        ("phone", "+32 2 555 01 00"),
        ("address", "Street 1"),
        ("admin_email", "first@empty.example"),
    ]);
    organisation::create_authority(ctx, &system, &fields).await.unwrap()
}

/// Section and name of the first page that asks about what happened: a page every draft has.
pub fn first_page() -> (String, String) {
    let set = QuestionSet::latest();
    let section = &set.sections[0];
    (section.id.clone(), section.pages[0].id.clone())
}
