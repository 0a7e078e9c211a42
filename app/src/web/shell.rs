//! The frame of every page: head, service header, spine of the workspace, foot.

use domain::{
    access::{Action, Membership, Role},
    lang::Lang,
    organisation::{OrgKind, OrgStatus},
};
use leptos::{config::LeptosOptions, hydration::HydrationScripts, prelude::*};
use services::context;

use super::{Req, cookie, head, request::workspace_path, session};
use crate::{
    components::*,
    pages::go,
    text::{common, fill, inbox, shell},
};

/// What a page tells its frame.
#[derive(Debug)]
pub struct Frame {
    /// Title of the page.
    pub title: String,
    /// Whether to load WebAssembly.
    pub islands: bool,
    /// Neutral title for prints.
    pub print_title: Option<String>,
    /// What stands on top of a page that is not to name this service.
    pub plain: Option<String>,
    /// What a page for everybody is about, in a sentence or two.
    pub about: Option<String>,
    /// The same for machines.
    pub data: Option<serde_json::Value>,
}

/// The whole document around `body`.
pub fn document(req: &Req, frame: Frame, body: AnyView) -> AnyView {
    match frame.plain.clone() {
        Some(name) => plain(req, &frame.title, name, body).into_any(),
        None => whole(req, frame, body).into_any(),
    }
}

/// A document that says nothing of this service, for people who come by a link and are meant to see one thing.
fn plain(req: &Req, title: &str, name: String, body: AnyView) -> impl IntoView + use<> {
    let (title, style) = (escaped(title), format!("{}/main.css", req.app.assets));
    let header =
        view! { <header class="top"><span class="top__brand"><bdi class="top__name">{name}</bdi></span></header> };
    view! {
        <!DOCTYPE html>
        <html lang=req.lang.tag() dir=req.lang.dir() data-theme=req.theme.attribute()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="robots" content="noindex, nofollow"/>
                <title inner_html=title></title>
                <link rel="stylesheet" href=style/>
            </head>
            <body>
                <Shell header=header.into_any() footer=().into_any()>{body}</Shell>
            </body>
        </html>
    }
}

fn whole(req: &Req, frame: Frame, body: AnyView) -> impl IntoView + use<> {
    // Not a child: type-erased children leave markers, which a title would show.
    let title = escaped(&format!("{} – {}", frame.title, common::texts(req.lang).product));
    let style = format!("{}/main.css", req.app.assets);
    let icon = format!("{}/favicon.svg", req.app.assets);
    // Whoever has signed in sees their own version of a page: that one is nobody else's to find.
    let about = frame.about.filter(|_| req.principal.person.is_none());
    let said = match about {
        Some(about) => head::public(req, &frame.title, about, frame.data),
        None => view! { <meta name="robots" content="noindex"/> }.into_any(),
    };
    let density = (req.cookie(cookie::DENSITY) == Some("compact")).then_some("compact");
    let header = header(req).into_any();
    let footer = footer(req).into_any();
    let watch = session::watch(req);
    // Whoever has to set up a second factor first goes nowhere else.
    let palette = (watch.is_some() && !req.must_enrol).then(|| go::palette(req));
    let who = req.principal.person.as_ref().map(|person| context::fingerprint(person.id));
    let spine = req.workspace.as_ref().filter(|member| has_doors(member.status)).map(|member| spine(req, member));
    let band = band(req);
    view! {
        <!DOCTYPE html>
        <html lang=req.lang.tag() dir=req.lang.dir() data-theme=req.theme.attribute() data-density=density>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <title inner_html=title></title>
                <link rel="stylesheet" href=style/>
                {said}
                <link rel="icon" type="image/svg+xml" href=icon/>
                {(frame.islands || watch.is_some()).then(|| scripts(req))}
            </head>
            <body data-print-title=frame.print_title data-who=who>
                <Shell header=header spine=spine footer=footer band=band>{body}</Shell>
                {watch}
                {palette}
            </body>
        </html>
    }
}

