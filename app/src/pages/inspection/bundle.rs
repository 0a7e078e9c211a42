//! The pack, made while it leaves: a report is read, written and forgotten before the next. What is held is a line per report
//! and per file, for the lists at the end. If something fails on the way, the download breaks off instead of looking whole.

use std::io;

use domain::evidence::Kind;
use futures::stream::{self, StreamExt as _};
use paper::{Format, Table, pack::Pack, pdf};
use serde_json::json;
use services::{
    Refusal, evidence,
    inspection::{self, Held, Scope},
    learning,
};
use tokio::sync::mpsc;

use super::{
    lists::{self, Deed, Line, Piece},
    overview,
};
use crate::{
    pages::{log::who_words, record},
    text::log,
    web::{Outcome, Pieces, Reply, Req, files},
};

/// Pieces that wait for the network; more are not made before it has taken some.
const AHEAD: usize = 4;

/// The pack of the year in the address.
pub async fn file(req: Req) -> Outcome {
    let org = req.workspace()?.org;
    let present = inspection::years(req.ctx(), &req.principal, org).await?.first().copied();
    let year = match req.query.get("year") {
        "" => present.ok_or(Refusal::NotFound)?,
        year => year.parse().map_err(|_| Refusal::NotFound)?,
    };
    let scope = inspection::begin(req.ctx(), &req.principal, org, year).await?;
    let name = format!("inspection-{year}.zip");
    let (out, pieces) = mpsc::channel(AHEAD);
    tokio::spawn(async move {
        let mut bundle = Bundle { pack: Pack::new(req.ctx().now()), out, req };
        if let Err(stop) = bundle.fill(&scope).await {
            bundle.break_off(stop).await;
            return;
        }
        bundle.finish(&scope).await;
    });
    let pieces = stream::unfold(pieces, async |mut pieces| pieces.recv().await.map(|piece| (piece, pieces)));
    // Whoever sends it may look once more behind its end.
    Ok(Reply::Made { name, media_type: "application/zip", pieces: Pieces(pieces.fuse().boxed()) })
}

struct Bundle {
    req: Req,
    pack: Pack,
    out: mpsc::Sender<io::Result<Vec<u8>>>,
}

/// Why the pack was not made to its end.
enum Stop {
    /// Nobody takes it any more.
    Gone,
    /// Something failed.
    Failed(String),
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Failed(format!("{refusal:?}"))
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Failed(error.to_string())
    }
}

impl Bundle {
    async fn fill(&mut self, scope: &Scope) -> Result<(), Stop> {
        let (mut lines, mut pieces) = (Vec::new(), Vec::new());
        for item in &scope.reports {
            let held = inspection::held(self.req.ctx(), &self.req.principal, &item.reference).await?;
            self.report(scope, &held).await?;
            lines.push(Line {
                item: item.clone(),
                decided_at: held.view.decided_at,
                versions: held.view.content.version,
                files: held.files.len(),
            });
            pieces.extend(held.files.into_iter().map(|file| Piece { report: item.reference.clone(), file }));
        }
        let words = log::texts(self.req.lang);
        let changes = inspection::team_changes(self.req.ctx(), &self.req.principal, scope).await?;
        let deeds: Vec<Deed> = changes
            .into_iter()
            .map(|entry| Deed { at: entry.at, who: who_words(words, &entry.who), what: entry.what })
            .collect();
        self.list("reports.csv", &lists::reports(&lines)).await?;
        self.list("evidence.csv", &lists::evidence(&pieces)).await?;
        self.list("team-changes.csv", &lists::team(&deeds)).await?;
        let held = learning::training(self.req.ctx(), &self.req.principal, scope).await?;
        self.list("training.csv", &lists::training(&held)).await?;
        let by = self.req.person()?.name.clone();
        let now = self.req.ctx().now();
        let address = record::verify(&self.req);
        let document = overview::document(self.req.lang, scope, (&lines, &deeds, &held), (&by, &address), now);
        self.paper("overview.pdf", document).await
    }

    async fn report(&mut self, scope: &Scope, held: &Held) -> Result<(), Stop> {
        let (view, now) = (&held.view, self.req.ctx().now());
        let folder = format!("reports/{}", view.reference);
        let address = record::verify(&self.req);
        let document =
            record::own_document(self.req.lang, view, &view.content, &held.files, &scope.company, &address, now);
        self.paper(&format!("{folder}/report.pdf"), document).await?;
        let json = serde_json::to_vec_pretty(&lists::report(held)).map_err(|error| Stop::Failed(error.to_string()))?;
        self.add(&format!("{folder}/report.json"), false, &json).await?;
        for version in &held.versions {
            let name = format!("{folder}/receipt-{}.txt", version.version);
            self.add(&name, false, version.receipt.as_bytes()).await?;
        }
        for (n, file) in held.files.iter().enumerate() {
            let (ctx, who) = (self.req.ctx(), &self.req.principal);
            let mut stored = evidence::open_own(ctx, who, &view.reference, scope.org, file.id).await?;
            let dense = matches!(file.kind, Kind::Pdf | Kind::Png | Kind::Jpeg | Kind::Xlsx | Kind::Docx);
            self.pack.begin(&format!("{folder}/evidence/{:02}-{}", n + 1, file.name), dense)?;
            while let Some(piece) = stored.piece().await? {
                self.pack.write(&piece)?;
                self.send().await?;
            }
        }
        Ok(())
    }

    async fn paper(&mut self, name: &str, document: pdf::Document) -> Result<(), Stop> {
        let bytes = files::made(move || pdf::write(&document)).await?;
        self.add(name, true, &bytes).await
    }

    async fn list(&mut self, name: &str, table: &Table) -> Result<(), Stop> {
        let bytes = table.write(Format::Csv).map_err(|error| Stop::Failed(error.to_string()))?;
        self.add(name, false, &bytes).await
    }

    async fn add(&mut self, name: &str, dense: bool, bytes: &[u8]) -> Result<(), Stop> {
        self.pack.add(name, dense, bytes)?;
        self.send().await
    }

    /// Lets go what is ready.
    async fn send(&mut self) -> Result<(), Stop> {
        let ready = self.pack.take();
        if ready.is_empty() {
            return Ok(());
        }
        self.out.send(Ok(ready)).await.map_err(|_| Stop::Gone)
    }

    async fn finish(self, scope: &Scope) {
        let about = json!({
            "what": "inspection pack",
            "year": scope.year,
            "company": scope.company,
            "made_at": paper::note::machine(self.req.ctx().now()),
            "kept_until": scope.kept.as_ref().map(|(_, until)| until.to_string()),
        });
        let last = self.pack.finish(&about);
        // Nobody may be there any more to take it.
        self.out.send(last).await.ok();
    }

    async fn break_off(self, stop: Stop) {
        if let Stop::Failed(why) = stop {
            tracing::error!(why, "an inspection pack was broken off");
            self.out.send(Err(io::Error::other("the pack could not be made"))).await.ok();
        }
    }
}
