//! `forerunner`: the portal in one binary.

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    server::cli::run(server::cli::Cli::read()).await
}