/// What stands above every page: that this is a demo, and that mails to the person come back.
fn band(req: &Req) -> Option<AnyView> {
    let training = req.app.ctx.config.demo.then(|| view! { <TrainingBand text=shell::texts(req.lang).training/> });
    let unreachable = (req.unreachable && !req.must_enrol).then(|| {
        let t = inbox::texts(req.lang);
        view! { <UnreachableBand text=t.broken_band act=t.broken_band_act href=req.to("/me/address")/> }
    });
    (training.is_some() || unreachable.is_some()).then(|| view! { {training}{unreachable} }.into_any())
}

/// The way to the inbox, with what is unread in figures.
fn inbox_link(req: &Req) -> Option<impl IntoView + use<>> {
    let t = inbox::texts(req.lang);
    let count = if req.unread > 99 { "99+".to_owned() } else { req.unread.to_string() };
    let any = req.unread > 0;
    let label = if any { fill(t.link_some, &[("count", &count)]) } else { t.link_none.to_owned() };
    (!req.must_enrol).then(|| {
        view! {
            <a class="top__inbox" href=req.to("/me/inbox")>
                <Glyph icon=Icon::Mail/>
                <span class="unseen">{label}</span>
                {any.then(|| view! { <span class="top__count" aria-hidden="true">{count}</span> })}
            </a>
        }
    })
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// Loads the islands of this build.
fn scripts(req: &Req) -> impl IntoView + use<> {
    let folder = req.app.assets.trim_start_matches('/');
    let options = LeptosOptions::builder().output_name("frontend").site_pkg_dir(folder).build();
    view! { <HydrationScripts options islands=true/> }
}

fn header(req: &Req) -> impl IntoView + use<> {
    let t = shell::texts(req.lang);
    let organisation = req.workspace.as_ref().map(|here| {
        let others = req.principal.memberships.iter().filter(|other| other.org != here.org);
        let others =
            others.map(|other| FootLink::new(other.org_name.clone(), workspace_path(req.lang, other, "/"))).collect();
        view! { <OrgSwitch icon=glyph(here.kind) name=here.org_name.clone() others=others/> }.into_any()
    });
    let places: Vec<_> = if req.workspace.is_some() { &[][..] } else { &req.principal.memberships[..] }
        .iter()
        .map(|member| (member.org_name.clone(), workspace_path(req.lang, member, "/")))
        .collect();
    let (account, go, learning) = (req.to("/me"), req.to("/go"), req.to("/me/learning"));
    let (sign_out, sign_in) = (req.to("/sign-out"), req.to("/sign-in"));
    let end = match &req.principal.person {
        Some(person) => {
            let name = person.name.clone();
            view! {
                {inbox_link(req)}
                <Menu label=name icon=Icon::Account>
                    {places.into_iter().map(|(label, href)| view! { <MenuLink label href/> }).collect_view()}
                    {(!req.must_enrol).then(|| view! {
                        <li><a class="menu__item" href=go data-palette-open="true">{t.go}" "<Kbd key="Ctrl"/><Kbd key="K"/></a></li>
                    })}
                    <MenuLink label=t.my_learning href=learning/>
                    <MenuLink label=t.account href=account/>
                    <MenuAct label=t.sign_out action=sign_out/>
                </Menu>
            }
            .into_any()
        }
        None => view! { <a class="top__link" href=sign_in>{t.sign_in}</a> }.into_any(),
    };
    let service = common::texts(req.lang).product;
    // In a workspace one looks for its own things; on the page of the search the box stands in the page.
    let find = (req.workspace.is_none() && !req.must_enrol && req.path != req.to("/search"))
        .then(|| view! { <FindBox action=req.to("/search") label=t.find_label button=t.find/> }.into_any());
    view! { <ServiceHeader service=service home_href=req.to("/") organisation=organisation find=find end=end/> }
}

/// The rooms of a workspace that a role can enter: path, glyph, name. Only doors that lead somewhere.
pub(crate) fn rooms_of(lang: Lang, role: Role) -> Vec<(&'static str, Icon, &'static str)> {
    let mut rooms = rooms(lang, role);
    if role.org_kind() == OrgKind::Company && Action::WriteReports.allows(role) {
        rooms.push(("/assess", Icon::Dashboard, shell::texts(lang).assess));
    }
    if Action::AskAdvice.allows(role) {
        rooms.push(("/advice", Icon::Help, shell::texts(lang).ask_advice));
    }
    if Action::ReadNotices.allows(role) || Action::ReceiveNotices.allows(role) {
        rooms.push(("/notices", Icon::Notice, common::texts(lang).notices));
    }
    if Action::ReadWordings.allows(role) {
        rooms.push(("/wordings", Icon::Learn, shell::texts(lang).wordings));
    }
    if Action::ScreenNames.allows(role) {
        rooms.push(("/screen", Icon::Assess, shell::texts(lang).screen));
    }
    if Action::ManageLists.allows(role) || Action::ShareLists.allows(role) {
        rooms.push(("/lists", Icon::Notice, shell::texts(lang).lists));
    }
    if Action::TrustReaders.allows(role) {
        rooms.push(("/readers", Icon::Mail, shell::texts(lang).readers));
    }
    if Action::ManageLearning.allows(role) {
        rooms.push(("/learning", Icon::Learn, shell::texts(lang).learning));
    }
    if Action::ReadAssociations.allows(role) || Action::SignAnswers.allows(role) {
        rooms.push(("/associations", Icon::Association, shell::texts(lang).associations));
    }
    if Action::ReadLog.allows(role) {
        rooms.push(("/log", Icon::Chain, shell::texts(lang).log));
    }
    if Action::ReadReferenceData.allows(role) {
        rooms.push(("/reference", Icon::Settings, shell::texts(lang).reference));
    }
    rooms
}

/// The rooms with which each kind of workspace begins.
fn rooms(lang: Lang, role: Role) -> Vec<(&'static str, Icon, &'static str)> {
    let t = shell::texts(lang);
    match role.org_kind() {
        OrgKind::Company => {
            vec![
                ("/", Icon::Overview, t.home),
                ("/reports", Icon::Report, t.reports),
                ("/customers", Icon::Customer, t.customers),
                ("/team", Icon::Team, t.team),
            ]
        }
        OrgKind::Association => [
            ("/", Icon::Overview, t.home, Action::ViewAssociation),
            ("/members", Icon::Organisation, t.members, Action::ManageMembers),
            ("/questions", Icon::Help, t.member_questions, Action::AnswerMembers),
            ("/consultations", Icon::Notice, t.consultations, Action::RunConsultations),
            ("/calendar", Icon::Queue, t.calendar, Action::KeepCalendar),
            ("/sector", Icon::Dashboard, t.sector, Action::ReadSector),
            ("/team", Icon::Team, t.team, Action::ReadTeam),
        ]
        .into_iter()
        .filter(|(.., action)| action.allows(role))
        .map(|(path, icon, name, _)| (path, icon, name))
        .collect(),
        OrgKind::Operator => vec![
            ("/", Icon::Overview, t.home),
            ("/organisations", Icon::Organisation, t.organisations),
            ("/mail", Icon::Mail, t.mail),
            ("/break-glass", Icon::Lock, t.break_glass),
            ("/rescues", Icon::Account, t.rescues),
            ("/team", Icon::Team, t.team),
        ],
        OrgKind::Authority | OrgKind::LawEnforcement | OrgKind::Laboratory | OrgKind::International => vec![
            ("/", Icon::Overview, t.home),
            ("/queue", Icon::Queue, t.queue),
            ("/advice", Icon::Help, t.advice),
            ("/search", Icon::Search, t.search),
            ("/organisations", Icon::Organisation, t.organisations),
            ("/licences", Icon::Case, t.licences),
            ("/team", Icon::Team, t.team),
        ],
    }
}

/// Whether anything of a workspace can be opened but the page that says why not.
const fn has_doors(status: OrgStatus) -> bool {
    !matches!(status, OrgStatus::Suspended | OrgStatus::Refused)
}

/// Pages that belong to a room though their addresses do not begin with it.
const BESIDE: &[(OrgKind, &str, &[&str])] = &[
    (OrgKind::Authority, "/licences", &["/licence-requests", "/licence-files"]),
    (OrgKind::Authority, "/associations", &["/answers", "/consultations"]),
    (OrgKind::Authority, "/notices", &["/approvals"]),
    (OrgKind::Company, "/associations", &["/questions", "/consultations", "/calendar", "/shared-lists"]),
];

fn beside(kind: OrgKind, room: &str) -> impl Iterator<Item = &'static str> {
    let rows = BESIDE.iter().filter(move |(of, path, _)| *of == kind && *path == room);
    rows.flat_map(|(.., ends)| ends.iter().copied())
}

