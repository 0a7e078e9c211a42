//! Files in a list: name, kind, size, fingerprint, who added them, who had them in hands; and the form that adds more.

use domain::{access::Role, evidence::ACCEPT};
use leptos::prelude::*;
use services::evidence::{Custody, EvidenceFile, FIELD};

use crate::{
    components::*,
    format,
    islands::evidence_upload::{EvidenceUpload, UploadWords},
    text::{evidence::Texts, fill},
};

/// Where the list stands.
#[derive(Clone, Debug)]
pub(crate) struct Reader {
    /// Time zone of the reader.
    pub zone: String,
    /// Address below which the files are.
    pub files: String,
    /// Whether they can be removed.
    pub removes: bool,
}

/// The files, the first added first. An island puts the list anew when it has added some.
pub(crate) fn files(t: &'static Texts, reader: &Reader, files: Vec<EvidenceFile>) -> AnyView {
    let none = files.is_empty().then(|| view! { <p class="muted">{t.none}</p> });
    let rows = files.into_iter().map(|file| row(t, reader, file)).collect_view();
    view! { <div id="evidence-files">{none}<ul class="evidence" role="list">{rows}</ul></div> }.into_any()
}

fn row(t: &'static Texts, reader: &Reader, file: EvidenceFile) -> AnyView {
    let href = format!("{}/{}", reader.files, file.id);
    let remove = reader.removes.then(|| {
        view! { <PostButton action=format!("{href}/remove") label=t.remove kind=ButtonKind::Quiet about=file.name.clone()/> }
    });
    let when = format::moment(file.at, &reader.zone);
    let added = match &file.by {
        Some(who) => fill(t.added_by, &[("who", who), ("when", &when)]),
        None => fill(t.added_by_authority, &[("when", &when)]),
    };
    let about = format!("{} · {}", file.kind.label(), format::bytes(file.size));
    let custody = (!file.custody.is_empty()).then(|| custody(t, reader, &file.custody));
    view! {
        <li class="evidence__file">
            <p class="evidence__head"><a class="evidence__name" href=href><bdi>{file.name}</bdi></a>" "<span class="muted">{about}</span></p>
            <p class="small muted"><bdi>{added}</bdi></p>
            <p class="small evidence__hash"><span class="muted">{t.sha256}</span>" "<code>{file.sha256}</code></p>
            {custody}
            {remove}
        </li>
    }
    .into_any()
}

fn custody(t: &'static Texts, reader: &Reader, lines: &[Custody]) -> AnyView {
    let line = |line: &Custody| {
        let role = line.role.map_or("", Role::label);
        let told = match &line.person {
            Some(who) => fill(t.by_person, &[("deed", line.deed.label()), ("role", role), ("who", who)]),
            None => fill(t.by_authority, &[("deed", line.deed.label()), ("role", role)]),
        };
        let (text, datetime) = (format::moment(line.at, &reader.zone), format::machine(line.at));
        view! { <li><bdi>{told}</bdi>", "<Moment text datetime/></li> }
    };
    let lines = lines.iter().map(line).collect_view();
    view! {
        <details class="more evidence__custody"><summary>{t.custody}</summary><ol class="small" role="list">{lines}</ol></details>
    }
    .into_any()
}

/// The form that adds files. What was wrong with the last ones is said at its field.
pub(crate) fn form(t: &'static Texts, action: String, errors: &[FieldError]) -> AnyView {
    let wrong: Vec<&str> =
        errors.iter().filter(|error| error.field == FIELD).map(|error| error.message.as_str()).collect();
    let error = (!wrong.is_empty()).then(|| wrong.join(". "));
    let text = |text: &str| text.to_owned();
    let words = UploadWords {
        uploading: text(t.uploading),
        done: text(t.done),
        stopped: text(t.stopped),
        failed: text(t.failed),
        too_large: text(t.too_large),
        cancel: text(t.cancel),
        all_done: text(t.all_done),
    };
    view! {
        <form class="stack no-print" method="post" action=action enctype="multipart/form-data">
            <FileField name=FIELD label=t.choose hint=t.choose_hint error accept=ACCEPT/>
            <EvidenceUpload words limit=domain::evidence::MAX_FILE/>
            <ButtonRow><Button label=t.add kind=ButtonKind::Secondary/></ButtonRow>
        </form>
    }
    .into_any()
}

/// Names and sizes alone, for a confirmation.
pub(crate) fn names(files: &[EvidenceFile]) -> Vec<String> {
    files.iter().map(|file| format!("{} ({})", file.name, format::bytes(file.size))).collect()
}