fn spine(req: &Req, member: &Membership) -> AnyView {
    let mut items: Vec<NavItem> = rooms_of(req.lang, member.role)
        .into_iter()
        .map(|(path, icon, label)| {
            let href = workspace_path(req.lang, member, path);
            let current = if path == "/" { req.path == href } else { req.path.starts_with(&href) };
            let current = current
                || beside(member.kind, path).any(|end| req.path.starts_with(&workspace_path(req.lang, member, end)));
            let count = match path {
                "/advice" => req.waiting.advice,
                "/licences" => req.waiting.licences,
                "/questions" | "/associations" => req.waiting.questions,
                "/notices" => req.waiting.notices,
                _ => None,
            };
            NavItem { icon, label: label.to_owned(), href, current, count }
        })
        .collect();
    let href = req.to("/substances");
    items.push(NavItem {
        icon: Icon::Substance,
        label: shell::texts(req.lang).substances.to_owned(),
        href,
        current: false,
        count: None,
    });
    view! { <SpineNav items/> }.into_any()
}

const fn glyph(kind: OrgKind) -> Icon {
    match kind {
        OrgKind::Company => Icon::Company,
        OrgKind::Association => Icon::Team,
        OrgKind::Operator => Icon::Settings,
        _ => Icon::Organisation,
    }
}

fn footer(req: &Req) -> impl IntoView + use<> {
    let t = shell::texts(req.lang);
    let links = [
        (common::texts(req.lang).notices, "/notices"),
        (t.help, "/help"),
        (t.learn, "/learn"),
        (t.glossary, "/glossary"),
        (t.library, "/library"),
        (t.statistics, "/statistics"),
        (t.openness, "/openness"),
        (t.verify, "/verify"),
        (t.accessibility, "/accessibility"),
        (t.privacy, "/privacy"),
        (t.status, "/status"),
    ];
    let links = links.map(|(label, path)| FootLink::new(label, req.to(path))).to_vec();
    let theme =
        view! { <ThemeSwitch action=req.to("/appearance") current=req.theme return_to=req.path.clone()/> }.into_any();
    let imprint = fill(t.imprint, &[("version", env!("CARGO_PKG_VERSION"))]);
    let signed_in = session::until(req);
    let languages = view! { <LanguageRow languages=languages(req)/> }.into_any();
    view! { <PageFooter links=links languages=languages theme=theme imprint=imprint signed_in=signed_in/> }
}

/// This page in every language that the interface speaks.
fn languages(req: &Req) -> Vec<LanguageLink> {
    let rest = req.path.strip_prefix('/').and_then(|path| path.split_once('/')).map_or("", |(_, rest)| rest);
    let link = |lang: Lang| LanguageLink {
        tag: lang.tag().to_owned(),
        name: lang.name().to_owned(),
        href: format!("/{}/{rest}", lang.tag()),
        current: lang == req.lang,
    };
    Lang::ALL.into_iter().map(link).collect()
}
